//! The walls of the house: what may know what, and how large things may grow.
//!
//! Every rule is a function from sources to complaints, and is shown here to complain about a bad one.

mod arrows;
mod features;
mod imports;
mod sizes;
mod sources;
mod types;
mod words;

use sources::Source;

/// Fails with every complaint, one a line.
fn assert_none(rule: &str, complaints: &[String]) {
    assert!(complaints.is_empty(), "{rule}:\n  {}", complaints.join("\n  "));
}

/// Applies a rule for single files to the whole repository.
fn check(rule: &str, complains: impl Fn(&Source) -> Option<String>) {
    let sources = sources::all();
    assert!(sources.len() > 50, "the sources were found");
    let complaints: Vec<String> = sources.iter().filter_map(complains).collect();
    assert_none(rule, &complaints);
}

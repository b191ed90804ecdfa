//! How large a file may grow before it is two.

use crate::check;
use crate::sources::Source;

const CODE: &[&str] = &["rs", "ts", "js", "svelte", "css", "sql"];
const MOST_LINES: usize = 700;
const MOST_LINES_OF_A_COMPONENT: usize = 400;

fn is_too_long(source: &Source) -> Option<String> {
    let most = if source.has_ending(&["svelte"]) {
        MOST_LINES_OF_A_COMPONENT
    } else {
        MOST_LINES
    };
    let lines = source.text.lines().count();
    let too_long = source.has_ending(CODE) && lines > most;
    too_long.then(|| format!("{} has {lines} lines, of {most} at most", source.path))
}

#[test]
fn no_file_is_too_long() {
    check("A file has one concern", is_too_long);
}

#[test]
fn a_long_file_is_found() {
    let lines = |count| "\n".repeat(count);
    assert!(is_too_long(&Source::new("a.rs", &lines(701))).is_some());
    assert!(is_too_long(&Source::new("a.rs", &lines(700))).is_none());
    assert!(is_too_long(&Source::new("A.svelte", &lines(401))).is_some());
    assert!(is_too_long(&Source::new("words.json", &lines(5000))).is_none());
}

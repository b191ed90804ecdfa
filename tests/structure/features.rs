//! What the window does, row by row: each row has a test that uses it as a person does. The name of such a test begins
//! with the rows it holds, as in `l2_l3_a_row_says_…`.

use crate::assert_none;
use crate::sources::{self, Source};
use std::collections::BTreeSet;

const FEATURES: &[(&str, &str)] = &[
    ("l1", "list and chat, and details that can be hidden"),
    (
        "l2",
        "a row: who, on which channel, who wrote what, when, which property",
    ),
    ("l3", "unread, new, and how it stands: shape, word and colour"),
    (
        "l4",
        "badges: lead, opted out, persona, results with their records",
    ),
    ("l5", "newest first, moving live but not under the pointer"),
    ("l6", "views with the server's counts"),
    ("l7", "filters that combine"),
    ("l8", "saved views: kept, ordered, shared, put into a file"),
    ("l9", "search by name, number, address, subject, offline"),
    ("l10", "search in messages, and the jump to the hit"),
    ("l11", "customers from A to Z"),
    ("l12", "tens of thousands of rows, down to the oldest"),
    ("t1", "whose each message is, and on which side"),
    ("t2", "the channel, and where a message came another way"),
    ("t3", "what the AI looked up"),
    ("t4", "times, days, the first unread"),
    ("t5", "plain text, Markdown and mail, safely"),
    ("t6", "pictures, recordings, files, places, contact cards"),
    ("t7", "what became of a message, and trying again"),
    ("t8", "what the AI proposes and did, and the ticket"),
    ("t9", "the profile, and strangers by their number"),
    ("t10", "who took over, assigned, closed, and why it rang"),
    ("h1", "the AI answers first"),
    ("h2", "the switch between AI and people"),
    ("h3", "taking over, after which the AI is silent"),
    ("h4", "handing back with what was said"),
    ("h5", "what the AI never settles"),
    ("h6", "ringing the desk, with a reason"),
    ("h7", "guests who want a person"),
    ("h8", "looking at what the AI answered"),
    ("h9", "what is left with a person is not forgotten"),
    ("h10", "the AI of a channel, on and off"),
    ("h11", "help with bookings"),
    ("c1", "closing, with a last message"),
    ("c2", "a guest who writes again"),
    ("c3", "guest links that end"),
    ("c4", "the reply window and approved templates"),
    ("c5", "guests who opted out"),
    ("g1", "assigning to colleagues and teams, who are told"),
    ("g2", "mine, nobody's, others'"),
    ("g3", "who sees what"),
    ("m1", "templates: found, filled, sent"),
    ("m2", "approved templates of WhatsApp"),
    ("m3", "templates: written and changed"),
    ("k1", "the guest, and earlier conversations"),
    ("k2", "persona, intent, dates"),
    ("k3", "leads"),
    ("k4", "calls and appointments"),
    ("k5", "notes of the team"),
    ("k6", "tags"),
    ("k7", "changing the guest's name and addresses"),
    ("s1", "how the desk runs, and what that rests on"),
    ("s2", "what came of the conversations"),
    ("s3", "goals, and who waits longer"),
    ("s4", "conversations for a spreadsheet"),
    ("s5", "from a number to its conversations and back"),
    ("n1", "notifications and the tray"),
    ("n2", "the morning check, and handing over at the end"),
    ("n3", "several properties"),
];

/// What the desk does where no window is: the row, and the test of the desk that holds it.
const BY_THE_DESK: &[(&str, &str, &str)] = &[
    (
        "h11",
        "assistant/answers.rs",
        "cancelling_waits_for_a_yes_and_then_happens",
    ),
    (
        "c3",
        "assistant/guest_page.rs",
        "after_thirty_days_a_new_conversation_starts_and_the_old_one_stays_hidden",
    ),
];

/// The names of a file's tests.
fn tests(source: &Source) -> impl Iterator<Item = &str> {
    let lines = source.text.lines();
    let pairs = lines.clone().zip(lines.skip(1));
    let marked = pairs.filter(|(mark, _)| mark.starts_with("#[tokio::test") || mark.starts_with("#[test]"));
    marked.filter_map(|(_, line)| line.split_once("fn ")?.1.split('(').next())
}

/// The rows a test's name begins with.
fn rows(name: &str) -> impl Iterator<Item = &str> {
    name.split('_').take_while(|word| {
        let number = word.trim_start_matches(|first: char| first.is_ascii_lowercase());
        word.len() - number.len() == 1 && number.parse::<u8>().is_ok()
    })
}

fn without_a_test(sources: &[Source]) -> Vec<String> {
    let in_the_window = sources
        .iter()
        .filter(|source| source.is_in("tests/e2e") || source.is_in("tests/journeys"));
    let mut held: BTreeSet<&str> = in_the_window.flat_map(tests).flat_map(rows).collect();
    for (row, file, test) in BY_THE_DESK {
        let path = format!("src-tauri/crates/desk/tests/{file}");
        let file = sources.iter().find(|source| source.path == path);
        held.extend(
            file.is_some_and(|file| tests(file).any(|one| one == *test))
                .then_some(*row),
        );
    }
    let missing = FEATURES.iter().filter(|(row, _)| !held.contains(row));
    missing.map(|(row, what)| format!("{row}: {what}")).collect()
}

#[test]
fn every_feature_has_a_test() {
    assert_none("A test holds each row", &without_a_test(&sources::all()));
}

#[test]
fn a_feature_without_a_test_is_found() {
    let helper =
        "async fn t9_profile() {}\n#[tokio::test(flavor = \"multi_thread\")]\nasync fn l1_l2_rows() {}\n";
    let sources = [
        Source::new("tests/e2e/rows.rs", helper),
        Source::new("tests/model/run.rs", "#[test]\nfn l3_marks() {}"),
        Source::new(
            "tests/journeys/notices.rs",
            "#[test]\nfn n1_told() {}\n#[test]\nfn t10x_lines() {}",
        ),
    ];
    let missing = without_a_test(&sources);
    let is_missing = |row: &str| missing.iter().any(|one| one.starts_with(&format!("{row}:")));
    for (row, wanted) in [
        ("l1", false),
        ("l2", false),
        ("n1", false),
        ("t9", true),
        ("l3", true),
        ("t10", true),
        ("c3", true),
    ] {
        assert_eq!(is_missing(row), wanted, "{row}");
    }
}

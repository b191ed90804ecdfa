//! Words that belong into few places, or none.

use crate::check;
use crate::sources::Source;

/// In pieces, so that this file does not speak of itself.
const SQL: &[&str] = &[
    concat!("SELECT", " "),
    concat!("INSERT", " INTO"),
    concat!("DELETE", " FROM"),
    concat!("CREATE", " TABLE"),
];
const MACHINE: &[&str] = &[
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("C:\\", "Users"),
];
const UNFINISHED: &[&str] = &[
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("#[ign", "ore"),
];

fn first_of(source: &Source, words: &[&str]) -> Option<String> {
    let lines = source.text.lines().enumerate();
    let mut hits = lines.filter(|(_, line)| words.iter().any(|word| line.contains(word)));
    hits.next().map(|(index, line)| {
        format!(
            "{}:{}: {}",
            source.path,
            index + 1,
            line.trim().chars().take(120).collect::<String>()
        )
    })
}

fn holds_sql(source: &Source) -> Option<String> {
    let may = ["store", "desk"]
        .iter()
        .any(|name| source.is_in(&format!("src-tauri/crates/{name}")));
    let is_code = source.has_ending(&["rs", "ts", "js", "svelte"]);
    if may || !is_code {
        None
    } else {
        first_of(source, SQL)
    }
}

fn names_a_machine(source: &Source) -> Option<String> {
    first_of(source, MACHINE)
}

fn is_unfinished(source: &Source) -> Option<String> {
    source
        .has_ending(&["rs"])
        .then(|| first_of(source, UNFINISHED))
        .flatten()
}

#[test]
fn only_store_and_desk_speak_sql() {
    check("SQL lives in store and desk", holds_sql);
}

#[test]
fn no_path_of_one_machine_is_written_down() {
    check("Paths of one machine mean nothing on another", names_a_machine);
}

#[test]
fn nothing_is_left_unfinished_and_no_test_is_skipped() {
    check("Finished code only", is_unfinished);
}

#[test]
fn a_wrong_word_is_found() {
    let query = format!("let sql = \"{}id FROM message\";", SQL[0]);
    assert!(holds_sql(&Source::new("src-tauri/crates/app/src/list.rs", &query)).is_some());
    assert!(holds_sql(&Source::new("src-tauri/crates/store/src/list.rs", &query)).is_none());
    let path = format!("cd {}me/deskbell", MACHINE[0]);
    assert!(names_a_machine(&Source::new("README.md", &path)).is_some());
    let test = format!("{}]\nfn later() {{}}", UNFINISHED[2]);
    assert!(is_unfinished(&Source::new("tests/e2e/main.rs", &test)).is_some());
}

//! What guests may send who mean harm: `fixtures/hostile`, one file for each kind.
//!
//! In a text, `CANARY` stands for an address nobody may visit and `RUN` for a script that tells it ran. `times` repeats
//! the text. `shown` is what a reader sees of it in a thread; where it is left out, they see the text itself.

use crate::places;
use serde::Deserialize;

/// One text.
#[derive(Clone, Debug)]
pub struct Case {
    /// Such as `handlers 12`.
    pub name: String,
    /// A word that stands behind it wherever there is room for one.
    pub mark: String,
    pub text: String,
    /// What a thread shows of it.
    pub shown: Vec<String>,
}

#[derive(Deserialize)]
struct Written {
    text: String,
    shown: Option<Vec<String>>,
    times: Option<usize>,
}

/// All of them, with `canary` as the address.
pub fn hostile(canary: &str) -> Vec<Case> {
    let folder = places::root().join("tests/fixtures/hostile");
    let files = std::fs::read_dir(&folder).expect("the fixtures are there");
    let mut paths: Vec<_> = files.flatten().map(|file| file.path()).collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let kind = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path).expect("a fixture can be read");
        let written: Vec<Written> =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{kind}: {error}"));
        for (index, one) in written.into_iter().enumerate() {
            cases.push(case(&kind, index, cases.len(), one, canary));
        }
    }
    cases
}

fn case(kind: &str, index: usize, number: usize, written: Written, canary: &str) -> Case {
    let run = format!("top.canary({number})");
    let fill = |text: &str| {
        text.replace("CANARY", &format!("{canary}/{number}"))
            .replace("RUN", &run)
    };
    let text = fill(&written.text).repeat(written.times.unwrap_or(1));
    let shown = match written.shown {
        Some(shown) => shown.iter().map(|text| fill(text)).collect(),
        None => vec![text.clone()],
    };
    Case {
        name: format!("{kind} {index}"),
        mark: format!("w{number:04}w"),
        text,
        shown,
    }
}

/// What of a text can be compared whatever it is drawn with: letters and digits.
pub fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

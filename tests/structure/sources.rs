//! The files people write, as rules see them.

use deskbell_tests::places;
use std::fs;
use std::path::Path;

/// One file.
pub struct Source {
    /// From the repository's folder, with `/`.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Whether it lies in that folder.
    pub fn is_in(&self, folder: &str) -> bool {
        self.path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
    }

    pub fn has_ending(&self, endings: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, ending)| endings.contains(&ending))
    }
}

const ENDINGS: &[&str] = &[
    "rs", "ts", "js", "svelte", "css", "html", "json", "toml", "md", "sql", "sh", "yml", "yaml",
];

/// Not written by people: built, generated, fetched.
const LEFT_OUT: &[&str] = &[
    "target",
    "node_modules",
    "cache",
    "dist",
    "gen",
    "generated",
    "paraglide",
    "package-lock.json",
    "test-results",
];

/// Every source of the repository.
pub fn all() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&places::root(), "", &mut found);
    found
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || LEFT_OUT.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), found);
        } else {
            let source = Source::new(&path, "");
            let text = source
                .has_ending(ENDINGS)
                .then(|| fs::read_to_string(entry.path()).ok())
                .flatten();
            found.extend(text.map(|text| Source { text, ..source }));
        }
    }
}

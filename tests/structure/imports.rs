//! What of the screen imports what: no file and no folder reaches itself again.

use crate::assert_none;
use crate::sources::{self, Source};
use std::collections::{BTreeMap, BTreeSet};

/// What a path may begin with, and the folder it stands for.
const ALIASES: &[(&str, &str)] = &[("$lib/", "ui/src/lib/"), ("$components/", "ui/src/components/")];

/// Longest first: a name ends with one of them.
const ENDINGS: &[&str] = &[".svelte.ts", ".svelte", ".ts"];

/// Who imports whom.
type Arrows = BTreeMap<String, BTreeSet<String>>;

/// What stands in quotes behind `from`, `import` or `import(`.
fn imported(text: &str) -> impl Iterator<Item = &str> {
    let words = ["from \"", "import \"", "import(\""];
    words
        .into_iter()
        .flat_map(|word| text.split(word).skip(1))
        .filter_map(|rest| rest.split('"').next())
}

fn folder(path: &str) -> String {
    path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
}

fn without_ending(path: &str) -> &str {
    let shorter = ENDINGS.iter().find_map(|ending| path.strip_suffix(ending));
    shorter.unwrap_or(path)
}

/// The path from the repository's folder, without its ending; `None` for a package.
fn resolved(from: &str, name: &str) -> Option<String> {
    let name = without_ending(name);
    let aliased = |(alias, folder): &(&str, &str)| Some(format!("{folder}{}", name.strip_prefix(alias)?));
    if !name.starts_with('.') {
        return ALIASES.iter().find_map(aliased);
    }
    let from = folder(from);
    let mut parts: Vec<&str> = from.split('/').collect();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Arrows between files, and between their folders.
fn arrows(sources: &[Source]) -> (Arrows, Arrows) {
    let screen = || {
        let is_screen = |source: &&Source| source.is_in("ui/src") && source.has_ending(&["ts", "svelte"]);
        sources.iter().filter(is_screen)
    };
    let known: BTreeSet<&str> = screen().map(|source| without_ending(&source.path)).collect();
    let (mut files, mut folders) = (Arrows::new(), Arrows::new());
    for source in screen() {
        let found = imported(&source.text).filter_map(|name| resolved(&source.path, name));
        for target in found {
            let index = format!("{target}/index");
            let target = if known.contains(index.as_str()) {
                index
            } else {
                target
            };
            let from = without_ending(&source.path).to_owned();
            let (inside, outside) = (folder(&from), folder(&target));
            if inside != outside {
                folders.entry(inside).or_default().insert(outside);
            }
            files.entry(from).or_default().insert(target);
        }
    }
    (files, folders)
}

/// Everything that is reached from there.
fn reached(arrows: &Arrows, from: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = vec![from];
    while let Some(one) = next.pop() {
        for target in arrows.get(one).into_iter().flatten() {
            if reached.insert(target.clone()) {
                next.push(target);
            }
        }
    }
    reached
}

/// Each arrow that lies on a way back to where it began.
fn circles(arrows: &Arrows) -> Vec<String> {
    let mut complaints = Vec::new();
    for (from, targets) in arrows {
        let back = |target: &&String| reached(arrows, target).contains(from);
        let found = targets.iter().filter(back);
        complaints.extend(found.map(|target| format!("{from} imports {target}, which leads back")));
    }
    complaints
}

#[test]
fn the_screen_imports_in_one_direction() {
    let (files, folders) = arrows(&sources::all());
    assert!(files.len() > 100 && folders.len() > 15, "the imports were found");
    assert_none("No file imports itself in the end", &circles(&files));
    assert_none("No folder imports itself in the end", &circles(&folders));
}

#[test]
fn a_circle_is_found() {
    let list = "import Row from \"../row/Row.svelte\";\nimport { svelte } from \"svelte\";";
    let row = "import { now } from \"$lib/state/clock.svelte\";";
    let clock = "const list = await import(\"$components/list\");";
    let sources = [
        Source::new("ui/src/components/list/index.ts", list),
        Source::new("ui/src/components/row/Row.svelte", row),
        Source::new("ui/src/lib/state/clock.svelte.ts", clock),
        Source::new(
            "ui/src/lib/state/other.ts",
            "import { now } from \"./clock.svelte\";",
        ),
    ];
    let (files, folders) = arrows(&sources);
    assert_eq!(circles(&files).len(), 3, "{files:?}");
    assert_eq!(circles(&folders).len(), 3, "{folders:?}");
    let (files, folders) = arrows(&sources[..2]);
    assert!(circles(&files).is_empty() && circles(&folders).is_empty());
}

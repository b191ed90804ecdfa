//! Who may depend on whom.

use crate::assert_none;
use crate::sources::Source;
use deskbell_tests::places;
use serde_json::Value;
use std::process::Command;

/// Packages of this repository and those of them that each may name, development dependencies included.
const ALLOWED: &[(&str, &[&str])] = &[
    ("deskbell-domain", &[]),
    ("deskbell-store", &["deskbell-domain"]),
    ("deskbell-chatwoot", &["deskbell-domain"]),
    (
        "deskbell-sync",
        &["deskbell-domain", "deskbell-store", "deskbell-chatwoot"],
    ),
    (
        "deskbell-app",
        &[
            "deskbell-domain",
            "deskbell-store",
            "deskbell-chatwoot",
            "deskbell-sync",
        ],
    ),
    ("deskbell", &["deskbell-app", "deskbell-domain"]),
    ("deskbell-desk", &[]),
    ("xtask", &[]),
    (
        "deskbell-tests",
        &[
            "deskbell-domain",
            "deskbell-store",
            "deskbell-chatwoot",
            "deskbell-sync",
            "deskbell-app",
            "deskbell-desk",
            "xtask",
        ],
    ),
];

/// A package and all it names.
type Manifest = (String, Vec<String>);

fn manifests() -> Vec<Manifest> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut metadata = Command::new(cargo);
    metadata
        .args(["metadata", "--no-deps", "--format-version=1", "--offline"])
        .current_dir(places::root());
    let output = metadata.output().expect("cargo starts");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo describes the workspace");
    let packages = metadata["packages"].as_array().expect("a workspace has packages");
    packages.iter().map(manifest).collect()
}

fn manifest(package: &Value) -> Manifest {
    let text = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let named = package["dependencies"].as_array().into_iter().flatten().map(text);
    (text(package), named.collect())
}

fn forbidden_arrows(manifests: &[Manifest]) -> Vec<String> {
    let mut complaints = Vec::new();
    for (package, named) in manifests {
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| known == package) else {
            complaints.push(format!("{package} has no place in the list of arrows"));
            continue;
        };
        let ours = named
            .iter()
            .filter(|name| ALLOWED.iter().any(|(known, _)| known == name));
        let wrong = ours.filter(|name| !allowed.contains(&name.as_str()));
        complaints.extend(wrong.map(|name| format!("{package} must not depend on {name}")));
    }
    complaints
}

fn names_of_tauri(manifests: &[Manifest]) -> Vec<String> {
    let others = manifests.iter().filter(|(package, _)| package != "deskbell");
    let naming = others.filter(|(_, named)| named.iter().any(|name| name.starts_with("tauri")));
    naming
        .map(|(package, _)| format!("{package} names tauri"))
        .collect()
}

fn imports_tauri(source: &Source) -> Option<String> {
    let is_screen = source.is_in("ui/src") && source.has_ending(&["ts", "js", "svelte"]);
    let is_platform = source.is_in("ui/src/lib/platform");
    let imports = is_screen && !is_platform && source.text.contains("@tauri-apps");
    imports.then(|| format!("{} imports @tauri-apps", source.path))
}

#[test]
fn packages_depend_in_one_direction() {
    let manifests = manifests();
    assert_eq!(manifests.len(), ALLOWED.len(), "every package of the list exists");
    assert_none("Arrows go one way", &forbidden_arrows(&manifests));
}

#[test]
fn only_the_shell_names_tauri() {
    assert_none("Only the shell names tauri", &names_of_tauri(&manifests()));
}

#[test]
fn only_the_platform_folder_imports_tauri() {
    crate::check("Only ui/src/lib/platform imports @tauri-apps", imports_tauri);
}

#[test]
fn a_wrong_arrow_is_found() {
    let wrong = [
        (
            "deskbell-desk".to_owned(),
            vec!["axum".to_owned(), "deskbell-domain".to_owned()],
        ),
        (
            "deskbell-store".to_owned(),
            vec!["deskbell-domain".to_owned(), "tauri-plugin-x".to_owned()],
        ),
        ("deskbell-new".to_owned(), vec![]),
    ];
    assert_eq!(
        forbidden_arrows(&wrong).len(),
        2,
        "the desk stands alone, and new packages need a place"
    );
    assert_eq!(names_of_tauri(&wrong), ["deskbell-store names tauri"]);
    let text = "import { invoke } from \"@tauri-apps/api/core\"";
    assert!(imports_tauri(&Source::new("ui/src/lib/state/inbox.svelte.ts", text)).is_some());
    assert!(imports_tauri(&Source::new("ui/src/lib/platform/tauri.ts", text)).is_none());
}

//! Only the benchmark can make a plain file.

use std::path::{Path, PathBuf};

fn manifests(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let skipped = name.starts_with('.') || name == "target" || name == "node_modules";
        if path.is_dir() && !skipped {
            manifests(&path, found);
        } else if name == "Cargo.toml" {
            found.push(path);
        }
    }
}

#[test]
fn no_package_turns_plain_files_on() {
    let store = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = store.ancestors().nth(3).unwrap();
    let mut found = Vec::new();
    manifests(root, &mut found);
    assert!(found.len() > 5, "the manifests were found: {found:?}");
    let naming: Vec<&PathBuf> = found
        .iter()
        .filter(|path| std::fs::read_to_string(path).unwrap().contains("plain-file"))
        .collect();
    assert_eq!(naming, [&store.join("Cargo.toml")]);
    let own = std::fs::read_to_string(store.join("Cargo.toml")).unwrap();
    assert!(!own.contains("default ="), "it is not on by itself: {own}");
}

//! What has to be built before anything starts: the screen, the app and the built-in desk.

use crate::npm::{folder, npm};
use crate::task;
use crate::workspace::cargo;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use xtask::Outcome;

/// Builds the screen into `ui/dist` when one of its sources is newer.
pub fn screen() -> Outcome {
    let ui = folder();
    let mut sources: Vec<PathBuf> = ["src", "messages", "public", "static", "project.inlang"]
        .map(|name| ui.join(name))
        .into();
    sources.extend(
        [
            "index.html",
            "package-lock.json",
            "vite.config.ts",
            "svelte.config.js",
        ]
        .map(|name| ui.join(name)),
    );
    if is_newer(&sources, &ui.join("dist/index.html")) {
        task::run(&mut npm(&["run", "build"]))?;
    }
    Ok(())
}

/// Builds the app and the built-in desk beside it.
pub fn programs() -> Outcome {
    task::run(&mut cargo(&["build", "-p", "deskbell", "-p", "deskbell-desk"]))
}

/// Whether any of `sources` (files or folders) is newer than `result`, or `result` is missing.
pub fn is_newer(sources: &[PathBuf], result: &Path) -> bool {
    let Some(made) = changed(result) else { return true };
    sources
        .iter()
        .filter_map(|source| newest(source))
        .any(|time| time > made)
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

fn newest(path: &Path) -> Option<SystemTime> {
    let generated = ["paraglide", "cache"].iter().any(|name| path.ends_with(name));
    if generated {
        return None;
    }
    let Ok(entries) = fs::read_dir(path) else {
        return changed(path);
    };
    let inside = entries.flatten().filter_map(|entry| newest(&entry.path())).max();
    inside.max(changed(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn folder_with(files: &[(&str, u64)]) -> PathBuf {
        let unique = format!("xtask-built-{}-{}", std::process::id(), files.len());
        let folder = std::env::temp_dir().join(unique);
        for (name, age) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let file = fs::File::create(&path).unwrap();
            file.set_modified(SystemTime::now() + Duration::from_secs(1000 - age))
                .unwrap();
        }
        folder
    }

    #[test]
    fn a_source_deep_inside_makes_the_result_stale() {
        let folder = folder_with(&[("src/a/b.ts", 10), ("dist/index.html", 20)]);
        assert!(is_newer(&[folder.join("src")], &folder.join("dist/index.html")));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn generated_folders_do_not_count_and_a_missing_result_is_stale() {
        let folder = folder_with(&[
            ("src/paraglide/m.js", 10),
            ("src/x.ts", 30),
            ("dist/index.html", 20),
        ]);
        assert!(!is_newer(&[folder.join("src")], &folder.join("dist/index.html")));
        assert!(is_newer(&[folder.join("src")], &folder.join("dist/other.html")));
        fs::remove_dir_all(folder).unwrap();
    }
}

//! Where things are.

use std::env::{self, consts::EXE_SUFFIX};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The folder of the repository.
pub fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").expect("tests are started by cargo");
    let package = Path::new(&package);
    package
        .parent()
        .expect("the package is in the repository")
        .to_owned()
}

/// Where Cargo put what it built: the folder of a program, the one above a test's own.
pub fn built() -> PathBuf {
    let program = env::current_exe().expect("a running program has a path");
    let folder = program.parent().expect("a program is in a folder");
    match folder.file_name() {
        Some(name) if name == "deps" => folder.parent().expect("`deps` is in a profile").to_owned(),
        _ => folder.to_owned(),
    }
}

/// A built program of this repository.
///
/// # Panics
/// It was not built: cargo does not build another package's programs for a test, `cargo xtask test` does.
pub fn program(name: &str) -> PathBuf {
    let path = built().join(format!("{name}{EXE_SUFFIX}"));
    assert!(
        path.is_file(),
        "{} is missing; build it, or use `cargo xtask test`",
        path.display()
    );
    path
}

/// Where a picture called `name` is kept: `target/pictures`.
pub fn picture(name: &str) -> PathBuf {
    kept("pictures").join(format!("{name}.png"))
}

/// A file that goes on growing: `target/test-logs/<name>.log`.
pub fn log(name: &str) -> File {
    let path = kept("test-logs").join(format!("{name}.log"));
    let log = File::options().create(true).append(true).open(path);
    log.expect("logs can be kept")
}

/// A folder beside the built programs, for what somebody may want to look at after the tests.
fn kept(folder: &str) -> PathBuf {
    let target = built();
    let folder = target.parent().unwrap_or(&target).join(folder);
    std::fs::create_dir_all(&folder).expect("folders can be made");
    folder
}

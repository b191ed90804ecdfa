//! The TypeScript types of the screen, generated from the app's schema. A test checks that they are fresh.

use crate::task;
use crate::workspace::{binary, cargo, root};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use xtask::{Failure, Outcome};

fn committed() -> PathBuf {
    root().join("ui/src/lib/rpc/generated/schema.ts")
}

/// Builds the generator and writes its file.
pub fn write() -> Outcome {
    task::run(&mut cargo(&[
        "build",
        "--quiet",
        "-p",
        "deskbell-app",
        "--example",
        "generate_types",
    ]))?;
    let types = generated()?;
    let path = committed();
    fs::write(&path, types).map_err(Failure::during(format_args!("Cannot write {}", path.display())))?;
    println!("Wrote {}", path.display());
    Ok(())
}

/// What the built generator says.
fn generated() -> Outcome<String> {
    let generator = binary("examples/generate_types");
    let types = task::answer(&mut Command::new(&generator));
    types.ok_or_else(|| Failure::new(format!("{} does not run", generator.display())))
}

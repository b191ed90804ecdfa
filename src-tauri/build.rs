//! Checks what the window is made of before it is compiled in.

use std::path::Path;
use std::process::ExitCode;
use tauri_build::{AppManifest, Attributes};

const SCREEN: &str = "ui/dist";
const CAPABILITIES: &str = "./src-tauri/capabilities/**/*";
const COMMANDS: &[&str] = &["rpc_query", "rpc_mutate", "rpc_trigger", "rpc_subscribe"];

fn main() -> ExitCode {
    // A capabilities path of its own, and assets read by a macro: cargo learns of neither by itself.
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed={SCREEN}");
    if !Path::new(SCREEN).join("index.html").is_file() {
        eprintln!(
            "The screen is not built: {SCREEN}/index.html is missing. Run `cargo xtask run`, which builds it."
        );
        return ExitCode::FAILURE;
    }
    let attributes = Attributes::new()
        .capabilities_path_pattern(CAPABILITIES)
        .app_manifest(AppManifest::new().commands(COMMANDS));
    match tauri_build::try_build(attributes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

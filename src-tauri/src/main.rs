//! Deskbell's window, tray, notifications and sound: the only code that names Tauri.
//!
//! For: translating between the app and the computer. Not for: rules, SQL or HTTP, which live in the crates below.

// Without this a console window opens beside the program on Windows.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod attachments;
mod commands;
mod downloads;
mod error;
mod events;
mod host;
mod lifecycle;
mod links;
mod logs;
mod notifications;
mod options;
mod shell;
mod single_instance;
mod sound;
mod status;
mod tray;
mod window;

use error::ShellError;
use options::{Options, Request};
use std::process::ExitCode;

fn main() -> ExitCode {
    match Options::read(std::env::args_os().skip(1), std::env::var_os("DESKBELL_DATA_DIR")) {
        Ok(Request::Run(options)) => match run(options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                tracing::error!(%error, "Could not start");
                eprintln!("deskbell: {error}");
                ExitCode::FAILURE
            }
        },
        Ok(Request::Print(text)) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("deskbell: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(options: Options) -> Result<(), ShellError> {
    let _flush_on_exit = logs::start(&options.data_dir)?;
    logs::catch_panics();
    shell::run(options)
}

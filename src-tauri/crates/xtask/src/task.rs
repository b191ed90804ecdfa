//! Running other programs, seen by the person who waits for them.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use xtask::{Failure, Outcome};

/// The command as somebody would type it.
fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Says the command, runs it to its end, and fails if it did.
pub fn run(command: &mut Command) -> Outcome {
    let words = words(command);
    println!("\n$ {words}");
    let status = command
        .status()
        .map_err(Failure::during(format_args!("Cannot start `{words}`")))?;
    if !status.success() {
        return Err(Failure::new(format!("`{words}` failed ({status})")));
    }
    Ok(())
}

/// As [`run`], handing every line of the output to `see` as well. Returns whether it succeeded.
pub fn watch(command: &mut Command, mut see: impl FnMut(&str)) -> Outcome<bool> {
    let words = words(command);
    println!("\n$ {words}");
    let child = command.stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(Failure::during(format_args!("Cannot start `{words}`")))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(Failure::during(format_args!("Cannot read from `{words}`")))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            see(&line);
        }
    }
    let status = child
        .wait()
        .map_err(Failure::during(format_args!("Cannot wait for `{words}`")))?;
    Ok(status.success())
}

/// What a command prints; `None` when it cannot be started or fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then_some(text)
}

/// Whether a program of that name is on the path.
pub fn exists(program: &str) -> bool {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(&name).is_file())
}

//! The virtual display.

use super::SessionOptions;
use crate::failure::{Failure, Outcome};
use crate::guarded::{Guarded, command, log_to};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// Starts Xvfb on the first free display and returns its number, which it says once it accepts programs.
pub fn start(options: &SessionOptions) -> Outcome<(Guarded, u32)> {
    let (width, height) = options.screen;
    let mut xvfb = command("Xvfb");
    xvfb.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"]);
    xvfb.arg(format!("{width}x{height}x24"));
    log_to(&mut xvfb, &options.folder, "xvfb")?.stdout(Stdio::piped());
    let mut xvfb = Guarded::start(&mut xvfb)?;
    let mut line = String::new();
    if let Some(output) = xvfb.child().stdout.take() {
        let read = BufReader::new(output).read_line(&mut line);
        read.map_err(Failure::during("Cannot read from Xvfb"))?;
    }
    let number = line.trim().parse();
    let number = number.map_err(|_| Failure::new("Xvfb did not start; is the package `xvfb` installed?"))?;
    Ok((xvfb, number))
}

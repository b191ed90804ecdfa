//! The session bus, with no service that starts by itself: what is not put there is not there.

use crate::failure::{Failure, Outcome};
use crate::guarded::{Guarded, command, log_to};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

const CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=SOCKET</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Starts the bus and returns its address, which it says once it listens.
pub fn start(folder: &Path, runtime: &Path) -> Outcome<(Guarded, String)> {
    let socket = runtime.join("bus").display().to_string();
    let configuration = runtime.join("bus.conf");
    let written = fs::write(&configuration, CONFIGURATION.replace("SOCKET", &socket));
    written.map_err(Failure::during("Cannot write the bus's configuration"))?;
    let mut daemon = command("dbus-daemon");
    daemon.args(["--nofork", "--nopidfile", "--print-address=1", "--config-file"]);
    log_to(daemon.arg(&configuration), folder, "bus")?.stdout(Stdio::piped());
    let mut daemon = Guarded::start(&mut daemon)?;
    let mut line = String::new();
    if let Some(output) = daemon.child().stdout.take() {
        let read = BufReader::new(output).read_line(&mut line);
        read.map_err(Failure::during("Cannot read from dbus-daemon"))?;
    }
    if line.trim().is_empty() {
        return Err(Failure::new(
            "dbus-daemon did not start; is the package `dbus` installed?",
        ));
    }
    Ok((daemon, line.trim().to_owned()))
}

/// Whether somebody on the bus at `address` owns `name`.
pub fn has_owner(address: &str, name: &str) -> bool {
    let mut ask = Command::new("dbus-send");
    ask.args([
        "--session",
        "--print-reply=literal",
        "--dest=org.freedesktop.DBus",
        "/",
    ]);
    ask.arg("org.freedesktop.DBus.NameHasOwner")
        .arg(format!("string:{name}"));
    let answer = ask.env("DBUS_SESSION_BUS_ADDRESS", address).output();
    answer.is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("true"))
}

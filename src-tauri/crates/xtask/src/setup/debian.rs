//! Debian, Ubuntu and what descends from them: missing packages are installed.

use super::Purpose;
use super::packages::{Package, needed};
use crate::task;
use std::fs;
use std::process::Command;
use xtask::{Failure, Outcome};

/// Whether this machine has apt.
pub fn is_here() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let family = release
        .lines()
        .filter(|line| line.starts_with("ID=") || line.starts_with("ID_LIKE="));
    family
        .into_iter()
        .any(|line| line.contains("debian") || line.contains("ubuntu"))
        && task::exists("apt-get")
}

/// Installs what is missing for `purpose`, and says which.
pub fn install(purpose: Purpose) -> Outcome {
    let missing: Vec<&str> = needed(purpose)
        .filter(|package| !is_installed(package))
        .map(|package| package.name)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Missing system packages: {}", missing.join(" "));
    let failed = |failure: Failure| {
        let words = missing.join(" ");
        Failure::new(format!(
            "{failure}\nInstall them by hand: sudo apt-get install {words}"
        ))
    };
    task::run(apt().arg("update")).map_err(failed)?;
    task::run(
        apt()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(&missing),
    )
    .map_err(failed)
}

fn is_installed(package: &Package) -> bool {
    if package.instead.iter().any(|program| task::exists(program)) {
        return true;
    }
    let mut ask = Command::new("dpkg-query");
    ask.args(["--show", "--showformat=${db:Status-Status}", package.name]);
    task::answer(&mut ask).is_some_and(|status| status == "installed")
}

fn apt() -> Command {
    let mut id = Command::new("id");
    let is_root = task::answer(id.arg("-u")).is_some_and(|id| id.trim() == "0");
    // `sudo` clears the environment, so the variable is set behind it.
    let mut apt = Command::new(if is_root { "env" } else { "sudo" });
    if !is_root {
        apt.arg("env");
    }
    apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    apt
}

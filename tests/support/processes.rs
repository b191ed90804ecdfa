//! Processes started by programs that tests start.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The program a living process runs; `None` once it has ended.
pub fn executable(id: u32) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{id}/exe")).ok()
}

/// Children of a process.
pub fn children(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter(|id| parent_of(*id) == Some(parent)).collect()
}

/// Ends a process as a power cut would.
pub fn kill(id: u32) {
    signal(id, "-KILL");
}

/// Stops a process as closing the lid would, until [`wake`].
pub fn stop(id: u32) {
    signal(id, "-STOP");
}

/// Lets a stopped process go on.
pub fn wake(id: u32) {
    signal(id, "-CONT");
}

fn signal(id: u32, name: &str) {
    // It may have ended by itself in this moment.
    let _ = Command::new("kill").args([name, &id.to_string()]).status();
}

fn parent_of(id: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    parent.trim().parse().ok()
}

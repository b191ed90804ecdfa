//! What the numbers were measured on, as far as the system says it (Linux does, others leave it out).

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

/// Cores and memory.
pub fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let model = line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.into());
    let memory = line_of("/proc/meminfo", "MemTotal").and_then(|text| kib(&text));
    let memory = memory.map_or(String::new(), |kib| format!(", {:.0} GB memory", kib / 1e6));
    format!("{cores} cores ({model}){memory}, {}", std::env::consts::OS)
}

/// Programs that wanted a core during the last minute, on average.
pub fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().unwrap_or("-").to_owned()
}

/// The most memory this process had, in MB.
pub fn peak_memory_mb() -> Option<f64> {
    line_of("/proc/self/status", "VmHWM")
        .and_then(|text| kib(&text))
        .map(|kib| kib / 1e3)
}

/// Processor time this process has used, in seconds, in steps of 10 ms.
pub fn processor_seconds() -> Option<f64> {
    const TICKS: f64 = 100.0;
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The fields after the name, which stands in brackets; 12th and 13th of them are user and system time.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((user + system) / TICKS)
}

/// Milliseconds to make 4 KiB durable in `dir`: the floor of every durable write.
pub fn sync_ms(dir: &Path) -> std::io::Result<f64> {
    const TIMES: u32 = 200;
    let mut file = File::create(dir.join("floor"))?;
    let begun = Instant::now();
    for _ in 0..TIMES {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
    }
    Ok(begun.elapsed().as_secs_f64() * 1e3 / f64::from(TIMES))
}

fn line_of(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn kib(text: &str) -> Option<f64> {
    text.split_whitespace().next()?.parse().ok()
}

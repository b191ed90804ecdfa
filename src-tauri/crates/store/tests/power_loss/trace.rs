//! What a program asked of the disk, in order, as strace wrote it down.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

/// One thing that happened to a file of the folder, by name.
#[derive(Debug)]
pub enum Event {
    Write {
        file: String,
        at: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        file: String,
        length: usize,
    },
    Sync {
        file: String,
    },
    /// The program said that this row is kept.
    Acknowledged(String),
}

const CALLS: &str = "pwrite64,write,fsync,fdatasync,ftruncate";

/// The command that runs `program` and writes its calls to `trace`. All text in it is hexadecimal.
pub fn recording(trace: &Path, program: &Path) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-xx", "-s", "10000000", "-e"]);
    strace
        .arg(format!("trace={CALLS}"))
        .arg("-o")
        .arg(trace)
        .arg(program);
    strace
}

/// Reads what was recorded of files in `folder`; rows are acknowledged by writing them to `acks` there. A call counts
/// from when it returned.
pub fn read(trace: &str, folder: &Path, acks: &str) -> Vec<Event> {
    let mut begun: HashMap<&str, String> = HashMap::new();
    let mut events = Vec::new();
    for line in trace.lines() {
        let Some((thread, call)) = line.split_once(' ') else {
            continue;
        };
        let call = call.trim_start();
        if let Some(first) = call.strip_suffix("<unfinished ...>") {
            begun.insert(thread, first.to_owned());
        } else if let Some((_, rest)) = call.split_once(" resumed>") {
            let whole = begun.remove(thread).unwrap_or_default() + rest;
            events.extend(event(&whole, folder, acks));
        } else {
            events.extend(event(call, folder, acks));
        }
    }
    events
}

fn event(call: &str, folder: &Path, acks: &str) -> Option<Event> {
    let (name, rest) = call.split_once('(')?;
    let (_, rest) = rest.split_once('<')?;
    let (path, rest) = rest.split_once('>')?;
    let path = String::from_utf8(bytes(path)).ok()?;
    let file = Path::new(&path).strip_prefix(folder).ok()?.to_str()?.to_owned();
    // The folder itself is synced for the names in it, which this disk never loses.
    if file.is_empty() {
        return None;
    }
    let (arguments, answer) = rest.rsplit_once('=')?;
    assert!(
        !answer.trim().starts_with('-'),
        "the disk refused {name}: {answer}"
    );
    match name {
        "fsync" | "fdatasync" => Some(Event::Sync { file }),
        "ftruncate" => Some(Event::Truncate {
            file,
            length: numbers(arguments).next()?,
        }),
        "write" | "pwrite64" => {
            let (_, rest) = arguments.split_once('"')?;
            let (data, numbers_after) = rest.split_once('"')?;
            let bytes = bytes(data);
            if file == acks {
                return Some(Event::Acknowledged(String::from_utf8(bytes).ok()?));
            }
            assert_eq!(name, "pwrite64", "SQLite says where it writes: {file}");
            let at = numbers(numbers_after).nth(1)?;
            Some(Event::Write { file, at, bytes })
        }
        _ => None,
    }
}

fn numbers(text: &str) -> impl Iterator<Item = usize> {
    text.split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
}

/// `\x61\x62` as bytes.
fn bytes(text: &str) -> Vec<u8> {
    let digit = |byte: u8| {
        (byte as char)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let pairs = text.as_bytes().chunks_exact(4);
    pairs
        .filter_map(|four| Some(digit(four[2])? * 16 + digit(four[3])?))
        .collect()
}

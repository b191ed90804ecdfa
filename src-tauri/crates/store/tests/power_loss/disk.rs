//! A disk that keeps what was synced and does what it likes with the rest.

use crate::trace::Event;
use std::collections::BTreeMap;
use std::path::Path;

/// What a disk writes at once: a write that was not synced may be cut at these borders.
const SECTOR: usize = 512;

/// Random numbers, the same in every run (SplitMix64).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap()
    }
}

/// One file: what is safe, and what was asked for since.
#[derive(Default)]
struct File<'a> {
    safe: Vec<u8>,
    since: Vec<&'a Event>,
}

/// The files of a folder.
#[derive(Default)]
pub struct Disk<'a> {
    files: BTreeMap<String, File<'a>>,
}

impl<'a> Disk<'a> {
    /// A disk that has these files, safely.
    pub fn with(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let files = files.into_iter().map(|(name, safe)| {
            let since = Vec::new();
            (name, File { safe, since })
        });
        Self {
            files: files.collect(),
        }
    }

    pub fn happens(&mut self, event: &'a Event) {
        match event {
            Event::Write { file, .. } | Event::Truncate { file, .. } => {
                self.files.entry(file.clone()).or_default().since.push(event);
            }
            Event::Sync { file } => {
                let file = self.files.entry(file.clone()).or_default();
                for event in std::mem::take(&mut file.since) {
                    apply(&mut file.safe, event, |_| true);
                }
            }
            Event::Acknowledged(_) => {}
        }
    }

    /// Writes the files into `folder` as they are after the power went: of what was not synced each piece is there,
    /// absent, or there in part.
    pub fn lose_power(&self, random: &mut Random, folder: &Path) {
        for (name, file) in &self.files {
            let mut bytes = file.safe.clone();
            for event in &file.since {
                match random.below(3) {
                    0 => {}
                    1 => apply(&mut bytes, event, |_| true),
                    _ => apply(&mut bytes, event, |_| random.below(2) == 0),
                }
            }
            std::fs::write(folder.join(name), bytes).unwrap();
        }
    }
}

fn apply(bytes: &mut Vec<u8>, event: &Event, mut arrives: impl FnMut(usize) -> bool) {
    match event {
        Event::Write {
            at, bytes: written, ..
        } => {
            let end = at + written.len();
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            let mut from = *at;
            while from < end {
                let to = end.min((from / SECTOR + 1) * SECTOR);
                if arrives(from) {
                    bytes[from..to].copy_from_slice(&written[from - at..to - at]);
                }
                from = to;
            }
        }
        Event::Truncate { length, .. } if arrives(0) => bytes.resize(*length, 0),
        _ => {}
    }
}

//! A core in a process of its own, which can be killed or stopped at any moment (`tests/worker`).

use crate::places;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use xtask::guarded::{Guarded, command};

/// How long a worker may say nothing before the test gives up.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running worker. Dropping it kills it.
pub struct Worker {
    process: Guarded,
    said: Receiver<Value>,
    reader: JoinHandle<()>,
}

impl Worker {
    /// Starts one on a profile folder somebody signed in to.
    pub fn start(folder: &Path, work: &[String]) -> Self {
        let mut worker = command(places::program("front-desk-worker"));
        worker.arg(folder).args(work).stdout(Stdio::piped());
        worker.stderr(places::log("front-desk-worker"));
        let mut process = Guarded::start(&mut worker).unwrap_or_else(|failure| panic!("{failure}"));
        let output = process.child().stdout.take().expect("its output is piped");
        let (sender, said) = channel();
        let reader = thread::spawn(move || {
            // A line cut off by the end of the process says nothing.
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            for told in lines.filter_map(|line| serde_json::from_str(&line).ok()) {
                if sender.send(told).is_err() {
                    return;
                }
            }
        });
        Self {
            process,
            said,
            reader,
        }
    }

    /// The process, for signals.
    pub fn id(&mut self) -> u32 {
        self.process.child().id()
    }

    /// The next thing it says.
    ///
    /// # Panics
    /// It ended, or said nothing for two minutes.
    pub fn next(&self) -> Value {
        let told = self.said.recv_timeout(PATIENCE);
        told.unwrap_or_else(|error| {
            panic!("the worker says nothing ({error}); see its log in target/test-logs")
        })
    }

    /// Waits for a line with this key.
    pub fn until(&self, key: &str) -> Value {
        loop {
            let told = self.next();
            if told.get(key).is_some() {
                return told;
            }
        }
    }

    /// Ends it as a power cut would, and answers all it had said.
    ///
    /// # Panics
    /// It had ended by itself.
    pub fn kill(mut self) -> Vec<Value> {
        let ended = self.process.child().try_wait();
        if let Some(status) = ended.expect("a child can be asked for") {
            panic!("the worker ended by itself ({status}); see its log in target/test-logs");
        }
        drop(self.process);
        self.reader.join().expect("reading ends with the process");
        self.said.try_iter().collect()
    }

    /// Waits for its own end, and answers all it said.
    ///
    /// # Panics
    /// It did not end in order.
    pub fn finish(mut self) -> Vec<Value> {
        let said = self.said.iter().collect();
        self.reader.join().expect("reading ends with the process");
        let status = self.process.child().wait().expect("a child can be waited for");
        assert!(
            status.success(),
            "the worker ended with {status}; see its log in target/test-logs"
        );
        said
    }
}

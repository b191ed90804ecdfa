//! What the worker says: a line reaches the pipe whole, before the next thing is done.

use serde_json::Value;
use std::io::Write;

pub fn say(what: Value) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{what}")
        .and_then(|()| output.flush())
        .expect("somebody reads");
}

//! Scripts that once failed, by what was wrong then.

use crate::run;
use crate::script::Script;
use crate::seeds;
use crate::template::Template;

/// What was wrong, and the shortest script that showed it.
fn scripts() -> Vec<(&'static str, Script)> {
    Vec::new()
}

/// # Panics
/// When one is wrong again.
pub fn run() {
    seeds::count_panics();
    let template = Template::make();
    for (what, script) in scripts() {
        if let Err(wrong) = run::run(&template, &script, u8::MAX - 2) {
            panic!("{what}: {wrong}");
        }
    }
}

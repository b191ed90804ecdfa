//! Scripts that once failed, by what was wrong then.

use crate::run;
use crate::script::Script;
use crate::seeds;
use crate::template::Template;

/// What was wrong, and the shortest script that showed it.
fn scripts() -> Vec<(&'static str, Script)> {
    use crate::script::{Colleague::*, Frames::*, Step::*};
    let script = |steps| Script {
        steps,
        patient: false,
    };
    vec![(
        "a frame held back must not undo what came after it",
        script(vec![
            Frames(Hold(1)),
            Colleague(0, Priority(1)),
            Wait(1),
            Colleague(0, Priority(3)),
            Wait(1),
            Frames(Release),
            Wait(1),
        ]),
    )]
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

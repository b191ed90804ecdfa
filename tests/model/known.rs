//! Scripts that once failed, by what was wrong then.

use crate::run;
use crate::script::Frames::{Hold, Release};
use crate::script::Press::{Close, Escalate, MarkSeen, MarkUnread, Reply};
use crate::script::Step::*;
use crate::script::Trouble::{CutBefore, Late, Status};
use crate::script::{Colleague, Script, Target};
use crate::seeds;
use crate::template::Template;

/// What was wrong, and the shortest script that showed it.
fn scripts() -> Vec<(&'static str, Script)> {
    let script = |steps| Script {
        steps,
        patient: false,
    };
    let reply = |number| Press(number, Reply { take_over: false });
    let trouble = |trouble| Trouble {
        target: Target::Messages,
        trouble,
        times: 1,
    };
    vec![
        (
            "a message the server took after the answer was lost was sent again (seed 12)",
            script(vec![
                trouble(Late(21)),
                reply(0),
                reply(0),
                Wait(1),
                Press(0, Close),
            ]),
        ),
        (
            "a message cut off was looked for at moments that were missed, and never ended (seed 9)",
            script(vec![
                reply(2),
                trouble(CutBefore),
                Wait(1),
                Heal,
                Wait(1),
                Colleague(5, Colleague::Reply),
            ]),
        ),
        (
            "the same, with the desk gone meanwhile (seed 14)",
            script(vec![
                trouble(CutBefore),
                reply(0),
                Wait(1),
                DeskDown,
                reply(0),
                Look(0),
            ]),
        ),
        (
            "a frame held back undid what came after it",
            script(vec![
                Frames(Hold(1)),
                Colleague(0, Colleague::Priority(1)),
                Wait(1),
                Colleague(0, Colleague::Priority(3)),
                Wait(1),
                Frames(Release),
                Wait(1),
            ]),
        ),
        (
            "a conversation that is gone was marked unread again and again without end (seed 426)",
            script(vec![
                Colleague(0, Colleague::DeleteConversation),
                Press(0, MarkUnread),
                Wait(1),
            ]),
        ),
        (
            "a frame that was under way brought a deleted conversation back (seed 59)",
            script(vec![
                Frames(Hold(2)),
                DeskUp,
                TryNow,
                Press(1, Close),
                Press(2, Escalate),
                Colleague(2, Colleague::DeleteConversation),
                Wait(1),
            ]),
        ),
        (
            "without a socket at first, none was tried again",
            script(vec![
                Trouble {
                    target: Target::Socket,
                    trouble: Status(503),
                    times: 1,
                },
                Restart,
                Wait(60),
            ]),
        ),
        (
            "a late word of an older message of the same second changed what is unread (seed 431)",
            script(vec![
                Frames(Hold(2)),
                Colleague(6, Colleague::Reply),
                Guest(0),
                Sleep(119),
                Restart,
                Guest(1),
                Wait(144),
                Press(1, Reply { take_over: true }),
            ]),
        ),
        (
            "a late word of a message of the second in which it was read made it unread again (seed 346)",
            script(vec![
                Frames(Hold(2)),
                Press(0, Reply { take_over: true }),
                Press(0, MarkSeen),
                Wait(1),
            ]),
        ),
        (
            "the same, without a take-over",
            script(vec![
                Frames(Hold(3)),
                Press(0, Reply { take_over: false }),
                Press(0, MarkSeen),
                Wait(1),
            ]),
        ),
    ]
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

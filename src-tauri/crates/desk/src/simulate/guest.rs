//! What a guest does next, from the plan and what was answered so far: pure, times are epoch milliseconds.

use super::plan::{Act, Guest, Pause};

/// Between the first two looks for an answer; doubled each time.
const FIRST_LOOK_MS: i64 = 3000;
const LONGEST_LOOK_MS: i64 = 60_000;

/// How far a guest is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Steps behind it.
    pub done: usize,
    /// When the last of them was done.
    pub since_ms: i64,
    /// Looks for an answer since then.
    pub looks: u32,
    /// When it last looked.
    pub looked_ms: i64,
    /// When it saw an answer to what it said last.
    pub answered_ms: Option<i64>,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    Do(Act),
    /// Looks whether there is an answer.
    Look,
    /// Nothing before this.
    Wait(i64),
    /// Nothing ever.
    Gone,
}

/// What a guest does at this moment.
pub fn next(guest: &Guest, standing: &Standing, now_ms: i64) -> Next {
    let Some(step) = guest.steps.get(standing.done) else {
        return Next::Gone;
    };
    let due = match step.pause {
        Pause::Ms(pause) => standing.since_ms.saturating_add(pause),
        Pause::Answer {
            patience_ms,
            reading_ms,
        } => match standing.answered_ms {
            Some(answered) => answered.saturating_add(reading_ms),
            None => {
                let ends = standing.since_ms.saturating_add(patience_ms);
                let looks = next_look(standing).min(ends);
                return match now_ms {
                    now if now < looks => Next::Wait(looks),
                    // The last look is when patience ends: whoever finds nothing then goes on.
                    _ if standing.looked_ms < ends => Next::Look,
                    _ => Next::Do(step.act.clone()),
                };
            }
        },
    };
    if now_ms < due {
        return Next::Wait(due);
    }
    Next::Do(step.act.clone())
}

fn next_look(standing: &Standing) -> i64 {
    let wait = FIRST_LOOK_MS.saturating_mul(1 << standing.looks.min(10));
    let last = standing.looked_ms.max(standing.since_ms);
    last.saturating_add(wait.min(LONGEST_LOOK_MS))
}

impl Standing {
    /// At its beginning.
    pub fn at(now_ms: i64) -> Self {
        Self {
            since_ms: now_ms,
            ..Self::default()
        }
    }

    /// After a step.
    pub fn stepped(&self, now_ms: i64) -> Self {
        Self {
            done: self.done + 1,
            since_ms: now_ms,
            ..Self::default()
        }
    }

    /// After a look.
    pub fn looked(&self, now_ms: i64, is_answered: bool) -> Self {
        Self {
            looks: self.looks + 1,
            looked_ms: now_ms,
            answered_ms: is_answered.then_some(now_ms),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::plan::{Mind, Step};

    fn guest() -> Guest {
        let step = |pause, act| Step { pause, act };
        let answer = Pause::Answer {
            patience_ms: 10_000,
            reading_ms: 500,
        };
        Guest {
            number: 0,
            arrives_ms: 0,
            chat: 0,
            language: "en",
            name: "Emma".to_owned(),
            email: None,
            mind: Mind::Asks,
            steps: vec![
                step(Pause::Ms(100), Act::Say("Hi".to_owned())),
                step(answer, Act::See),
                step(Pause::Ms(0), Act::Say("Thanks".to_owned())),
            ],
        }
    }

    #[test]
    fn a_guest_waits_for_an_answer_and_reads_it() {
        let guest = guest();
        let begun = Standing::at(1000);
        assert_eq!(next(&guest, &begun, 1000), Next::Wait(1100));
        assert_eq!(next(&guest, &begun, 1100), Next::Do(Act::Say("Hi".to_owned())));
        let said = begun.stepped(1100);
        assert_eq!(next(&guest, &said, 1100), Next::Wait(4100));
        assert_eq!(next(&guest, &said, 4100), Next::Look);
        let nothing = said.looked(4100, false);
        assert_eq!(next(&guest, &nothing, 4101), Next::Wait(10_100));
        let answered = nothing.looked(10_100, true);
        assert_eq!(next(&guest, &answered, 10_100), Next::Wait(10_600));
        assert_eq!(next(&guest, &answered, 10_600), Next::Do(Act::See));
    }

    #[test]
    fn patience_ends_with_a_last_look() {
        let guest = guest();
        let said = Standing::at(0).stepped(100);
        let looked = said.looked(9000, false);
        assert_eq!(
            next(&guest, &looked, 9500),
            Next::Wait(10_100),
            "not after patience has ended"
        );
        assert_eq!(next(&guest, &looked, 10_100), Next::Look);
        assert_eq!(
            next(&guest, &looked.looked(10_100, false), 10_100),
            Next::Do(Act::See)
        );
    }

    #[test]
    fn a_clock_that_jumps_skips_nothing() {
        let guest = guest();
        let far = 86_400_000;
        let said = Standing::at(0).stepped(100);
        assert_eq!(next(&guest, &said, far), Next::Look);
        let looked = said.looked(far, false);
        assert_eq!(next(&guest, &looked, far), Next::Do(Act::See));
        let seen = looked.stepped(far);
        assert_eq!(next(&guest, &seen, far), Next::Do(Act::Say("Thanks".to_owned())));
        assert_eq!(next(&guest, &seen.stepped(far), far), Next::Gone);
    }
}

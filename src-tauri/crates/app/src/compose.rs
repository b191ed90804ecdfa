//! Whether a reply may go as it is: a pure decision at the moment of pressing Send.

use crate::schema::{Refusal, SendQuestion};
use deskbell_domain::{AgentId, Status, WhoAnswers};

/// The wire's limit (reference §4.1), in characters.
const LONGEST: usize = 150_000;
/// An answer of a colleague younger than this is worth a question.
const JUST_ANSWERED_SECONDS: i64 = 60;

/// What is known at the moment of pressing.
#[derive(Clone, Debug)]
pub struct Desk<'a> {
    pub me: AgentId,
    pub who: WhoAnswers,
    pub status: Status,
    pub assignee: Option<AgentId>,
    pub opted_out: bool,
    pub window_closed: bool,
    pub online: bool,
    /// The last public reply of a person: who, their name, and when (epoch seconds).
    pub last_reply: Option<(AgentId, &'a str, i64)>,
    pub assignee_name: Option<&'a str>,
}

/// What somebody wants to send.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    pub text: &'a str,
    pub private: bool,
    pub has_files: bool,
    /// A template's rendered preview: only that passes a closed window.
    pub is_template: bool,
    /// The questions already answered with "send anyway".
    pub confirmed: &'a [SendQuestion],
}

/// What Send does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Go {
        take_over: bool,
    },
    Ask {
        question: SendQuestion,
        name: Option<String>,
        seconds_ago: Option<i64>,
    },
    Refuse(Refusal),
}

/// Decides for a reply; a note always goes.
pub fn decide(desk: &Desk<'_>, written: Written<'_>, now: i64) -> Decision {
    let Written {
        text,
        private,
        confirmed,
        ..
    } = written;
    if text.trim().is_empty() && (!written.has_files || written.is_template) {
        return Decision::Refuse(Refusal::Empty);
    }
    if text.chars().count() > LONGEST {
        return Decision::Refuse(Refusal::TooLong);
    }
    if private {
        return Decision::Go { take_over: false };
    }
    if desk.status == Status::Resolved {
        return Decision::Refuse(Refusal::Closed);
    }
    if desk.window_closed && !written.is_template {
        return Decision::Refuse(Refusal::WindowClosed);
    }
    let ask = |question, name: Option<&str>, seconds_ago| Decision::Ask {
        question,
        name: name.map(str::to_owned),
        seconds_ago,
    };
    let open = |question| !confirmed.contains(&question);
    if desk.opted_out && open(SendQuestion::OptedOut) {
        return ask(SendQuestion::OptedOut, None, None);
    }
    if let Some((agent, name, at)) = desk.last_reply
        && agent != desk.me
        && now - at < JUST_ANSWERED_SECONDS
        && open(SendQuestion::AnsweredByColleague)
    {
        return ask(
            SendQuestion::AnsweredByColleague,
            Some(name),
            Some((now - at).max(0)),
        );
    }
    let held_by_other = desk.assignee.is_some_and(|agent| agent != desk.me);
    if held_by_other && desk.status == Status::Open && open(SendQuestion::TakenByColleague) {
        return ask(SendQuestion::TakenByColleague, desk.assignee_name, None);
    }
    if !desk.online && desk.who == WhoAnswers::Ai && open(SendQuestion::OfflineWhileAi) {
        return ask(SendQuestion::OfflineWhileAi, None, None);
    }
    Decision::Go {
        take_over: desk.who != WhoAnswers::Person { agent: Some(desk.me) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: AgentId = AgentId(1);

    fn pressed(desk: &Desk<'_>, text: &str, private: bool, confirmed: &[SendQuestion], now: i64) -> Decision {
        let written = Written {
            text,
            private,
            has_files: false,
            is_template: false,
            confirmed,
        };
        decide(desk, written, now)
    }

    #[test]
    fn a_closed_window_takes_templates_and_never_free_text() {
        let closed = Desk {
            window_closed: true,
            ..desk()
        };
        let mut written = Written {
            text: "Your table is ready",
            private: false,
            has_files: false,
            is_template: true,
            confirmed: &[],
        };
        assert_eq!(decide(&closed, written, 0), Decision::Go { take_over: false });
        written.is_template = false;
        assert_eq!(
            decide(&closed, written, 0),
            Decision::Refuse(Refusal::WindowClosed)
        );
        written.text = "";
        assert_eq!(decide(&desk(), written, 0), Decision::Refuse(Refusal::Empty));
        written.has_files = true;
        assert_eq!(decide(&desk(), written, 0), Decision::Go { take_over: false });
    }

    fn desk() -> Desk<'static> {
        Desk {
            me: ME,
            who: WhoAnswers::Person { agent: Some(ME) },
            status: Status::Open,
            assignee: Some(ME),
            opted_out: false,
            window_closed: false,
            online: true,
            last_reply: None,
            assignee_name: None,
        }
    }

    #[test]
    fn sending_while_the_ai_answers_takes_over() {
        let ai = Desk {
            who: WhoAnswers::Ai,
            status: Status::Pending,
            assignee: None,
            ..desk()
        };
        assert_eq!(
            pressed(&ai, "Hello", false, &[], 0),
            Decision::Go { take_over: true }
        );
        assert_eq!(
            pressed(&desk(), "Hello", false, &[], 0),
            Decision::Go { take_over: false }
        );
    }

    #[test]
    fn offline_over_the_ai_asks_first() {
        let ai = Desk {
            who: WhoAnswers::Ai,
            status: Status::Pending,
            assignee: None,
            online: false,
            ..desk()
        };
        let asked = pressed(&ai, "Hello", false, &[], 0);
        assert!(matches!(
            asked,
            Decision::Ask {
                question: SendQuestion::OfflineWhileAi,
                ..
            }
        ));
        let confirmed = pressed(&ai, "Hello", false, &[SendQuestion::OfflineWhileAi], 0);
        assert_eq!(confirmed, Decision::Go { take_over: true });
    }

    #[test]
    fn a_colleague_who_just_answered_is_named_with_the_seconds() {
        let just = Desk {
            last_reply: Some((AgentId(2), "Jonas", 92)),
            ..desk()
        };
        let asked = pressed(&just, "Hello", false, &[], 100);
        assert_eq!(
            asked,
            Decision::Ask {
                question: SendQuestion::AnsweredByColleague,
                name: Some("Jonas".into()),
                seconds_ago: Some(8)
            }
        );
        assert_eq!(
            pressed(&just, "Hello", false, &[], 200),
            Decision::Go { take_over: false }
        );
    }

    #[test]
    fn a_closed_one_takes_notes_only() {
        let closed = Desk {
            status: Status::Resolved,
            who: WhoAnswers::Closed,
            assignee: None,
            ..desk()
        };
        assert_eq!(
            pressed(&closed, "Hello", false, &[], 0),
            Decision::Refuse(Refusal::Closed)
        );
        assert_eq!(
            pressed(&closed, "For the team", true, &[], 0),
            Decision::Go { take_over: false }
        );
        assert_eq!(
            pressed(&desk(), "  \n", true, &[], 0),
            Decision::Refuse(Refusal::Empty)
        );
    }
}

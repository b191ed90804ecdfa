//! The looks of a day: what a person checks in the morning, and what is still open when their shift ends. Decided from
//! what is known of one conversation; epoch seconds.

use crate::thanks::is_thanks;
use crate::{AgentId, Conversation, LinkedAction, Message, Priority, Promise, Status, WhoAnswers};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Nobody wrote for this long: a conversation may be forgotten with the person who holds it. Seconds.
pub const QUIET: i64 = 2 * 60 * 60;
/// A guest who does not come back to an answer for this long has no more to say. Seconds.
pub const SILENT: i64 = 3 * 24 * 60 * 60;
/// A talk that has only just ended may go on. Seconds.
pub const SETTLED: i64 = 15 * 60;
/// Who did nothing for this long was away. Seconds.
pub const AWAY: i64 = 4 * 60 * 60;
/// No night is longer, however long somebody was away. Seconds.
pub const LONGEST_NIGHT: i64 = 7 * 24 * 60 * 60;

/// What is known of a conversation.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub conversation: &'a Conversation,
    /// The inbox's; `None` = not known.
    pub has_bot: Option<bool>,
    pub me: AgentId,
    /// When anybody last wrote.
    pub said_at: i64,
    pub now: i64,
}

/// Where a conversation stands in the morning check: in one place only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Morning {
    /// A guest waits for a person, and it cannot wait.
    Urgent,
    /// A guest waits for a person.
    Waiting,
    /// I answer.
    Mine,
    /// A person took it over, nobody has written for long, and the AI stays silent.
    Left,
}

impl Facts<'_> {
    fn who(&self) -> WhoAnswers {
        WhoAnswers::of(self.conversation, self.has_bot)
    }

    /// True where I answer.
    pub fn is_mine(&self) -> bool {
        self.who() == (WhoAnswers::Person { agent: Some(self.me) })
    }

    /// True where a person holds what an AI would answer otherwise, and nobody wrote for `quiet` seconds.
    pub fn is_left(&self, quiet: i64) -> bool {
        self.has_bot == Some(true)
            && matches!(self.who(), WhoAnswers::Person { .. })
            && self.now - self.said_at >= quiet
    }

    /// Where it stands in the morning; `None` = it needs no person.
    pub fn morning(&self) -> Option<Morning> {
        match self.who() {
            WhoAnswers::Waiting if self.conversation.priority == Some(Priority::Urgent) => {
                Some(Morning::Urgent)
            }
            WhoAnswers::Waiting => Some(Morning::Waiting),
            WhoAnswers::Person { .. } if self.is_left(QUIET) => Some(Morning::Left),
            WhoAnswers::Person { agent } if agent == Some(self.me) => Some(Morning::Mine),
            _ => None,
        }
    }

    /// Why it looks as if the guest had all they wanted, from their newest message; `None` = it does not. What was promised
    /// comes first.
    pub fn finished(&self, guest: Option<&Message>, has_promise: bool) -> Option<Finished> {
        let guest = guest?;
        let may_end = matches!(self.who(), WhoAnswers::Ai | WhoAnswers::Person { .. });
        if !may_end || has_promise || self.now - self.said_at < SETTLED {
            return None;
        }
        if is_thanks(&guest.content) && guest.attachments.is_empty() {
            return Some(Finished::Thanked);
        }
        let answered = self.said_at > guest.created_at;
        (answered && self.now - self.said_at >= SILENT).then_some(Finished::Silent)
    }
}

/// Why a conversation looks finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Finished {
    /// The guest's last words were thanks.
    Thanked,
    /// The guest did not come back to the answer.
    Silent,
}

/// Why what the AI did alone is worth a look; the gravest reason counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// It looked something up and found no answer.
    Unsure,
    /// It proposes something, and waits for a person's word.
    Proposal,
    /// It did something by itself, or it came to a result.
    Result,
    /// A guest to win.
    Lead,
}

/// Why a person may want to look at what the AI answered; `answers` are those of the night.
pub fn worth_a_look(conversation: &Conversation, is_lead: bool, answers: &[Message]) -> Option<Look> {
    let actions = conversation.linked_actions();
    let any = |status: &str| actions.iter().any(|action| action.status == status);
    if unsure_about(answers).is_some() {
        Some(Look::Unsure)
    } else if any("pending") {
        Some(Look::Proposal)
    } else if any("auto_executed") || !conversation.conversions().is_empty() {
        Some(Look::Result)
    } else {
        is_lead.then_some(Look::Lead)
    }
}

/// What the AI looked for and did not find, in its own words.
pub fn unsure_about(answers: &[Message]) -> Option<String> {
    let tools = answers.iter().flat_map(Message::ai_tools);
    tools.filter(|tool| !tool.ok).map(|tool| tool.summary).next()
}

/// What waits for a person's word.
pub fn proposed(conversation: &Conversation) -> Option<LinkedAction> {
    let mut actions = conversation.linked_actions().into_iter();
    actions.find(|action| action.status == "pending")
}

/// What the guest was told would happen, while the conversation is not closed; `answered`: by a person.
pub fn promised(conversation: &Conversation, answered: bool) -> Vec<Promise> {
    if conversation.status == Status::Resolved {
        return Vec::new();
    }
    let brief = conversation.handoff_brief().unwrap_or_default();
    let mut promised = brief.promised;
    let is_over = |promise: &Promise| answered && promise.kept_by_answer;
    promised.retain(|promise| !is_over(promise) && !promise.text.trim().is_empty());
    promised
}

/// When somebody was at this computer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Their newest press.
    pub last: Option<i64>,
    /// Their newest press before they were away.
    pub before: Option<i64>,
}

impl Presence {
    /// Somebody presses something.
    pub fn seen(self, now: i64) -> Self {
        match self.last {
            Some(last) if now - last < AWAY => Self {
                last: Some(last.max(now)),
                ..self
            },
            _ => Self {
                last: Some(now),
                before: self.last,
            },
        }
    }

    /// When the night began: when the person went, or in the `evening` where nobody knows.
    pub fn night_from(self, now: i64, evening: i64) -> i64 {
        let went = match self.last {
            Some(last) if now - last >= AWAY => Some(last),
            _ => self.before,
        };
        went.unwrap_or(evening).max(now - LONGEST_NIGHT).min(now)
    }
}

#[cfg(test)]
mod tests;

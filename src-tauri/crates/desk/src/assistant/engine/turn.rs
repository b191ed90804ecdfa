//! What the engine is given and what it gives back. Plain values; no clock, no database.

use super::hours::Hours;
use super::never::Reason;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Who wrote a line of the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Guest,
    Ai,
    /// A person of the desk, by first name.
    Person(String),
    /// A greeting or another automatic message.
    System,
}

/// One public message, oldest first in [`Turn::lines`].
#[derive(Clone, Debug)]
pub struct Line {
    /// Message id on the wire.
    pub id: i64,
    pub who: Who,
    pub text: String,
    /// Epoch seconds.
    pub at: i64,
    /// Tools the AI named in this message.
    pub tools: Vec<ToolUse>,
}

/// A look-up behind an answer, as shown at the message (`content_attributes.ai_tools`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolUse {
    pub name: String,
    pub summary: String,
    pub ok: bool,
}

/// The contact in front of the desk.
#[derive(Clone, Debug, Default)]
pub struct Guest {
    pub name: Option<String>,
    /// Custom attributes as they are now.
    pub attributes: Map<String, Value>,
}

impl Guest {
    /// The name to greet with; none for phone numbers and handles.
    pub fn first_name(&self) -> Option<&str> {
        let first = self.name.as_deref()?.split_whitespace().next()?;
        (first.chars().count() > 1
            && first
                .chars()
                .all(|sign| sign.is_alphabetic() || "-'’.".contains(sign)))
        .then_some(first)
    }
}

/// What kind of house it is; decides words and what a move means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PropertyKind {
    /// Stays of nights: moving one is left to the portal.
    Hotel,
    /// Appointments of minutes: the assistant moves them itself.
    Salon,
}

/// The house the guest writes to.
#[derive(Clone, Debug)]
pub struct Property {
    pub name: String,
    pub kind: PropertyKind,
    pub zone: TimeZone,
    /// When the desk is staffed.
    pub hours: Hours,
    /// Where guests manage bookings themselves.
    pub portal_url: Option<String>,
}

/// Everything known when the assistant is about to answer.
#[derive(Clone, Debug)]
pub struct Turn {
    pub lines: Vec<Line>,
    pub guest: Guest,
    pub property: Property,
    /// What the AI asked last and still waits for a yes or no to.
    pub pending: Option<Proposal>,
    /// Conversation attributes as they are now.
    pub attributes: Map<String, Value>,
    /// Epoch seconds.
    pub now: i64,
}

impl Turn {
    /// The guest's lines nobody has answered, oldest first. Empty when somebody else had the last word.
    pub fn unanswered(&self) -> &[Line] {
        let answered = self
            .lines
            .iter()
            .rposition(|line| matches!(line.who, Who::Ai | Who::Person(_)));
        let rest = &self.lines[answered.map_or(0, |position| position + 1)..];
        if rest.iter().any(|line| line.who == Who::Guest) {
            rest
        } else {
            &[]
        }
    }

    /// The text to answer: all unanswered lines of the guest together.
    pub fn question(&self) -> String {
        let texts: Vec<&str> = self
            .unanswered()
            .iter()
            .filter(|line| line.who == Who::Guest)
            .map(|line| line.text.as_str())
            .collect();
        texts.join("\n")
    }

    /// True until the AI has written in this conversation.
    pub fn is_first_answer(&self) -> bool {
        !self.lines.iter().any(|line| line.who == Who::Ai)
    }
}

/// What the assistant asked and waits for. Deeds are done only after a yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proposal {
    Cancel {
        booking_id: i64,
    },
    Move {
        booking_id: i64,
        starts_at: i64,
    },
    /// Asked for a day and time to move to.
    ChooseTime {
        booking_id: i64,
    },
    /// Asked which of several bookings is meant.
    ChooseBooking {
        cancel: bool,
    },
    AskColleague,
    /// Asked whether a colleague shall decide on a wish.
    AskColleagueTo {
        wish: Action,
    },
}

/// A deed: the assistant's own is carried out in the same transaction as the reply that tells of it; a wish is left to
/// people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    Cancel {
        booking_id: i64,
    },
    /// `starts_at` in epoch seconds.
    Move {
        booking_id: i64,
        starts_at: i64,
    },
}

/// Something the AI said would happen. `message_id` is known once the reply is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Promise {
    pub text: String,
    pub message_id: Option<i64>,
    /// Nothing is left of it once a person answers.
    pub kept_by_answer: bool,
}

/// What a person reads before taking over (conversation attribute `handoff_brief`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brief {
    pub wants: String,
    pub tried: Vec<String>,
    pub promised: Vec<Promise>,
    pub next: String,
}

/// The end of the assistant's part: a person is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// Why, strongest first.
    pub reasons: Vec<Reason>,
    pub brief: Brief,
}

impl Escalation {
    /// The words of `escalation_reason`, as in "Payment dispute, complaint".
    pub fn words(&self) -> String {
        let mut words = String::new();
        for reason in &self.reasons {
            if words.is_empty() {
                words.push_str(reason.words());
            } else {
                words.push_str(", ");
                words.push_str(&reason.words().to_lowercase());
            }
        }
        words
    }
}

/// The assistant's answer and all that goes with it.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    pub text: String,
    pub tools: Vec<ToolUse>,
    /// Merged into the conversation's custom attributes.
    pub attributes: Map<String, Value>,
    /// Merged into the contact's custom attributes.
    pub guest_attributes: Map<String, Value>,
    pub escalation: Option<Escalation>,
    /// Waits for a yes or no.
    pub proposal: Option<Proposal>,
    pub action: Option<Action>,
    /// What the guest wants and only people may decide; goes with an escalation.
    pub wish: Option<Action>,
}

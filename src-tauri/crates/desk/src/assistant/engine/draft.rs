//! A reply in the making.

use super::never::Reason;
use super::tools::ToolFailed;
use super::turn::{Action, Proposal, ToolUse};

/// What the guest turned out to want; decides topic and intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// An existing booking.
    Booking,
    /// A new one.
    Lead,
    /// A price.
    Price,
    /// Anything about the house.
    Faq,
}

/// Paragraphs, the look-ups behind them, and what follows.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub parts: Vec<String>,
    pub tools: Vec<ToolUse>,
    pub matters: Vec<Matter>,
    /// Why a person is needed; not empty = hand over.
    pub reasons: Vec<Reason>,
    pub proposal: Option<Proposal>,
    pub action: Option<Action>,
    /// What only people may decide; counts when it is handed over.
    pub wish: Option<Action>,
    /// The guest has a booking; `None` = not looked up.
    pub has_booking: Option<bool>,
}

impl Draft {
    /// Adds a paragraph, once.
    pub fn say(&mut self, part: impl Into<String>) {
        let part = part.into();
        if !part.is_empty() && !self.parts.contains(&part) {
            self.parts.push(part);
        }
    }

    /// Names a look-up that worked.
    pub fn used(&mut self, name: &str, summary: impl Into<String>) {
        let used = ToolUse {
            name: name.to_owned(),
            summary: summary.into(),
            ok: true,
        };
        if !self.tools.contains(&used) {
            self.tools.push(used);
        }
    }

    /// Takes the result of a look-up; a failed one is named and calls a colleague.
    pub fn looked_up<T>(&mut self, name: &str, result: Result<T, ToolFailed>) -> Option<T> {
        match result {
            Ok(found) => Some(found),
            Err(ToolFailed) => {
                self.tools.push(ToolUse {
                    name: name.to_owned(),
                    summary: format!("No answer from: {}", name.to_lowercase()),
                    ok: false,
                });
                self.reasons.push(Reason::ToolFailed);
                None
            }
        }
    }

    /// Nothing to say yet, and nobody called.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.reasons.is_empty()
    }
}

//! Numbers about a period, from what is kept here, with what part of it that is.
//!
//! For: how the AI and the team answered, what came of it, who waited how long, and the conversations behind each number.
//! What a number counts is [`deskbell_domain::Figure`]'s to say. Not for: the server's own reports.

mod behind;
mod read;
mod tally;

#[cfg(test)]
pub(crate) use read::{ACTIVE_SQL, ANSWERED_SQL, STARTED_SQL, TALK_SQL};

pub use behind::{Behind, BehindPage};

use crate::list::Filter;
use crate::{Result, Store};
use deskbell_domain::{AccountKey, Channel, Figure};
use std::collections::BTreeMap;

/// A stretch of time of some accounts. Epoch seconds, `from` included, `to` not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// Empty = all.
    pub accounts: Vec<AccountKey>,
    pub from: i64,
    pub to: i64,
    /// Where days begin: seconds east of UTC.
    pub utc_offset: i64,
    /// Where the parts begin into which the conversations are counted, ascending; each ends where the next begins.
    pub parts: Vec<i64>,
    pub now: i64,
}

/// All numbers of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    counts: [u32; Figure::EVERY.len()],
    pub goals: Goals,
    /// One for each part of the period.
    pub parts: Vec<Part>,
    /// Conversations that began in the period, by their channel; those without any are left out.
    pub channels: BTreeMap<Channel, u32>,
    /// Conversations that began in the last 24 hours, whatever the period.
    pub active: u32,
    /// Guests who wait now for longer than the goal, whatever the period.
    pub late: u32,
    pub coverage: Coverage,
}

impl Statistics {
    /// The conversations of the period that a number counts.
    pub fn count(&self, figure: Figure) -> u32 {
        let at = Figure::EVERY.iter().position(|one| *one == figure);
        at.map_or(0, |at| self.counts[at])
    }
}

/// Conversations that began in a part of the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Never handed over.
    pub ai: u32,
    /// Handed to a person.
    pub person: u32,
}

/// How long guests waited for a person who answered in the period. The time runs from the first words nobody had answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Goals {
    /// Urgent: within 15 minutes.
    pub urgent: Promptness,
    /// All others: within two hours.
    pub regular: Promptness,
    /// Both: before the day ended.
    pub same_day: Promptness,
    /// How long they waited together (seconds).
    pub waited: i64,
}

/// Answers that kept to a goal, and those that came later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promptness {
    pub met: u32,
    pub missed: u32,
}

/// How far the numbers can be trusted: conversations of the period, and those kept whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub conversations: u32,
    /// No message of the period is missing here.
    pub whole: u32,
}

impl Store {
    /// The numbers of a period.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn statistics(&self, period: Period) -> Result<Statistics> {
        let counted = self.inner.cache.read("statistics", move |connection| {
            let mut statistics = Statistics {
                parts: vec![Part::default(); period.parts.len()],
                active: read::started(connection, &period)?,
                late: behind::count(connection, &Filter::late(&period.accounts, period.now))?,
                ..Statistics::default()
            };
            let channels = read::channels(connection)?;
            read::each_conversation(connection, &period, |conversation, talk| {
                let channel = channels.get(&(conversation.account, conversation.shown.inbox_id));
                tally::add(&mut statistics, &period, conversation, talk, channel.copied());
            })?;
            Ok(statistics)
        });
        counted.await
    }
}

//! Numbers about a period, from what is kept here, with what part of it that is.
//!
//! For: how the AI and the team answered, what came of it, who waited how long. Not for: the server's own reports, and not
//! for what is waiting this moment (the list says that).

mod read;
mod talk;
mod tally;

#[cfg(test)]
pub(crate) use read::{ACTIVE_SQL, TALK_SQL};

use crate::{Result, Store};
use deskbell_domain::AccountKey;

/// A stretch of time of some accounts. Epoch seconds, `from` included, `to` not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Empty = all.
    pub accounts: Vec<AccountKey>,
    pub from: i64,
    pub to: i64,
    /// Where days begin: seconds east of UTC.
    pub utc_offset: i64,
}

/// All numbers of a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    pub service: Service,
    pub results: Results,
    pub goals: Goals,
    pub coverage: Coverage,
}

/// How guests were served. Conversations, of those that began in the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// Those in which a guest wrote.
    pub asked: u32,
    /// Of `asked`: the AI answered the first words within five seconds.
    pub answered_at_once: u32,
    /// Questions about the house.
    pub faqs: u32,
    /// Of `faqs`: closed, and no person ever answered.
    pub faqs_by_ai: u32,
    /// Handed to a person: the AI gave a reason, or a person answered.
    pub transfers: u32,
    pub leads: u32,
    /// Of `leads`: it led to a booking.
    pub leads_booked: u32,
}

/// What came of the conversations that began in the period; each kind once a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Results {
    pub conversations: u32,
    pub bookings: u32,
    pub customers: u32,
    pub tours: u32,
    pub contracts: u32,
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
            let mut statistics = Statistics::default();
            read::each_conversation(connection, &period, |conversation, talk| {
                tally::add(&mut statistics, &period, conversation, talk);
            })?;
            Ok(statistics)
        });
        counted.await
    }
}

//! The numbers of a period.

use deskbell_domain::AccountKey;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Epoch seconds, `from` included, `to` not; `account: null` = all properties together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatisticsRequest {
    pub account: Option<AccountKey>,
    pub from: i64,
    pub to: i64,
    /// Where days begin: seconds east of UTC.
    pub utc_offset: i64,
}

/// Counts of conversations that began in the period, and of answers that came in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatisticsView {
    /// Those in which a guest wrote.
    pub asked: u32,
    /// Of `asked`: the AI answered the first words within five seconds.
    pub answered_at_once: u32,
    pub faqs: u32,
    /// Of `faqs`: closed, and no person ever answered.
    pub faqs_by_ai: u32,
    pub transfers: u32,
    pub leads: u32,
    /// Of `leads`: it led to a booking.
    pub leads_booked: u32,
    pub conversations: u32,
    pub bookings: u32,
    pub customers: u32,
    pub tours: u32,
    pub contracts: u32,
    /// Answers of a person within 15 minutes where it was urgent, else within two hours; and before the day ended.
    pub urgent: GoalView,
    pub regular: GoalView,
    pub same_day: GoalView,
    /// Conversations of the period known here, and those of which no message is missing.
    pub known: u32,
    pub whole: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GoalView {
    pub met: u32,
    pub missed: u32,
}

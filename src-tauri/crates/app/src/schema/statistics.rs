//! The numbers of a period, and the conversations behind each.

use super::RowView;
use deskbell_domain::{AccountKey, Channel, Figure};
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
    /// Where the parts begin that are counted one by one, ascending; at most 100.
    #[serde(default)]
    pub parts: Vec<i64>,
}

/// Counts of conversations that began in the period, and of answers that came in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatisticsView {
    pub conversations: u32,
    /// Those in which a guest wrote.
    pub asked: u32,
    /// Of `asked`: the AI answered the first words within five seconds.
    pub answered_at_once: u32,
    /// Questions about the house that were closed, and no person ever answered.
    pub faqs_by_ai: u32,
    pub transfers: u32,
    /// The guest left an e-mail address or a phone number, or was marked as a lead.
    pub leads: u32,
    /// Of `leads`: it led to a booking.
    pub leads_booked: u32,
    pub bookings: u32,
    pub customers: u32,
    pub tours: u32,
    pub contracts: u32,
    /// Answers of a person within 15 minutes where it was urgent, else within two hours; and before the day ended.
    pub urgent: GoalView,
    pub regular: GoalView,
    pub same_day: GoalView,
    /// Seconds until a person answered, on average; `null` = none did.
    pub answered_after: Option<i64>,
    /// One for each part that was asked for.
    pub parts: Vec<PartView>,
    /// The channels that have any, the most used first.
    pub channels: Vec<ChannelCountView>,
    /// Conversations that began in the last 24 hours, whatever the period.
    pub active: u32,
    /// Guests who wait now for longer than the goal, whatever the period.
    pub late: u32,
    /// Conversations of the period known here, and those of which no message is missing.
    pub known: u32,
    pub whole: u32,
    /// Since when every conversation of these properties is known here (epoch seconds); `null` = all of them are.
    pub since: Option<i64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GoalView {
    pub met: u32,
    pub missed: u32,
}

/// Conversations that began in a part of the period: never handed over, or handed to a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PartView {
    pub ai: u32,
    pub person: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChannelCountView {
    pub channel: Channel,
    pub count: u32,
}

/// The conversations behind a number: at most 100 are answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BehindRequest {
    pub number: BehindNumber,
    pub account: Option<AccountKey>,
    pub from: i64,
    pub to: i64,
    pub offset: u32,
    pub limit: u32,
}

/// Which number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "number", rename_all = "snake_case")]
pub enum BehindNumber {
    /// Of the conversations that began in the period; newest first.
    Figure { figure: Figure },
    /// Guests who wait now for longer than the goal; the longest first.
    Late,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BehindView {
    pub total: u32,
    pub rows: Vec<RowView>,
}

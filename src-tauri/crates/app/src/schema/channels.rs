//! The AI of the channels.

use deskbell_domain::{AccountKey, Channel, InboxId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which AI answers first in which channel of a property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChannelsView {
    /// Those that can be chosen; empty where the server has none.
    pub bots: Vec<BotView>,
    pub channels: Vec<ChannelView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BotView {
    pub id: i64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChannelView {
    pub inbox: InboxId,
    pub name: String,
    pub channel: Channel,
    /// The bot that answers; `null` = people alone.
    pub bot: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChannelsRequest {
    pub account: AccountKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetChannelAiRequest {
    pub account: AccountKey,
    pub inbox: InboxId,
    /// `null` = people alone.
    pub bot: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ChannelAiOutcome {
    Done,
    NotAllowed,
    /// Channel or bot are gone, or the server has its own reasons.
    Refused,
    /// It needs the connection.
    Offline,
}

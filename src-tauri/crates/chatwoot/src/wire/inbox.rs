//! Inboxes (reference §2.2) and their reply windows (reference §6).

use super::Read;
use super::more::more;
use deskbell_domain::{Channel, Inbox, InboxId};
use serde_json::Value;

const HOUR: i64 = 3600;

const MODELLED: &[&str] = &["id", "account_id", "name", "channel_type", "timezone"];

/// An inbox; whether a bot answers there is another call.
pub(crate) fn inbox(value: &Value) -> Option<Inbox> {
    let channel_type = value.text("channel_type");
    let channel = Channel::from_wire(&channel_type, value.some_text("medium").as_deref());
    Some(Inbox {
        id: InboxId(value.int("id")?),
        name: value.text("name"),
        channel,
        reply_window_seconds: reply_window_seconds(channel, &channel_type, value),
        channel_type,
        has_bot: None,
        bot_name: None,
        timezone: value.some_text("timezone"),
        more: more(value, MODELLED),
    })
}

fn reply_window_seconds(channel: Channel, channel_type: &str, value: &Value) -> Option<i64> {
    match channel_type {
        "Channel::Tiktok" => Some(48 * HOUR),
        "Channel::Api" => value
            .raw("additional_attributes")?
            .int("agent_reply_time_window")
            .filter(|hours| *hours > 0)?
            .checked_mul(HOUR),
        _ => channel.reply_window_seconds(),
    }
}

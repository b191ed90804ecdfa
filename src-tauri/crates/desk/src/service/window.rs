//! The reply window (reference §6): for how long after the guest's last message one may write freely.

use crate::db::inbox::Inbox;
use crate::db::message;
use crate::desk::View;
use crate::error::ApiError;
use serde_json::Value;

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Milliseconds, or none where the channel has no window.
pub fn length_ms(inbox: &Inbox) -> Option<i64> {
    match inbox.channel_type.as_str() {
        "Channel::Whatsapp" => Some(DAY_MS),
        "Channel::TwilioSms" if inbox.setting("medium") == Some("whatsapp") => Some(DAY_MS),
        // With Meta's human-agent tag people have a week.
        "Channel::FacebookPage" | "Channel::Instagram" => {
            let is_tagged = inbox.channel.get("human_agent") == Some(&Value::Bool(true));
            Some(if is_tagged { 7 * DAY_MS } else { DAY_MS })
        }
        "Channel::Tiktok" => Some(2 * DAY_MS),
        "Channel::Api" => {
            let hours = inbox
                .channel
                .get("additional_attributes")
                .and_then(|attributes| attributes.get("agent_reply_time_window"))
                .and_then(hours)?;
            (hours > 0).then(|| hours.saturating_mul(HOUR_MS))
        }
        _ => None,
    }
}

fn hours(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()))
}

/// `can_reply`: no window here, or the guest wrote recently enough.
pub fn can_reply(view: &View<'_>, inbox: &Inbox, conversation_id: i64) -> Result<bool, ApiError> {
    match length_ms(inbox) {
        Some(length) => wrote_within(view, conversation_id, length),
        None => Ok(true),
    }
}

/// Whether the guest wrote within the last day, which Meta asks for where a window is longer.
pub fn is_within_a_day(view: &View<'_>, conversation_id: i64) -> Result<bool, ApiError> {
    wrote_within(view, conversation_id, DAY_MS)
}

fn wrote_within(view: &View<'_>, conversation_id: i64, length_ms: i64) -> Result<bool, ApiError> {
    let last = message::last_incoming_at(view, conversation_id)?;
    Ok(last.is_some_and(|last| view.now_ms < last.saturating_add(length_ms)))
}

//! An inbox: one channel of one property.

use crate::{Channel, InboxId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One inbox of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    pub id: InboxId,
    pub name: String,
    pub channel: Channel,
    /// The wire's `channel_type`, kept for words and for unknown ones.
    pub channel_type: String,
    /// Whether an AI answers here; `None` = not asked yet (`GET /inboxes/:id/agent_bot`).
    pub has_bot: Option<bool>,
    pub bot_name: Option<String>,
    /// Seconds in which free text is delivered after the guest's last message; `None` = no limit.
    pub reply_window_seconds: Option<i64>,
    /// IANA name, as the property set it.
    pub timezone: Option<String>,
    /// What the server told beyond these fields, under the wire's names: working hours, greeting, survey, …
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub more: Map<String, Value>,
}

impl Inbox {
    /// Where its clocks stand, as an IANA name. "UTC" is what the server says of an inbox nobody set: it counts only
    /// where opening hours are kept by it.
    pub fn zone(&self) -> Option<&str> {
        let keeps_hours = self.more.get("working_hours_enabled") == Some(&Value::Bool(true));
        self.timezone
            .as_deref()
            .filter(|zone| !zone.is_empty() && (*zone != "UTC" || keeps_hours))
    }

    /// The templates a WhatsApp provider knows, as the provider words them, approved or not (reference §2.2).
    pub fn message_templates(&self) -> &[Value] {
        match self.more.get("message_templates") {
            Some(Value::Array(templates)) => templates,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inbox(timezone: &str, keeps_hours: bool) -> Inbox {
        Inbox {
            id: InboxId(1),
            name: "Web".into(),
            channel: Channel::Web,
            channel_type: "Channel::WebWidget".into(),
            has_bot: None,
            bot_name: None,
            reply_window_seconds: None,
            timezone: Some(timezone.into()),
            more: Map::from_iter([("working_hours_enabled".to_owned(), keeps_hours.into())]),
        }
    }

    #[test]
    fn utc_is_a_place_only_where_it_was_chosen() {
        assert_eq!(inbox("Europe/Zurich", false).zone(), Some("Europe/Zurich"));
        assert_eq!(inbox("UTC", false).zone(), None);
        assert_eq!(inbox("UTC", true).zone(), Some("UTC"));
        assert_eq!(inbox("", true).zone(), None);
    }
}

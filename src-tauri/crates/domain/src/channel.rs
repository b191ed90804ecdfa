//! The way a conversation travels, and what that way allows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the guest reaches the desk. Unknown wire types become [`Channel::Other`], never an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Web,
    Whatsapp,
    Messenger,
    Instagram,
    Sms,
    Email,
    Voice,
    Other,
}

impl Channel {
    /// Reads the wire's `channel_type`; `medium` tells a Twilio number's two uses apart (reference §2.2).
    pub fn from_wire(channel_type: &str, medium: Option<&str>) -> Self {
        match channel_type {
            "Channel::WebWidget" | "Channel::Api" => Self::Web,
            "Channel::Whatsapp" => Self::Whatsapp,
            "Channel::TwilioSms" if medium == Some("whatsapp") => Self::Whatsapp,
            "Channel::TwilioSms" | "Channel::Sms" => Self::Sms,
            "Channel::FacebookPage" => Self::Messenger,
            "Channel::Instagram" => Self::Instagram,
            "Channel::Email" => Self::Email,
            "Channel::Voice" => Self::Voice,
            _ => Self::Other,
        }
    }

    /// Seconds after the guest's last message in which free text is delivered; `None` = no limit (reference §6).
    pub fn reply_window_seconds(self) -> Option<i64> {
        match self {
            Self::Whatsapp | Self::Messenger | Self::Instagram => Some(24 * 3600),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twilio_number_is_whatsapp_only_by_its_medium() {
        assert_eq!(
            Channel::from_wire("Channel::TwilioSms", Some("whatsapp")),
            Channel::Whatsapp
        );
        assert_eq!(
            Channel::from_wire("Channel::TwilioSms", Some("sms")),
            Channel::Sms
        );
        assert_eq!(Channel::from_wire("Channel::Hologram", None), Channel::Other);
    }
}

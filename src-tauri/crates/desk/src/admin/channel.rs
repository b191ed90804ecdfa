//! What kinds of channels there are, and what each needs to reach its provider.

use super::AdminError;
use super::command::AddInbox;
use super::secrets::{self, Secrets};
use crate::db::carrier::Carrier;
use crate::db::json::Object;
use crate::service::contact;
use clap::ValueEnum;
use serde_json::{Value, json};

/// Where guests write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Channel {
    /// The chat page of the desk.
    Web,
    /// Text messages (Twilio).
    Sms,
    /// WhatsApp (Meta's cloud API).
    Whatsapp,
    /// Messages to a Facebook page.
    Messenger,
    /// Direct messages to an Instagram account.
    Instagram,
    /// Mail, handed on by a relay; sent in Postmark's form.
    Email,
    /// Text messages to who called (Twilio, and a form of whatever answers the phone).
    Voice,
}

impl Channel {
    /// As the wire says it (reference §2.2).
    pub fn wire(self) -> &'static str {
        match self {
            Self::Web => "Channel::Api",
            Self::Sms | Self::Voice => "Channel::TwilioSms",
            Self::Whatsapp => "Channel::Whatsapp",
            Self::Messenger => "Channel::FacebookPage",
            Self::Instagram => "Channel::Instagram",
            Self::Email => "Channel::Email",
        }
    }

    fn carrier(self) -> Option<&'static str> {
        match self {
            Self::Web => None,
            Self::Sms | Self::Voice => Some("twilio"),
            Self::Whatsapp => Some("whatsapp"),
            Self::Messenger | Self::Instagram => Some("page"),
            Self::Email => Some("mail"),
        }
    }

    fn base_url(self) -> &'static str {
        match self {
            Self::Web => "",
            Self::Sms | Self::Voice => "https://api.twilio.com",
            Self::Whatsapp | Self::Messenger => "https://graph.facebook.com/v23.0",
            Self::Instagram => "https://graph.instagram.com/v23.0",
            Self::Email => "https://api.postmarkapp.com",
        }
    }

    /// The names of its secrets, and what each is.
    pub fn secrets(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Web => &[],
            Self::Sms => &[("token", "auth token of the Twilio account")],
            Self::Voice => &[
                ("token", "auth token of the Twilio account"),
                ("call-secret", "secret the forms about calls are signed with"),
            ],
            Self::Whatsapp | Self::Messenger | Self::Instagram => &[
                ("token", "access token"),
                (
                    "app-secret",
                    "secret of the app, which its webhooks are signed with",
                ),
                ("verify-token", "word the webhook is verified with"),
            ],
            Self::Email => &[
                ("token", "server token of Postmark"),
                ("ingress-password", "password of the relay that hands mail on"),
            ],
        }
    }
}

/// The channel's own settings, as the wire shows them.
pub async fn settings(wanted: &AddInbox) -> Result<Object, AdminError> {
    let settings = match wanted.channel {
        Channel::Web => json!({ "additional_attributes": {} }),
        Channel::Sms => json!({ "phone_number": number(wanted)?, "medium": "sms" }),
        Channel::Voice => {
            json!({ "phone_number": number(wanted)?, "medium": "sms", "voice_enabled": true })
        }
        Channel::Whatsapp => json!({
            "phone_number": number(wanted)?,
            "provider": "whatsapp_cloud",
            "message_templates": templates(wanted).await?,
        }),
        Channel::Messenger => {
            json!({ "page_id": account(wanted)?, "human_agent": wanted.human_agent })
        }
        Channel::Instagram => {
            json!({ "instagram_id": account(wanted)?, "human_agent": wanted.human_agent })
        }
        Channel::Email => json!({ "email": address(wanted)?, "forwarding_enabled": false }),
    };
    Ok(settings.as_object().cloned().unwrap_or_default())
}

fn number(wanted: &AddInbox) -> Result<&str, AdminError> {
    let number = wanted
        .number
        .as_deref()
        .filter(|number| contact::is_phone_number(number));
    number.ok_or_else(|| AdminError::refused("this channel needs --number, such as +4930123456"))
}

fn account(wanted: &AddInbox) -> Result<&str, AdminError> {
    let account = wanted
        .account
        .as_deref()
        .filter(|account| !account.trim().is_empty());
    account
        .ok_or_else(|| AdminError::refused("this channel needs --account, the number of the page or account"))
}

fn address(wanted: &AddInbox) -> Result<String, AdminError> {
    let address = wanted
        .address
        .as_deref()
        .filter(|address| contact::is_email(address));
    let address = address.map(str::to_lowercase);
    address.ok_or_else(|| AdminError::refused("this channel needs --address, such as desk@example.org"))
}

/// Templates as the provider lists them: an array, or an object whose `data` is one.
async fn templates(wanted: &AddInbox) -> Result<Value, AdminError> {
    let Some(path) = &wanted.templates else {
        return Ok(json!([]));
    };
    let text = super::text_of(path).await?;
    let problem = || AdminError::refused(format!("{} is no JSON list of templates", path.display()));
    let mut json: Value = serde_json::from_str(&text).map_err(|_| problem())?;
    if let Some(data) = json.get_mut("data") {
        json = data.take();
    }
    let is_template = |one: &Value| one["name"].is_string() && one["status"].is_string();
    let fits = json.as_array().is_some_and(|list| list.iter().all(is_template));
    if fits { Ok(json) } else { Err(problem()) }
}

/// How the channel reaches its provider; none for the web chat. Reads the secrets.
pub async fn carrier(wanted: &AddInbox) -> Result<Option<Carrier>, AdminError> {
    let channel = wanted.channel;
    let Some(kind) = channel.carrier() else {
        return Ok(None);
    };
    let mut secrets: Secrets = secrets::read(channel.secrets(), wanted.secrets.as_deref()).await?;
    let token = secrets.take("token");
    let account = wanted.account.clone().unwrap_or_default();
    if !token.is_empty() && account.trim().is_empty() && channel != Channel::Email {
        let problem = "with a token this channel needs --account, the provider's number of the sender";
        return Err(AdminError::refused(problem));
    }
    let base_url = wanted
        .base_url
        .as_ref()
        .map_or(channel.base_url(), url::Url::as_str);
    let base_url = base_url.trim_end_matches('/').to_owned();
    // Twilio signs with the token that requests to it carry.
    let secret = match channel {
        Channel::Sms | Channel::Voice => token.clone(),
        Channel::Email => secrets.take("ingress-password"),
        _ => secrets.take("app-secret"),
    };
    Ok(Some(Carrier {
        inbox_id: 0,
        kind: kind.to_owned(),
        base_url,
        account,
        token,
        secret,
        verify_token: secrets.take("verify-token"),
        call_secret: secrets.take("call-secret"),
        is_log: wanted.log,
    }))
}

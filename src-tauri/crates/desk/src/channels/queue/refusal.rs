//! What a provider would not carry, known before it is asked (reference §6): text outside the reply window, templates
//! that are not approved, and anything to a guest who opted out.

use crate::channels::consent;
use crate::db::contact;
use crate::db::conversation;
use crate::db::inbox::Inbox;
use crate::db::message::Message;
use crate::db::outbound::Outbound;
use crate::desk::Change;
use crate::error::ApiError;
use crate::service::window;
use serde_json::Value;

/// Why it is not sent, in the provider's words where it has some.
pub fn of(
    change: &Change<'_>,
    inbox: &Inbox,
    message: &Message,
    part: &Outbound,
) -> Result<Option<String>, ApiError> {
    if message.content_attributes.get("deleted") == Some(&Value::Bool(true)) {
        return Ok(Some("The message was deleted before it was sent".to_owned()));
    }
    if !part.is_consent
        && let Some(reason) = of_opt_out(change, inbox, message)?
    {
        return Ok(Some(reason.to_owned()));
    }
    if has_templates(inbox)
        && let Some(template) = message.additional_attributes.get("template_params")
    {
        let known = template.get("name").is_some_and(|name| is_approved(inbox, name));
        return Ok((!known).then(|| NO_TEMPLATE.to_owned()));
    }
    let is_open = window::can_reply(change, inbox, message.conversation_id)?;
    Ok((!is_open).then(|| of_window(inbox).to_owned()))
}

const NO_TEMPLATE: &str = "Template not found or invalid template name";

fn of_opt_out(
    change: &Change<'_>,
    inbox: &Inbox,
    message: &Message,
) -> Result<Option<&'static str>, ApiError> {
    let Some(about) = conversation::find(change, message.conversation_id)? else {
        return Ok(None);
    };
    let guest = contact::find(change, about.contact_id)?;
    if !guest.is_some_and(|guest| consent::is_opted_out(&guest)) {
        return Ok(None);
    }
    if consent::is_refused_by_carrier(inbox) {
        return Ok(Some("21610: Attempt to send to unsubscribed recipient"));
    }
    let is_automatic = message.sender_type.as_deref() != Some("User");
    Ok(is_automatic.then_some("The guest opted out of automatic messages"))
}

/// What is said outside the window, in each provider's words.
fn of_window(inbox: &Inbox) -> &'static str {
    match inbox.channel_type.as_str() {
        "Channel::TwilioSms" => {
            "63016: Failed to send freeform message because you are outside the allowed window. If you are using \
             WhatsApp, please use a Message Template."
        }
        "Channel::FacebookPage" | "Channel::Instagram" => {
            "10: This message is sent outside of allowed window."
        }
        "Channel::Tiktok" => "The messaging window is closed",
        _ => NO_TEMPLATE,
    }
}

fn has_templates(inbox: &Inbox) -> bool {
    inbox.channel_type == "Channel::Whatsapp"
}

fn is_approved(inbox: &Inbox, name: &Value) -> bool {
    let templates = inbox.channel.get("message_templates").and_then(Value::as_array);
    templates.is_some_and(|templates| {
        templates.iter().any(|template| {
            let status = template["status"].as_str().unwrap_or_default();
            template["name"] == *name && status.eq_ignore_ascii_case("approved")
        })
    })
}

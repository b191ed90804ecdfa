//! Writing the letter of a part from what is stored.

use crate::channels::carrier::{Choice, Envelope, File, Letter};
use crate::db::attachment::{self, Attachment};
use crate::db::conversation::{self, Conversation};
use crate::db::inbox::Inbox;
use crate::db::message::{self, Message};
use crate::db::outbound::Outbound;
use crate::db::{account, inbound};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::service::window;
use crate::wire::attachment::data_url;
use serde_json::Value;

/// The letter, and the keys of the files whose bytes it is to carry itself.
pub fn write(
    view: &View<'_>,
    inbox: &Inbox,
    message: &Message,
    part: &Outbound,
) -> Result<(Letter, Vec<String>), ApiError> {
    let about = conversation::find(view, part.conversation_id)?.ok_or(ApiError::NotFound)?;
    let property = account::find(view, inbox.account_id)?.map_or_else(String::new, |account| account.name);
    let is_mail = inbox.channel_type == "Channel::Email";
    let mut files = attachment::of_message(view, message.id)?;
    if let Some(only) = part.attachment_id {
        files.retain(|file| file.id == only);
    } else if !takes_all(inbox) {
        files.clear();
    }
    let keys = files
        .iter()
        .filter(|_| is_mail)
        .map(|file| file.key.clone())
        .collect();
    let is_text = part.attachment_id.is_none();
    let text = message.content.clone().filter(|_| is_text);
    let letter = Letter {
        outbound_id: part.id,
        recipient: part.recipient.clone(),
        sender: sender(inbox),
        text: text.unwrap_or_default(),
        choices: if is_text { choices(message) } else { Vec::new() },
        files: files.iter().map(|file| as_file(view, file)).collect(),
        template: message.additional_attributes.get("template_params").cloned(),
        is_within_a_day: window::is_within_a_day(view, about.id)?,
        answers: answered(view, &about, message)?,
        receipts_url: format!(
            "{}/webhooks/twilio/{}/status?outbound={}",
            view.url, inbox.id, part.id
        ),
        mail: if is_mail {
            Some(envelope(view, inbox, &about, message, &property)?)
        } else {
            None
        },
        property,
    };
    Ok((letter, keys))
}

/// What a message offers (reference §4.4); an item without a value stands for its title.
fn choices(message: &Message) -> Vec<Choice> {
    let items = message.content_attributes.get("items").and_then(Value::as_array);
    let choice = |item: &Value| {
        let title = item["title"].as_str()?;
        let value = item["value"].as_str().unwrap_or(title);
        Some(Choice {
            title: title.to_owned(),
            value: value.to_owned(),
        })
    };
    items.into_iter().flatten().filter_map(choice).collect()
}

fn takes_all(inbox: &Inbox) -> bool {
    matches!(
        inbox.channel_type.as_str(),
        "Channel::TwilioSms" | "Channel::Sms" | "Channel::Email"
    )
}

/// Twilio tells its two media apart by a word before the number.
fn sender(inbox: &Inbox) -> String {
    let own = inbox
        .setting("messaging_service_sid")
        .or_else(|| inbox.setting("phone_number"));
    let own = own.or_else(|| inbox.setting("email")).unwrap_or_default();
    match (inbox.channel_type.as_str(), inbox.setting("medium")) {
        ("Channel::TwilioSms", Some("whatsapp")) => format!("whatsapp:{own}"),
        _ => own.to_owned(),
    }
}

fn as_file(view: &View<'_>, file: &Attachment) -> File {
    File {
        url: data_url(view, file),
        file_type: file.file_type.clone(),
        content_type: file.content_type.clone(),
        name: file.file_name.clone(),
        bytes: Vec::new(),
    }
}

/// The provider's name for the message a person chose to answer.
fn answered(view: &View<'_>, about: &Conversation, message: &Message) -> Result<Option<String>, ApiError> {
    let Some(id) = message
        .content_attributes
        .get("in_reply_to")
        .and_then(Value::as_i64)
    else {
        return Ok(None);
    };
    let target = message::find_in(view, about.id, id)?;
    Ok(target.and_then(|target| target.source_id))
}

fn envelope(
    view: &View<'_>,
    inbox: &Inbox,
    about: &Conversation,
    message: &Message,
    property: &str,
) -> Result<Envelope, ApiError> {
    let host = inbox.setting("email").and_then(|address| address.split_once('@'));
    let host = host.map_or("localhost", |(_, host)| host);
    let guest = crate::db::contact::link_by_id(view, about.contact_inbox_id)?;
    let guest = guest.map(|link| link.source_id).unwrap_or_default();
    let to = addresses(message, "to_emails");
    let subject = about
        .additional_attributes
        .get("mail_subject")
        .and_then(Value::as_str);
    let subject = subject.filter(|subject| !subject.trim().is_empty());
    let answers = inbound::newest_of(view, about.id)?;
    Ok(Envelope {
        message_id: message_id(about, message.id, host),
        subject: match subject {
            Some(subject) if answers.is_none() || is_reply(subject) => subject.to_owned(),
            Some(subject) => format!("Re: {subject}"),
            None => format!("A message from {property}"),
        },
        to: if to.is_empty() { vec![guest] } else { to },
        cc: addresses(message, "cc_emails"),
        bcc: addresses(message, "bcc_emails"),
        references: answers.into_iter().collect(),
    })
}

/// Replies come back with it, and it names the conversation.
fn message_id(about: &Conversation, message_id: i64, host: &str) -> String {
    format!("conversation/{}/messages/{message_id}@{host}", about.uuid)
}

fn is_reply(subject: &str) -> bool {
    let start: String = subject.trim_start().chars().take(3).collect();
    start.eq_ignore_ascii_case("re:") || start.eq_ignore_ascii_case("aw:")
}

fn addresses(message: &Message, key: &str) -> Vec<String> {
    let listed = message.content_attributes.get(key).and_then(Value::as_array);
    let listed = listed.into_iter().flatten().filter_map(Value::as_str);
    listed.map(str::to_owned).collect()
}

/// Reads the bytes a letter carries itself; the reason when one is gone.
pub async fn load_files(desk: &Desk, letter: &mut Letter, keys: &[String]) -> Result<(), String> {
    for (file, key) in letter.files.iter_mut().zip(keys) {
        let bytes = tokio::fs::read(desk.files().join(key)).await;
        file.bytes = bytes.map_err(|_| "A file of this message cannot be read".to_owned())?;
    }
    Ok(())
}

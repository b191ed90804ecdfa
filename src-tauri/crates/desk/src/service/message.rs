//! Creating and changing messages, with all that follows (reference §4, §5, §10.6).

use super::save::{reload, save};
use super::{activity, automatic, contact, delivery, liquid, notification, reporting};
use crate::cable::events::Happening;
use crate::db::attachment::{self, Attachment};
use crate::db::conversation::Conversation;
use crate::db::json::Object;
use crate::db::message::{self, INCOMING, Message, OUTGOING};
use crate::db::{self, inbox};
use crate::desk::{Actor, Change, Desk, Incoming};
use crate::error::ApiError;
use serde_json::{Map, Value, json};

const MOST_CHARACTERS: usize = 150_000;
const MOST_PER_MINUTE: i64 = 200;

/// A message to be created.
#[derive(Clone, Default)]
pub struct NewMessage {
    /// Database id.
    pub conversation_id: i64,
    /// [`message::INCOMING`] to [`message::TEMPLATE`].
    pub message_type: i64,
    pub content: Option<String>,
    /// Empty means `text`.
    pub content_type: String,
    pub content_attributes: Object,
    pub additional_attributes: Object,
    pub private: bool,
    /// Set means: it came from the channel, so it is not sent there again.
    pub source_id: Option<String>,
    /// Comes back once, in the event.
    pub echo_id: Option<String>,
    pub files: Vec<NewFile>,
}

/// A file of a new message; its bytes lie in the data folder already.
#[derive(Clone)]
pub struct NewFile {
    pub key: String,
    pub file_name: String,
    pub content_type: String,
    /// Bytes.
    pub file_size: i64,
}

impl NewMessage {
    /// A public answer to the guest.
    pub fn reply(conversation_id: i64, content: impl Into<String>) -> Self {
        Self {
            conversation_id,
            message_type: OUTGOING,
            content: Some(content.into()),
            ..Self::default()
        }
    }

    /// A note for colleagues.
    pub fn note(conversation_id: i64, content: impl Into<String>) -> Self {
        Self {
            private: true,
            ..Self::reply(conversation_id, content)
        }
    }

    /// A message of the guest.
    pub fn incoming(conversation_id: i64, content: impl Into<String>) -> Self {
        Self {
            message_type: INCOMING,
            ..Self::reply(conversation_id, content)
        }
    }
}

/// What was created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Created {
    pub message_id: i64,
    /// Database id.
    pub conversation_id: i64,
}

/// Creates a message in somebody's name.
pub async fn create(desk: &Desk, actor: Actor, new: NewMessage) -> Result<Created, ApiError> {
    desk.act(actor, move |change| {
        let message = create_in(change, new)?;
        Ok(Created {
            message_id: message.id,
            conversation_id: message.conversation_id,
        })
    })
    .await
}

/// Creates a message: stored, conversation reopened and moved up, announced, and who waits for whom updated.
pub fn create_in(change: &mut Change<'_>, new: NewMessage) -> Result<Message, ApiError> {
    let conversation = reload(change, new.conversation_id)?;
    check(change, &conversation, &new)?;
    let echo_id = new.echo_id.clone();
    let message = store(change, &conversation, new)?;
    if message.message_type == INCOMING {
        reopen(change, &conversation)?;
    }
    activity::touch(change, conversation.id)?;
    change.tell(Happening::MessageCreated {
        message_id: message.id,
        echo_id,
    });
    wait(change, &message)?;
    delivery::hand_over(change, &message)?;
    notification::of_message(change, &message)?;
    if message.message_type == INCOMING {
        automatic::answer(change, &message)?;
        contact::touch(change, conversation.contact_id)?;
        change.tell_incoming(Incoming {
            account_id: message.account_id,
            conversation_id: message.conversation_id,
            message_id: message.id,
        });
    }
    Ok(message)
}

fn check(change: &Change<'_>, conversation: &Conversation, new: &NewMessage) -> Result<(), ApiError> {
    let length = new
        .content
        .as_deref()
        .map_or(0, |content| content.chars().count());
    if length > MOST_CHARACTERS {
        return Err(ApiError::Refused(
            "Validation failed: Content is too long (maximum is 150000 characters)".to_owned(),
        ));
    }
    let recent = message::created_since(change, conversation.id, change.now_ms - 60_000)?;
    if recent >= MOST_PER_MINUTE {
        return Err(ApiError::Refused(
            "Validation failed: Too many messages".to_owned(),
        ));
    }
    Ok(())
}

fn store(change: &Change<'_>, conversation: &Conversation, new: NewMessage) -> Result<Message, ApiError> {
    let (sender_type, sender_id) = sender(change.performer, conversation, new.message_type);
    let content = match new.content {
        Some(content) if new.message_type == OUTGOING => {
            Some(liquid::render(change, conversation, &content)?)
        }
        content => content,
    };
    let mut message = Message {
        id: 0,
        account_id: conversation.account_id,
        inbox_id: conversation.inbox_id,
        conversation_id: conversation.id,
        message_type: new.message_type,
        content,
        content_type: if new.content_type.is_empty() {
            "text".to_owned()
        } else {
            new.content_type
        },
        content_attributes: with_reply_target(change, conversation, new.content_attributes)?,
        additional_attributes: new.additional_attributes,
        private: new.private,
        status: "sent".to_owned(),
        source_id: new.source_id,
        sender_type: sender_type.map(str::to_owned),
        sender_id,
        echo_id: new.echo_id,
        created_at: change.now_ms,
        updated_at: change.now_ms,
    };
    message.id = message::insert(change, &message)?;
    for file in new.files {
        attach(change, &message, file)?;
    }
    Ok(message)
}

fn attach(change: &Change<'_>, message: &Message, file: NewFile) -> Result<(), ApiError> {
    let file_type = delivery::file_type(&file.content_type);
    attachment::insert(
        change,
        &Attachment {
            id: 0,
            account_id: message.account_id,
            message_id: message.id,
            file_type: file_type.to_owned(),
            key: file.key,
            file_name: file.file_name,
            content_type: file.content_type,
            file_size: file.file_size,
            created_at: change.now_ms,
        },
    )?;
    Ok(())
}

/// Outgoing ones are the performer's, automatic ones nobody's, all others the guest's (reference §4.4).
fn sender(
    performer: Actor,
    conversation: &Conversation,
    message_type: i64,
) -> (Option<&'static str>, Option<i64>) {
    if message_type != OUTGOING {
        return match performer {
            Actor::System if message_type != INCOMING => (None, None),
            _ => (Some("Contact"), Some(conversation.contact_id)),
        };
    }
    match performer {
        Actor::User(id) => (Some("User"), Some(id)),
        Actor::Bot(id) => (Some("AgentBot"), Some(id)),
        Actor::Contact(_) | Actor::System => (None, None),
    }
}

/// Either way of naming the answered message fills both; an unknown one makes both null (reference §4.1).
fn with_reply_target(
    change: &Change<'_>,
    conversation: &Conversation,
    mut attributes: Object,
) -> Result<Object, ApiError> {
    let by_id = attributes.get("in_reply_to").and_then(as_id);
    let external = attributes.get("in_reply_to_external_id");
    let by_source = external.and_then(Value::as_str).map(str::to_owned);
    let named = attributes
        .get("in_reply_to")
        .is_some_and(|value| !value.is_null())
        || by_source.is_some();
    if !named {
        return Ok(attributes);
    }
    let target = match (by_id, &by_source) {
        (Some(id), _) => message::find_in(change, conversation.id, id)?,
        (None, Some(source_id)) => message::by_source_id(change, conversation.id, source_id)?,
        (None, None) => None,
    };
    let (id, source_id) = target.map(|target| (target.id, target.source_id)).unzip();
    attributes.insert("in_reply_to".to_owned(), json!(id));
    attributes.insert("in_reply_to_external_id".to_owned(), json!(source_id.flatten()));
    Ok(attributes)
}

fn as_id(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

/// A guest's message wakes the conversation up, unless the guest is blocked (reference §5).
fn reopen(change: &mut Change<'_>, conversation: &Conversation) -> Result<(), ApiError> {
    let guest = db::contact::find(change, conversation.contact_id)?;
    if guest.is_some_and(|guest| guest.blocked) {
        return Ok(());
    }
    let inbox = inbox::find(change, conversation.inbox_id)?;
    let has_bot = inbox.is_some_and(|inbox| inbox.agent_bot_id.is_some());
    let status = match conversation.status.as_str() {
        "snoozed" => "open",
        "resolved" if has_bot => "pending",
        "resolved" => "open",
        _ => return Ok(()),
    };
    let mut after = conversation.clone();
    after.status = status.to_owned();
    let after = save(change, conversation, after)?;
    let by_itself = activity::performer_name(change)?.is_none();
    if conversation.status == "resolved" && status == "open" && by_itself {
        activity::of_reopening(change, &after)?;
    }
    Ok(())
}

/// The guest waits from an unanswered message on; a public answer ends it, and a person's first one is remembered.
fn wait(change: &mut Change<'_>, message: &Message) -> Result<(), ApiError> {
    let before = reload(change, message.conversation_id)?;
    let mut after = before.clone();
    let answers = message.message_type == OUTGOING && !message.private;
    match message.sender_type.as_deref() {
        _ if message.message_type == INCOMING => {
            after.waiting_since = after.waiting_since.or(Some(message.created_at));
        }
        Some("User") if answers => {
            reporting::of_answer(change, &before, message)?;
            after.waiting_since = None;
            if before.first_reply_created_at.is_none() {
                after.first_reply_created_at = Some(message.created_at);
                change.tell(Happening::FirstReply(message.id));
            }
        }
        Some("AgentBot") if answers => after.waiting_since = None,
        _ => return Ok(()),
    }
    save(change, &before, after).map(drop)
}

/// Writes a changed message and announces it with what it was.
pub fn save_in(change: &mut Change<'_>, before: &Message, mut after: Message) -> Result<Message, ApiError> {
    after.updated_at = change.now_ms.max(before.updated_at + 1);
    message::update(change, &after)?;
    change.tell(Happening::MessageUpdated {
        message_id: after.id,
        previous_changes: differences(before, &after),
    });
    Ok(after)
}

fn differences(before: &Message, after: &Message) -> Value {
    let mut changes = Map::new();
    let mut note = |column: &str, old: Value, new: Value| {
        if old != new {
            changes.insert(column.to_owned(), json!([old, new]));
        }
    };
    note("content", json!(before.content), json!(after.content));
    note(
        "content_type",
        json!(before.content_type),
        json!(after.content_type),
    );
    note(
        "content_attributes",
        json!(before.content_attributes),
        json!(after.content_attributes),
    );
    note("status", json!(before.status), json!(after.status));
    note("source_id", json!(before.source_id), json!(after.source_id));
    let iso = crate::wire::time::iso;
    note(
        "updated_at",
        json!(iso(before.updated_at)),
        json!(iso(after.updated_at)),
    );
    Value::Object(changes)
}

/// Takes the words away; the row stays (reference §4.6).
pub fn delete_in(change: &mut Change<'_>, before: &Message) -> Result<Message, ApiError> {
    attachment::delete_of_message(change, before.id)?;
    let mut after = before.clone();
    after.content = Some("This message was deleted".to_owned());
    after.content_type = "text".to_owned();
    after.content_attributes = Map::from_iter([("deleted".to_owned(), Value::Bool(true))]);
    save_in(change, before, after)
}

/// Sends it once more.
pub fn retry_in(change: &mut Change<'_>, before: &Message) -> Result<Message, ApiError> {
    let mut after = before.clone();
    after.status = "sent".to_owned();
    after.content_attributes = Map::new();
    if before.status == "failed" && delivery::has_carrier(change, before)? {
        // The channel's name for the failed one; it would count as sent already.
        after.source_id = None;
    }
    let after = save_in(change, before, after)?;
    delivery::hand_over(change, &after)?;
    Ok(after)
}

/// Sets the delivery status; read never falls back to delivered, and an unknown status changes nothing.
pub fn set_status_in(
    change: &mut Change<'_>,
    before: &Message,
    status: &str,
    external_error: Option<&str>,
) -> Result<Message, ApiError> {
    let known = ["sent", "delivered", "read", "failed"].contains(&status);
    if !known || (before.status == "read" && status == "delivered") {
        return Ok(before.clone());
    }
    let mut after = before.clone();
    after.status = status.to_owned();
    after.content_attributes.remove("external_error");
    if let Some(error) = external_error
        && status == "failed"
    {
        after
            .content_attributes
            .insert("external_error".to_owned(), json!(error));
    }
    save_in(change, before, after)
}

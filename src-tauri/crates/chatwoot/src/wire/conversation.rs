//! Conversations, in the REST form and in the socket's. The two differ in places that look alike (reference §10.4).

use super::more::{keep_unknown, more};
use super::{Read, agent, by_time, contact, message, readable};
use deskbell_domain::{
    Agent, AgentId, Assignee, Contact, ContactId, Conversation, ConversationId, InboxId, Message, Priority,
    Status, TeamId,
};
use serde_json::{Map, Value};

/// Read into fields or told apart: messages and contact are entities of their own.
const MODELLED: &[&str] = &[
    "id",
    "account_id",
    "inbox_id",
    "uuid",
    "status",
    "priority",
    "labels",
    "can_reply",
    "muted",
    "snoozed_until",
    "unread_count",
    "created_at",
    "updated_at",
    "last_activity_at",
    "timestamp",
    "agent_last_seen_at",
    "contact_last_seen_at",
    "first_reply_created_at",
    "waiting_since",
    "custom_attributes",
    "additional_attributes",
    "messages",
    "last_non_activity_message",
    "meta",
];

const MODELLED_OF_META: &[&str] = &["sender", "assignee", "assignee_type", "team"];

const STATUSES: &[&str] = &["open", "pending", "snoozed", "resolved"];

const PRIORITIES: &[&str] = &["low", "medium", "high", "urgent"];

/// A conversation as the server told it just now, with what came along.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversationUpdate {
    pub conversation: Conversation,
    pub contact: Option<Contact>,
    /// Who holds it, where the answer describes them whole; the socket only names them.
    pub agent: Option<Agent>,
    /// The newest one or two, oldest first; never the whole thread.
    pub messages: Vec<Message>,
}

/// Reads either form of a conversation.
pub(crate) fn conversation_update(value: &Value) -> Option<ConversationUpdate> {
    let id = ConversationId(value.int("id")?);
    let meta = value.raw("meta").unwrap_or(&Value::Null);
    let contact = meta.raw("sender").and_then(contact);
    let holder = meta.raw("assignee").filter(|holder| holder.int("id").is_some());
    let assignee = holder.and_then(|holder| assignee(holder, meta.some_text("assignee_type").as_deref()));
    Some(ConversationUpdate {
        conversation: conversation(value, id, contact.as_ref(), assignee)?,
        contact,
        agent: holder
            .filter(|_| matches!(assignee, Some(Assignee::Agent(_))))
            .and_then(whole_agent),
        messages: messages(value, id),
    })
}

fn conversation(
    value: &Value,
    id: ConversationId,
    contact: Option<&Contact>,
    assignee: Option<Assignee>,
) -> Option<Conversation> {
    let team = value.raw("meta").and_then(|meta| meta.raw("team"));
    let link = value.raw("contact_inbox");
    let last_activity_at = value.time("last_activity_at").or_else(|| value.time("timestamp"));
    let created_at = value.time("created_at").or(last_activity_at).unwrap_or(0);
    Some(Conversation {
        id,
        inbox_id: InboxId(value.int("inbox_id")?),
        contact_id: contact
            .map(|contact| contact.id)
            .or_else(|| link.and_then(|link| link.int("contact_id")).map(ContactId)),
        uuid: value.some_text("uuid"),
        // Better rung than lost.
        status: Status::parse(&value.text("status")).unwrap_or(Status::Open),
        priority: Priority::parse(&value.text("priority")),
        assignee,
        team_id: team.and_then(|team| team.int("id")).map(TeamId),
        labels: value.texts("labels"),
        can_reply: value.flag("can_reply").unwrap_or(true),
        muted: value.flag("muted"),
        snoozed_until: value.time("snoozed_until"),
        unread_count: unread_count(value).unwrap_or(0),
        created_at,
        updated_at: value.exact_time("updated_at"),
        last_activity_at: last_activity_at.unwrap_or(created_at),
        agent_last_seen_at: value.time("agent_last_seen_at"),
        contact_last_seen_at: value.time("contact_last_seen_at"),
        first_reply_created_at: value.time("first_reply_created_at"),
        waiting_since: value.time("waiting_since"),
        custom_attributes: value.object("custom_attributes"),
        additional_attributes: value.object("additional_attributes"),
        more: more_of_conversation(value),
    })
}

fn more_of_conversation(value: &Value) -> Map<String, Value> {
    let mut told = more(value, MODELLED);
    let meta = value
        .raw("meta")
        .map(|meta| more(meta, MODELLED_OF_META))
        .unwrap_or_default();
    if !meta.is_empty() {
        told.insert("meta".to_owned(), Value::Object(meta));
    }
    keep_unknown(&mut told, value, "status", STATUSES);
    keep_unknown(&mut told, value, "priority", PRIORITIES);
    told
}

/// Unread incoming messages, where the value says.
pub(crate) fn unread_count(value: &Value) -> Option<u32> {
    value
        .int("unread_count")
        .map(|count| u32::try_from(count.max(0)).unwrap_or(u32::MAX))
}

/// A bot may hold a conversation (≥ 4.8). Named by `assignee_type`; by its own shape where that is missing.
fn assignee(holder: &Value, assignee_type: Option<&str>) -> Option<Assignee> {
    let id = holder.int("id")?;
    let kind = assignee_type
        .map(str::to_owned)
        .or_else(|| holder.some_text("type"));
    let is_person = match kind.as_deref() {
        Some(kind) => kind.eq_ignore_ascii_case("user"),
        None => holder.raw("bot_type").is_none() && holder.raw("outgoing_url").is_none(),
    };
    Some(if is_person {
        Assignee::Agent(AgentId(id))
    } else {
        Assignee::Bot(id)
    })
}

/// The socket's short form lacks e-mail and role: read as a whole person it would erase both.
fn whole_agent(holder: &Value) -> Option<Agent> {
    holder.raw("email")?;
    agent(holder)
}

fn messages(value: &Value, id: ConversationId) -> Vec<Message> {
    let mut messages = readable(value.list("messages"), |item| message(item, Some(id)));
    let last = value.raw("last_non_activity_message");
    messages.extend(last.and_then(|item| message(item, Some(id))));
    by_time(&mut messages);
    messages.dedup_by_key(|message| message.id);
    messages
}

//! Many conversations at once, written straight into the tables: for lists and searches of a real size.

use crate::db::contact::{self, NewContact};
use crate::db::conversation::{self, Conversation, NewConversation};
use crate::db::json::Object;
use crate::db::message::{self, INCOMING, Message, OUTGOING};
use crate::db::{inbox, people};
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use crate::routes::call::Answer;
use crate::routes::ok;
use crate::routes::params::Params;
use crate::service::tokens;
use axum::extract::{Request, State};
use serde_json::json;

const STATUSES: &[&str] = &["open", "pending", "resolved", "open"];
const WORDS: &[&str] = &[
    "arrival",
    "breakfast",
    "parking",
    "towels",
    "invoice",
    "late",
    "check-out",
    "crib",
    "sauna",
    "view",
];
const BETWEEN_MS: i64 = 60_000;

/// What is wanted.
struct Amount {
    account_id: i64,
    conversations: i64,
    messages_each: i64,
}

/// What was made.
struct Made {
    conversations: i64,
    messages: i64,
    /// Of the newest conversation; none were wanted = 0.
    newest_id: i64,
}

pub async fn fill(State(desk): State<Desk>, request: Request) -> Answer {
    let params = Params::of(request).await?;
    let amount = Amount {
        account_id: params.integer("account_id").unwrap_or(0),
        conversations: params.integer("conversations").unwrap_or(0).clamp(0, 1_000_000),
        messages_each: params.integer("messages_each").unwrap_or(0).clamp(0, 100_000),
    };
    let made = desk.write(move |change| make(change, &amount)).await?;
    ok(json!({ "conversations": made.conversations, "messages": made.messages, "newest_id": made.newest_id }))
}

fn make(change: &mut Change<'_>, amount: &Amount) -> Result<Made, ApiError> {
    let inboxes = inbox::all(change, amount.account_id)?;
    let agents = people::agents(change, amount.account_id)?;
    let first = inboxes.first().ok_or(ApiError::NotFound)?;
    let mut made = Made {
        conversations: amount.conversations,
        messages: 0,
        newest_id: 0,
    };
    for number in 0..amount.conversations {
        let index = usize::try_from(number).unwrap_or_default();
        let inbox = inboxes.get(index % inboxes.len()).unwrap_or(first);
        let begun = change.now_ms
            - (amount.conversations - number) * BETWEEN_MS
            - amount.messages_each.saturating_mul(BETWEEN_MS);
        let agent = agents.get(index % (agents.len() + 1)).map(|agent| agent.id);
        let id = one_conversation(change, inbox, number, begun, agent)?;
        let written = write(change, inbox, id, amount.messages_each, begun, agent)?;
        made.messages += amount.messages_each;
        let mut row = conversation::find(change, id)?.ok_or(ApiError::NotFound)?;
        row.last_activity_at = written;
        row.updated_at = written;
        conversation::update(change, &row)?;
        made.newest_id = row.display_id;
    }
    Ok(made)
}

fn one_conversation(
    change: &Change<'_>,
    inbox: &inbox::Inbox,
    number: i64,
    begun: i64,
    agent: Option<i64>,
) -> Result<i64, ApiError> {
    let guest = contact::insert(
        change,
        &NewContact {
            account_id: inbox.account_id,
            name: format!("Guest {number}"),
            identifier: Some(format!("bulk-{}", uuid::Uuid::new_v4())),
            ..NewContact::default()
        },
        begun,
    )?;
    let source_id = uuid::Uuid::new_v4().to_string();
    let link = contact::link(change, guest, inbox.id, &source_id, &tokens::token(), begun)?;
    let index = usize::try_from(number).unwrap_or_default();
    conversation::insert(
        change,
        &NewConversation {
            account_id: inbox.account_id,
            inbox_id: inbox.id,
            contact_id: guest,
            contact_inbox_id: link,
            uuid: &uuid::Uuid::new_v4().to_string(),
            status: status(inbox, index),
            snoozed_until: None,
            assignee_id: agent,
            team_id: None,
            additional_attributes: &Object::new(),
            custom_attributes: &Object::new(),
        },
        begun,
    )
}

/// Only a bot's conversation is pending.
fn status(inbox: &inbox::Inbox, index: usize) -> &'static str {
    match STATUSES[index % STATUSES.len()] {
        "pending" if inbox.agent_bot_id.is_none() => "open",
        status => status,
    }
}

/// Whose the answers of a conversation are.
fn answerer(inbox: &inbox::Inbox, found: &Conversation, agent: Option<i64>) -> Option<(&'static str, i64)> {
    if found.status == "pending" {
        return inbox.agent_bot_id.map(|bot| ("AgentBot", bot));
    }
    agent.map(|agent| ("User", agent))
}

/// Guest and answerer in turns, a bot's last word its own, so that the assistant leaves all of it alone; answers when the last one was written, epoch milliseconds.
fn write(
    change: &Change<'_>,
    inbox: &inbox::Inbox,
    conversation_id: i64,
    count: i64,
    begun: i64,
    agent: Option<i64>,
) -> Result<i64, ApiError> {
    let found = conversation::find(change, conversation_id)?.ok_or(ApiError::NotFound)?;
    let answerer = answerer(inbox, &found, agent);
    let mut at = begun;
    for number in 0..count {
        at = begun + number * BETWEEN_MS;
        let is_last_of_bot = found.status == "pending" && number + 1 == count;
        let answerer = answerer.filter(|_| number % 2 == 1 || is_last_of_bot);
        let (sender_type, sender_id) = answerer.unwrap_or(("Contact", found.contact_id));
        let index = usize::try_from(conversation_id + number).unwrap_or_default();
        let word = WORDS[index % WORDS.len()];
        message::insert(
            change,
            &Message {
                id: 0,
                account_id: inbox.account_id,
                inbox_id: inbox.id,
                conversation_id,
                message_type: if answerer.is_some() { OUTGOING } else { INCOMING },
                content: Some(format!("Message {number} about {word}")),
                content_type: "text".to_owned(),
                content_attributes: Object::new(),
                additional_attributes: Object::new(),
                private: false,
                status: "sent".to_owned(),
                source_id: None,
                sender_type: Some(sender_type.to_owned()),
                sender_id: Some(sender_id),
                echo_id: None,
                created_at: at,
                updated_at: at,
            },
        )?;
    }
    Ok(at)
}

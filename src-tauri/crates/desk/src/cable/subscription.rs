//! What one socket subscribed to (reference §10.1, §10.2).

use super::events::Event;
use crate::db::sight::Sight;
use crate::db::{contact, inbox, people};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::guest::link;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Who listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listener {
    Person {
        account_id: i64,
        user_id: i64,
    },
    Guest {
        account_id: i64,
        contact_id: i64,
        token: String,
    },
}

/// The identifier's content.
#[derive(Deserialize)]
struct Wanted {
    channel: String,
    pubsub_token: String,
    account_id: Option<Value>,
    user_id: Option<Value>,
}

impl Listener {
    /// Who an identifier stands for; nobody when token, user and account do not fit together.
    pub fn of(view: &View<'_>, identifier: &str) -> Result<Option<Self>, ApiError> {
        let Ok(wanted) = serde_json::from_str::<Wanted>(identifier) else {
            return Ok(None);
        };
        if wanted.channel != "RoomChannel" {
            return Ok(None);
        }
        match wanted.user_id.as_ref().and_then(as_id) {
            Some(user_id) => person(view, &wanted, user_id),
            None => guest(view, wanted.pubsub_token),
        }
    }

    /// Whether an event reaches it.
    pub fn hears(&self, event: &Event) -> bool {
        match self {
            // The stream of a person is shared by all of their accounts; the one of an account is not.
            Self::Person { account_id, user_id } => {
                event.users.contains(user_id)
                    || (event.account_id == Some(*account_id) && !event.blind.contains(user_id))
            }
            Self::Guest { token, .. } => event.guests.contains(token),
        }
    }

    /// Notes a sign of life and answers with who is there, to this person or guest only.
    pub async fn present(&self, desk: &Desk) -> Result<(), ApiError> {
        let now_ms = desk.now_ms();
        match self {
            Self::Person { account_id, user_id } => desk.presence().person(*account_id, *user_id, now_ms),
            Self::Guest {
                account_id,
                contact_id,
                ..
            } => desk.presence().guest(*account_id, *contact_id, now_ms),
        }
        let listener = self.clone();
        let event = desk.read(move |view| listener.presence(view)).await?;
        desk.hub().deliver(&Arc::new(event));
        Ok(())
    }

    fn presence(&self, view: &View<'_>) -> Result<Event, ApiError> {
        let (account_id, for_users, for_guests) = match self {
            Self::Person { account_id, user_id } => (*account_id, vec![*user_id], Vec::new()),
            Self::Guest {
                account_id, token, ..
            } => (*account_id, Vec::new(), vec![token.clone()]),
        };
        let mut data = json!({ "account_id": account_id, "users": users(view, account_id)? });
        if let Self::Person { user_id, .. } = self {
            data["contacts"] = guests(view, account_id, *user_id)?;
        }
        Ok(Event {
            name: "presence.update",
            data,
            account_id: None,
            blind: Vec::new(),
            users: for_users,
            guests: for_guests,
        })
    }
}

/// The guests online whom a person may know of.
fn guests(view: &View<'_>, account_id: i64, user_id: i64) -> Result<Value, ApiError> {
    let Some(member) = people::membership(view, account_id, user_id)? else {
        return Ok(json!({}));
    };
    let sight = Sight::of(&member);
    let mut guests = Map::new();
    for id in view.presence.guests(account_id, view.now_ms) {
        if sight.sees_guest(view, id)? {
            guests.insert(id.to_string(), json!("online"));
        }
    }
    Ok(Value::Object(guests))
}

fn users(view: &View<'_>, account_id: i64) -> Result<Value, ApiError> {
    let mut users = Map::new();
    for user in people::agents(view, account_id)? {
        let Some(membership) = people::membership(view, account_id, user.id)? else {
            continue;
        };
        let status = view.presence.status(&membership, view.now_ms);
        if status != "offline" || !membership.auto_offline {
            users.insert(user.id.to_string(), json!(status));
        }
    }
    Ok(Value::Object(users))
}

fn person(view: &View<'_>, wanted: &Wanted, user_id: i64) -> Result<Option<Listener>, ApiError> {
    let Some(account_id) = wanted.account_id.as_ref().and_then(as_id) else {
        return Ok(None);
    };
    let user = people::user(view, user_id)?;
    let is_theirs = user.is_some_and(|user| user.pubsub_token == wanted.pubsub_token);
    if !is_theirs || people::membership(view, account_id, user_id)?.is_none() {
        return Ok(None);
    }
    Ok(Some(Listener::Person { account_id, user_id }))
}

fn guest(view: &View<'_>, token: String) -> Result<Option<Listener>, ApiError> {
    let Some(link) = contact::link_by_pubsub_token(view, &token)? else {
        return Ok(None);
    };
    if link::is_over(view, link.id, view.now_ms)? {
        return Ok(None);
    }
    let inbox = inbox::find(view, link.inbox_id)?;
    Ok(inbox.map(|inbox| Listener::Guest {
        account_id: inbox.account_id,
        contact_id: link.contact_id,
        token,
    }))
}

fn as_id(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

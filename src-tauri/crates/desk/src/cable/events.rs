//! What a change puts on the socket (reference §10.3): noted while it happens, written out before the commit, so that
//! every frame shows the state that was committed.

use crate::db::conversation::Conversation;
use crate::db::message::{ACTIVITY, Message};
use crate::db::{self, notification, sight};
use crate::desk::{Actor, View};
use crate::error::ApiError;
use crate::guest::link;
use crate::service::contact::sockets;
use crate::wire;
use serde_json::{Value, json};

/// Something to be announced.
pub enum Happening {
    MessageCreated {
        message_id: i64,
        echo_id: Option<String>,
    },
    MessageUpdated {
        message_id: i64,
        /// `{column: [old, new]}`.
        previous_changes: Value,
    },
    FirstReply(i64),
    /// Any event whose data is the conversation.
    Conversation {
        name: &'static str,
        conversation_id: i64,
        /// What receivers outside are told of the difference; null = nothing.
        changed: Value,
    },
    Mentioned {
        conversation_id: i64,
        user_id: i64,
    },
    Typing {
        conversation_id: i64,
        typist: Actor,
        on: bool,
        is_private: Value,
    },
    /// A person has the conversation before them, or no longer.
    Looking {
        conversation_id: i64,
        user_id: i64,
        looks: bool,
    },
    Contact {
        name: &'static str,
        contact_id: i64,
        /// As with a conversation.
        changed: Value,
    },
    /// A guest opened the web chat: for receivers outside only.
    WebWidget {
        contact_inbox_id: i64,
        event_info: Value,
    },
    /// A guest who is gone: as they were, and who may not know.
    ContactDeleted {
        account_id: i64,
        data: Value,
        blind: Vec<i64>,
    },
    Notification {
        name: &'static str,
        notification_id: i64,
    },
    NotificationDeleted {
        account_id: i64,
        user_id: i64,
        notification_id: i64,
    },
    CacheInvalidated {
        account_id: i64,
    },
    /// Said to everybody of the account as it is; `data` is an object and gets the `account_id`.
    OfAccount {
        name: &'static str,
        account_id: i64,
        data: Value,
    },
}

impl Happening {
    /// A guest is about to go.
    pub fn contact_deleted(view: &View<'_>, contact: &db::contact::Contact) -> Result<Self, ApiError> {
        let mut data = wire::contact::push(contact);
        data["account_id"] = json!(contact.account_id);
        Ok(Self::ContactDeleted {
            account_id: contact.account_id,
            data,
            blind: sight::blind_to_guest(view, contact.account_id, contact.id)?,
        })
    }

    /// An event whose data is the conversation.
    pub fn conversation(name: &'static str, conversation_id: i64) -> Self {
        Self::Conversation {
            name,
            conversation_id,
            changed: Value::Null,
        }
    }

    /// A guest's record, new or otherwise without a difference to tell.
    pub fn contact(name: &'static str, contact_id: i64) -> Self {
        Self::Contact {
            name,
            contact_id,
            changed: Value::Null,
        }
    }
}

/// One event with everybody who hears it.
pub struct Event {
    pub name: &'static str,
    pub data: Value,
    /// Everybody of this account hears it.
    pub account_id: Option<i64>,
    /// Of those these do not: whom the guest it tells of is hidden from.
    pub blind: Vec<i64>,
    /// People who hear it, on all their sockets.
    pub users: Vec<i64>,
    /// Guests who hear it, by their pubsub tokens.
    pub guests: Vec<String>,
}

/// Events whose data a job rebuilds later, without knowing who acted (reference §10.3, the daggers).
const WITHOUT_PERFORMER: &[&str] = &[
    "conversation.status_changed",
    "conversation.updated",
    "conversation.read",
    "assignee.changed",
    "team.changed",
];

/// Events of a conversation that its guest hears too.
const FOR_GUESTS: &[&str] = &[
    "conversation.created",
    "conversation.status_changed",
    "conversation.updated",
];

/// Writes out what happened, in order. What is gone by now is left out.
pub fn render(view: &View<'_>, performer: Actor, happened: Vec<Happening>) -> Result<Vec<Event>, ApiError> {
    let mut events = Vec::with_capacity(happened.len());
    for happening in happened {
        let Some(mut event) = one(view, happening)? else {
            continue;
        };
        if !WITHOUT_PERFORMER.contains(&event.name) {
            let account_id = event.data["account_id"].as_i64().unwrap_or_default();
            if let Some(performer) = wire::people::performer(view, account_id, performer)? {
                event.data["performer"] = performer;
            }
        }
        events.push(event);
    }
    Ok(events)
}

fn one(view: &View<'_>, happening: Happening) -> Result<Option<Event>, ApiError> {
    match happening {
        Happening::MessageCreated { message_id, echo_id } => {
            of_message(view, "message.created", message_id, |data| {
                if let Some(echo_id) = echo_id {
                    data["echo_id"] = json!(echo_id);
                }
            })
        }
        Happening::MessageUpdated {
            message_id,
            previous_changes,
        } => of_message(view, "message.updated", message_id, |data| {
            data["previous_changes"] = previous_changes;
        }),
        Happening::FirstReply(message_id) => {
            let event = of_message(view, "first.reply.created", message_id, |_| {})?;
            Ok(event.map(|event| Event {
                guests: Vec::new(),
                ..event
            }))
        }
        Happening::Conversation {
            name,
            conversation_id,
            ..
        } => of_conversation(view, name, conversation_id),
        Happening::Mentioned {
            conversation_id,
            user_id,
        } => {
            let event = of_conversation(view, "conversation.mentioned", conversation_id)?;
            Ok(event.map(|event| Event {
                users: vec![user_id],
                ..event
            }))
        }
        Happening::Typing {
            conversation_id,
            typist,
            on,
            is_private,
        } => of_typing(view, conversation_id, typist, on, is_private),
        Happening::Looking {
            conversation_id,
            user_id,
            looks,
        } => of_looking(view, conversation_id, user_id, looks),
        Happening::Contact { name, contact_id, .. } => of_contact(view, name, contact_id),
        Happening::WebWidget { .. } => Ok(None),
        Happening::ContactDeleted {
            account_id,
            data,
            blind,
        } => Ok(Some(Event {
            name: "contact.deleted",
            data,
            account_id: Some(account_id),
            blind,
            users: Vec::new(),
            guests: Vec::new(),
        })),
        Happening::Notification {
            name,
            notification_id,
        } => of_notification(view, name, notification_id),
        Happening::NotificationDeleted {
            account_id,
            user_id,
            notification_id,
        } => {
            let shown = json!({ "id": notification_id });
            notification_event(view, "notification.deleted", account_id, user_id, shown).map(Some)
        }
        Happening::CacheInvalidated { account_id } => {
            let data = json!({ "cache_keys": wire::account::cache_keys(view, account_id)? });
            Ok(Some(of_account("account.cache_invalidated", account_id, data)))
        }
        Happening::OfAccount {
            name,
            account_id,
            data,
        } => Ok(Some(of_account(name, account_id, data))),
    }
}

fn of_account(name: &'static str, account_id: i64, mut data: Value) -> Event {
    data["account_id"] = json!(account_id);
    Event {
        name,
        data,
        account_id: Some(account_id),
        blind: Vec::new(),
        users: Vec::new(),
        guests: Vec::new(),
    }
}

fn of_message(
    view: &View<'_>,
    name: &'static str,
    message_id: i64,
    complete: impl FnOnce(&mut Value),
) -> Result<Option<Event>, ApiError> {
    let Some(message) = db::message::find(view, message_id)? else {
        return Ok(None);
    };
    let Some(conversation) = db::conversation::find(view, message.conversation_id)? else {
        return Ok(None);
    };
    let mut data = wire::message::push(view, &message, &conversation)?;
    complete(&mut data);
    let guests = if is_for_guests(&message) {
        guests(view, &conversation, false)?
    } else {
        Vec::new()
    };
    Ok(Some(Event {
        name,
        data,
        account_id: None,
        blind: Vec::new(),
        users: sight::watchers(view, conversation.id)?,
        guests,
    }))
}

fn is_for_guests(message: &Message) -> bool {
    !message.private && message.message_type != ACTIVITY
}

fn of_conversation(view: &View<'_>, name: &'static str, id: i64) -> Result<Option<Event>, ApiError> {
    let Some(conversation) = db::conversation::find(view, id)? else {
        return Ok(None);
    };
    let guests = if FOR_GUESTS.contains(&name) {
        guests(view, &conversation, false)?
    } else {
        Vec::new()
    };
    Ok(Some(Event {
        name,
        data: wire::conversation::push(view, &conversation)?,
        account_id: None,
        blind: Vec::new(),
        users: sight::watchers(view, conversation.id)?,
        guests,
    }))
}

fn guests(view: &View<'_>, conversation: &Conversation, only_this: bool) -> Result<Vec<String>, ApiError> {
    match db::contact::link_by_id(view, conversation.contact_inbox_id)? {
        Some(link) if link::is_over(view, link.id, view.now_ms)? => Ok(Vec::new()),
        Some(link) => sockets(view, &link, only_this),
        None => Ok(Vec::new()),
    }
}

/// Everybody but the typist hears it; the guest also when it is private (reference §10.3).
fn of_typing(
    view: &View<'_>,
    id: i64,
    typist: Actor,
    on: bool,
    is_private: Value,
) -> Result<Option<Event>, ApiError> {
    let Some(conversation) = db::conversation::find(view, id)? else {
        return Ok(None);
    };
    let account_id = conversation.account_id;
    let user = match typist {
        Actor::Contact(id) => db::contact::find(view, id)?.map(|guest| wire::contact::push(&guest)),
        other => wire::people::performer(view, account_id, other)?,
    };
    let mut users = sight::watchers(view, conversation.id)?;
    let mut guests = guests(view, &conversation, true)?;
    match typist {
        Actor::User(typist) => users.retain(|user| *user != typist),
        Actor::Contact(_) => guests.clear(),
        Actor::Bot(_) | Actor::System => {}
    }
    Ok(Some(Event {
        name: if on {
            "conversation.typing_on"
        } else {
            "conversation.typing_off"
        },
        data: json!({
            "conversation": wire::conversation::push(view, &conversation)?,
            "user": user,
            "is_private": is_private,
            "account_id": account_id,
        }),
        account_id: None,
        blind: Vec::new(),
        users,
        guests,
    }))
}

/// Colleagues who may open the conversation hear it, never its guest.
fn of_looking(view: &View<'_>, id: i64, user_id: i64, looks: bool) -> Result<Option<Event>, ApiError> {
    let Some(conversation) = db::conversation::find(view, id)? else {
        return Ok(None);
    };
    let account_id = conversation.account_id;
    let mut users = sight::watchers(view, conversation.id)?;
    users.retain(|user| *user != user_id);
    Ok(Some(Event {
        name: if looks {
            "conversation.looking_on"
        } else {
            "conversation.looking_off"
        },
        data: json!({
            "conversation": { "id": conversation.display_id },
            "user": wire::people::performer(view, account_id, Actor::User(user_id))?,
            "account_id": account_id,
        }),
        account_id: None,
        blind: Vec::new(),
        users,
        guests: Vec::new(),
    }))
}

fn of_contact(view: &View<'_>, name: &'static str, contact_id: i64) -> Result<Option<Event>, ApiError> {
    let Some(contact) = db::contact::find(view, contact_id)? else {
        return Ok(None);
    };
    let mut data = wire::contact::push(&contact);
    data["account_id"] = json!(contact.account_id);
    Ok(Some(Event {
        name,
        data,
        account_id: Some(contact.account_id),
        blind: sight::blind_to_guest(view, contact.account_id, contact_id)?,
        users: Vec::new(),
        guests: Vec::new(),
    }))
}

fn of_notification(view: &View<'_>, name: &'static str, id: i64) -> Result<Option<Event>, ApiError> {
    let Some(found) = notification::find(view, id)? else {
        return Ok(None);
    };
    let mut shown = wire::notification::rest(view, &found)?;
    shown["push_message_title"] = shown["push_message_body"].clone();
    shown["account_id"] = json!(found.account_id);
    notification_event(view, name, found.account_id, found.user_id, shown).map(Some)
}

fn notification_event(
    view: &View<'_>,
    name: &'static str,
    account_id: i64,
    user_id: i64,
    shown: Value,
) -> Result<Event, ApiError> {
    let count = notification::count(view, account_id, user_id, notification::Wanted::default())?;
    Ok(Event {
        name,
        data: json!({
            "notification": shown,
            "unread_count": count,
            "count": count,
            "account_id": account_id,
        }),
        account_id: None,
        blind: Vec::new(),
        users: vec![user_id],
        guests: Vec::new(),
    })
}

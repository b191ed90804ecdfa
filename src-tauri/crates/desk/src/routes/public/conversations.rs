//! A guest's conversations (reference §11.2).

use super::GuestCall;
use crate::db::{contact, conversation};
use crate::desk::Actor;
use crate::routes::call::Answer;
use crate::routes::{empty, ok};
use crate::service::conversation::{Start, close_by_guest_in, start_in};
use crate::service::{seen, typing};
use crate::wire;
use serde_json::Value;

pub async fn create(call: GuestCall) -> Answer {
    let (place, params) = (call.place, call.params);
    let json = call
        .desk
        .act(Actor::System, move |change| {
            let (_, link) = place.guest(change)?;
            let is_locked = place.inbox(change)?.lock_to_single_conversation;
            let newest = conversation::newest_of_link(change, link.id)?;
            let found = match newest.filter(|_| is_locked) {
                Some(newest) => newest,
                None => {
                    let start = Start {
                        custom_attributes: params.object("custom_attributes").cloned().unwrap_or_default(),
                        ..Start::default()
                    };
                    start_in(change, &link, start)?
                }
            };
            wire::public::conversation(change, &found)
        })
        .await?;
    ok(json)
}

/// A guest whose identity was proved sees those of all proved links.
pub async fn list(call: GuestCall) -> Answer {
    let place = call.place;
    let conversations: Vec<Value> = call
        .desk
        .read(move |view| {
            let (guest, link) = place.guest(view)?;
            let links = if link.hmac_verified {
                let links = contact::links(view, guest.id)?;
                links.into_iter().filter(|link| link.hmac_verified).collect()
            } else {
                vec![link]
            };
            let mut shown = Vec::new();
            for link in links {
                for found in conversation::of_link(view, link.id)? {
                    shown.push(wire::public::conversation(view, &found)?);
                }
            }
            Ok(shown)
        })
        .await?;
    ok(conversations)
}

pub async fn show(call: GuestCall) -> Answer {
    let place = call.place;
    let json = call
        .desk
        .read(move |view| wire::public::conversation(view, &place.conversation(view)?.1))
        .await?;
    ok(json)
}

/// A guest can only close.
pub async fn close(call: GuestCall) -> Answer {
    let place = call.place;
    let json = call
        .desk
        .act(Actor::System, move |change| {
            let (guest, found) = place.conversation(change)?;
            change.performer = Actor::Contact(guest.id);
            let closed = close_by_guest_in(change, found.id)?;
            wire::public::conversation(change, &closed)
        })
        .await?;
    ok(json)
}

pub async fn typing(call: GuestCall) -> Answer {
    let place = call.place;
    let on = match call.params.text("typing_status").as_deref() {
        Some("on") => Some(true),
        Some("off") => Some(false),
        _ => None,
    };
    call.desk
        .act(Actor::System, move |change| {
            let (guest, found) = place.conversation(change)?;
            change.performer = Actor::Contact(guest.id);
            if let Some(on) = on {
                typing::set_in(change, found.id, on, Value::Null);
            }
            Ok(())
        })
        .await?;
    empty()
}

pub async fn seen(call: GuestCall) -> Answer {
    let place = call.place;
    call.desk
        .act(Actor::System, move |change| {
            let (guest, found) = place.conversation(change)?;
            change.performer = Actor::Contact(guest.id);
            seen::by_guest(change, found.id)
        })
        .await?;
    empty()
}

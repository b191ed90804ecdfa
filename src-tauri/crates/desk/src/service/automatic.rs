//! Automatic messages to the guest (reference §5): the greeting of a channel.

use super::message::{self, NewMessage};
use crate::channels::consent::{self, is_opted_out};
use crate::db::message::{self as messages, Message, TEMPLATE};
use crate::db::{contact, inbox};
use crate::desk::{Actor, Change};
use crate::error::ApiError;

/// Greets where the channel has a greeting and nothing was said to the guest yet.
pub fn greet(change: &mut Change<'_>, incoming: &Message) -> Result<(), ApiError> {
    let Some(inbox) = inbox::find(change, incoming.inbox_id)? else {
        return Ok(());
    };
    let greeting = inbox.greeting_message.filter(|text| !text.trim().is_empty());
    let Some(greeting) = greeting.filter(|_| inbox.greeting_enabled) else {
        return Ok(());
    };
    let said = messages::anything_sent(change, incoming.conversation_id)?;
    let is_unwanted = match incoming.sender_id {
        Some(id) => contact::find(change, id)?.is_some_and(|guest| guest.blocked || is_opted_out(&guest)),
        None => false,
    };
    // STOP, START and HELP are answered by the channel.
    if said || is_unwanted || consent::word_of(incoming).is_some() {
        return Ok(());
    }
    let greeting = NewMessage {
        message_type: TEMPLATE,
        ..NewMessage::reply(incoming.conversation_id, greeting)
    };
    // The channel greets, not whoever's request brought the guest's message.
    let performer = std::mem::replace(&mut change.performer, Actor::System);
    let greeted = message::create_in(change, greeting);
    change.performer = performer;
    greeted.map(drop)
}

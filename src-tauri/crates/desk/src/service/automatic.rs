//! Automatic messages to the guest (reference §5): that the desk is closed, and the greeting of a channel.

use super::message::{self, NewMessage};
use crate::assistant::working_hours;
use crate::channels::consent::{self, is_opted_out};
use crate::db::inbox::{self, Inbox};
use crate::db::message::{self as messages, Message, OUTGOING, TEMPLATE};
use crate::db::{contact, conversation};
use crate::desk::{Actor, Change};
use crate::error::ApiError;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// For so long after an agent's words the guest is not told that nobody is there.
const RECENT_MS: i64 = 5 * 60 * 1000;

/// Answers a guest's message by itself, where there is anything to say. That the desk is closed comes first: after it
/// nobody is greeted.
pub fn answer(change: &mut Change<'_>, incoming: &Message) -> Result<(), ApiError> {
    let Some(inbox) = inbox::find(change, incoming.inbox_id)? else {
        return Ok(());
    };
    let is_unwanted = match incoming.sender_id {
        Some(id) => contact::find(change, id)?.is_some_and(|guest| guest.blocked || is_opted_out(&guest)),
        None => false,
    };
    // STOP, START and HELP are answered by the channel.
    if is_unwanted || consent::word_of(incoming).is_some() {
        return Ok(());
    }
    if let Some(text) = closed(change, &inbox, incoming)? {
        say(change, incoming, text)?;
    }
    match greeting(change, &inbox, incoming)? {
        Some(text) => say(change, incoming, text),
        None => Ok(()),
    }
}

fn say(change: &mut Change<'_>, incoming: &Message, text: String) -> Result<(), ApiError> {
    let said = NewMessage {
        message_type: TEMPLATE,
        ..NewMessage::reply(incoming.conversation_id, text)
    };
    // The channel speaks, not whoever's request brought the guest's message.
    let performer = std::mem::replace(&mut change.performer, Actor::System);
    let said = message::create_in(change, said);
    change.performer = performer;
    said.map(drop)
}

/// The greeting, if the channel has one and nothing was said to the guest yet.
fn greeting(change: &Change<'_>, inbox: &Inbox, incoming: &Message) -> Result<Option<String>, ApiError> {
    let text = inbox
        .greeting_message
        .clone()
        .filter(|text| !text.trim().is_empty());
    let Some(text) = text.filter(|_| inbox.greeting_enabled) else {
        return Ok(None);
    };
    let said = messages::anything_sent(change, incoming.conversation_id)?;
    Ok((!said).then_some(text))
}

/// What the channel says outside its hours: once a day, not while somebody writes, and not where the assistant answers,
/// which knows the hours itself.
fn closed(change: &Change<'_>, inbox: &Inbox, incoming: &Message) -> Result<Option<String>, ApiError> {
    let text = inbox
        .out_of_office_message
        .clone()
        .filter(|text| !text.trim().is_empty());
    let Some(text) = text.filter(|_| inbox.working_hours_enabled) else {
        return Ok(None);
    };
    let zone = TimeZone::get(&inbox.timezone).unwrap_or(TimeZone::UTC);
    let hours = working_hours(&inbox.working_hours);
    if !is_never_open(inbox) && hours.is_open(change.now_ms.div_euclid(1000), &zone) {
        return Ok(None);
    }
    let id = incoming.conversation_id;
    if conversation::find(change, id)?.is_some_and(|found| found.status == "pending") {
        return Ok(None);
    }
    let told = messages::sent_since(change, id, TEMPLATE, midnight(change.now_ms, &zone))?;
    let written = messages::sent_since(change, id, OUTGOING, change.now_ms - RECENT_MS)?;
    Ok((!told && !written).then_some(text))
}

/// A whole week of closed days, such as a holiday.
fn is_never_open(inbox: &Inbox) -> bool {
    let days = inbox.working_hours.as_array().filter(|days| days.len() == 7);
    days.is_some_and(|days| days.iter().all(|day| day["closed_all_day"] == true))
}

/// When the day of a moment began, epoch milliseconds.
fn midnight(now_ms: i64, zone: &TimeZone) -> i64 {
    let now = Timestamp::from_millisecond(now_ms).unwrap_or_default();
    let midnight = now.to_zoned(zone.clone()).start_of_day();
    midnight.map_or(now_ms, |midnight| midnight.timestamp().as_millisecond())
}

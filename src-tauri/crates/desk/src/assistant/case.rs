//! Reading a conversation into a turn, if it is the assistant's to answer at all.

use super::engine::hours::Hours;
use super::engine::turn::{Guest, Line, Property, PropertyKind, Proposal, ToolUse, Turn, Who};
use crate::channels::consent;
use crate::db::conversation::Conversation;
use crate::db::inbox::Inbox;
use crate::db::message::{INCOMING, Message, TEMPLATE};
use crate::db::{self, account, contact, conversation, inbox, people, rows};
use crate::error::{ApiError, Optional};
use jiff::tz::TimeZone;
use rusqlite::Connection;
use serde_json::Value;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A conversation that waits for the assistant.
#[derive(Clone, Debug)]
pub struct Case {
    /// Database id.
    pub conversation_id: i64,
    pub account_id: i64,
    pub contact_id: i64,
    pub bot_id: i64,
    pub turn: Turn,
}

impl Case {
    /// The newest message read; tells whether somebody wrote since.
    pub fn newest(&self) -> Option<i64> {
        self.turn.lines.last().map(|line| line.id)
    }
}

/// The case, or `None` where the assistant is silent: the conversation is not pending, the guest is blocked or opted
/// out, the channel's bot is off or another program, or the guest's last word is answered.
pub fn read(connection: &Connection, now_ms: i64, conversation_id: i64) -> Result<Option<Case>, ApiError> {
    let Some(conversation) =
        conversation::find(connection, conversation_id)?.filter(|found| found.status == "pending")
    else {
        return Ok(None);
    };
    let Some(inbox) = inbox::find(connection, conversation.inbox_id)? else {
        return Ok(None);
    };
    let Some(bot_id) = own_bot(connection, &inbox)? else {
        return Ok(None);
    };
    let Some(guest) = contact::find(connection, conversation.contact_id)?.filter(may_be_answered) else {
        return Ok(None);
    };
    let turn = Turn {
        lines: lines(connection, conversation_id)?,
        guest: Guest {
            name: Some(guest.name),
            attributes: guest.custom_attributes,
        },
        property: property(connection, &inbox)?,
        pending: pending(connection, conversation_id)?,
        attributes: conversation.custom_attributes.clone(),
        now: now_ms.div_euclid(1000),
    };
    Ok((!turn.unanswered().is_empty()).then(|| case(&conversation, bot_id, turn)))
}

fn case(conversation: &Conversation, bot_id: i64, turn: Turn) -> Case {
    Case {
        conversation_id: conversation.id,
        account_id: conversation.account_id,
        contact_id: conversation.contact_id,
        bot_id,
        turn,
    }
}

/// The channel's bot where this program speaks for it; one with an address of its own is another program.
fn own_bot(connection: &Connection, inbox: &Inbox) -> Result<Option<i64>, ApiError> {
    let Some(bot_id) = inbox.agent_bot_id else {
        return Ok(None);
    };
    let bot = people::bot(connection, bot_id)?;
    Ok(bot.filter(|bot| bot.outgoing_url.is_empty()).map(|bot| bot.id))
}

fn may_be_answered(guest: &contact::Contact) -> bool {
    !guest.blocked
        && guest
            .custom_attributes
            .get("opted_out_at")
            .is_none_or(Value::is_null)
}

/// Public messages, oldest first; deleted ones are as good as never said, and STOP, START and HELP were answered by the
/// channel.
fn lines(connection: &Connection, conversation_id: i64) -> Result<Vec<Line>, ApiError> {
    let mut names = HashMap::new();
    let mut lines = Vec::new();
    for message in db::message::public(connection, conversation_id)? {
        let is_deleted = message.content_attributes.get("deleted") == Some(&Value::Bool(true));
        if is_deleted || consent::word_of(&message).is_some() {
            continue;
        }
        let who = author(connection, &message, &mut names)?;
        lines.push(Line {
            id: message.id,
            who,
            text: message.content.unwrap_or_default(),
            at: message.created_at.div_euclid(1000),
            tools: tools(message.content_attributes.get("ai_tools")),
        });
    }
    Ok(lines)
}

fn author(
    connection: &Connection,
    message: &Message,
    names: &mut HashMap<i64, String>,
) -> Result<Who, ApiError> {
    Ok(
        match (
            message.message_type,
            message.sender_type.as_deref(),
            message.sender_id,
        ) {
            (INCOMING, _, _) => Who::Guest,
            (TEMPLATE, _, _) | (_, None, _) | (_, _, None) => Who::System,
            (_, Some("AgentBot"), _) => Who::Ai,
            (_, _, Some(user_id)) => {
                let name = match names.entry(user_id) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(unknown) => unknown.insert(first_name(connection, user_id)?),
                };
                Who::Person(name.clone())
            }
        },
    )
}

fn first_name(connection: &Connection, user_id: i64) -> Result<String, ApiError> {
    let user = people::user(connection, user_id)?;
    let name = user
        .as_ref()
        .and_then(|user| user.available_name().split_whitespace().next());
    Ok(name.unwrap_or("A colleague").to_owned())
}

fn tools(value: Option<&Value>) -> Vec<ToolUse> {
    value
        .and_then(|value| serde_json::from_value(value.clone()).ok())
        .unwrap_or_default()
}

fn property(connection: &Connection, inbox: &Inbox) -> Result<Property, ApiError> {
    let name = account::find(connection, inbox.account_id)?.map_or_else(String::new, |account| account.name);
    let mut statement =
        connection.prepare_cached("SELECT kind, portal_url FROM property WHERE account_id = ?1")?;
    let known = statement
        .query_row([inbox.account_id], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
        })
        .optional()?;
    let (kind, portal_url) = known.unwrap_or_else(|| ("hotel".to_owned(), None));
    Ok(Property {
        name,
        kind: if kind == "salon" {
            PropertyKind::Salon
        } else {
            PropertyKind::Hotel
        },
        zone: TimeZone::get(&inbox.timezone).unwrap_or(TimeZone::UTC),
        hours: if inbox.working_hours_enabled {
            hours(&inbox.working_hours)
        } else {
            Hours::default()
        },
        portal_url,
    })
}

/// The channel's working hours (reference §2.2) in minutes after midnight; unreadable ones count as none kept.
pub fn hours(wire: &Value) -> Hours {
    let mut days = vec![None; 7];
    for day in wire.as_array().map(Vec::as_slice).unwrap_or_default() {
        let number = |key: &str| {
            day.get(key)
                .and_then(Value::as_u64)
                .and_then(|number| u16::try_from(number).ok())
        };
        let is = |key: &str| day.get(key).is_some_and(|value| value == true);
        let Some(slot) = number("day_of_week").and_then(|weekday| days.get_mut(usize::from(weekday))) else {
            continue;
        };
        *slot = if is("closed_all_day") {
            None
        } else if is("open_all_day") {
            Some((0, 24 * 60))
        } else {
            let minutes = |hour: &str, minute: &str| Some(number(hour)? * 60 + number(minute).unwrap_or(0));
            minutes("open_hour", "open_minutes").zip(minutes("close_hour", "close_minutes"))
        };
    }
    if days.iter().all(Option::is_none) {
        Hours::default()
    } else {
        Hours { days }
    }
}

/// What the assistant asked, if its question is the last thing anybody but the guest said.
fn pending(connection: &Connection, conversation_id: i64) -> Result<Option<Proposal>, ApiError> {
    let asked: Option<String> = rows::value(
        connection,
        "SELECT proposal FROM assistant_question WHERE conversation_id = ?1 AND message_id =
           (SELECT max(id) FROM message WHERE conversation_id = ?1 AND message_type = 1 AND private = 0)",
        [conversation_id],
    )?;
    Ok(asked.and_then(|proposal| serde_json::from_str(&proposal).ok()))
}

/// Pending conversations whose newest spoken public message is the guest's.
pub fn waiting(connection: &Connection) -> Result<Vec<i64>, ApiError> {
    rows::values(
        connection,
        "SELECT id FROM conversation WHERE status = 'pending' AND (
           SELECT message_type FROM message WHERE conversation_id = conversation.id AND private = 0 AND message_type <> 2
           ORDER BY created_at DESC, id DESC LIMIT 1) = 0",
        [],
    )
}

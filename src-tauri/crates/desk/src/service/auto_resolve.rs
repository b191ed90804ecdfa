//! Conversations nobody says anything in any more are closed, where the property wants that (reference §5, auto-resolve).

use super::message::{NewMessage, create_in};
use super::save::{reload, save};
use super::{activity, macros, window};
use crate::db::account::{self, Account};
use crate::db::message::TEMPLATE;
use crate::db::{conversation, inbox};
use crate::desk::{Change, View};
use crate::error::ApiError;
use serde_json::Value;

/// At once, in each property.
const MOST: i64 = 100;
/// Minutes; anything else counts as off.
const BOUNDS: std::ops::RangeInclusive<i64> = 10..=1_439_856;

/// Minutes of silence after which a property closes a conversation.
fn minutes(account: &Account) -> Option<i64> {
    let after = account.settings.get("auto_resolve_after");
    after
        .and_then(Value::as_i64)
        .filter(|minutes| BOUNDS.contains(minutes))
}

fn text<'a>(account: &'a Account, key: &str) -> Option<&'a str> {
    let text = account.settings.get(key).and_then(Value::as_str);
    text.filter(|text| !text.trim().is_empty())
}

/// Ids of those whose time has come, with their properties.
pub fn due(view: &View<'_>) -> Result<Vec<(Account, Vec<i64>)>, ApiError> {
    let mut due = Vec::new();
    for account in account::all(view)? {
        let Some(minutes) = minutes(&account) else {
            continue;
        };
        let keeps_waiting = account.settings.get("auto_resolve_ignore_waiting") == Some(&Value::Bool(true));
        let until = view.now_ms - minutes * 60_000;
        let ids = conversation::idle(view, account.id, until, keeps_waiting, MOST)?;
        if !ids.is_empty() {
            due.push((account, ids));
        }
    }
    Ok(due)
}

/// Closes those whose time has come, in nobody's name.
pub fn run_in(change: &mut Change<'_>) -> Result<(), ApiError> {
    for (account, ids) in due(change)? {
        for id in ids {
            close(change, &account, id)?;
        }
    }
    Ok(())
}

fn close(change: &mut Change<'_>, account: &Account, id: i64) -> Result<(), ApiError> {
    if let Some(message) = text(account, "auto_resolve_message") {
        say(change, id, message)?;
    }
    if let Some(label) = text(account, "auto_resolve_label") {
        macros::labels(change, id, &[label.to_owned()], true)?;
    }
    let before = reload(change, id)?;
    let mut after = before.clone();
    after.status = "resolved".to_owned();
    let after = save(change, &before, after)?;
    let length = said(minutes(account).unwrap_or(0));
    let line = format!("Conversation was marked resolved by system due to {length} of inactivity");
    activity::write(change, &after, line)
}

fn say(change: &mut Change<'_>, id: i64, text: &str) -> Result<(), ApiError> {
    let conversation = reload(change, id)?;
    let inbox = inbox::find(change, conversation.inbox_id)?.ok_or(ApiError::NotFound)?;
    if !window::can_reply(change, &inbox, id)? {
        let line = "Auto-resolve message not sent due to outgoing message restrictions";
        return activity::write(change, &conversation, line.to_owned());
    }
    let message = NewMessage {
        message_type: TEMPLATE,
        ..NewMessage::reply(id, text)
    };
    create_in(change, message).map(drop)
}

/// The largest unit that fits.
fn said(minutes: i64) -> String {
    match minutes {
        days if days % 1440 == 0 => format!("{} days", days / 1440),
        hours if hours % 60 == 0 => format!("{} hours", hours / 60),
        minutes => format!("{minutes} minutes"),
    }
}

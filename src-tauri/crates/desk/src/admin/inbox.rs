//! A channel: the web chat, or one with a provider.

use super::channel;
use super::command::AddInbox;
use super::hours::{self, Week};
use super::{AdminError, existing, named};
use crate::channels::ingress;
use crate::db::{account, carrier, inbox, people, rows};
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use crate::service::setup;
use jiff::tz::TimeZone;
use rusqlite::params;

/// Makes it; says its number and its name in the public client API.
pub async fn add(desk: &Desk, wanted: AddInbox) -> Result<String, AdminError> {
    let name = named(&wanted.name, "a channel")?;
    if TimeZone::get(&wanted.timezone).is_err() {
        let problem = "this is no time zone; they are called like Europe/Berlin";
        return Err(AdminError::refused(problem));
    }
    let week = hours::week(&wanted.hours).map_err(AdminError::Refused)?;
    let own = channel::settings(&wanted).await?;
    let provider = channel::carrier(&wanted).await?;
    let called_at = provider
        .as_ref()
        .map(|provider| (provider.kind.clone(), !provider.call_secret.is_empty()));
    let (id, identifier) = desk
        .write(move |change| {
            existing(change, wanted.property)?;
            let bot_id = if wanted.without_assistant {
                None
            } else {
                own_bot(change, wanted.property)?
            };
            let kind = wanted.channel.wire();
            let id = setup::channel(change, wanted.property, &name, kind, &own, bot_id)?;
            if let Some(provider) = provider {
                let provider = carrier::Carrier {
                    inbox_id: id,
                    ..provider
                };
                carrier::put(change, &provider)?;
            }
            keep_hours(change, id, week.as_ref(), &wanted.timezone)?;
            for user in people::agents(change, wanted.property)? {
                inbox::add_member(change, id, user.id)?;
            }
            account::touch_cache_key(change, wanted.property, "inbox", change.now_ms)?;
            let made = inbox::find(change, id)?.ok_or(ApiError::NotFound)?;
            Ok((id, made.identifier.unwrap_or_default()))
        })
        .await?;
    Ok(match called_at {
        None => format!("inbox {id} added, {identifier} in the client API"),
        Some((kind, false)) => format!(
            "inbox {id} added, its provider calls {}",
            ingress::path(&kind, id)
        ),
        Some((kind, true)) => format!(
            "inbox {id} added, its provider calls {}, the phone system /webhooks/call/{id}",
            ingress::path(&kind, id)
        ),
    })
}

/// The property's bot that this program speaks for.
fn own_bot(change: &Change<'_>, account_id: i64) -> Result<Option<i64>, ApiError> {
    let bots = people::bots(change, account_id)?;
    let own = bots
        .iter()
        .find(|bot| bot.account_id == Some(account_id) && bot.outgoing_url.is_empty());
    Ok(own.map(|bot| bot.id))
}

fn keep_hours(change: &Change<'_>, id: i64, week: Option<&Week>, zone: &str) -> Result<(), ApiError> {
    rows::execute(
        change,
        "UPDATE inbox SET working_hours_enabled = ?2, working_hours = ?3, timezone = ?4 WHERE id = ?1",
        params![
            id,
            week.is_some(),
            week.map_or_else(|| "[]".to_owned(), |week| hours::wire(week).to_string()),
            zone
        ],
    )?;
    Ok(())
}

/// The property's first web chat: where its guests are, and whose time zone its bookings are in.
pub fn web_chat(connection: &rusqlite::Connection, account_id: i64) -> Result<inbox::Inbox, ApiError> {
    let first = inbox::all(connection, account_id)?
        .into_iter()
        .filter(inbox::Inbox::is_api)
        .min_by_key(|inbox| inbox.id);
    first.ok_or_else(|| {
        let problem =
            format!("property {account_id} has no web chat: add one with `deskbell-desk admin add-inbox`");
        ApiError::Refused(problem)
    })
}

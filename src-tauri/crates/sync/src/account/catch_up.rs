//! Reads over REST what the socket never told (reference §10.5).
//!
//! The first time everything active and the newest closed ones (`depth` goes on from there); later what was updated since, then the counts: if
//! they differ from the server's, something left unnoticed, and the active lists are read whole.

use super::apply::{apply_updates, fetch};
use super::failure::Failure;
use super::order::Asked;
use super::{Context, access, catalog, threads};
use deskbell_chatwoot::{ConversationUpdate, ListQuery, StatusFilter};
use deskbell_domain::{ConversationId, Status};
use deskbell_store::{HistoryMark, SyncState};
use std::collections::HashSet;

pub(super) const PAGE: usize = 25;
/// 50,000 conversations: a bound, not a wish.
const MOST_PAGES: u32 = 2_000;
/// Closed conversations read before the first sync counts as done; the others follow in the background (`depth`).
pub(super) const CLOSED_PAGES: u32 = 2;
/// Clocks differ and detection lags: look back this much further than the last sure moment.
const MARGIN_SECONDS: i64 = 90;
/// Beyond this a list of changes is longer than the lists themselves.
const LONG_AWAY_SECONDS: i64 = 14 * 24 * 3600;
/// Key of the sync state.
const SURE_AT: &str = "sure_at";
const ACTIVE: [Status; 3] = [Status::Open, Status::Pending, Status::Snoozed];

/// Brings the account in step as of the moment it begins.
pub(super) async fn run(context: &Context) -> Result<(), Failure> {
    let started = context.now();
    catalog::refresh(context).await?;
    let state = context.store.sync_state(context.key).await?;
    match sure_at(&state) {
        Some(sure) if state.bootstrapped && started - sure < LONG_AWAY_SECONDS => {
            changed_since(context, (started - sure).max(0) + MARGIN_SECONDS).await?;
            if !counts_agree(context).await? {
                read_active(context).await?;
            }
        }
        _ => {
            read_active(context).await?;
            read_pages(context, Status::Resolved, CLOSED_PAGES).await?;
        }
    }
    access::look_for_words(context).await?;
    context
        .store
        .change_sync_state(context.key, move |state| {
            state.as_of = Some(started);
            state.bootstrapped = true;
            state.more.insert(SURE_AT.to_owned(), started.into());
        })
        .await?;
    catalog::refresh_extras(context).await
}

/// When everything was surely read: an open socket may have lost frames ever since.
fn sure_at(state: &SyncState) -> Option<i64> {
    state.more.get(SURE_AT)?.as_i64()
}

/// Keeps when the server was last heard, for the screen.
pub(super) async fn remember(context: &Context, as_of: i64) -> Result<(), Failure> {
    let heard = move |state: &mut SyncState| state.as_of = Some(as_of);
    context.store.change_sync_state(context.key, heard).await?;
    Ok(())
}

async fn changed_since(context: &Context, seconds: i64) -> Result<(), Failure> {
    let query = ListQuery {
        status: StatusFilter::All,
        updated_within: Some(seconds),
        ..ListQuery::default()
    };
    let asked = context.order.ask();
    let items = context.api.conversations(&query).await?.items;
    take(context, asked, items).await?;
    // Before 4.12 a new message did not touch `updated_at`, and that a colleague read it never does: the first pages
    // of the lists make up for it.
    for status in ACTIVE {
        read_pages(context, status, 2).await?;
    }
    read_pages(context, Status::Resolved, 1).await?;
    Ok(())
}

async fn counts_agree(context: &Context) -> Result<bool, Failure> {
    for status in ACTIVE {
        let query = ListQuery {
            status: StatusFilter::Only(status),
            ..ListQuery::default()
        };
        let told = context.api.counts(&query).await?;
        let kept = context.store.ids_with_status(context.key, status).await?.len();
        if told.all != u32::try_from(kept).unwrap_or(u32::MAX) {
            tracing::info!(account = %context.key, ?status, told = told.all, kept, "Counts differ");
            return Ok(false);
        }
    }
    Ok(true)
}

/// Reads all active conversations, then asks one by one for those kept here that no list named.
async fn read_active(context: &Context) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    for status in ACTIVE {
        seen.extend(read_pages(context, status, MOST_PAGES).await?);
    }
    for status in ACTIVE {
        for id in context.store.ids_with_status(context.key, status).await? {
            if !seen.contains(&id) {
                fetch(context, id).await?;
            }
        }
    }
    Ok(())
}

async fn read_pages(
    context: &Context,
    status: Status,
    most: u32,
) -> Result<HashSet<ConversationId>, Failure> {
    let mut seen = HashSet::new();
    for page in 1..=most {
        let query = ListQuery {
            status: StatusFilter::Only(status),
            page,
            ..ListQuery::default()
        };
        let asked = context.order.ask();
        let items = context.api.conversations(&query).await?.items;
        let full = items.len() >= PAGE;
        seen.extend(items.iter().map(|update| update.conversation.id));
        take(context, asked, items).await?;
        if !full {
            break;
        }
    }
    Ok(seen)
}

/// Applies conversations of a list, and fills the threads kept here that have newer messages on the server.
pub(super) async fn take(
    context: &Context,
    asked: Asked,
    items: Vec<ConversationUpdate>,
) -> Result<(), Failure> {
    let mut stale = Vec::new();
    for update in &items {
        let conversation = context.conversation(update.conversation.id);
        let newest_told = update.messages.iter().map(|message| message.id).max();
        let kept = context.store.newest_message_id(conversation).await?;
        if let (Some(kept), Some(told)) = (kept, newest_told)
            && told > kept
        {
            stale.push((update.conversation.id, kept, told));
        }
    }
    apply_updates(context, asked, items).await?;
    for (id, after, before) in stale {
        // Named before it is filled: a connection lost in between must not hide the hole.
        let gap = HistoryMark::Gap { after, before };
        context.store.mark_history(context.conversation(id), gap).await?;
        threads::fill_newer(context, id, after).await?;
    }
    Ok(())
}

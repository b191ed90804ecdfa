//! How far the offline copy reaches back: deepened in the background within what the settings allow, one request at a
//! time, and out of the way of the person and of a busy server.
//!
//! First the threads of everything active, whatever they take, and their pictures; then older closed conversations and their threads, by days
//! and megabytes. Where the copy ends is written down, so that the next start goes on from there.

use super::catch_up::{CLOSED_PAGES, PAGE, take};
use super::failure::Failure;
use super::{Context, attachments, threads};
use crate::{Depth, LoadOlder};
use deskbell_chatwoot::{ClientError, ListQuery, StatusFilter};
use deskbell_domain::{ConversationId, Status};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::convert::Infallible;
use std::time::Duration;

/// Threads listed at a time.
const THREADS: u32 = 500;
/// Pages of one thread: 10,000 messages.
const MOST_PAGES: u32 = 500;
/// The server does not say how long to wait (reference §1.5); its limits are counted by the minute.
const THROTTLED: Duration = Duration::from_secs(60);
/// What came since is looked at again.
const AGAIN: Duration = Duration::from_secs(600);
const DAY_SECONDS: i64 = 24 * 3600;
/// Key of the sync state.
const CLOSED: &str = "closed";

/// How far back the list of closed conversations was read.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ClosedRead {
    /// The last page that was read whole.
    page: u32,
    /// How many there were then.
    all: u32,
    /// The oldest activity that was told (epoch seconds).
    reached: i64,
    /// There is nothing older.
    at_end: bool,
}

/// Since when every closed conversation is kept here (epoch seconds), by what was written down of an account; `None` = not
/// known yet. What is not closed is always kept.
pub fn closed_since(state: &deskbell_store::SyncState) -> Option<i64> {
    let read: ClosedRead = serde_json::from_value(state.more.get(CLOSED)?.clone()).ok()?;
    Some(if read.at_end { i64::MIN } else { read.reached })
}

/// What the server refused is not asked for again in this connection.
#[derive(Default)]
struct Failed {
    threads: HashSet<ConversationId>,
    files: HashSet<i64>,
}

impl Default for ClosedRead {
    fn default() -> Self {
        Self {
            page: CLOSED_PAGES,
            all: 0,
            reached: i64::MAX,
            at_end: false,
        }
    }
}

impl ClosedRead {
    /// The page to read next. What was opened again since left the list and moved the others up.
    fn next(self, all: u32) -> u32 {
        let moved_up = self.all.saturating_sub(all).div_ceil(PAGE as u32);
        (self.page + 1).saturating_sub(moved_up).max(1)
    }
}

/// Never ends by itself: being done is no reason to end a connection.
pub(super) async fn deepen(context: &Context) -> Infallible {
    let mut depth = context.policy.depth();
    let mut failed = Failed::default();
    loop {
        let allowed = *depth.borrow_and_update();
        let pause = match deepen_once(context, allowed, &mut failed).await {
            Ok(()) => AGAIN,
            Err(Failure::Wire(ClientError::Throttled)) => THROTTLED,
            Err(error) => {
                tracing::info!(%error, "The offline copy could not be deepened");
                THROTTLED
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            Ok(()) = depth.changed() => {}
        }
    }
}

async fn deepen_once(context: &Context, allowed: Depth, failed: &mut Failed) -> Result<(), Failure> {
    let active = context.store.threads_to_load(context.key, THREADS).await?;
    for id in active {
        if failed.threads.contains(&id) {
            continue;
        }
        context.policy.nobody_acts().await;
        if !reached(threads::load_newest(context, id).await)? {
            failed.threads.insert(id);
        }
    }
    attachments::fetch_ahead(context, allowed, &mut failed.files).await?;
    let since = context.now() - i64::from(allowed.days) * DAY_SECONDS;
    older_closed(context, allowed, since).await?;
    for id in context.store.shallow_threads(context.key, since, THREADS).await? {
        if !failed.threads.contains(&id) && !reached(back_to(context, allowed, id, since).await)? {
            failed.threads.insert(id);
        }
    }
    Ok(())
}

/// A thread that is gone, or that this person may not see, holds the others up no further.
fn reached(done: Result<(), Failure>) -> Result<bool, Failure> {
    match done {
        Ok(()) => Ok(true),
        Err(Failure::Wire(ClientError::Missing | ClientError::NotAllowed)) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// Goes on down the list of closed conversations.
async fn older_closed(context: &Context, allowed: Depth, since: i64) -> Result<(), Failure> {
    let state = context.store.sync_state(context.key).await?;
    let kept = state.more.get(CLOSED).cloned();
    let mut read: ClosedRead = kept
        .and_then(|value| serde_json::from_value(value).ok())
        .unwrap_or_default();
    let mut page = read.page + 1;
    while !read.at_end && read.reached >= since && has_room(context, allowed).await? {
        context.policy.nobody_acts().await;
        let query = ListQuery {
            status: StatusFilter::Only(Status::Resolved),
            page,
            ..ListQuery::default()
        };
        let asked = context.order.ask();
        let told = context.api.conversations(&query).await?;
        let next = read.next(told.counts.all);
        if next < page {
            (page, read.all) = (next, told.counts.all);
            continue;
        }
        let oldest = told
            .items
            .iter()
            .map(|item| item.conversation.last_activity_at)
            .min();
        read = ClosedRead {
            page,
            all: told.counts.all,
            reached: oldest.unwrap_or(i64::MIN),
            at_end: told.items.len() < PAGE,
        };
        take(context, asked, told.items).await?;
        remember(context, read).await?;
        page += 1;
    }
    Ok(())
}

async fn remember(context: &Context, read: ClosedRead) -> Result<(), Failure> {
    let value = serde_json::to_value(read).unwrap_or_default();
    let keep = move |state: &mut deskbell_store::SyncState| {
        state.more.insert(CLOSED.to_owned(), value);
    };
    context.store.change_sync_state(context.key, keep).await?;
    Ok(())
}

/// Reads one thread back to its start or to `since`.
async fn back_to(context: &Context, allowed: Depth, id: ConversationId, since: i64) -> Result<(), Failure> {
    let conversation = context.conversation(id);
    if !has_room(context, allowed).await? {
        return Ok(());
    }
    context.policy.nobody_acts().await;
    threads::load_newest(context, id).await?;
    let mut before = None;
    for _ in 0..MOST_PAGES {
        let whole_from = threads::whole_from(context, id).await?;
        // A server that answers the same page again must not hold this up for ever.
        let comes_nearer = before.replace(whole_from) != Some(whole_from);
        let wanted = !context.store.thread_reaches(conversation, since).await?;
        if !comes_nearer || !wanted || !has_room(context, allowed).await? {
            break;
        }
        context.policy.nobody_acts().await;
        if threads::older_page(context, id).await? == LoadOlder::AtStart {
            break;
        }
    }
    Ok(())
}

async fn has_room(context: &Context, allowed: Depth) -> Result<bool, Failure> {
    let bytes = context.store.cache_bytes().await?;
    Ok(bytes < u64::from(allowed.megabytes) * 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_says_since_when_all_is_kept() {
        let mut state = deskbell_store::SyncState::default();
        assert_eq!(closed_since(&state), None);
        let mut keep = |at_end| {
            let read = ClosedRead {
                reached: 500,
                at_end,
                ..ClosedRead::default()
            };
            state
                .more
                .insert(CLOSED.to_owned(), serde_json::to_value(read).unwrap_or_default());
            closed_since(&state)
        };
        assert_eq!(keep(false), Some(500));
        assert_eq!(keep(true), Some(i64::MIN), "there is nothing older");
    }

    #[test]
    fn what_left_the_list_moves_the_others_up() {
        let read = ClosedRead {
            page: 7,
            all: 400,
            reached: 0,
            at_end: false,
        };
        assert_eq!(read.next(400), 8);
        assert_eq!(
            read.next(470),
            8,
            "new ones move them down: read twice is no harm"
        );
        assert_eq!(read.next(399), 7);
        assert_eq!(read.next(374), 6);
        assert_eq!(read.next(0), 1);
        assert_eq!(ClosedRead::default().next(9_000), CLOSED_PAGES + 1);
    }
}

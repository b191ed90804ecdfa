//! The e-mail about a booking, with the link to its chat: written once for each booking, into a mail folder or to a mail
//! server.
//!
//! Once means once, also when the program is ended at any moment: a letter is claimed before it leaves. In the folder its
//! name says whether it arrived; what a mail server had not yet acknowledged is not sent again. Not for: anything else
//! by mail.

mod carrier;
mod folder;
mod letter;
pub mod queue;
mod smtp;
mod words;

pub use carrier::Carrier;
pub use smtp::{Server, ServerError};

use crate::db::Migration;
use crate::desk::Desk;
use crate::error::ApiError;
use carrier::Outcome;
use queue::State;
use std::time::Duration;

/// The table of letters.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "mail/1",
    sql: include_str!("schema.sql"),
}];

const EVERY: Duration = Duration::from_secs(1);
/// Letters in one look; the rest follows in the next.
const MOST: i64 = 50;
/// Waits after the first, second … failed attempt; afterwards the last.
const WAITS_MS: [i64; 5] = [10_000, 60_000, 300_000, 1_800_000, 7_200_000];
/// Then nobody tries any more: a day and a half.
const MOST_ATTEMPTS: i64 = 20;

/// Sends what is to be sent, until the task is dropped.
pub async fn run(desk: Desk, carrier: Carrier) {
    let mut ticks = tokio::time::interval(EVERY);
    let mut is_settled = false;
    loop {
        ticks.tick().await;
        // What an earlier run had claimed comes first.
        if !is_settled {
            is_settled = told(settle(&desk, &carrier).await);
        }
        if is_settled {
            told(send_due(&desk, &carrier).await);
        }
    }
}

fn told(result: Result<(), ApiError>) -> bool {
    if let Err(error) = &result {
        tracing::warn!(%error, "booking e-mails could not be sent");
    }
    result.is_ok()
}

/// Letters that were on their way when the program ended.
async fn settle(desk: &Desk, carrier: &Carrier) -> Result<(), ApiError> {
    let claimed = desk.read(|view| queue::claimed(view)).await?;
    for letter in claimed {
        let state = match carrier.has_arrived(&letter.name).await {
            Some(true) => State::Sent,
            Some(false) => State::Waiting,
            None => {
                tracing::warn!(
                    booking.id = letter.booking_id,
                    "an e-mail may not have left, and is not sent again"
                );
                State::Unsure
            }
        };
        desk.write(move |change| queue::settle(change, letter.booking_id, state, change.now_ms))
            .await?;
    }
    Ok(())
}

async fn send_due(desk: &Desk, carrier: &Carrier) -> Result<(), ApiError> {
    for id in desk.read(|view| queue::due(view, view.now_ms, MOST)).await? {
        if !carrier.is_ready().await {
            return desk.write(move |change| postpone(change, id)).await;
        }
        let base = desk.url().to_owned();
        let sender = carrier.sender().map(str::to_owned);
        let claimed = desk.write(move |change| {
            let claimed = queue::claim(change, id)?;
            claimed
                .map(|claimed| letter::compose(change, &claimed, &base, sender.as_deref()))
                .transpose()
        });
        let Some(letter) = claimed.await?.flatten() else {
            // Nothing to tell any more, such as a booking that was cancelled since.
            desk.write(move |change| queue::settle(change, id, State::Failed, change.now_ms))
                .await?;
            continue;
        };
        let outcome = carrier.deliver(letter).await;
        desk.write(move |change| finish(change, id, outcome)).await?;
    }
    Ok(())
}

fn finish(change: &crate::desk::Change<'_>, id: i64, outcome: Outcome) -> Result<(), ApiError> {
    let state = match outcome {
        Outcome::Arrived => State::Sent,
        Outcome::Later => return postpone(change, id),
        Outcome::Unsure => State::Unsure,
        Outcome::Refused => State::Failed,
    };
    if state != State::Sent {
        tracing::warn!(booking.id = id, state = state.word(), "an e-mail did not arrive");
    }
    queue::settle(change, id, state, change.now_ms)
}

fn postpone(change: &crate::desk::Change<'_>, id: i64) -> Result<(), ApiError> {
    let attempts = queue::attempts(change, id)? + 1;
    if attempts >= MOST_ATTEMPTS {
        tracing::warn!(booking.id = id, "an e-mail was tried for the last time");
        return queue::settle(change, id, State::Failed, change.now_ms);
    }
    let step = usize::try_from(attempts - 1).unwrap_or(0).min(WAITS_MS.len() - 1);
    queue::postpone(change, id, attempts, change.now_ms + WAITS_MS[step])
}

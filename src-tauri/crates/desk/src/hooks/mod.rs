//! Events by HTTP: to the account's webhooks, to an API inbox's own address, and to agent bots (reference §11.1, §11.3).
//!
//! What goes where is decided inside the change ([`render`]), so that every body shows what was committed; sending
//! happens after the commit, once, and a failure has consequences only where the reference says so.

mod bodies;
pub mod guard;
mod render;
mod send;
pub mod signature;

pub use render::render;

use crate::db::{account, conversation, message};
use crate::desk::{Actor, Desk};
use crate::error::ApiError;
use crate::service::{self, activity, save};
use guard::Failure;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Sent at the same time.
const MOST_AT_ONCE: usize = 8;
/// How often a bot is told that says it is busy, or broke, and how long it gets in between (reference §5).
const TRIES: u32 = 3;
const BETWEEN: Duration = Duration::from_secs(3);

/// What follows when nobody takes a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFailure {
    Nothing,
    /// People take over what the bot would not (database id of the conversation).
    OpenPending(i64),
    /// The message was not delivered.
    FailMessage(i64),
}

/// One request to be sent.
#[derive(Debug)]
pub struct Delivery {
    pub url: String,
    /// What its signature is made with; none leaves it unsigned.
    pub secret: Option<String>,
    /// JSON.
    pub body: String,
    /// A bot's is tried again, everybody else's is not.
    pub is_for_bot: bool,
    pub on_failure: OnFailure,
}

/// Sends deliveries until the desk goes.
pub async fn run(desk: Desk) {
    let mut deliveries = desk.subscribe_deliveries();
    let slots = Arc::new(Semaphore::new(MOST_AT_ONCE));
    loop {
        match deliveries.recv().await {
            Ok(delivery) => {
                let Ok(slot) = Arc::clone(&slots).acquire_owned().await else {
                    return;
                };
                let (desk, slots) = (desk.clone(), Arc::clone(&slots));
                tokio::spawn(async move { deliver(&desk, &delivery, slot, slots).await });
            }
            Err(RecvError::Lagged(count)) => tracing::warn!(count, "events were not sent by HTTP"),
            Err(RecvError::Closed) => return,
        }
    }
}

/// Sends it, and again where that helps. Whoever waits for a bot holds no slot.
async fn send(
    desk: &Desk,
    delivery: &Delivery,
    mut slot: OwnedSemaphorePermit,
    slots: Arc<Semaphore>,
) -> Result<(), Failure> {
    let mut tries = 1;
    loop {
        let sent = send::post(desk, delivery).await;
        drop(slot);
        let is_busy = matches!(sent, Err(Failure::Status(429 | 500)));
        if !is_busy || !delivery.is_for_bot || tries == TRIES {
            return sent;
        }
        tries += 1;
        tokio::time::sleep(BETWEEN).await;
        slot = Arc::clone(&slots)
            .acquire_owned()
            .await
            .map_err(|_| Failure::NoAnswer)?;
    }
}

async fn deliver(desk: &Desk, delivery: &Delivery, slot: OwnedSemaphorePermit, slots: Arc<Semaphore>) {
    let Err(failure) = send(desk, delivery, slot, slots).await else {
        return;
    };
    tracing::info!(%failure, "an event could not be sent by HTTP");
    let done = match delivery.on_failure {
        OnFailure::Nothing => Ok(()),
        OnFailure::OpenPending(id) => open_pending(desk, id).await,
        OnFailure::FailMessage(id) => fail_message(desk, id, failure.to_string()).await,
    };
    if let Err(error) = done {
        tracing::warn!(%error, "the end of a delivery could not be kept");
    }
}

/// The bot does not answer, so people must (reference §5).
async fn open_pending(desk: &Desk, id: i64) -> Result<(), ApiError> {
    desk.act(Actor::System, move |change| {
        let Some(before) = conversation::find(change, id)?.filter(|found| found.status == "pending") else {
            return Ok(());
        };
        let property = account::find(change, before.account_id)?;
        let keeps = property.is_some_and(|found| {
            found.settings.get("keep_pending_on_bot_failure") == Some(&Value::Bool(true))
        });
        if keeps {
            return Ok(());
        }
        let mut after = before.clone();
        after.status = "open".to_owned();
        let after = save::save(change, &before, after)?;
        let line = "Conversation was marked open by system due to an error with the agent bot.";
        activity::write(change, &after, line.to_owned())
    })
    .await
}

async fn fail_message(desk: &Desk, id: i64, reason: String) -> Result<(), ApiError> {
    desk.act(Actor::System, move |change| {
        let Some(before) = message::find(change, id)?.filter(|found| found.status != "failed") else {
            return Ok(());
        };
        service::message::set_status_in(change, &before, "failed", Some(&reason)).map(drop)
    })
    .await
}

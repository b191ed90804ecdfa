//! The queue of what leaves. It is durable: what was committed is sent after any end of the program, and what a provider
//! answered for is never sent again. Where the answer was lost nobody sends on a guess: a receipt settles it, or people
//! are told that it is not known.

mod letter;
mod refusal;
mod settle;
mod step;

pub use settle::{Receipt, receive as receive_receipt};

use super::carrier;
use crate::desk::Desk;
use settle::finish;
use std::time::Duration;
use step::Step;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// Requests at the same time.
const MOST_AT_ONCE: usize = 8;
/// Looks at least so often, should the clock have been moved.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
const SHORTEST_SLEEP: Duration = Duration::from_millis(10);
/// After a database failure.
const PAUSE: Duration = Duration::from_secs(1);

/// Starts sending; it ends by itself, after the requests under way, when `stop` turns true. Aborting the handle ends it
/// at once.
pub fn start(desk: Desk, stop: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(run(desk, stop))
}

async fn run(desk: Desk, mut stop: watch::Receiver<bool>) {
    let mut requests = JoinSet::new();
    if let Err(error) = desk.write(settle::doubt_interrupted).await {
        tracing::warn!(%error, "interrupted requests to providers could not be looked at");
    }
    loop {
        let sleep = advance(&desk, &mut requests).await;
        tokio::select! {
            () = desk.outward() => {}
            Some(_) = requests.join_next() => {}
            () = tokio::time::sleep(sleep) => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    while requests.join_next().await.is_some() {}
}

/// Does all that is due; answers how long there is nothing more to do.
async fn advance(desk: &Desk, requests: &mut JoinSet<()>) -> Duration {
    loop {
        let free = MOST_AT_ONCE.saturating_sub(requests.len());
        if free == 0 {
            return LONGEST_SLEEP;
        }
        let step = match desk.write(move |change| step::take(change, free)).await {
            Ok(step) => step,
            Err(error) => {
                tracing::warn!(%error, "what is due to leave could not be looked at");
                return PAUSE;
            }
        };
        let Step {
            errands,
            did_anything,
            next_due,
        } = step;
        for errand in errands {
            requests.spawn(run_errand(desk.clone(), errand));
        }
        if !did_anything {
            let wait = next_due.map_or(LONGEST_SLEEP, |due| {
                let wait = u64::try_from(due - desk.now_ms()).unwrap_or(0);
                Duration::from_millis(wait).clamp(SHORTEST_SLEEP, LONGEST_SLEEP)
            });
            return wait;
        }
    }
}

async fn run_errand(desk: Desk, errand: step::Errand) {
    let mut letter = errand.letter;
    let outcome = match letter::load_files(&desk, &mut letter, &errand.keys).await {
        Ok(()) => carrier::send(&desk, &errand.carrier, &letter).await,
        Err(reason) => carrier::Outcome::Refused(reason),
    };
    let id = letter.outbound_id;
    // Until this is kept the row says that a request is under way, and so it is after a kill.
    if let Err(error) = desk.write(move |change| finish(change, id, outcome)).await {
        tracing::warn!(outbound.id = id, %error, "the end of a sending could not be kept");
    }
}

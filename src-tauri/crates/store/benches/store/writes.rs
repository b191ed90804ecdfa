//! Filling the store, following the server, and queueing a reply.

use crate::desk::{self, NOW, Size};
use crate::machine::processor_seconds;
use crate::measure::{Aim, Samples, p95, value};
use crate::random::Random;
use deskbell_domain::{AccountKey, ConversationId, ConversationRef, Job};
use deskbell_store::{NewItem, Result, Store};
use std::time::{Duration, Instant};

/// Conversations of one batch: a page of the server's list (reference §3.2), with their threads.
pub const PAGE: i64 = 25;

/// The first filling, newest conversations first as the sync asks for them. Making the texts is not counted.
async fn ingest(store: &Store, seed: u64, size: Size, accounts: &[AccountKey]) -> Result<(Duration, f64)> {
    let (mut spent, mut worked) = (Duration::ZERO, 0.0);
    let mut to = size.conversations;
    while to > 0 {
        let from = (to - PAGE).max(0);
        for batch in desk::batch(seed, size, accounts, from, to) {
            let (begun, idle) = (Instant::now(), processor_seconds());
            store.apply(batch).await?;
            spent += begun.elapsed();
            worked += processor_seconds()
                .zip(idle)
                .map_or(0.0, |(after, before)| after - before);
        }
        to = from;
    }
    Ok((spent, worked))
}

/// Fills the store and prints how fast that went.
pub async fn measure_ingest(store: &Store, seed: u64, size: Size, accounts: &[AccountKey]) -> Result<()> {
    let (spent, worked) = ingest(store, seed, size, accounts).await?;
    let rate = size.messages as f64 / spent.as_secs_f64();
    value("Bulk ingest", rate, "messages/s", Aim::AtLeast(30_000.0), 0.0);
    if worked > 0.0 {
        let rate = size.messages as f64 / worked;
        value("… of processor time", rate, "messages/s", Aim::None, 0.0);
    }
    Ok(())
}

/// Prints what following the server costs: one commit for each event.
pub async fn measure_catch_up(store: &Store, size: Size, accounts: &[AccountKey], floor: f64) -> Result<()> {
    const EVENTS: i64 = 2000;
    let mut random = Random::new(5);
    let mut samples = Samples::default();
    let begun = Instant::now();
    for nth in 0..EVENTS {
        let conversation = random.up_to(size.conversations);
        let account = account_of(accounts, conversation);
        let told = desk::event(size, account, conversation, nth);
        let begun = Instant::now();
        store.apply(told).await?;
        samples.add(begun.elapsed());
    }
    let mean = begun.elapsed().as_secs_f64() * 1e3 / EVENTS as f64;
    value("Catch-up, one event at a time", mean, "ms each", Aim::None, floor);
    p95("Catch-up, one event at a time", &samples, Aim::None, floor);
    catch_up_in_pages(store, size, accounts, EVENTS, floor).await
}

/// As the sync does after a gap: what one page of the server's answer tells is one batch.
async fn catch_up_in_pages(
    store: &Store,
    size: Size,
    accounts: &[AccountKey],
    first: i64,
    floor: f64,
) -> Result<()> {
    const PAGES: i64 = 100;
    let mut random = Random::new(6);
    let mut spent = Duration::ZERO;
    for page in 0..PAGES {
        let Some(&account) = accounts.first() else { break };
        let mut told = deskbell_store::Batch::new(account);
        for place in 0..PAGE {
            let every = accounts.len() as i64;
            let conversation = random.up_to(size.conversations / every) * every;
            let one = desk::event(size, account, conversation, first + page * PAGE + place);
            told.conversations.extend(one.conversations);
            told.messages.extend(one.messages);
        }
        let begun = Instant::now();
        store.apply(told).await?;
        spent += begun.elapsed();
    }
    let each = spent.as_secs_f64() * 1e3 / (PAGES * PAGE) as f64;
    value(
        "Catch-up, per event of a page of 25",
        each,
        "ms each",
        Aim::AtMost(0.2),
        floor,
    );
    Ok(())
}

/// Prints what pressing Send costs until the reply cannot be lost any more.
pub async fn measure_send(store: &Store, size: Size, accounts: &[AccountKey], sync_ms: f64) -> Result<()> {
    const TIMES: i64 = 400;
    let mut random = Random::new(7);
    let mut samples = Samples::default();
    for nth in 0..TIMES {
        let conversation = random.up_to(size.conversations);
        let item = reply(
            ConversationRef::new(account_of(accounts, conversation), ConversationId(conversation)),
            nth,
        );
        let begun = Instant::now();
        let queued = store.enqueue_clearing_draft(vec![item]).await?;
        samples.add(begun.elapsed());
        for item in queued {
            store.discard_item(item.id).await?;
        }
    }
    value(
        "Queueing a reply durably",
        samples.percentile(50),
        "ms p50",
        Aim::AtMost(0.5),
        sync_ms,
    );
    p95("Queueing a reply durably", &samples, Aim::None, sync_ms);
    Ok(())
}

fn reply(conversation: ConversationRef, nth: i64) -> NewItem {
    NewItem {
        subject: conversation.into(),
        job: Job::reply("Thank you, breakfast is from 7 to 10."),
        client_ref: format!("measured-{nth}"),
        created_at: NOW,
        after_message: None,
        queued_offline: false,
        not_before: None,
    }
}

pub fn account_of(accounts: &[AccountKey], conversation: i64) -> AccountKey {
    let place = usize::try_from(conversation).unwrap_or(0) % accounts.len().max(1);
    accounts.get(place).copied().unwrap_or(AccountKey(0))
}

//! Lists, counts and threads.

use crate::desk::{NOW, Size};
use crate::measure::{Aim, Samples, p95};
use crate::random::Random;
use crate::writes::account_of;
use deskbell_domain::{AccountKey, Channel, ConversationId, ConversationRef, ListFilter, StatusFilter, View};
use deskbell_store::{Result, Store, WindowQuery};
use std::time::Instant;

/// Milliseconds of a question whose answer is nothing: the way to the reader's thread and back, and one empty index.
pub async fn floor_ms(store: &Store) -> Result<f64> {
    let nobody = [AccountKey(-1)];
    let mut samples = Samples::default();
    for _ in 0..500 {
        let begun = Instant::now();
        store.counts(&nobody).await?;
        samples.add(begun.elapsed());
    }
    Ok(samples.percentile(50))
}

/// Filters by name; "all" has every one of them.
fn filter(name: &str) -> ListFilter {
    let mut filter = ListFilter::default();
    let chosen = |one: &str| name == one || name == "all";
    if chosen("channel") {
        filter.channels = vec![Channel::Whatsapp];
    }
    if chosen("label") {
        filter.labels = vec!["vip".into()];
    }
    for (one, status) in [
        ("unread", StatusFilter::Unread),
        ("escalated", StatusFilter::Escalated),
        ("expired", StatusFilter::Expired),
    ] {
        if chosen(one) {
            filter.statuses.push(status);
        }
    }
    if chosen("period") {
        (filter.active_from, filter.active_until) = (Some(NOW - 7 * 86_400), Some(NOW));
    }
    filter
}

/// Every view, all properties and one, with each filter and without, at the top.
fn queries(accounts: &[AccountKey]) -> Vec<(String, WindowQuery)> {
    let mut queries = Vec::new();
    for view in View::EVERY {
        for (who, accounts) in [
            ("all", &[] as &[AccountKey]),
            ("one", accounts.get(..1).unwrap_or_default()),
        ] {
            for name in [
                "none",
                "unread",
                "channel",
                "label",
                "escalated",
                "expired",
                "period",
                "all",
            ] {
                let query = WindowQuery {
                    view,
                    accounts: accounts.to_vec(),
                    filter: filter(name),
                    now: NOW,
                    offset: 0,
                    limit: 50,
                };
                queries.push((format!("{view:?}, {who}, {name}"), query));
            }
        }
    }
    queries
}

/// Prints the windows (the worst of all views and filters decides), the counts and the pages.
pub async fn measure(store: &Store, size: Size, accounts: &[AccountKey], floor: f64) -> Result<()> {
    let mut worst = (0.0, String::new(), Samples::default());
    let mut all = Samples::default();
    for (name, query) in queries(accounts) {
        let mut samples = Samples::default();
        for _ in 0..40 {
            let begun = Instant::now();
            store.window(&query).await?;
            samples.add(begun.elapsed());
            all.add(begun.elapsed());
        }
        if samples.percentile(95) > worst.0 {
            worst = (samples.percentile(95), name, samples);
        }
    }
    p95(
        "50-row window, all views and filters",
        &all,
        Aim::AtMost(3.0),
        floor,
    );
    p95(
        &format!("… the slowest: {}", worst.1),
        &worst.2,
        Aim::AtMost(3.0),
        floor,
    );
    let mut counts = Samples::default();
    for _ in 0..100 {
        let begun = Instant::now();
        store.counts(&[]).await?;
        counts.add(begun.elapsed());
    }
    p95("Counts of all views", &counts, Aim::AtMost(10.0), floor);
    p95(
        "50-message page",
        &pages(store, size, accounts, 1000).await?,
        Aim::AtMost(1.0),
        floor,
    );
    Ok(())
}

/// The newest page of threads all over the archive.
pub async fn pages(store: &Store, size: Size, accounts: &[AccountKey], times: usize) -> Result<Samples> {
    let mut random = Random::new(3);
    let mut samples = Samples::default();
    for _ in 0..times {
        let conversation = random.up_to(size.conversations);
        let thread = ConversationRef::new(account_of(accounts, conversation), ConversationId(conversation));
        let begun = Instant::now();
        store.messages(thread, None, 50).await?;
        samples.add(begun.elapsed());
    }
    Ok(samples)
}

//! Input nobody sends by accident, for every route there is: a thousand requests each, made from a valid one by a
//! seed. Never a failure of the server, never silence, never a word of somebody else's data.
//!
//! Another seed or another number: `DESKBELL_HOSTILE_SEED=7 DESKBELL_HOSTILE_REQUESTS=20000`.

// The helpers beside the tests fail a test the way a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod caller;
mod ground;
mod ids;
mod judge;
mod mutate;
#[path = "../support/plan.rs"]
mod plan;
mod plant;
mod request;
#[path = "../support/routes.rs"]
mod routes;
mod run;
mod secrets;
mod staff;
mod table;
mod values;

use table::Row;

async fn try_all(group: &str, rows: Vec<Row>) {
    run::all(group, rows).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_hostile_harms_conversations() {
    try_all("conversations", table::conversations()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_hostile_harms_contacts() {
    try_all("contacts", table::contacts()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_hostile_harms_the_account() {
    try_all("account", table::account()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_hostile_harms_the_small_resources() {
    try_all("small", table::small()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_hostile_harms_reports_and_searches() {
    try_all("reports", table::reports()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_hostile_harms_people_and_guests() {
    try_all("open", table::open()).await;
}

#[test]
fn every_route_has_its_row() {
    let (rows, routes) = (table::endpoints(), routes::of_the_source());
    let without_row: Vec<_> = routes.difference(&rows).collect();
    assert!(without_row.is_empty(), "without a row: {without_row:#?}");
    let without_route: Vec<_> = rows.difference(&routes).collect();
    assert!(without_route.is_empty(), "without a route: {without_route:#?}");
}

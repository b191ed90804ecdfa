//! A computer that slept while a guest asked for a person.

use deskbell_tests::core::Core;
use deskbell_tests::desk::Desk;
use deskbell_tests::processes;
use deskbell_tests::worker::Worker;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Seconds of sleep; 600 by hand with `DESKBELL_STOP_SECONDS`. A second is enough for the desk to end the socket.
const SECONDS: u64 = 1;

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_while_it_was_stopped_rings_when_it_goes_on() {
    let desk = Desk::start();
    let folder = TempDir::new().expect("a temporary folder can be made");
    let core = Core::signed_in(&desk, desk.login("agent"), folder.path()).await;
    core.stop().await;
    let mut worker = Worker::start(folder.path(), &["watch".to_owned()]);
    worker.until("live");

    processes::stop(worker.id());
    let id = desk
        .guest_starts(desk.facts().accounts[0].id, "I want my money back")
        .await;
    // As a router would that forgot the connection: nothing waits in the sleeper's buffers.
    desk.close_sockets().await;
    let seconds = std::env::var("DESKBELL_STOP_SECONDS").ok();
    let seconds = seconds.and_then(|text| text.parse().ok()).unwrap_or(SECONDS);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    processes::wake(worker.id());
    let awake = Instant::now();
    while worker.until("rang")["rang"] != id {}
    println!(
        "stopped for {seconds} s: rang {:.1} s after it went on",
        awake.elapsed().as_secs_f64()
    );
}

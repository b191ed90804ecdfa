//! The desk under load on this computer: many sockets, messages at a steady pace, each of which must reach every
//! socket once. Says how long that takes and how much memory the desk holds; ends with 1 when an event was lost.
//!
//! `cargo bench -p deskbell-desk --bench load -- --seconds 300`

// A part that fails ends the measurement, and that is all it is for.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod desk;
mod listener;
#[path = "../../tests/process/program.rs"]
mod program;
mod sender;

use clap::Parser;
use desk::Desk;
use listener::Heard;
use sender::Sent;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[derive(Parser)]
struct Arguments {
    /// How long messages are sent.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    #[arg(long, default_value_t = 500)]
    sockets: usize,
    /// Messages a second.
    #[arg(long, default_value_t = 50)]
    rate: u32,
    /// Cargo says so.
    #[arg(long, hide = true)]
    bench: bool,
}

/// Nothing arrived for so long: what is missing is lost.
const SILENCE: Duration = Duration::from_secs(20);

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let desk = Arc::new(Desk::start().await);
    let places = desk.conversations(arguments.rate).await;
    let people = desk.people(places[0]).await;
    let sent = Arc::new(Sent::default());
    let heard = Arc::new(Heard::default());
    for number in 0..arguments.sockets {
        let person = &people[number % people.len()];
        listener::listen(&desk, person, Arc::clone(&sent), Arc::clone(&heard)).await;
    }
    println!(
        "{} sockets of {} people, {} messages a second for {} s, in {} conversations",
        arguments.sockets,
        people.len(),
        arguments.rate,
        arguments.seconds,
        places.len()
    );
    let at_start = desk.memory();
    let sending = sender::send(
        &desk,
        &places,
        arguments.rate,
        arguments.seconds,
        Arc::clone(&sent),
    );
    let half = tokio::time::sleep(Duration::from_secs(arguments.seconds) / 2);
    let (refused, in_the_middle) = tokio::join!(sending, async {
        half.await;
        desk.memory()
    });
    settle(&heard, sent.count() * arguments.sockets).await;
    let at_end = desk.memory();
    report(
        &arguments,
        &sent,
        &heard,
        refused,
        [at_start, in_the_middle, at_end],
    )
}

/// Waits until all is heard, or nothing more comes.
async fn settle(heard: &Heard, wanted: usize) {
    let (mut last, mut since) = (0, Instant::now());
    while heard.count() < wanted && since.elapsed() < SILENCE {
        if heard.count() > last {
            (last, since) = (heard.count(), Instant::now());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn report(
    arguments: &Arguments,
    sent: &Sent,
    heard: &Heard,
    refused: usize,
    memory: [Option<u64>; 3],
) -> ExitCode {
    let wanted = sent.count() * arguments.sockets;
    let (once, again) = heard.once_and_again();
    let lost = wanted - once;
    println!(
        "{} messages, {wanted} events: {lost} lost, {again} twice, {refused} refused",
        sent.count()
    );
    show("POST to answer", sent.answered());
    show("POST to socket", heard.delays());
    let shown =
        memory.map(|memory| memory.map_or("not measured".to_owned(), |kib| format!("{} MB", kib / 1024)));
    println!(
        "memory of the desk: {} at the start, {} in the middle, {} at the end",
        shown[0], shown[1], shown[2]
    );
    match lost + refused {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Microseconds, in any order.
fn show(what: &str, mut times: Vec<u32>) {
    times.sort_unstable();
    let at = |part: f64| {
        let index = (times.len().saturating_sub(1) as f64 * part) as usize;
        times
            .get(index)
            .map_or(f64::NAN, |micros| f64::from(*micros) / 1000.0)
    };
    println!(
        "{what}: p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

//! Sends the requests, and looks after each whether harm was done.

use crate::caller::{Caller, by_itself};
use crate::ground::{Ground, Template};
use crate::judge;
use crate::mutate::Bender;
use crate::request::{Answer, Sample, send};
use crate::secrets::Said;
use crate::table::{self, Row};
use crate::values::pick;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::Instant;
use tokio::task::JoinSet;

/// Of bent requests for each endpoint.
const REQUESTS: usize = 1000;
const SEED: u64 = 20_260_101;
/// So many requests one copy of the ground takes.
const ROUND: usize = 200;
/// And where each takes something away.
const ROUND_OF_DESTROYERS: usize = 50;
/// Endpoints at a time in one test.
const AT_ONCE: usize = 2;
/// What must still be answered to an administrator after a round, and can be read.
const LOOKS: &[&str] = &[
    "~/conversations?status=all",
    "~/contacts",
    "~/conversations/{conversation}/messages",
    "~/notifications?includes[]=read",
    "~/labels",
    "~/macros",
    "~/inboxes",
    "~/agents",
    "~/search?q=",
];

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// What the desk reported as its own failure: nothing, or a test fails.
static REPORTED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

#[derive(Clone)]
struct Reports;

impl Write for Reports {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        REPORTED
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn listen_to_reports() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::ERROR)
            .with_ansi(false)
            .with_writer(|| Reports)
            .init();
    });
}

fn reported() -> Option<String> {
    let reported = REPORTED.lock().unwrap_or_else(PoisonError::into_inner);
    (!reported.is_empty()).then(|| String::from_utf8_lossy(&reported).into_owned())
}

type Counts = BTreeMap<u16, usize>;

/// Tries all rows; panics with every complaint there is.
pub async fn all(group: &str, rows: Vec<Row>) {
    listen_to_reports();
    let begun = Instant::now();
    let template = Arc::new(Template::make().await);
    let fields: Arc<[String]> = table::fields().into();
    let endpoints = rows.len();
    let (mut waiting, mut running) = (rows.into_iter(), JoinSet::new());
    let (mut counts, mut complaints) = (Counts::new(), Vec::new());
    loop {
        while running.len() < AT_ONCE
            && let Some(row) = waiting.next()
        {
            let (template, fields) = (Arc::clone(&template), Arc::clone(&fields));
            running.spawn(async move { one(&row, &template, &fields).await });
        }
        let Some(ended) = running.join_next().await else {
            break;
        };
        match ended.unwrap() {
            Ok(some) => some
                .into_iter()
                .for_each(|(status, count)| *counts.entry(status).or_default() += count),
            Err(complaint) => complaints.push(complaint),
        }
    }
    let requests: usize = counts.values().sum();
    println!(
        "{group}: {endpoints} endpoints, {requests} requests, {:.1} s, by status {counts:?}",
        begun.elapsed().as_secs_f32()
    );
    assert!(
        complaints.is_empty(),
        "{} of {endpoints}:\n{}",
        complaints.len(),
        complaints.join("\n\n")
    );
    assert_eq!(reported(), None, "the desk reported a failure of its own");
}

/// The same for the same row, whatever is before it in the table.
fn seed_of(row: &Row) -> u64 {
    let mix = |seed: u64, byte: u8| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let seed = setting("DESKBELL_HOSTILE_SEED").unwrap_or(SEED);
    row.name().bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, mix)
}

/// One endpoint.
async fn one(row: &Row, template: &Template, fields: &[String]) -> Result<Counts, String> {
    let mut bender = Bender {
        random: StdRng::seed_from_u64(seed_of(row)),
        own: &template.own,
        foreign: &template.foreign,
        fields,
    };
    let valid = row.sample(&template.own);
    let mut ground = template.copy();
    unbent(row, &valid, template, &ground).await?;
    let requests = setting("DESKBELL_HOSTILE_REQUESTS").map_or(REQUESTS, |count| count as usize);
    let round = if row.is_destroying {
        ROUND_OF_DESTROYERS
    } else {
        ROUND
    };
    let (mut counts, mut said, mut number) = (Counts::new(), Said::default(), 0);
    while number < requests {
        let caller = caller(row, &mut bender.random);
        let sample = caller.sign(bender.bend(&valid), &template.own, &template.foreign);
        let Some(request) = sample.build() else { continue };
        number += 1;
        let told = |problem: String| {
            format!(
                "{}, request {number} by {caller:?}: {problem}\n    {}",
                row.name(),
                sample.shown()
            )
        };
        let answer = send(&ground.router, request).await.map_err(told)?;
        let text = sample.text();
        said.add(&text, &template.secrets);
        let speaker = by_itself(&sample, &text, &template.own, &template.foreign).unwrap_or(caller);
        let complaint = judge::complaint(&sample, speaker, &said, &answer, &template.secrets);
        if let Some(problem) = complaint.or_else(reported) {
            return Err(told(problem));
        }
        *counts.entry(answer.status).or_default() += 1;
        // A minute's limit is not what is tried here.
        ground.desk.clock().advance(1);
        if number % round == 0 {
            look(template, &ground).await.map_err(told)?;
            ground = template.copy();
            said = Said::default();
        }
    }
    Ok(counts)
}

/// The row itself has to be right.
async fn unbent(row: &Row, valid: &Sample, template: &Template, ground: &Ground) -> Result<(), String> {
    let sample = row.caller.sign(valid.clone(), &template.own, &template.foreign);
    let answer = send(&ground.router, sample.build().ok_or("no request")?).await?;
    if answer.status != row.status {
        let body = String::from_utf8_lossy(&answer.body);
        return Err(format!(
            "{} does not succeed: {} {body}",
            row.name(),
            answer.status
        ));
    }
    let mut said = Said::default();
    let text = sample.text();
    said.add(&text, &template.secrets);
    let speaker = by_itself(&sample, &text, &template.own, &template.foreign).unwrap_or(row.caller);
    let complaint = judge::complaint(&sample, speaker, &said, &answer, &template.secrets);
    complaint.map_or(Ok(()), |problem| Err(format!("{}: {problem}", row.name())))
}

/// Mostly somebody who may, so that the request gets far.
fn caller(row: &Row, random: &mut StdRng) -> Caller {
    if random.random_bool(0.6) || matches!(row.caller, Caller::Guest) {
        return row.caller;
    }
    *pick(
        random,
        &[
            Caller::Nobody,
            Caller::Ana,
            Caller::Ben,
            Caller::Sam,
            Caller::Bot,
            Caller::Stranger,
            Caller::Session,
        ],
    )
}

/// Nothing that was written may make the rest unreadable.
async fn look(template: &Template, ground: &Ground) -> Result<(), String> {
    for path in LOOKS {
        let path = template
            .own
            .fill(&path.replace('~', "/api/v1/accounts/{account}"));
        let sample = Caller::Ana.sign(Sample::new("GET", &path), &template.own, &template.foreign);
        let answer: Answer = send(&ground.router, sample.build().ok_or("no request")?).await?;
        let is_gone = answer.status == 404 || answer.status == 401;
        if !is_gone && serde_json::from_slice::<Value>(&answer.body).is_err() {
            return Err(format!("afterwards {path} answers {} and no JSON", answer.status));
        }
        if answer.status >= 500 {
            return Err(format!("afterwards {path} answers {}", answer.status));
        }
    }
    Ok(())
}

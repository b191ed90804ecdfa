//! Simulated guests on a served desk with the demo properties, over an hour of its own clock.

use crate::house::reply;
use deskbell_desk::simulate::{Report, chats, lines, plan::Mind, plan::Plan};
use deskbell_desk::{Options, Running, Simulation};
use reqwest::Client;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::watch;

const WANTED: Simulation = Simulation {
    per_hour: 60,
    seed: 11,
};

async fn served(demo: bool) -> (TempDir, Running) {
    let data = TempDir::new().unwrap();
    let running = deskbell_desk::serve(Options {
        listen: "127.0.0.1:0".parse().unwrap(),
        data: data.path().join("desk"),
        demo,
        test_controls: true,
        llm: None,
    });
    let running = running.await.unwrap();
    (data, running)
}

async fn ledger(running: &Running) -> Value {
    let answer = Client::new().get(format!("{}/test/ledger", running.url())).send();
    let (status, json) = reply(answer.await.unwrap()).await;
    assert_eq!(status, 200);
    json
}

/// Moves the clock on, and waits until everything that was due is done.
async fn advance(running: &Running, report: &mut watch::Receiver<Report>, seconds: i64) -> Report {
    running.desk().clock().advance(seconds);
    let now = running.desk().now_ms();
    *report.wait_for(|report| report.until_ms >= now).await.unwrap()
}

fn contacts(messages: &Value, first_new: i64) -> Vec<i64> {
    let all = messages["messages"].as_array().unwrap().iter();
    let mut writers: Vec<i64> = all
        .filter(|one| one["message_type"] == 0 && one["id"].as_i64() >= Some(first_new))
        .filter_map(|one| one["sender_id"].as_i64())
        .collect();
    writers.sort_unstable();
    writers.dedup();
    writers
}

#[tokio::test]
async fn an_hour_brings_the_guests_of_the_plan() {
    let (_data, mut running) = served(true).await;
    let before = ledger(&running).await;
    let first_new = before["messages"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["id"].as_i64())
        .max()
        .unwrap()
        + 1;
    let houses = chats(running.desk())
        .await
        .unwrap()
        .iter()
        .map(|chat| chat.house)
        .collect();
    let plan = Plan::new(WANTED.seed, WANTED.per_hour, houses, lines::all().unwrap());
    let planned: Vec<_> = (0..60).filter_map(|number| plan.guest(number)).collect();
    let mut report = running.simulate(WANTED).await.unwrap();
    let mut told = Report::default();
    for _ in 0..240 {
        told = advance(&running, &mut report, 15).await;
    }
    assert!((60..=61).contains(&told.arrived), "{told:?}");
    // The stragglers say what they came to say.
    for _ in 0..200 {
        told = advance(&running, &mut report, 15).await;
    }
    assert_eq!(told.not_taken, 0, "{told:?}");
    assert!(
        told.read > 20,
        "the assistant answers and guests read it: {told:?}"
    );
    let after = ledger(&running).await;
    let writers = contacts(&after, first_new);
    assert!(
        writers.len() as u64 >= 60 && writers.len() as u64 <= told.arrived,
        "{} of {told:?}",
        writers.len()
    );
    let messages: Vec<&Value> = after["messages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["id"].as_i64() >= Some(first_new))
        .collect();
    let from_bot = messages
        .iter()
        .filter(|one| one["sender_type"] == "AgentBot" && one["private"] == false)
        .count();
    assert!(from_bot > 40, "{from_bot} answers of the assistant");
    let of_mind = |mind| planned.iter().filter(|guest| guest.mind == mind).count();
    let escalated = after["conversations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["status"] == "open" && writers.contains(&one["contact_id"].as_i64().unwrap()));
    let escalated = escalated.count();
    assert!(escalated >= of_mind(Mind::Complains), "{escalated} need a person");
    let back: Vec<String> = lines::all()
        .unwrap()
        .into_iter()
        .flat_map(|(_, lines)| lines.back)
        .collect();
    let came_back = messages
        .iter()
        .filter(|one| back.iter().any(|line| one["content"] == json!(line)))
        .count();
    assert!(came_back > 0 && of_mind(Mind::ComesBack) > 0);
    assert!(messages.iter().any(|one| one["content"] == "STOP"));
    running.stop().await;
}

#[tokio::test]
async fn it_ends_with_the_desk_and_leaves_nothing_half_done() {
    let (data, mut running) = served(true).await;
    let mut report = running
        .simulate(Simulation {
            per_hour: 3600,
            seed: 2,
        })
        .await
        .unwrap();
    for _ in 0..8 {
        advance(&running, &mut report, 10).await;
    }
    // In the middle of all that is due now.
    running.desk().clock().advance(60);
    running.stop().await;
    assert!(report.wait_for(|_| false).await.is_err(), "it has ended");
    let again = deskbell_desk::serve(Options {
        listen: "127.0.0.1:0".parse().unwrap(),
        data: data.path().join("desk"),
        demo: false,
        test_controls: true,
        llm: None,
    });
    let again = again.await.unwrap();
    let said = report.borrow().said;
    assert!(said > 10, "{said} lines");
    let kept = ledger(&again).await;
    let incoming = kept["messages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["message_type"] == 0)
        .count();
    assert!(incoming as u64 >= said, "{incoming} kept of {said}");
    again.stop().await;
}

#[tokio::test]
async fn nobody_comes_where_there_is_no_chat() {
    let (_data, mut running) = served(false).await;
    let refused = running.simulate(WANTED).await;
    assert!(refused.unwrap_err().to_string().contains("no web chat"));
    running.stop().await;
}

//! Messages at a steady pace, whether or not the ones before were answered.

use crate::desk::Desk;
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

/// When each message was sent, by its number.
#[derive(Default)]
pub struct Sent {
    times: Mutex<Vec<Instant>>,
    answered: Mutex<Vec<u32>>,
}

impl Sent {
    fn add(&self) -> usize {
        let mut times = self.times.lock().unwrap();
        times.push(Instant::now());
        times.len() - 1
    }

    pub fn at(&self, number: usize) -> Instant {
        self.times.lock().unwrap()[number]
    }

    pub fn count(&self) -> usize {
        self.times.lock().unwrap().len()
    }

    /// Microseconds until the answer.
    pub fn answered(&self) -> Vec<u32> {
        self.answered.lock().unwrap().clone()
    }
}

/// What a message is known by: `load-7-`.
pub fn echo_id(number: usize) -> String {
    format!("load-{number}-")
}

/// Sends until the time is over and all are answered; answers how many were refused.
pub async fn send(desk: &Arc<Desk>, places: &[i64], rate: u32, seconds: u64, sent: Arc<Sent>) -> usize {
    let mut pace = tokio::time::interval(Duration::from_secs(1) / rate);
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (mut flying, mut refused) = (JoinSet::new(), 0);
    for number in 0..u64::from(rate) * seconds {
        pace.tick().await;
        let place = places[usize::try_from(number).unwrap() % places.len()];
        flying.spawn(one(Arc::clone(desk), place, Arc::clone(&sent)));
        while let Some(ended) = flying.try_join_next() {
            refused += usize::from(!ended.unwrap());
        }
    }
    while let Some(ended) = flying.join_next().await {
        refused += usize::from(!ended.unwrap());
    }
    refused
}

async fn one(desk: Arc<Desk>, place: i64, sent: Arc<Sent>) -> bool {
    let url = desk.url(&desk.of_account(&format!("/conversations/{place}/messages")));
    let number = sent.add();
    let body = json!({ "content": "Your room is ready.", "echo_id": echo_id(number) });
    let request = desk
        .client
        .post(url)
        .header("api_access_token", &desk.token)
        .json(&body);
    let took = |at: Instant| u32::try_from(at.elapsed().as_micros()).unwrap_or(u32::MAX);
    let Ok(answer) = request.send().await else {
        return false;
    };
    let is_taken = answer.status().is_success() && answer.bytes().await.is_ok();
    sent.answered.lock().unwrap().push(took(sent.at(number)));
    is_taken
}

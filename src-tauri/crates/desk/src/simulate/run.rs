//! Lets the guests of a plan come and go by the desk's clock, until the desk stops.

use super::door::{Door, Inside, NotTaken};
use super::guest::{Next, Standing, next};
use super::plan::{Act, Guest, Plan};
use super::{Chat, Simulation, lines};
use crate::desk::Desk;
use axum::Router;
use futures_util::StreamExt;
use futures_util::stream;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How often the desk's clock is looked at: it may be moved by hand.
const LOOK: Duration = Duration::from_millis(50);
/// Guests who do something at the same moment.
const AT_ONCE: usize = 16;
/// A guest whose request was not taken tries again so many times, each after this by the desk's clock.
const TRIES: u32 = 3;
const AGAIN_MS: i64 = 5000;

/// How it goes, counted since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Everything that was due until then was done; epoch milliseconds by the desk's clock.
    pub until_ms: i64,
    /// Guests who came.
    pub arrived: u64,
    /// What they said.
    pub said: u64,
    /// Answers they read.
    pub read: u64,
    /// Guests who left, those that gave up included.
    pub left: u64,
    /// Requests that were not taken.
    pub not_taken: u64,
}

/// Starts it; `stop` turning true ends it, after what guests are just doing.
pub fn start(
    desk: Desk,
    routes: Router,
    chats: &[Chat],
    wanted: Simulation,
    stop: watch::Receiver<bool>,
) -> Result<(JoinHandle<()>, watch::Receiver<Report>), serde_json::Error> {
    let houses = chats.iter().map(|chat| chat.house).collect();
    let plan = Plan::new(wanted.seed, wanted.per_hour, houses, lines::all()?);
    let doors = chats
        .iter()
        .map(|chat| Door::new(routes.clone(), chat.identifier.clone()));
    let (told, report) = watch::channel(Report::default());
    let street = Street {
        begins_ms: desk.now_ms(),
        desk,
        plan,
        doors: doors.collect(),
        coming: 0,
        present: BTreeMap::new(),
        due: BinaryHeap::new(),
        report: Report::default(),
        stop,
    };
    Ok((tokio::spawn(street.run(told)), report))
}

/// Somebody who is here.
struct Present {
    guest: Guest,
    standing: Standing,
    inside: Option<Inside>,
    /// Number of what it said last.
    said: i64,
    tries: u32,
}

struct Street {
    desk: Desk,
    begins_ms: i64,
    plan: Plan,
    doors: Vec<Door>,
    /// Number of the guest who comes next.
    coming: u64,
    present: BTreeMap<u64, Present>,
    /// When who has something to do, soonest first.
    due: BinaryHeap<Reverse<(i64, u64)>>,
    report: Report,
    stop: watch::Receiver<bool>,
}

/// What came of what a guest did.
enum Outcome {
    Arrived,
    Stepped,
    Said,
    Read,
    NotTaken,
    Looked,
}

impl Street {
    async fn run(mut self, told: watch::Sender<Report>) {
        let mut looks = tokio::time::interval(LOOK);
        let mut stop = self.stop.clone();
        loop {
            tokio::select! {
                _ = looks.tick() => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
            let now_ms = self.desk.now_ms();
            self.welcome(now_ms);
            while let Some(busy) = self.take_due(now_ms) {
                self.let_act(busy, now_ms).await;
                if *self.stop.borrow() {
                    return;
                }
            }
            self.report.until_ms = now_ms;
            told.send_replace(self.report);
        }
    }

    /// Lets in who has come until now.
    fn welcome(&mut self, now_ms: i64) {
        while self.begins_ms + self.plan.arrives_ms(self.coming) <= now_ms {
            let Some(guest) = self.plan.guest(self.coming) else {
                return;
            };
            self.coming += 1;
            let present = Present {
                standing: Standing::at(now_ms),
                guest,
                inside: None,
                said: 0,
                tries: 0,
            };
            self.put(present, now_ms);
        }
    }

    /// Whoever has something to do by now; none when nobody has.
    fn take_due(&mut self, now_ms: i64) -> Option<Vec<(Present, Next)>> {
        let mut busy = Vec::new();
        while self.due.peek().is_some_and(|Reverse((at, _))| *at <= now_ms) {
            let Some(Reverse((_, number))) = self.due.pop() else {
                break;
            };
            let Some(present) = self.present.remove(&number) else {
                continue;
            };
            match next(&present.guest, &present.standing, now_ms) {
                Next::Gone => self.report.left += 1,
                Next::Wait(at) => self.put(present, at),
                act => busy.push((present, act)),
            }
        }
        (!busy.is_empty()).then_some(busy)
    }

    fn put(&mut self, present: Present, at_ms: i64) {
        self.due.push(Reverse((at_ms, present.guest.number)));
        self.present.insert(present.guest.number, present);
    }

    async fn let_act(&mut self, busy: Vec<(Present, Next)>, now_ms: i64) {
        let (doors, stop) = (&self.doors, &self.stop);
        let acts = busy.into_iter().map(|(mut present, act)| async move {
            // Told to stop: nothing new is begun.
            if *stop.borrow() {
                return (present, Outcome::NotTaken);
            }
            let done = match doors.get(present.guest.chat) {
                Some(door) => present.act(door, act, now_ms).await,
                None => Err(NotTaken(404)),
            };
            (present, done.unwrap_or(Outcome::NotTaken))
        });
        let done: Vec<(Present, Outcome)> = stream::iter(acts).buffer_unordered(AT_ONCE).collect().await;
        for (present, outcome) in done {
            self.count(present, &outcome, now_ms);
        }
    }

    fn count(&mut self, mut present: Present, outcome: &Outcome, now_ms: i64) {
        match outcome {
            Outcome::Said => self.report.said += 1,
            Outcome::Read => self.report.read += 1,
            Outcome::Arrived => self.report.arrived += 1,
            Outcome::Stepped | Outcome::Looked => {}
            Outcome::NotTaken => {
                self.report.not_taken += 1;
                present.tries += 1;
                if present.tries > TRIES {
                    self.report.left += 1;
                    return;
                }
                self.put(present, now_ms + AGAIN_MS);
                return;
            }
        }
        present.tries = 0;
        self.put(present, now_ms);
    }
}

impl Present {
    /// Does one thing; on failure nothing about the guest changes.
    async fn act(&mut self, door: &Door, act: Next, now_ms: i64) -> Result<Outcome, NotTaken> {
        let outcome = match (act, &self.inside) {
            (Next::Do(Act::Arrive), _) => {
                self.inside = Some(door.arrive(&self.guest.name, self.guest.email.as_deref()).await?);
                Outcome::Arrived
            }
            (Next::Do(Act::Type), Some(inside)) => {
                door.set_typing(inside, true).await?;
                Outcome::Stepped
            }
            (Next::Do(Act::Say(line)), Some(inside)) => {
                self.said = door.say(inside, &line).await?;
                door.set_typing(inside, false).await.ok();
                Outcome::Said
            }
            (Next::Do(Act::See), Some(inside)) => {
                door.see(inside).await?;
                match self.standing.answered_ms {
                    Some(_) => Outcome::Read,
                    None => Outcome::Stepped,
                }
            }
            (Next::Look, Some(inside)) => {
                let is_answered = door.is_answered(inside, self.said).await?;
                self.standing = self.standing.looked(now_ms, is_answered);
                return Ok(Outcome::Looked);
            }
            _ => return Err(NotTaken(404)),
        };
        self.standing = self.standing.stepped(now_ms);
        Ok(outcome)
    }
}

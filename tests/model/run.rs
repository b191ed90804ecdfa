//! Runs one script: a desk and a program of its own, every step, the healing, and the judgement.

use crate::desk_side::{DeskSide, PRIORITIES};
use crate::judge;
use crate::person::Person;
use crate::program::Program;
use crate::script::{Colleague, Script, Step, Target, Trouble};
use crate::template::{self, CONVERSATIONS, Template};
use crate::time::{Time, Works};
use deskbell_domain::{OutboxItem, OutboxState, Priority};
use std::cell::Cell;
use std::collections::HashMap;
use std::io::Write;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// After all troubles: until everything must have come to rest.
const MOST_SECONDS: u32 = 1_500;
/// The longest a server may still work on what it was told before.
const LATEST_SECONDS: u32 = 301;
/// The slow timer of sync, and what it then needs.
const SLOW_CATCH_UP_SECONDS: u32 = 320;
/// A script takes a second or two of the system's time; on the busiest computer it does not take this long.
const STANDSTILL: Duration = Duration::from_secs(600);
/// Enough to notice a cut, to wait for the next attempt and to catch up.
const RECONNECT_SECONDS: u32 = 60;

thread_local! {
    /// Panics on this thread, also in tasks, which would otherwise go unnoticed.
    pub static PANICS: Cell<u32> = const { Cell::new(0) };
}

/// Something a colleague, a guest or the server itself did to a conversation.
#[derive(Clone, Debug)]
pub struct Other {
    pub conversation: i64,
    pub order: usize,
    pub what: Option<Colleague>,
}

/// Everything of one run.
pub struct Scene {
    pub time: Time,
    pub desk: DeskSide,
    pub program: Program,
    pub person: Person,
    pub others: Vec<Other>,
    /// State changes may be performed late, so the last press need not win on the server.
    pub late_changes: bool,
    late: bool,
    /// The newest version seen here of each conversation.
    versions: HashMap<i64, f64>,
    order: usize,
    conversations: i64,
}

/// How much was pressed in a run and what became of it: a model that presses nothing finds nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub pressed: u32,
    pub messages: u32,
    /// Messages the server has.
    pub arrived: u32,
    /// Changes that ask the person in the end.
    pub asking: u32,
    pub discarded: u32,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.pressed += other.pressed;
        self.messages += other.messages;
        self.arrived += other.arrived;
        self.asking += other.asking;
        self.discarded += other.discarded;
    }
}

/// Runs `script`; the error says what is wrong in the end. `slot` tells parallel runs apart.
pub fn run(template: &Template, script: &Script, slot: u8) -> Result<Tally, String> {
    PANICS.set(0);
    let _watched = watched(format!("{script:#?}"));
    let result = catch_unwind(AssertUnwindSafe(|| play(template, script, slot)));
    match PANICS.get() {
        0 => result.unwrap_or_else(|_| Err("it panics".into())),
        count => Err(format!("{count} panics; {:?}", result.ok())),
    }
}

/// A script that stands still would hold up everything behind it without a word: it is told, and the program ends.
fn watched(script: String) -> mpsc::Sender<()> {
    let (running, ended) = mpsc::channel();
    std::thread::spawn(move || {
        if ended.recv_timeout(STANDSTILL) == Err(RecvTimeoutError::Timeout) {
            let _ = writeln!(std::io::stderr(), "it stands still: {script}");
            std::process::exit(101);
        }
    });
    running
}

fn play(template: &Template, script: &Script, slot: u8) -> Result<Tally, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let result = runtime.block_on(async {
        let folder = template::folder();
        template.copy(folder.path());
        let mut scene = Scene::open(template, folder.path(), address(slot)).await;
        for step in &script.steps {
            scene.step(step).await;
            scene.order += 1;
            if let Err(wrong) = scene.nothing_goes_back().await {
                scene.close().await;
                return Err(wrong);
            }
        }
        let result = scene.end(script.patient).await;
        scene.close().await;
        result
    });
    runtime.shutdown_background();
    result
}

/// An address of its own where the system has many: a port that is free for a moment is not taken by another run.
fn address(slot: u8) -> SocketAddr {
    let ip = if cfg!(target_os = "linux") {
        let [.., high, low] = std::process::id().to_be_bytes();
        [127, 1 + high % 250, low, 2 + slot]
    } else {
        [127, 0, 0, 1]
    };
    (ip, 0).into()
}

impl Scene {
    async fn open(template: &Template, folder: &Path, address: SocketAddr) -> Self {
        let time = Time::stopped();
        let house = template.house.clone();
        let desk = DeskSide::start(folder.join("desk"), address, house, &time).await;
        let program = Program::first_start(folder.join("program"), &desk.url(), template, &time).await;
        let scene = Self {
            time,
            desk,
            program,
            person: Person::default(),
            others: Vec::new(),
            late_changes: false,
            late: false,
            versions: HashMap::new(),
            order: 0,
            conversations: i64::from(CONVERSATIONS),
        };
        scene.pass(2).await;
        scene
    }

    fn works(&self) -> Works<'_> {
        Works {
            desk: self.desk.desk(),
            store: Some(&self.program.store),
        }
    }

    pub async fn pass(&self, seconds: u32) {
        self.time.pass(seconds, &self.works()).await;
    }

    fn now(&self) -> i64 {
        self.time.now_ms() / 1000
    }

    fn conversation(&self, number: u8) -> i64 {
        1 + i64::from(number) % self.conversations
    }

    fn other(&mut self, conversation: i64, what: Option<Colleague>) {
        let order = self.order;
        self.others.push(Other {
            conversation,
            order,
            what,
        });
    }

    async fn step(&mut self, step: &Step) {
        match step {
            Step::Press(number, press) => {
                let (id, now) = (self.conversation(*number), self.now());
                self.person
                    .press(&self.program, &self.desk.house, id, press, now, self.order)
                    .await;
            }
            Step::Decide(which, decide) => {
                let now = self.now();
                self.person.decide(&self.program, *which, *decide, now).await;
            }
            Step::Look(number) => self
                .program
                .engine
                .refresh_thread(self.program.at(self.conversation(*number))),
            Step::Guest(number) if self.desk.is_up() => {
                let id = self.conversation(*number);
                self.desk.guest_writes(id).await;
                self.other(id, None);
            }
            Step::NewGuest(channel) if self.desk.is_up() => {
                self.desk.guest_starts(*channel).await;
                self.conversations += 1;
            }
            Step::Colleague(number, what) => {
                let id = self.conversation(*number);
                if self.desk.colleague(id, what).await {
                    self.other(id, Some(what.clone()));
                }
            }
            Step::Trouble {
                target,
                trouble,
                times,
            } => {
                let is_late = matches!(
                    trouble,
                    Trouble::Delay(_) | Trouble::Late(_) | Trouble::LateBehindProxy(_)
                );
                self.late |= is_late;
                self.late_changes |= is_late && *target != Target::Messages && *target != Target::Socket;
                self.desk.trouble(*target, *trouble, *times).await;
            }
            Step::Frames(frames) => self.desk.frames(*frames).await,
            Step::Heal => self.desk.heal().await,
            Step::DeskDown => self.desk.down(&self.time, Some(&self.program.store)).await,
            Step::DeskUp => self.desk.up(&self.time).await,
            Step::Restart => self.restart().await,
            Step::TryNow => self.program.engine.try_now(),
            Step::SignInAgain if self.program.is_signed_out() => {
                let row = self.program.row().await;
                self.program.sign_in_again(row);
            }
            Step::Sleep(seconds) => self.time.leap(i64::from(*seconds) * 1000, &self.works()),
            Step::Wait(seconds) => self.pass(u32::from(*seconds)).await,
            Step::Turns(turns) => {
                for _ in 0..*turns {
                    tokio::task::yield_now().await;
                }
            }
            Step::Guest(_) | Step::NewGuest(_) | Step::SignInAgain => {}
        }
    }

    async fn restart(&mut self) {
        self.program.restart(&self.time, self.desk.desk()).await;
    }

    /// No conversation kept here is older than it was.
    async fn nothing_goes_back(&mut self) -> Result<(), String> {
        for id in 1..=self.conversations {
            let stored = self.program.store.conversation(self.program.at(id)).await;
            let Some(stored) = stored.map_err(|error| error.to_string())? else {
                continue;
            };
            let version = stored.server.updated_at.unwrap_or_default();
            let before = self.versions.insert(id, version);
            if before.is_some_and(|before| before > version) {
                return Err(format!(
                    "conversation {id} went back from {before:?} to {version}"
                ));
            }
        }
        Ok(())
    }

    /// Heals everything, lets time pass until nothing moves, and judges.
    async fn end(&mut self, patient: bool) -> Result<Tally, String> {
        self.desk.up(&self.time).await;
        self.desk.heal().await;
        self.pass(1).await;
        if self.program.is_signed_out() {
            let row = self.program.row().await;
            self.program.sign_in_again(row);
        }
        if self.late {
            self.pass(LATEST_SECONDS).await;
        }
        self.until_at_rest().await?;
        if patient {
            self.pass(SLOW_CATCH_UP_SECONDS).await;
        } else {
            self.desk.frames(crate::script::Frames::Cut).await;
            self.pass(RECONNECT_SECONDS).await;
        }
        self.until_at_rest().await?;
        for id in 1..=self.conversations {
            self.program.engine.refresh_thread(self.program.at(id));
        }
        self.pass(3).await;
        // What a slow network still brings was true long ago.
        self.desk.frames(crate::script::Frames::Release).await;
        self.pass(3).await;
        self.nothing_goes_back().await?;
        let tally = judge::judge(self).await?;
        self.hears().await?;
        Ok(tally)
    }

    /// The socket is open again: what a colleague does is here at once.
    async fn hears(&mut self) -> Result<(), String> {
        for (id, level) in (1..=self.conversations).flat_map(|id| [(id, 1), (id, 2)]) {
            if !self.desk.colleague(id, &Colleague::Priority(level)).await {
                continue;
            }
            self.pass(1).await;
            let stored = self.program.store.conversation(self.program.at(id)).await;
            let kept = stored
                .map_err(|error| error.to_string())?
                .map(|stored| stored.server.priority);
            let told = PRIORITIES[usize::from(level)].and_then(Priority::parse);
            if kept != Some(told) {
                return Err(format!(
                    "it no longer hears: {id} has {kept:?}, the server told {told:?}"
                ));
            }
        }
        Ok(())
    }

    async fn until_at_rest(&self) -> Result<(), String> {
        for _ in 0..MOST_SECONDS / 10 {
            let items = self.program.store.outbox_all(self.program.account).await;
            let items = items.map_err(|error| error.to_string())?;
            if self.program.is_online() && items.iter().all(|item| rests(item, &items)) {
                return Ok(());
            }
            self.pass(10).await;
        }
        let status = self.program.engine.status(self.program.account);
        let items = self.program.store.outbox_all(self.program.account).await;
        Err(format!("it never comes to rest: {status:?}, {items:?}"))
    }

    async fn close(self) {
        let Scene {
            program,
            mut desk,
            time,
            ..
        } = self;
        program.stop().await;
        desk.down(&time, None).await;
    }
}

/// Waits for a person, or behind something that does.
fn rests(item: &OutboxItem, items: &[OutboxItem]) -> bool {
    let asks = |item: &OutboxItem| matches!(item.state, OutboxState::Held { .. } | OutboxState::Stuck { .. });
    asks(item)
        || items
            .iter()
            .any(|before| before.subject == item.subject && before.id < item.id && asks(before))
}

//! Virtual time: nothing waits for the system's clock, and seconds pass only when nothing else moves.

use deskbell_desk::Desk;
use deskbell_store::Store;
use deskbell_sync::Clock;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// When every script begins, epoch milliseconds.
pub const BEGIN_MS: i64 = 1_800_000_000_000;
/// Turns of the runtime without work of the files or bytes under way, after which nothing moves. More than any answer
/// takes from socket to socket; too few would be a slow network and no mistake.
const CALM_TURNS: u32 = 8;
/// Far more turns to the files than a moment can need: something goes round without end.
const MOST_ROUNDS: u32 = 20_000;
/// A step of time, and one of a long wait; both shorter than the silence after which either side gives the other up.
const STEP_SECONDS: u32 = 1;
const LONG_STEP_SECONDS: u32 = 2;
/// From here on a wait is long.
const LONG_SECONDS: u32 = 20;

/// What the program takes for the wall clock.
#[derive(Default)]
pub struct VirtualClock {
    now_ms: AtomicI64,
}

impl Clock for VirtualClock {
    fn now(&self) -> i64 {
        self.now_ms.load(Ordering::Relaxed).div_euclid(1000)
    }
}

/// The time of one script. While it lives the runtime's own clock stands still between steps.
pub struct Time {
    pub clock: Arc<VirtualClock>,
    network: Network,
    /// A blocking task that ends with this: while one runs, Tokio does not move its clock by itself.
    _brake: mpsc::Sender<()>,
}

/// What must be at rest before a second may pass.
pub struct Works<'a> {
    pub desk: Option<&'a Desk>,
    pub store: Option<&'a Store>,
}

/// What was sent over loopback is underway until the system had a moment for it. It keeps the order: once a byte sent
/// later is there, so is all that was sent before.
struct Network {
    near: TcpStream,
    far: TcpStream,
}

impl Network {
    fn open() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let near = TcpStream::connect(listener.local_addr()?)?;
        near.set_nodelay(true)?;
        let (far, _) = listener.accept()?;
        Ok(Self { near, far })
    }

    fn bring(&self) -> std::io::Result<()> {
        (&self.near).write_all(&[0])?;
        (&self.far).read_exact(&mut [0])
    }
}

impl Works<'_> {
    fn are_idle(&self) -> bool {
        self.desk.is_none_or(Desk::is_idle) && self.store.is_none_or(Store::is_idle)
    }
}

impl Time {
    /// Call inside a current-thread runtime.
    pub fn stopped() -> Self {
        tokio::time::pause();
        let (brake, released) = mpsc::channel();
        tokio::task::spawn_blocking(move || released.recv());
        let clock = Arc::new(VirtualClock::default());
        clock.now_ms.store(BEGIN_MS, Ordering::Relaxed);
        Self {
            clock,
            network: Network::open().expect("the system has a loopback network"),
            _brake: brake,
        }
    }

    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms.load(Ordering::Relaxed)
    }

    /// Lets everything run until nothing moves without time.
    pub async fn settle(&self, works: &Works<'_>) {
        let mut calm = 0;
        let mut rounds = 0;
        while calm < CALM_TURNS {
            self.network.bring().expect("the loopback network is there");
            tokio::task::yield_now().await;
            if works.are_idle() {
                calm += 1;
            } else {
                rounds += u32::from(calm > 0);
                assert!(rounds < MOST_ROUNDS, "something goes round and lets no time pass");
                calm = 0;
                std::thread::yield_now();
            }
        }
    }

    /// Lets so many seconds pass.
    pub async fn pass(&self, seconds: u32, works: &Works<'_>) {
        let mut left = seconds;
        while left > 0 {
            self.settle(works).await;
            let step = if left > LONG_SECONDS {
                LONG_STEP_SECONDS
            } else {
                STEP_SECONDS
            };
            self.leap(i64::from(step) * 1000, works);
            tokio::time::advance(Duration::from_secs(step.into())).await;
            left -= step;
        }
        self.settle(works).await;
    }

    /// Moves the wall clocks alone: the computer slept, and its timers with it.
    pub fn leap(&self, milliseconds: i64, works: &Works<'_>) {
        let now_ms = self.clock.now_ms.fetch_add(milliseconds, Ordering::Relaxed) + milliseconds;
        if let Some(desk) = works.desk {
            desk.clock().hold(now_ms);
        }
    }
}

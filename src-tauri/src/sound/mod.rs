//! The desk bell. Never the only signal, and its absence stops nothing.

mod schedule;

use deskbell_domain::ConversationRef;
use rodio::DeviceSinkBuilder;
use schedule::Schedule;
use std::io::Cursor;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Instant;

/// One strike, 0.9 s, -20 LUFS.
const DESK_BELL: &[u8] = include_bytes!("../../../assets/sounds/desk-bell.wav");

/// The bell and its own thread. Calls return at once.
pub struct Bell {
    orders: Sender<Order>,
}

enum Order {
    Strike(ConversationRef, f64),
    Stop(ConversationRef),
    Try(f64),
}

impl Bell {
    pub fn start() -> Self {
        let (orders, received) = mpsc::channel();
        let thread = std::thread::Builder::new().name("bell".into());
        if let Err(error) = thread.spawn(move || run(&received)) {
            tracing::warn!(%error, "No bell");
        }
        Self { orders }
    }

    /// Strikes now and again while the alert is open. `volume` is 0 to 1.
    pub fn strike(&self, conversation: ConversationRef, volume: f64) {
        self.orders.send(Order::Strike(conversation, volume)).ok();
    }

    /// Strikes once, for nobody. `volume` is 0 to 1.
    pub fn try_out(&self, volume: f64) {
        self.orders.send(Order::Try(volume)).ok();
    }

    /// Somebody opened or took it.
    pub fn stop(&self, conversation: ConversationRef) {
        self.orders.send(Order::Stop(conversation)).ok();
    }
}

fn run(orders: &Receiver<Order>) {
    let mut schedule = Schedule::default();
    let mut silent_before = false;
    loop {
        let mut tried = None;
        let received = match schedule.next() {
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => orders.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        match received {
            Ok(Order::Strike(conversation, volume)) => schedule.open(conversation, volume, Instant::now()),
            Ok(Order::Stop(conversation)) => schedule.close(conversation),
            Ok(Order::Try(volume)) => tried = Some(volume.clamp(0.0, 1.0)),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if let Some(volume) = schedule.due(Instant::now()).or(tried) {
            let played = play(volume);
            if let Err(reason) = &played
                && !silent_before
            {
                tracing::warn!(%reason, "The bell is silent");
            }
            silent_before = played.is_err();
        }
    }
}

/// The device is opened for each strike: it may have been plugged in since, and an open one keeps the computer awake.
fn play(volume: f64) -> Result<(), Box<dyn std::error::Error>> {
    let mut device = DeviceSinkBuilder::open_default_sink()?;
    device.log_on_drop(false);
    let strike = rodio::play(device.mixer(), Cursor::new(DESK_BELL))?;
    strike.set_volume(volume as f32);
    strike.sleep_until_end();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::DESK_BELL;
    use rodio::{Decoder, Source};
    use std::io::Cursor;
    use std::time::Duration;

    #[test]
    fn the_bell_can_be_played_and_is_short() {
        let bell = Decoder::new(Cursor::new(DESK_BELL)).unwrap();
        assert_eq!((bell.channels().get(), bell.sample_rate().get()), (1, 48_000));
        let length = bell.total_duration().unwrap();
        assert!(
            length < Duration::from_secs(1),
            "a ring is over in a second, this one takes {length:?}"
        );
    }
}

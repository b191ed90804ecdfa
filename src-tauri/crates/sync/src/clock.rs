//! Time, passed in.

/// Where "now" comes from. Tests move it by hand.
pub trait Clock: Send + Sync + 'static {
    /// Epoch seconds, the wall clock.
    fn now(&self) -> i64;
}

/// The computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |elapsed| i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX))
    }
}

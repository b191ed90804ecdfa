//! Waiting for something that comes about outside this process.

use std::time::{Duration, Instant};

/// How long anything may take before the test gives up. Far above what it takes: a busy machine is slow, not broken.
pub const PATIENCE: Duration = Duration::from_secs(180);

const PERIOD: Duration = Duration::from_millis(50);

/// Asks again and again until `ask` finds something.
///
/// # Panics
/// After [`PATIENCE`], saying `what` was waited for.
pub async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = ask().await {
            return found;
        }
        assert!(
            Instant::now() < deadline,
            "waited {} s for {what}",
            PATIENCE.as_secs()
        );
        tokio::time::sleep(PERIOD).await;
    }
}

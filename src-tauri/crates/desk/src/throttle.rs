//! The limit on sign-ins (reference §1.5): 5 per 5 minutes and address. This computer itself is exempt, as upstream.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

const MOST: usize = 5;
const PERIOD_MS: i64 = 5 * 60 * 1000;

/// Recent sign-ins by address.
#[derive(Default)]
pub struct Throttle {
    seen: Mutex<HashMap<IpAddr, Vec<i64>>>,
}

impl Throttle {
    /// Counts a sign-in; answers whether it may go on.
    pub fn allows(&self, address: IpAddr, now_ms: i64) -> bool {
        if address.to_canonical().is_loopback() {
            return true;
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, times| {
            times.retain(|time| now_ms - time < PERIOD_MS);
            !times.is_empty()
        });
        let times = seen.entry(address).or_default();
        if times.len() >= MOST {
            return false;
        }
        times.push(now_ms);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_sign_in_of_an_address_waits() {
        let throttle = Throttle::default();
        let address: IpAddr = [192, 0, 2, 1].into();
        assert!((0..5).all(|_| throttle.allows(address, 1000)));
        assert!(!throttle.allows(address, 2000));
        assert!(
            throttle.allows([192, 0, 2, 2].into(), 2000),
            "others are not held up"
        );
        assert!(throttle.allows(address, 1000 + PERIOD_MS));
    }

    #[test]
    fn this_computer_is_exempt() {
        let throttle = Throttle::default();
        assert!((0..50).all(|_| throttle.allows([127, 0, 0, 1].into(), 1000)));
    }
}

//! Who is there (reference §10.2): a person for 20 seconds after the last sign of life, a guest for 90.

use crate::db::people::Membership;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const PERSON_MS: i64 = 20_000;
const GUEST_MS: i64 = 90_000;

/// Last signs of life by (account, id), epoch milliseconds.
#[derive(Default)]
pub struct Presence {
    people: Mutex<HashMap<(i64, i64), i64>>,
    guests: Mutex<HashMap<(i64, i64), i64>>,
}

impl Presence {
    /// A sign of life of a person.
    pub fn person(&self, account_id: i64, user_id: i64, now_ms: i64) {
        lock(&self.people).insert((account_id, user_id), now_ms);
    }

    /// A sign of life of a guest.
    pub fn guest(&self, account_id: i64, contact_id: i64, now_ms: i64) {
        let mut guests = lock(&self.guests);
        guests.retain(|_, seen| now_ms - *seen < GUEST_MS);
        guests.insert((account_id, contact_id), now_ms);
    }

    /// `online`, `busy` or `offline`: what the person set, while there or told to stay listed.
    pub fn status(&self, membership: &Membership, now_ms: i64) -> &'static str {
        let key = (membership.account_id, membership.user_id);
        let seen = lock(&self.people).get(&key).copied();
        let there = seen.is_some_and(|seen| now_ms - seen < PERSON_MS);
        if !there && membership.auto_offline {
            return "offline";
        }
        match membership.availability.as_str() {
            "online" => "online",
            "busy" => "busy",
            _ => "offline",
        }
    }

    /// Whether a guest is there.
    pub fn guest_is_there(&self, account_id: i64, contact_id: i64, now_ms: i64) -> bool {
        let seen = lock(&self.guests).get(&(account_id, contact_id)).copied();
        seen.is_some_and(|seen| now_ms - seen < GUEST_MS)
    }

    /// The guests of an account who are there.
    pub fn guests(&self, account_id: i64, now_ms: i64) -> Vec<i64> {
        let guests = lock(&self.guests);
        let there = guests
            .iter()
            .filter(|((account, _), seen)| *account == account_id && now_ms - **seen < GUEST_MS);
        there.map(|((_, contact), _)| *contact).collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

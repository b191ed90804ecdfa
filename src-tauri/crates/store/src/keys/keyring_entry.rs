//! The key's place in the computer's keyring: Secret Service, Keychain or Credential Manager.

use super::Key;
use keyring::{Entry, Error};
use zeroize::Zeroizing;

const SERVICE: &str = "deskbell";

/// What the keyring says about a profile.
pub(super) enum Found {
    Key(Key),
    NoEntry,
    /// None on this computer, none set up, or locked and not opened.
    NoKeyring,
}

pub(super) fn read(profile: &str) -> Found {
    on_own_thread(profile, |entry| match entry.get_secret().map(Zeroizing::new) {
        Ok(secret) => Key::from_slice(&secret).map_or(Found::NoEntry, Found::Key),
        Err(Error::NoEntry) => Found::NoEntry,
        Err(_) => Found::NoKeyring,
    })
    .unwrap_or(Found::NoKeyring)
}

/// True when the keyring took it.
pub(super) fn write(profile: &str, key: &Key) -> bool {
    on_own_thread(profile, |entry| entry.set_secret(key.bytes()).is_ok()).unwrap_or(false)
}

/// The bus client blocks on a runtime of its own, which must not happen on a thread that already drives one.
fn on_own_thread<T: Send>(profile: &str, work: impl FnOnce(&Entry) -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let worker = scope.spawn(|| Entry::new(SERVICE, profile).ok().map(|entry| work(&entry)));
        worker.join().ok().flatten()
    })
}

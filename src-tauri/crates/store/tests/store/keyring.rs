//! The computer's real keyring where a session bus offers one; the way without one everywhere else.

use deskbell_store::*;

#[test]
fn the_key_comes_from_the_keyring_or_a_passphrase_is_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let opened = open_key(dir.path()).unwrap();
    if std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_none() && cfg!(target_os = "linux") {
        assert!(matches!(opened, KeyState::NeedsPassphrase { first: true }));
        return;
    }
    let KeyState::Ready(key) = opened else {
        panic!("a keyring that answers keeps the key: {opened:?}")
    };
    drop(Store::open(dir.path(), &key).unwrap());
    let KeyState::Ready(again) = open_key(dir.path()).unwrap() else {
        panic!("it answers the second time, too")
    };
    assert!(
        Store::open(dir.path(), &again).is_ok(),
        "the same key opens the files again"
    );
    assert!(
        !dir.path().join("key.wrapped").exists(),
        "no passphrase is involved"
    );
    let another = tempfile::tempdir().unwrap();
    assert!(
        matches!(open_key(another.path()).unwrap(), KeyState::Ready(_)),
        "each folder has its own key"
    );
}

#[tokio::test]
async fn asking_inside_a_runtime_is_no_fault() {
    let dir = tempfile::tempdir().unwrap();
    assert!(open_key(dir.path()).is_ok());
}

//! A connection over which nothing comes any more, though it never closed.

use deskbell_domain::ConversationRef;
use deskbell_tests::core::Core;
use deskbell_tests::desk::Desk;
use deskbell_tests::proxy::Proxy;
use serde_json::Value;
use std::time::Instant;
use tempfile::TempDir;

/// The times are printed, not judged: how soon silence is noticed is fixed by the link's own test in virtual time.
#[tokio::test(flavor = "multi_thread")]
async fn a_dead_connection_that_stays_open_is_found_and_what_it_kept_back_rings() {
    let desk = Desk::start();
    let proxy = Proxy::to(desk.url()).await;
    let folder = TempDir::new().expect("a temporary folder can be made");
    let core = Core::start(folder.path()).await;
    let login = desk.login("agent");
    core.sign_in(&proxy.url(), &login.email, &login.password).await;
    core.until_live().await;

    proxy.freeze();
    let frozen = Instant::now();
    let property = &desk.facts().accounts[0];
    let id = desk.guest_starts(property.id, "I want my money back").await;
    core.until("the silence to be noticed", async || {
        let session = core.query("session", Value::Null).await;
        let accounts = session["accounts"].as_array()?;
        accounts
            .iter()
            .any(|account| account["connection"]["state"] != "live")
            .then_some(())
    })
    .await;
    let noticed = frozen.elapsed();
    let conversation = ConversationRef::new(core.account(&property.name).await, id.into());
    core.until("what happened meanwhile to ring", async || {
        let rings = core.rings();
        rings
            .iter()
            .any(|ring| ring.conversation == conversation)
            .then_some(())
    })
    .await;
    println!(
        "half-open: noticed after {:.1} s, caught up after {:.1} s",
        noticed.as_secs_f64(),
        frozen.elapsed().as_secs_f64()
    );
}

//! What stands beside a conversation: the panel, who the guest is, what the AI proposes and did, the ticket.

use crate::front_desk::FrontDesk;
use deskbell_tests::desk::Desk;
use deskbell_tests::elsewhere::OWNER;
use deskbell_tests::until::until;
use serde_json::json;

const ME: &str = "jonas@aurora.example";
const QUESTION: &str = "Is the sauna open tonight?";

/// Where list, conversation and details stand: the start and the end of each; null = it is not there.
const PANELS: &str = "const of = (part) => { const box = document.querySelector(part)?.getBoundingClientRect(); \
    return box ? [box.left, box.right] : null; }; \
    return [of('.list-slot'), of('main'), of('aside')];";

/// A guest for whom the AI proposes and did something, and somebody opened a ticket.
async fn with_actions(desk: &Desk) {
    let account = desk.facts().accounts[0].id;
    let greta = desk.guest_called("Greta Gruber", account, QUESTION).await;
    desk.takes_over(ME, greta).await;
    let action = |id: &str, status: &str| {
        let url = format!("https://pms.example/{id}");
        json!({ "id": id, "title": format!("Refund {id}"), "status": status, "url": url })
    };
    let told = json!({
        "linked_actions": [action("a", "pending"), action("b", "approved"), action("c", "rejected")],
        "ticket": { "subject": "Dirty room", "url": "https://help.example/7" },
    });
    desk.is_told(greta, told).await;
}

/// A guest of whom only the number in another program is known.
async fn a_stranger(desk: &Desk) {
    let account = desk.facts().accounts[0].id;
    let id = desk.guest_called("Somebody", account, QUESTION).await;
    desk.takes_over(ME, id).await;
    let contact = desk.conversation(id).await["meta"]["sender"]["id"].clone();
    let stranger = json!({ "name": "", "identifier": "PMS-4711" });
    let token = &desk.login_of(OWNER).access_token;
    desk.put(&desk.path(&format!("contacts/{contact}")), &stranger, token)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn l1_t8_t9_the_panel_beside_says_who_it_is_and_what_the_ai_did_and_can_be_hidden() {
    let counter = FrontDesk::open_with(async |desk| {
        with_actions(desk).await;
        a_stranger(desk).await;
    })
    .await;
    counter.window.click("button", "Mine,").await;
    profile(&counter).await;
    actions(&counter).await;
}

/// L1, T9
async fn profile(counter: &FrontDesk) {
    let window = &counter.window;
    window.click("option", "PMS-4711").await;
    window.find("heading", "PMS-4711").await;
    let profile = window.find("complementary", "Details").await;
    let text = profile.text().await.unwrap_or_default();
    assert!(text.contains("Number") && text.contains("PMS-4711"), "{text}");
    let [list, chat, details] = panels(counter).await;
    let (list, chat, details) = (
        list.expect("a list"),
        chat.expect("a chat"),
        details.expect("details"),
    );
    assert!(
        list.1 <= chat.0 + 1.0 && chat.1 <= details.0 + 1.0,
        "{list:?} {chat:?} {details:?}"
    );

    // The avatar closes the profile and opens it again; what is hidden leaves its room to the chat.
    window.click("button", "Profile of PMS-4711").await;
    window.gone("complementary", "Details").await;
    let [_, wider, hidden] = panels(counter).await;
    assert_eq!((wider.map(|chat| chat.1), hidden), (Some(details.1), None));
    window.click("button", "Profile of PMS-4711").await;
    window.find("complementary", "Details").await;
}

async fn panels(counter: &FrontDesk) -> [Option<(f64, f64)>; 3] {
    counter.window.drawn().await;
    let panels = counter.window.client().execute(PANELS, vec![]).await;
    let panels = panels.ok().and_then(|panels| serde_json::from_value(panels).ok());
    panels.expect("the page tells where its parts stand")
}

/// T8
async fn actions(counter: &FrontDesk) {
    let window = &counter.window;
    window.click("option", "Greta Gruber").await;
    window.find("heading", "AI actions · 1 to decide").await;
    for (id, state) in [
        ("a", "Pending, waits for approval"),
        ("b", "Approved"),
        ("c", "Rejected"),
    ] {
        window.click("button", &format!("Refund {id} {state}")).await;
        opens(counter, &format!("https://pms.example/{id}")).await;
    }
    window.find("heading", "Ticket").await;
    window.click("button", "Dirty room").await;
    opens(counter, "https://help.example/7").await;
    window.picture(&counter.desktop, "thread-actions").await;
}

/// Waits until that address was the last that was opened outside.
async fn opens(counter: &FrontDesk, address: &str) {
    until(&format!("{address} to be opened"), async || {
        (counter.desktop.opened().last()? == address).then_some(())
    })
    .await;
}

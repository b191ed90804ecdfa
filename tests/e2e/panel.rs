//! The customer panel in full: calls and what was said in them, what the AI made of it, what was before.

use crate::front_desk::FrontDesk;
use deskbell_tests::until::until;
use serde_json::{Value, json};

const WORDS: &str = "Is the sauna open tonight?";
const EARLIER: &str = "Do you have a cot?";
/// A sound that every player plays.
const BELL: &[u8] = include_bytes!("../../assets/sounds/desk-bell.wav");

/// A guest of the first property, in front of the person.
struct InFront<'a> {
    counter: &'a FrontDesk,
    conversation: i64,
    contact: i64,
}

impl InFront<'_> {
    fn path(&self, rest: &str) -> String {
        format!(
            "/api/v1/accounts/{}/{rest}",
            self.counter.desk.facts().accounts[0].id
        )
    }

    fn admin(&self) -> String {
        self.counter.desk.login("administrator").access_token.clone()
    }
}

/// A new guest writes, whose conversation is opened once `prepare` has changed what the desk knows.
async fn open_guest<'a>(counter: &'a FrontDesk, prepare: impl AsyncFnOnce(&InFront<'a>)) -> InFront<'a> {
    let account = counter.desk.facts().accounts[0].id;
    let conversation = counter.desk.guest_starts(account, WORDS).await;
    let held = counter.conversation_with(WORDS).await;
    let contact = held.conversation["meta"]["sender"]["id"].as_i64();
    let guest = InFront {
        counter,
        conversation,
        contact: contact.expect("the guest has a number"),
    };
    prepare(&guest).await;
    counter.window.click("button", "AI handling,").await;
    counter.window.click("option", &held.guest()).await;
    counter.window.sees(WORDS).await;
    counter.window.find("button", "Mark as lead").await;
    guest
}

/// What phone system, bookings and AI have told of the guest, and an earlier conversation.
async fn told_of(guest: &InFront<'_>) {
    let (desk, admin) = (&guest.counter.desk, guest.admin());
    desk.colleague_sends(guest.conversation, "call.wav", "audio/wav", BELL.to_vec())
        .await;
    let path = guest.path(&format!("conversations/{}/messages", guest.conversation));
    let messages = desk.get(&path, &admin).await;
    let files = messages["payload"].as_array().into_iter().flatten();
    let recording = files
        .filter_map(|message| message["attachments"][0]["data_url"].as_str())
        .next_back()
        .expect("the recording lies on the desk")
        .to_owned();
    let now = jiff::Timestamp::now().as_second();
    let (day, hour) = (86_400, 3_600);
    let of_contact = json!({ "custom_attributes": {
        "persona": "Business traveller", "persona_reason": "Asks for an invoice every time.",
        "calls": [
            { "at": now - 2 * hour, "duration_s": 185, "recording_url": recording, "summary": "Wants a late check-out." },
            { "at": now - day, "duration_s": 0 },
        ],
        "appointments": [
            { "at": now - 30 * day, "title": "Single room", "status": "completed" },
            { "at": now + 3 * day, "title": "Massage", "status": "confirmed" },
        ],
    } });
    desk.put(
        &guest.path(&format!("contacts/{}", guest.contact)),
        &of_contact,
        &admin,
    )
    .await;
    let of_conversation =
        json!({ "custom_attributes": { "intent_level": "high", "dates_of_interest": "8–12 May 2026" } });
    let path = guest.path(&format!("conversations/{}/custom_attributes", guest.conversation));
    desk.post(&path, &of_conversation, &admin).await;
    earlier(guest, &admin).await;
}

/// Another conversation with the guest, closed since.
async fn earlier(guest: &InFront<'_>, admin: &str) {
    let desk = &guest.counter.desk;
    let path = guest.path(&format!("conversations/{}", guest.conversation));
    let inbox = desk.get(&path, admin).await["inbox_id"].clone();
    let begun = json!({ "inbox_id": inbox, "contact_id": guest.contact, "message": { "content": EARLIER } });
    let begun: Value = desk.post(&guest.path("conversations"), &begun, admin).await;
    let path = guest.path(&format!("conversations/{}/toggle_status", begun["id"]));
    desk.post(&path, &json!({ "status": "resolved" }), admin).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k1_k2_k4_the_panel_tells_who_it_is_what_they_want_and_what_was_before() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let _guest = open_guest(&counter, async |guest| told_of(guest).await).await;
    // K2
    window.sees("Business traveller").await;
    window.sees("Asks for an invoice every time.").await;
    window.sees("High").await;
    window.sees("8–12 May 2026").await;
    // K4
    window.sees("Call, 3 min 5 s").await;
    window.sees("Wants a late check-out.").await;
    window.sees("Missed call").await;
    let text = window.text().await;
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
    assert!(place("Massage") < place("Past"), "what is to come stands first");
    assert!(place("Past") < place("Single room"), "what was stands below");
    window.picture(&counter.desktop, "panel-told").await;
    window.click("button", "Play the recording").await;
    window.gone("button", "Play the recording").await;
    assert!(!window.text().await.contains("The recording cannot be played now"));
    // K1
    window.sees("2 conversations").await;
    window.sees("First contact").await;
    window.click("button", EARLIER).await;
    let log = window.find("log", "").await;
    until("the earlier conversation", async || {
        let text = log.text().await.unwrap_or_default();
        (text.contains(EARLIER) && !text.contains(WORDS)).then_some(())
    })
    .await;
}

//! The assistant as guests and people meet it: over the public API, the socket and the agents' API of a running desk.

use crate::demo_desk::DemoDesk;
use serde_json::Value;

fn tools(message: &Value) -> Vec<&str> {
    let tools = message["content_attributes"]["ai_tools"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    tools.iter().filter_map(|tool| tool["name"].as_str()).collect()
}

/// The day and time of a booking as the answer words them.
fn worded(link: &Value, zone: &str) -> String {
    let at = jiff::Timestamp::from_second(link["starts_at"].as_i64().unwrap()).unwrap();
    at.in_tz(zone)
        .unwrap()
        .strftime("%A, %-d %B %Y at %H:%M")
        .to_string()
}

#[tokio::test]
async fn a_guest_learns_when_the_booking_is() {
    let desk = DemoDesk::start().await;
    for (property, zone) in [
        ("Hotel Aurora", "Europe/Berlin"),
        ("Studio Mira", "Europe/Budapest"),
    ] {
        let link = desk.link(property).await;
        let mut guest = desk.guest(property).await;
        guest.writes("Hello, when is my booking?").await;
        assert_eq!(
            guest.sees("conversation.typing_on").await["user"]["type"],
            "agent_bot",
            "typing comes first"
        );
        let answer = guest.hears().await;
        let text = answer["content"].as_str().unwrap();
        assert!(text.starts_with("Hello "), "{text}");
        assert!(text.contains(&worded(&link, zone)), "{text}");
        assert!(text.contains(link["reference"].as_str().unwrap()), "{text}");
        assert_eq!(tools(&answer), ["Bookings"]);
        assert_eq!(answer["sender"]["type"], "agent_bot");
    }
}

#[tokio::test]
async fn a_complaint_about_money_reaches_people_with_reason_and_brief() {
    let desk = DemoDesk::start().await;
    let nadia = desk.nadia().await;
    let mut guest = desk.guest("Hotel Aurora").await;
    guest.writes("I want my money back, the room was dirty").await;
    let answer = guest.hears().await;
    assert!(
        answer["content"].as_str().unwrap().contains("a colleague"),
        "{answer}"
    );
    assert_eq!(guest.sees("conversation.status_changed").await["status"], "open");
    let conversation = nadia.conversation(1, guest.conversation.unwrap()).await;
    let attributes = &conversation["custom_attributes"];
    assert_eq!(attributes["escalation_reason"], "Payment dispute, complaint");
    assert_eq!(
        attributes["handoff_brief"]["wants"],
        "I want my money back, the room was dirty"
    );
    assert_eq!(
        attributes["handoff_brief"]["promised"][0]["message_id"],
        answer["id"]
    );
    assert!(conversation["meta"]["assignee"].is_null(), "nobody has it yet");
    assert_ne!(conversation["waiting_since"], 0, "the guest waits");
}

#[tokio::test]
async fn it_is_silent_beside_a_person_and_goes_on_after_the_hand_back() {
    let desk = DemoDesk::start().await;
    let nadia = desk.nadia().await;
    let mut guest = desk.guest("Hotel Aurora").await;
    guest.writes("Can I bring a dog?").await;
    guest.hears().await;
    let id = guest.conversation.unwrap();
    nadia
        .says(
            1,
            id,
            "Of course. There is a bowl and a blanket for the dog in the room.",
        )
        .await;
    assert_eq!(guest.hears().await["sender"]["name"], "Nadia Berger");
    guest.writes("What time is breakfast?").await;
    nadia.says(1, id, "From seven.").await;
    guest.hears().await;
    nadia.sets_status(1, id, "pending").await;
    guest.writes("And is there a blanket for the dog?").await;
    let answer = guest.hears().await;
    assert!(
        answer["content"].as_str().unwrap().contains("As Nadia told you"),
        "{answer}"
    );
    assert_eq!(
        guest.answers_of_the_ai().await,
        2,
        "it said nothing while a person answered"
    );
}

#[tokio::test]
async fn it_reads_what_the_person_said() {
    let desk = DemoDesk::start().await;
    let nadia = desk.nadia().await;
    let mut guest = desk.guest("Studio Mira").await;
    guest.writes("Could I speak to a person?").await;
    guest.hears().await;
    let id = guest.conversation.unwrap();
    nadia
        .says(2, id, "Hello, Nadia here. Your locker has the number 14.")
        .await;
    guest.hears().await;
    nadia.sets_status(2, id, "pending").await;
    guest.writes("Which number has my locker?").await;
    let answer = guest.hears().await;
    assert!(
        answer["content"]
            .as_str()
            .unwrap()
            .contains("As Nadia told you: “Your locker has the number 14.”"),
        "{answer}"
    );
    assert_eq!(tools(&answer), ["Conversation"]);
}

#[tokio::test]
async fn a_question_left_open_is_answered_when_it_is_handed_back() {
    let desk = DemoDesk::start().await;
    let nadia = desk.nadia().await;
    let mut guest = desk.guest("Hotel Aurora").await;
    guest.writes("I would like to talk to someone").await;
    guest.hears().await;
    let id = guest.conversation.unwrap();
    guest.writes("Where can I park?").await;
    nadia.sets_status(1, id, "pending").await;
    let answer = guest.hears().await;
    assert!(
        answer["content"].as_str().unwrap().contains("18 euros per night"),
        "{answer}"
    );
    assert_eq!(tools(&answer), ["Knowledge"]);
}

#[tokio::test]
async fn cancelling_waits_for_a_yes_and_then_happens() {
    let desk = DemoDesk::start().await;
    let reference = desk.link("Studio Mira").await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let status = async || {
        let reference = reference.clone();
        let read = desk.running.desk().read(move |view| {
            Ok(view.query_row(
                "SELECT status FROM booking WHERE reference = ?1",
                [&reference],
                |row| row.get::<_, String>(0),
            )?)
        });
        read.await.unwrap()
    };
    let mut guest = desk.guest("Studio Mira").await;
    guest.writes("I want to cancel my appointment").await;
    assert!(
        guest.hears().await["content"]
            .as_str()
            .unwrap()
            .contains("Shall I cancel it?")
    );
    assert_eq!(status().await, "confirmed");
    guest.writes("Yes, please").await;
    let done = guest.hears().await;
    assert_eq!(tools(&done), ["Cancel booking"]);
    assert_eq!(status().await, "cancelled");
    let conversation = desk
        .nadia()
        .await
        .conversation(2, guest.conversation.unwrap())
        .await;
    assert_eq!(
        conversation["custom_attributes"]["linked_actions"][0]["status"],
        "auto_executed"
    );
    assert_eq!(conversation["status"], "pending", "no person is needed");
}

#[tokio::test]
async fn a_stay_is_moved_in_the_portal() {
    let desk = DemoDesk::start().await;
    let mut guest = desk.guest("Hotel Aurora").await;
    guest.writes("Can I move it?").await;
    assert!(
        guest.hears().await["content"]
            .as_str()
            .unwrap()
            .contains("https://aurora.example/my-stay")
    );
}

#[tokio::test]
async fn what_it_does_not_know_it_says_and_calls_a_colleague() {
    let desk = DemoDesk::start().await;
    let mut guest = desk.guest("Hotel Aurora").await;
    guest.writes("Do you have a helicopter landing pad?").await;
    assert!(
        guest.hears().await["content"]
            .as_str()
            .unwrap()
            .contains("do not know")
    );
    assert_eq!(guest.sees("conversation.status_changed").await["status"], "open");
}

#[tokio::test]
async fn with_ai_replies_off_the_conversation_starts_open_and_the_assistant_is_silent() {
    let desk = DemoDesk::start().await;
    let nadia = desk.nadia().await;
    let (inbox, bot) = nadia.inbox_of_the_ai(1).await;
    nadia.sets_bot(1, inbox, Value::Null).await;
    let mut guest = desk.guest("Hotel Aurora").await;
    guest.writes("Where do I park?").await;
    let id = guest.conversation.unwrap();
    assert_eq!(nadia.conversation(1, id).await["status"], "open");
    nadia.sets_bot(1, inbox, Value::from(bot)).await;
    let mut other = desk.guest("Studio Mira").await;
    other.writes("When are you open?").await;
    other.hears().await;
    assert_eq!(
        guest.answers_of_the_ai().await,
        0,
        "not while it was off, and it is a person's now"
    );
    nadia.sets_status(1, id, "pending").await;
    assert_eq!(
        guest.hears().await["sender"]["type"],
        "agent_bot",
        "on, and handed back"
    );
}

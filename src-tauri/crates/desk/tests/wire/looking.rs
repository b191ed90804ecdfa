//! Who else has a conversation before them: this desk's own addition to the wire.

use crate::cable::Cable;
use crate::events_of_actions::Guest;
use crate::house::{House, Person};
use crate::roles::join;
use deskbell_desk::service::roles::Kind;
use serde_json::{Value, json};

async fn say(house: &House, person: &Person, id: i64, looking: bool) -> Value {
    let path = format!("/conversations/{id}/looking");
    let (status, body) = house.post(person, &path, json!({ "looking": looking })).await;
    assert_eq!(status, 200, "{body}");
    body
}

fn names(answer: &Value) -> Vec<&str> {
    let people = answer["payload"].as_array().unwrap();
    people
        .iter()
        .map(|person| person["name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn colleagues_hear_who_looks_and_the_answer_names_the_others() {
    let house = House::open().await;
    let guest = Guest::arrives(&house).await;
    let (id, ana, ben) = (guest.conversation, &house.plan.ana, &house.plan.admin);
    let mut his = Cable::person(&house, ben).await;
    let mut hers = Cable::person(&house, ana).await;
    let mut guests = Cable::guest(&house, &guest.pubsub_token).await;
    let answer = say(&house, ana, id, true).await;
    assert_eq!(
        answer,
        json!({ "payload": [], "seconds": 30 }),
        "oneself is nobody else"
    );
    let event = his.event("conversation.looking_on").await;
    assert_eq!(event["conversation"], json!({ "id": id }));
    assert_eq!(
        (&event["user"]["id"], &event["user"]["type"]),
        (&json!(ana.id), &json!("user"))
    );
    assert_eq!(event["account_id"], house.plan.account);
    assert_eq!(names(&say(&house, ben, id, true).await), ["Ana"]);
    hers.event("conversation.looking_on").await;
    assert_eq!(
        names(&say(&house, ana, id, false).await).len(),
        1,
        "the other one still does"
    );
    his.event("conversation.looking_off").await;
    assert_eq!(names(&say(&house, ben, id, true).await), [""; 0]);
    // Leaving twice is no news.
    say(&house, ana, id, false).await;
    let typing = format!("/conversations/{id}/toggle_typing_status");
    house.post(ana, &typing, json!({ "typing_status": "on" })).await;
    assert_eq!(
        his.names_until("conversation.typing_on").await,
        ["conversation.typing_on"]
    );
    let heard = guests.names_until("conversation.typing_on").await;
    assert_eq!(
        heard,
        ["conversation.typing_on"],
        "a guest never learns who reads"
    );
}

#[tokio::test]
async fn a_sign_that_is_not_renewed_ends_after_half_a_minute() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let (ana, ben) = (&house.plan.ana, &house.plan.ben);
    house
        .control("/test/clock", json!({ "now": 2_000_000_000 }))
        .await;
    say(&house, ana, id, true).await;
    house
        .control("/test/clock", json!({ "now": 2_000_000_015 }))
        .await;
    assert_eq!(names(&say(&house, ben, id, true).await), ["Ana"]);
    house
        .control("/test/clock", json!({ "now": 2_000_000_031 }))
        .await;
    assert_eq!(names(&say(&house, ben, id, true).await), [""; 0]);
}

#[tokio::test]
async fn whoever_may_not_open_it_neither_looks_nor_hears() {
    let house = House::open().await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let mia = join(&house, "Mia", Kind::Staff).await;
    let path = format!("/conversations/{id}/looking");
    let (status, body) = house.post(&mia, &path, json!({ "looking": true })).await;
    assert_eq!(
        (status, &body["error"]),
        (401, &json!("You are not authorized to do this action"))
    );
    let mut cable = Cable::person(&house, &mia).await;
    say(&house, &house.plan.ana, id, true).await;
    let held = json!({ "assignee_id": mia.id });
    house
        .post(&house.plan.ana, &format!("/conversations/{id}/assignments"), held)
        .await;
    say(&house, &house.plan.ana, id, false).await;
    let heard = cable.names_until("conversation.looking_off").await;
    assert!(
        !heard.contains(&"conversation.looking_on".to_owned()),
        "{heard:?}"
    );
    let (status, _) = house.post(&house.plan.ana, &path, json!({})).await;
    assert_eq!(status, 422, "whether one looks has to be said");
}

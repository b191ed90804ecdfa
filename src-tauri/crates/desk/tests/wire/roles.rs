//! Reference §2.3: roles. Staff see their own customers only, and all of them.

use crate::cable::Cable;
use crate::house::{House, PASSWORD, Person};
use deskbell_desk::db::{inbox, people, rows};
use deskbell_desk::service::roles::{self, Kind};
use deskbell_desk::service::setup;
use reqwest::Method;
use serde_json::{Value, json};

/// Somebody of all channels, in a role.
pub async fn join(house: &House, name: &'static str, kind: Kind) -> Person {
    let plan = house.plan.clone();
    let made = house.running.desk().write(move |change| {
        let email = format!("{}@example.org", name.to_lowercase());
        let id = setup::user(change, name, &email, PASSWORD)?;
        let calendar_name = (kind == Kind::Staff).then_some(name);
        roles::join(change, plan.account, id, kind, calendar_name)?;
        for channel in [plan.web, plan.phone, plan.ai] {
            inbox::add_member(change, channel, id)?;
        }
        let user = people::user(change, id)?.unwrap();
        Ok(Person {
            id,
            access_token: user.access_token,
            pubsub_token: user.pubsub_token,
        })
    });
    made.await.unwrap()
}

/// The guest of a conversation has a booking with somebody.
async fn book(house: &House, contact: i64, resource: &'static str, status: &'static str) {
    let account = house.plan.account;
    let booked = house.running.desk().write(move |change| {
        rows::execute(
            change,
            "INSERT INTO booking (account_id, contact_id, reference, title, resource, status, starts_at, ends_at)
             VALUES (?1, ?2, 'R-' || hex(randomblob(4)), 'Cut', ?3, ?4, 1, 2)",
            (account, contact, resource, status),
        )
        .map(drop)
    });
    booked.await.unwrap();
}

async fn contact_of(house: &House, id: i64) -> i64 {
    house.conversation(id).await["meta"]["sender"]["id"]
        .as_i64()
        .unwrap()
}

async fn seen(house: &House, person: &Person) -> Vec<i64> {
    let (status, json) = house
        .get(person, "/conversations?status=all&sort_by=created_at_asc")
        .await;
    assert_eq!(status, 200, "{json}");
    let listed = json["data"]["payload"].as_array().unwrap().iter();
    let listed: Vec<i64> = listed.map(|one| one["id"].as_i64().unwrap()).collect();
    let (_, meta) = house.get(person, "/conversations/meta?status=all").await;
    assert_eq!(
        meta["meta"]["all_count"],
        listed.len(),
        "the counts are of what is seen"
    );
    listed
}

async fn assign(house: &House, id: i64, to: Option<i64>) {
    let path = format!("/conversations/{id}/assignments");
    let (status, _) = house
        .post(&house.plan.admin, &path, json!({ "assignee_id": to }))
        .await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn staff_see_what_they_hold_what_they_follow_and_who_booked_with_them() {
    let house = House::open().await;
    let mia = join(&house, "Mia", Kind::Staff).await;
    let mut ids = Vec::new();
    for text in [
        "held",
        "followed",
        "booked",
        "cancelled",
        "booked with Lea",
        "nobody's",
    ] {
        ids.push(house.guest_starts(house.plan.web, text).await);
    }
    assert_eq!(seen(&house, &mia).await, [0_i64; 0]);
    assign(&house, ids[0], Some(mia.id)).await;
    let path = format!("/conversations/{}/participants", ids[1]);
    house
        .post(&house.plan.ana, &path, json!({ "user_ids": [mia.id] }))
        .await;
    book(&house, contact_of(&house, ids[2]).await, "MIA", "confirmed").await;
    book(&house, contact_of(&house, ids[3]).await, "Mia", "cancelled").await;
    book(&house, contact_of(&house, ids[4]).await, "Lea", "confirmed").await;
    assert_eq!(seen(&house, &mia).await, ids[..4]);
    for (number, id) in ids.iter().enumerate() {
        let (status, body) = house.get(&mia, &format!("/conversations/{id}")).await;
        if number < 4 {
            assert_eq!(status, 200, "{number}");
        } else {
            let denied = json!({ "error": "You are not authorized to do this action" });
            assert_eq!((status, body), (401, denied), "{number}");
        }
    }
    let (_, found) = house
        .post(&mia, "/conversations/filter", json!({ "payload": [] }))
        .await;
    assert_eq!(found["meta"]["all_count"], 4);
    assert_eq!(seen(&house, &house.plan.ana).await, ids, "reception sees all");
}

#[tokio::test]
async fn what_staff_no_longer_serve_is_gone_from_lists_searches_and_notifications() {
    let house = House::open().await;
    let mia = join(&house, "Mia", Kind::Staff).await;
    let id = house.guest_starts(house.plan.web, "about the peonies").await;
    let contact = contact_of(&house, id).await;
    assign(&house, id, Some(mia.id)).await;
    house.guest_writes(id, "peonies, still").await;
    let asked = async |path: &str| house.get(&mia, path).await.1;
    let all = async || {
        let found = asked("/search?q=peonies").await["payload"]["messages"]
            .as_array()
            .unwrap()
            .len();
        let met = asked("/search/contacts?q=Test").await["payload"]["contacts"]
            .as_array()
            .unwrap()
            .len();
        let told = asked("/notifications").await["data"]["meta"]["count"]
            .as_i64()
            .unwrap();
        let guests = asked("/contacts").await["meta"]["count"].as_i64().unwrap();
        (found, met, told, guests)
    };
    assert_eq!(all().await, (2, 1, 1, 1));
    assert_eq!(house.get(&mia, &format!("/contacts/{contact}")).await.0, 200);
    assign(&house, id, None).await;
    // Who held it follows it (reference §3.4), until taken out.
    assert_eq!(all().await, (2, 1, 1, 1));
    let path = format!("/conversations/{id}/participants");
    let taken = house.delete_with(&house.plan.admin, &path, json!({ "user_ids": [mia.id] }));
    assert_eq!(taken.await.0, 200);
    assert_eq!(all().await, (0, 0, 0, 0));
    assert_eq!(asked("/notifications/unread_count").await, 0);
    assert_eq!(house.get(&mia, &format!("/contacts/{contact}")).await.0, 404);
    assert_eq!(
        house
            .get(&mia, &format!("/contacts/{contact}/conversations"))
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn staff_hear_their_customers_and_from_the_moment_they_serve_them() {
    let house = House::open().await;
    let mia = join(&house, "Mia", Kind::Staff).await;
    let mut cable = Cable::person(&house, &mia).await;
    let id = house.guest_starts(house.plan.web, "unheard").await;
    house.guest_writes(id, "unheard too").await;
    assign(&house, id, Some(mia.id)).await;
    house.guest_writes(id, "heard").await;
    loop {
        let frame = cable.frame().await;
        assert!(!frame.is_null(), "the socket ended");
        let data = &frame["message"]["data"];
        match frame["message"]["event"].as_str() {
            Some("message.created") if data["message_type"] == 0 => {
                assert_eq!(data["content"], "heard");
                break;
            }
            Some("conversation.created") => panic!("it was nobody's then"),
            _ => {}
        }
    }
}

#[tokio::test]
async fn the_wire_says_custom_role_and_its_permissions() {
    let house = House::open().await;
    let mia = join(&house, "Mia", Kind::Staff).await;
    let max = join(&house, "Max", Kind::Manager).await;
    let own = async |person: &Person| {
        let answer = house
            .send(Method::GET, "/api/v1/profile", &person.access_token, None)
            .await;
        answer.json::<Value>().await.unwrap()["accounts"][0].clone()
    };
    let account = own(&mia).await;
    assert_eq!(account["role"], "agent");
    assert_eq!(
        account["permissions"],
        json!(["conversation_participating_manage", "custom_role"])
    );
    assert_eq!(account["custom_role"]["name"], "Staff");
    assert_eq!(account["custom_role_id"], account["custom_role"]["id"]);
    let account = own(&max).await;
    assert!(
        account["permissions"]
            .as_array()
            .unwrap()
            .contains(&json!("report_manage"))
    );
    let account = own(&house.plan.ana).await;
    assert_eq!(account["permissions"], json!(["agent"]));
    assert_eq!(account["custom_role"], Value::Null);
    let (_, agents) = house.get(&house.plan.admin, "/agents").await;
    let of = |name: &str| {
        agents
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["name"] == name)
            .unwrap()
            .clone()
    };
    assert!(of("Mia")["custom_role_id"].is_i64());
    assert_eq!(of("Ana")["custom_role_id"], Value::Null);
    let (status, roles) = house.get(&house.plan.admin, "/custom_roles").await;
    assert_eq!((status, roles.as_array().unwrap().len()), (200, 2));
    assert_eq!(house.get(&max, "/custom_roles").await.0, 401);
}

#[tokio::test]
async fn managers_read_reports_and_staff_do_not() {
    let house = House::open().await;
    let (mia, max) = (
        join(&house, "Mia", Kind::Staff).await,
        join(&house, "Max", Kind::Manager).await,
    );
    let path = format!(
        "/api/v2/accounts/{}/live_reports/conversation_metrics",
        house.plan.account
    );
    for (person, expected) in [
        (&mia, 401),
        (&house.plan.ben, 401),
        (&max, 200),
        (&house.plan.admin, 200),
    ] {
        let answer = house.send(Method::GET, &path, &person.access_token, None).await;
        assert_eq!(answer.status(), expected);
        assert_eq!(house.get(person, "/csat_survey_responses").await.0, expected);
    }
    house.guest_starts(house.plan.web, "hi").await;
    assert_eq!(seen(&house, &max).await.len(), 1);
    assert_eq!(house.get(&max, "/webhooks").await.0, 401, "not an administrator");
}

#[tokio::test]
async fn chance_gives_staff_nobody() {
    let house = House::open().await;
    let mia = join(&house, "Mia", Kind::Staff).await;
    let web = house.plan.web;
    let switched = house.running.desk().write(move |change| {
        rows::execute(
            change,
            "UPDATE inbox SET enable_auto_assignment = 1 WHERE id = ?1",
            [web],
        )
        .map(drop)
    });
    switched.await.unwrap();
    let _cable = Cable::person(&house, &mia).await;
    let id = house.guest_starts(web, "hi").await;
    assert_eq!(house.conversation(id).await["meta"].get("assignee"), None);
    assert_eq!(seen(&house, &mia).await, [0_i64; 0]);
}

#[tokio::test]
async fn staff_begin_conversations_with_their_own_customers_only() {
    let house = House::open().await;
    let mia = join(&house, "Mia", Kind::Staff).await;
    let (theirs, others) = (
        house.guest_starts(house.plan.web, "a").await,
        house.guest_starts(house.plan.web, "b").await,
    );
    assign(&house, theirs, Some(mia.id)).await;
    let begin = async |contact: i64| {
        let new =
            json!({ "inbox_id": house.plan.web, "contact_id": contact, "message": { "content": "Hello" } });
        house.post(&mia, "/conversations", new).await
    };
    assert_eq!(begin(contact_of(&house, others).await).await.0, 404);
    let (status, made) = begin(contact_of(&house, theirs).await).await;
    assert_eq!(status, 200);
    let id = made["id"].as_i64().unwrap();
    assert!(
        seen(&house, &mia).await.contains(&id),
        "they follow what they began"
    );
}

#[tokio::test]
async fn a_mention_makes_staff_part_of_it() {
    let house = House::open().await;
    let mia = join(&house, "Mia", Kind::Staff).await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    let note = json!({ "content": format!("[@Mia](mention://user/{}/Mia) yours?", mia.id), "private": true });
    house
        .post(&house.plan.ana, &format!("/conversations/{id}/messages"), note)
        .await;
    assert_eq!(seen(&house, &mia).await, [id]);
    let (_, told) = house.get(&mia, "/notifications").await;
    assert_eq!(
        told["data"]["payload"][0]["notification_type"],
        "conversation_mention"
    );
}

#[tokio::test]
async fn merged_guests_keep_their_bookings() {
    let house = House::open().await;
    let mia = join(&house, "Mia", Kind::Staff).await;
    let (kept, gone) = (
        house.guest_starts(house.plan.web, "a").await,
        house.guest_starts(house.plan.web, "b").await,
    );
    let (kept_id, gone_id) = (contact_of(&house, kept).await, contact_of(&house, gone).await);
    book(&house, gone_id, "Mia", "confirmed").await;
    let merge = json!({ "base_contact_id": kept_id, "mergee_contact_id": gone_id });
    assert_eq!(
        house
            .post(&house.plan.admin, "/actions/contact_merge", merge)
            .await
            .0,
        200
    );
    assert_eq!(seen(&house, &mia).await, [kept, gone]);
}

#[tokio::test]
async fn two_people_of_one_name_in_the_bookings_are_refused() {
    let house = House::open().await;
    join(&house, "Mia", Kind::Staff).await;
    let account = house.plan.account;
    let twice = house.running.desk().write(move |change| {
        let id = setup::user(change, "Mia", "mia.two@example.org", PASSWORD)?;
        roles::join(change, account, id, Kind::Staff, Some("MIA"))
    });
    assert!(twice.await.is_err());
}

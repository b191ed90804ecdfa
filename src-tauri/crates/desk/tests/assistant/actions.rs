//! What only people may decide: proposed by the assistant, decided once, carried out by the desk.

use crate::demo_desk::{DemoDesk, Guest, Person};
use deskbell_desk::db::rows;
use serde_json::{Value, json};

const SALON: i64 = 2;

/// A salon guest whose appointment can no longer be cancelled by chat, and the conversation about it.
struct Case {
    desk: DemoDesk,
    nadia: Person,
    guest: Guest,
    reference: String,
}

impl Case {
    async fn open() -> Self {
        let desk = DemoDesk::start().await;
        let link = desk.link("Studio Mira").await;
        let reference = link["reference"].as_str().unwrap().to_owned();
        let case = Self {
            nadia: desk.nadia().await,
            guest: desk.guest("Studio Mira").await,
            reference,
            desk,
        };
        case.change("UPDATE booking SET cancel_until = 1, move_until = 1 WHERE reference = ?1")
            .await;
        case
    }

    async fn change(&self, sql: &'static str) {
        let reference = self.reference.clone();
        let changed = self
            .desk
            .running
            .desk()
            .write(move |change| rows::execute(change, sql, [reference]));
        assert_eq!(changed.await.unwrap(), 1);
    }

    async fn booking(&self, column: &'static str) -> String {
        let reference = self.reference.clone();
        let read = self.desk.running.desk().read(move |view| {
            let sql = format!("SELECT CAST({column} AS TEXT) FROM booking WHERE reference = ?1");
            Ok(view.query_row(&sql, [&reference], |row| row.get::<_, String>(0))?)
        });
        read.await.unwrap()
    }

    /// Asks to cancel, and for a colleague when that is offered.
    async fn wants_to_cancel(&mut self) {
        self.guest.writes("I want to cancel my appointment").await;
        self.guest.hears().await;
        self.guest.writes("Yes, please").await;
        let opened = self.guest.sees("conversation.status_changed").await;
        assert_eq!(opened["status"], "open");
    }

    /// The same with a move to a time nobody else has.
    async fn wants_to_move(&mut self) {
        self.guest
            .writes("Can I move my appointment to Friday at 10:30?")
            .await;
        self.guest.hears().await;
        self.guest.writes("Yes, ask a colleague please").await;
        let opened = self.guest.sees("conversation.status_changed").await;
        assert_eq!(opened["status"], "open");
    }

    fn id(&self) -> i64 {
        self.guest.conversation.unwrap()
    }

    async fn told(&self) -> Vec<Value> {
        let conversation = self.nadia.conversation(SALON, self.id()).await;
        let told = conversation["custom_attributes"]["linked_actions"].as_array();
        told.cloned().unwrap_or_default()
    }

    async fn decides(&self, action: &Value, what: &str) -> (u16, Value) {
        let what = format!("linked_actions/{}/{what}", action["id"].as_str().unwrap());
        self.nadia.asks("POST", SALON, self.id(), &what).await
    }
}

#[tokio::test]
async fn a_late_cancellation_is_proposed_approved_and_done_once() {
    let mut case = Case::open().await;
    case.wants_to_cancel().await;
    let [proposed] = &case.told().await[..] else {
        panic!("one action");
    };
    assert_eq!(proposed["status"], "pending");
    assert_eq!(proposed["decidable"], true);
    assert_eq!(proposed["kind"], "cancel");
    let title = proposed["title"].as_str().unwrap();
    assert!(
        title.starts_with(&format!("Cancel {}: ", case.reference)),
        "{title}"
    );
    assert_eq!(
        case.booking("status").await,
        "confirmed",
        "nothing before a person says so"
    );
    let (status, done) = case.decides(proposed, "approve").await;
    assert_eq!((status, &done["status"]), (200, &json!("done")), "{done}");
    assert_eq!(done["decided_by"]["name"], "Nadia Berger");
    assert_eq!(case.booking("status").await, "cancelled");
    assert_eq!(case.told().await, std::slice::from_ref(&done));
    // Said again, after a lost answer: nothing more happens.
    case.change("UPDATE booking SET status = 'confirmed' WHERE reference = ?1")
        .await;
    assert_eq!(case.decides(proposed, "approve").await, (200, done));
    assert_eq!(case.booking("status").await, "confirmed");
}

#[tokio::test]
async fn a_declined_action_is_never_carried_out() {
    let mut case = Case::open().await;
    case.wants_to_cancel().await;
    let proposed = case.told().await.remove(0);
    let (status, declined) = case.decides(&proposed, "decline").await;
    assert_eq!((status, &declined["status"]), (200, &json!("rejected")));
    let (status, late) = case.decides(&proposed, "approve").await;
    assert_eq!((status, &late["linked_action"]), (409, &declined));
    assert_eq!(case.booking("status").await, "confirmed");
    assert_eq!(
        case.decides(&proposed, "decline").await,
        (200, declined),
        "the same again"
    );
}

#[tokio::test]
async fn what_changed_meanwhile_fails_with_its_reason() {
    let mut case = Case::open().await;
    case.wants_to_cancel().await;
    let proposed = case.told().await.remove(0);
    case.change("UPDATE booking SET starts_at = starts_at + 3600000 WHERE reference = ?1")
        .await;
    let (status, failed) = case.decides(&proposed, "approve").await;
    assert_eq!((status, &failed["status"]), (200, &json!("failed")));
    assert_eq!(failed["reason"], "The booking was moved meanwhile");
    assert_eq!(case.booking("status").await, "confirmed");
    let (_, thread) = case.nadia.asks("GET", SALON, case.id(), "messages").await;
    let lines = thread.to_string();
    assert!(lines.contains("approved: Cancel"), "who decided stands there");
    assert!(lines.contains("Not done: Cancel"));
}

#[tokio::test]
async fn a_move_is_carried_out_at_the_time_the_guest_wished() {
    let mut case = Case::open().await;
    let was: i64 = case.booking("starts_at").await.parse().unwrap();
    let length = case.booking("ends_at - starts_at").await;
    case.wants_to_move().await;
    let proposed = case.told().await.remove(0);
    assert_eq!(proposed["kind"], "move");
    let (status, done) = case.decides(&proposed, "approve").await;
    assert_eq!((status, &done["status"]), (200, &json!("done")), "{done}");
    assert_ne!(case.booking("starts_at").await.parse::<i64>().unwrap(), was);
    assert_eq!(case.booking("ends_at - starts_at").await, length);
}

#[tokio::test]
async fn a_newer_wish_takes_the_place_of_an_older_one() {
    let mut case = Case::open().await;
    case.wants_to_cancel().await;
    let older = case.told().await.remove(0);
    case.nadia.sets_status(SALON, case.id(), "pending").await;
    case.wants_to_move().await;
    let told = case.told().await;
    let states: Vec<&str> = told
        .iter()
        .map(|action| action["status"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["expired", "pending"]);
    assert_eq!(case.decides(&older, "approve").await.0, 409);
    let (_, listed) = case.nadia.asks("GET", SALON, case.id(), "linked_actions").await;
    assert_eq!(listed, json!(told), "the call tells what the attribute tells");
}

#[tokio::test]
async fn what_was_approved_before_the_desk_stopped_is_carried_out_after() {
    let mut case = Case::open().await;
    case.wants_to_cancel().await;
    let approved = case
        .desk
        .running
        .desk()
        .write(|change| rows::execute(change, "UPDATE linked_action SET state = 'approved'", []));
    assert_eq!(approved.await.unwrap(), 1);
    let desk = case.desk.running.desk();
    deskbell_desk::assistant::actions::carry_out_all(desk)
        .await
        .unwrap();
    assert_eq!(case.booking("status").await, "cancelled");
    assert_eq!(case.told().await[0]["status"], "done");
}

#[tokio::test]
async fn ids_of_other_conversations_and_strange_ones_are_not_found() {
    let mut case = Case::open().await;
    case.wants_to_cancel().await;
    let real = case.told().await.remove(0);
    for id in ["action-", "action-x", "action-999999", "x", "act-1187"] {
        assert_eq!(case.decides(&json!({ "id": id }), "approve").await.0, 404, "{id}");
    }
    let elsewhere = format!("linked_actions/{}/approve", real["id"].as_str().unwrap());
    let other = (1..case.id()).find(|id| *id != case.id()).unwrap();
    assert_eq!(case.nadia.asks("POST", SALON, other, &elsewhere).await.0, 404);
    assert_eq!(case.booking("status").await, "confirmed");
}

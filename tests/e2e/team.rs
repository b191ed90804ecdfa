//! Giving conversations to others, and who sees which.

use crate::front_desk::FrontDesk;
use deskbell_tests::app::Window;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use serde_json::{Value, json};

const COMPLAINT: &str = "I want my money back, the room was dirty";
const IFEOMA: &str = "ifeoma@aurora.example";
const NOTE: &str = "You know the room";

/// A guest of the first property who needs a person, in front; answers the conversation's path.
async fn waits(counter: &FrontDesk, name: &str) -> String {
    let account = counter.desk.facts().accounts[0].id;
    let id = counter.desk.guest_called(name, account, COMPLAINT).await;
    counter.window.click("button", "Needs a person,").await;
    counter
        .window
        .click("option", &format!("{name}, needs a person"))
        .await;
    counter.window.find("button", "Take over").await;
    format!("/api/v1/accounts/{account}/conversations/{id}")
}

/// Waits until the desk holds the conversation as `fits` says.
async fn desk_holds(counter: &FrontDesk, path: &str, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
    until(what, async || {
        let held = counter.desk.get(path, &counter.me.access_token).await;
        fits(&held).then_some(held)
    })
    .await
}

/// How many conversations somebody of the first property has open, as the desk counts.
async fn load(counter: &FrontDesk, id: i64) -> usize {
    let account = counter.desk.facts().accounts[0].id;
    let ledger = counter.desk.ledger().await;
    let all = ledger["conversations"].as_array().cloned().unwrap_or_default();
    let theirs =
        |one: &&Value| one["account_id"] == account && one["status"] == "open" && one["assignee_id"] == id;
    all.iter().filter(theirs).count()
}

/// Whether the guest stands in the list of that view, asked until it is so.
async fn listed(window: &Window, view: &str, guest: &str, wanted: bool) {
    window.click("button", view).await;
    until(&format!("{guest} in {view}: {wanted}"), async || {
        let there = !window.all("option", guest).await.is_empty();
        (there == wanted).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn g1_g2_n1_a_colleague_and_a_team_are_given_conversations_are_told_and_have_them() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let theirs = counter.beside(IFEOMA).await;
    let path = waits(&counter, "Greta Gruber").await;
    window.click("button", "Take over").await;
    window.sees("You are answering").await;
    listed(window, "Mine,", "Greta Gruber", true).await;

    // Who is there, and how much they have.
    let token = &counter.desk.login_of(IFEOMA).access_token;
    let ifeoma = counter.desk.person(IFEOMA).await;
    window.click("button", "Assign").await;
    let busy = load(&counter, ifeoma).await;
    window
        .find("option", &format!("Ifeoma Okafor On desk {busy} open"))
        .await;
    window.find("option", "Henrik Dahl Off").await;
    window.write("combobox", "Find a teammate or a team", "ife").await;
    window.gone("option", "Henrik Dahl").await;
    window.click("option", "Ifeoma Okafor").await;
    window.write("textbox", "Note for Ifeoma", NOTE).await;
    window.click("radio", "Urgent").await;
    window.picture(&counter.desktop, "assign-to-colleague").await;
    window.click("button", "Assign to Ifeoma").await;

    let held = desk_holds(&counter, &path, "it to be Ifeoma's on the desk", |held| {
        held["meta"]["assignee"]["id"] == ifeoma && held["priority"] == "urgent"
    })
    .await;
    assert_eq!(held["status"], "open", "who answers did not change to the AI");
    let note = until("the note on the desk", async || {
        let messages = counter.conversation_with(NOTE).await.messages;
        messages.into_iter().rfind(|message| message["content"] == NOTE)
    })
    .await;
    assert_eq!(note["private"], true, "the guest does not read it");
    window.sees("Ifeoma Okafor is answering").await;

    // She is told, by the desk and on her screen, without the guest's words.
    let told = counter.desk.get(&counter.desk.path("notifications"), token).await;
    let told = told["data"]["payload"].as_array().cloned().unwrap_or_default();
    let is_it = |one: &&Value| {
        one["notification_type"] == "conversation_assignment" && one["primary_actor"]["id"] == held["id"]
    };
    assert_eq!(told.iter().filter(is_it).count(), 1, "{told:?}");
    let toast = counter
        .notifications
        .wait_for("her notification", |toast| {
            toast.summary == "A conversation was assigned to you"
        })
        .await;
    assert!(!toast.body.contains("money"), "{toast:?}");
    // A press on it leads there. No person is there before the program listens.
    until("the notification to lead there", async || {
        counter.notifications.press(toast.id, "default").await;
        theirs.drawn().await;
        (!theirs.all("heading", "Greta Gruber").await.is_empty()).then_some(())
    })
    .await;
    theirs.sees("You are answering").await;
    theirs.sees(NOTE).await;

    // It left my list for hers, and counts as others' with me.
    listed(window, "Mine,", "Greta Gruber", false).await;
    listed(&theirs, "Mine,", "Greta Gruber", true).await;
    window.click("button", "All,").await;
    window.click("button", "More").await;
    for (choice, there) in [("Others", true), ("Nobody", false), ("To me", false)] {
        window.click("button", choice).await;
        until(&format!("Greta under {choice}: {there}"), async || {
            (window.all("option", "Greta Gruber").await.is_empty() != there).then_some(())
        })
        .await;
        window.click("button", choice).await;
    }
    window.press(Key::Plain(Key::ESCAPE)).await;
    to_a_team(&counter).await;
}

/// Nobody of the team has it yet: somebody is still needed.
async fn to_a_team(counter: &FrontDesk) {
    let window = &counter.window;
    let path = waits(counter, "Hanna Huber").await;
    window.click("button", "Assign").await;
    window
        .write("combobox", "Find a teammate or a team", "reserv")
        .await;
    window.click("option", "reservations").await;
    window
        .write("textbox", "Note for reservations", "A group of ten")
        .await;
    window.click("button", "Assign to reservations").await;
    let held = desk_holds(counter, &path, "it to be the team's on the desk", |held| {
        held["meta"]["team"]["name"] == "reservations"
    })
    .await;
    assert!(held["priority"].is_null(), "nobody called it urgent: {held}");
    window.sees("A group of ten").await;
    let panel = window.find("complementary", "Details").await;
    until("the team in the details", async || {
        let text = panel.text().await.ok()?;
        text.contains("reservations").then_some(())
    })
    .await;
    window.sees("Nobody is answering yet").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn g3_staff_see_their_own_guests_only_and_the_owner_sees_all() {
    let counter = FrontDesk::open_as("lilla@mira.example").await;
    let window = &counter.window;
    let salon = counter
        .desk
        .facts()
        .accounts
        .iter()
        .find(|one| one.name == "Studio Mira");
    let salon = salon.expect("the demo has a salon").id;
    let owner = counter.desk.login_of("nadia@aurora.example").access_token.clone();
    let hers = counter
        .desk
        .guest_called("Hanna Hers", salon, "Is my colour ready?")
        .await;
    let other = counter
        .desk
        .guest_called("Otto Other", salon, "Do you sell zeppelin combs?")
        .await;
    let conversations = format!("/api/v1/accounts/{salon}/conversations");
    let given = json!({ "assignee_id": counter.desk.person("lilla@mira.example").await });
    counter
        .desk
        .post(&format!("{conversations}/{hers}/assignments"), &given, &owner)
        .await;

    listed(window, "All,", "Hanna Hers", true).await;
    let everything = format!("{conversations}?status=all&assignee_type=all");
    let seen = async |token: &str| {
        let listed = counter.desk.get(&everything, token).await;
        let all = listed["data"]["payload"].as_array().cloned().unwrap_or_default();
        let ids: Vec<Option<i64>> = all.iter().map(|one| one["id"].as_i64()).collect();
        (ids.contains(&Some(hers)), ids.contains(&Some(other)))
    };
    assert_eq!(
        seen(&counter.me.access_token).await,
        (true, false),
        "the desk tells her no more"
    );
    assert_eq!(seen(&owner).await, (true, true));

    // What is not hers is neither listed nor found, however it changes.
    assert!(window.all("option", "Otto Other").await.is_empty());
    window.write("searchbox", "Search", "zeppelin").await;
    window.sees("Nothing found").await;
    window.rewrite("searchbox", "Search", "Hanna").await;
    window.click("option", "Hanna Hers").await;
    window.sees("Is my colour ready?").await;
    window.picture(&counter.desktop, "staff").await;

    // The owner sees both, and gives her the other.
    let owners = counter.beside("nadia@aurora.example").await;
    listed(&owners, "All,", "Hanna Hers", true).await;
    listed(&owners, "All,", "Otto Other", true).await;
    counter
        .desk
        .post(&format!("{conversations}/{other}/assignments"), &given, &owner)
        .await;
    window.click("button", "Clear the search").await;
    listed(window, "All,", "Otto Other", true).await;
}

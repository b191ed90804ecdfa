//! Between AI and people: the switch, taking over, handing back, ringing the desk, closing and coming back.

use crate::front_desk::FrontDesk;
use deskbell_tests::elsewhere::OWNER;
use deskbell_tests::notifications::Toast;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use serde_json::Value;

const ME: &str = "jonas@aurora.example";
const QUESTION: &str = "Is the sauna open tonight?";

/// A guest whom the AI answers, in front; answers the conversation's number.
async fn with_ai(counter: &FrontDesk, name: &str) -> i64 {
    let account = counter.desk.facts().accounts[0].id;
    let id = counter.desk.guest_called(name, account, QUESTION).await;
    counter.desk.answered(id).await;
    counter.window.click("button", "AI handling,").await;
    counter.window.click("option", name).await;
    counter.window.sees(QUESTION).await;
    counter.window.sees("AI is answering").await;
    id
}

/// Waits until the desk holds the conversation as `fits` says.
async fn desk_holds(counter: &FrontDesk, id: i64, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
    until(&format!("the desk to hold it {what}"), async || {
        Some(counter.desk.conversation(id).await).filter(&fits)
    })
    .await
}

/// How often the AI has spoken there.
async fn answers(counter: &FrontDesk, id: i64) -> usize {
    let messages = counter.desk.messages(id).await;
    messages
        .iter()
        .filter(|one| one["message_type"] == 1 && one["sender_type"] == "AgentBot")
        .count()
}

/// The guest goes on writing, and the AI says nothing to it: what another guest asks after that it has answered meanwhile.
async fn ai_is_silent(counter: &FrontDesk, id: i64) {
    let before = answers(counter, id).await;
    counter.desk.guest_writes(id, "Where can I park?").await;
    let account = counter.desk.facts().accounts[0].id;
    let other = counter
        .desk
        .guest_called("Otto Other", account, "Where can I park?")
        .await;
    counter.desk.answered(other).await;
    assert_eq!(answers(counter, id).await, before, "the AI went on");
}

/// Waits until the switch says so; empty = neither.
async fn switch_says(counter: &FrontDesk, wanted: &str) {
    until(&format!("the switch to say {wanted:?}"), async || {
        (chosen(counter).await == wanted).then_some(())
    })
    .await;
}

async fn chosen(counter: &FrontDesk) -> String {
    let script = "return document.querySelector('[role=radiogroup].switch [aria-checked=true]')?.innerText.trim() ?? ''";
    let chosen = counter.window.client().execute(script, vec![]).await;
    chosen
        .ok()
        .and_then(|one| one.as_str().map(str::to_owned))
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn h2_h4_the_switch_says_who_answers_and_after_a_hand_back_the_ai_goes_on_with_what_was_said() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let id = with_ai(&counter, "Greta Gruber").await;
    switch_says(&counter, "AI").await;
    window.click("radio", "Human").await;
    window.sees("You are answering").await;
    switch_says(&counter, "Human").await;
    let mine = counter.desk.person(ME).await;
    desk_holds(&counter, id, "with me", |held| {
        held["status"] == "open" && held["meta"]["assignee"]["id"] == mine
    })
    .await;
    window.picture(&counter.desktop, "switch-human").await;

    // By key: an arrow only moves, because choosing speaks to a guest.
    window.press(Key::Plain('\u{e012}')).await;
    window.focus_is_on("radio", "AI").await;
    assert_eq!(chosen(&counter).await, "Human", "nothing was chosen yet");
    window.press(Key::Plain(Key::SPACE)).await;
    window.sees("AI is answering").await;
    desk_holds(&counter, id, "with the AI", |held| {
        held["status"] == "pending" && held["meta"]["assignee"]["id"] != mine
    })
    .await;
    goes_on(&counter, id).await;
    // Whoever it is, they are named.
    counter.desk.takes_over(OWNER, id).await;
    window.sees("Nadia Berger is answering").await;
    switch_says(&counter, "Human").await;
    counter.desk.becomes(OWNER, id, "resolved").await;
    window.sees("Nobody answers, it is closed").await;
    switch_says(&counter, "").await;
}

/// H4
async fn goes_on(counter: &FrontDesk, id: i64) {
    let window = &counter.window;
    window
        .write("textbox", "Reply", "There is a bowl and a blanket for the dog.")
        .await;
    window.click("button", "Take over and send").await;
    window.sees("You are answering").await;
    until("the reply on the desk", async || {
        let messages = counter.desk.messages(id).await;
        messages
            .iter()
            .any(|one| one["client_ref"].is_string())
            .then_some(())
    })
    .await;
    window.click("button", "Hand back to AI").await;
    window.sees("AI has read the conversation and goes on.").await;
    window.sees("AI is answering").await;
    desk_holds(counter, id, "with the AI", |held| {
        held["status"] == "pending" && held["meta"]["assignee_type"] != "User"
    })
    .await;
    counter.desk.guest_writes(id, "Great. Is there a blanket?").await;
    window
        .sees("As Jonas told you: “There is a bowl and a blanket for the dog.”")
        .await;
    window.picture(&counter.desktop, "handed-back").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_assigning_to_me_and_sending_take_over_and_the_ai_is_silent_from_then_on() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let mine = counter.desk.person(ME).await;
    let is_mine = |held: &Value| held["status"] == "open" && held["meta"]["assignee"]["id"] == mine;
    let assigned = with_ai(&counter, "Greta Gruber").await;
    window.click("button", "Assign").await;
    window
        .write("combobox", "Find a teammate or a team", "Jonas")
        .await;
    window.click("option", "Jonas Lindqvist (you)").await;
    window.click("button", "Assign to Jonas").await;
    window.sees("You are answering").await;
    desk_holds(&counter, assigned, "with me", is_mine).await;
    ai_is_silent(&counter, assigned).await;

    let sent = with_ai(&counter, "Hanna Huber").await;
    window
        .write("textbox", "Reply", "Of course, bring it along")
        .await;
    window.click("button", "Take over and send").await;
    window.sees("You are answering").await;
    desk_holds(&counter, sent, "with me", is_mine).await;
    let reply = until("the reply on the desk", async || {
        let messages = counter.desk.messages(sent).await;
        messages
            .into_iter()
            .rfind(|one| one["content"] == "Of course, bring it along")
    })
    .await;
    // Opened and given to me first: the AI could not answer in between.
    let lines = counter.desk.messages(sent).await;
    let taken = lines
        .iter()
        .position(|one| one["content"] == "Jonas Lindqvist self-assigned this conversation");
    let said = lines.iter().position(|one| one["id"] == reply["id"]);
    assert!(taken.is_some() && taken < said, "{lines:?}");
    ai_is_silent(&counter, sent).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h6_escalating_with_a_reason_stops_the_ai_raises_the_flag_and_rings_everybody() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let theirs = counter.beside("ifeoma@aurora.example").await;
    let id = with_ai(&counter, "Greta Gruber").await;
    let before = counter.notifications.history();
    window.click("button", "Escalate").await;
    window.sees("Ring the desk for Greta?").await;
    window
        .write("textbox", "Why (optional)", "Wants a room change")
        .await;
    window.picture(&counter.desktop, "escalate").await;
    // The other of that name lies behind the question.
    window.click("button", "Escalate").await;
    window.sees("The desk is ringing.").await;
    window.sees("Nobody is answering yet").await;
    desk_holds(&counter, id, "as waiting", |held| {
        held["status"] == "open" && held["priority"] == "urgent" && held["meta"]["assignee_type"] != "User"
    })
    .await;
    let note = until("the reason on the desk", async || {
        let messages = counter.desk.messages(id).await;
        messages
            .into_iter()
            .rfind(|one| one["content"] == "Wants a room change")
    })
    .await;
    assert_eq!(note["private"], true, "the guest does not read why");
    ai_is_silent(&counter, id).await;

    // It rings on every computer of the desk, and stands where it is looked for.
    theirs.click("button", "Needs a person,").await;
    theirs.find("option", "Greta Gruber, needs a person").await;
    let rang = |toast: &Toast| {
        !before
            .iter()
            .any(|old| old.id == toast.id && old.replaced == toast.replaced)
    };
    counter.notifications.wait_for("the bell", rang).await;
    window.click("button", "Needs a person,").await;
    window.find("option", "Greta Gruber, needs a person").await;
    window.picture(&counter.desktop, "escalated-by-hand").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn c1_c2_n1_closing_asks_once_and_a_guest_who_writes_again_is_back_with_all_and_told() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let id = with_ai(&counter, "Greta Gruber").await;
    window.click("button", "Close").await;
    window.sees("Close the conversation with Greta?").await;
    window.click("button", "Keep open").await;
    window.gone("dialog", "Close the conversation with Greta?").await;
    assert_eq!(
        counter.desk.conversation(id).await["status"],
        "pending",
        "nothing happened"
    );

    window.click("button", "Close").await;
    // What the house has ready is filled in and can be changed.
    window
        .click("button", "Thank you for staying with us, Greta Gruber.")
        .await;
    until("the prepared words in the field", async || {
        let words = window.value("textbox", "Final message").await;
        (words.contains("Greta Gruber") && words.contains("Jonas Lindqvist")).then_some(())
    })
    .await;
    window
        .rewrite("textbox", "Final message", "Thank you, goodbye")
        .await;
    window.click("button", "Send and close").await;
    window.sees("Nobody answers, it is closed").await;
    window.sees("Thank you, goodbye").await;
    desk_holds(&counter, id, "as closed", |held| held["status"] == "resolved").await;
    let messages = counter.desk.messages(id).await;
    let place = |words: &str| messages.iter().position(|one| one["content"] == words);
    let goodbye = place("Thank you, goodbye");
    let closed = place("Conversation was marked resolved by Jonas Lindqvist");
    assert!(goodbye.is_some() && goodbye < closed, "{messages:?}");
    window.click("button", "Closed").await;
    window.find("option", "Greta Gruber").await;
    comes_back(&counter, id).await;
}

/// Presses a notification until it leads to that guest: no person is there before the program listens.
async fn press(counter: &FrontDesk, toast: &Toast, guest: &str) {
    until("the notification to lead there", async || {
        counter.notifications.press(toast.id, "default").await;
        counter.window.drawn().await;
        (!counter.window.all("heading", guest).await.is_empty()).then_some(())
    })
    .await;
}

/// C2, N1
async fn comes_back(counter: &FrontDesk, id: i64) {
    let window = &counter.window;
    // Somebody who looks at it needs no telling.
    with_ai(counter, "Otto Other").await;
    counter.desk.guest_writes(id, "Where can I park?").await;
    let toast = counter
        .notifications
        .wait_for("what came back", |toast| {
            toast.summary == "A guest wrote again after closing"
        })
        .await;
    assert!(
        !toast.body.contains("park"),
        "words stay off a shared screen: {toast:?}"
    );
    desk_holds(counter, id, "with the AI", |held| held["status"] == "pending").await;

    // A press on it leads there, to the whole thread.
    press(counter, &toast, "Greta Gruber").await;
    window.sees(QUESTION).await;
    window.sees("Thank you, goodbye").await;
    window.sees("Where can I park?").await;
    window.picture(&counter.desktop, "back-again").await;
    until("its notification to be taken down", async || {
        let shown = counter.notifications.shown();
        (!shown.iter().any(|one| one.id == toast.id)).then_some(())
    })
    .await;
}

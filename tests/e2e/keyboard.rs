//! The window without a pointer: the main job from the ring to the end, every key of the map, and what is spoken.

use crate::front_desk::FrontDesk;
use deskbell_tests::app::Window;
use deskbell_tests::guest::Guest;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;

const COMPLAINT: &str = "I want my money back, the room was dirty";
const ENTER: Key = Key::Plain(Key::ENTER);
const ESCAPE: Key = Key::Plain(Key::ESCAPE);
const TAB: Key = Key::Plain(Key::TAB);

const COUNT_POINTER: &str =
    "window.pointed = 0; addEventListener('pointerdown', () => window.pointed++, true)";

async fn pointed(counter: &FrontDesk) -> i64 {
    let count = counter
        .window
        .client()
        .execute("return window.pointed", vec![])
        .await;
    count.ok().and_then(|count| count.as_i64()).unwrap_or(-1)
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_the_main_job_is_done_without_a_pointer() {
    let counter = FrontDesk::open().await;
    let (window, link) = (&counter.window, counter.desk.facts().guest_links[0].url.clone());
    window.client().execute(COUNT_POINTER, vec![]).await.unwrap();
    let guest = Guest::open(&link).await;
    guest.write("textbox", "", COMPLAINT).await;
    guest.click("button", "Send").await;
    let name = counter.conversation_with(COMPLAINT).await.guest();

    // It rings; the guest is found, and opened.
    open_ringing(window, &name).await;

    // Taken over, answered with a template.
    window.press(Key::Plain('t')).await;
    window.sees("You are answering").await;
    window.focus_is_on("option", &name).await;
    window.press(Key::Control('/')).await;
    window.focus_is_on("combobox", "Search templates").await;
    window.type_keys("hello").await;
    window.press(ENTER).await;
    window.focus_is_on("textbox", "Reply").await;
    let filled = until("the template in the composer", async || {
        let text = window.value("textbox", "Reply").await;
        (!text.is_empty()).then_some(text)
    })
    .await;
    window.press(ENTER).await;
    guest.sees(filled.lines().next().unwrap_or_default()).await;
    window.focus_is_on("textbox", "Reply").await;

    // Back to the list; assigned, handed back.
    window.press(ESCAPE).await;
    window.focus_is_on("option", &name).await;
    window.press(Key::Plain('a')).await;
    window.focus_is_on("combobox", "Find a teammate or a team").await;
    window.type_keys("Ifeoma").await;
    window.find("option", "Ifeoma Okafor").await;
    window.press(ENTER).await;
    window.press(ENTER).await;
    window.focus_is_on("button", "Assign").await;
    window.sees("Ifeoma Okafor is answering").await;
    window.press(Key::Plain('h')).await;
    window.sees("AI is answering").await;

    // Closed; taken back; closed.
    close(&counter).await;
    window.press(Key::Control('z')).await;
    window.sees("AI is answering").await;
    close(&counter).await;
    until("the desk to have closed it", async || {
        (counter.conversation_with(COMPLAINT).await.status() == "resolved").then_some(())
    })
    .await;
    assert_eq!(pointed(&counter).await, 0, "no pointer was used");
}

/// The question comes with the focus in its first field; Tab leads to the answer.
async fn close(counter: &FrontDesk) {
    let window = &counter.window;
    window.press(ESCAPE).await;
    window.press(Key::Plain('c')).await;
    window.find("dialog", "Close the conversation").await;
    let without = "Close without a message";
    let mut tabs = 0;
    while !window.has_focus("button", without).await {
        assert!(tabs < 12, "Tab reaches \"{without}\"");
        window.press(TAB).await;
        tabs += 1;
    }
    window.press(ENTER).await;
    window.sees("Nobody answers, it is closed").await;
}

const TEXT_SCALE: &str = "return document.documentElement.style.getPropertyValue('--text-scale')";

async fn text_scale_becomes(counter: &FrontDesk, scale: &str) {
    until(&format!("text at {scale}"), async || {
        let now = counter.window.client().execute(TEXT_SCALE, vec![]).await;
        (now.ok()?.as_str()? == scale).then_some(())
    })
    .await;
}

/// A guest who rings, opened by keys; answers their name.
async fn ringing(counter: &FrontDesk) -> String {
    let account = counter.desk.facts().accounts[0].id;
    counter.desk.guest_starts(account, COMPLAINT).await;
    let name = counter.conversation_with(COMPLAINT).await.guest();
    open_ringing(&counter.window, &name).await;
    name
}

/// Finds a guest who rings in the view where the row stays, whoever answers, and opens their conversation by name.
async fn open_ringing(window: &Window, name: &str) {
    window.press(Key::Control('4')).await;
    window.find("option", &format!("{name}, needs a person")).await;
    window.press(Key::Control('k')).await;
    window.focus_is_on("combobox", "Go to a conversation").await;
    window.type_keys(name).await;
    window.find("option", name).await;
    window.press(ENTER).await;
    window.focus_is_on("option", name).await;
    window.sees("Nobody is answering yet").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_every_key_that_moves_does_what_the_help_says() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.press(Key::Control('4')).await;
    window.find("option", "").await;
    window.press(Key::Plain('j')).await;
    let rows = window.names_of("option", 4).await;
    // What follows the name changes once the row was looked at.
    let rows: Vec<&str> = rows.iter().filter_map(|name| name.split(',').next()).collect();
    window.focus_is_on("option", rows[0]).await;
    for (key, row) in [('j', 1), (Key::DOWN, 2), ('k', 1), (Key::UP, 0)] {
        window.press(Key::Plain(key)).await;
        window.focus_is_on("option", rows[row]).await;
    }
    window.press(Key::Plain(Key::END)).await;
    until("another row", async || {
        (!window.has_focus("option", rows[0]).await && window.has_focus("option", "").await).then_some(())
    })
    .await;
    window.press(Key::Plain(Key::HOME)).await;
    window.focus_is_on("option", rows[0]).await;
    window.press(ENTER).await;
    window.focus_is_on("textbox", "").await;
    window.press(ESCAPE).await;
    window.focus_is_on("option", "").await;

    for (key, view) in [
        ('1', "Needs a person"),
        ('2', "Mine"),
        ('3', "AI handling"),
        ('5', "Closed"),
        ('4', "All"),
    ] {
        window.press(Key::Control(key)).await;
        window.find("heading", view).await;
    }
    window.press(Key::Plain('/')).await;
    window.focus_is_on("searchbox", "Search names").await;
    window.type_keys("t?#j").await;
    assert_eq!(
        window.value("searchbox", "Search names").await,
        "t?#j",
        "a text has its letters"
    );
    window.press(ESCAPE).await;
    window.press(ESCAPE).await;
    window.focus_is_on("option", "").await;

    // All parts of the window and around again.
    let mut visited = 0;
    window.press(Key::Plain(Key::F6)).await;
    while !window.has_focus("option", "").await {
        assert!(visited < 8, "F6 comes back to the list");
        visited += 1;
        window.press(Key::Plain(Key::F6)).await;
    }
    assert!(visited >= 3, "rail, conversation, composer, details: {visited}");
    window.press(Key::Shift(Key::F6)).await;
    window.focus_is_on("button", "All,").await;

    window.press(Key::Control('+')).await;
    text_scale_becomes(&counter, "1.1").await;
    window.press(Key::Control('-')).await;
    text_scale_becomes(&counter, "1").await;
    window.press(Key::Control('-')).await;
    text_scale_becomes(&counter, "0.9").await;
    window.press(Key::Control('0')).await;
    text_scale_becomes(&counter, "1").await;
    for (key, dialog) in [
        (Key::Plain('?'), "Keyboard"),
        (Key::Control(','), "Settings"),
        (Key::Plain('f'), "Filters"),
    ] {
        window.press(key).await;
        window.find("dialog", dialog).await;
        window.press(ESCAPE).await;
        window.gone("dialog", dialog).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_every_key_of_a_conversation_does_what_the_help_says() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let name = ringing(&counter).await;
    let row = async || {
        window.press(ESCAPE).await;
        window.focus_is_on("option", &name).await;
    };
    window.press(Key::Plain('i')).await;
    window.gone("complementary", "Details").await;
    // Tags and lead work whether the details are there or not.
    window.press(Key::Plain('l')).await;
    window.press(Key::Plain('#')).await;
    window.focus_is_on("textbox", "tag").await;
    window.find("button", "Not a lead").await;
    window.press(ESCAPE).await;
    row().await;
    window.press(Key::Plain('b')).await;
    until("the brief with the focus", async || {
        let there = "return document.activeElement?.id === 'brief'";
        let there = window.client().execute(there, vec![]).await;
        there.ok()?.as_bool()?.then_some(())
    })
    .await;
    row().await;
    window.press(Key::Plain('.')).await;
    window.focus_is_on("menuitem", "Mark as unread").await;
    // A menu has its own keys: none of the window's act from inside it.
    window.press(Key::Plain('t')).await;
    window.press(ESCAPE).await;
    window.sees("Nobody is answering yet").await;
    row().await;
    window.press(Key::Plain('u')).await;
    window.sees("Marked as unread").await;
    for (key, role, field) in [
        (Key::Plain('r'), "textbox", "Reply"),
        (Key::Plain('n'), "textbox", "Note"),
        (Key::Control('/'), "combobox", "Search templates"),
        (Key::Control('f'), "searchbox", "Find"),
    ] {
        window.press(key).await;
        window.focus_is_on(role, field).await;
        window.press(ESCAPE).await;
        row().await;
    }
    window.press(Key::Plain('t')).await;
    window.sees("You are answering").await;
    window.press(Key::Plain('h')).await;
    window.sees("AI is answering").await;
    window.press(Key::Plain('e')).await;
    window.find("dialog", "Ring the desk").await;
    window.press(ESCAPE).await;
    window.gone("dialog", "Ring the desk").await;
    window.press(Key::Shift('A')).await;
    window.sees("Assigned to").await;
    window.press(Key::Plain('c')).await;
    window.find("dialog", "Close the conversation").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_single_keys_are_changed_and_turned_off_and_stay_so() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.press(Key::Control(',')).await;
    window.click("button", "Change shortcuts").await;
    window
        .click("button", "Change the key for Take over, now T")
        .await;
    window.press(Key::Plain('h')).await;
    window.sees("H is the key for “Hand back to AI”.").await;
    window.press(Key::Plain('y')).await;
    window.find("button", "Change the key for Take over, now Y").await;
    window.click("button", "Turn off the key for Escalate").await;
    window
        .find("button", "Change the key for Escalate, now Off")
        .await;
    window.press(ESCAPE).await;
    window.find("dialog", "Settings").await;
    window.press(ESCAPE).await;

    let counter = counter.kill_and_reopen().await;
    let window = &counter.window;
    ringing(&counter).await;
    window.press(Key::Plain('t')).await;
    window.press(Key::Control('k')).await;
    window.focus_is_on("combobox", "Go to a conversation").await;
    window.press(ESCAPE).await;
    window.sees("Nobody is answering yet").await;
    window.press(Key::Plain('y')).await;
    window.sees("You are answering").await;

    window.press(Key::Control(',')).await;
    window.click("switch", "Single-key shortcuts").await;
    window.press(ESCAPE).await;
    window.gone("dialog", "Settings").await;
    window.press(Key::Plain('h')).await;
    window.press(Key::Control('1')).await;
    window.find("heading", "Needs a person").await;
    window.sees("You are answering").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n4_control_enter_sends_where_that_is_chosen() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    ringing(&counter).await;
    window.press(Key::Plain('t')).await;
    window.sees("You are answering").await;
    window.press(Key::Control(',')).await;
    window.click("radio", "Ctrl Enter").await;
    window.press(ESCAPE).await;
    window.gone("dialog", "Settings").await;
    window.press(Key::Plain('r')).await;
    window.focus_is_on("textbox", "Reply").await;
    window.type_keys("One").await;
    window.press(ENTER).await;
    window.type_keys("two").await;
    assert_eq!(window.value("textbox", "Reply").await, "One\ntwo");
    window.press(Key::Control(Key::ENTER)).await;
    until("the reply on the desk", async || {
        let held = counter.conversation_with(COMPLAINT).await;
        held.answers().iter().any(|text| text == "One\ntwo").then_some(())
    })
    .await;
    assert_eq!(
        counter.conversation_with(COMPLAINT).await.status(),
        "open",
        "sent, not closed"
    );
}

//! That the helpers see what is there and nothing else.

use deskbell_tests::desktop::Desktop;
use deskbell_tests::guest::Guest;
use deskbell_tests::notifications::Notifications;
use deskbell_tests::page::Key;
use deskbell_tests::tray::Tray;
use std::collections::HashMap;
use zbus::zvariant::Value;

const PAGE: &str = "data:text/html,<h1>Front%20desk</h1>\
<button onclick=\"setTimeout(()=>{outcome.textContent=field.value;this.remove()},300)\">Send%20%20it</button>\
<button>Send%20it%20later</button><button hidden>Hidden</button>\
<label>Your%20name<input%20id=field></label><p%20role=status%20id=outcome%20aria-label=State></p>\
<script>onkeydown=(event)=>{if(event.ctrlKey&&event.key=='k')outcome.textContent='keys'}</script>";

#[tokio::test]
async fn a_page_is_found_by_role_and_name() {
    let page = Guest::open(PAGE).await;
    assert_eq!(
        page.names("button").await,
        ["Send it", "Send it later"],
        "hidden ones are not there"
    );
    page.write("textbox", "Your name", "Priya").await;
    assert_eq!(page.value("textbox", "Your name").await, "Priya");
    page.click("button", "Send it").await;
    page.sees("Priya").await;
    page.click("button", "Send it later").await;
    assert_eq!(
        page.names("button").await,
        ["Send it later"],
        "the exact name is preferred, and the other stays"
    );
    page.rewrite("textbox", "name", "Jonas").await;
    page.press(Key::Control('k')).await;
    page.sees("keys").await;
    page.sees_no("Priya").await;
    assert!(page.all("button", "Hidden").await.is_empty());
    assert_eq!(page.text().await.matches("Front desk").count(), 1);
}

#[tokio::test]
async fn notifications_are_seen_replaced_pressed_and_withdrawn() {
    let desktop = Desktop::start().await;
    let notifications = Notifications::start(&desktop).await;
    let program = desktop.connect().await;
    let first = notify(&program, 0, "A guest waits").await;
    let again = notify(&program, first, "Two guests wait").await;
    assert_eq!(first, again, "a replacement keeps its id");
    let toast = notifications
        .wait_for("the newer text", |toast| toast.summary == "Two guests wait")
        .await;
    assert_eq!((toast.replaced, notifications.shown().len()), (1, 1));
    assert_eq!(toast.actions, [("default".to_owned(), "Open".to_owned())]);

    let path = "/org/freedesktop/Notifications";
    let name = Some("org.freedesktop.Notifications");
    program
        .call_method(name, path, name, "CloseNotification", &(first))
        .await
        .unwrap();
    notifications.wait_until_none().await;
    assert_eq!(notifications.history().len(), 1, "what was shown is remembered");
}

async fn notify(program: &zbus::Connection, replaces: u32, summary: &str) -> u32 {
    let hints: HashMap<&str, Value<'_>> = HashMap::new();
    let content = (
        "Deskbell",
        replaces,
        "",
        summary,
        "",
        vec!["default", "Open"],
        hints,
        -1_i32,
    );
    let name = Some("org.freedesktop.Notifications");
    let shown = program
        .call_method(name, "/org/freedesktop/Notifications", name, "Notify", &content)
        .await;
    shown.unwrap().body().deserialize().unwrap()
}

#[tokio::test]
async fn a_desktop_without_icons_has_an_empty_tray() {
    let desktop = Desktop::without_keyring().await;
    let tray = Tray::start(&desktop).await;
    assert!(!tray.has_icon());
    desktop.picture("harness-empty-desktop");
}

//! Files, places and contact cards, as they are seen and sent.

use crate::composer::PRESS_PHOTO;
use crate::front_desk::FrontDesk;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use fantoccini::Locator;
use serde_json::json;

const ME: &str = "jonas@aurora.example";
const QUESTION: &str = "Is the sauna open tonight?";

#[tokio::test(flavor = "multi_thread")]
async fn t6_every_kind_of_file_is_seen_and_a_channel_that_takes_none_says_so() {
    let counter = FrontDesk::open_with(async |desk| {
        let id = desk.guest_starts_over("Channel::Whatsapp", "Greta Gruber", QUESTION).await;
        desk.takes_over(ME, id).await;
        let sms = desk.guest_starts_over("Channel::Sms", "Sima Short", QUESTION).await;
        desk.takes_over(ME, sms).await;
        let picture = include_bytes!("../../assets/icons/32x32.png").to_vec();
        let bell = include_bytes!("../../assets/sounds/desk-bell.wav").to_vec();
        desk.colleague_sends(id, "lobby.png", "image/png", picture).await;
        desk.colleague_sends(id, "voice.wav", "audio/wav", bell).await;
        desk.colleague_sends(id, "tour.webm", "video/webm", b"no film".to_vec()).await;
        desk.colleague_sends(id, "menu.pdf", "application/pdf", b"%PDF-1.4".to_vec()).await;
        let place = json!({ "file_type": "location", "coordinates_lat": 52.5, "coordinates_long": 13.4, "fallback_title": "The station" });
        desk.guest_shares(id, "", place).await;
        let card = json!({ "file_type": "contact", "fallback_title": "+4915199887766", "meta": { "firstName": "Ben", "lastName": "Bruder" } });
        desk.guest_shares(id, "", card).await;
    })
    .await;
    let window = &counter.window;
    window.click("button", "Mine,").await;
    window.click("option", "Greta Gruber").await;
    window.sees("Ben Bruder").await;
    window.sees("+4915199887766").await;
    // Pictures that come meanwhile move it: a press may miss it.
    until("the place on a map", async || {
        window.click("button", "Open on a map").await;
        let opened = counter.desktop.opened();
        (opened.last()?.contains("52.5") && opened.last()?.contains("13.4")).then_some(())
    })
    .await;
    window.sees("The station").await;
    window.picture(&counter.desktop, "thread-files").await;

    window.click("button", "Voice message").await;
    let plays =
        |kind: &str| format!("return document.querySelector('[role=log] {kind}[controls]')?.src ?? ''");
    until("the voice message to play", async || {
        let source = window.client().execute(&plays("audio"), vec![]).await.ok()?;
        source.as_str()?.starts_with("blob:").then_some(())
    })
    .await;
    // What is no film is offered as a file, as all else is.
    window.click("button", "Video").await;
    window.gone("button", "Video").await;
    until("the film as a file", async || {
        let files = "return document.querySelectorAll('[role=log] button.file').length";
        (window.client().execute(files, vec![]).await.ok()? == 2).then_some(())
    })
    .await;
    until("the picture to open large", async || {
        let pressed = window.client().execute(PRESS_PHOTO, vec![]).await;
        pressed.ok()?.as_bool()?.then_some(())
    })
    .await;
    window.find("dialog", "Photo").await;
    window.press(Key::Plain(Key::ESCAPE)).await;

    window.click("option", "Sima Short").await;
    let refused = Locator::Css("button[aria-disabled=true][title='SMS takes text only']");
    let refused = window.client().wait().for_element(refused).await;
    refused.expect("the channel takes no files, in words");
}

//! The guest's page and its links, from outside.

use crate::demo_desk::{DemoDesk, Guest};

const MONTH: i64 = 31 * 24 * 60 * 60;

#[tokio::test]
async fn the_page_lets_no_foreign_script_in() {
    let desk = DemoDesk::start().await;
    let link = desk.link("Hotel Aurora").await["url"]
        .as_str()
        .unwrap()
        .to_owned();
    let page = reqwest::get(&link).await.unwrap();
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.contains("script-src 'self'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(
        page.headers()["referrer-policy"],
        "no-referrer",
        "the token leaves in no referrer"
    );
    assert_eq!(page.headers()["cache-control"], "no-store");
    let page = page.text().await.unwrap();
    assert!(
        page.contains("Hotel Aurora") && page.contains("id=\"message\"") && page.contains("role=\"log\"")
    );
    for (file, kind) in [("app.js", "text/javascript"), ("app.css", "text/css")] {
        let file = reqwest::get(format!("{}/chat/{file}", desk.running.url()))
            .await
            .unwrap();
        assert_eq!(file.status(), 200);
        assert!(file.headers()["content-type"].to_str().unwrap().starts_with(kind));
    }
}

#[tokio::test]
async fn a_foreign_token_opens_nothing() {
    let desk = DemoDesk::start().await;
    for token in ["0".repeat(64), "x".to_owned(), "%27%20OR%201".to_owned()] {
        let page = reqwest::get(format!("{}/chat/{token}", desk.running.url()))
            .await
            .unwrap();
        assert_eq!(page.status(), 404);
        assert!(!page.text().await.unwrap().contains("data-source"));
    }
}

#[tokio::test]
async fn after_thirty_days_a_new_conversation_starts_and_the_old_one_stays_hidden() {
    let desk = DemoDesk::start().await;
    let link = desk.link("Hotel Aurora").await["url"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut guest = desk.guest("Hotel Aurora").await;
    guest.writes("Hello, where do I park?").await;
    guest.hears().await;
    desk.running.desk().clock().advance(MONTH);

    let page = reqwest::get(&link).await.unwrap();
    assert_eq!(page.status(), 410);
    assert!(
        !page.text().await.unwrap().contains("data-source"),
        "no way into the old thread"
    );

    let renewed = reqwest::Client::new()
        .post(format!("{link}/renew"))
        .send()
        .await
        .unwrap();
    assert_eq!(renewed.status(), 200, "it leads to the new chat");
    assert_ne!(renewed.url().as_str(), link);
    let mut again = Guest::open(desk.running.url(), renewed.url().as_str()).await;
    again.writes("Hello again, when is breakfast?").await;
    assert!(again.hears().await["content"].as_str().unwrap().contains("07:00"));
    assert_ne!(again.conversation, guest.conversation);
    assert_eq!(again.thread().await.len(), 2, "nothing of the old thread");
}

#[tokio::test]
async fn what_a_page_kept_of_an_ended_link_opens_nothing() {
    let desk = DemoDesk::start().await;
    let mut guest = desk.guest("Hotel Aurora").await;
    guest.writes("Hello, where do I park?").await;
    guest.hears().await;
    let before = desk
        .nadia()
        .await
        .conversation(1, guest.conversation.unwrap())
        .await;
    desk.running.desk().clock().advance(MONTH);
    for path in ["/conversations", ""] {
        assert_eq!(guest.status_of("GET", path).await, 404, "{path}");
    }
    let messages = format!("/conversations/{}/messages", guest.conversation.unwrap());
    assert_eq!(guest.status_of("POST", &messages).await, 404);
    let after = desk
        .nadia()
        .await
        .conversation(1, guest.conversation.unwrap())
        .await;
    assert_eq!(
        after["messages"], before["messages"],
        "readable for the people of the desk, and as it was"
    );
}

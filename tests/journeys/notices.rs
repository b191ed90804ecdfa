//! What is worth a look although nobody waits: told once, without a bell, and taken down when somebody looks.

use crate::scene::Scene;
use deskbell_app::Ring;
use deskbell_domain::ConversationRef;
use serde_json::json;

async fn noticed(scene: &Scene, conversation: ConversationRef, title: &str) -> Vec<Ring> {
    scene
        .core
        .until("the notice", async || {
            let notices = scene.core.notices();
            let fits = |notice: &Ring| notice.conversation == conversation && notice.title == title;
            let found: Vec<Ring> = notices.into_iter().filter(fits).collect();
            (!found.is_empty()).then_some(found)
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn n1_what_a_colleague_gives_to_me_is_told_once_and_what_i_take_is_not() {
    let scene = Scene::open().await;
    let mine = scene.mine().await;
    let conversation = scene
        .guest_starts("I want my money back, the room was dirty")
        .await;
    // While the AI answers nobody is told of an assignment.
    scene
        .core
        .until("it to wait for a person", async || {
            let view = scene.core.query("conversation", json!(conversation)).await;
            (view["status"] == "open").then_some(())
        })
        .await;
    let admin = scene.desk.login("administrator").access_token.clone();
    let token = scene.desk.login("agent").access_token.clone();
    let me = scene.desk.get("/api/v1/profile", &token).await["id"].clone();
    let path = scene.path(&format!("conversations/{}/assignments", conversation.id));
    scene
        .desk
        .post(&path, &json!({ "assignee_id": me }), &admin)
        .await;
    let told = noticed(&scene, conversation, "A conversation was assigned to you").await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].volume, None, "without a bell");
    assert!(!told[0].body.contains("money"), "words stay off a shared screen");
    assert!(
        scene
            .core
            .notices()
            .iter()
            .all(|notice| notice.conversation != mine),
        "what I took myself is no news"
    );
    scene.core.mutate("opened", json!(conversation)).await;
    assert!(
        scene.core.withdrawn().contains(&conversation),
        "somebody looks at it"
    );
}

/// A conversation of the demo whose guest wrote a while ago.
async fn answered_by_the_ai(scene: &Scene) -> ConversationRef {
    let name = scene.desk.facts().accounts[0].name.clone();
    let account = scene.core.account(&name).await;
    let request = json!({ "view": "ai", "account": account, "filter": {}, "offset": 0, "limit": 5 });
    let rows = scene.core.query("window", request).await;
    let id = rows["rows"][4]["id"].as_i64().expect("the demo has five");
    ConversationRef::new(account, id.into())
}

#[tokio::test(flavor = "multi_thread")]
async fn n1_a_guest_who_writes_again_after_closing_is_told_and_opening_it_again_is_not() {
    let scene = Scene::open().await;
    let conversation = answered_by_the_ai(&scene).await;
    let admin = scene.desk.login("administrator").access_token.clone();
    let path = scene.path(&format!("conversations/{}/toggle_status", conversation.id));
    let stands = async |status: &str| {
        scene
            .core
            .until("the status to arrive", async || {
                let view = scene.core.query("conversation", json!(conversation)).await;
                (view["status"] == status).then_some(())
            })
            .await;
    };
    for status in ["resolved", "pending", "resolved"] {
        scene.desk.post(&path, &json!({ "status": status }), &admin).await;
        stands(status).await;
    }
    assert!(
        scene.core.notices().is_empty(),
        "a colleague opened it again: {:?}",
        scene.core.notices()
    );
    scene
        .desk
        .guest_writes(conversation.id.0, "And one more thing")
        .await;
    stands("pending").await;
    let told = noticed(&scene, conversation, "A guest wrote again after closing").await;
    assert_eq!(told.len(), 1);
}

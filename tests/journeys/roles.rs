//! What a role lets somebody see, and what becomes of their words when they may see a conversation no more.

use deskbell_app::schema::ErrorCode;
use deskbell_domain::ConversationRef;
use deskbell_tests::core::Core;
use deskbell_tests::desk::Desk;
use serde_json::{Value, json};
use tempfile::TempDir;

const STAFF: &str = "lilla@mira.example";
const OTHER: &str = "dora@mira.example";

/// Somebody who sees their own customers only, holding a guest's conversation.
struct Staff {
    desk: Desk,
    core: Core,
    conversation: ConversationRef,
    path: String,
    _folder: TempDir,
}

impl Staff {
    async fn open() -> Self {
        let desk = Desk::start();
        let folder = TempDir::new().expect("a temporary folder can be made");
        let core = Core::signed_in(&desk, desk.login_of(STAFF), folder.path()).await;
        let salon = desk.facts().accounts[1].clone();
        let id = desk.guest_starts(salon.id, "Can you do my hair?").await;
        let conversation = ConversationRef::new(core.account(&salon.name).await, id.into());
        let staff = Self {
            path: format!("/api/v1/accounts/{}/conversations/{id}", salon.id),
            desk,
            core,
            conversation,
            _folder: folder,
        };
        staff.give_to(STAFF).await;
        let arrived = async || staff.view().await.ok();
        staff.core.until("the conversation to arrive", arrived).await;
        staff
    }

    async fn view(&self) -> Result<Value, ErrorCode> {
        let asked = self
            .core
            .try_query("conversation", json!(self.conversation))
            .await;
        asked.map_err(|error| error.code)
    }

    /// The owner gives it to somebody, who alone follows it from then on.
    async fn give_to(&self, email: &str) {
        let owner = &self.desk.login("administrator").access_token;
        let token = &self.desk.login_of(email).access_token;
        let id = self.desk.get("/api/v1/profile", token).await["id"].clone();
        for (what, body) in [
            ("toggle_status", json!({ "status": "open" })),
            ("assignments", json!({ "assignee_id": id })),
        ] {
            self.desk
                .post(&format!("{}/{what}", self.path), &body, owner)
                .await;
        }
        let followers = json!({ "user_ids": [id] });
        self.desk
            .put(&format!("{}/participants", self.path), &followers, owner)
            .await;
    }

    async fn until_gone(&self) {
        let gone = async || (self.view().await == Err(ErrorCode::Gone)).then_some(());
        self.core.until("the conversation to go", gone).await;
    }

    /// Words left behind in it.
    async fn left(&self) -> Vec<Value> {
        let all = self.core.query("left_behind", Value::Null).await;
        let all = all.as_array().cloned().unwrap_or_default();
        let mine = all
            .iter()
            .find(|left| left["conversation"] == json!(self.conversation));
        mine.and_then(|left| left["words"].as_array().cloned())
            .unwrap_or_default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_see_a_conversation_any_more_keeps_the_words_and_nothing_else() {
    let staff = Staff::open().await;
    let draft = json!({ "conversation": staff.conversation, "text": "Half a sentence", "private": false });
    staff.core.mutate("save_draft", draft).await;
    assert!(staff.left().await.is_empty(), "nothing is left while it is there");
    staff.give_to(OTHER).await;
    // Nothing on the wire says so: whoever looks is told.
    staff.core.trigger(
        "looking",
        json!({ "conversation": staff.conversation, "on": true }),
    );
    staff.until_gone().await;
    let all = json!({ "view": "all", "account": null, "filter": {}, "offset": 0, "limit": 200 });
    let rows = staff.core.query("window", all).await["rows"].clone();
    let is_it = |row: &Value| row["conversation"] == json!(staff.conversation);
    assert!(
        !rows.as_array().is_some_and(|rows| rows.iter().any(is_it)),
        "{rows}"
    );
    let left = staff.left().await;
    assert_eq!(
        (left.len(), &left[0]["text"], &left[0]["item"]),
        (1, &json!("Half a sentence"), &Value::Null)
    );
    let none = json!({ "conversation": staff.conversation, "text": "", "private": false });
    staff.core.mutate("save_draft", none).await;
    assert!(staff.left().await.is_empty(), "thrown away");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_was_refused_is_left_behind_and_the_conversation_comes_back_whole() {
    let staff = Staff::open().await;
    staff.give_to(OTHER).await;
    let reply = json!({ "conversation": staff.conversation, "text": "At three?", "private": false,
        "confirmed": ["answered_by_colleague", "taken_by_colleague"] });
    let asked = staff.core.mutate("send", reply).await;
    assert_eq!(asked["outcome"], "queued", "{asked}");
    let words = staff
        .core
        .until("the words to be left behind", async || {
            staff.left().await.into_iter().next()
        })
        .await;
    assert_eq!(
        (&words["text"], words["item"].is_i64()),
        (&json!("At three?"), true)
    );
    assert_eq!(staff.view().await, Err(ErrorCode::Gone));

    staff.give_to(STAFF).await;
    let back = async || staff.view().await.ok();
    staff.core.until("the conversation to be back", back).await;
    assert!(
        staff.left().await.is_empty(),
        "they stand in their conversation again"
    );
    let discarded = staff
        .core
        .mutate("discard_item", json!({ "item": words["item"] }))
        .await;
    assert_eq!(discarded["outcome"], "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_read_at_sign_in_and_with_each_connection() {
    let staff = Staff::open().await;
    let account = async || staff.core.query("session", Value::Null).await["accounts"][0].clone();
    let told = account().await;
    assert_eq!(
        (&told["sight"], &told["role_name"]),
        (&json!("own"), &json!("Staff"))
    );
    let token = &staff.desk.login_of(STAFF).access_token;
    let mut profile = staff.desk.get("/api/v1/profile", token).await;
    profile["accounts"][0]["permissions"] = json!(["agent"]);
    profile["accounts"][0]["custom_role"] = Value::Null;
    let instead = json!({ "instead": 200, "body": profile });
    staff.desk.fault("GET", "/api/v1/profile", 1, instead).await;
    staff.desk.close_sockets().await;
    staff
        .core
        .until("the new role", async || {
            let told = account().await;
            (told["sight"] == "everything" && told["role_name"].is_null()).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_tells_of_a_conversation_one_may_not_open_is_asked_for_first() {
    let staff = Staff::open().await;
    // They follow it, so they hear of it: as a hosted server tells everybody of a channel.
    let denied = json!({ "status": 401, "body": { "error": "You are not authorized to do this action" } });
    let path = format!("/conversations/{}", staff.conversation.id);
    staff.desk.fault("GET", &path, 9, denied).await;
    let owner = &staff.desk.login("administrator").access_token;
    let other = &staff.desk.login_of(OTHER).access_token;
    let id = staff.desk.get("/api/v1/profile", other).await["id"].clone();
    let given = json!({ "assignee_id": id });
    staff
        .desk
        .post(&format!("{}/assignments", staff.path), &given, owner)
        .await;
    staff.until_gone().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_in_a_conversation_that_is_only_not_kept_here_are_not_left_behind() {
    let desk = Desk::start();
    let folder = TempDir::new().expect("a temporary folder can be made");
    let login = desk.login("administrator");
    let hotel = desk.facts().accounts[0].clone();
    let list = |page: u32| {
        let base = format!("/api/v1/accounts/{}/conversations", hotel.id);
        format!("{base}?status=resolved&assignee_type=all&page={page}")
    };
    let mut oldest = Value::Null;
    for page in 1.. {
        let listed = desk.get(&list(page), &login.access_token).await;
        let Some(last) = listed["data"]["payload"].as_array().and_then(|all| all.last()) else {
            break;
        };
        oldest = last["id"].clone();
    }
    let core = Core::start(folder.path()).await;
    let mut settings = core.query("session", Value::Null).await["settings"].clone();
    settings["offline_days"] = 1.into();
    core.mutate("save_settings", settings).await;
    core.sign_in(desk.url(), &login.email, &login.password).await;
    core.until_live().await;
    let account = core.account(&hotel.name).await;
    let conversation = json!({ "account": account, "id": oldest });
    let draft = json!({ "conversation": conversation, "text": "Half a sentence", "private": false });
    core.mutate("save_draft", draft).await;
    core.stop().await;
    let core = Core::start(folder.path()).await;
    core.until_live().await;
    assert_eq!(
        core.query("left_behind", Value::Null).await,
        json!([]),
        "it is there to be seen"
    );
}

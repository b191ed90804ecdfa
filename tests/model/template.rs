//! The folders every script begins with: a small desk with its history, and a program that never ran. Made once for
//! many scripts.

use crate::time::BEGIN_MS;
use deskbell_desk::db::custom_attribute_definition::{self, CustomAttributeDefinition};
use deskbell_desk::db::custom_filter::{self, CustomFilter};
use deskbell_desk::db::json::Object;
use deskbell_desk::db::label::{self, Label};
use deskbell_desk::db::macros::{self, Macro};
use deskbell_desk::db::{inbox, people, team};
use deskbell_desk::service::conversation::{Start, link_in, set_status_in, start_in};
use deskbell_desk::service::message::{NewMessage, create_in};
use deskbell_desk::service::{contact, setup};
use deskbell_desk::{Actor, ApiError, Change, Options};
use deskbell_store::{Key, Store};
use serde_json::json;
use std::path::Path;
use tempfile::TempDir;

/// Conversations there from the start; their numbers are 1 to this.
pub const CONVERSATIONS: u8 = 6;
/// The labels of the property.
pub const LABELS: [&str; 3] = ["vip", "late", "parking"];
/// So long before a script begins the property was made.
const HISTORY_MS: i64 = 3_600_000;

/// Who and what there is.
#[derive(Clone, Debug)]
pub struct House {
    pub account: i64,
    pub me: Person,
    pub colleague: Person,
    pub admin: Person,
    /// A channel without an AI.
    pub web: i64,
    /// The AI answers here.
    pub ai: i64,
    /// WhatsApp: a reply window and outward delivery.
    pub phone: i64,
    pub team: i64,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub id: i64,
    pub token: String,
    pub pubsub_token: String,
}

pub struct Template {
    folder: TempDir,
    pub key: Key,
    pub house: House,
}

impl Template {
    /// Call outside a runtime.
    pub fn make() -> Self {
        let folder = folder();
        let key = Key::random().expect("the system has random bytes");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime can be made");
        let data = folder.path().join("desk");
        let house = runtime.block_on(furnish(&data));
        drop(runtime);
        wait_for_close(&data);
        drop(Store::open(&folder.path().join("program"), &key).expect("a new store can be made"));
        Self { folder, key, house }
    }

    /// Copies both folders to `to`, as `desk` and `program`.
    pub fn copy(&self, to: &Path) {
        for name in ["desk", "program"] {
            copy_folder(&self.folder.path().join(name), &to.join(name));
        }
    }
}

/// A folder in memory where the system offers one: thousands of commits wait for no disk.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        TempDir::new_in(memory)
    } else {
        TempDir::new()
    };
    made.expect("a temporary folder can be made")
}

async fn furnish(data: &Path) -> House {
    let options = Options {
        listen: ([127, 0, 0, 1], 0).into(),
        data: data.to_owned(),
        demo: false,
        test_controls: false,
        llm: None,
    };
    let running = deskbell_desk::serve(options).await.expect("the desk starts");
    running.desk().clock().hold(BEGIN_MS - HISTORY_MS);
    let house = running
        .desk()
        .write(build)
        .await
        .expect("the property can be made");
    let told = house.clone();
    let told = running
        .desk()
        .act(Actor::System, move |change| tell(change, &told))
        .await;
    told.expect("its history can be told");
    running.stop().await;
    house
}

/// The log is folded in and removed when the last connection closes.
fn wait_for_close(data: &Path) {
    while data.join("desk.db-wal").exists() {
        std::thread::yield_now();
    }
}

fn build(change: &mut Change<'_>) -> Result<House, ApiError> {
    let account = setup::account(change, "Hotel Adler")?;
    let bot = setup::bot(change, account, "Concierge")?;
    let nothing = Object::new();
    let web = setup::channel(change, account, "Web chat", "Channel::Api", &nothing, None)?;
    let ai = setup::channel(change, account, "AI chat", "Channel::Api", &nothing, Some(bot))?;
    let mut provider = Object::new();
    provider.insert("phone_number".into(), "+4930123456".into());
    provider.insert("provider".into(), "whatsapp_cloud".into());
    let phone = setup::channel(change, account, "Phone", "Channel::Whatsapp", &provider, None)?;
    let house = House {
        account,
        me: person(change, account, "Ana", "agent")?,
        colleague: person(change, account, "Ben", "agent")?,
        admin: person(change, account, "Ada", "administrator")?,
        web,
        ai,
        phone,
        team: team::insert(change, account, "Front Office", None, change.now_ms)?,
    };
    for channel in [web, ai, phone] {
        inbox::add_member(change, channel, house.me.id)?;
        inbox::add_member(change, channel, house.colleague.id)?;
    }
    for title in LABELS {
        let label = Label {
            id: 0,
            account_id: account,
            title: title.to_owned(),
            description: None,
            color: "#1f93ff".to_owned(),
            show_on_sidebar: true,
        };
        label::insert(change, &label)?;
    }
    lists(change, &house)?;
    Ok(house)
}

/// One of each that an account may have beside its conversations.
fn lists(change: &Change<'_>, house: &House) -> Result<(), ApiError> {
    let (account_id, me, now) = (house.account, house.me.id, change.now_ms);
    let close = Macro {
        id: 0,
        account_id,
        name: "Close kindly".to_owned(),
        visibility: "global".to_owned(),
        created_by_id: Some(house.admin.id),
        updated_by_id: Some(house.admin.id),
        actions: json!([
            { "action_name": "send_message", "action_params": ["Good bye"] },
            { "action_name": "resolve_conversation", "action_params": [] },
        ]),
        created_at: now,
        updated_at: now,
    };
    macros::insert(change, &close)?;
    let mut query = Object::new();
    query.insert("payload".to_owned(), json!([]));
    let mine = CustomFilter {
        id: 0,
        account_id,
        user_id: me,
        name: "Mine".to_owned(),
        filter_type: "conversation".to_owned(),
        query,
        created_at: now,
        updated_at: now,
    };
    custom_filter::insert(change, &mine)?;
    let room = CustomAttributeDefinition {
        id: 0,
        account_id,
        attribute_display_name: "Room".to_owned(),
        attribute_display_type: "list".to_owned(),
        attribute_description: None,
        attribute_key: "room".to_owned(),
        attribute_values: json!(["Garden", "Sea"]),
        attribute_model: "conversation_attribute".to_owned(),
        regex_pattern: None,
        regex_cue: None,
        default_value: None,
        created_at: now,
        updated_at: now,
    };
    custom_attribute_definition::insert(change, &room)?;
    Ok(())
}

fn person(change: &Change<'_>, account: i64, name: &str, role: &str) -> Result<Person, ApiError> {
    let email = format!("{}@example.org", name.to_lowercase());
    let id = setup::user(change, name, &email, "Front-Desk-1")?;
    people::join(change, account, id, role)?;
    let user = people::user(change, id)?.ok_or(ApiError::NotFound)?;
    Ok(Person {
        id,
        token: user.access_token,
        pubsub_token: user.pubsub_token,
    })
}

/// Two conversations on each channel; the second of the web chat is closed.
fn tell(change: &mut Change<'_>, house: &House) -> Result<(), ApiError> {
    for (number, inbox) in [house.web, house.web, house.ai, house.ai, house.phone, house.phone]
        .into_iter()
        .enumerate()
    {
        let inbox = inbox::find(change, inbox)?.ok_or(ApiError::NotFound)?;
        let new = deskbell_desk::db::contact::NewContact {
            account_id: house.account,
            name: format!("Guest {number}"),
            phone_number: Some(format!("+4915100000{number}")),
            ..Default::default()
        };
        let guest = contact::create_in(change, new)?.id;
        let link = link_in(change, guest, &inbox, None)?;
        let id = start_in(change, &link, Start::default())?.id;
        change.performer = Actor::Contact(guest);
        create_in(change, NewMessage::incoming(id, format!("Hello from {number}")))?;
        if number == 1 {
            change.performer = Actor::User(house.colleague.id);
            create_in(change, NewMessage::reply(id, "Welcome"))?;
            set_status_in(change, id, "resolved", None)?;
        }
        change.performer = Actor::System;
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the template can be listed") {
        let entry = entry.expect("the template can be listed");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("the template can be copied");
        }
    }
}

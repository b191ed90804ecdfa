//! Two furnished properties in a folder, and fresh copies of it to do harm to.

use crate::ids::Ids;
use crate::plan::{PASSWORD, Plan, furnish};
use crate::plant::Bed;
use crate::secrets::{FOREIGN, OWN, Secrets, Token};
use axum::Router;
use deskbell_desk::db::json::Object;
use deskbell_desk::db::{inbox, people, rows};
use deskbell_desk::desk::DeskSetup;
use deskbell_desk::service::roles::{self, Kind};
use deskbell_desk::service::setup;
use deskbell_desk::{ApiError, Change, Desk, routes};
use serde_json::json;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const DATABASE: [&str; 2] = ["desk.db", "desk.db-wal"];

/// What is copied.
pub struct Template {
    folder: TempDir,
    // Open until the end: nothing is written any more, so the files can be copied as they are.
    _desk: Desk,
    pub own: Ids,
    pub foreign: Ids,
    pub secrets: Secrets,
}

/// One copy, served.
pub struct Ground {
    pub desk: Desk,
    pub router: Router,
    _folder: TempDir,
}

fn open(folder: &Path) -> (Desk, Router) {
    let desk = Desk::open(DeskSetup {
        data: folder,
        url: "http://desk.test".to_owned(),
        llm: None,
        sends_privately: false,
    });
    let desk = desk.unwrap();
    let router = routes::all(&desk, false);
    (desk, router)
}

impl Template {
    pub async fn make() -> Self {
        let folder = TempDir::new().unwrap();
        let (desk, router) = open(folder.path());
        let (own, other) = desk.write(furnish_both).await.unwrap();
        let bed = |mark, digits, ids| Bed {
            desk: &desk,
            router: &router,
            mark,
            digits,
            ids,
        };
        let foreign = bed(FOREIGN, 7_000_000, other).plant().await;
        let own = bed(OWN, 5_000_000, own).plant().await;
        let secrets = secrets(&own, &foreign);
        Self {
            folder,
            _desk: desk,
            own,
            foreign,
            secrets,
        }
    }

    /// A fresh copy of the data alone.
    pub fn copied(&self) -> TempDir {
        let folder = TempDir::new().unwrap();
        for name in DATABASE {
            fs::copy(self.folder.path().join(name), folder.path().join(name)).unwrap();
        }
        fs::create_dir(folder.path().join("files")).unwrap();
        for file in fs::read_dir(self.folder.path().join("files")).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), folder.path().join("files").join(file.file_name())).unwrap();
        }
        folder
    }

    /// A fresh copy.
    pub fn copy(&self) -> Ground {
        let folder = self.copied();
        let (desk, router) = open(folder.path());
        Ground {
            desk,
            router,
            _folder: folder,
        }
    }
}

fn ids_of(plan: &Plan) -> Ids {
    let mut ids = Ids::default();
    for (name, value) in [
        ("account", json!(plan.account)),
        ("admin", json!(plan.admin.id)),
        ("agent", json!(plan.ana.id)),
        ("admin_token", json!(plan.admin.access_token)),
        ("admin_pubsub", json!(plan.admin.pubsub_token)),
        ("colleague_token", json!(plan.ana.access_token)),
        ("ana_token", json!(plan.ana.access_token)),
        ("ana_pubsub", json!(plan.ana.pubsub_token)),
        ("ben_token", json!(plan.ben.access_token)),
        ("ben_pubsub", json!(plan.ben.pubsub_token)),
        ("inbox", json!(plan.web)),
        ("identifier", json!(plan.web_identifier)),
        ("phone", json!(plan.phone)),
        ("ai", json!(plan.ai)),
        ("office", json!(plan.team)),
        ("bot", json!(plan.bot)),
        ("bot_token", json!(plan.bot_token)),
        ("action", json!("action-1")),
        ("session_uid", json!("ada@example.org")),
        ("password", json!(PASSWORD)),
    ] {
        ids.set(name, value);
    }
    ids
}

/// Somebody of all channels who has no customers yet.
fn staff(change: &mut Change<'_>, plan: &Plan) -> Result<people::User, ApiError> {
    let id = setup::user(change, "Sam", "sam@example.org", PASSWORD)?;
    roles::join(change, plan.account, id, Kind::Staff, Some("Sam"))?;
    for channel in [plan.web, plan.phone, plan.ai] {
        inbox::add_member(change, channel, id)?;
    }
    people::user(change, id)?.ok_or(ApiError::NotFound)
}

/// The property under test, and another one that has the same.
fn furnish_both(change: &mut Change<'_>) -> Result<(Ids, Ids), ApiError> {
    let plan = furnish(change, "http://bot.test/")?;
    let sam = staff(change, &plan)?;
    let account = plan.other_account;
    let password = "Somebody-Else-1";
    // Another password than that of the property under test: one who knows that knows nothing here.
    let boss = setup::user(change, "Yan", "yan@example.org", password)?;
    people::join(change, account, boss, "administrator")?;
    let boss = people::user(change, boss)?.ok_or(ApiError::NotFound)?;
    let bot = setup::bot(change, account, &format!("{FOREIGN}-bot"))?;
    let none = Object::new();
    let name = format!("{FOREIGN}-inbox");
    let web = setup::channel(change, account, &name, "Channel::Api", &none, None)?;
    let phone = setup::channel(change, account, &name, "Channel::Whatsapp", &none, None)?;
    rows::execute(change, "UPDATE inbox SET csat_survey_enabled = 1", [])?;
    let identifier = inbox::find(change, web)?.and_then(|inbox| inbox.identifier);
    let mut ids = Ids::default();
    for (name, value) in [
        ("account", json!(account)),
        ("admin", json!(boss.id)),
        ("agent", json!(plan.stranger.id)),
        ("admin_token", json!(boss.access_token)),
        ("admin_pubsub", json!(boss.pubsub_token)),
        ("colleague_token", json!(plan.stranger.access_token)),
        ("inbox", json!(web)),
        ("identifier", json!(identifier)),
        ("phone", json!(phone)),
        ("bot", json!(bot)),
        ("action", json!("action-1")),
        (
            "bot_token",
            json!(people::bot(change, bot)?.map(|bot| bot.access_token)),
        ),
        ("session_uid", json!("yan@example.org")),
        ("password", json!(password)),
    ] {
        ids.set(name, value);
    }
    let mut own = ids_of(&plan);
    own.set("sam", json!(sam.id));
    own.set("sam_token", json!(sam.access_token));
    own.set("sam_pubsub", json!(sam.pubsub_token));
    Ok((own, ids))
}

fn secrets(own: &Ids, foreign: &Ids) -> Secrets {
    let mut secrets = Secrets::default();
    for (ids, holder, name) in [
        (own, "admin", "admin_token"),
        (own, "admin", "admin_pubsub"),
        (own, "session", "session_token"),
        (own, "ana", "ana_token"),
        (own, "ana", "ana_pubsub"),
        (own, "sam", "sam_token"),
        (own, "sam", "sam_pubsub"),
        (own, "ben", "ben_token"),
        (own, "ben", "ben_pubsub"),
        (own, "bot", "bot_token"),
        (own, "admin", "webhook_secret"),
        (own, "guest", "source"),
        (own, "guest", "pubsub"),
        (own, "other", "other_source"),
        (own, "other", "other_pubsub"),
        (foreign, "foreign admin", "admin_token"),
        (foreign, "foreign admin", "admin_pubsub"),
        (foreign, "foreign admin", "session_token"),
        (foreign, "foreign agent", "colleague_token"),
        (foreign, "foreign bot", "bot_token"),
        (foreign, "foreign admin", "webhook_secret"),
        (foreign, "foreign guest", "source"),
        (foreign, "foreign guest", "pubsub"),
        (foreign, "foreign other", "other_source"),
        (foreign, "foreign guest", "survey"),
        (foreign, "foreign guest", "file"),
        (foreign, "foreign admin", "blob"),
        (foreign, "foreign guest", "chat"),
    ] {
        let text = ids.text(name);
        secrets.tokens.push(Token { holder, text });
    }
    secrets
}

//! What the caller wants to be told (reference §8.1).

use super::call::{Answer, PersonCall};
use super::ok;
use super::params::Params;
use crate::db::notification_setting::{self as settings, KINDS, NotificationSetting};
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new().route("/notification_settings", get(show).put(update).patch(update))
}

fn shown(setting: &NotificationSetting) -> Value {
    let flags = |prefix: &str, kinds: &[&str]| -> Vec<String> {
        kinds.iter().map(|kind| format!("{prefix}_{kind}")).collect()
    };
    let selected = |prefix: &str, chosen: &[String]| -> Vec<String> {
        let kinds: Vec<&str> = KINDS
            .iter()
            .copied()
            .filter(|kind| chosen.iter().any(|one| one == kind))
            .collect();
        flags(prefix, &kinds)
    };
    json!({
        "id": setting.id,
        "user_id": setting.user_id,
        "account_id": setting.account_id,
        "all_email_flags": flags("email", KINDS),
        "selected_email_flags": selected("email", &setting.email),
        "all_push_flags": flags("push", KINDS),
        "selected_push_flags": selected("push", &setting.push),
    })
}

fn own(change: &Change<'_>, account_id: i64, user_id: i64) -> Result<NotificationSetting, ApiError> {
    settings::ensure(change, account_id, user_id)?;
    settings::of(change, account_id, user_id)?.ok_or(ApiError::NotFound)
}

async fn show(call: PersonCall) -> Answer {
    let (account_id, user_id) = (call.account_id, call.user.id);
    let json = call
        .desk
        .write(move |change| Ok(shown(&own(change, account_id, user_id)?)))
        .await?;
    ok(json)
}

/// The known ones among the flags sent; none is a choice too.
fn chosen(wanted: &Params, prefix: &str) -> Vec<String> {
    let flags = wanted.texts(&format!("selected_{prefix}_flags"));
    let kinds = flags
        .iter()
        .filter_map(|flag| flag.strip_prefix(prefix)?.strip_prefix('_'));
    kinds
        .filter(|kind| KINDS.contains(kind))
        .map(str::to_owned)
        .collect()
}

/// The wrapper is never left away here (reference §0).
async fn update(call: PersonCall) -> Answer {
    let wanted = call.params.strictly_under("notification_settings")?;
    let (account_id, user_id) = (call.account_id, call.user.id);
    let json = call
        .desk
        .write(move |change| {
            let mut setting = own(change, account_id, user_id)?;
            setting.email = chosen(&wanted, "email");
            setting.push = chosen(&wanted, "push");
            settings::update(change, &setting)?;
            Ok(shown(&setting))
        })
        .await?;
    ok(json)
}

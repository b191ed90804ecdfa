//! Labels of the account (reference §8).

use super::call::{Answer, PersonCall};
use super::params::Params;
use super::{empty, ok};
use crate::cable::events::Happening;
use crate::db::account::touch_cache_key;
use crate::db::contact;
use crate::db::label::{self, Label};
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use crate::service;
use crate::wire;
use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/labels", get(list).post(create))
        .route("/labels/{id}", get(show).patch(update).put(update).delete(delete))
}

async fn list(call: PersonCall) -> Answer {
    let account_id = call.account_id;
    let labels: Vec<Value> = call
        .desk
        .read(move |view| {
            Ok(label::all(view, account_id)?
                .iter()
                .map(wire::small::label)
                .collect())
        })
        .await?;
    ok(json!({ "payload": labels }))
}

async fn show(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let (account_id, id) = (call.account_id, call.id("id"));
    let found = call
        .desk
        .read(move |view| label::find_in(view, account_id, id)?.ok_or(ApiError::NotFound))
        .await?;
    ok(wire::small::label(&found))
}

async fn create(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let wanted = call.params.under("label")?;
    let account_id = call.account_id;
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let mut new = Label {
                id: 0,
                account_id,
                title: String::new(),
                description: None,
                color: "#1f93ff".to_owned(),
                show_on_sidebar: true,
            };
            take(change, &mut new, &wanted)?;
            new.id = label::insert(change, &new)?;
            changed(change, account_id)?;
            Ok(wire::small::label(&new))
        })
        .await?;
    ok(json)
}

async fn update(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let wanted = call.params.under("label")?;
    let (account_id, id) = (call.account_id, call.id("id"));
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let mut found = label::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            let old = found.title.clone();
            take(change, &mut found, &wanted)?;
            label::update(change, &found)?;
            if old != found.title {
                retitle(change, &found, &old)?;
            }
            changed(change, account_id)?;
            Ok(wire::small::label(&found))
        })
        .await?;
    ok(json)
}

async fn delete(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let (account_id, id) = (call.account_id, call.id("id"));
    call.desk
        .act(call.actor(), move |change| {
            let found = label::find_in(change, account_id, id)?.ok_or(ApiError::NotFound)?;
            label::delete(change, id)?;
            label::take_off(change, account_id, &found.title)?;
            changed(change, account_id)
        })
        .await?;
    empty()
}

/// Conversations change silently, guests are saved (reference §10.6).
fn retitle(change: &mut Change<'_>, label: &Label, old: &str) -> Result<(), ApiError> {
    for guest in label::retitle(change, label.account_id, old, &label.title)? {
        if let Some(guest) = contact::find(change, guest)? {
            service::contact::save_in(change, guest)?;
        }
    }
    Ok(())
}

fn changed(change: &mut Change<'_>, account_id: i64) -> Result<(), ApiError> {
    touch_cache_key(change, account_id, "label", change.now_ms)?;
    change.tell(Happening::CacheInvalidated { account_id });
    Ok(())
}

fn take(change: &Change<'_>, label: &mut Label, wanted: &Params) -> Result<(), ApiError> {
    if let Some(title) = wanted.text("title") {
        label.title = title.trim().to_lowercase();
    }
    if !is_title(&label.title) {
        let message = "Title can contain only letters, numbers, hyphens and underscores";
        return Err(ApiError::invalid(message, "title"));
    }
    let same = label::by_title(change, label.account_id, &label.title)?;
    if same.is_some_and(|same| same.id != label.id) {
        return Err(ApiError::invalid("Title has already been taken", "title"));
    }
    if wanted.has("description") {
        label.description = wanted.text("description");
    }
    label.color = wanted.filled("color").unwrap_or_else(|| label.color.clone());
    label.show_on_sidebar = wanted.flag("show_on_sidebar").unwrap_or(label.show_on_sidebar);
    Ok(())
}

/// At least two letters, digits, `-` or `_`; the first a letter or digit.
fn is_title(title: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    title.starts_with(char::is_alphanumeric)
        && (2..=255).contains(&title.chars().count())
        && title.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::is_title;

    #[test]
    fn titles_follow_the_rule() {
        for title in ["vip", "late-arrival", "größe_2", "1a"] {
            assert!(is_title(title), "{title}");
        }
        for title in ["", "a", "-ab", "_ab", "two words", "ab!"] {
            assert!(!is_title(title), "{title}");
        }
    }
}

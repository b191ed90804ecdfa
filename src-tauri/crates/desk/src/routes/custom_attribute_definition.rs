//! What custom attributes are called and how they look (reference §8).

use super::call::{Answer, PersonCall};
use super::ok;
use super::params::Params;
use crate::db::custom_attribute_definition::{self as definitions, CustomAttributeDefinition};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::wire;
use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::{Value, json};

const TYPES: &[&str] = &[
    "text", "number", "currency", "percent", "link", "date", "list", "checkbox",
];
const MODELS: &[&str] = &["conversation_attribute", "contact_attribute", "company_attribute"];
/// What records call their own fields.
const STANDARD_OF_CONVERSATIONS: &[&str] = &[
    "status",
    "priority",
    "assignee_id",
    "inbox_id",
    "team_id",
    "display_id",
    "campaign_id",
    "labels",
    "browser_language",
    "country_code",
    "referer",
    "created_at",
    "last_activity_at",
];
const STANDARD_OF_CONTACTS: &[&str] = &[
    "name",
    "email",
    "phone_number",
    "identifier",
    "country_code",
    "city",
    "created_at",
    "last_activity_at",
    "referer",
    "blocked",
];

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/custom_attribute_definitions", get(list).post(create))
        .route(
            "/custom_attribute_definitions/{id}",
            get(show).patch(update).put(update).delete(delete),
        )
}

async fn list(call: PersonCall) -> Answer {
    let account_id = call.account_id;
    let model = call.params.filled("attribute_model");
    let list: Vec<Value> = call
        .desk
        .read(move |view| {
            let found = definitions::all(view, account_id, model.as_deref())?;
            let shown = found.iter().map(wire::small::custom_attribute_definition);
            Ok(shown.collect())
        })
        .await?;
    ok(list)
}

fn find(view: &View<'_>, account_id: i64, id: i64) -> Result<CustomAttributeDefinition, ApiError> {
    definitions::find_in(view, account_id, id)?.ok_or(ApiError::NotFound)
}

async fn show(call: PersonCall) -> Answer {
    let (account_id, id) = (call.account_id, call.id("id"));
    let found = call.desk.read(move |view| find(view, account_id, id)).await?;
    ok(wire::small::custom_attribute_definition(&found))
}

async fn create(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let wanted = call.params.under("custom_attribute_definition")?;
    let account_id = call.account_id;
    let json = call
        .desk
        .write(move |change| {
            let mut new = CustomAttributeDefinition {
                id: 0,
                account_id,
                attribute_display_name: String::new(),
                attribute_display_type: "text".to_owned(),
                attribute_description: None,
                attribute_key: String::new(),
                attribute_values: json!([]),
                attribute_model: "conversation_attribute".to_owned(),
                regex_pattern: None,
                regex_cue: None,
                default_value: None,
                created_at: change.now_ms,
                updated_at: change.now_ms,
            };
            take(&mut new, &wanted)?;
            check(change, &new)?;
            check_key(&new)?;
            new.id = definitions::insert(change, &new)?;
            Ok(wire::small::custom_attribute_definition(&new))
        })
        .await?;
    ok(json)
}

async fn update(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let wanted = call.params.under("custom_attribute_definition")?;
    let (account_id, id) = (call.account_id, call.id("id"));
    let json = call
        .desk
        .write(move |change| {
            let mut found = find(change, account_id, id)?;
            take(&mut found, &wanted)?;
            check(change, &found)?;
            found.updated_at = change.now_ms;
            definitions::update(change, &found)?;
            Ok(wire::small::custom_attribute_definition(&found))
        })
        .await?;
    ok(json)
}

async fn delete(call: PersonCall) -> Answer {
    call.administrators_only()?;
    let (account_id, id) = (call.account_id, call.id("id"));
    call.desk
        .write(move |change| {
            find(change, account_id, id)?;
            definitions::delete(change, id)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn take(found: &mut CustomAttributeDefinition, wanted: &Params) -> Result<(), ApiError> {
    let set = |field: &mut String, key: &str| {
        if let Some(text) = wanted.text(key) {
            *field = text;
        }
    };
    set(&mut found.attribute_display_name, "attribute_display_name");
    set(&mut found.attribute_key, "attribute_key");
    let set_known = |field: &mut String, key: &'static str, known: &[&str], names: &str| {
        let Some(text) = wanted.filled(key) else {
            return Ok(());
        };
        // Upstream also takes the number of the kind.
        let by_number = wanted
            .integer(key)
            .and_then(|at| known.get(usize::try_from(at).ok()?));
        match by_number.or_else(|| known.iter().find(|known| **known == text)) {
            Some(known) => *field = (*known).to_owned(),
            None => {
                return Err(ApiError::invalid(
                    format!("{names} is not included in the list"),
                    key,
                ));
            }
        }
        Ok(())
    };
    let field = &mut found.attribute_display_type;
    set_known(field, "attribute_display_type", TYPES, "Attribute display type")?;
    set_known(
        &mut found.attribute_model,
        "attribute_model",
        MODELS,
        "Attribute model",
    )?;
    for (field, key) in [
        (&mut found.attribute_description, "attribute_description"),
        (&mut found.regex_pattern, "regex_pattern"),
        (&mut found.regex_cue, "regex_cue"),
    ] {
        if wanted.has(key) {
            *field = wanted.text(key);
        }
    }
    if wanted.has("attribute_values") {
        found.attribute_values = json!(wanted.texts("attribute_values"));
    }
    found.default_value = wanted.integer("default_value").or(found.default_value);
    Ok(())
}

fn check(view: &View<'_>, wanted: &CustomAttributeDefinition) -> Result<(), ApiError> {
    if wanted.attribute_display_name.trim().is_empty() {
        let message = "Attribute display name can't be blank";
        return Err(ApiError::invalid(message, "attribute_display_name"));
    }
    if wanted.attribute_display_name.chars().count() > 255 {
        let message = "Attribute display name is too long (maximum is 255 characters)";
        return Err(ApiError::invalid(message, "attribute_display_name"));
    }
    let key = &wanted.attribute_key;
    if key.trim().is_empty() {
        return Err(ApiError::invalid("Attribute key can't be blank", "attribute_key"));
    }
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-');
    if !key.chars().all(fits) || key.len() > 255 {
        return Err(ApiError::invalid("Attribute key is invalid", "attribute_key"));
    }
    let mut same = definitions::all(view, wanted.account_id, Some(&wanted.attribute_model))?.into_iter();
    if same.any(|same| same.attribute_key == *key && same.id != wanted.id) {
        let message = "Attribute key has already been taken";
        return Err(ApiError::invalid(message, "attribute_key"));
    }
    Ok(())
}

fn check_key(new: &CustomAttributeDefinition) -> Result<(), ApiError> {
    let standard = match new.attribute_model.as_str() {
        "conversation_attribute" => STANDARD_OF_CONVERSATIONS,
        _ => STANDARD_OF_CONTACTS,
    };
    if standard.contains(&new.attribute_key.as_str()) {
        let message =
            "Attribute key The provided key is not allowed as it might conflict with default attributes.";
        return Err(ApiError::invalid(message, "attribute_key"));
    }
    Ok(())
}

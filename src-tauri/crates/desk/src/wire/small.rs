//! Labels, prepared answers, notes, saved views, attribute definitions (reference §7, §8).

use super::people;
use super::time::{epoch, iso};
use crate::db;
use crate::db::canned_response::CannedResponse;
use crate::db::custom_attribute_definition::CustomAttributeDefinition;
use crate::db::custom_filter::CustomFilter;
use crate::db::label::Label;
use crate::db::note::Note;
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Value, json};

pub fn label(label: &Label) -> Value {
    json!({
        "id": label.id,
        "title": label.title,
        "description": label.description,
        "color": label.color,
        "show_on_sidebar": label.show_on_sidebar,
    })
}

pub fn canned_response(response: &CannedResponse) -> Value {
    json!({
        "id": response.id,
        "account_id": response.account_id,
        "short_code": response.short_code,
        "content": response.content,
        "created_at": iso(response.created_at),
        "updated_at": iso(response.updated_at),
    })
}

/// NOTE. `account_id` and `contact_id` are always null upstream.
pub fn note(view: &View<'_>, account_id: i64, note: &Note) -> Result<Value, ApiError> {
    let mut json = json!({
        "id": note.id,
        "content": note.content,
        "account_id": null,
        "contact_id": null,
        "created_at": epoch(note.created_at),
        "updated_at": epoch(note.updated_at),
    });
    if let Some(id) = note.user_id
        && let Some(user) = db::people::user(view, id)?
    {
        json["user"] = people::agent(view, account_id, &user)?;
    }
    Ok(json)
}

pub fn custom_filter(filter: &CustomFilter) -> Value {
    json!({
        "id": filter.id,
        "name": filter.name,
        "filter_type": filter.filter_type,
        "query": filter.query,
        "created_at": iso(filter.created_at),
        "updated_at": iso(filter.updated_at),
    })
}

pub fn custom_attribute_definition(definition: &CustomAttributeDefinition) -> Value {
    json!({
        "id": definition.id,
        "attribute_display_name": definition.attribute_display_name,
        "attribute_display_type": definition.attribute_display_type,
        "attribute_description": definition.attribute_description,
        "attribute_key": definition.attribute_key,
        "regex_pattern": definition.regex_pattern,
        "regex_cue": definition.regex_cue,
        "attribute_values": definition.attribute_values,
        "attribute_model": definition.attribute_model,
        "default_value": definition.default_value,
        "created_at": iso(definition.created_at),
        "updated_at": iso(definition.updated_at),
    })
}

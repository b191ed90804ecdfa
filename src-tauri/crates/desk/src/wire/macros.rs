//! Macros (reference §8).

use super::people;
use crate::db;
use crate::db::macros::Macro;
use crate::db::upload::{self, StoredUpload};
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Value, json};

/// MACRO.
pub fn rest(view: &View<'_>, found: &Macro) -> Result<Value, ApiError> {
    let mut json = json!({
        "id": found.id,
        "name": found.name,
        "visibility": found.visibility,
        "account_id": found.account_id,
        "actions": found.actions,
    });
    for (key, id) in [
        ("created_by", found.created_by_id),
        ("updated_by", found.updated_by_id),
    ] {
        if let Some(id) = id
            && let Some(user) = db::people::user(view, id)?
        {
            json[key] = people::agent(view, found.account_id, &user)?;
        }
    }
    let mut files = Vec::new();
    for id in upload_ids(&found.actions) {
        if let Some(stored) = upload::find_in(view, found.account_id, id)? {
            files.push(file(view, found, &stored));
        }
    }
    if !files.is_empty() {
        json["files"] = Value::Array(files);
    }
    Ok(json)
}

/// The uploads that actions send.
fn upload_ids(actions: &Value) -> Vec<i64> {
    let actions = actions.as_array().into_iter().flatten();
    let sending = actions.filter(|action| action["action_name"] == "send_attachment");
    let ids = sending.filter_map(|action| action["action_params"].as_array());
    ids.flatten().filter_map(Value::as_i64).collect()
}

fn file(view: &View<'_>, found: &Macro, stored: &StoredUpload) -> Value {
    json!({
        "id": stored.id,
        "macro_id": found.id,
        "file_type": stored.content_type,
        "account_id": found.account_id,
        "file_url": format!("{}/files/{}", view.url, stored.key),
        "blob_id": stored.id,
        "filename": stored.file_name,
    })
}

//! Views shared with the team: this desk's own addition to the wire.

use super::time::iso;
use crate::db::people;
use crate::db::shared_view::SharedView;
use crate::desk::View;
use crate::error::ApiError;
use serde_json::{Value, json};

/// SHARED_VIEW: a saved view with its place and who made it, unless they left the property.
pub fn shared_view(view: &View<'_>, shared: &SharedView) -> Result<Value, ApiError> {
    Ok(json!({
        "id": shared.id,
        "name": shared.name,
        "filter_type": shared.filter_type,
        "query": shared.query,
        "position": shared.position,
        "created_by": maker(view, shared)?,
        "created_at": iso(shared.created_at),
        "updated_at": iso(shared.updated_at),
    }))
}

fn maker(view: &View<'_>, shared: &SharedView) -> Result<Value, ApiError> {
    let Some(id) = shared.user_id else {
        return Ok(Value::Null);
    };
    if people::membership(view, shared.account_id, id)?.is_none() {
        return Ok(Value::Null);
    }
    let user = people::user(view, id)?;
    Ok(user.map_or(Value::Null, |user| json!({ "id": user.id, "name": user.name })))
}

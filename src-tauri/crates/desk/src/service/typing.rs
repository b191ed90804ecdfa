//! Somebody is typing (reference §3.4). Nothing is stored.

use crate::cable::events::Happening;
use crate::desk::{Actor, Change, Desk};
use crate::error::ApiError;
use serde_json::Value;

/// Announces that the performer began (`on`) or stopped typing. `is_private` is passed on as it came.
pub fn set_in(change: &mut Change<'_>, conversation_id: i64, on: bool, is_private: Value) {
    let typist = change.performer;
    change.tell(Happening::Typing {
        conversation_id,
        typist,
        on,
        is_private,
    });
}

/// As [`set_in`], for a caller that does nothing else.
pub async fn set(desk: &Desk, actor: Actor, conversation_id: i64, on: bool) -> Result<(), ApiError> {
    desk.act(actor, move |change| {
        set_in(change, conversation_id, on, Value::Bool(false));
        Ok(())
    })
    .await
}

//! Macros, saved views and definitions of attributes (reference §8).

use super::Read;
use super::more::more;
use deskbell_domain::{AgentId, AttributeDefinition, Macro, MacroAction, SavedView};
use serde_json::Value;

const MODELLED_OF_MACRO: &[&str] = &["id", "account_id", "name", "visibility", "actions"];
const MODELLED_OF_VIEW: &[&str] = &["id", "account_id", "name", "filter_type", "query"];
const MODELLED_OF_SHARED: &[&str] = &["id", "account_id", "name", "filter_type", "query", "created_by"];
const MODELLED_OF_DEFINITION: &[&str] = &[
    "id",
    "account_id",
    "attribute_key",
    "attribute_display_name",
    "attribute_display_type",
    "attribute_model",
    "attribute_values",
];

/// A macro. One with a step that cannot be read is left out whole: it would show fewer steps than the server runs.
pub(crate) fn macro_of(value: &Value) -> Option<Macro> {
    Some(Macro {
        id: value.int("id")?,
        name: value.text("name"),
        visibility: value.text("visibility"),
        actions: value
            .list("actions")
            .iter()
            .map(macro_action)
            .collect::<Option<_>>()?,
        more: more(value, MODELLED_OF_MACRO),
    })
}

fn macro_action(value: &Value) -> Option<MacroAction> {
    let params = match value.raw("action_params") {
        Some(Value::Array(params)) => params.clone(),
        Some(single) => vec![single.clone()],
        None => Vec::new(),
    };
    Some(MacroAction {
        name: value.some_text("action_name")?,
        params,
    })
}

/// A saved view; `filter_type` is what was asked for, where the view itself does not say.
pub(crate) fn saved_view(value: &Value, filter_type: &str) -> Option<SavedView> {
    Some(SavedView {
        id: value.int("id")?,
        shared: false,
        owner: None,
        name: value.text("name"),
        filter_type: value
            .some_text("filter_type")
            .unwrap_or_else(|| filter_type.to_owned()),
        query: value.object("query"),
        more: more(value, MODELLED_OF_VIEW),
    })
}

/// A view shared with everybody of the account.
pub(crate) fn shared_view(value: &Value) -> Option<SavedView> {
    Some(SavedView {
        shared: true,
        owner: value
            .raw("created_by")
            .and_then(|person| person.int("id"))
            .map(AgentId),
        more: more(value, MODELLED_OF_SHARED),
        ..saved_view(value, "conversation")?
    })
}

pub(crate) fn attribute_definition(value: &Value) -> Option<AttributeDefinition> {
    Some(AttributeDefinition {
        id: value.int("id")?,
        key: value.some_text("attribute_key")?,
        display_name: value.text("attribute_display_name"),
        display_type: value.text("attribute_display_type"),
        model: value.text("attribute_model"),
        values: value.texts("attribute_values"),
        more: more(value, MODELLED_OF_DEFINITION),
    })
}

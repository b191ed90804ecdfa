//! A new property, with the bot that speaks for the assistant and the attributes it writes.

use super::command::AddProperty;
use super::{AdminError, named};
use crate::db::custom_attribute_definition::{self, CustomAttributeDefinition};
use crate::db::{account, rows};
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use crate::service::setup;
use rusqlite::params;
use serde_json::{Value, json};

/// Makes it; says its number.
pub async fn add(desk: &Desk, wanted: AddProperty) -> Result<String, AdminError> {
    let name = named(&wanted.name, "a property")?;
    let id = desk
        .write(move |change| {
            let same = |other: &account::Account| other.name.to_lowercase() == name.to_lowercase();
            if account::all(change)?.iter().any(same) {
                return Err(ApiError::Refused("a property of this name exists".to_owned()));
            }
            let id = setup::account(change, &name)?;
            setup::bot(change, id, &format!("{name} AI"))?;
            rows::execute(
                change,
                "INSERT INTO property (account_id, kind, portal_url) VALUES (?1, ?2, ?3)",
                params![id, wanted.kind.word(), wanted.portal_url.map(String::from)],
            )?;
            define_attributes(change, id)?;
            Ok(id)
        })
        .await?;
    Ok(format!("property {id} added"))
}

/// Makes what the assistant writes filterable on the wire (reference §3.3).
fn define_attributes(change: &Change<'_>, account_id: i64) -> Result<(), ApiError> {
    let topics = json!(["booking", "lead", "faq", "mixed"]);
    let levels = json!(["high", "medium", "low"]);
    for (key, name, kind, values) in [
        ("topic", "Topic", "list", topics),
        ("intent_level", "Intent", "list", levels),
        (
            "escalation_reason",
            "Why it rang",
            "text",
            Value::Array(Vec::new()),
        ),
    ] {
        let definition = CustomAttributeDefinition {
            regex_pattern: None,
            regex_cue: None,
            default_value: None,
            id: 0,
            account_id,
            attribute_display_name: name.to_owned(),
            attribute_display_type: kind.to_owned(),
            attribute_description: None,
            attribute_key: key.to_owned(),
            attribute_values: values,
            attribute_model: "conversation_attribute".to_owned(),
            created_at: change.now_ms,
            updated_at: change.now_ms,
        };
        custom_attribute_definition::insert(change, &definition)?;
    }
    Ok(())
}

//! Tags, prepared answers and attribute definitions. Each has a name of its own there; one that is there already stays
//! as it is.

use super::client::Body;
use super::create::Thing;
use super::progress::kind;
use super::target::list;
use super::{ExportError, Move, words};
use crate::db::{canned_response, custom_attribute_definition, label};
use serde_json::{Value, json};

/// What all entries of one list have in common.
struct List {
    kind: &'static str,
    path: &'static str,
    /// Where the entries are in the answer.
    entries: &'static str,
    /// The fields that are its name.
    names: &'static [&'static str],
}

const LABELS: List = List {
    kind: kind::LABEL,
    path: "/labels",
    entries: "/payload",
    names: &["title"],
};
const CANNED_RESPONSES: List = List {
    kind: kind::CANNED_RESPONSE,
    path: "/canned_responses",
    entries: "",
    names: &["short_code"],
};
const DEFINITIONS: List = List {
    kind: kind::DEFINITION,
    path: "/custom_attribute_definitions",
    entries: "",
    names: &["attribute_model", "attribute_key"],
};
/// Nothing of the desk has this number.
const OWN: i64 = 0;

/// Carries all three lists.
pub async fn carry(export: &mut Move) -> Result<(), ExportError> {
    let id = export.property.id;
    let labels = export.desk.read(move |view| label::all(view, id)).await?;
    let wanted = labels.into_iter().map(|one| {
        let body = json!({
            "title": one.title, "description": one.description, "color": one.color,
            "show_on_sidebar": one.show_on_sidebar,
        });
        (one.id, body)
    });
    carry_list(export, &LABELS, wanted.collect()).await?;
    let templates = export
        .desk
        .read(move |view| canned_response::all(view, id))
        .await?;
    let wanted = templates.into_iter().map(|one| {
        (
            one.id,
            json!({ "short_code": one.short_code, "content": one.content }),
        )
    });
    carry_list(export, &CANNED_RESPONSES, wanted.collect()).await?;
    let read = move |view: &crate::desk::View<'_>| custom_attribute_definition::all(view, id, None);
    let definitions = export.desk.read(read).await?;
    let mut wanted: Vec<(i64, Value)> = definitions.into_iter().map(definition).collect();
    // By it conversations are found again (reference §3.3: a filter needs the definition).
    wanted.push((OWN, own_definition()));
    carry_list(export, &DEFINITIONS, wanted).await
}

fn definition(one: custom_attribute_definition::CustomAttributeDefinition) -> (i64, Value) {
    let body = json!({
        "attribute_display_name": one.attribute_display_name,
        "attribute_display_type": one.attribute_display_type,
        "attribute_description": one.attribute_description,
        "attribute_key": one.attribute_key,
        "attribute_values": one.attribute_values,
        "attribute_model": one.attribute_model,
        "regex_pattern": one.regex_pattern,
        "regex_cue": one.regex_cue,
    });
    (one.id, body)
}

fn own_definition() -> Value {
    json!({
        "attribute_display_name": "Desk conversation",
        "attribute_display_type": "text",
        "attribute_description": "Its number in the built-in desk it was carried over from",
        "attribute_key": words::CONVERSATION_KEY,
        "attribute_model": "conversation_attribute",
    })
}

async fn carry_list(export: &mut Move, of: &List, wanted: Vec<(i64, Value)>) -> Result<(), ExportError> {
    let mut there: Option<Value> = None;
    for (source, body) in wanted {
        if export.progress.target(of.kind, source)?.is_some() {
            continue;
        }
        if there.is_none() {
            there = Some(export.client.get(&export.target.path(of.path)).await?);
        }
        let known = there
            .as_ref()
            .map(|there| named(there, of, &body))
            .transpose()?
            .flatten();
        if let Some(id) = known {
            export.progress.done(of.kind, source, 0, &id.to_string())?;
            continue;
        }
        let thing = Thing {
            kind: of.kind,
            source,
            parent: 0,
            path: export.target.path(of.path),
            body: Body::Json(body.clone()),
            number: "/id",
        };
        let find = async |export: &mut Move| {
            let there = export.client.get(&export.target.path(of.path)).await?;
            named(&there, of, &body)
        };
        export.once(thing, find).await?;
    }
    Ok(())
}

/// The number of the entry of a list that bears the same name.
fn named(there: &Value, of: &List, wanted: &Value) -> Result<Option<i64>, ExportError> {
    let entries = list(there.pointer(of.entries).unwrap_or(&Value::Null))?;
    let same = |one: &&Value| of.names.iter().all(|name| is_same(&one[*name], &wanted[*name]));
    Ok(entries.iter().find(same).and_then(|one| one["id"].as_i64()))
}

/// Servers make titles lower-case.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one.as_str(), other.as_str()) {
        (Some(one), Some(other)) => one.to_lowercase() == other.to_lowercase(),
        _ => false,
    }
}

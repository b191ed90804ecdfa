//! What left through channels, for whoever looks after the desk. Without the words: those are in the conversations.

use super::command::ListSent;
use super::{AdminError, existing};
use crate::db::outbound::{self, Outbound};
use crate::desk::Desk;
use crate::wire::time::iso;

/// The newest so many; older ones are in the conversations too.
const MOST: i64 = 1_000;

/// CSV with a line of headings, newest first.
pub async fn list(desk: &Desk, wanted: ListSent) -> Result<String, AdminError> {
    let property = wanted.property;
    let rows = desk
        .read(move |view| {
            existing(view, property)?;
            outbound::newest(view, property, MOST)
        })
        .await?;
    let head = "at,inbox,message,part,carrier,recipient,state,attempts,provider_id,error".to_owned();
    let lines: Vec<String> = std::iter::once(head).chain(rows.into_iter().map(line)).collect();
    Ok(lines.join("\n"))
}

fn line(row: Outbound) -> String {
    let fields = [
        iso(row.created_at),
        row.inbox_id.to_string(),
        row.message_id.to_string(),
        row.part.to_string(),
        row.carrier,
        row.recipient,
        row.state.word().to_owned(),
        row.attempts.to_string(),
        row.provider_id.unwrap_or_default(),
        row.error.unwrap_or_default(),
    ];
    fields.map(super::links::quoted).join(",")
}

//! The list of conversations and its counts (reference §3.2).

use super::condition::{Condition, marks};
use super::conversation::Conversation;
use super::rows;
use super::sight::Sight;
use crate::error::ApiError;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

const PAGE: i64 = 25;

/// Whose assignment counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Assignee {
    Me,
    Unassigned,
    Assigned,
    All,
}

/// The special kinds of list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Any,
    /// Ever mentioned me.
    Mention,
    /// No first reply yet, or waiting now.
    Unattended,
    /// All I follow, wherever it is.
    Participating,
}

/// What is wanted, and by whom.
pub struct Wanted {
    pub account_id: i64,
    pub sight: Sight,
    /// None means all of them.
    pub status: Option<String>,
    pub assignee: Assignee,
    pub inbox_id: Option<i64>,
    pub team_id: Option<i64>,
    pub labels: Vec<String>,
    /// Part of a message's text.
    pub text: Option<String>,
    pub kind: Kind,
    pub source_id: Option<String>,
    pub sort_by: String,
    /// From 1.
    pub page: i64,
    /// Epoch milliseconds; all that changed later, without pages.
    pub updated_after: Option<i64>,
}

/// The four counts; they ignore the assignee asked for.
pub struct Counts {
    pub mine: i64,
    pub assigned: i64,
    pub unassigned: i64,
    pub all: i64,
}

fn condition(wanted: &Wanted) -> Condition {
    let mut condition = Condition::new("c.account_id = ?", [wanted.account_id.into()]);
    let me = || [Value::from(wanted.sight.user_id)];
    if wanted.kind == Kind::Participating {
        condition.and(
            "c.id IN (SELECT conversation_id FROM participant WHERE user_id = ?)",
            me(),
        );
        let seen = wanted.sight.narrowed("c");
        condition.and(&seen.sql, seen.values);
    } else {
        let seen = wanted.sight.listed("c");
        condition.and(&seen.sql, seen.values);
        if let Some(inbox_id) = wanted.inbox_id {
            condition.and("c.inbox_id = ?", [inbox_id.into()]);
        }
    }
    match wanted.kind {
        Kind::Mention => condition.and(
            "c.id IN (SELECT conversation_id FROM mention WHERE user_id = ?)",
            me(),
        ),
        Kind::Unattended => condition.and(
            "(c.first_reply_created_at IS NULL OR c.waiting_since IS NOT NULL)",
            [],
        ),
        Kind::Any | Kind::Participating => {}
    }
    add_filters(&mut condition, wanted);
    condition
}

fn add_filters(condition: &mut Condition, wanted: &Wanted) {
    if let Some(team_id) = wanted.team_id {
        condition.and("c.team_id = ?", [team_id.into()]);
    }
    if !wanted.labels.is_empty() {
        let marks = marks(wanted.labels.len());
        condition.and(
            &format!("c.id IN (SELECT conversation_id FROM conversation_label WHERE title IN ({marks}))"),
            wanted.labels.iter().cloned().map(Value::from),
        );
    }
    if let Some(source_id) = &wanted.source_id {
        condition.and(
            "c.contact_inbox_id IN (SELECT id FROM contact_inbox WHERE source_id = ?)",
            [source_id.clone().into()],
        );
    }
    match &wanted.text {
        // Searching ignores the status.
        Some(text) => condition.and(
            "EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.message_type IN (0, 1)
               AND instr(lower(m.content), ?) > 0)",
            [text.to_lowercase().into()],
        ),
        None => {
            if let Some(status) = &wanted.status {
                condition.and("c.status = ?", [status.clone().into()]);
            }
        }
    }
}

/// The counts over everything but page, assignee and `updated_after`.
pub fn counts(connection: &Connection, wanted: &Wanted) -> Result<Counts, ApiError> {
    counts_of(connection, wanted.sight.user_id, condition(wanted))
}

fn counts_of(connection: &Connection, user_id: i64, condition: Condition) -> Result<Counts, ApiError> {
    let sql = format!(
        "SELECT count(*) FILTER (WHERE c.assignee_id = ?), count(*) FILTER (WHERE c.assignee_id IS NULL), count(*)
         FROM conversation c WHERE {}",
        condition.sql
    );
    let values = std::iter::once(Value::from(user_id)).chain(condition.values);
    let mut statement = connection.prepare_cached(&sql)?;
    let (mine, unassigned, all): (i64, i64, i64) = statement.query_row(params_from_iter(values), |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    Ok(Counts {
        mine,
        assigned: all - unassigned,
        unassigned,
        all,
    })
}

/// The rows.
pub fn rows(connection: &Connection, wanted: &Wanted) -> Result<Vec<Conversation>, ApiError> {
    let mut condition = condition(wanted);
    match wanted.assignee {
        Assignee::Me => condition.and("c.assignee_id = ?", [wanted.sight.user_id.into()]),
        Assignee::Unassigned => condition.and("c.assignee_id IS NULL", []),
        Assignee::Assigned => condition.and("c.assignee_id IS NOT NULL", []),
        Assignee::All => {}
    }
    let mut limit = format!(
        "LIMIT {PAGE} OFFSET {}",
        (wanted.page - 1).max(0).saturating_mul(PAGE)
    );
    if let Some(after) = wanted.updated_after {
        condition.and("c.updated_at > ?", [after.into()]);
        limit.clear();
    }
    let sql = format!(
        "SELECT c.* FROM conversation c WHERE {} ORDER BY {}, c.id DESC {limit}",
        condition.sql,
        order(&wanted.sort_by)
    );
    rows::many(connection, &sql, params_from_iter(condition.values))
}

/// What a filter found: all it counts, and one page by newest activity.
pub fn filtered(
    connection: &Connection,
    account_id: i64,
    sight: Sight,
    filter: Option<Condition>,
    page: i64,
) -> Result<(Counts, Vec<Conversation>), ApiError> {
    let mut condition = Condition::new("c.account_id = ?", [account_id.into()]);
    let seen = sight.listed("c");
    condition.and(&seen.sql, seen.values);
    if let Some(filter) = filter {
        condition.and(&format!("({})", filter.sql), filter.values);
    }
    let sql = format!(
        "SELECT c.* FROM conversation c WHERE {} ORDER BY c.last_activity_at DESC, c.id DESC
         LIMIT {PAGE} OFFSET {}",
        condition.sql,
        (page - 1).max(0).saturating_mul(PAGE)
    );
    let found = rows::many(connection, &sql, params_from_iter(condition.values.iter()))?;
    Ok((counts_of(connection, sight.user_id, condition)?, found))
}

const PRIORITY: &str =
    "CASE c.priority WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 WHEN 'urgent' THEN 4 END";
const UNREAD: &str = "(SELECT count(*) FROM message m WHERE m.conversation_id = c.id AND m.message_type = 0
    AND m.created_at > coalesce(c.agent_last_seen_at, -1))";

fn order(sort_by: &str) -> String {
    match sort_by {
        "last_activity_at_asc" => "c.last_activity_at ASC".to_owned(),
        "created_at_desc" => "c.created_at DESC".to_owned(),
        "created_at_asc" | "sort_on_created_at" => "c.created_at ASC".to_owned(),
        "priority_asc" => format!("{PRIORITY} ASC NULLS LAST, c.last_activity_at DESC"),
        "priority_desc" | "sort_on_priority" => {
            format!("{PRIORITY} DESC NULLS LAST, c.last_activity_at DESC")
        }
        "priority_desc_created_at_asc" => format!("{PRIORITY} DESC NULLS LAST, c.created_at ASC"),
        "waiting_since_asc" | "sort_on_waiting_since" => {
            "c.waiting_since ASC NULLS LAST, c.created_at ASC".to_owned()
        }
        "waiting_since_desc" => "c.waiting_since DESC NULLS LAST, c.created_at ASC".to_owned(),
        "unread" => format!("{UNREAD} DESC, c.last_activity_at DESC"),
        _ => "c.last_activity_at DESC".to_owned(),
    }
}

//! What guests thought of a conversation.

use super::condition::Condition;
use super::rows::{self, FromRow};
use crate::error::ApiError;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};

const PAGE: i64 = 25;

/// One answer.
#[derive(Clone)]
pub struct CsatSurveyResponse {
    pub id: i64,
    pub account_id: i64,
    pub conversation_id: i64,
    pub message_id: i64,
    pub contact_id: i64,
    pub assigned_agent_id: Option<i64>,
    /// 1 to 5.
    pub rating: i64,
    pub feedback_message: Option<String>,
    pub created_at: i64,
    pub updated_at: i64,
}

impl FromRow for CsatSurveyResponse {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            account_id: row.get("account_id")?,
            conversation_id: row.get("conversation_id")?,
            message_id: row.get("message_id")?,
            contact_id: row.get("contact_id")?,
            assigned_agent_id: row.get("assigned_agent_id")?,
            rating: row.get("rating")?,
            feedback_message: row.get("feedback_message")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

/// Which answers are wanted.
#[derive(Default)]
pub struct Wanted {
    pub account_id: i64,
    /// Epoch milliseconds; the end is exclusive.
    pub since: Option<i64>,
    pub until: Option<i64>,
    pub user_ids: Vec<i64>,
    pub inbox_id: Option<i64>,
    pub team_id: Option<i64>,
    pub rating: Option<i64>,
    pub newest_first: bool,
    /// From 1.
    pub page: i64,
}

fn condition(wanted: &Wanted) -> Condition {
    let mut condition = Condition::new("r.account_id = ?", [wanted.account_id.into()]);
    let optional: [(&str, Option<i64>); 5] = [
        ("r.created_at >= ?", wanted.since),
        ("r.created_at < ?", wanted.until),
        ("v.inbox_id = ?", wanted.inbox_id),
        ("v.team_id = ?", wanted.team_id),
        ("r.rating = ?", wanted.rating),
    ];
    for (sql, value) in optional {
        if let Some(value) = value {
            condition.and(sql, [value.into()]);
        }
    }
    if !wanted.user_ids.is_empty() {
        let ids = serde_json::json!(wanted.user_ids).to_string();
        condition.and(
            "r.assigned_agent_id IN (SELECT value FROM json_each(?))",
            [ids.into()],
        );
    }
    condition
}

const FROM: &str = "FROM csat_survey_response r JOIN conversation v ON v.id = r.conversation_id";

/// A page of 25.
pub fn page(connection: &Connection, wanted: &Wanted) -> Result<Vec<CsatSurveyResponse>, ApiError> {
    let condition = condition(wanted);
    let direction = if wanted.newest_first { "DESC" } else { "ASC" };
    let offset = (wanted.page - 1).max(0).saturating_mul(PAGE);
    let sql = format!(
        "SELECT r.* {FROM} WHERE {} ORDER BY r.created_at {direction}, r.id {direction} LIMIT {PAGE} OFFSET {offset}",
        condition.sql
    );
    rows::many(connection, &sql, params_from_iter(condition.values))
}

/// How many answers gave a rating.
pub fn count(connection: &Connection, wanted: &Wanted, rating: i64) -> Result<i64, ApiError> {
    let mut condition = condition(wanted);
    condition.and("r.rating = ?", [Value::from(rating)]);
    let sql = format!("SELECT count(*) {FROM} WHERE {}", condition.sql);
    rows::count(connection, &sql, params_from_iter(condition.values))
}

/// How many surveys went out.
pub fn sent(connection: &Connection, account_id: i64, since: i64, until: i64) -> Result<i64, ApiError> {
    rows::count(
        connection,
        "SELECT count(*) FROM message WHERE account_id = ?1 AND content_type = 'input_csat'
           AND created_at >= ?2 AND created_at < ?3",
        [account_id, since, until],
    )
}

/// The answer a survey got.
pub fn of_message(connection: &Connection, message_id: i64) -> Result<Option<CsatSurveyResponse>, ApiError> {
    rows::one(
        connection,
        "SELECT * FROM csat_survey_response WHERE message_id = ?1",
        [message_id],
    )
}

/// Stores an answer, or the guest's second thoughts (its id is ignored).
pub fn put(connection: &Connection, new: &CsatSurveyResponse) -> Result<(), ApiError> {
    rows::execute(
        connection,
        "INSERT INTO csat_survey_response (account_id, conversation_id, message_id, contact_id, assigned_agent_id,
           rating, feedback_message, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
         ON CONFLICT (message_id) DO UPDATE SET rating = excluded.rating,
           feedback_message = excluded.feedback_message, updated_at = excluded.updated_at",
        params![
            new.account_id,
            new.conversation_id,
            new.message_id,
            new.contact_id,
            new.assigned_agent_id,
            new.rating,
            new.feedback_message,
            new.created_at
        ],
    )?;
    Ok(())
}

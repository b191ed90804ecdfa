//! Counting for reports (reference §9). Times are epoch milliseconds, ends exclusive; averages are seconds.

use super::condition::Condition;
use super::reporting_event::{BOT_HANDOFF, BOT_RESOLVED};
use super::rows;
use crate::error::ApiError;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Whose numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Account,
    Agent(i64),
    Inbox(i64),
    Team(i64),
    /// The database id of a label.
    Label(i64),
}

/// A stretch of time of one scope.
#[derive(Clone, Copy)]
pub struct Span {
    pub account_id: i64,
    pub scope: Scope,
    pub since: i64,
    pub until: i64,
}

impl Span {
    /// The preceding one of equal length.
    pub fn previous(self) -> Self {
        let length = self.until.saturating_sub(self.since);
        Self {
            since: self.since.saturating_sub(length),
            until: self.since,
            ..self
        }
    }

    /// The rows of `t` in the span that belong to the scope; `agent` is the column that names whose it is, `v` the
    /// conversation.
    fn condition(&self, agent: &str) -> Condition {
        let between = "t.account_id = ? AND t.created_at >= ? AND t.created_at < ?";
        let mut condition = Condition::new(
            between,
            [self.account_id.into(), self.since.into(), self.until.into()],
        );
        match self.scope {
            Scope::Account => {}
            Scope::Agent(id) => condition.and(&format!("{agent} = ?"), [id.into()]),
            Scope::Inbox(id) => condition.and("v.inbox_id = ?", [id.into()]),
            Scope::Team(id) => condition.and("v.team_id = ?", [id.into()]),
            Scope::Label(id) => condition.and(
                "v.id IN (SELECT conversation_id FROM conversation_label JOIN label USING (title)
                   WHERE label.id = ? AND label.account_id = ?)",
                [id.into(), self.account_id.into()],
            ),
        }
        condition
    }
}

/// Conversations that began.
pub fn conversations(connection: &Connection, span: &Span) -> Result<i64, ApiError> {
    let condition = span.condition("v.assignee_id");
    let from = "conversation t JOIN conversation v ON v.id = t.id";
    count(connection, from, condition)
}

/// Messages of a type (0 incoming, 1 outgoing).
pub fn messages(connection: &Connection, span: &Span, message_type: i64) -> Result<i64, ApiError> {
    let agent = "(CASE t.sender_type WHEN 'User' THEN t.sender_id END)";
    let mut condition = span.condition(agent);
    condition.and("t.message_type = ?", [message_type.into()]);
    let from = "message t JOIN conversation v ON v.id = t.conversation_id";
    count(connection, from, condition)
}

/// How often something happened.
pub fn events(connection: &Connection, span: &Span, name: &str) -> Result<i64, ApiError> {
    let mut condition = span.condition("t.user_id");
    condition.and("t.name = ?", [name.to_owned().into()]);
    let from = "reporting_event t JOIN conversation v ON v.id = t.conversation_id";
    count(connection, from, condition)
}

/// Resolutions by bots alone; a hand-over in the same span outranks one.
pub fn bot_resolutions(connection: &Connection, span: &Span) -> Result<i64, ApiError> {
    let mut condition = span.condition("t.user_id");
    condition.and(
        "t.name = ? AND NOT EXISTS (SELECT 1 FROM reporting_event h WHERE h.conversation_id = t.conversation_id
           AND h.name = ? AND h.created_at >= ? AND h.created_at < ?)",
        [
            BOT_RESOLVED.to_owned().into(),
            BOT_HANDOFF.to_owned().into(),
            span.since.into(),
            span.until.into(),
        ],
    );
    let from = "reporting_event t JOIN conversation v ON v.id = t.conversation_id";
    count(connection, from, condition)
}

/// The average length of something, and of how many; none when it never happened.
pub fn average(connection: &Connection, span: &Span, name: &str) -> Result<(Option<f64>, i64), ApiError> {
    let mut condition = span.condition("t.user_id");
    condition.and("t.name = ?", [name.to_owned().into()]);
    let sql = format!(
        "SELECT avg(t.value), count(*) FROM reporting_event t JOIN conversation v ON v.id = t.conversation_id
         WHERE {}",
        condition.sql
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let values = params_from_iter(condition.values);
    Ok(statement.query_row(values, |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn count(connection: &Connection, from: &str, condition: Condition) -> Result<i64, ApiError> {
    let sql = format!("SELECT count(*) FROM {from} WHERE {}", condition.sql);
    rows::count(connection, &sql, params_from_iter(condition.values))
}

/// The open conversations of now.
#[derive(Clone, Copy)]
pub struct Live {
    pub open: i64,
    /// Nobody answered yet, or somebody waits.
    pub unattended: i64,
    pub unassigned: i64,
    pub pending: i64,
}

/// Live counts of an account, of one team's or one agent's.
pub fn live(connection: &Connection, account_id: i64, scope: Scope) -> Result<Live, ApiError> {
    let mut condition = Condition::new("account_id = ?", [account_id.into()]);
    match scope {
        Scope::Agent(id) => condition.and("assignee_id = ?", [id.into()]),
        Scope::Team(id) => condition.and("team_id = ?", [id.into()]),
        Scope::Inbox(id) => condition.and("inbox_id = ?", [id.into()]),
        Scope::Account | Scope::Label(_) => {}
    }
    let sql = format!(
        "SELECT count(*) FILTER (WHERE status = 'open'),
           count(*) FILTER (WHERE status = 'open' AND (first_reply_created_at IS NULL OR waiting_since IS NOT NULL)),
           count(*) FILTER (WHERE status = 'open' AND assignee_id IS NULL),
           count(*) FILTER (WHERE status = 'pending')
         FROM conversation WHERE {}",
        condition.sql
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let live = statement.query_row(params_from_iter(condition.values), |row| {
        Ok(Live {
            open: row.get(0)?,
            unattended: row.get(1)?,
            unassigned: row.get(2)?,
            pending: row.get(3)?,
        })
    })?;
    Ok(live)
}

/// Live counts of each assignee or team that has open conversations; `none` is a group too.
pub fn live_groups(
    connection: &Connection,
    account_id: i64,
    by_team: bool,
    team_id: Option<i64>,
) -> Result<Vec<(Option<i64>, Live)>, ApiError> {
    let column = if by_team { "team_id" } else { "assignee_id" };
    let mut condition = Condition::new("account_id = ? AND status = 'open'", [account_id.into()]);
    if let Some(team_id) = team_id {
        condition.and("team_id = ?", [Value::from(team_id)]);
    }
    let sql = format!(
        "SELECT {column}, count(*),
           count(*) FILTER (WHERE first_reply_created_at IS NULL OR waiting_since IS NOT NULL),
           count(*) FILTER (WHERE assignee_id IS NULL)
         FROM conversation WHERE {} GROUP BY {column} ORDER BY {column} LIMIT 1000",
        condition.sql
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let groups = statement.query_map(params_from_iter(condition.values), |row| {
        let live = Live {
            open: row.get(1)?,
            unattended: row.get(2)?,
            unassigned: row.get(3)?,
            pending: 0,
        };
        Ok((row.get(0)?, live))
    })?;
    Ok(groups.collect::<rusqlite::Result<_>>()?)
}

/// Conversations that began on inboxes with a bot, the bots' messages in them.
pub fn of_bots(
    connection: &Connection,
    account_id: i64,
    since: i64,
    until: i64,
) -> Result<(i64, i64), ApiError> {
    let inboxes = "inbox_id IN (SELECT id FROM inbox WHERE account_id = ?1 AND agent_bot_id IS NOT NULL)";
    let conversations = rows::count(
        connection,
        &format!(
            "SELECT count(*) FROM conversation WHERE {inboxes} AND created_at >= ?2 AND created_at < ?3"
        ),
        [account_id, since, until],
    )?;
    let messages = rows::count(
        connection,
        &format!(
            "SELECT count(*) FROM message WHERE {inboxes} AND sender_type = 'AgentBot' AND message_type = 1
               AND created_at >= ?2 AND created_at < ?3"
        ),
        [account_id, since, until],
    )?;
    Ok((conversations, messages))
}

/// How many conversations of each status began on each kind of channel.
pub fn by_channel(
    connection: &Connection,
    account_id: i64,
    since: i64,
    until: i64,
) -> Result<Vec<(String, String, i64)>, ApiError> {
    let mut statement = connection.prepare_cached(
        "SELECT inbox.channel_type, conversation.status, count(*) FROM conversation
         JOIN inbox ON inbox.id = conversation.inbox_id
         WHERE conversation.account_id = ?1 AND conversation.created_at >= ?2 AND conversation.created_at < ?3
         GROUP BY 1, 2",
    )?;
    let rows = statement.query_map([account_id, since, until], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

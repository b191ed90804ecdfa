//! What is looked for, and what the hits are narrowed to.

use super::phrase::Phrase;
use crate::Result;
use crate::file::Fault;
use crate::list::Conditions;
use crate::message;
use deskbell_domain::{AccountKey, ListFilter};
use rusqlite::types::Value;

/// A search. `filter` holds as in a list, but its period is that of the messages found by their words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// Never a query language: quotes and operators are text.
    pub text: String,
    /// None = all.
    pub accounts: Vec<AccountKey>,
    pub filter: ListFilter,
    /// Epoch seconds: what has expired by now.
    pub now: i64,
    /// Hits that are answered; cut to 100.
    pub limit: u32,
}

impl SearchQuery {
    /// Everything that matches, narrowed by nothing.
    pub fn new(text: &str, limit: u32) -> Self {
        Self {
            text: text.to_owned(),
            limit,
            ..Self::default()
        }
    }
}

/// The query as statements need it.
pub(super) struct Wanted {
    pub phrase: Phrase,
    /// JSON list of account keys; an empty one means all.
    pub accounts: String,
    pub limit: u32,
    filter: ListFilter,
    now: i64,
}

/// A statement with what it binds.
pub(super) struct Statement {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Wanted {
    pub(super) fn by(query: &SearchQuery, most: u32) -> Result<Self, Fault> {
        let keys: Vec<i64> = query.accounts.iter().map(|account| account.0).collect();
        Ok(Self {
            phrase: Phrase::of(&query.text),
            accounts: serde_json::to_string(&keys)?,
            limit: query.limit.min(most),
            filter: query.filter.clone(),
            now: query.now,
        })
    }

    pub(super) fn is_narrowed(&self) -> bool {
        !self.filter.is_empty()
    }

    /// Row numbers of the messages of the period, the last one excluded.
    pub(super) fn docs(&self) -> (Value, Value) {
        let at = |bound: Option<i64>, open: i64| bound.map_or(open, message::first_doc_of);
        (
            at(self.filter.active_from, 0).into(),
            at(self.filter.active_until, i64::MAX).into(),
        )
    }

    /// For conversations found by their guest or subject: `sql` makes the statement with the conditions put in.
    pub(super) fn of_conversations(
        &self,
        sql: impl Fn(&str) -> String,
        fixed: Vec<Value>,
    ) -> Result<Statement, Fault> {
        self.statement(sql, fixed, self.filter.clone())
    }

    /// For messages: their own time counts, and [`Wanted::docs`] is its bounds.
    pub(super) fn of_messages(
        &self,
        sql: impl Fn(&str) -> String,
        fixed: Vec<Value>,
    ) -> Result<Statement, Fault> {
        let filter = ListFilter {
            active_from: None,
            active_until: None,
            ..self.filter.clone()
        };
        self.statement(sql, fixed, filter)
    }

    fn statement(
        &self,
        sql: impl Fn(&str) -> String,
        mut fixed: Vec<Value>,
        filter: ListFilter,
    ) -> Result<Statement, Fault> {
        let mut conditions = Conditions::from(fixed.len() + 1);
        conditions.filter(&filter, self.now)?;
        if !filter.labels.is_empty() {
            conditions.labels(&filter.labels)?;
        }
        fixed.append(&mut conditions.values);
        Ok(Statement {
            sql: sql(&conditions.sql("AND")),
            values: fixed,
        })
    }
}

//! The statements of a list: one index each, in its order, so that a window costs the same wherever it starts.

use super::WindowQuery;
use super::conditions::Conditions;
use crate::Result;
use crate::conversation::place::{CLOSED, MINE, NEEDS_PERSON, REST};
use crate::file::Fault;
use deskbell_domain::{AccountKey, ConversationRef, View};
use rusqlite::types::Value;

/// Which conversations, and the index that has them in order.
pub(crate) struct Filter {
    /// Conversations, or the tags with the same columns.
    table: &'static str,
    index: &'static str,
    order: &'static str,
    ai: bool,
    conditions: Conditions,
}

impl Filter {
    /// All conversations of some accounts, for counting.
    pub(crate) fn counted(accounts: &[AccountKey]) -> Self {
        Self::everything(false, accounts)
    }

    /// The same, of which something more must hold.
    pub(crate) fn and(mut self, condition: String) -> Self {
        self.conditions.and(condition);
        self
    }

    /// The conversations of a query. Naming the index keeps the planner from a plan that is good for ten rows and bad for
    /// ten thousand; a test holds that each is in order.
    pub(crate) fn of(query: &WindowQuery) -> Result<Self, Fault> {
        let mut filter = match query.filter.labels.as_slice() {
            [label] => Self::labelled(query.view, &query.accounts, label),
            _ => Self::everything(query.view == View::Ai, &query.accounts),
        };
        filter.view(query.view, query.with_closed());
        filter.conditions.filter(&query.filter, query.now)?;
        if query.filter.labels.len() > 1 {
            filter.conditions.labels(&query.filter.labels)?;
        }
        Ok(filter)
    }

    /// Whoever was to be answered before `now` (epoch seconds); the longest overdue first.
    pub(crate) fn late(accounts: &[AccountKey], now: i64) -> Self {
        let mut filter = Self::everything(false, accounts);
        let (list, now) = (filter.conditions.bind(NEEDS_PERSON), filter.conditions.bind(now));
        filter
            .conditions
            .and(format!("c.list = {list} AND c.sort <= {now}"));
        filter
    }

    fn everything(ai: bool, accounts: &[AccountKey]) -> Self {
        let (index, order) = match (accounts, ai) {
            ([_], true) => ("conversation_ai_order_of_account", "sort, id"),
            ([_], false) => ("conversation_order_of_account", "list, sort, id"),
            (_, true) => ("conversation_ai_order", "sort, account, id"),
            (_, false) => ("conversation_order", "list, sort, account, id"),
        };
        let mut filter = Self {
            table: "conversation",
            index,
            order,
            ai,
            conditions: Conditions::from(1),
        };
        filter.conditions.accounts(accounts);
        filter
    }

    /// The conversations of a view that have a tag.
    fn labelled(view: View, accounts: &[AccountKey], label: &str) -> Self {
        let (index, order) = match (accounts, view == View::Ai) {
            ([_], true) => ("conversation_label_order_of_account", "sort, id"),
            ([_], false) => ("conversation_label_order_of_account", "list, sort, id"),
            (_, true) => ("conversation_label_order", "sort, account, id"),
            (_, false) => ("conversation_label_order", "list, sort, account, id"),
        };
        let mut conditions = Conditions::from(1);
        let label = conditions.bind(label.to_owned());
        conditions.and(format!("c.label = {label}"));
        conditions.accounts(accounts);
        if view == View::Ai {
            conditions.and(format!("c.list = {REST}"));
        }
        Self {
            table: "conversation_label",
            index,
            order,
            ai: view == View::Ai,
            conditions,
        }
    }

    fn view(&mut self, view: View, with_closed: bool) {
        let (first, last) = match view {
            View::NeedsPerson => (NEEDS_PERSON, NEEDS_PERSON),
            View::Mine => (MINE, MINE),
            View::Closed => (CLOSED, CLOSED),
            View::All if with_closed => (NEEDS_PERSON, CLOSED),
            View::All => (NEEDS_PERSON, REST),
            View::Ai => {
                // Written out, not bound: only so does it match the partial index.
                return self.conditions.and("c.ai = 1");
            }
        };
        let (first, last) = (self.conditions.bind(first), self.conditions.bind(last));
        self.conditions
            .and(format!("c.list >= {first} AND c.list <= {last}"));
    }

    /// What every statement binds first.
    pub(crate) fn values(&self) -> Vec<Value> {
        self.conditions.values.clone()
    }

    fn select(&self, columns: &str) -> String {
        format!(
            "SELECT {columns} FROM {} c INDEXED BY {}{}",
            self.table,
            self.index,
            self.conditions.sql("WHERE")
        )
    }

    /// Answers (account, id); limit and offset are bound last.
    pub(crate) fn page_sql(&self) -> String {
        self.select("c.account, c.id") + &format!(" ORDER BY {} LIMIT ? OFFSET ?", self.order)
    }

    /// Answers (list, count, of them with the AI).
    pub(crate) fn group_sql(&self) -> String {
        if self.ai {
            // All of them are in one list; grouping would have to sort.
            return self.select(&format!("{REST}, count(*), count(*)"));
        }
        self.select("c.list, count(*), sum(c.ai)") + " GROUP BY c.list"
    }

    /// Answers (list, sort) of the account and id bound last, if it is in the list.
    pub(crate) fn member_sql(&self) -> String {
        format!(
            "SELECT c.list, c.sort FROM {} c{} AND c.account = ? AND c.id = ?",
            self.table,
            self.conditions.sql("WHERE")
        )
    }

    /// Answers how many stand before a place in the list.
    pub(crate) fn before_sql(&self) -> String {
        let before = if self.ai {
            " AND (c.sort, c.account, c.id) < (?, ?, ?)"
        } else {
            " AND (c.list, c.sort, c.account, c.id) < (?, ?, ?, ?)"
        };
        self.select("count(*)") + before
    }

    /// What [`Filter::before_sql`] binds.
    pub(crate) fn before_values(&self, list: i64, sort: i64, conversation: ConversationRef) -> Vec<Value> {
        let mut values = self.values();
        if !self.ai {
            values.push(list.into());
        }
        values.extend([
            sort.into(),
            conversation.account.0.into(),
            conversation.id.0.into(),
        ]);
        values
    }
}

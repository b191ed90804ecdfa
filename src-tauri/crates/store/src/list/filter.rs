//! The statements of a list: one index each, in its order, so that a window costs the same wherever it starts.

use super::WindowQuery;
use crate::Result;
use crate::conversation::place::{CLOSED, MINE, NEEDS_PERSON, REST};
use crate::file::Fault;
use deskbell_domain::{AccountKey, ConversationRef, View};
use rusqlite::types::Value;

/// Which conversations, and the index that has them in order. Values are bound, never written into a statement.
pub(crate) struct Filter {
    /// Conversations, or the tags with the same columns.
    table: &'static str,
    index: &'static str,
    order: &'static str,
    ai: bool,
    clause: String,
    /// Bound to the clause, first to last.
    pub values: Vec<Value>,
}

impl Filter {
    /// A view of some accounts (none = all), unfiltered. Naming the index keeps the planner from a plan that is good for
    /// ten rows and bad for ten thousand; a test holds that each is in order.
    pub(crate) fn new(view: View, accounts: &[AccountKey]) -> Self {
        let mut filter = Self::everything(view == View::Ai, accounts);
        filter.view(view);
        filter
    }

    /// All conversations of some accounts, for counting.
    pub(crate) fn counted(accounts: &[AccountKey]) -> Self {
        Self::everything(false, accounts)
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
            clause: String::new(),
            values: Vec::new(),
        };
        filter.accounts(accounts);
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
        let mut filter = Self {
            table: "conversation_label",
            index,
            order,
            ai: view == View::Ai,
            clause: String::new(),
            values: Vec::new(),
        };
        filter.and("c.label = ?", label.to_owned().into());
        filter.accounts(accounts);
        if filter.ai {
            filter.and("c.list = ?", REST.into());
        }
        filter.view(view);
        filter
    }

    fn accounts(&mut self, accounts: &[AccountKey]) {
        if let [account] = accounts {
            self.and("c.account = ?", account.0.into());
        } else if !accounts.is_empty() {
            let keys: Vec<String> = accounts.iter().map(|account| account.0.to_string()).collect();
            let keys = format!("[{}]", keys.join(","));
            // The plus keeps the planner from starting with the accounts.
            self.and("+c.account IN (SELECT value FROM json_each(?))", keys.into());
        }
    }

    /// The conversations of a query.
    pub(crate) fn of(query: &WindowQuery) -> Result<Self, Fault> {
        let mut filter = match query.labels.as_slice() {
            [label] => Self::labelled(query.view, &query.accounts, label),
            _ => Self::new(query.view, &query.accounts),
        };
        if !query.channels.is_empty() {
            // Found once, not for each conversation.
            filter.and(
                "(c.account, c.inbox) IN (SELECT i.account, i.id FROM inbox i
                   WHERE i.channel IN (SELECT value FROM json_each(?)))",
                serde_json::to_string(&query.channels)?.into(),
            );
        }
        if query.labels.len() > 1 {
            filter.and(
                "EXISTS (SELECT 1 FROM conversation_label l WHERE l.account = c.account AND l.id = c.id
                   AND l.label IN (SELECT value FROM json_each(?)))",
                serde_json::to_string(&query.labels)?.into(),
            );
        }
        if query.unread {
            filter.and("c.unread = ?", 1.into());
        }
        Ok(filter)
    }

    fn view(&mut self, view: View) {
        let (first, last) = match view {
            View::NeedsPerson => (NEEDS_PERSON, NEEDS_PERSON),
            View::Mine => (MINE, MINE),
            View::Closed => (CLOSED, CLOSED),
            View::All => (NEEDS_PERSON, REST),
            View::Ai => {
                // Written out, not bound: only so does it match the partial index.
                return self.condition("c.ai = 1");
            }
        };
        self.and("c.list >= ?", first.into());
        self.and("c.list <= ?", last.into());
    }

    fn and(&mut self, condition: &str, value: Value) {
        self.condition(condition);
        self.values.push(value);
    }

    fn condition(&mut self, condition: &str) {
        self.clause.push_str(if self.clause.is_empty() {
            " WHERE "
        } else {
            " AND "
        });
        self.clause.push_str(condition);
    }

    fn select(&self, columns: &str) -> String {
        format!(
            "SELECT {columns} FROM {} c INDEXED BY {}{}",
            self.table, self.index, self.clause
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
            self.table, self.clause
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
        let mut values = self.values.clone();
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

//! What a filter asks of a conversation `c`, as SQL. Values are bound by number, never written into a statement.

use crate::Result;
use crate::conversation::place::{CLOSED, NEEDS_PERSON};
use crate::conversation::traits::{
    self, ACTIVE, ASKED, CAN_REPLY, MINE, NEW, NOBODYS, OTHERS, SNOOZED, WAITING,
};
use crate::file::Fault;
use deskbell_domain::{AccountKey, AssignedFilter, ListFilter, StatusFilter};
use rusqlite::types::Value;

/// Conditions that must all hold.
pub(crate) struct Conditions {
    conditions: Vec<String>,
    /// Bound from `first` on.
    pub values: Vec<Value>,
    first: usize,
}

impl Conditions {
    /// With values numbered from `first`.
    pub(crate) fn from(first: usize) -> Self {
        Self {
            conditions: Vec::new(),
            values: Vec::new(),
            first,
        }
    }

    pub(crate) fn and(&mut self, condition: impl Into<String>) {
        self.conditions.push(condition.into());
    }

    /// The place of a value in the statement.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.first + self.values.len() - 1)
    }

    /// All of them; with `word` before the first.
    pub(crate) fn sql(&self, word: &str) -> String {
        if self.conditions.is_empty() {
            return String::new();
        }
        format!(" {word} {}", self.conditions.join(" AND "))
    }

    /// Only these accounts; none = all.
    pub(crate) fn accounts(&mut self, accounts: &[AccountKey]) {
        if let [account] = accounts {
            let account = self.bind(account.0);
            self.and(format!("c.account = {account}"));
        } else if !accounts.is_empty() {
            let keys: Vec<String> = accounts.iter().map(|account| account.0.to_string()).collect();
            let keys = self.bind(format!("[{}]", keys.join(",")));
            // The plus keeps the planner from starting with the accounts.
            self.and(format!("+c.account IN (SELECT value FROM json_each({keys}))"));
        }
    }

    /// Everything of `filter` but one tag, which a list is read by. `now` in epoch seconds decides what has expired.
    pub(crate) fn filter(&mut self, filter: &ListFilter, now: i64) -> Result<(), Fault> {
        if !filter.channels.is_empty() {
            // Found once, not for each conversation.
            let channels = self.bind(serde_json::to_string(&filter.channels)?);
            self.and(format!(
                "(c.account, c.inbox) IN (SELECT i.account, i.id FROM inbox i
                   WHERE i.channel IN (SELECT value FROM json_each({channels})))"
            ));
        }
        if !filter.statuses.is_empty() {
            let any: Vec<String> = filter
                .statuses
                .iter()
                .map(|status| self.status(*status, now))
                .collect();
            self.and(format!("({})", any.join(" OR ")));
        }
        self.traits(filter.topics.iter().map(|topic| traits::of_topic(*topic)));
        self.traits(filter.assigned.iter().map(|assigned| match assigned {
            AssignedFilter::Me => MINE,
            AssignedFilter::Nobody => NOBODYS,
            AssignedFilter::Others => OTHERS,
        }));
        self.active(filter.active_from, ">=");
        self.active(filter.active_until, "<");
        Ok(())
    }

    /// Any of these tags.
    pub(crate) fn labels(&mut self, labels: &[String]) -> Result<(), Fault> {
        let labels = self.bind(serde_json::to_string(labels)?);
        self.and(format!(
            "EXISTS (SELECT 1 FROM conversation_label l WHERE l.account = c.account AND l.id = c.id
               AND l.label IN (SELECT value FROM json_each({labels})))"
        ));
        Ok(())
    }

    /// Any of these bits.
    fn traits(&mut self, bits: impl Iterator<Item = i64>) {
        let bits = bits.fold(0, |all, bit| all | bit);
        if bits != 0 {
            let bits = self.bind(bits);
            self.and(format!("c.traits & {bits} <> 0"));
        }
    }

    /// Outside the first list the place in it is the time, so that the index is enough.
    fn active(&mut self, bound: Option<i64>, comparison: &str) {
        if let Some(at) = bound {
            let at = self.bind(at);
            self.and(format!(
                "CASE WHEN c.list = {NEEDS_PERSON}
                   THEN (SELECT k.last_activity_at FROM conversation k WHERE k.account = c.account AND k.id = c.id)
                   ELSE -c.sort END {comparison} {at}"
            ));
        }
    }

    fn status(&mut self, status: StatusFilter, now: i64) -> String {
        let bits = match status {
            StatusFilter::New => NEW,
            StatusFilter::Active => ACTIVE,
            StatusFilter::Snoozed => SNOOZED,
            StatusFilter::Lead => traits::LEAD,
            StatusFilter::OptedOut => traits::OPTED_OUT,
            StatusFilter::Unread => return "c.unread = 1".into(),
            StatusFilter::Closed => return format!("c.list = {CLOSED}"),
            StatusFilter::Escalated => {
                return format!(
                    "(c.traits & {ASKED} <> 0 OR c.traits & {WAITING} <> 0 AND (c.account, c.inbox) NOT IN (
                       SELECT i.account, i.id FROM inbox i WHERE json_extract(i.body, '$.has_bot') = 0))"
                );
            }
            StatusFilter::Expired => {
                let now = self.bind(now);
                return expired(&now);
            }
        };
        format!("c.traits & {bits} <> 0")
    }
}

/// As rows are marked: by the guest's last message, or by the server's word where none is known.
fn expired(now: &str) -> String {
    format!(
        "((c.account, c.inbox) IN (SELECT i.account, i.id FROM inbox i
            WHERE json_extract(i.body, '$.reply_window_seconds') IS NOT NULL)
          AND coalesce(
            (SELECT max(m.created_at) FROM message m
              WHERE m.account = c.account AND m.conversation = c.id AND m.kind = 0)
            + (SELECT json_extract(i.body, '$.reply_window_seconds') FROM inbox i
              WHERE i.account = c.account AND i.id = c.inbox) <= {now},
            c.traits & {CAN_REPLY} = 0))"
    )
}

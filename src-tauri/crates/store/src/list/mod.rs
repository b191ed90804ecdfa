//! The sorted lists: windows, counts and places.

mod conditions;
mod filter;

pub(crate) use conditions::Conditions;
pub(crate) use filter::Filter;

use crate::conversation::place::{CLOSED, MINE, NEEDS_PERSON};
use crate::file::Fault;
use crate::{Draft, HumanReply, Result, Store, conversation};
use deskbell_domain::{
    AccountKey, Contact, Conversation, ConversationId, ConversationRef, Inbox, ListFilter, Message,
    StatusFilter, View,
};
use rusqlite::{Connection, OptionalExtension, params_from_iter};

/// Rows that are answered at once, at most.
const ROWS: u32 = 200;

/// A stretch of a sorted list; `limit` is cut to 200.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowQuery {
    pub view: View,
    /// Empty = all.
    pub accounts: Vec<AccountKey>,
    pub filter: ListFilter,
    /// Epoch seconds: what has expired by now.
    pub now: i64,
    pub offset: u32,
    pub limit: u32,
}

impl WindowQuery {
    /// Whether the All view shows what it otherwise leaves out.
    fn with_closed(&self) -> bool {
        self.view == View::All && self.filter.statuses.contains(&StatusFilter::Closed)
    }
}

/// The groups of the All view; the other views are one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Oldest waiting first.
    NeedsPerson,
    Mine,
    Rest,
    /// Only where they are asked for.
    Closed,
    Everything,
}

/// The answer to a [`WindowQuery`].
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    pub total: u32,
    /// In order; their counts add up to `total`.
    pub groups: Vec<(Group, u32)>,
    pub rows: Vec<Row>,
}

/// A conversation as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub account: AccountKey,
    pub shown: Conversation,
    pub contact: Option<Contact>,
    pub inbox: Option<Inbox>,
    /// The newest that is not an activity line.
    pub last_message: Option<Message>,
    /// Epoch seconds of the guest's newest known message.
    pub last_incoming_at: Option<i64>,
    pub last_human_reply: Option<HumanReply>,
    /// Name of the person who holds it.
    pub agent_name: Option<String>,
    pub draft: Option<Draft>,
    /// Replies and notes on their way.
    pub queued: u32,
    /// Changes that need a decision: held, stuck or unsure.
    pub stuck: u32,
}

/// Conversations of each view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub needs_person: u32,
    pub mine: u32,
    pub ai: u32,
    pub all: u32,
    pub closed: u32,
}

impl Store {
    /// A stretch of a sorted list.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn window(&self, query: &WindowQuery) -> Result<Window> {
        let query = query.clone();
        let mut window = self
            .inner
            .cache
            .read("window", move |connection| window(connection, &query))
            .await?;
        window.rows = self.with_unsent(window.rows);
        Ok(window)
    }

    /// Conversations of each view; no accounts = all.
    ///
    /// # Errors
    /// As every call.
    pub async fn counts(&self, accounts: &[AccountKey]) -> Result<Counts> {
        let filter = Filter::counted(accounts);
        self.inner
            .cache
            .read("counts", move |connection| counts(connection, &filter))
            .await
    }

    /// Where a conversation stands in a list, from 0; `None` when it is not in it. `offset` and `limit` do not matter.
    ///
    /// # Errors
    /// As every call.
    pub async fn position(&self, query: &WindowQuery, conversation: ConversationRef) -> Result<Option<u32>> {
        let query = query.clone();
        self.inner
            .cache
            .read("position", move |connection| {
                position(connection, &query, conversation)
            })
            .await
    }
}

fn window(connection: &Connection, query: &WindowQuery) -> Result<Window, Fault> {
    let filter = Filter::of(query)?;
    let groups = groups(connection, query, &filter)?;
    Ok(Window {
        total: groups.iter().map(|(_, count)| count).sum(),
        rows: page(connection, &filter, query.offset, query.limit)?,
        groups,
    })
}

/// A stretch of what a filter leaves, in the order of the lists; `limit` is cut to 200.
pub(crate) fn page(
    connection: &Connection,
    filter: &Filter,
    offset: u32,
    limit: u32,
) -> Result<Vec<Row>, Fault> {
    let mut values = filter.values();
    values.extend([limit.min(ROWS).into(), offset.into()]);
    let refs = connection
        .prepare_cached(&filter.page_sql())?
        .query_map(params_from_iter(&values), |row| {
            Ok(ConversationRef::new(
                AccountKey(row.get(0)?),
                ConversationId(row.get(1)?),
            ))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    conversation::rows(connection, refs)
}

fn groups(connection: &Connection, query: &WindowQuery, filter: &Filter) -> Result<Vec<(Group, u32)>, Fault> {
    let counts = counts(connection, filter)?;
    if query.view != View::All {
        // The filter left nothing but this view's own.
        return Ok(vec![(Group::Everything, counts.all + counts.closed)]);
    }
    let mut groups = vec![
        (Group::NeedsPerson, counts.needs_person),
        (Group::Mine, counts.mine),
        (Group::Rest, counts.all - counts.needs_person - counts.mine),
    ];
    if query.with_closed() {
        groups.push((Group::Closed, counts.closed));
    }
    Ok(groups)
}

fn counts(connection: &Connection, filter: &Filter) -> Result<Counts, Fault> {
    let mut counts = Counts::default();
    let mut statement = connection.prepare_cached(&filter.group_sql())?;
    let mut rows = statement.query(params_from_iter(filter.values()))?;
    while let Some(row) = rows.next()? {
        let (list, count, ai): (i64, u32, Option<u32>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        match list {
            NEEDS_PERSON => counts.needs_person = count,
            MINE => counts.mine = count,
            CLOSED => counts.closed = count,
            _ => {}
        }
        if list != CLOSED {
            counts.all += count;
            counts.ai += ai.unwrap_or(0);
        }
    }
    Ok(counts)
}

fn position(
    connection: &Connection,
    query: &WindowQuery,
    conversation: ConversationRef,
) -> Result<Option<u32>, Fault> {
    let filter = Filter::of(query)?;
    let mut values = filter.values();
    values.extend([conversation.account.0.into(), conversation.id.0.into()]);
    let key: Option<(i64, i64)> = connection
        .prepare_cached(&filter.member_sql())?
        .query_row(params_from_iter(&values), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((list, sort)) = key else { return Ok(None) };
    let before = connection.prepare_cached(&filter.before_sql())?.query_row(
        params_from_iter(filter.before_values(list, sort, conversation)),
        |row| row.get(0),
    )?;
    Ok(Some(before))
}

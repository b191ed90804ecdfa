//! The conversations behind a number.

use super::{Period, read};
use crate::file::Fault;
use crate::list::{self, Filter};
use crate::{Result, Row, Store, conversation};
use deskbell_domain::{ConversationRef, Figure, Seen};
use rusqlite::{Connection, params_from_iter};

/// Rows that are answered at once, at most.
const ROWS: u32 = 100;

/// Which number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// Of the conversations that began in the period; newest first.
    Figure(Figure),
    /// Guests who wait now for longer than the goal; the longest first.
    Late,
}

/// A stretch of the conversations behind a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BehindPage {
    pub total: u32,
    pub rows: Vec<Row>,
}

impl Store {
    /// The conversations a number counts, from `offset` on; `limit` is cut to 100.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn behind(
        &self,
        number: Behind,
        period: Period,
        offset: u32,
        limit: u32,
    ) -> Result<BehindPage> {
        let page = self
            .inner
            .cache
            .read("behind a number", move |connection| match number {
                Behind::Figure(figure) => counted(connection, figure, &period, offset, limit),
                Behind::Late => late(connection, &period, offset, limit),
            });
        let mut page = page.await?;
        page.rows = self.with_unsent(page.rows);
        Ok(page)
    }
}

fn counted(
    connection: &Connection,
    figure: Figure,
    period: &Period,
    offset: u32,
    limit: u32,
) -> Result<BehindPage, Fault> {
    let mut found = Vec::new();
    read::each_conversation(connection, period, |one, talk| {
        let seen = Seen::of(&one.shown, one.contact.as_ref(), talk);
        if period.holds(one.shown.created_at) && figure.counts(&seen) {
            found.push((
                one.shown.created_at,
                ConversationRef::new(one.account, one.shown.id),
            ));
        }
    })?;
    found.sort_by_key(|(began, conversation)| (-began, conversation.account.0, -conversation.id.0));
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let page = found.into_iter().skip(offset as usize);
    let page = page.take(limit.min(ROWS) as usize).map(|(_, one)| one);
    Ok(BehindPage {
        total,
        rows: conversation::rows(connection, page)?,
    })
}

fn late(connection: &Connection, period: &Period, offset: u32, limit: u32) -> Result<BehindPage, Fault> {
    let filter = Filter::late(&period.accounts, period.now);
    Ok(BehindPage {
        total: count(connection, &filter)?,
        rows: list::page(connection, &filter, offset, limit.min(ROWS))?,
    })
}

/// How many a filter leaves.
pub(super) fn count(connection: &Connection, filter: &Filter) -> Result<u32, Fault> {
    let mut statement = connection.prepare_cached(&filter.group_sql())?;
    let counts = statement.query_map(params_from_iter(filter.values()), |row| row.get::<_, u32>(1))?;
    counts.sum::<Result<u32, _>>().map_err(Fault::from)
}

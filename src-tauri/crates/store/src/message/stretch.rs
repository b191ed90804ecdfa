//! Any stretch of a thread, however far back: read from where it begins, never from the end.

use super::{PAGE, newest_page, one, page_before, read_message};
use crate::file::Fault;
use crate::{Result, Store};
use deskbell_domain::{ConversationRef, Message, ThreadPart};
use rusqlite::{Connection, params};

pub(crate) const PAGE_FROM_SQL: &str = "SELECT text, body FROM message
    WHERE account = ?1 AND conversation = ?2 AND (created_at, id) >= (?4, ?5) ORDER BY created_at, id LIMIT ?3";

/// Messages of a thread, oldest first, and whether more is kept at either side.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    pub messages: Vec<Message>,
    pub has_older: bool,
    pub has_newer: bool,
}

impl Store {
    /// That part of a thread; `limit` is cut to 500. Before or after a message that is not kept there is nothing.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn stretch(
        &self,
        conversation: ConversationRef,
        part: ThreadPart,
        limit: u32,
    ) -> Result<Stretch> {
        let limit = limit.clamp(1, PAGE);
        self.inner
            .cache
            .read("stretch", move |connection| {
                read(connection, conversation, part, limit)
            })
            .await
    }
}

fn read(
    connection: &Connection,
    conversation: ConversationRef,
    part: ThreadPart,
    limit: u32,
) -> Result<Stretch, Fault> {
    let (has_newer, mut messages) = match part {
        ThreadPart::Newest => (false, newest_page(connection, conversation, limit + 1)?),
        ThreadPart::Before(id) => (true, page_before(connection, conversation, id, limit + 1)?),
        ThreadPart::After(id) => {
            let Some(start) = one(connection, conversation, id)? else {
                return Ok(Stretch {
                    messages: Vec::new(),
                    has_older: true,
                    has_newer: false,
                });
            };
            let (messages, has_newer) = page_from(connection, conversation, &start, 1, limit)?;
            return Ok(Stretch {
                messages,
                has_older: true,
                has_newer,
            });
        }
        ThreadPart::Around(id) => match one(connection, conversation, id)? {
            None => (false, newest_page(connection, conversation, limit + 1)?),
            Some(middle) => return around(connection, conversation, &middle, limit),
        },
    };
    let has_older = cut_front(&mut messages, limit);
    Ok(Stretch {
        messages,
        has_older,
        has_newer,
    })
}

fn around(
    connection: &Connection,
    conversation: ConversationRef,
    middle: &Message,
    limit: u32,
) -> Result<Stretch, Fault> {
    let before = limit / 2;
    let mut messages = page_before(connection, conversation, middle.id, before + 1)?;
    let has_older = cut_front(&mut messages, before);
    let (from, has_newer) = page_from(connection, conversation, middle, 0, limit - before)?;
    messages.extend(from);
    Ok(Stretch {
        messages,
        has_older,
        has_newer,
    })
}

/// Leaves out what was read only to learn whether there is more.
fn cut_front(messages: &mut Vec<Message>, limit: u32) -> bool {
    let more = messages.len() > limit as usize;
    if more {
        messages.remove(0);
    }
    more
}

/// `start` (`step` 0) or what follows it (`step` 1), and whether more follows.
fn page_from(
    connection: &Connection,
    conversation: ConversationRef,
    start: &Message,
    step: i64,
    limit: u32,
) -> Result<(Vec<Message>, bool), Fault> {
    let key = params![
        conversation.account.0,
        conversation.id.0,
        limit + 1,
        start.created_at,
        start.id.0 + step
    ];
    let mut page: Vec<Message> = connection
        .prepare_cached(PAGE_FROM_SQL)?
        .query_and_then(key, read_message)?
        .collect::<Result<_, Fault>>()?;
    let more = page.len() > limit as usize;
    page.truncate(limit as usize);
    Ok((page, more))
}

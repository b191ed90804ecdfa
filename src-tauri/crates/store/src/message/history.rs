//! What is known to be missing in a thread. The socket replays nothing, so a stretch that was not loaded is written down.

use crate::file::{Fault, received};
use crate::{Change, Result, Store};
use deskbell_domain::{ConversationRef, MessageId};
use rusqlite::{Connection, OptionalExtension, params};

/// Something learned about how complete a thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryMark {
    /// The oldest message kept here is the conversation's first.
    AtStart,
    /// Messages may be missing between `after` and `before`, both kept here: a page did not reach back to what was known.
    Gap { after: MessageId, before: MessageId },
    /// Every message from `from` to `to` is kept here now: what was missing between them is not any more.
    Loaded { from: MessageId, to: MessageId },
}

/// A stretch that was not loaded: something may be missing between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub after: MessageId,
    pub before: MessageId,
}

/// How complete a thread is. Without a gap everything from the oldest kept message to the newest is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Nothing older than the oldest kept message exists.
    pub at_start: bool,
    /// Oldest first.
    pub gaps: Vec<Gap>,
}

impl History {
    /// The oldest message from which on nothing is missing; `None` = the oldest kept one.
    pub fn complete_from(&self) -> Option<MessageId> {
        self.gaps.last().map(|gap| gap.before)
    }

    fn mark(&mut self, mark: HistoryMark) {
        match mark {
            HistoryMark::AtStart => self.at_start = true,
            HistoryMark::Gap { after, before } if after < before => {
                self.gaps.push(Gap { after, before });
                self.gaps.sort_by_key(|gap| gap.before);
                self.gaps.dedup_by_key(|gap| gap.before);
            }
            HistoryMark::Gap { .. } => {}
            HistoryMark::Loaded { from, to } => {
                self.gaps = self.gaps.iter().flat_map(|gap| gap.without(from, to)).collect();
            }
        }
    }
}

impl Gap {
    /// What of it is still missing once `from` to `to` is there.
    fn without(self, from: MessageId, to: MessageId) -> impl Iterator<Item = Gap> {
        let apart = to <= self.after || from >= self.before;
        let whole = apart.then_some(self);
        let older = (!apart && from > self.after).then_some(Gap {
            after: self.after,
            before: from,
        });
        let newer = (!apart && to < self.before).then_some(Gap {
            after: to,
            before: self.before,
        });
        [whole, older, newer].into_iter().flatten()
    }
}

impl Store {
    /// Writes down what was learned about a thread; of an unknown conversation nothing is.
    ///
    /// # Errors
    /// As every call: [`crate::StoreError`].
    pub async fn mark_history(&self, conversation: ConversationRef, mark: HistoryMark) -> Result<()> {
        let inner = std::sync::Arc::clone(&self.inner);
        let marked = self.inner.cache.write(
            "mark history",
            move |connection| {
                let before = history(connection, conversation)?;
                let mut after = before.clone();
                after.mark(mark);
                if before == after {
                    return Ok(Vec::new());
                }
                write(connection, conversation, &after)?;
                Ok(vec![Change::Thread(conversation)])
            },
            move |changes| inner.announce(changes),
        );
        received(marked).await
    }
}

/// How complete a thread is.
pub(crate) fn history(connection: &Connection, conversation: ConversationRef) -> Result<History, Fault> {
    let key = params![conversation.account.0, conversation.id.0];
    let at_start: Option<bool> = connection
        .prepare_cached("SELECT at_start FROM conversation WHERE account = ?1 AND id = ?2")?
        .query_row(key, |row| row.get(0))
        .optional()?;
    let mut statement = connection.prepare_cached(
        "SELECT after_message, before_message FROM history_gap WHERE account = ?1 AND conversation = ?2
         ORDER BY before_message",
    )?;
    let gaps = statement
        .query_map(key, |row| {
            Ok(Gap {
                after: MessageId(row.get(0)?),
                before: MessageId(row.get(1)?),
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(History {
        at_start: at_start.unwrap_or(false),
        gaps,
    })
}

fn write(connection: &Connection, conversation: ConversationRef, history: &History) -> Result<(), Fault> {
    let (account, id) = (conversation.account.0, conversation.id.0);
    connection.execute(
        "UPDATE conversation SET at_start = ?3 WHERE account = ?1 AND id = ?2",
        params![account, id, history.at_start],
    )?;
    connection.execute(
        "DELETE FROM history_gap WHERE account = ?1 AND conversation = ?2",
        params![account, id],
    )?;
    for gap in &history.gaps {
        connection.execute(
            "INSERT INTO history_gap (account, conversation, after_message, before_message) VALUES (?1, ?2, ?3, ?4)",
            params![account, id, gap.after.0, gap.before.0],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(after: i64, before: i64) -> Gap {
        Gap {
            after: MessageId(after),
            before: MessageId(before),
        }
    }

    fn with_gap() -> History {
        History {
            at_start: true,
            gaps: vec![gap(10, 50)],
        }
    }

    fn loaded(from: i64, to: i64) -> Vec<Gap> {
        let mut history = with_gap();
        history.mark(HistoryMark::Loaded {
            from: MessageId(from),
            to: MessageId(to),
        });
        history.gaps
    }

    #[test]
    fn loading_narrows_a_gap_from_either_side_until_it_is_gone() {
        assert_eq!(loaded(30, 50), [gap(10, 30)]);
        assert_eq!(loaded(10, 30), [gap(30, 50)]);
        assert_eq!(loaded(20, 30), [gap(10, 20), gap(30, 50)]);
        assert_eq!(loaded(10, 50), []);
        assert_eq!(loaded(5, 90), []);
        assert_eq!(loaded(50, 90), [gap(10, 50)], "what lies beside it fills nothing");
    }

    #[test]
    fn the_newest_gap_says_from_where_on_the_thread_is_whole() {
        let mut history = with_gap();
        assert_eq!(history.complete_from(), Some(MessageId(50)));
        history.mark(HistoryMark::Gap {
            after: MessageId(70),
            before: MessageId(90),
        });
        assert_eq!(history.complete_from(), Some(MessageId(90)));
        history.mark(HistoryMark::Gap {
            after: MessageId(90),
            before: MessageId(90),
        });
        assert_eq!(history.gaps.len(), 2, "an empty stretch is no gap");
    }
}

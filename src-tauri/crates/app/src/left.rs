//! Conversations left with a person: the AI stays silent in them until somebody hands them back, so nobody may forget
//! them. A reminder comes when one falls quiet, and when the window is closed over some.

use crate::core::Running;
use crate::day;
use crate::host::Reminder;
use crate::rows::PropertyNames;
use crate::schema::Language;
use crate::words::still_with_you;
use deskbell_domain::day::QUIET;
use deskbell_domain::{AgentId, ConversationRef, ListFilter, View};
use deskbell_store::{Row, StoreError, WindowQuery};
use std::collections::HashSet;

/// Conversations of mine that are looked at.
const MOST: u32 = 100;

/// Mine are `rows`: those I hold where an AI would answer otherwise, and nobody wrote for `quiet` seconds.
fn left<'a>(
    rows: impl IntoIterator<Item = (&'a Row, AgentId)>,
    now: i64,
    quiet: i64,
) -> Vec<ConversationRef> {
    rows.into_iter()
        .filter(|(row, me)| is_left(row, *me, now, quiet))
        .map(|(row, _)| row.conversation())
        .collect()
}

fn is_left(row: &Row, me: AgentId, now: i64, quiet: i64) -> bool {
    let facts = day::facts(row, me, now);
    facts.is_mine() && facts.is_left(quiet)
}

async fn read(running: &Running, now: i64, quiet: i64) -> Result<Vec<ConversationRef>, StoreError> {
    let names = PropertyNames::load(&running.store).await?;
    let accounts = running.store.accounts().await?;
    let query = WindowQuery {
        view: View::Mine,
        accounts: accounts.iter().map(|account| account.key).collect(),
        filter: ListFilter::default(),
        now,
        offset: 0,
        limit: MOST,
    };
    let rows = running.store.window(&query).await?.rows;
    Ok(left(
        rows.iter().map(|row| (row, names.me(row.account))),
        now,
        quiet,
    ))
}

/// What was reminded of already; each is said once until somebody writes in it again.
#[derive(Default)]
pub(crate) struct Left {
    /// `None` = not looked yet: what was left before the program started is in the list, and no news.
    known: Option<HashSet<ConversationRef>>,
}

impl Left {
    /// The ones that fell quiet since the last look.
    fn news(&mut self, now: Vec<ConversationRef>) -> Vec<ConversationRef> {
        let before = self.known.replace(now.iter().copied().collect());
        match before {
            Some(before) => now.into_iter().filter(|one| !before.contains(one)).collect(),
            None => Vec::new(),
        }
    }

    /// Looks, and answers what to say.
    pub async fn look(&mut self, running: &Running, now: i64, language: Language) -> Option<Reminder> {
        match read(running, now, QUIET).await {
            Ok(left) => reminder(&self.news(left), language),
            Err(error) => {
                tracing::warn!(%error, "What was left with a person could not be read");
                None
            }
        }
    }
}

/// For the end of a shift: all of them, however long ago somebody wrote.
pub(crate) async fn at_the_end(running: &Running, now: i64, language: Language) -> Option<Reminder> {
    reminder(&read(running, now, 0).await.ok()?, language)
}

fn reminder(left: &[ConversationRef], language: Language) -> Option<Reminder> {
    let (title, body) = still_with_you(left.len().try_into().unwrap_or(u32::MAX), language);
    Some(Reminder {
        conversation: *left.first()?,
        title,
        body,
        language,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, ConversationId};

    fn at(id: i64) -> ConversationRef {
        ConversationRef::new(AccountKey(1), ConversationId(id))
    }

    #[test]
    fn each_is_said_once_until_it_was_lively_again() {
        let mut left = Left::default();
        assert_eq!(
            left.news(vec![at(1)]),
            [],
            "it was left before the program started"
        );
        assert_eq!(left.news(vec![at(1), at(2)]), [at(2)]);
        assert_eq!(left.news(vec![at(1), at(2)]), []);
        assert_eq!(left.news(vec![at(1)]), []);
        assert_eq!(
            left.news(vec![at(1), at(2)]),
            [at(2)],
            "somebody wrote in between"
        );
    }

    #[test]
    fn nothing_left_is_nothing_said() {
        assert_eq!(reminder(&[], Language::En), None);
        let said = reminder(&[at(1), at(2)], Language::En).unwrap();
        assert_eq!(said.title, "2 conversations are still with you");
        assert_eq!(said.conversation, at(1));
    }
}

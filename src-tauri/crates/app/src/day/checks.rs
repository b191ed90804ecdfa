//! What somebody ticked off on this computer.

use super::{keep, kept};
use crate::core::App;
use crate::schema::{Check, CheckRequest, CommandError};
use deskbell_domain::ConversationRef;
use deskbell_store::Store;
use serde::{Deserialize, Serialize};

const KEY: &str = "day_checks";
/// Ticks that are kept; the oldest go first.
const MOST: usize = 500;

/// All of them, the oldest first.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checks(Vec<Checked>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Checked {
    conversation: ConversationRef,
    what: Check,
    /// Epoch seconds.
    at: i64,
}

impl Checks {
    fn with(
        mut self,
        CheckRequest {
            conversation,
            what,
            on,
        }: CheckRequest,
        now: i64,
    ) -> Self {
        let is_it = |one: &Checked| one.conversation == conversation && one.what == what;
        self.0.retain(|one| !is_it(one));
        if on {
            self.0.push(Checked {
                conversation,
                what,
                at: now,
            });
        }
        let surplus = self.0.len().saturating_sub(MOST);
        self.0.drain(..surplus);
        self
    }

    fn at(&self, conversation: ConversationRef, what: Check) -> Option<i64> {
        let mut all = self.0.iter();
        let found = all.find(|one| one.conversation == conversation && one.what == what);
        found.map(|one| one.at)
    }

    /// Looked at since anybody wrote.
    pub fn looked(&self, conversation: ConversationRef, said_at: i64) -> bool {
        self.at(conversation, Check::Looked)
            .is_some_and(|at| at >= said_at)
    }

    pub fn done(&self, conversation: ConversationRef) -> bool {
        self.at(conversation, Check::Done).is_some()
    }
}

/// Ticks it off, or takes the tick back.
pub(crate) async fn check(app: &App, request: CheckRequest) -> Result<(), CommandError> {
    let running = app.running().await?;
    let _one = app.day().keeping.lock().await;
    let checks = all(&running.store).await?.with(request, app.now());
    keep(&running.store, KEY, &checks).await
}

pub(super) async fn all(store: &Store) -> Result<Checks, CommandError> {
    kept(store, KEY).await
}

pub(super) async fn forget(store: &Store) -> Result<(), CommandError> {
    keep(store, KEY, &Checks::default()).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, ConversationId};

    fn request(id: i64, what: Check, on: bool) -> CheckRequest {
        let conversation = ConversationRef::new(AccountKey(1), ConversationId(id));
        CheckRequest {
            conversation,
            what,
            on,
        }
    }

    #[test]
    fn a_look_holds_until_anybody_writes_and_what_is_done_stays_done() {
        let looked = request(1, Check::Looked, true);
        let checks = Checks::default().with(looked, 100);
        assert!(checks.looked(looked.conversation, 100));
        assert!(!checks.looked(looked.conversation, 101), "somebody wrote since");
        assert!(!checks.done(looked.conversation), "each tick says one thing");
        let checks = checks.with(looked, 200);
        assert!(checks.looked(looked.conversation, 101));
        let checks = checks.with(request(1, Check::Done, true), 200);
        let checks = checks.with(request(1, Check::Looked, false), 300);
        assert!(!checks.looked(looked.conversation, 0));
        assert!(checks.done(looked.conversation));
    }

    #[test]
    fn the_oldest_ticks_go_first() {
        let ticks = 0..=i64::try_from(MOST).unwrap();
        let checks = ticks.fold(Checks::default(), |checks, id| {
            checks.with(request(id, Check::Done, true), id)
        });
        assert_eq!(checks.0.len(), MOST);
        assert!(!checks.done(request(0, Check::Done, true).conversation));
        assert!(checks.done(request(1, Check::Done, true).conversation));
    }
}

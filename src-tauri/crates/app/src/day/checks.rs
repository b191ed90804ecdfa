//! What somebody ticked off on this computer.

use super::{keep, kept};
use crate::core::App;
use crate::schema::{Check, CheckRequest, CommandError};
use deskbell_domain::day::promised;
use deskbell_domain::{Conversation, ConversationRef};
use deskbell_store::Store;
use serde::{Deserialize, Serialize};

const KEY: &str = "day_checks";
/// Ticks that are kept; the oldest go first.
const MOST: usize = 500;

/// All of them, the oldest first.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checks(Vec<Checked>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Checked {
    conversation: ConversationRef,
    what: Check,
    /// Epoch seconds.
    at: i64,
    /// What was promised then: something new is not done yet.
    promised: Vec<String>,
}

impl Checks {
    fn with(
        mut self,
        CheckRequest {
            conversation,
            what,
            on,
        }: CheckRequest,
        promised: Vec<String>,
        now: i64,
    ) -> Self {
        let is_it = |one: &Checked| one.conversation == conversation && one.what == what;
        self.0.retain(|one| !is_it(one));
        if on {
            self.0.push(Checked {
                conversation,
                what,
                at: now,
                promised,
            });
        }
        let surplus = self.0.len().saturating_sub(MOST);
        self.0.drain(..surplus);
        self
    }

    fn of(&self, conversation: ConversationRef, what: Check) -> Option<&Checked> {
        let mut all = self.0.iter();
        all.find(|one| one.conversation == conversation && one.what == what)
    }

    /// Looked at since anybody wrote.
    pub fn looked(&self, conversation: ConversationRef, said_at: i64) -> bool {
        self.of(conversation, Check::Looked)
            .is_some_and(|one| one.at >= said_at)
    }

    /// All that is promised there now was ticked off.
    pub fn done(&self, at: ConversationRef, conversation: &Conversation) -> bool {
        self.of(at, Check::Done)
            .is_some_and(|one| one.promised == words(conversation))
    }
}

/// Ticks it off, or takes the tick back.
pub(crate) async fn check(app: &App, request: CheckRequest) -> Result<(), CommandError> {
    let running = app.running().await?;
    let _one = app.day().keeping.lock().await;
    let stored = match request.what {
        Check::Done => running.store.conversation(request.conversation).await?,
        Check::Looked => None,
    };
    let promised = stored.map_or_else(Vec::new, |stored| words(&stored.shown));
    let checks = all(&running.store).await?.with(request, promised, app.now());
    keep(&running.store, KEY, &checks).await
}

/// What was promised, kept by an answer or not.
fn words(conversation: &Conversation) -> Vec<String> {
    let promised = promised(conversation, false);
    promised.into_iter().map(|promise| promise.text).collect()
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
    use deskbell_domain::{AccountKey, ConversationId, InboxId};
    use serde_json::json;

    fn request(id: i64, what: Check, on: bool) -> CheckRequest {
        let conversation = ConversationRef::new(AccountKey(1), ConversationId(id));
        CheckRequest {
            conversation,
            what,
            on,
        }
    }

    fn promising(text: &str) -> Conversation {
        let mut conversation = Conversation::blank(ConversationId(1), InboxId(1), 0);
        let brief = json!({ "wants": "", "promised": [{ "text": text }] });
        conversation
            .custom_attributes
            .insert("handoff_brief".into(), brief);
        conversation
    }

    #[test]
    fn a_look_holds_until_anybody_writes() {
        let looked = request(1, Check::Looked, true);
        let checks = Checks::default().with(looked, Vec::new(), 100);
        assert!(checks.looked(looked.conversation, 100));
        assert!(!checks.looked(looked.conversation, 101), "somebody wrote since");
        let checks = checks.with(looked, Vec::new(), 200);
        assert!(checks.looked(looked.conversation, 101));
        let checks = checks.with(request(1, Check::Looked, false), Vec::new(), 300);
        assert!(!checks.looked(looked.conversation, 0));
    }

    #[test]
    fn what_is_done_stays_done_until_something_else_is_promised() {
        let done = request(1, Check::Done, true);
        let cot = promising("A cot by six");
        let checks = Checks::default().with(done, words(&cot), 100);
        assert!(checks.done(done.conversation, &cot));
        assert!(!checks.looked(done.conversation, 0), "each tick says one thing");
        assert!(!checks.done(done.conversation, &promising("A car at eight")));
        let checks = checks.with(request(1, Check::Done, false), Vec::new(), 200);
        assert!(!checks.done(done.conversation, &cot));
    }

    #[test]
    fn the_oldest_ticks_go_first() {
        let ticks = 0..=i64::try_from(MOST).unwrap();
        let checks = ticks.fold(Checks::default(), |checks, id| {
            checks.with(request(id, Check::Looked, true), Vec::new(), id)
        });
        assert_eq!(checks.0.len(), MOST);
        assert!(!checks.looked(request(0, Check::Looked, true).conversation, 0));
        assert!(checks.looked(request(1, Check::Looked, true).conversation, 0));
    }
}

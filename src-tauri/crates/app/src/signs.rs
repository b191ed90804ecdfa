//! Who else is in the conversations, for the screen: told when it differs, and let go of in time.

use crate::schema::{CompanyView, Event, PersonView, WriterView};
use deskbell_domain::{AgentId, Around, Company, ConversationRef, Writer};
use deskbell_sync::SyncEvent;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The signs of all conversations. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Signs(Arc<Mutex<Company>>);

impl Signs {
    /// Who else is in this conversation now.
    pub fn company(&self, conversation: ConversationRef, now: i64) -> CompanyView {
        view(self.lock().around(conversation, now))
    }

    /// Takes in what sync tells; what the screen has to know of it. Signs are renewed often, and that is no news.
    pub fn take(&self, event: &SyncEvent, now: i64) -> Option<Event> {
        let (SyncEvent::Sign { conversation, .. } | SyncEvent::Lookers { conversation, .. }) = event else {
            return None;
        };
        let mut company = self.lock();
        let before = company.around(*conversation, now);
        match event {
            SyncEvent::Sign {
                who,
                name,
                doing,
                on: true,
                ..
            } => company.begin(*conversation, *who, name, *doing, now),
            SyncEvent::Sign { who, doing, .. } => company.end(*conversation, *who, *doing),
            SyncEvent::Lookers { people, .. } => company.lookers(*conversation, people, now),
            _ => {}
        }
        let after = company.around(*conversation, now);
        (after != before).then(|| told(*conversation, after))
    }

    /// Completes when the next sign ends; never while there is none.
    pub async fn end(&self, now: i64) {
        let Some(end) = self.lock().next_end() else {
            return std::future::pending().await;
        };
        let seconds = u64::try_from(end - now).unwrap_or(0);
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }

    /// Lets go of what was not renewed, and says so.
    pub fn forget_old(&self, now: i64) -> Vec<Event> {
        let mut company = self.lock();
        let changed = company.forget_old(now).into_iter();
        changed
            .map(|conversation| told(conversation, company.around(conversation, now)))
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, Company> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn told(conversation: ConversationRef, around: Around) -> Event {
    Event::Company {
        conversation,
        company: view(around),
    }
}

fn view(around: Around) -> CompanyView {
    let writer = |writer: Writer| WriterView {
        id: writer.agent,
        name: writer.name,
        private: writer.private,
    };
    let person = |(id, name): (AgentId, String)| PersonView { id, name };
    CompanyView {
        guest: around.guest,
        writing: around.writing.into_iter().map(writer).collect(),
        looking: around.looking.into_iter().map(person).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, ConversationId, Doing, Someone};

    const HERE: ConversationRef = ConversationRef {
        account: AccountKey(1),
        id: ConversationId(5),
    };

    fn writes(on: bool) -> SyncEvent {
        SyncEvent::Sign {
            conversation: HERE,
            who: Someone::Agent(AgentId(7)),
            name: "Nora".into(),
            doing: Doing::Writes { private: false },
            on,
        }
    }

    fn nobody() -> Event {
        told(HERE, Around::default())
    }

    #[test]
    fn only_a_difference_is_told() {
        let signs = Signs::default();
        let Some(Event::Company { company, .. }) = signs.take(&writes(true), 100) else {
            panic!("nothing was told");
        };
        assert_eq!(company.writing[0].name, "Nora");
        assert_eq!(company, signs.company(HERE, 100));
        assert_eq!(signs.take(&writes(true), 120), None, "she goes on");
        assert_eq!(signs.take(&writes(false), 121), Some(nobody()));
        assert_eq!(signs.take(&writes(false), 122), None);
    }

    #[test]
    fn what_nobody_renews_is_let_go_of_and_told() {
        let signs = Signs::default();
        signs.take(&writes(true), 100);
        assert_eq!(signs.forget_old(129), []);
        assert_eq!(signs.forget_old(130), [nobody()]);
        assert_eq!(signs.forget_old(131), []);
    }

    #[tokio::test(start_paused = true)]
    async fn the_end_comes_when_the_first_sign_is_half_a_minute_old() {
        let signs = Signs::default();
        signs.take(&writes(true), 100);
        let began = tokio::time::Instant::now();
        signs.end(110).await;
        assert_eq!(began.elapsed(), Duration::from_secs(20));
    }
}

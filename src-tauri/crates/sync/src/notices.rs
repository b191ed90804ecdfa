//! What is worth a look although nobody waits there: a conversation somebody else gave to the signed-in person, a guest who
//! writes again in a closed one. Each is told once, and nothing of it that was there before this start.

use crate::account::{Context, Failure};
use crate::alerts::{self, AlertDecision};
use crate::{Notice, SyncEvent};
use deskbell_domain::{ConversationId, ConversationRef, Message, MessageKind, Notification, Status};
use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

/// The wire's name of the notification.
const ASSIGNMENT: &str = "conversation_assignment";
/// Notifications looked through: more do not come between two looks.
const NEWEST: u32 = 50;
/// Messages looked through for the last one that somebody wrote.
const LAST: u32 = 5;

/// Assignments that were told, or were there before.
#[derive(Default)]
pub(crate) struct Told {
    ids: Mutex<HashSet<i64>>,
}

impl Told {
    /// The assignments among `newest` that are unread and were not told yet; they count as told from now on.
    fn take<'a>(&self, newest: &'a [Notification]) -> Vec<&'a Notification> {
        let mut ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        let assignments = newest
            .iter()
            .filter(|one| one.kind == ASSIGNMENT && one.is_unread());
        let fresh: Vec<&Notification> = assignments.filter(|one| !ids.contains(&one.id)).collect();
        *ids = newest.iter().map(|one| one.id).collect();
        fresh
    }
}

/// Tells the assignments that came since the last look. Call after notifications changed.
pub(crate) async fn review_assignments(context: &Context) -> Result<(), Failure> {
    let (newest, _) = context.store.notifications(context.key, NEWEST).await?;
    let fresh = context.told.take(&newest);
    if context.is_first_look() {
        return Ok(());
    }
    for id in fresh.into_iter().filter_map(|one| one.conversation) {
        tell(context, context.conversation(id), Notice::Assigned);
    }
    Ok(())
}

/// A conversation that is closed by what is kept here.
pub(crate) struct Closed {
    conversation: ConversationRef,
    /// When something last happened in it, the closing included. Epoch seconds.
    last_activity_at: i64,
}

/// Those of `ids` that are closed by what is kept here. Empty at the first look, whose news are a night old.
pub(crate) async fn closed_before(context: &Context, ids: &[ConversationId]) -> Result<Vec<Closed>, Failure> {
    let mut closed = Vec::new();
    if context.is_first_look() {
        return Ok(closed);
    }
    for id in ids {
        let conversation = context.conversation(*id);
        let stored = context.store.conversation(conversation).await?;
        let resolved = stored.filter(|stored| stored.server.status == Status::Resolved);
        closed.extend(resolved.map(|stored| Closed {
            conversation,
            last_activity_at: stored.server.last_activity_at,
        }));
    }
    Ok(closed)
}

/// Tells of guests who wrote again in conversations that were `closed` before. One that rings needs no second notice.
pub(crate) async fn review_returns(context: &Context, closed: Vec<Closed>) -> Result<(), Failure> {
    let without_ai = context.policy.ring_without_ai.load(Ordering::Relaxed);
    for Closed {
        conversation,
        last_activity_at,
    } in closed
    {
        let Some(stored) = context.store.conversation(conversation).await? else {
            continue;
        };
        let has_bot = stored.inbox.as_ref().and_then(|inbox| inbox.has_bot);
        let rings = alerts::decide(&stored.shown, has_bot, without_ai) != AlertDecision::Settle;
        let is_open = matches!(stored.server.status, Status::Open | Status::Pending);
        let messages = context.store.messages(conversation, None, LAST).await?;
        if is_open && !rings && guest_wrote_since(last_activity_at, &messages) {
            tell(context, conversation, Notice::CameBack);
        }
    }
    Ok(())
}

/// Whether the guest wrote then or later. A colleague who opens it again is no guest; the closing itself happened after
/// what the guest had written before it.
fn guest_wrote_since(at: i64, messages: &[Message]) -> bool {
    let of_guest = messages
        .iter()
        .filter(|message| message.kind == MessageKind::Incoming);
    of_guest.into_iter().any(|message| message.created_at >= at)
}

fn tell(context: &Context, conversation: ConversationRef, notice: Notice) {
    context.tell(SyncEvent::Noticed { conversation, notice });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notification(id: i64, kind: &str, read_at: Option<i64>) -> Notification {
        Notification {
            id,
            kind: kind.into(),
            title: String::new(),
            body: String::new(),
            conversation: Some(ConversationId(id)),
            message: None,
            created_at: None,
            last_activity_at: id,
            read_at,
            snoozed_until: None,
            more: Default::default(),
        }
    }

    #[test]
    fn an_assignment_is_told_once_and_only_while_unread() {
        let told = Told::default();
        let ids = |found: Vec<&Notification>| found.iter().map(|one| one.id).collect::<Vec<_>>();
        let newest = [
            notification(3, ASSIGNMENT, None),
            notification(2, "conversation_mention", None),
            notification(1, ASSIGNMENT, Some(9)),
        ];
        assert_eq!(ids(told.take(&newest)), [3]);
        assert_eq!(ids(told.take(&newest)), [0_i64; 0]);
        let later = [notification(4, ASSIGNMENT, None), newest[0].clone()];
        assert_eq!(ids(told.take(&later)), [4]);
    }
}

//! What a conversation looks like with the changes that are still on their way.

use crate::{
    AgentId, AssignTarget, Assignee, Contact, Conversation, Job, OutboxItem, OutboxState, Priority, Status,
};

/// Lays the pressed but unsent changes of `items` (oldest first) over what the server last told. Stuck and held changes
/// are left out: the screen must not claim what will not happen.
pub fn overlay<'a>(
    server: &Conversation,
    items: impl IntoIterator<Item = &'a OutboxItem>,
    me: AgentId,
) -> Conversation {
    let mut shown = server.clone();
    for item in items.into_iter().filter(|item| is_on_its_way(item)) {
        apply(&mut shown, &item.job, me);
    }
    shown
}

/// The same for a customer: what somebody typed shows at once.
pub fn overlay_contact<'a>(server: &Contact, items: impl IntoIterator<Item = &'a OutboxItem>) -> Contact {
    let mut shown = server.clone();
    for item in items.into_iter().filter(|item| is_on_its_way(item)) {
        if let Job::EditContact { edit } = &item.job {
            edit.apply(&mut shown);
        }
    }
    shown
}

/// True while the screen may claim it: neither held nor stuck, and not the server's word already.
pub fn is_on_its_way(item: &OutboxItem) -> bool {
    !matches!(
        item.state,
        OutboxState::Stuck { .. } | OutboxState::Held { .. } | OutboxState::Sent { .. }
    )
}

fn apply(shown: &mut Conversation, job: &Job, me: AgentId) {
    match job {
        Job::Send { take_over: false, .. }
        | Job::DeleteMessage { .. }
        | Job::EditContact { .. }
        | Job::ChangeContactLabels { .. }
        | Job::AddContactNote { .. }
        | Job::EditContactNote { .. }
        | Job::DeleteContactNote { .. } => {}
        Job::TakeOver | Job::Send { take_over: true, .. } => {
            shown.status = Status::Open;
            shown.assignee = Some(Assignee::Agent(me));
        }
        Job::HandBack => {
            shown.status = Status::Pending;
            shown.assignee = None;
        }
        Job::Escalate => {
            shown.status = Status::Open;
            shown.assignee = None;
            shown.priority = Some(Priority::Urgent);
            shown.waiting_since = shown.waiting_since.or(Some(shown.last_activity_at));
        }
        Job::Assign {
            to: AssignTarget::Agent(agent),
        } => shown.assignee = Some(Assignee::Agent(*agent)),
        Job::Assign {
            to: AssignTarget::Team(team),
        } => shown.team_id = Some(*team),
        Job::Assign {
            to: AssignTarget::Nobody,
        } => shown.assignee = None,
        Job::Close => {
            shown.status = Status::Resolved;
            shown.waiting_since = None;
        }
        Job::Snooze { until } => {
            shown.status = Status::Snoozed;
            shown.snoozed_until = *until;
        }
        Job::SetPriority { priority } => shown.priority = *priority,
        Job::ChangeLabels { add, remove } => {
            shown.labels = changed_labels(&shown.labels, add, remove);
        }
        Job::ChangeAttributes { change } => change.apply(&mut shown.custom_attributes),
        Job::SetMuted { muted } => {
            shown.muted = Some(*muted);
            if *muted {
                shown.status = Status::Resolved;
                shown.waiting_since = None;
            }
        }
        Job::MarkSeen => shown.unread_count = 0,
        Job::MarkUnread => shown.unread_count = shown.unread_count.max(1),
    }
}

/// `labels` without `remove` and with `add`, each once, in the order they came.
pub fn changed_labels(labels: &[String], add: &[String], remove: &[String]) -> Vec<String> {
    let mut changed: Vec<String> = labels
        .iter()
        .filter(|label| !remove.contains(label))
        .cloned()
        .collect();
    for label in add {
        if !changed.contains(label) {
            changed.push(label.clone());
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AccountKey, ConversationId, ConversationRef, HoldReason, InboxId, View};

    fn item(id: i64, job: Job, state: OutboxState) -> OutboxItem {
        OutboxItem {
            id,
            subject: ConversationRef::new(AccountKey(1), ConversationId(1)).into(),
            job,
            state,
            client_ref: id.to_string(),
            created_at: 0,
            attempts: 0,
            after_message: None,
            queued_offline: false,
            refusal: None,
        }
    }

    #[test]
    fn the_last_press_wins_and_a_held_one_is_not_claimed() {
        let server = Conversation::blank(ConversationId(1), InboxId(1), 50);
        let me = AgentId(9);
        let pressed = [
            item(1, Job::TakeOver, OutboxState::Sending),
            item(
                2,
                Job::Close,
                OutboxState::Held {
                    reason: HoldReason::TakenByColleague,
                },
            ),
        ];
        let shown = overlay(&server, &pressed, me);
        assert!(
            View::Mine.shows(&shown, me),
            "taken over at once, and not closed by the held item"
        );
        let handed = [
            item(1, Job::TakeOver, OutboxState::Queued),
            item(2, Job::HandBack, OutboxState::Queued),
        ];
        assert_eq!(overlay(&server, &handed, me).status, Status::Pending);
    }

    #[test]
    fn labels_are_a_set() {
        let labels = ["a".to_owned(), "b".to_owned()];
        assert_eq!(
            changed_labels(&labels, &["b".into(), "c".into()], &["a".into()]),
            ["b", "c"]
        );
    }
}

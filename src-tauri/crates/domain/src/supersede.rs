//! Which pressed changes a later press makes superfluous, decided at the moment of queueing.
//!
//! Only what was never attempted is replaced, and no change is moved past another that could make a difference: messages
//! never merge, and whatever moves who answers is passed by nothing but changes that never do.

use crate::edits::LabelChange;
use crate::{AssignTarget, Assignee, Contact, Conversation, Job, OutboxItem};

/// The subject as the server last told it; `Unknown` takes nothing back.
#[derive(Clone, Copy, Debug)]
pub enum ServerNow<'a> {
    Conversation(&'a Conversation),
    Contact(&'a Contact),
    Unknown,
}

/// What a press does to the queue of its subject. Items are named by their id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folded {
    /// It goes to the end.
    Append,
    /// This item says the same already.
    Keep(i64),
    /// This item says both from now on, at its place.
    Replace(i64, Job),
    /// Both together change nothing: the item goes.
    Remove(i64),
}

/// Changes that replace each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Priority,
    Labels,
    Attributes,
    Seen,
    Holder,
    Team,
    Contact,
    ContactLabels,
    /// The text of one note.
    ContactNote(i64),
}

impl Kind {
    fn of(job: &Job) -> Option<Self> {
        Some(match job {
            Job::SetPriority { .. } => Self::Priority,
            Job::ChangeLabels { .. } => Self::Labels,
            Job::ChangeAttributes { .. } => Self::Attributes,
            Job::MarkSeen | Job::MarkUnread => Self::Seen,
            Job::Assign {
                to: AssignTarget::Team(_),
            } => Self::Team,
            Job::Assign { .. } => Self::Holder,
            Job::EditContact { .. } => Self::Contact,
            Job::ChangeContactLabels { .. } => Self::ContactLabels,
            Job::EditContactNote { note_id, .. } => Self::ContactNote(*note_id),
            _ => return None,
        })
    }

    fn moves_the_holder(self) -> bool {
        matches!(self, Self::Holder | Self::Team)
    }

    /// Whether the order between this and `job` makes no difference.
    fn passes(self, job: &Job) -> bool {
        match (Self::of(job), job) {
            (Some(other), _) => !other.moves_the_holder(),
            (None, Job::Send { take_over: false, .. }) => !self.moves_the_holder(),
            (
                None,
                Job::AddContactNote { .. } | Job::DeleteContactNote { .. } | Job::DeleteMessage { .. },
            ) => !self.moves_the_holder(),
            (None, _) => false,
        }
    }

    /// Whether `job` leaves what this changes as the server has it.
    fn is_indifferent_to(self, job: &Job) -> bool {
        Self::of(job) != Some(self) && self.passes(job)
    }
}

/// Decides for `new`, pressed behind `queue` (the unfinished items of its subject, oldest first).
pub fn fold(queue: &[OutboxItem], new: &Job, server: ServerNow<'_>) -> Folded {
    let Some(kind) = Kind::of(new) else {
        return repeated(queue, new);
    };
    for (index, item) in queue.iter().enumerate().rev() {
        if Kind::of(&item.job) == Some(kind) {
            let before = &queue[..index];
            let is_first = before.iter().all(|item| kind.is_indifferent_to(&item.job));
            return match item.is_untried() {
                true => onto(item, new, if is_first { server } else { ServerNow::Unknown }),
                false => Folded::Append,
            };
        }
        if !kind.passes(&item.job) {
            break;
        }
    }
    Folded::Append
}

/// The same button twice in a row is one press; a message never is.
fn repeated(queue: &[OutboxItem], new: &Job) -> Folded {
    match queue.last() {
        Some(last) if last.job == *new && last.is_untried() && !new.is_message() => Folded::Keep(last.id),
        _ => Folded::Append,
    }
}

fn onto(item: &OutboxItem, new: &Job, server: ServerNow<'_>) -> Folded {
    let both = combined(&item.job, new);
    if both == item.job {
        return Folded::Keep(item.id);
    }
    match is_done(&both, server) {
        true => Folded::Remove(item.id),
        false => Folded::Replace(item.id, both),
    }
}

/// One job that does what `first` and then `second` of the same kind do.
fn combined(first: &Job, second: &Job) -> Job {
    let labels = |add, remove, later_add, later_remove| {
        let first = LabelChange { add, remove };
        first.folded(&LabelChange {
            add: later_add,
            remove: later_remove,
        })
    };
    match (first, second) {
        (Job::ChangeLabels { add, remove }, Job::ChangeLabels { add: a, remove: r }) => {
            let (add, remove) = labels(add, remove, a, r);
            Job::ChangeLabels { add, remove }
        }
        (Job::ChangeContactLabels { add, remove }, Job::ChangeContactLabels { add: a, remove: r }) => {
            let (add, remove) = labels(add, remove, a, r);
            Job::ChangeContactLabels { add, remove }
        }
        (Job::ChangeAttributes { change }, Job::ChangeAttributes { change: newer }) => {
            let mut change = change.clone();
            change.fold(newer);
            Job::ChangeAttributes { change }
        }
        (Job::EditContactNote { was, .. }, Job::EditContactNote { note_id, text, .. }) => {
            Job::EditContactNote {
                note_id: *note_id,
                text: text.clone(),
                was: was.clone(),
            }
        }
        (Job::EditContact { edit }, Job::EditContact { edit: newer }) => {
            let mut edit = edit.clone();
            edit.fold(newer);
            Job::EditContact { edit }
        }
        _ => second.clone(),
    }
}

/// True when the server, as far as this computer knows, would stay as it is.
fn is_done(job: &Job, server: ServerNow<'_>) -> bool {
    match (job, server) {
        (Job::SetPriority { priority }, ServerNow::Conversation(now)) => *priority == now.priority,
        (Job::ChangeLabels { add, remove }, ServerNow::Conversation(now)) => {
            LabelChange { add, remove }.is_done_in(&now.labels)
        }
        (Job::ChangeAttributes { change }, ServerNow::Conversation(now)) => {
            change.is_done_in(&now.custom_attributes)
        }
        (Job::MarkSeen, ServerNow::Conversation(now)) => now.unread_count == 0,
        (Job::MarkUnread, ServerNow::Conversation(now)) => now.unread_count > 0,
        (Job::Assign { to }, ServerNow::Conversation(now)) => match to {
            AssignTarget::Agent(agent) => now.assignee == Some(Assignee::Agent(*agent)),
            AssignTarget::Team(team) => now.team_id == Some(*team),
            AssignTarget::Nobody => now.assignee.is_none(),
        },
        (Job::EditContact { edit }, ServerNow::Contact(now)) => edit.is_done_in(now),
        (Job::EditContactNote { text, was, .. }, _) => text == was,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overlay::overlay;
    use crate::{
        AccountKey, AgentId, ConversationId, ConversationRef, InboxId, OutboxState, Priority, TeamId,
    };
    use proptest::prelude::*;

    const ME: AgentId = AgentId(9);

    fn item(id: i64, job: Job) -> OutboxItem {
        OutboxItem {
            id,
            subject: ConversationRef::new(AccountKey(1), ConversationId(1)).into(),
            job,
            state: OutboxState::Queued,
            client_ref: id.to_string(),
            created_at: 0,
            attempts: 0,
            after_message: None,
            queued_offline: true,
            refusal: None,
        }
    }

    fn priority(priority: Priority) -> Job {
        Job::SetPriority {
            priority: Some(priority),
        }
    }

    fn assign(agent: i64) -> Job {
        Job::Assign {
            to: AssignTarget::Agent(AgentId(agent)),
        }
    }

    #[test]
    fn the_last_of_a_kind_counts_and_back_to_the_start_is_nothing() {
        let server = Conversation::blank(ConversationId(1), InboxId(1), 5);
        let now = ServerNow::Conversation(&server);
        let queue = [item(1, priority(Priority::High))];
        let low = priority(Priority::Low);
        assert_eq!(fold(&queue, &low, now), Folded::Replace(1, low.clone()));
        assert_eq!(fold(&queue, &priority(Priority::High), now), Folded::Keep(1));
        let none = Job::SetPriority { priority: None };
        assert_eq!(fold(&queue, &none, now), Folded::Remove(1));
        assert_eq!(
            fold(&queue, &none, ServerNow::Unknown),
            Folded::Replace(1, none.clone())
        );
        let team = Job::Assign {
            to: AssignTarget::Team(TeamId(1)),
        };
        assert_eq!(
            fold(&[item(1, assign(1))], &team, now),
            Folded::Append,
            "a team is no agent"
        );
    }

    #[test]
    fn what_was_attempted_is_left_alone() {
        for (state, attempts) in [
            (OutboxState::Sending, 0),
            (OutboxState::Waiting { until: 9 }, 1),
            (OutboxState::Queued, 1),
        ] {
            let mut tried = item(1, priority(Priority::High));
            (tried.state, tried.attempts) = (state, attempts);
            assert_eq!(
                fold(&[tried], &Job::SetPriority { priority: None }, ServerNow::Unknown),
                Folded::Append
            );
        }
    }

    #[test]
    fn back_to_the_start_is_something_when_an_earlier_change_is_on_its_way() {
        let server = Conversation::blank(ConversationId(1), InboxId(1), 5);
        let now = ServerNow::Conversation(&server);
        let queue = [item(1, Job::Escalate), item(2, priority(Priority::Low))];
        let none = Job::SetPriority { priority: None };
        assert_eq!(fold(&queue, &none, now), Folded::Replace(2, none.clone()));
    }

    #[test]
    fn nothing_is_moved_past_what_depends_on_it() {
        let queue = [item(1, assign(2)), item(2, Job::reply("Hello"))];
        assert_eq!(fold(&queue, &assign(3), ServerNow::Unknown), Folded::Append);
        let queue = [item(1, priority(Priority::Low)), item(2, Job::Escalate)];
        assert_eq!(
            fold(&queue, &priority(Priority::High), ServerNow::Unknown),
            Folded::Append
        );
        let queue = [item(1, priority(Priority::Low)), item(2, Job::note("n"))];
        let high = priority(Priority::High);
        assert_eq!(
            fold(&queue, &high, ServerNow::Unknown),
            Folded::Replace(1, high.clone())
        );
    }

    #[test]
    fn a_message_is_never_merged_and_a_button_pressed_twice_is_one_press() {
        let queue = [item(1, Job::reply("Hello"))];
        assert_eq!(
            fold(&queue, &Job::reply("Hello"), ServerNow::Unknown),
            Folded::Append
        );
        let note = Job::AddContactNote { text: "n".into() };
        assert_eq!(
            fold(&[item(1, note.clone())], &note, ServerNow::Unknown),
            Folded::Append
        );
        assert_eq!(
            fold(&[item(1, Job::Close)], &Job::Close, ServerNow::Unknown),
            Folded::Keep(1)
        );
        let queue = [item(1, Job::TakeOver), item(2, Job::HandBack)];
        assert_eq!(fold(&queue, &Job::TakeOver, ServerNow::Unknown), Folded::Append);
    }

    fn job() -> impl Strategy<Value = Job> {
        let priorities = prop_oneof![
            Just(None),
            Just(Some(Priority::Low)),
            Just(Some(Priority::Urgent))
        ];
        let title = || proptest::collection::vec("[ab]", 0..2);
        let target = prop_oneof![
            (1_i64..3).prop_map(|id| AssignTarget::Agent(AgentId(id))),
            (1_i64..3).prop_map(|id| AssignTarget::Team(TeamId(id))),
            Just(AssignTarget::Nobody)
        ];
        prop_oneof![
            priorities.prop_map(|priority| Job::SetPriority { priority }),
            (title(), title()).prop_map(|(add, remove)| {
                let remove = remove.into_iter().filter(|title| !add.contains(title)).collect();
                Job::ChangeLabels { add, remove }
            }),
            target.prop_map(|to| Job::Assign { to }),
            Just(Job::MarkSeen),
            Just(Job::TakeOver),
            Just(Job::HandBack),
            Just(Job::Escalate),
            Just(Job::Close),
            any::<bool>().prop_map(|take_over| match take_over {
                true => Job::Send {
                    text: "x".into(),
                    private: false,
                    take_over,
                    extras: Default::default(),
                },
                false => Job::reply("x"),
            }),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Whatever is pressed in whatever order: the merged queue ends where the whole one does, and has every message.
        #[test]
        fn a_merged_queue_ends_where_the_whole_one_does(presses in proptest::collection::vec(job(), 0..12)) {
            let server = Conversation::blank(ConversationId(1), InboxId(1), 5);
            let whole: Vec<OutboxItem> = (1..).zip(presses.clone()).map(|(id, job)| item(id, job)).collect();
            let mut merged: Vec<OutboxItem> = Vec::new();
            for (id, job) in (1..).zip(presses) {
                match fold(&merged, &job, ServerNow::Conversation(&server)) {
                    Folded::Append => merged.push(item(id, job)),
                    Folded::Keep(_) => {}
                    Folded::Replace(id, both) => merged.iter_mut().filter(|item| item.id == id).for_each(|item| item.job = both.clone()),
                    Folded::Remove(id) => merged.retain(|item| item.id != id),
                }
            }
            let mut end = overlay(&server, &merged, ME);
            let mut wanted = overlay(&server, &whole, ME);
            end.labels.sort();
            wanted.labels.sort();
            prop_assert_eq!(end, wanted);
            let messages = |items: &[OutboxItem]| items.iter().filter(|item| item.job.is_message()).count();
            prop_assert_eq!(messages(&merged), messages(&whole));
        }
    }
}

//! Where a conversation stands in the lists, as the columns they are sorted and filtered by.

use super::traits;
use deskbell_domain::{AgentId, Conversation, Status, View, answer_due};

/// Values of the column `list`, in the order of the All view.
pub(crate) const NEEDS_PERSON: i64 = 0;
pub(crate) const MINE: i64 = 1;
pub(crate) const REST: i64 = 2;
pub(crate) const CLOSED: i64 = 3;

/// The sorted and filtered columns of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub list: i64,
    /// Ascending: who is to be answered soonest comes first, elsewhere the newest activity.
    pub sort: i64,
    pub ai: bool,
    pub open: bool,
    pub assignee: Option<i64>,
    pub inbox: i64,
    pub unread: bool,
    /// The guest's part is added where it is written.
    pub traits: i64,
    pub contact: Option<i64>,
    pub labels: Vec<String>,
}

impl Place {
    /// Where `shown` stands for the person `me`.
    pub(crate) fn of(shown: &Conversation, me: AgentId) -> Self {
        let list = if View::NeedsPerson.shows(shown, me) {
            NEEDS_PERSON
        } else if View::Mine.shows(shown, me) {
            MINE
        } else if View::Closed.shows(shown, me) {
            CLOSED
        } else {
            REST
        };
        let sort = match list {
            NEEDS_PERSON => answer_due(shown),
            _ => shown.last_activity_at.saturating_neg(),
        };
        Self {
            list,
            sort,
            ai: View::Ai.shows(shown, me),
            open: shown.status == Status::Open,
            assignee: shown.agent().map(|agent| agent.0),
            inbox: shown.inbox_id.0,
            unread: shown.unread_count > 0,
            traits: traits::of(shown, me),
            contact: shown.contact_id.map(|contact| contact.0),
            labels: shown.labels.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{Assignee, ConversationId, InboxId, REGULAR_GOAL};

    #[test]
    fn each_conversation_stands_in_one_list() {
        let me = AgentId(1);
        let mut conversation = Conversation::blank(ConversationId(1), InboxId(1), 100);
        conversation.waiting_since = Some(90);
        let place = Place::of(&conversation, me);
        assert_eq!(
            (place.list, place.sort),
            (NEEDS_PERSON, 90 + REGULAR_GOAL),
            "sorted by when it is to be answered"
        );
        conversation.assignee = Some(Assignee::Agent(me));
        assert_eq!(
            (
                Place::of(&conversation, me).list,
                Place::of(&conversation, me).sort
            ),
            (MINE, -100)
        );
        conversation.assignee = Some(Assignee::Agent(AgentId(2)));
        assert_eq!(Place::of(&conversation, me).list, REST);
        conversation.status = Status::Pending;
        assert!(Place::of(&conversation, me).ai);
        conversation.status = Status::Resolved;
        assert_eq!(Place::of(&conversation, me).list, CLOSED);
    }
}

//! Whether a queued change may still go: the world may have changed between the press and the network.

use deskbell_domain::{AgentId, HoldReason, Job, Message, MessageKind, OutboxItem, SenderKind, Status};

/// What is known about the conversation at the moment before sending.
#[derive(Clone, Debug)]
pub struct World {
    pub me: AgentId,
    pub status: Status,
    pub assignee: Option<AgentId>,
    /// Epoch seconds; `None` = they did not say STOP.
    pub opted_out_at: Option<i64>,
    /// Until when free text is delivered; `None` = no limit on this channel.
    pub window_until: Option<i64>,
    /// Messages newer than the item's `after_message`, oldest first.
    pub since: Vec<Message>,
}

/// The reason to ask the person first, or `None` to go on. Notes always go: nobody but the team reads them.
pub fn gate(item: &OutboxItem, world: &World, now: i64) -> Option<HoldReason> {
    if let Job::Send {
        private: false,
        extras,
        ..
    } = &item.job
    {
        return gate_reply(item, extras.template.is_some(), world, now);
    }
    None
}

/// A template is delivered whether or not the window is open; free text never outside it (reference §6).
fn gate_reply(item: &OutboxItem, is_template: bool, world: &World, now: i64) -> Option<HoldReason> {
    if !is_template && world.window_until.is_some_and(|until| until <= now) {
        return Some(HoldReason::WindowClosed);
    }
    if world.opted_out_at.is_some_and(|at| at > item.created_at) {
        return Some(HoldReason::OptedOut);
    }
    if world
        .since
        .iter()
        .any(|message| is_colleague_reply(message, world.me))
    {
        return Some(HoldReason::AnsweredByColleague);
    }
    if !item.queued_offline {
        return None;
    }
    if world
        .since
        .iter()
        .any(|message| message.kind == MessageKind::Incoming)
    {
        return Some(HoldReason::GuestWroteAgain);
    }
    match (world.status, world.assignee) {
        (Status::Resolved, _) => Some(HoldReason::Closed),
        (_, Some(agent)) if agent != world.me => Some(HoldReason::TakenByColleague),
        _ => None,
    }
}

fn is_colleague_reply(message: &Message, me: AgentId) -> bool {
    message.is_human_reply()
        && message
            .sender
            .as_ref()
            .is_some_and(|sender| sender.kind == SenderKind::User && sender.id != me.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{
        AccountKey, ConversationId, ConversationRef, Delivery, MessageId, OutboxState, Sender,
    };

    fn reply(queued_offline: bool) -> OutboxItem {
        OutboxItem {
            id: 1,
            subject: ConversationRef::new(AccountKey(1), ConversationId(1)).into(),
            job: Job::reply("Hello"),
            state: OutboxState::Queued,
            client_ref: "r".into(),
            created_at: 1_000,
            attempts: 0,
            after_message: Some(MessageId(10)),
            queued_offline,
            refusal: None,
        }
    }

    fn world() -> World {
        World {
            me: AgentId(1),
            status: Status::Open,
            assignee: Some(AgentId(1)),
            opted_out_at: None,
            window_until: None,
            since: Vec::new(),
        }
    }

    fn said(kind: MessageKind, sender: SenderKind, id: i64) -> Message {
        Message {
            id: MessageId(11),
            conversation_id: ConversationId(1),
            kind,
            content: "…".into(),
            content_type: "text".into(),
            delivery: Delivery::Sent,
            private: false,
            created_at: 1_010,
            source_id: None,
            sender: Some(Sender {
                kind: sender,
                id,
                name: "Jonas".into(),
            }),
            content_attributes: Default::default(),
            attachments: Vec::new(),
            echo_id: None,
            more: Default::default(),
        }
    }

    #[test]
    fn an_unchanged_world_lets_it_go() {
        assert_eq!(gate(&reply(true), &world(), 1_020), None);
    }

    #[test]
    fn a_colleagues_answer_holds_every_reply_but_my_own_does_not() {
        let mut changed = world();
        changed.since = vec![said(MessageKind::Outgoing, SenderKind::User, 2)];
        assert_eq!(
            gate(&reply(false), &changed, 1_020),
            Some(HoldReason::AnsweredByColleague)
        );
        changed.since = vec![said(MessageKind::Outgoing, SenderKind::User, 1)];
        assert_eq!(gate(&reply(true), &changed, 1_020), None);
    }

    #[test]
    fn a_guest_who_wrote_again_holds_only_what_waited_offline() {
        let mut changed = world();
        changed.since = vec![said(MessageKind::Incoming, SenderKind::Contact, 5)];
        assert_eq!(
            gate(&reply(true), &changed, 1_020),
            Some(HoldReason::GuestWroteAgain)
        );
        assert_eq!(
            gate(&reply(false), &changed, 1_020),
            None,
            "online, the person saw it or is about to"
        );
    }

    #[test]
    fn a_closed_window_and_a_stop_hold_and_a_note_never_is() {
        let mut changed = world();
        changed.window_until = Some(1_015);
        changed.opted_out_at = Some(1_005);
        assert_eq!(
            gate(&reply(false), &changed, 1_020),
            Some(HoldReason::WindowClosed)
        );
        changed.window_until = None;
        assert_eq!(gate(&reply(false), &changed, 1_020), Some(HoldReason::OptedOut));
        let mut note = reply(true);
        note.job = Job::note("n");
        assert_eq!(gate(&note, &changed, 1_020), None);
    }

    #[test]
    fn a_template_passes_a_closed_window_and_nothing_else() {
        let mut template = reply(false);
        if let Job::Send { extras, .. } = &mut template.job {
            extras.template = Some(deskbell_domain::TemplateMessage {
                name: "booking_reminder".into(),
                language: "en".into(),
                category: "UTILITY".into(),
                namespace: None,
                processed_params: Default::default(),
            });
        }
        let mut changed = world();
        changed.window_until = Some(1_015);
        assert_eq!(gate(&template, &changed, 1_020), None);
        assert_eq!(
            gate(&reply(false), &changed, 1_020),
            Some(HoldReason::WindowClosed)
        );
        changed.opted_out_at = Some(1_005);
        assert_eq!(gate(&template, &changed, 1_020), Some(HoldReason::OptedOut));
    }

    #[test]
    fn closed_or_taken_meanwhile_holds_what_waited_offline() {
        let mut changed = world();
        changed.status = Status::Resolved;
        assert_eq!(gate(&reply(true), &changed, 1_020), Some(HoldReason::Closed));
        changed.status = Status::Open;
        changed.assignee = Some(AgentId(2));
        assert_eq!(
            gate(&reply(true), &changed, 1_020),
            Some(HoldReason::TakenByColleague)
        );
    }
}

//! The person at the desk: presses what the screen would let them press, and remembers it for the judge.

use crate::desk_side::PRIORITIES;
use crate::program::Program;
use crate::script::{Decide, Press};
use crate::template::{House, LABELS};
use deskbell_domain::{AgentId, AssignTarget, Job, OutboxItem, OutboxState, Priority, StuckReason, TeamId};
use deskbell_store::NewItem;

/// One press, as the judge needs it.
#[derive(Clone, Debug)]
pub struct Pressed {
    /// Number of its outbox item.
    pub item: i64,
    pub conversation: i64,
    pub job: Job,
    /// Texts it had, the last one now.
    pub texts: Vec<String>,
    /// Position among everything that happened.
    pub order: usize,
    /// Sent again although nobody could know whether it had arrived.
    pub risked: u32,
    /// Thrown away, while it was in this state.
    pub discarded: Option<OutboxState>,
}

#[derive(Default)]
pub struct Person {
    pub pressed: Vec<Pressed>,
    written: u32,
}

impl Person {
    /// Presses something; what needs the server's word now is locked while offline.
    pub async fn press(
        &mut self,
        program: &Program,
        house: &House,
        conversation: i64,
        press: &Press,
        now: i64,
        order: usize,
    ) {
        let job = self.job(house, press, now);
        let online = program.is_online();
        if !online && !job.may_queue_offline() {
            return;
        }
        let conversation = program.at(conversation);
        let known = program
            .store
            .conversation(conversation)
            .await
            .expect("the cache can be read");
        if known.is_none() {
            return;
        }
        let after_message = program
            .store
            .newest_message_id(conversation)
            .await
            .expect("the cache can be read");
        let new = NewItem {
            subject: conversation.into(),
            job: job.clone(),
            client_ref: uuid::Uuid::now_v7().to_string(),
            created_at: now,
            after_message,
            queued_offline: !online,
            not_before: None,
        };
        let items = program
            .store
            .enqueue(vec![new])
            .await
            .expect("the press can be kept");
        let texts = match &job {
            Job::Send { text, .. } => vec![text.clone()],
            _ => Vec::new(),
        };
        self.pressed.push(Pressed {
            item: items.first().map_or(0, |item| item.id),
            conversation: conversation.id.0,
            job,
            texts,
            order,
            risked: 0,
            // It took back what still waited: together they change nothing.
            discarded: items.is_empty().then_some(OutboxState::Queued),
        });
        program.engine.wake_outbox(program.account);
        program.engine.review_alert(conversation).await;
    }

    /// Decides about one of the unsent changes, the screen's way: what asks first, then anything that waits.
    pub async fn decide(&mut self, program: &Program, which: u8, decide: Decide, now: i64) {
        let mut items = program
            .store
            .outbox_all(program.account)
            .await
            .expect("the outbox can be read");
        items.sort_by_key(|item| (!asks(item), item.id));
        let asking = items.iter().filter(|item| asks(item)).count();
        let choice = if asking > 0 { asking } else { items.len() };
        let Some(item) = items.get(usize::from(which) % choice.max(1)).cloned() else {
            return;
        };
        let Some(conversation) = item.conversation() else {
            return;
        };
        // Several presses may have become one item.
        let carried = self.pressed.iter_mut().filter(|pressed| pressed.item == item.id);
        let mut carried: Vec<&mut Pressed> = carried.collect();
        let Some(pressed) = carried.last_mut() else {
            return;
        };
        match decide {
            Decide::Retry => retry(program, pressed, &item, now).await,
            Decide::Discard => {
                if program
                    .store
                    .discard_item(item.id)
                    .await
                    .expect("the outbox can be changed")
                {
                    for pressed in carried {
                        pressed.discarded = Some(item.state.clone());
                    }
                }
            }
            Decide::Edit => {
                self.written += 1;
                let text = format!("edited {}", self.written);
                if program
                    .store
                    .edit_item(item.id, &text)
                    .await
                    .expect("the outbox can be changed")
                {
                    pressed.texts.push(text);
                }
            }
        }
        program.engine.wake_outbox(program.account);
        program.engine.review_alert(conversation).await;
    }

    fn job(&mut self, house: &House, press: &Press, now: i64) -> Job {
        match press {
            Press::Reply { take_over } => self.message(false, *take_over),
            Press::Note => self.message(true, false),
            Press::TakeOver => Job::TakeOver,
            Press::HandBack => Job::HandBack,
            Press::Escalate => Job::Escalate,
            Press::AssignColleague => Job::Assign {
                to: AssignTarget::Agent(AgentId(house.colleague.id)),
            },
            Press::AssignNobody => Job::Assign {
                to: AssignTarget::Nobody,
            },
            Press::AssignTeam => Job::Assign {
                to: AssignTarget::Team(TeamId(house.team)),
            },
            Press::Close => Job::Close,
            Press::Snooze { seconds } => Job::Snooze {
                until: seconds.map(|seconds| now + i64::from(seconds)),
            },
            Press::Priority(level) => Job::SetPriority {
                priority: PRIORITIES[usize::from(*level) % PRIORITIES.len()].and_then(Priority::parse),
            },
            Press::AddLabel(label) => Job::ChangeLabels {
                add: vec![LABELS[usize::from(*label) % LABELS.len()].to_owned()],
                remove: Vec::new(),
            },
            Press::RemoveLabel(label) => Job::ChangeLabels {
                add: Vec::new(),
                remove: vec![LABELS[usize::from(*label) % LABELS.len()].to_owned()],
            },
            Press::MarkSeen => Job::MarkSeen,
            Press::MarkUnread => Job::MarkUnread,
        }
    }

    fn message(&mut self, private: bool, take_over: bool) -> Job {
        self.written += 1;
        Job::Send {
            text: format!("reply {}", self.written),
            private,
            take_over,
            extras: Default::default(),
        }
    }
}

fn asks(item: &OutboxItem) -> bool {
    matches!(item.state, OutboxState::Held { .. } | OutboxState::Stuck { .. })
}

async fn retry(program: &Program, pressed: &mut Pressed, item: &OutboxItem, now: i64) {
    let Some(conversation) = item.conversation() else {
        return;
    };
    let newest = program
        .store
        .newest_message_id(conversation)
        .await
        .expect("the cache can be read");
    let again = program
        .store
        .press_again(item.id, now, newest)
        .await
        .expect("the outbox can be changed");
    let unknown = OutboxState::Stuck {
        reason: StuckReason::Unknown,
    };
    if again && item.state == unknown {
        pressed.risked += 1;
    }
}

//! What must hold in the end, whatever went wrong on the way.

use crate::lists;
use crate::person::Pressed;
use crate::run::{Other, Scene, Tally};
use crate::script::Colleague;
use deskbell_domain::{
    AssignTarget, Conversation, Job, OutboxItem, OutboxState, Priority, Status, StuckReason, WhoAnswers,
};
use serde_json::Value;
use std::collections::BTreeSet;

type Verdict = Result<(), String>;

/// What the server holds, and what is left here.
struct Evidence {
    ledger: Value,
    outbox: Vec<OutboxItem>,
}

pub async fn judge(scene: &Scene) -> Result<Tally, String> {
    let (_, ledger) = scene
        .desk
        .ask("GET", "/test/ledger", None, Value::Null)
        .await
        .ok_or("the desk is down")?;
    let outbox = scene.program.store.outbox_all(scene.program.account).await;
    let evidence = Evidence {
        ledger,
        outbox: outbox.map_err(|error| error.to_string())?,
    };
    for pressed in &scene.person.pressed {
        if evidence.state(pressed.conversation).is_some() {
            arrived_once(scene, &evidence, pressed)?;
        }
    }
    in_order(scene, &evidence)?;
    nothing_foreign(scene, &evidence)?;
    if !scene.late_changes {
        last_press_won(scene, &evidence)?;
    }
    same_here_as_there(scene, &evidence).await?;
    lists::same_here_as_there(scene).await?;
    Ok(evidence.tally(&scene.person.pressed))
}

impl Evidence {
    fn tally(&self, pressed: &[Pressed]) -> Tally {
        let count = |fits: &dyn Fn(&Pressed) -> bool| {
            u32::try_from(pressed.iter().filter(|pressed| fits(pressed)).count()).unwrap_or(u32::MAX)
        };
        Tally {
            pressed: count(&|_| true),
            messages: count(&|pressed| pressed.job.is_message()),
            arrived: count(&|pressed| pressed.job.is_message() && !self.arrivals(pressed).is_empty()),
            asking: count(&|pressed| self.left(pressed).is_some()),
            discarded: count(&|pressed| pressed.discarded.is_some()),
        }
    }

    fn state(&self, conversation: i64) -> Option<&Value> {
        let states = self.ledger["conversations"].as_array()?;
        states.iter().find(|state| state["id"] == conversation)
    }

    fn messages(&self) -> impl Iterator<Item = &Value> {
        self.ledger["messages"].as_array().into_iter().flatten()
    }

    /// Ids of what arrived of a press, in the server's order.
    fn arrivals(&self, pressed: &Pressed) -> Vec<i64> {
        let is_it = |message: &&Value| {
            message["conversation_id"] == pressed.conversation
                && message["content"]
                    .as_str()
                    .is_some_and(|content| pressed.texts.iter().any(|text| text == content))
        };
        self.messages()
            .filter(is_it)
            .filter_map(|message| message["id"].as_i64())
            .collect()
    }

    fn left(&self, pressed: &Pressed) -> Option<&OutboxItem> {
        self.outbox.iter().find(|item| item.id == pressed.item)
    }
}

/// Each message once, or visibly not.
fn arrived_once(_scene: &Scene, evidence: &Evidence, pressed: &Pressed) -> Verdict {
    if !pressed.job.is_message() {
        return Ok(());
    }
    let count = u32::try_from(evidence.arrivals(pressed).len()).unwrap_or(u32::MAX);
    let left = evidence.left(pressed).map(|item| &item.state);
    let wrong = |what: &str| {
        Err(format!(
            "{what}: {pressed:?} arrived {count} times and is {left:?}"
        ))
    };
    if count > 1 + pressed.risked {
        return wrong("sent twice");
    }
    match (left, &pressed.discarded) {
        (None, None) if count == 0 => wrong("lost"),
        (None, Some(OutboxState::Queued | OutboxState::Held { .. } | OutboxState::Waiting { .. }))
            if count > pressed.risked =>
        {
            wrong("sent although it was thrown away before")
        }
        (
            Some(OutboxState::Stuck {
                reason: StuckReason::Unknown,
            }),
            _,
        ) if count > pressed.risked => wrong("the person is asked about what is known"),
        (Some(OutboxState::Held { .. } | OutboxState::Queued), _) if count > pressed.risked => {
            wrong("it arrived and is still to be sent")
        }
        _ => Ok(()),
    }
}

/// Within a conversation in the order they were pressed. What somebody threw away or sent again is out of it.
fn in_order(scene: &Scene, evidence: &Evidence) -> Verdict {
    let mut newest = std::collections::HashMap::new();
    for pressed in &scene.person.pressed {
        if pressed.discarded.is_some() || pressed.risked > 0 {
            continue;
        }
        let Some(id) = evidence.arrivals(pressed).first().copied() else {
            continue;
        };
        let before = newest.insert(pressed.conversation, id);
        if before.is_some_and(|before| before > id) {
            return Err(format!("out of order: {pressed:?}"));
        }
    }
    Ok(())
}

/// Nothing under my name that I did not press.
fn nothing_foreign(scene: &Scene, evidence: &Evidence) -> Verdict {
    let me = scene.desk.house.me.id;
    let mine = |message: &&Value| {
        message["sender_type"] == "User" && message["sender_id"] == me && message["message_type"] == 1
    };
    for message in evidence.messages().filter(mine) {
        let content = message["content"].as_str().unwrap_or_default();
        let known = scene
            .person
            .pressed
            .iter()
            .any(|pressed| pressed.texts.iter().any(|text| text == content));
        if !known {
            return Err(format!("never pressed: {message}"));
        }
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Field {
    Status,
    Holder,
    Priority,
    Labels,
}

fn touches(job: &Job) -> &'static [Field] {
    match job {
        Job::Send { take_over: true, .. } | Job::TakeOver | Job::HandBack => &[Field::Status, Field::Holder],
        Job::Escalate => &[Field::Status, Field::Holder, Field::Priority],
        Job::Assign { .. } => &[Field::Holder],
        Job::Close | Job::Snooze { .. } => &[Field::Status],
        Job::SetPriority { .. } => &[Field::Priority],
        Job::ChangeLabels { .. } => &[Field::Labels],
        _ => &[],
    }
}

fn may_touch(other: &Other, field: Field) -> bool {
    match other.what {
        // A guest opens what was closed, and the AI may answer, escalate, or be silent.
        None => matches!(field, Field::Status | Field::Holder | Field::Priority),
        Some(Colleague::Take) => field == Field::Holder,
        Some(Colleague::Close) => field == Field::Status,
        Some(Colleague::Open) => matches!(field, Field::Status | Field::Holder),
        Some(Colleague::Priority(_)) => field == Field::Priority,
        Some(Colleague::Label(_)) => field == Field::Labels,
        _ => false,
    }
}

/// What was pressed last is so, unless somebody else came after, or it is visibly not done.
fn last_press_won(scene: &Scene, evidence: &Evidence) -> Verdict {
    for field in [Field::Status, Field::Holder, Field::Priority, Field::Labels] {
        let mut seen = BTreeSet::new();
        for pressed in scene.person.pressed.iter().rev() {
            if !touches(&pressed.job).contains(&field) || !seen.insert(pressed.conversation) {
                continue;
            }
            let others = scene
                .others
                .iter()
                .filter(|other| other.conversation == pressed.conversation);
            let contested = others
                .clone()
                .any(|other| other.order > pressed.order && may_touch(other, field));
            let undone = pressed.discarded.is_some() || evidence.left(pressed).is_some();
            let Some(state) = evidence.state(pressed.conversation) else {
                continue;
            };
            if !contested && !undone && !holds(scene, pressed, field, state) {
                return Err(format!(
                    "pressed last and not so: {field:?} of {pressed:?}, the server has {state}"
                ));
            }
        }
    }
    Ok(())
}

fn holds(scene: &Scene, pressed: &Pressed, field: Field, state: &Value) -> bool {
    let me = scene.desk.house.me.id;
    match (&pressed.job, field) {
        (Job::HandBack, _)
        | (
            Job::Assign {
                to: AssignTarget::Team(_),
            },
            _,
        ) => true,
        (Job::TakeOver | Job::Send { .. }, Field::Status) => state["status"] == "open",
        (Job::TakeOver | Job::Send { .. }, Field::Holder) => state["assignee_id"] == me,
        (Job::Escalate, Field::Status) => state["status"] == "open",
        (Job::Escalate, Field::Holder) => state["assignee_id"].is_null(),
        (Job::Escalate, Field::Priority) => state["priority"] == "urgent",
        (
            Job::Assign {
                to: AssignTarget::Agent(agent),
            },
            _,
        ) => state["assignee_id"] == agent.0,
        (
            Job::Assign {
                to: AssignTarget::Nobody,
            },
            _,
        ) => state["assignee_id"].is_null(),
        (Job::Close, _) => state["status"] == "resolved",
        (Job::Snooze { until: None }, _) => state["status"] == "snoozed",
        (Job::Snooze { until: Some(_) }, _) => state["status"] == "snoozed" || state["status"] == "open",
        (Job::SetPriority { priority }, _) => state["priority"].as_str() == priority.map(Priority::as_str),
        (Job::ChangeLabels { add, remove }, _) => {
            let labels: Vec<&str> = state["labels"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            add.iter().all(|label| labels.contains(&label.as_str()))
                && remove.iter().all(|label| !labels.contains(&label.as_str()))
        }
        _ => true,
    }
}

/// What is kept here is what the server says: conversations, their newest messages, alerts.
async fn same_here_as_there(scene: &Scene, evidence: &Evidence) -> Verdict {
    let mut waiting = BTreeSet::new();
    let states = evidence.ledger["conversations"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    for state in &states {
        let id = state["id"].as_i64().unwrap_or_default();
        if same_conversation(scene, id).await? {
            waiting.insert(id);
        }
    }
    for status in [Status::Open, Status::Pending, Status::Snoozed, Status::Resolved] {
        let kept = scene
            .program
            .store
            .ids_with_status(scene.program.account, status)
            .await;
        for id in kept.map_err(|error| error.to_string())? {
            if evidence.state(id.0).is_none() {
                return Err(format!(
                    "conversation {id} is gone from the server and still kept"
                ));
            }
        }
    }
    let alerts = scene
        .program
        .store
        .open_alerts()
        .await
        .map_err(|error| error.to_string())?;
    let raised: BTreeSet<i64> = alerts.iter().map(|alert| alert.conversation.id.0).collect();
    if raised != waiting {
        return Err(format!("alerts are raised for {raised:?}, and {waiting:?} wait"));
    }
    Ok(())
}

/// Answers whether it waits for a person.
async fn same_conversation(scene: &Scene, id: i64) -> Result<bool, String> {
    let me = scene.desk.house.me.clone();
    let path = format!("/conversations/{id}");
    let (_, told) = scene
        .desk
        .of_account("GET", &path, &me, Value::Null)
        .await
        .ok_or("the desk is down")?;
    let stored = scene
        .program
        .store
        .conversation(scene.program.at(id))
        .await
        .map_err(|error| error.to_string())?;
    let Some(stored) = stored else {
        return Err(format!(
            "conversation {id} is missing here; the server has {told}"
        ));
    };
    same_state(&stored.server, &told)?;
    same_messages(scene, id, stored.history.complete_from().map(|id| id.0)).await?;
    let has_bot = stored.inbox.as_ref().and_then(|inbox| inbox.has_bot);
    let shown = &stored.shown;
    Ok(shown.status == Status::Open && WhoAnswers::of(shown, has_bot) == WhoAnswers::Waiting)
}

fn same_state(kept: &Conversation, told: &Value) -> Verdict {
    let epoch = |key: &str| told[key].as_i64().filter(|at| *at != 0);
    let mut labels: Vec<&str> = told["labels"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut kept_labels: Vec<&str> = kept.labels.iter().map(String::as_str).collect();
    labels.sort_unstable();
    kept_labels.sort_unstable();
    let holder = told["meta"]["assignee"]["id"]
        .as_i64()
        .filter(|_| told["meta"]["assignee_type"] != "AgentBot");
    let differences = [
        ("status", told["status"].as_str() == Some(kept.status.as_str())),
        (
            "priority",
            told["priority"].as_str() == kept.priority.map(Priority::as_str),
        ),
        ("assignee", holder == kept.agent().map(|agent| agent.0)),
        (
            "team",
            told["meta"]["team"]["id"].as_i64() == kept.team_id.map(|team| team.0),
        ),
        ("labels", labels == kept_labels),
        (
            "unread",
            told["unread_count"].as_i64() == Some(i64::from(kept.unread_count)),
        ),
        ("waiting since", epoch("waiting_since") == kept.waiting_since),
        (
            "first reply",
            epoch("first_reply_created_at") == kept.first_reply_created_at,
        ),
        (
            "last activity",
            epoch("last_activity_at") == Some(kept.last_activity_at),
        ),
        (
            "attributes",
            told["custom_attributes"].as_object() == Some(&kept.custom_attributes),
        ),
    ];
    let wrong: Vec<&str> = differences
        .iter()
        .filter(|(_, same)| !same)
        .map(|(name, _)| *name)
        .collect();
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{wrong:?} differ: kept {kept:?}, told {told}"))
}

async fn same_messages(scene: &Scene, id: i64, complete_from: Option<i64>) -> Verdict {
    let path = format!("/conversations/{id}/messages");
    let me = scene.desk.house.me.clone();
    let (_, page) = scene
        .desk
        .of_account("GET", &path, &me, Value::Null)
        .await
        .ok_or("the desk is down")?;
    let told: Vec<(i64, String, String)> = page["payload"]
        .as_array()
        .into_iter()
        .flatten()
        .map(line)
        .collect();
    let kept = scene
        .program
        .store
        .messages(scene.program.at(id), None, 20)
        .await
        .map_err(|error| error.to_string())?;
    let word = |kept: &deskbell_domain::Message| {
        let delivery = serde_json::to_value(kept.delivery).unwrap_or_default();
        (
            kept.id.0,
            kept.content.clone(),
            delivery.as_str().unwrap_or_default().to_owned(),
        )
    };
    let kept: Vec<(i64, String, String)> = kept.iter().map(word).collect();
    let from = complete_from.unwrap_or(0);
    let told: Vec<_> = told.into_iter().filter(|line| line.0 >= from).collect();
    let kept: Vec<_> = kept.into_iter().filter(|line| line.0 >= from).collect();
    if told != kept {
        return Err(format!(
            "the thread of {id} differs: kept {kept:?}, told {told:?}"
        ));
    }
    Ok(())
}

fn line(message: &Value) -> (i64, String, String) {
    let text = |key: &str| message[key].as_str().unwrap_or_default().to_owned();
    (
        message["id"].as_i64().unwrap_or_default(),
        text("content"),
        text("status"),
    )
}

//! What a person presses in a conversation: decided, made durable, shown at once, and sent by the outbox.

use crate::compose::{self, Decision};
use crate::core::{App, Running};
use crate::files;
use crate::rows::window_closed;
use crate::schema::*;
use deskbell_domain::{AssignTarget, ConversationRef, Job, MessageExtras, OutboxItem, Priority, WhoAnswers};
use deskbell_store::{NewItem, StoredConversation};
use uuid::Uuid;

/// A message can be taken back for so long at most, in seconds.
const LONGEST_UNDO: u32 = 60;

/// Sends a reply or a note, or says what to ask first.
pub(crate) async fn send(app: &App, request: SendRequest) -> Result<SendOutcome, CommandError> {
    let running = app.running().await?;
    let conversation = request.conversation;
    if request.template.is_some() && (request.private || !request.files.is_empty()) {
        return Err(files::bad_request(
            "A template is neither a note nor carries files",
        ));
    }
    let stored = stored(&running, conversation).await?;
    let decision = decide(app, &running, &stored, &request).await?;
    match decision {
        Decision::Ask {
            question,
            name,
            seconds_ago,
        } => Ok(SendOutcome::Ask {
            question,
            name,
            seconds_ago,
        }),
        Decision::Refuse(reason) => Ok(SendOutcome::Refused { reason }),
        Decision::Go { take_over } => {
            let item = queue_message(app, &running, request, take_over).await?;
            Ok(SendOutcome::Queued {
                item,
                took_over: take_over,
            })
        }
    }
}

/// Queues what was decided to go, and answers its item. A message that may be taken back for a while takes over at once
/// all the same: the AI must not answer in between. Without a connection both wait together.
async fn queue_message(
    app: &App,
    running: &Running,
    request: SendRequest,
    take_over: bool,
) -> Result<i64, CommandError> {
    let conversation = request.conversation;
    let undo = request
        .undo_seconds
        .map(|seconds| seconds.min(LONGEST_UNDO))
        .filter(|&seconds| seconds > 0);
    let not_before = undo.map(|seconds| app.now() + i64::from(seconds));
    let apart = take_over && undo.is_some() && running.engine.status(conversation.account).is_online();
    let mut jobs = Vec::new();
    if apart {
        jobs.push(Job::TakeOver);
    }
    jobs.push(Job::Send {
        text: request.text,
        private: request.private,
        take_over: take_over && !apart,
        extras: MessageExtras {
            reply_to: request.reply_to,
            files: files::chosen(running, conversation, &request.files).await?,
            template: request.template,
        },
    });
    let pressed = Pressed {
        jobs,
        clear_draft: true,
        not_before,
    };
    let items = enqueue(app, running, conversation, pressed).await?;
    Ok(items.last().map_or(0, |item| item.id))
}

async fn decide(
    app: &App,
    running: &Running,
    stored: &StoredConversation,
    request: &SendRequest,
) -> Result<Decision, CommandError> {
    let account = request.conversation.account;
    let accounts = running.store.accounts().await?;
    let Some(me) = accounts.iter().find(|row| row.key == account).map(|row| row.me) else {
        return Ok(Decision::Refuse(Refusal::SignedOut));
    };
    let shown = &stored.shown;
    let inbox = stored.inbox.as_ref();
    let agents = running.store.agents(account).await?;
    let holder = shown
        .agent()
        .and_then(|id| agents.iter().find(|agent| agent.id == id));
    let window = inbox.and_then(|inbox| inbox.reply_window_seconds);
    let desk = compose::Desk {
        me,
        who: WhoAnswers::of(shown, inbox.and_then(|inbox| inbox.has_bot)),
        status: shown.status,
        assignee: shown.agent(),
        opted_out: stored
            .contact
            .as_ref()
            .is_some_and(|contact| contact.opted_out_at().is_some()),
        window_closed: window_closed(stored.last_incoming_at, window, shown.can_reply, app.now()),
        online: running.engine.status(account).is_online(),
        last_reply: stored
            .last_human_reply
            .as_ref()
            .map(|reply| (reply.agent, reply.name.as_str(), reply.at)),
        assignee_name: holder.map(|agent| agent.name.as_str()),
    };
    let written = compose::Written {
        text: &request.text,
        private: request.private,
        has_files: !request.files.is_empty(),
        is_template: request.template.is_some(),
        confirmed: &request.confirmed,
    };
    Ok(compose::decide(&desk, written, app.now()))
}

/// Presses something that sets a state.
pub(crate) async fn press(
    app: &App,
    conversation: ConversationRef,
    jobs: Vec<Job>,
) -> Result<ActOutcome, CommandError> {
    let running = app.running().await?;
    stored(&running, conversation).await?;
    let online = running.engine.status(conversation.account).is_online();
    if !online && jobs.iter().any(|job| !job.may_queue_offline()) {
        return Ok(ActOutcome::Refused {
            reason: Refusal::Offline,
        });
    }
    let pressed = Pressed {
        jobs,
        clear_draft: false,
        not_before: None,
    };
    enqueue(app, &running, conversation, pressed).await?;
    running.engine.review_alert(conversation).await;
    Ok(ActOutcome::Done)
}

/// Rings the desk, with the reason as a note for the team.
pub(crate) async fn escalate(app: &App, request: EscalateRequest) -> Result<ActOutcome, CommandError> {
    let mut jobs = vec![Job::Escalate];
    jobs.extend(note(&request.reason));
    press(app, request.conversation, jobs).await
}

/// Gives it to somebody, with a note for them. To me means taking over.
pub(crate) async fn assign(app: &App, request: AssignRequest) -> Result<ActOutcome, CommandError> {
    let running = app.running().await?;
    let accounts = running.store.accounts().await?;
    let me = accounts
        .iter()
        .find(|row| row.key == request.conversation.account)
        .map(|row| row.me);
    let mut jobs = match request.to {
        AssignTarget::Agent(agent) if Some(agent) == me => vec![Job::TakeOver],
        to => vec![Job::Assign { to }],
    };
    if request.urgent {
        jobs.push(Job::SetPriority {
            priority: Some(Priority::Urgent),
        });
    }
    jobs.extend(note(&request.note));
    press(app, request.conversation, jobs).await
}

/// Closes it, after a final message if there is one.
pub(crate) async fn close(app: &App, request: CloseRequest) -> Result<ActOutcome, CommandError> {
    let running = app.running().await?;
    let conversation = request.conversation;
    let mut jobs = Vec::new();
    if !request.final_message.trim().is_empty() {
        let confirmed = vec![SendQuestion::AnsweredByColleague, SendQuestion::TakenByColleague];
        let message = SendRequest {
            conversation,
            text: request.final_message.clone(),
            private: false,
            confirmed,
            files: Vec::new(),
            reply_to: None,
            template: None,
            undo_seconds: None,
        };
        let stored = stored(&running, conversation).await?;
        match decide(app, &running, &stored, &message).await? {
            Decision::Refuse(reason) => return Ok(ActOutcome::Refused { reason }),
            Decision::Ask { .. } => {
                return Ok(ActOutcome::Refused {
                    reason: Refusal::Offline,
                });
            }
            Decision::Go { take_over } => jobs.push(Job::Send {
                text: message.text,
                private: false,
                take_over,
                extras: MessageExtras::default(),
            }),
        }
    }
    jobs.push(Job::Close);
    press(app, conversation, jobs).await
}

fn note(text: &str) -> Option<Job> {
    let text = text.trim();
    (!text.is_empty()).then(|| Job::note(text))
}

async fn stored(
    running: &Running,
    conversation: ConversationRef,
) -> Result<StoredConversation, CommandError> {
    running
        .store
        .conversation(conversation)
        .await?
        .ok_or_else(|| CommandError {
            code: ErrorCode::NotFound,
            message: "This conversation is not here".into(),
            retryable: false,
        })
}

/// Jobs of one press.
struct Pressed {
    jobs: Vec<Job>,
    /// The composer is empty from then on.
    clear_draft: bool,
    /// Its messages may be taken back until then (epoch seconds).
    not_before: Option<i64>,
}

async fn enqueue(
    app: &App,
    running: &Running,
    conversation: ConversationRef,
    pressed: Pressed,
) -> Result<Vec<OutboxItem>, CommandError> {
    let now = app.now();
    let after_message = running.store.newest_message_id(conversation).await?;
    let queued_offline = !running.engine.status(conversation.account).is_online();
    let items = pressed
        .jobs
        .into_iter()
        .map(|job| NewItem {
            subject: conversation.into(),
            not_before: pressed.not_before.filter(|_| job.is_message()),
            job,
            client_ref: Uuid::now_v7().to_string(),
            created_at: now,
            after_message,
            queued_offline,
        })
        .collect();
    let items = match pressed.clear_draft {
        true => running.store.enqueue_clearing_draft(items).await?,
        false => running.store.enqueue(items).await?,
    };
    running.engine.wake_outbox(conversation.account);
    Ok(items)
}

//! Keeps the outbox of one account going: the first item of each conversation, several conversations at a time.

use super::decide::{Outcome, decide};
use super::gate::{World, gate};
use super::read_back::read_back;
use super::schedule::Schedule;
use super::send::{Attempt, read_after, send};
use crate::account::{self, Context, Failure};
use crate::{Step, SyncEvent, alerts};
use deskbell_domain::{ConversationRef, Job, Message, OutboxItem, OutboxState, StuckReason, Subject};
use deskbell_store::StoreError;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Conversations worked on at once.
const AT_ONCE: usize = 4;
/// The longest sleep: a wake-up that got lost costs no more than this.
const IDLE: Duration = Duration::from_secs(30);
/// Messages looked at to see whether the world changed; one colleague among them is enough.
const SINCE_LIMIT: u32 = 200;
/// "Back in step. N sent" counts what had waited at least this long.
const WAITED_SECONDS: i64 = 5;

/// Runs until the account is stopped.
pub(crate) async fn run(context: Arc<Context>) {
    let mut status = context.watch_status();
    let mut working: JoinSet<Done> = JoinSet::new();
    let mut busy: HashSet<Subject> = HashSet::new();
    let mut schedule = Schedule::default();
    let mut waited = 0;
    loop {
        let sleep = match start_due(&context, &mut working, &mut busy, &mut schedule).await {
            Ok(sleep) => sleep,
            Err(error) => {
                tracing::error!(%error, "The outbox could not be read");
                Duration::from_secs(2)
            }
        };
        if working.is_empty() && waited > 0 {
            context.tell(SyncEvent::SentAfterWaiting {
                account: context.key,
                count: waited,
            });
            waited = 0;
        }
        tokio::select! {
            () = context.outbox.notified() => {}
            _ = status.changed() => {}
            Some(done) = working.join_next() => {
                let Ok(done) = done else { busy.clear(); continue };
                busy.remove(&done.subject);
                waited += u32::from(done.sent_after_waiting);
                if done.try_later {
                    tokio::time::sleep(Duration::from_millis(300)).await;
                }
            }
            () = tokio::time::sleep(sleep) => {}
        }
    }
}

struct Done {
    subject: Subject,
    sent_after_waiting: bool,
    /// The network failed under it: do not spin while the connection notices.
    try_later: bool,
}

/// Starts what is due and says how long nothing else will be.
async fn start_due(
    context: &Arc<Context>,
    working: &mut JoinSet<Done>,
    busy: &mut HashSet<Subject>,
    schedule: &mut Schedule,
) -> Result<Duration, StoreError> {
    if !context.status().is_online() {
        return Ok(IDLE);
    }
    let now = context.now();
    schedule.found(context.take_found());
    let mut next = now + i64::try_from(IDLE.as_secs()).unwrap_or(30);
    for item in context.store.outbox_heads(context.key).await? {
        if busy.contains(&item.subject) {
            continue;
        }
        let due = schedule.due_at(&item, now);
        if due.is_none_or(|due| due > now) {
            next = next.min(due.unwrap_or(next));
            continue;
        }
        if working.len() >= AT_ONCE {
            break;
        }
        busy.insert(item.subject);
        schedule.begun(&item, now);
        let context = context.clone();
        working.spawn(async move { work(&context, item).await });
    }
    Ok(Duration::from_secs(
        u64::try_from((next - now).max(1)).unwrap_or(1),
    ))
}

async fn work(context: &Context, item: OutboxItem) -> Done {
    let subject = item.subject;
    let span = tracing::info_span!("outbox", item = item.id, account = %context.key);
    let result = match item.state {
        OutboxState::Unsure { .. } | OutboxState::Stuck { .. } => resolve(context, &item).await,
        // Nobody works on it, so an earlier attempt ended without a word: its fate is unknown.
        OutboxState::Sending => record(context, &item, Outcome::Lost, None).await,
        _ => attempt(context, &item).await,
    };
    match result {
        Ok(outcome) => {
            span.in_scope(|| tracing::info!(outcome = ?outcome, "Outbox item moved"));
            let sent = matches!(outcome, Outcome::Accepted { .. } | Outcome::Found { .. });
            let waited = context.now() - item.created_at >= WAITED_SECONDS;
            Done {
                subject,
                sent_after_waiting: sent && item.job.is_message() && waited,
                try_later: matches!(
                    outcome,
                    Outcome::NotSent | Outcome::SignedOut | Outcome::Lost | Outcome::Absent
                ),
            }
        }
        Err(error) => {
            span.in_scope(|| tracing::warn!(%error, "Outbox item could not be moved"));
            Done {
                subject,
                sent_after_waiting: false,
                try_later: true,
            }
        }
    }
}

async fn attempt(context: &Context, item: &OutboxItem) -> Result<Outcome, Failure> {
    if let Some(world) = world(context, item).await?
        && let Some(reason) = gate(item, &world, context.now())
    {
        return record(context, item, Outcome::Hold(reason), None).await;
    }
    // What was tried before is looked for once more: cheaper than a guest who reads it twice.
    if item.attempts > 0 && item.job.is_message() {
        let (outcome, message) = read_back(context, item).await?;
        if outcome != Outcome::Absent {
            return record(context, item, outcome, message).await;
        }
    }
    // Durable before the first byte leaves: a crash from here on makes a message unsure, never lost or doubled. What is
    // sent is the item as it is at that moment: edited until then it goes with the new text, thrown away it does not go.
    let Some(item) = context.store.begin_item(item.id).await? else {
        return Ok(Outcome::TryLater);
    };
    let attempt = send(context, &item).await;
    if let Some(refusal) = &attempt.refusal {
        context.store.set_refusal(item.id, refusal.clone()).await?;
    }
    doubt(context, attempt.outcome);
    let attempt = after_failure(context, &item, attempt).await;
    record(context, &item, attempt.outcome, attempt.message).await
}

/// Some failures say something about the whole connection, which may not have noticed: the socket lives on without the
/// token.
fn doubt(context: &Context, outcome: Outcome) {
    match outcome {
        Outcome::SignedOut => context.doubt(Step::TokenRefused),
        Outcome::NotSent => context.doubt(Step::Lost),
        _ => {}
    }
}

/// A server that says it failed works on it no more: what is absent now was never taken.
async fn after_failure(context: &Context, item: &OutboxItem, attempt: Attempt) -> Attempt {
    if attempt.outcome != Outcome::Failed || !item.job.is_message() {
        return attempt;
    }
    match read_back(context, item).await {
        Ok((Outcome::Absent, _)) => Attempt {
            outcome: Outcome::TryLater,
            message: None,
            refusal: None,
        },
        Ok((outcome, message)) => Attempt {
            outcome,
            message,
            refusal: None,
        },
        Err(_) => attempt,
    }
}

async fn resolve(context: &Context, item: &OutboxItem) -> Result<Outcome, Failure> {
    let (outcome, message) = read_back(context, item).await?;
    record(context, item, outcome, message).await
}

/// Messages of this computer that the socket or a catch-up brought: where the answer to one was lost, it is found.
pub(crate) async fn arrived(context: &Context, messages: &[Message]) -> Result<(), Failure> {
    for message in messages {
        let conversation = context.conversation(message.conversation_id);
        let items = context.store.outbox(conversation).await?;
        let is_it =
            |item: &&OutboxItem| message.client_ref() == Some(&item.client_ref) && is_unknown(&item.state);
        if let Some(item) = items.iter().find(is_it) {
            context.found(item.id);
        }
    }
    Ok(())
}

/// It may or may not have arrived.
fn is_unknown(state: &OutboxState) -> bool {
    matches!(
        state,
        OutboxState::Unsure { .. }
            | OutboxState::Stuck {
                reason: StuckReason::Unknown
            }
    )
}

/// Stores what an outcome makes of the item, and shows the server's copy in the same moment.
async fn record(
    context: &Context,
    item: &OutboxItem,
    outcome: Outcome,
    message: Option<Message>,
) -> Result<Outcome, Failure> {
    let verdict = decide(item, outcome, context.now());
    if matches!(outcome, Outcome::NotAllowed | Outcome::Missing)
        && let Some(conversation) = item.conversation()
    {
        account::check(context, conversation.id).await;
    }
    if verdict.state == item.state && verdict.attempts == item.attempts {
        return Ok(outcome);
    }
    if matches!(verdict.state, OutboxState::Sent { .. }) {
        if let Err(error) = read_after(context, item).await {
            tracing::info!(%error, "The conversation could not be read after a change");
        }
        context.store.finish_item(item.id, message).await?;
    } else {
        let asks = matches!(
            verdict.state,
            OutboxState::Held { .. } | OutboxState::Stuck { .. }
        );
        if asks && matches!(item.job, Job::MarkSeen | Job::MarkUnread) {
            // Nobody pressed it and nobody misses it: it must not hold up replies. Not discarded, which a person may do
            // only while it rests.
            context.store.finish_item(item.id, None).await?;
            return Ok(outcome);
        }
        let is_gone = verdict.state == gone();
        context
            .store
            .set_item(item.id, verdict.state, verdict.attempts)
            .await?;
        if asks {
            if is_gone {
                context.store.strand_subject(item.subject).await?;
            }
            if let Some(conversation) = told_at(context, item.subject).await? {
                context.tell(SyncEvent::NotSent {
                    conversation,
                    message: item.job.is_message(),
                });
            }
        }
    }
    alerts::review(context, item.conversation().into_iter().collect()).await?;
    Ok(outcome)
}

/// The subject is gone: nothing behind the item can go either.
fn gone() -> OutboxState {
    OutboxState::Stuck {
        reason: StuckReason::Missing,
    }
}

/// Where the screen shows what became of a subject: a customer's newest conversation.
async fn told_at(context: &Context, subject: Subject) -> Result<Option<ConversationRef>, Failure> {
    match subject {
        Subject::Conversation(conversation) => Ok(Some(conversation)),
        Subject::Contact(contact) => {
            let rows = context
                .store
                .contact_conversations(contact.account, contact.id)
                .await?;
            Ok(rows.first().map(|row| row.conversation()))
        }
    }
}

async fn world(context: &Context, item: &OutboxItem) -> Result<Option<World>, Failure> {
    let Some(conversation) = item.conversation() else {
        return Ok(None);
    };
    let Some(stored) = context.store.conversation(conversation).await? else {
        return Ok(None);
    };
    let window = stored.inbox.as_ref().and_then(|inbox| inbox.reply_window_seconds);
    let window_until = match (window, stored.last_incoming_at) {
        (Some(seconds), Some(at)) => Some(at + seconds),
        _ => None,
    };
    Ok(Some(World {
        me: context.row.me,
        status: stored.server.status,
        assignee: stored.server.agent(),
        opted_out_at: stored.contact.as_ref().and_then(|contact| contact.opted_out_at()),
        window_until,
        since: context
            .store
            .messages_after(conversation, item.after_message, SINCE_LIMIT)
            .await?,
    }))
}

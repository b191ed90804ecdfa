//! What is not on a server yet: tried again, edited, taken back, thrown away, listed.

use crate::core::{App, Running};
use crate::rows::PropertyNames;
use crate::schema::*;
use deskbell_domain::{Contact, Job, OutboxItem, OutboxState, OutgoingFile, Subject};

/// Items answered at most.
const MOST_ITEMS: usize = 500;

/// Tries a stuck or held item again: pressed anew, with what is known now.
pub(crate) async fn retry(app: &App, request: ItemRequest) -> Result<ItemOutcome, CommandError> {
    let running = app.running().await?;
    let Some(item) = running.store.outbox_item(request.item).await? else {
        return Ok(ItemOutcome::TooLate);
    };
    let after = match item.conversation() {
        Some(conversation) => running.store.newest_message_id(conversation).await?,
        None => None,
    };
    let retried = running.store.press_again(item.id, app.now(), after).await?;
    running.engine.wake_outbox(item.subject.account());
    Ok(outcome(retried))
}

/// Changes the text of an unsent message; never reaches the network with the old one. Without a text and without files
/// nothing is left of it.
pub(crate) async fn edit(app: &App, request: EditItemRequest) -> Result<ItemOutcome, CommandError> {
    let running = app.running().await?;
    let item = running.store.outbox_item(request.item).await?;
    let has_files = item.is_some_and(|item| !files(&item.job).is_empty());
    if request.text.trim().is_empty() && !has_files {
        return discard(app, ItemRequest { item: request.item }).await;
    }
    Ok(outcome(
        running.store.edit_item(request.item, &request.text).await?,
    ))
}

/// Throws an unsent change away.
pub(crate) async fn discard(app: &App, request: ItemRequest) -> Result<ItemOutcome, CommandError> {
    let running = app.running().await?;
    let item = running.store.outbox_item(request.item).await?;
    let discarded = running.store.discard_item(request.item).await?;
    went_on(&running, item).await;
    Ok(outcome(discarded))
}

/// Takes an unsent message back into the composer, with its files.
pub(crate) async fn recall(app: &App, request: ItemRequest) -> Result<ItemOutcome, CommandError> {
    let running = app.running().await?;
    let item = running.store.outbox_item(request.item).await?;
    let recalled = running.store.recall_item(request.item, app.now()).await?;
    went_on(&running, item).await;
    Ok(outcome(recalled))
}

/// What stood behind an item that is gone may go on.
async fn went_on(running: &Running, item: Option<OutboxItem>) {
    let Some(item) = item else { return };
    running.engine.wake_outbox(item.subject.account());
    if let Some(conversation) = item.conversation() {
        running.engine.review_alert(conversation).await;
    }
}

fn outcome(done: bool) -> ItemOutcome {
    match done {
        true => ItemOutcome::Done,
        false => ItemOutcome::TooLate,
    }
}

/// Everything unsent, of all properties.
pub(crate) async fn all(app: &App) -> Result<OutboxView, CommandError> {
    let running = app.running().await?;
    let names = PropertyNames::load(&running.store).await?;
    let mut items = Vec::new();
    for account in running.store.accounts().await? {
        for item in running.store.outbox_all(account.key).await? {
            let is_unsent = !matches!(item.state, OutboxState::Sent { .. }) && item.job != Job::MarkSeen;
            if is_unsent && items.len() < MOST_ITEMS {
                items.push(OutboxItemView {
                    item: item.id,
                    subject: item.subject,
                    property: names.property(account.key),
                    name: name_of(&running, item.subject).await?,
                    change: kind(&item.job),
                    text: text(&item.job),
                    files: files(&item.job).to_vec(),
                    created_at: item.created_at,
                    state: item.state,
                    refusal: item.refusal,
                });
            }
        }
    }
    Ok(OutboxView { items })
}

async fn name_of(running: &Running, subject: Subject) -> Result<String, CommandError> {
    let contact = match subject {
        Subject::Contact(contact) => running.store.contact(contact).await?,
        Subject::Conversation(conversation) => {
            let stored = running.store.conversation(conversation).await?;
            stored.and_then(|stored| stored.contact)
        }
    };
    Ok(contact.as_ref().map(Contact::display_name).unwrap_or_default())
}

fn text(job: &Job) -> Option<String> {
    match job {
        Job::Send { text, .. } | Job::AddContactNote { text } | Job::EditContactNote { text, .. } => {
            Some(text.clone())
        }
        _ => None,
    }
}

/// The files that go with a job.
pub(crate) fn files(job: &Job) -> &[OutgoingFile] {
    match job {
        Job::Send { extras, .. } => &extras.files,
        _ => &[],
    }
}

/// The screen's word for a job.
pub(crate) fn kind(job: &Job) -> PendingKind {
    match job {
        Job::Send { .. } => PendingKind::Message,
        Job::TakeOver => PendingKind::TakeOver,
        Job::HandBack => PendingKind::HandBack,
        Job::Escalate => PendingKind::Escalate,
        Job::Assign { .. } => PendingKind::Assign,
        Job::Close => PendingKind::Close,
        Job::Snooze { .. } => PendingKind::Snooze,
        Job::SetPriority { .. } => PendingKind::Priority,
        Job::ChangeLabels { .. } => PendingKind::Labels,
        Job::MarkSeen => PendingKind::Seen,
        Job::MarkUnread => PendingKind::Unread,
        Job::ChangeAttributes { .. } => PendingKind::Attributes,
        Job::SetMuted { .. } => PendingKind::Mute,
        Job::DeleteMessage { .. } => PendingKind::DeleteMessage,
        Job::EditContact { .. } => PendingKind::Contact,
        Job::ChangeContactLabels { .. } => PendingKind::ContactLabels,
        Job::AddContactNote { .. } => PendingKind::ContactNote,
        Job::EditContactNote { .. } => PendingKind::EditContactNote,
        Job::DeleteContactNote { .. } => PendingKind::DeleteContactNote,
    }
}

/// An item that is no message, as the screen shows it.
pub(crate) fn pending_change(item: &OutboxItem) -> Option<PendingChange> {
    if matches!(item.job, Job::Send { .. }) {
        return None;
    }
    Some(PendingChange {
        item: item.id,
        change: kind(&item.job),
        state: item.state.clone(),
        refusal: item.refusal.clone(),
    })
}

/// A message on its way, as the screen shows it; its place is counted by the caller.
pub(crate) fn pending_message(item: &OutboxItem) -> Option<PendingMessage> {
    let Job::Send {
        text,
        private,
        extras,
        ..
    } = &item.job
    else {
        return None;
    };
    let undo_until = match item.state {
        OutboxState::Sent { .. } => return None,
        OutboxState::Waiting { until } if item.is_untried() => Some(until),
        _ => None,
    };
    Some(PendingMessage {
        item: item.id,
        client_ref: item.client_ref.clone(),
        text: text.clone(),
        private: *private,
        created_at: item.created_at,
        state: item.state.clone(),
        place: 0,
        files: extras.files.clone(),
        in_reply_to: extras.reply_to,
        is_template: extras.template.is_some(),
        undo_until,
        refusal: item.refusal.clone(),
    })
}

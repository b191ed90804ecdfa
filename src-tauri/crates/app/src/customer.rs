//! What a person changes about a customer: queued like everything else, in the customer's own order.

use crate::core::App;
use crate::files::bad_request;
use crate::schema::*;
use deskbell_domain::{ContactRef, Job};
use deskbell_store::NewItem;
use uuid::Uuid;

/// The wire's limit of short texts (reference §1.4), in characters.
const LONGEST_FIELD: usize = 255;
/// The wire's limit of long texts, in characters.
const LONGEST_NOTE: usize = 20_000;

/// Queues the touched fields.
pub(crate) async fn edit(app: &App, request: EditContactRequest) -> Result<ActOutcome, CommandError> {
    let EditContactRequest { contact, mut edit } = request;
    let fields = [&mut edit.name, &mut edit.email, &mut edit.phone_number];
    for text in fields.into_iter().flatten() {
        *text = text.trim().to_owned();
        if text.chars().count() > LONGEST_FIELD {
            return Ok(ActOutcome::Refused {
                reason: Refusal::TooLong,
            });
        }
    }
    if edit.is_empty() {
        return Ok(ActOutcome::Done);
    }
    press(app, contact, Job::EditContact { edit }).await
}

/// Queues labels to be added and taken away.
pub(crate) async fn change_labels(
    app: &App,
    request: ContactLabelsRequest,
) -> Result<ActOutcome, CommandError> {
    let ContactLabelsRequest { contact, add, remove } = request;
    press(app, contact, Job::ChangeContactLabels { add, remove }).await
}

/// Queues a note.
pub(crate) async fn add_note(app: &App, request: ContactNoteRequest) -> Result<ActOutcome, CommandError> {
    match refused_note(&request.text) {
        Some(reason) => Ok(ActOutcome::Refused { reason }),
        None => press(app, request.contact, Job::AddContactNote { text: request.text }).await,
    }
}

/// Queues another text for a note.
pub(crate) async fn edit_note(
    app: &App,
    request: EditContactNoteRequest,
) -> Result<ActOutcome, CommandError> {
    if let Some(reason) = refused_note(&request.text) {
        return Ok(ActOutcome::Refused { reason });
    }
    let EditContactNoteRequest {
        contact,
        note,
        text,
        was,
    } = request;
    if text.trim() == was.trim() {
        return Ok(ActOutcome::Done);
    }
    let job = Job::EditContactNote {
        note_id: note,
        text,
        was,
    };
    press(app, contact, job).await
}

fn refused_note(text: &str) -> Option<Refusal> {
    match text.chars().count() {
        _ if text.trim().is_empty() => Some(Refusal::Empty),
        length if length > LONGEST_NOTE => Some(Refusal::TooLong),
        _ => None,
    }
}

/// Queues taking a note away.
pub(crate) async fn delete_note(
    app: &App,
    request: DeleteContactNoteRequest,
) -> Result<ActOutcome, CommandError> {
    let job = Job::DeleteContactNote {
        note_id: request.note,
    };
    press(app, request.contact, job).await
}

async fn press(app: &App, contact: ContactRef, job: Job) -> Result<ActOutcome, CommandError> {
    let running = app.running().await?;
    if running.store.contact(contact).await?.is_none() {
        return Err(CommandError {
            code: ErrorCode::NotFound,
            ..bad_request("This customer is not here")
        });
    }
    let item = NewItem {
        subject: contact.into(),
        job,
        client_ref: Uuid::now_v7().to_string(),
        created_at: app.now(),
        after_message: None,
        queued_offline: !running.engine.status(contact.account).is_online(),
        not_before: None,
    };
    running.store.enqueue(vec![item]).await?;
    running.engine.wake_outbox(contact.account);
    Ok(ActOutcome::Done)
}

//! Changes of customers on the server (reference §7).

use super::decide::Outcome;
use super::send::Failed;
use crate::account::{Context, Failure};
use deskbell_chatwoot::ClientError;
use deskbell_domain::overlay::changed_labels;
use deskbell_domain::{AgentId, ContactId, ContactNote, ContactRef, HoldReason, Job, OutboxItem};
use deskbell_store::Batch;

/// The server's clock may be behind this one by so much.
const CLOCK_SKEW_SECONDS: i64 = 120;

/// Carries out one change; jobs of conversations do nothing here.
pub(super) async fn change_contact(context: &Context, id: ContactId, job: &Job) -> Result<(), Failed> {
    let api = &context.api;
    match job {
        Job::EditContact { edit } => api.update_contact(id, edit).await?,
        Job::ChangeContactLabels { add, remove } => {
            let labels = api.contact_labels(id).await?;
            let changed = changed_labels(&labels, add, remove);
            if changed != labels {
                api.set_contact_labels(id, &changed).await?;
            }
        }
        Job::AddContactNote { text } => api.add_contact_note(id, text).await?,
        Job::EditContactNote { note_id, text, was } => edit_note(context, id, *note_id, (was, text)).await?,
        // Somebody else took it away: done.
        Job::DeleteContactNote { note_id } => match api.delete_contact_note(id, *note_id).await {
            Err(ClientError::Missing) => {}
            answer => answer?,
        },
        _ => {}
    }
    Ok(())
}

/// The wire takes the last text whoever wrote it: what somebody else wrote meanwhile is looked for first.
async fn edit_note(
    context: &Context,
    id: ContactId,
    note: i64,
    (was, text): (&str, &str),
) -> Result<(), Failed> {
    let notes = context.api.contact_notes(id).await?;
    match says_now(&notes, note) {
        None => Err(ClientError::Missing.into()),
        Some(now) if now == text.trim() => Ok(()),
        Some(now) if now != was.trim() => Err(Failed::Held(HoldReason::ChangedByColleague)),
        Some(_) => Ok(context.api.update_contact_note(id, note, text).await?),
    }
}

fn says_now(notes: &[ContactNote], note: i64) -> Option<&str> {
    notes
        .iter()
        .find(|one| one.id == note)
        .map(|one| one.content.trim())
}

/// Reads the customer after a change, so that nothing flickers between the overlay's end and the socket's word.
pub(super) async fn read_contact(context: &Context, contact: ContactRef) -> Result<(), Failure> {
    let told = context.api.contact(contact.id).await?;
    let batch = Batch {
        contacts: vec![told],
        ..Batch::new(context.key)
    };
    context.store.apply(batch).await?;
    Ok(())
}

/// Whether a note whose answer was lost has arrived. The server keeps no key of ours with it: author, text and time must
/// do, and two that fit are one too many to guess.
pub(super) async fn read_note_back(
    context: &Context,
    contact: ContactRef,
    item: &OutboxItem,
) -> Result<Outcome, ClientError> {
    let notes = context.api.contact_notes(contact.id).await?;
    Ok(judge(&notes, item, context.row.me))
}

fn judge(notes: &[ContactNote], item: &OutboxItem, me: AgentId) -> Outcome {
    let Job::AddContactNote { text } = &item.job else {
        return Outcome::Absent;
    };
    let fits = |note: &&ContactNote| {
        note.author == Some(me)
            && note.content.trim() == text.trim()
            && note.created_at >= item.created_at - CLOCK_SKEW_SECONDS
    };
    match notes.iter().filter(fits).count() {
        0 => Outcome::Absent,
        1 => Outcome::Accepted { message_id: None },
        _ => Outcome::Ambiguous,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, OutboxState};

    fn note(id: i64, author: i64, created_at: i64) -> ContactNote {
        ContactNote {
            id,
            content: "Allergic to nuts\n".into(),
            author: Some(AgentId(author)),
            created_at,
            more: Default::default(),
        }
    }

    #[test]
    fn a_note_is_known_by_author_text_and_time_and_two_are_asked_about() {
        let item = OutboxItem {
            id: 1,
            subject: ContactRef::new(AccountKey(1), ContactId(3)).into(),
            job: Job::AddContactNote {
                text: "Allergic to nuts".into(),
            },
            state: OutboxState::Unsure { since: 1_000 },
            client_ref: "r".into(),
            created_at: 1_000,
            attempts: 0,
            after_message: None,
            queued_offline: false,
            refusal: None,
        };
        let judged = |notes: &[ContactNote]| judge(notes, &item, AgentId(7));
        assert_eq!(
            judged(&[note(1, 7, 1_001)]),
            Outcome::Accepted { message_id: None }
        );
        assert_eq!(judged(&[note(1, 8, 1_001), note(2, 7, 500)]), Outcome::Absent);
        assert_eq!(
            judged(&[note(1, 7, 1_001), note(2, 7, 1_002)]),
            Outcome::Ambiguous
        );
    }
}

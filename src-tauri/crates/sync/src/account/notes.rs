//! Notes about a customer: asked of the server when somebody looks, kept for when there is none.

use super::Context;
use super::failure::Failure;
use deskbell_chatwoot::ClientError;
use deskbell_domain::{ContactNote, ContactRef};
use deskbell_store::StoreError;

/// Notes about a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactNotes {
    /// Newest first.
    pub notes: Vec<ContactNote>,
    /// True when the server said so just now; otherwise they are as they were last read here.
    pub is_current: bool,
}

/// The server's list, else the one kept here.
pub(crate) async fn contact_notes(
    context: &Context,
    contact: ContactRef,
) -> Result<ContactNotes, StoreError> {
    match read(context, contact).await {
        Ok(notes) => Ok(ContactNotes {
            notes,
            is_current: true,
        }),
        Err(Failure::Store(error)) => Err(error),
        Err(Failure::Wire(error)) => {
            tracing::info!(%error, "Notes could not be read; the kept ones are shown");
            Ok(ContactNotes {
                notes: context.store.contact_notes(contact).await?,
                is_current: false,
            })
        }
    }
}

async fn read(context: &Context, contact: ContactRef) -> Result<Vec<ContactNote>, Failure> {
    let notes = match context.api.contact_notes(contact.id).await {
        // The customer is gone, or no longer to be seen.
        Err(ClientError::Missing | ClientError::NotAllowed) => Vec::new(),
        answer => answer?,
    };
    context
        .store
        .replace_contact_notes(contact, notes.clone())
        .await?;
    Ok(notes)
}

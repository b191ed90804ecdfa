//! Files of messages: from the copy kept here, or else from the server, and kept from then on.

use super::Context;
use super::failure::Failure;
use crate::{AttachmentProblem, Depth};
use deskbell_chatwoot::{ClientError, Download};
use deskbell_domain::{Attachment, Contact, ContactRef, Message, Status};
use deskbell_store::{AttachmentFile, AttachmentKey};
use std::collections::HashSet;

/// Larger ones are opened in the browser.
const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Fetched ahead without anybody asking only up to this size.
const MOST_BYTES_AHEAD: i64 = 2 * 1024 * 1024;
/// Messages looked through at a time.
const MESSAGES: u32 = 200;
/// Files may take this part of what the offline copy may take.
const PART: u64 = 4;

/// The file, kept here or fetched now.
pub(crate) async fn get(context: &Context, key: AttachmentKey) -> Result<AttachmentFile, AttachmentProblem> {
    let now = context.now();
    let kept = context.store.attachment_file(key, now).await;
    if let Some(file) = kept.map_err(|error| problem(&error.into()))? {
        return Ok(file);
    }
    if let Some((contact, at)) = key.as_recording() {
        let told = recording(context, contact, at).await;
        return keep_told(context, key, told)
            .await
            .map_err(|failure| problem(&failure));
    }
    let message = context.store.message(key.conversation, key.message).await;
    let message = message.map_err(|error| problem(&error.into()))?;
    let attachment = message.iter().flat_map(|message| &message.attachments);
    let attachment = attachment
        .filter(|attachment| attachment.id == key.attachment)
        .find_map(|attachment| address(attachment, key.preview));
    let address = attachment.ok_or(AttachmentProblem::Missing)?.to_owned();
    fetch(context, key, &address)
        .await
        .map_err(|failure| problem(&failure))
}

async fn fetch(context: &Context, key: AttachmentKey, address: &str) -> Result<AttachmentFile, Failure> {
    let told = context.client.download(address, MOST_BYTES).await;
    keep_told(context, key, told.map_err(Failure::from)).await
}

/// The recording of a customer's call, from where the customer's attributes say it is. Those may be set by others than the
/// desk, so the address is asked as a stranger's.
async fn recording(context: &Context, contact: ContactRef, at: i64) -> Result<Download, Failure> {
    let contact = context.store.contact(contact).await?;
    let calls = contact.iter().flat_map(Contact::calls);
    let address = calls
        .filter(|call| call.at == at)
        .find_map(|call| call.recording_url)
        .ok_or(ClientError::Missing)?;
    Ok(context.client.sound(&address, MOST_BYTES).await?)
}

async fn keep_told(
    context: &Context,
    key: AttachmentKey,
    told: Result<Download, Failure>,
) -> Result<AttachmentFile, Failure> {
    let told = told?;
    let file = AttachmentFile {
        content_type: told.content_type,
        bytes: told.bytes,
    };
    let most = most_bytes(*context.policy.depth().borrow());
    let kept = context
        .store
        .keep_attachment_file(key, file.clone(), context.now(), most);
    kept.await?;
    Ok(file)
}

/// Pictures and sounds of what is active, newest conversations first, while there is room.
pub(super) async fn fetch_ahead(
    context: &Context,
    allowed: Depth,
    failed: &mut HashSet<i64>,
) -> Result<(), Failure> {
    for status in [Status::Open, Status::Pending] {
        let messages = context
            .store
            .messages_without_files(context.key, status, MESSAGES)
            .await?;
        for (message, attachment) in shown_files(&messages) {
            if failed.contains(&attachment.id) {
                continue;
            }
            let room = most_bytes(allowed) - most_bytes(allowed) / 4;
            if context.store.attachment_bytes().await? > room {
                return Ok(());
            }
            let preview = attachment.file_type == "image" && !attachment.thumb_url.is_empty();
            let key = AttachmentKey {
                conversation: context.conversation(message.conversation_id),
                message: message.id,
                attachment: attachment.id,
                preview,
            };
            let Some(address) = address(attachment, preview) else {
                continue;
            };
            context.policy.nobody_acts().await;
            match fetch(context, key, address).await {
                Ok(_) => {}
                Err(Failure::Wire(ClientError::Throttled)) => return Err(ClientError::Throttled.into()),
                Err(error) => {
                    tracing::debug!(%error, "A file could not be fetched ahead");
                    failed.insert(attachment.id);
                }
            }
        }
    }
    Ok(())
}

/// What the screen shows in place.
fn shown_files(messages: &[Message]) -> impl Iterator<Item = (&Message, &Attachment)> {
    let all = messages.iter().flat_map(|message| {
        message
            .attachments
            .iter()
            .map(move |attachment| (message, attachment))
    });
    all.filter(|(_, attachment)| {
        matches!(attachment.file_type.as_str(), "image" | "audio") && attachment.file_size <= MOST_BYTES_AHEAD
    })
}

fn address(attachment: &Attachment, preview: bool) -> Option<&str> {
    let address = if preview && !attachment.thumb_url.is_empty() {
        &attachment.thumb_url
    } else {
        &attachment.data_url
    };
    (!address.is_empty()).then_some(address.as_str())
}

fn most_bytes(depth: Depth) -> u64 {
    u64::from(depth.megabytes) * 1_000_000 / PART
}

fn problem(failure: &Failure) -> AttachmentProblem {
    match failure {
        Failure::Wire(ClientError::Refused { .. }) => AttachmentProblem::TooLarge,
        Failure::Wire(ClientError::Missing | ClientError::NotAllowed) => AttachmentProblem::Missing,
        Failure::Wire(_) => AttachmentProblem::NotNow,
        Failure::Store(error) => {
            tracing::warn!(%error, "A file could not be read or kept");
            AttachmentProblem::NotNow
        }
    }
}

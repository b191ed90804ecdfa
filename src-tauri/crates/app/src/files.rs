//! Files in the composer: checked, kept encrypted in pieces, pressed with their message.

use crate::core::{App, Running, failed};
use crate::schema::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use deskbell_domain::compose::{MOST_FILE_BYTES, MOST_FILES, MOST_MESSAGE_BYTES};
use deskbell_domain::{ConversationRef, OutgoingFile, plain};
use deskbell_store::NewFile;

/// Base64 of one piece, in characters: 4 MB.
const LONGEST_PIECE: usize = 4 * 1024 * 1024 / 3 * 4 + 4;
/// A name longer than this is cut; the end, with its type, stays.
const LONGEST_NAME: usize = 200;

/// Makes room for a file, or says which limit it is over.
pub(crate) async fn add(app: &App, request: AddFileRequest) -> Result<AddFileOutcome, CommandError> {
    let running = app.running().await?;
    let present = running.store.draft_files(request.conversation).await?;
    if let Some((reason, limit)) = refusal(&present, request.size) {
        return Ok(AddFileOutcome::Refused { reason, limit });
    }
    let file = NewFile {
        conversation: request.conversation,
        name: file_name(&request.name),
        content_type: request.content_type,
        size: request.size,
        added_at: app.now(),
    };
    Ok(AddFileOutcome::Added {
        file: running.store.add_file(file).await?,
    })
}

/// Which limit one more file of `size` bytes is over.
fn refusal(present: &[OutgoingFile], size: u64) -> Option<(FileRefusal, u64)> {
    let together = present
        .iter()
        .map(|file| file.size)
        .sum::<u64>()
        .saturating_add(size);
    if size == 0 {
        Some((FileRefusal::Empty, 1))
    } else if size > MOST_FILE_BYTES {
        Some((FileRefusal::TooLarge, MOST_FILE_BYTES))
    } else if present.len() >= MOST_FILES {
        Some((FileRefusal::TooMany, MOST_FILES as u64))
    } else if together > MOST_MESSAGE_BYTES {
        Some((FileRefusal::MessageTooLarge, MOST_MESSAGE_BYTES))
    } else {
        None
    }
}

/// The last part of a path, without what no file system takes or what hides the ending.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: Vec<char> = plain(last).chars().collect();
    let start = kept.len().saturating_sub(LONGEST_NAME);
    let name: String = kept[start..].iter().collect();
    if name.trim().is_empty() {
        "file".to_owned()
    } else {
        name
    }
}

/// Keeps the next bytes.
pub(crate) async fn append(app: &App, request: AppendFileRequest) -> Result<ItemOutcome, CommandError> {
    let running = app.running().await?;
    if request.data.len() > LONGEST_PIECE {
        return Err(bad_request("A piece of a file is too long"));
    }
    let bytes = STANDARD
        .decode(&request.data)
        .map_err(|_| bad_request("A piece of a file is no base64"))?;
    Ok(outcome(running.store.append_to_file(request.file, bytes).await?))
}

/// Takes a file out of the composer.
pub(crate) async fn remove(app: &App, request: FileRequest) -> Result<ItemOutcome, CommandError> {
    let running = app.running().await?;
    Ok(outcome(running.store.drop_file(request.file).await?))
}

/// The files of a message about to be pressed, in the order asked for.
pub(crate) async fn chosen(
    running: &Running,
    conversation: ConversationRef,
    ids: &[i64],
) -> Result<Vec<OutgoingFile>, CommandError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let present = running.store.draft_files(conversation).await?;
    let mut files = Vec::with_capacity(ids.len());
    for id in ids {
        let file = present.iter().find(|file| file.id == *id);
        files.push(
            file.cloned()
                .ok_or_else(|| bad_request("A file is not whole yet, or no longer here"))?,
        );
    }
    files.dedup_by_key(|file| file.id);
    let together: u64 = files.iter().map(|file| file.size).sum();
    if files.len() > MOST_FILES || together > MOST_MESSAGE_BYTES {
        return Err(failed(&"The files are too many or too large for one message"));
    }
    Ok(files)
}

pub(crate) fn bad_request(message: &str) -> CommandError {
    CommandError {
        code: ErrorCode::BadRequest,
        message: message.to_owned(),
        retryable: false,
    }
}

fn outcome(done: bool) -> ItemOutcome {
    match done {
        true => ItemOutcome::Done,
        false => ItemOutcome::TooLate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(size: u64) -> OutgoingFile {
        OutgoingFile {
            id: 1,
            name: "a".into(),
            content_type: "image/png".into(),
            size,
        }
    }

    #[test]
    fn each_limit_is_named() {
        assert_eq!(refusal(&[], MOST_FILE_BYTES), None);
        assert_eq!(
            refusal(&[], MOST_FILE_BYTES + 1),
            Some((FileRefusal::TooLarge, MOST_FILE_BYTES))
        );
        assert_eq!(refusal(&[], 0), Some((FileRefusal::Empty, 1)));
        let two = [file(MOST_FILE_BYTES), file(MOST_FILE_BYTES)];
        assert_eq!(
            refusal(&two, MOST_FILE_BYTES),
            Some((FileRefusal::MessageTooLarge, MOST_MESSAGE_BYTES))
        );
        let many = vec![file(1); MOST_FILES];
        assert_eq!(refusal(&many, 1), Some((FileRefusal::TooMany, MOST_FILES as u64)));
    }

    #[test]
    fn a_path_is_no_name() {
        assert_eq!(file_name("C:\\Users\\Mara\\invoice.pdf"), "invoice.pdf");
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("\u{0}"), "file");
        assert_eq!(file_name("invoice\u{202e}fdp.exe"), "invoicefdp.exe");
        assert!(file_name(&format!("{}.pdf", "x".repeat(900))).ends_with("x.pdf"));
    }
}

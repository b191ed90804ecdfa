//! Files of messages for the screen: by number, never by an address, so that a page cannot make this computer ask for
//! anything but what a server told.

use crate::core::App;
use deskbell_domain::{AccountKey, ContactId, ContactRef, ConversationId, ConversationRef, MessageId};
pub use deskbell_store::AttachmentFile;
use deskbell_store::AttachmentKey;
use deskbell_sync::AttachmentProblem;

/// Types that are shown in place. Everything else is opened outside, whatever the guest called it.
const SHOWN: &[&str] = &["image/", "audio/", "video/"];

/// Reads `account/conversation/message/attachment/preview|file` or `account/contact/call/at`, as the screen writes them.
fn key(path: &str) -> Option<AttachmentKey> {
    let path = path.trim_matches('/');
    if let [account, contact, "call", at] = path.split('/').collect::<Vec<_>>()[..] {
        let contact = ContactRef::new(
            AccountKey(account.parse().ok()?),
            ContactId(contact.parse().ok()?),
        );
        return Some(AttachmentKey::recording(
            contact,
            at.parse().ok().filter(|at| *at > 0)?,
        ));
    }
    let mut parts = path.split('/');
    let mut number = || parts.next()?.parse::<i64>().ok();
    let (account, conversation, message, attachment) = (number()?, number()?, number()?, number()?);
    let preview = match (parts.next()?, parts.next()) {
        ("preview", None) => true,
        ("file", None) => false,
        _ => return None,
    };
    Some(AttachmentKey {
        conversation: ConversationRef::new(AccountKey(account), ConversationId(conversation)),
        message: MessageId(message),
        attachment,
        preview,
    })
}

impl App {
    /// The file at a path of the screen's own scheme.
    ///
    /// # Errors
    /// [`AttachmentProblem`]; a path that names nothing is `Missing`, and so is a file of a type that is not shown.
    pub async fn attachment(&self, path: &str) -> Result<AttachmentFile, AttachmentProblem> {
        let key = key(path).ok_or(AttachmentProblem::Missing)?;
        if self.lock().is_locked() {
            return Err(AttachmentProblem::NotNow);
        }
        let running = self.running().await.map_err(|_| AttachmentProblem::NotNow)?;
        let file = running.engine.attachment(key).await?;
        let is_shown = SHOWN.iter().any(|kind| file.content_type.starts_with(kind));
        is_shown.then_some(file).ok_or(AttachmentProblem::Missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_name_a_file() {
        let found = key("/1/22/333/4/preview").unwrap();
        assert_eq!((found.conversation.account.0, found.conversation.id.0), (1, 22));
        assert_eq!((found.message.0, found.attachment, found.preview), (333, 4, true));
        let call = key("/1/9/call/1700000000").and_then(|key| key.as_recording());
        let of = ContactRef::new(AccountKey(1), ContactId(9));
        assert_eq!(call, Some((of, 1_700_000_000)));
        for path in [
            "",
            "1/9/call/-5",
            "1/9/call/x",
            "1/9/call/5/file",
            "1/2/3/4",
            "1/2/3/4/other",
            "1/2/3/4/file/..",
            "1/2/x/4/file",
            "../../etc/passwd",
        ] {
            assert!(key(path).is_none(), "{path}");
        }
    }
}

//! Files of messages in the cache: within their limit, and only as long as their message has them.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;

fn attachment(id: i64) -> Attachment {
    Attachment {
        id,
        file_type: "image".into(),
        data_url: format!("https://desk.example/{id}"),
        thumb_url: String::new(),
        file_name: String::new(),
        file_size: 10,
        width: None,
        height: None,
        more: serde_json::Map::new(),
    }
}

fn with_file(id: i64) -> Message {
    let mut message = message(1, id, "Look");
    message.attachments = vec![attachment(id)];
    message
}

fn file(bytes: usize) -> AttachmentFile {
    AttachmentFile {
        content_type: "image/png".into(),
        bytes: vec![7; bytes],
    }
}

impl Desk {
    fn file_of(&self, id: i64) -> AttachmentKey {
        AttachmentKey {
            conversation: self.at(1),
            message: MessageId(id),
            attachment: id,
            preview: false,
        }
    }

    async fn keep(&self, id: i64, bytes: usize, now: i64) {
        let kept = self
            .store
            .keep_attachment_file(self.file_of(id), file(bytes), now, 1000);
        kept.await.unwrap();
    }

    async fn kept(&self, id: i64, now: i64) -> bool {
        self.store
            .attachment_file(self.file_of(id), now)
            .await
            .unwrap()
            .is_some()
    }
}

async fn with_three() -> Desk {
    let desk = Desk::new().await;
    desk.tell(vec![waiting(1)]).await;
    desk.tell_messages(vec![with_file(10), with_file(11), with_file(12)])
        .await;
    desk
}

#[tokio::test]
async fn the_one_nobody_looked_at_for_the_longest_goes_first() {
    let desk = with_three().await;
    desk.keep(10, 400, 1_000).await;
    desk.keep(11, 400, 2_000).await;
    assert!(desk.kept(10, 9_000).await, "and it is looked at");
    desk.keep(12, 400, 9_500).await;
    assert!(desk.kept(10, 9_500).await);
    assert!(!desk.kept(11, 9_500).await);
    assert!(desk.kept(12, 9_500).await);
    assert_eq!(desk.store.attachment_bytes().await.unwrap(), 800);
    desk.keep(11, 1_001, 9_600).await;
    assert!(!desk.kept(11, 9_600).await, "larger than all together may be");
    assert_eq!(desk.store.attachment_bytes().await.unwrap(), 800);
}

#[tokio::test]
async fn a_file_goes_with_its_message_and_its_conversation() {
    let desk = with_three().await;
    for id in [10, 11, 12] {
        desk.keep(id, 10, 1_000).await;
    }
    let desk = desk.restart().await;
    let mut taken_back = message(1, 10, "This message was deleted");
    taken_back
        .content_attributes
        .insert("deleted".into(), true.into());
    let mut read = with_file(11);
    read.delivery = Delivery::Read;
    desk.tell_messages(vec![taken_back, read]).await;
    assert!(!desk.kept(10, 1_000).await);
    assert!(desk.kept(11, 1_000).await, "another word of it changes nothing");
    let removed = Batch {
        removed: vec![ConversationId(1)],
        ..Batch::new(desk.account)
    };
    desk.store.apply(removed).await.unwrap();
    assert_eq!(desk.store.attachment_bytes().await.unwrap(), 0);
}

#[tokio::test]
async fn what_active_conversations_show_and_is_not_here_is_named() {
    let desk = with_three().await;
    desk.tell_messages(vec![message(1, 13, "No file")]).await;
    desk.keep(11, 10, 1_000).await;
    let missing = async |status| {
        let messages = desk.store.messages_without_files(desk.account, status, 9).await;
        messages
            .unwrap()
            .iter()
            .map(|message| message.id.0)
            .collect::<Vec<_>>()
    };
    let mut open = missing(Status::Open).await;
    open.sort_unstable();
    assert_eq!(open, [10, 12]);
    assert_eq!(missing(Status::Resolved).await, [0_i64; 0]);
    let foreign = AttachmentKey {
        message: MessageId(99),
        ..desk.file_of(10)
    };
    desk.store
        .keep_attachment_file(foreign, file(10), 1_000, 1000)
        .await
        .unwrap();
    assert_eq!(
        desk.store.attachment_bytes().await.unwrap(),
        10,
        "its message is not here"
    );
}

//! What waits is merged, edited, taken back, carries files, and belongs to conversations and customers.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;
use std::sync::Arc;

fn priority(priority: Option<Priority>) -> Job {
    Job::SetPriority { priority }
}

async fn jobs(desk: &Desk, subject: impl Into<Subject>) -> Vec<Job> {
    let items = desk.store.outbox(subject).await.unwrap();
    items.into_iter().map(|item| item.job).collect()
}

#[tokio::test]
async fn a_later_press_of_a_kind_replaces_the_earlier_one_and_back_to_the_start_is_nothing() {
    let desk = Desk::new().await;
    desk.tell(vec![waiting(1)]).await;
    let first = desk.press(1, priority(Some(Priority::Low))).await;
    let second = desk.press(1, priority(Some(Priority::High))).await;
    assert_eq!(second.id, first.id, "the press is carried by the same item");
    let desk = desk.restart().await;
    assert_eq!(jobs(&desk, desk.at(1)).await, [priority(Some(Priority::High))]);
    let kept = desk
        .store
        .enqueue(vec![desk.item(1, priority(None))])
        .await
        .unwrap();
    assert_eq!(kept, [], "the server has no priority: nothing to say");
    assert_eq!(jobs(&desk, desk.at(1)).await, []);
    assert_eq!(desk.restart().await.store.unsent_count().await.unwrap(), 0);
}

#[tokio::test]
async fn what_the_sender_took_up_is_not_changed_under_it() {
    let desk = Desk::new().await;
    desk.tell(vec![waiting(1)]).await;
    let low = desk.press(1, priority(Some(Priority::Low))).await;
    assert!(desk.store.begin_item(low.id).await.unwrap().is_some());
    desk.press(1, priority(None)).await;
    assert_eq!(
        jobs(&desk, desk.at(1)).await,
        [priority(Some(Priority::Low)), priority(None)]
    );
    let desk = desk.restart().await;
    desk.store.recover_sending(2_000).await.unwrap();
    let items = desk.store.outbox(desk.at(1)).await.unwrap();
    assert_eq!(
        (items[0].state.clone(), items[0].attempts),
        (OutboxState::Queued, 1)
    );
    desk.press(1, priority(Some(Priority::High))).await;
    assert_eq!(
        jobs(&desk, desk.at(1)).await,
        [priority(Some(Priority::Low)), priority(Some(Priority::High))],
        "what may have had its effect stays as it was sent"
    );
}

#[tokio::test]
async fn a_customers_changes_stand_in_their_own_order_and_show_at_once() {
    let desk = Desk::new().await;
    let mut conversation = waiting(1);
    conversation.contact_id = Some(ContactId(5));
    let batch = Batch {
        conversations: vec![conversation],
        contacts: vec![contact(5, "Ines")],
        ..Batch::new(desk.account)
    };
    desk.store.apply(batch).await.unwrap();
    let customer = ContactRef::new(desk.account, ContactId(5));
    let edit = |name: &str| {
        let edit = ContactEdit {
            name: Some(name.into()),
            ..ContactEdit::default()
        };
        NewItem {
            subject: customer.into(),
            ..desk.item(1, Job::EditContact { edit })
        }
    };
    let mut changes = desk.store.changes();
    let kept = desk.store.enqueue(vec![edit("Inés")]).await.unwrap();
    assert!(
        changes
            .recv()
            .await
            .unwrap()
            .contains(&Change::Conversation(desk.at(1)))
    );
    desk.press(1, Job::Close).await;
    let heads = desk.store.outbox_heads(desk.account).await.unwrap();
    assert_eq!(heads.len(), 2, "neither waits for the other");
    let shown = desk.store.conversation(desk.at(1)).await.unwrap().unwrap();
    assert_eq!(shown.contact.unwrap().name, "Inés");
    let desk = desk.restart().await;
    let row = desk.store.window(&query(View::All)).await.unwrap();
    assert_eq!(row.rows.len(), 0, "closed");
    let shown = desk.store.contact(customer).await.unwrap().unwrap();
    assert_eq!(shown.name, "Inés");
    desk.store.finish_item(kept[0].id, None).await.unwrap();
    assert_eq!(jobs(&desk, customer).await, []);
    assert_eq!(desk.store.contact(customer).await.unwrap().unwrap().name, "Ines");
}

async fn file(desk: &Desk, bytes: &[u8]) -> i64 {
    let new = NewFile {
        conversation: desk.at(1),
        name: "menu.txt".into(),
        content_type: "text/plain".into(),
        size: bytes.len() as u64,
        added_at: 1_000,
    };
    let id = desk.store.add_file(new).await.unwrap();
    for piece in bytes.chunks(3) {
        assert!(desk.store.append_to_file(id, piece.to_vec()).await.unwrap());
    }
    id
}

fn with_files(files: Vec<OutgoingFile>) -> Job {
    Job::Send {
        text: "Here".into(),
        private: false,
        take_over: false,
        extras: MessageExtras {
            files,
            ..MessageExtras::default()
        },
    }
}

#[tokio::test]
async fn a_file_is_kept_whole_with_its_message_encrypted_and_leaves_with_it() {
    let desk = Desk::new().await;
    let id = file(&desk, b"Soup of the day").await;
    assert!(
        !desk.store.append_to_file(id, b"!".to_vec()).await.unwrap(),
        "no longer than it said"
    );
    let unfinished = NewFile {
        conversation: desk.at(1),
        name: "b".into(),
        content_type: String::new(),
        size: 9,
        added_at: 1_000,
    };
    let unfinished = desk.store.add_file(unfinished).await.unwrap();
    let files = desk.store.draft_files(desk.at(1)).await.unwrap();
    assert_eq!(files.iter().map(|file| file.id).collect::<Vec<_>>(), [id]);
    let item = desk
        .store
        .enqueue_clearing_draft(vec![desk.item(1, with_files(files))])
        .await
        .unwrap()
        .remove(0);
    assert!(!desk.store.drop_file(id).await.unwrap(), "pressed");
    assert!(
        desk.store.append_to_file(unfinished, vec![1]).await.unwrap(),
        "its bytes still come"
    );
    let desk = desk.restart().await;
    desk.store.recover_sending(2_000).await.unwrap();
    assert!(
        !desk.store.append_to_file(unfinished, vec![1]).await.unwrap(),
        "nobody goes on with it after a restart"
    );
    let bytes = desk.store.file_bytes(id).await.unwrap();
    assert_eq!(bytes.as_deref(), Some(&b"Soup of the day"[..]));
    let on_disk = files_of(&desk);
    assert!(on_disk.iter().all(|bytes| !holds(bytes, "Soup of the day")));
    assert!(desk.store.discard_item(item.id).await.unwrap());
    assert_eq!(desk.store.file_bytes(id).await.unwrap(), None);
}

fn files_of(desk: &Desk) -> Vec<Vec<u8>> {
    crate::common::files(desk.dir.path()).into_values().collect()
}

#[tokio::test]
async fn a_message_whose_file_is_not_whole_or_not_its_own_is_not_kept() {
    let desk = Desk::new().await;
    let id = file(&desk, b"Soup").await;
    let mut file = desk.store.draft_files(desk.at(1)).await.unwrap().remove(0);
    let elsewhere = desk.item(2, with_files(vec![file.clone()]));
    assert!(desk.store.enqueue(vec![elsewhere]).await.is_err());
    file.id = 999;
    let unknown = desk.item(1, with_files(vec![file]));
    assert!(desk.store.enqueue(vec![unknown]).await.is_err());
    assert_eq!(desk.store.unsent_count().await.unwrap(), 0);
    assert_eq!(desk.store.draft_files(desk.at(1)).await.unwrap()[0].id, id);
}

#[tokio::test]
async fn a_recalled_message_is_back_in_the_composer_before_what_was_typed_since() {
    let desk = Desk::new().await;
    file(&desk, b"Soup").await;
    let files = desk.store.draft_files(desk.at(1)).await.unwrap();
    let mut item = desk.item(1, with_files(files.clone()));
    item.not_before = Some(5_000);
    let item = desk
        .store
        .enqueue_clearing_draft(vec![item])
        .await
        .unwrap()
        .remove(0);
    assert_eq!(item.state, OutboxState::Waiting { until: 5_000 });
    desk.store
        .save_draft(desk.at(1), "And more", false, 2_000)
        .await
        .unwrap();
    assert!(desk.store.recall_item(item.id, 3_000).await.unwrap());
    assert!(!desk.store.recall_item(item.id, 3_000).await.unwrap());
    let desk = desk.restart().await;
    let draft = desk.store.draft(desk.at(1)).await.unwrap().unwrap();
    assert_eq!((draft.text.as_str(), draft.private), ("Here\n\nAnd more", false));
    assert_eq!(desk.store.draft_files(desk.at(1)).await.unwrap(), files);
    assert_eq!(jobs(&desk, desk.at(1)).await, []);
}

#[tokio::test]
async fn a_vanished_subject_strands_what_waits_in_it_and_nothing_else() {
    let desk = Desk::new().await;
    let first = desk.press(1, reply("one")).await;
    desk.press(1, reply("two")).await;
    desk.press(1, Job::MarkSeen).await;
    desk.press(2, reply("elsewhere")).await;
    let missing = OutboxState::Stuck {
        reason: StuckReason::Missing,
    };
    desk.store.set_item(first.id, missing.clone(), 0).await.unwrap();
    let here = desk.at(1).into();
    assert_eq!(desk.store.strand_subject(here).await.unwrap(), 1);
    let items = desk.store.outbox(here).await.unwrap();
    assert!(items.iter().all(|item| item.state == missing));
    assert_eq!(items.len(), 2, "nobody is asked about having looked");
    assert_eq!(
        desk.store.outbox(desk.at(2)).await.unwrap()[0].state,
        OutboxState::Queued
    );
}

#[tokio::test]
async fn a_login_with_unsent_work_is_forgotten_only_on_purpose() {
    let desk = Desk::new().await;
    let login = desk.store.accounts().await.unwrap()[0].login;
    desk.press(1, Job::MarkSeen).await;
    desk.press(1, reply("one")).await;
    let asked = desk.store.remove_logins(vec![login], false).await.unwrap();
    assert_eq!(asked, SignedOut::Unsent { count: 1 });
    assert_eq!(desk.store.unsent_count().await.unwrap(), 1);
    let done = desk.store.remove_logins(vec![login], true).await.unwrap();
    assert_eq!(done, SignedOut::Done);
    assert_eq!(desk.store.unsent_count().await.unwrap(), 0);
    assert_eq!(desk.store.accounts().await.unwrap(), []);
}

#[tokio::test]
async fn what_may_have_arrived_keeps_its_words_and_a_template_its_preview() {
    let desk = Desk::new().await;
    let item = desk.press(1, reply("Hello")).await;
    let unknown = OutboxState::Stuck {
        reason: StuckReason::Unknown,
    };
    desk.store.set_item(item.id, unknown, 1).await.unwrap();
    assert!(!desk.store.edit_item(item.id, "Bye").await.unwrap());
    let template = TemplateMessage {
        name: "found_item".into(),
        language: "en".into(),
        category: "UTILITY".into(),
        namespace: None,
        processed_params: Default::default(),
    };
    let job = Job::Send {
        text: "Hello Ines".into(),
        private: false,
        take_over: false,
        extras: MessageExtras {
            template: Some(template),
            ..MessageExtras::default()
        },
    };
    let template = desk.press(2, job).await;
    assert!(!desk.store.edit_item(template.id, "Anything").await.unwrap());
    assert!(desk.store.discard_item(template.id).await.unwrap());
}

/// The sender takes items up while somebody edits them or throws them away, in whatever order the threads come to it:
/// the answer to the person is what is sent.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_edit_and_the_sender_never_disagree() {
    let desk = Arc::new(Desk::new().await);
    let mut outcomes = [0_u32; 4];
    for round in 0..200_i64 {
        let item = desk.press(round, reply("before")).await.id;
        let mut sender = tokio::spawn({
            let desk = Arc::clone(&desk);
            async move {
                for _ in 0..round % 5 {
                    tokio::task::yield_now().await;
                }
                desk.store.begin_item(item).await.unwrap()
            }
        });
        // Now and then one of them surely comes first.
        let early = match round % 10 {
            2 | 3 => Some((&mut sender).await.unwrap()),
            _ => None,
        };
        let person = tokio::spawn({
            let desk = Arc::clone(&desk);
            async move {
                for _ in 0..(round / 5) % 5 {
                    tokio::task::yield_now().await;
                }
                match round % 2 {
                    0 => desk.store.edit_item(item, "after").await.unwrap(),
                    _ => desk.store.discard_item(item).await.unwrap(),
                }
            }
        });
        let (sent, done) = match early {
            Some(sent) => (sent, person.await.unwrap()),
            None => {
                let done = person.await.unwrap();
                (sender.await.unwrap(), done)
            }
        };
        let sent = sent.map(|item| item.job);
        match (round % 2 == 0, done) {
            (true, true) => assert_eq!(sent, Some(reply("after"))),
            (true, false) => assert_eq!(sent, Some(reply("before"))),
            (false, true) => assert_eq!(sent, None),
            (false, false) => assert_eq!(sent, Some(reply("before"))),
        }
        outcomes[usize::from(done) + usize::from(round % 2 == 0) * 2] += 1;
    }
    assert!(
        outcomes[0] > 0 && outcomes[2] > 0,
        "the sender was faster at times: {outcomes:?}"
    );
}

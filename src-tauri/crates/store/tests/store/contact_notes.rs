//! Notes about customers are there without a network, as they were last read.

use crate::common::*;
use deskbell_domain::*;
use serde_json::json;

fn note(id: i64, content: &str) -> ContactNote {
    ContactNote {
        id,
        content: content.into(),
        author: Some(AgentId(7)),
        created_at: id,
        more: json!({ "updated_at": 9 }).as_object().cloned().unwrap(),
    }
}

#[tokio::test]
async fn the_last_list_of_each_customer_is_kept() {
    let desk = Desk::new().await;
    let (ines, ada) = (
        ContactRef::new(desk.account, ContactId(9)),
        ContactRef::new(desk.account, ContactId(4)),
    );
    let first = vec![note(2, "Allergic to nuts"), note(1, "Quiet room")];
    desk.store
        .replace_contact_notes(ines, first.clone())
        .await
        .unwrap();
    desk.store
        .replace_contact_notes(ada, vec![note(3, "Late")])
        .await
        .unwrap();
    let desk = desk.restart().await;
    assert_eq!(desk.store.contact_notes(ines).await.unwrap(), first);
    desk.store
        .replace_contact_notes(ines, vec![note(2, "Allergic")])
        .await
        .unwrap();
    assert_eq!(
        desk.store.contact_notes(ines).await.unwrap(),
        [note(2, "Allergic")]
    );
    assert_eq!(desk.store.contact_notes(ada).await.unwrap(), [note(3, "Late")]);
}

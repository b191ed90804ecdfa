//! The address book: every customer once, in order, with their newest conversation.

use crate::common::*;
use deskbell_domain::*;
use deskbell_store::*;

async fn desk() -> Desk {
    let desk = Desk::new().await;
    let mut told = Batch::new(desk.account);
    let names = ["Zoë", "émile", "Emil", "Андрей", "7 Dwarfs", "", "Nobody wrote"];
    for (id, name) in (1..).zip(names) {
        told.contacts.push(contact(id, name));
    }
    told.contacts[5].phone_number = Some("+4179".into());
    for (conversation, guest, at) in [
        (10, 1, 5),
        (11, 1, 9),
        (12, 2, 1),
        (13, 3, 1),
        (14, 4, 1),
        (15, 5, 1),
        (16, 6, 1),
    ] {
        told.conversations.push(Conversation {
            contact_id: Some(ContactId(guest)),
            last_activity_at: at,
            ..waiting(conversation)
        });
    }
    desk.store.apply(told).await.unwrap();
    desk
}

fn ids(customers: &Customers) -> Vec<i64> {
    customers.rows.iter().map(|row| row.shown.id.0).collect()
}

#[tokio::test]
async fn everybody_who_wrote_stands_in_order_under_their_letter() {
    let desk = desk().await;
    for accounts in [vec![], vec![desk.account], vec![desk.account, AccountKey(99)]] {
        let all = desk.store.customers(&accounts, 0, 50).await.unwrap();
        assert_eq!(
            ids(&all),
            [13, 12, 11, 14, 16, 15],
            "Emil, émile, Zoë's newest, Андрей, numbers; nobody without a conversation"
        );
        let letters: Vec<(&str, u32)> = all
            .letters
            .iter()
            .map(|(letter, count)| (letter.as_str(), *count))
            .collect();
        assert_eq!(letters, [("E", 2), ("Z", 1), ("А", 1), ("#", 2)]);
        for (offset, there) in [
            (0, vec![13, 12]),
            (3, vec![14, 16]),
            (4, vec![16, 15]),
            (5, vec![15]),
            (6, vec![]),
        ] {
            let some = desk.store.customers(&accounts, offset, 2).await.unwrap();
            assert_eq!((ids(&some), &some.letters), (there, &all.letters));
        }
    }
    assert_eq!(
        ids(&desk.store.customers(&[AccountKey(99)], 0, 9).await.unwrap()),
        Vec::<i64>::new()
    );
}

#[tokio::test]
async fn a_new_name_moves_its_customer() {
    let desk = desk().await;
    let mut told = Batch::new(desk.account);
    told.contacts.push(contact(1, "Anna"));
    desk.store.apply(told).await.unwrap();
    let all = desk.store.customers(&[], 0, 50).await.unwrap();
    assert_eq!(ids(&all), [11, 13, 12, 14, 16, 15]);
}

//! Believable properties: conversations, guests and messages as the server tells them.

use crate::random::Random;
use crate::texts;
use deskbell_domain::*;
use deskbell_store::{Batch, NewAccount, NewLogin, Result, Store};
use serde_json::json;

/// How much there is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub conversations: i64,
    pub messages: i64,
}

impl Size {
    /// Messages of each conversation.
    pub fn each(self) -> i64 {
        self.messages / self.conversations.max(1)
    }
}

pub const ME: AgentId = AgentId(7);
const PROPERTIES: i64 = 3;
const AGENTS: i64 = 12;
const LABELS: &[&str] = &["booking", "vip", "complaint", "invoice", "group", "spa"];
const CHANNELS: &[Channel] = &[
    Channel::Web,
    Channel::Whatsapp,
    Channel::Email,
    Channel::Sms,
    Channel::Instagram,
];

/// The moment everything was told (epoch seconds).
pub const NOW: i64 = 1_790_000_000;
const TWO_YEARS: i64 = 2 * 365 * 24 * 3600;

/// Signs in to three properties with five inboxes each.
pub async fn sign_in(store: &Store) -> Result<Vec<AccountKey>> {
    let accounts = store.save_login(login()).await?;
    for &account in &accounts {
        let inboxes = CHANNELS.iter().zip(1..);
        let inboxes = inboxes.map(|(&channel, id)| inbox(id, channel)).collect();
        store.replace_inboxes(account, inboxes).await?;
        let mut people = Batch::new(account);
        people.agents = (1..=AGENTS).map(agent).collect();
        store.apply(people).await?;
    }
    Ok(accounts)
}

fn login() -> NewLogin {
    NewLogin {
        server: "https://desk.example".into(),
        built_in: false,
        email: "mara@desk.example".into(),
        user_id: ME.0,
        user_name: "Mara".into(),
        token: "token".into(),
        pubsub_token: "pubsub".into(),
        stay: true,
        accounts: (1..=PROPERTIES)
            .map(|account_id| NewAccount {
                account_id,
                name: format!("Hotel {account_id}"),
                access: Access::plain(Role::Agent),
            })
            .collect(),
    }
}

fn inbox(id: i64, channel: Channel) -> Inbox {
    Inbox {
        id: InboxId(id),
        name: format!("Inbox {id}"),
        channel,
        channel_type: "Channel::Api".into(),
        has_bot: Some(true),
        bot_name: Some("Concierge".into()),
        reply_window_seconds: channel.reply_window_seconds(),
        timezone: None,
        more: Default::default(),
    }
}

fn agent(id: i64) -> Agent {
    Agent {
        id: AgentId(id),
        name: format!("Agent {id}"),
        email: format!("agent{id}@desk.example"),
        role: Some(Role::Agent),
        availability: Availability::Online,
        more: Default::default(),
    }
}

/// The conversations `from` up to `to` with their guests and messages. The highest numbers are the newest.
pub fn batch(seed: u64, size: Size, accounts: &[AccountKey], from: i64, to: i64) -> Vec<Batch> {
    let mut batches: Vec<Batch> = accounts.iter().map(|&account| Batch::new(account)).collect();
    for number in from..to {
        let place = usize::try_from(number).unwrap_or(0) % batches.len().max(1);
        if let Some(batch) = batches.get_mut(place) {
            add(batch, seed, size, number);
        }
    }
    batches.retain(|batch| !batch.conversations.is_empty());
    batches
}

fn add(batch: &mut Batch, seed: u64, size: Size, number: i64) {
    let mut random = Random::new(seed ^ (number as u64).wrapping_mul(0x2545_F491_4F6C_DD1D));
    let language = texts::language(&mut random);
    let begun = NOW - TWO_YEARS + number * TWO_YEARS / size.conversations.max(1) - random.up_to(86_400);
    let mut last = begun;
    for place in 0..size.each() {
        last += 30 + random.up_to(4 * 3600);
        let text = texts::message(&mut random, language, number);
        let id = number * size.each() + place + 1;
        batch
            .messages
            .push(message(&mut random, number, id, last, place, text));
    }
    batch.contacts.push(guest(&mut random, number));
    batch
        .conversations
        .push(conversation(&mut random, size, number, begun, last));
}

fn guest(random: &mut Random, number: i64) -> Contact {
    let name = texts::name(random);
    let mail = name.to_lowercase().replace(' ', ".");
    Contact {
        id: ContactId(number),
        name,
        email: random.chance(60).then(|| format!("{mail}{number}@example.com")),
        phone_number: random
            .chance(70)
            .then(|| format!("+49171{:07}", random.below(10_000_000))),
        identifier: None,
        thumbnail: String::new(),
        blocked: Some(false),
        created_at: Some(NOW - TWO_YEARS),
        last_activity_at: Some(NOW),
        custom_attributes: Default::default(),
        additional_attributes: Default::default(),
        more: Default::default(),
    }
}

fn conversation(random: &mut Random, size: Size, number: i64, begun: i64, last: i64) -> Conversation {
    let mut one = Conversation::blank(
        ConversationId(number),
        InboxId(1 + random.up_to(CHANNELS.len() as i64)),
        begun,
    );
    one.contact_id = Some(ContactId(number));
    one.uuid = Some(format!("00000000-0000-4000-8000-{number:012}"));
    one.last_activity_at = last;
    one.updated_at = Some(last as f64);
    one.muted = Some(false);
    one.labels = LABELS
        .iter()
        .filter(|_| random.chance(12))
        .map(|&label| label.into())
        .collect();
    // What is older than the last tenth is mostly closed, as at a real desk.
    let recent = number * 10 > size.conversations * 9;
    one.status = match random.below(100) {
        0..35 if recent => Status::Pending,
        35..80 if recent => Status::Open,
        0..3 => Status::Snoozed,
        _ => Status::Resolved,
    };
    if one.status == Status::Open && random.chance(60) {
        one.assignee = Some(Assignee::Agent(AgentId(1 + random.up_to(AGENTS))));
    } else if one.status == Status::Open {
        one.waiting_since = Some(last);
    }
    one.unread_count = if recent && random.chance(20) { 2 } else { 0 };
    if random.chance(20) {
        let subject = format!("Booking {}", texts::code(number));
        one.additional_attributes
            .insert("mail_subject".into(), json!(subject));
    }
    one
}

fn message(random: &mut Random, conversation: i64, id: i64, at: i64, place: i64, content: String) -> Message {
    let (kind, sender) = match (place % 2, random.below(20)) {
        (_, 0) => (MessageKind::Activity, None),
        (0, _) => (
            MessageKind::Incoming,
            Some((SenderKind::Contact, conversation, "Guest")),
        ),
        (_, 1..11) => (MessageKind::Outgoing, Some((SenderKind::Bot, 1, "Concierge"))),
        _ => (
            MessageKind::Outgoing,
            Some((SenderKind::User, 1 + random.up_to(AGENTS), "Agent")),
        ),
    };
    Message {
        id: MessageId(id),
        conversation_id: ConversationId(conversation),
        kind,
        content,
        content_type: "text".into(),
        delivery: Delivery::Read,
        private: false,
        created_at: at,
        source_id: None,
        sender: sender.map(|(kind, id, name)| Sender {
            kind,
            id,
            name: name.into(),
        }),
        content_attributes: Default::default(),
        attachments: Vec::new(),
        echo_id: None,
        more: Default::default(),
    }
}

/// A new message of the guest, as the socket tells it: the message, and the conversation with it.
pub fn event(size: Size, account: AccountKey, conversation: i64, nth: i64) -> Batch {
    let mut random = Random::new(nth as u64);
    let text = texts::message(&mut random, 0, conversation);
    let id = size.messages * 4 + nth;
    let mut told = Batch::new(account);
    let mut moved = Conversation::blank(ConversationId(conversation), InboxId(1), NOW);
    moved.contact_id = Some(ContactId(conversation));
    moved.waiting_since = Some(NOW + nth);
    moved.last_activity_at = NOW + nth;
    moved.updated_at = Some((NOW + nth) as f64);
    told.conversations.push(moved);
    told.messages
        .push(message(&mut random, conversation, id, NOW + nth, 0, text));
    told
}

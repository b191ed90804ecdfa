//! What filters ask of a conversation and its guest, one bit each: so that a filtered list reads its index alone.

use deskbell_domain::{AgentId, Contact, Conversation, Status, Topic, WhoAnswers};

pub(crate) const NEW: i64 = 1;
pub(crate) const ACTIVE: i64 = 1 << 1;
pub(crate) const SNOOZED: i64 = 1 << 2;
/// Open, and the AI said why it stopped or somebody made it urgent.
pub(crate) const ASKED: i64 = 1 << 3;
/// Open, and nobody has answered: escalated too, where the inbox has an AI.
pub(crate) const WAITING: i64 = 1 << 4;
/// The server's word on the reply window.
pub(crate) const CAN_REPLY: i64 = 1 << 5;
pub(crate) const MINE: i64 = 1 << 6;
pub(crate) const NOBODYS: i64 = 1 << 7;
pub(crate) const OTHERS: i64 = 1 << 8;
/// The guest's.
pub(crate) const LEAD: i64 = 1 << 9;
pub(crate) const OPTED_OUT: i64 = 1 << 10;
const OF_GUEST: i64 = LEAD | OPTED_OUT;
/// The first of four.
const TOPIC: i64 = 1 << 11;

pub(crate) fn of_topic(topic: Topic) -> i64 {
    TOPIC
        << match topic {
            Topic::Booking => 0,
            Topic::Lead => 1,
            Topic::Faq => 2,
            Topic::Mixed => 3,
        }
}

/// The conversation's own, for the person `me`.
pub(crate) fn of(shown: &Conversation, me: AgentId) -> i64 {
    let open = shown.status == Status::Open;
    let holder = match shown.agent() {
        Some(agent) if agent == me => MINE,
        Some(_) => OTHERS,
        None => NOBODYS,
    };
    [
        (NEW, shown.is_new()),
        (ACTIVE, open || shown.status == Status::Pending),
        (SNOOZED, shown.status == Status::Snoozed),
        (ASKED, open && shown.is_asked_for()),
        (
            WAITING,
            open && WhoAnswers::of(shown, None) == WhoAnswers::Waiting,
        ),
        (CAN_REPLY, shown.can_reply),
    ]
    .into_iter()
    .filter(|(_, holds)| *holds)
    .fold(holder | shown.topic().map_or(0, of_topic), |bits, (bit, _)| {
        bits | bit
    })
}

/// The guest's.
pub(crate) fn of_contact(contact: &Contact) -> i64 {
    let lead = if contact.is_lead() { LEAD } else { 0 };
    let opted_out = if contact.opted_out_at().is_some() {
        OPTED_OUT
    } else {
        0
    };
    lead | opted_out
}

/// `bits` with the guest's part taken from `guest`.
pub(crate) fn with_guest(bits: i64, guest: i64) -> i64 {
    bits & !OF_GUEST | guest
}

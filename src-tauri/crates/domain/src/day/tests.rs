//! Each rule at its edges.

use super::*;
use crate::{Assignee, ConversationId, Delivery, InboxId, MessageId, MessageKind, Sender, SenderKind};
use serde_json::{Map, Value, json};

const ME: AgentId = AgentId(7);
const NOW: i64 = 1_000_000;

fn told(status: Status, agent: Option<i64>) -> Conversation {
    let mut told = Conversation::blank(ConversationId(1), InboxId(1), 100);
    told.status = status;
    told.assignee = agent.map(|id| Assignee::Agent(AgentId(id)));
    told
}

fn facts(conversation: &Conversation, silence: i64) -> Facts<'_> {
    Facts {
        conversation,
        has_bot: Some(true),
        me: ME,
        said_at: NOW - silence,
        now: NOW,
    }
}

fn words(kind: MessageKind, text: &str, at: i64) -> Message {
    Message {
        id: MessageId(1),
        conversation_id: ConversationId(1),
        kind,
        content: text.into(),
        content_type: "text".into(),
        delivery: Delivery::Sent,
        private: false,
        created_at: at,
        source_id: None,
        sender: Some(Sender {
            kind: SenderKind::Bot,
            id: 3,
            name: String::new(),
        }),
        content_attributes: Map::new(),
        attachments: Vec::new(),
        echo_id: None,
        more: Map::new(),
    }
}

fn with(mut conversation: Conversation, attributes: Value) -> Conversation {
    conversation.custom_attributes = attributes.as_object().cloned().unwrap();
    conversation
}

#[test]
fn who_waits_comes_first_and_each_stands_once() {
    let waiting = told(Status::Open, None);
    let mut urgent = waiting.clone();
    urgent.priority = Some(Priority::Urgent);
    assert_eq!(facts(&waiting, 5 * QUIET).morning(), Some(Morning::Waiting));
    assert_eq!(facts(&urgent, 0).morning(), Some(Morning::Urgent));
    assert_eq!(
        facts(&told(Status::Open, Some(7)), QUIET - 1).morning(),
        Some(Morning::Mine)
    );
    assert_eq!(
        facts(&told(Status::Open, Some(7)), QUIET).morning(),
        Some(Morning::Left)
    );
    assert_eq!(
        facts(&told(Status::Open, Some(8)), QUIET).morning(),
        Some(Morning::Left),
        "a colleague's, too: the AI stays silent whoever forgot it"
    );
    assert_eq!(facts(&told(Status::Open, Some(8)), QUIET - 1).morning(), None);
    for status in [Status::Pending, Status::Snoozed, Status::Resolved] {
        assert_eq!(facts(&told(status, Some(7)), QUIET).morning(), None, "{status:?}");
    }
}

#[test]
fn nothing_is_left_where_no_ai_would_answer() {
    let mine = told(Status::Open, Some(7));
    for has_bot in [Some(false), None] {
        let facts = Facts {
            has_bot,
            ..facts(&mine, QUIET)
        };
        assert_eq!(facts.morning(), Some(Morning::Mine));
    }
}

#[test]
fn thanks_end_a_talk_once_it_has_settled() {
    let ai = told(Status::Pending, None);
    let thanks = words(MessageKind::Incoming, "Perfect, thanks", 0);
    assert_eq!(
        facts(&ai, SETTLED).finished(Some(&thanks), false),
        Some(Finished::Thanked)
    );
    assert_eq!(facts(&ai, SETTLED - 1).finished(Some(&thanks), false), None);
    assert_eq!(
        facts(&ai, SETTLED).finished(Some(&thanks), true),
        None,
        "a promise is open"
    );
    let waiting = told(Status::Open, None);
    assert_eq!(facts(&waiting, SETTLED).finished(Some(&thanks), false), None);
    let closed = told(Status::Resolved, None);
    assert_eq!(facts(&closed, SETTLED).finished(Some(&thanks), false), None);
}

#[test]
fn silence_ends_a_talk_only_after_an_answer() {
    let mine = told(Status::Open, Some(7));
    let question = |at| words(MessageKind::Incoming, "Is there parking?", at);
    let before = question(NOW - SILENT - 1);
    assert_eq!(
        facts(&mine, SILENT).finished(Some(&before), false),
        Some(Finished::Silent)
    );
    assert_eq!(facts(&mine, SILENT - 1).finished(Some(&before), false), None);
    let unanswered = question(NOW - SILENT);
    assert_eq!(facts(&mine, SILENT).finished(Some(&unanswered), false), None);
    assert_eq!(
        facts(&mine, SILENT).finished(None, false),
        None,
        "nobody asked anything"
    );
}

#[test]
fn what_the_ai_could_not_find_counts_more_than_what_it_did() {
    let plain = told(Status::Pending, None);
    let answer = |ok: bool| {
        let mut answer = words(MessageKind::Outgoing, "Let me see", 0);
        let tools = json!([{ "name": "Bookings", "summary": "No answer from the booking system", "ok": ok }]);
        answer.content_attributes.insert("ai_tools".into(), tools);
        answer
    };
    let action = |status: &str| json!({ "linked_actions": [{ "id": "1", "title": "Release hold", "status": status }] });
    let pending = with(plain.clone(), action("pending"));
    assert_eq!(
        worth_a_look(&pending, true, &[answer(true), answer(false)]),
        Some(Look::Unsure)
    );
    assert_eq!(
        unsure_about(&[answer(false)]).as_deref(),
        Some("No answer from the booking system")
    );
    assert_eq!(
        worth_a_look(&pending, true, &[answer(true)]),
        Some(Look::Proposal)
    );
    assert_eq!(
        proposed(&pending).map(|action| action.title).as_deref(),
        Some("Release hold")
    );
    assert_eq!(
        worth_a_look(&with(plain.clone(), action("auto_executed")), true, &[]),
        Some(Look::Result)
    );
    assert_eq!(
        worth_a_look(&with(plain.clone(), action("rejected")), false, &[]),
        None
    );
    let booked = json!({ "conversions": [{ "kind": "booking", "label": "R-1" }] });
    assert_eq!(
        worth_a_look(&with(plain.clone(), booked), true, &[]),
        Some(Look::Result)
    );
    assert_eq!(worth_a_look(&plain, true, &[]), Some(Look::Lead));
    assert_eq!(worth_a_look(&plain, false, &[answer(true)]), None);
}

#[test]
fn a_promise_holds_until_it_is_closed() {
    let brief = json!({ "handoff_brief": { "wants": "", "promised": [{ "text": "Call back by ten" }, { "text": " " }] } });
    let open = with(told(Status::Pending, None), brief.clone());
    assert_eq!(promised(&open, true).len(), 1);
    assert!(promised(&with(told(Status::Resolved, None), brief), false).is_empty());
    assert!(promised(&told(Status::Open, None), false).is_empty());
    let answer = json!({ "handoff_brief": { "promised": [{ "text": "A colleague answers here", "kept_by_answer": true }] } });
    let open = with(told(Status::Open, Some(7)), answer);
    assert_eq!(promised(&open, false).len(), 1);
    assert!(promised(&open, true).is_empty(), "a person answered");
}

#[test]
fn the_night_begins_when_the_person_went() {
    let evening = NOW - 13 * 3600;
    let nobody = Presence::default();
    assert_eq!(nobody.night_from(NOW, evening), evening, "nobody knows");
    let went = NOW - 9 * 3600;
    let away = Presence::default().seen(went);
    assert_eq!(away.night_from(NOW, evening), went);
    let back = away.seen(NOW).seen(NOW + 60).seen(NOW + AWAY);
    assert_eq!(
        back.night_from(NOW + AWAY, evening),
        went,
        "all through the shift"
    );
    let again = back.seen(NOW + 3 * AWAY);
    assert_eq!(again.night_from(NOW + 3 * AWAY, evening), NOW + AWAY);
    assert_eq!(
        away.night_from(went + AWAY - 1, evening),
        evening,
        "a coffee is no night"
    );
    let long_ago = Presence::default().seen(NOW - 30 * 24 * 3600);
    assert_eq!(long_ago.night_from(NOW, evening), NOW - LONGEST_NIGHT);
    assert_eq!(nobody.night_from(NOW, NOW + 60), NOW, "a clock that runs ahead");
}

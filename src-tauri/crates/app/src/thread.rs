//! One conversation for the screen: what surrounds its messages, and stretches of the messages themselves.

use crate::cards::card;
use crate::core::{App, Running, failed};
use crate::mail::designed;
use crate::markup::{one_line, render};
use crate::proposals;
use crate::rows::{PropertyNames, window_closed};
use crate::schema::*;
use crate::unsent::{pending_change, pending_message};
use deskbell_domain::{
    AgentId, Attachment, Call, Channel, Contact, ContactRef, ConversationRef, Job, Message, MessageId,
    MessageKind, OutboxItem, OutboxState, Priority, SenderKind, Status, WhoAnswers, plain,
};
use deskbell_store::{History, StoredConversation, Stretch};
use deskbell_sync::Found;
use serde_json::Value;

const MOST_ITEMS: u32 = 200;
const MOST_PREVIOUS: usize = 20;
const MOST_CALLS: usize = 50;
/// Epoch seconds that a calendar has a day for: from 1970 to the year 9999.
const CALENDAR: std::ops::Range<i64> = 0..253_402_300_800;
/// Attributes with a place of their own on screen; the rest is shown plainly.
const KNOWN: [&str; 8] = [
    "topic",
    "intent_level",
    "dates_of_interest",
    "escalation_reason",
    "handoff_brief",
    "conversions",
    "linked_actions",
    "ticket",
];

/// Everything around the messages.
pub(crate) async fn conversation(
    app: &App,
    conversation: ConversationRef,
) -> Result<ConversationView, CommandError> {
    let running = app.running().await?;
    let stored = stored(&running, conversation).await?;
    let names = PropertyNames::load(&running.store).await?;
    let outbox = running.store.outbox(conversation).await?;
    let agents = running.store.agents(conversation.account).await?;
    let teams = running.store.teams(conversation.account).await?;
    let draft = running.store.draft(conversation).await?;
    let draft_files = running.store.draft_files(conversation).await?;
    let of_contact = of_contact(&running, &stored, conversation).await?;
    let known = known(&running, &stored, conversation).await?;
    let me = names.me(conversation.account);
    let shown = &stored.shown;
    let inbox = stored.inbox.as_ref();
    let who = WhoAnswers::of(shown, inbox.and_then(|inbox| inbox.has_bot));
    let name_of = |id: AgentId| {
        agents
            .iter()
            .find(|agent| agent.id == id)
            .map(|agent| agent.name.clone())
    };
    let assignee = shown.agent().map(|id| PersonView {
        id,
        name: name_of(id).unwrap_or_default(),
    });
    Ok(ConversationView {
        conversation,
        contact: contact_view(stored.contact.as_ref(), &known, of_contact),
        channel: inbox.map_or(Channel::Other, |inbox| inbox.channel),
        property: names.property(conversation.account),
        timezone: names.zone(conversation.account, inbox),
        inbox: inbox.map(|inbox| inbox.name.clone()).unwrap_or_default(),
        subject: shown.subject().map(str::to_owned),
        status: shown.status,
        who,
        who_name: who_name(&stored, who, me, assignee.as_ref()),
        who_is_me: who == WhoAnswers::Person { agent: Some(me) },
        changing: changing(&outbox),
        has_ai: inbox.and_then(|inbox| inbox.has_bot).unwrap_or(false),
        ai_name: inbox.and_then(|inbox| inbox.bot_name.clone()),
        escalated: shown.status == Status::Open
            && (who == WhoAnswers::Waiting
                || shown.escalation_reason().is_some()
                || shown.priority == Some(Priority::Urgent)),
        escalation_reason: shown.escalation_reason(),
        waiting_since: shown.waiting_since,
        brief: shown.handoff_brief(),
        priority: shown.priority,
        labels: shown.labels.clone(),
        team: shown.team_id.map(|id| TeamViewRef {
            id,
            name: teams
                .iter()
                .find(|team| team.id == id)
                .map(|team| team.name.clone())
                .unwrap_or_default(),
        }),
        assignee,
        window: reply_window(&stored, app.now()),
        opted_out_at: stored.contact.as_ref().and_then(Contact::opted_out_at),
        muted: shown.muted.unwrap_or(false),
        snoozed_until: shown.snoozed_until,
        topic: shown.topic(),
        intent: shown.intent_level(),
        dates_of_interest: shown.dates_of_interest(),
        conversions: shown.conversions(),
        actions: proposals::listed(shown),
        ticket: shown.ticket(),
        other: other_attributes(&shown.custom_attributes),
        unread: shown.unread_count,
        previous: known
            .newest
            .into_iter()
            .filter(|view| view.conversation != conversation)
            .collect(),
        draft: draft.map(|draft| DraftView {
            text: draft.text,
            private: draft.private,
            saved_at: draft.saved_at,
        }),
        draft_files,
        pending: outbox.iter().filter_map(pending_change).collect(),
        company: app.feed().company(conversation),
    })
}

/// A conversation as it is kept here. One that is not is looked for: whoever asks learns whether it is gone.
async fn stored(
    running: &Running,
    conversation: ConversationRef,
) -> Result<StoredConversation, CommandError> {
    if let Some(stored) = running.store.conversation(conversation).await? {
        return Ok(stored);
    }
    match running.engine.look_for(conversation).await? {
        Found::Here => running
            .store
            .conversation(conversation)
            .await?
            .ok_or_else(not_found),
        Found::Gone => Err(CommandError {
            code: ErrorCode::Gone,
            ..not_found()
        }),
        Found::Unknown => Err(not_found()),
    }
}

fn not_found() -> CommandError {
    CommandError {
        code: ErrorCode::NotFound,
        message: "This conversation is not here".into(),
        retryable: false,
    }
}

/// The customer's conversations known here, this one included.
#[derive(Default)]
struct Known {
    /// Newest activity first.
    newest: Vec<PreviousView>,
    /// When the oldest of them began (epoch seconds).
    since: Option<i64>,
}

async fn known(
    running: &Running,
    stored: &StoredConversation,
    conversation: ConversationRef,
) -> Result<Known, CommandError> {
    let Some(contact) = stored.contact.as_ref() else {
        return Ok(Known::default());
    };
    let rows = running
        .store
        .contact_conversations(conversation.account, contact.id)
        .await?;
    let since = rows.iter().map(|row| row.shown.created_at).min();
    let newest = rows
        .into_iter()
        .take(MOST_PREVIOUS)
        .map(|row| PreviousView {
            conversation: ConversationRef::new(row.account, row.shown.id),
            channel: row.inbox.as_ref().map_or(Channel::Other, |inbox| inbox.channel),
            title: match (row.shown.subject(), &row.last_message) {
                (Some(subject), _) => subject.to_owned(),
                (None, Some(message)) => one_line(&message.content, 80),
                (None, None) => String::new(),
            },
            last_activity_at: row.shown.last_activity_at,
        })
        .collect();
    Ok(Known { newest, since })
}

/// Unsent changes of the customer.
async fn of_contact(
    running: &Running,
    stored: &StoredConversation,
    conversation: ConversationRef,
) -> Result<Vec<PendingChange>, CommandError> {
    let Some(contact) = &stored.contact else {
        return Ok(Vec::new());
    };
    let items = running
        .store
        .outbox(ContactRef::new(conversation.account, contact.id))
        .await?;
    Ok(items.iter().filter_map(pending_change).collect())
}

fn contact_view(contact: Option<&Contact>, known: &Known, pending: Vec<PendingChange>) -> ContactView {
    let text = |key: &str| {
        contact
            .and_then(|contact| contact.text_attribute(key))
            .map(str::to_owned)
    };
    ContactView {
        id: contact.map(|contact| contact.id),
        name: contact.map(Contact::display_name).unwrap_or_default(),
        named: contact.is_some_and(|contact| !contact.name.trim().is_empty()),
        email: contact.and_then(|contact| contact.email.clone()),
        phone: contact.and_then(|contact| contact.phone_number.clone()),
        identifier: contact.and_then(|contact| contact.identifier.clone()),
        persona: text("persona"),
        persona_reason: text("persona_reason"),
        lead: contact.is_some_and(Contact::is_lead),
        lead_status: text("lead_status"),
        lead_temperature: text("lead_temperature"),
        // A frame names a guest without it: what they wrote first is as old.
        first_contact_at: contact.and_then(|contact| contact.created_at).or(known.since),
        conversations: u32::try_from(known.newest.len()).unwrap_or(u32::MAX),
        calls: contact.map(calls).unwrap_or_default(),
        appointments: contact.map(appointments).unwrap_or_default(),
        pending,
    }
}

/// Newest first.
fn calls(contact: &Contact) -> Vec<CallView> {
    let mut calls = contact.calls();
    calls.retain(|call| CALENDAR.contains(&call.at));
    calls.sort_by_key(|call| std::cmp::Reverse(call.at));
    calls.truncate(MOST_CALLS);
    let view = |call: Call| CallView {
        at: call.at,
        duration: call.duration_s.max(0),
        summary: call.summary.filter(|text| !text.trim().is_empty()),
        recorded: call.recording_url.is_some_and(|url| !url.is_empty()),
    };
    calls.into_iter().map(view).collect()
}

fn appointments(contact: &Contact) -> Vec<AppointmentView> {
    let mut all: Vec<AppointmentView> = contact.listed("appointments");
    all.retain(|one| CALENDAR.contains(&one.at));
    all
}

fn who_name(
    stored: &StoredConversation,
    who: WhoAnswers,
    me: AgentId,
    assignee: Option<&PersonView>,
) -> Option<String> {
    match who {
        WhoAnswers::Person { agent: Some(agent) } if agent != me => {
            assignee.map(|person| person.name.clone())
        }
        WhoAnswers::Person { agent: None } => stored
            .last_human_reply
            .as_ref()
            .filter(|reply| reply.agent != me)
            .map(|reply| reply.name.clone()),
        _ => None,
    }
}

fn is_on_its_way(item: &OutboxItem) -> bool {
    matches!(
        item.state,
        OutboxState::Queued | OutboxState::Sending | OutboxState::Waiting { .. }
    )
}

/// Which way who answers is moving; the last press counts.
fn changing(outbox: &[OutboxItem]) -> Option<Changing> {
    outbox
        .iter()
        .rev()
        .filter(|item| is_on_its_way(item))
        .find_map(|item| match &item.job {
            Job::TakeOver | Job::Send { take_over: true, .. } => Some(Changing::ToHuman),
            Job::HandBack => Some(Changing::ToAi),
            Job::Escalate => Some(Changing::Escalating),
            Job::Close | Job::SetMuted { muted: true } => Some(Changing::Closing),
            _ => None,
        })
}

fn reply_window(stored: &StoredConversation, now: i64) -> ReplyWindow {
    let seconds = stored.inbox.as_ref().and_then(|inbox| inbox.reply_window_seconds);
    let Some(seconds) = seconds else {
        return ReplyWindow::None;
    };
    if window_closed(
        stored.last_incoming_at,
        Some(seconds),
        stored.shown.can_reply,
        now,
    ) {
        return ReplyWindow::Closed {
            since: stored.last_incoming_at.map(|at| at + seconds),
        };
    }
    ReplyWindow::Open {
        until: stored.last_incoming_at.unwrap_or(now) + seconds,
    }
}

fn other_attributes(attributes: &serde_json::Map<String, Value>) -> Vec<KeyValue> {
    attributes
        .iter()
        .filter(|(key, value)| {
            !KNOWN.contains(&key.as_str()) && !value.is_null() && !key.starts_with("assistant_")
        })
        .map(|(key, value)| KeyValue {
            key: key.clone(),
            value: value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        })
        .collect()
}

/// A stretch of messages, oldest first, and with the newest stretch what is still on its way.
pub(crate) async fn timeline(app: &App, request: TimelineRequest) -> Result<TimelineView, CommandError> {
    let running = app.running().await?;
    let conversation = request.conversation;
    let limit = request.limit.clamp(1, MOST_ITEMS);
    let stored = stored(&running, conversation).await?;
    let me = PropertyNames::load(&running.store)
        .await?
        .me(conversation.account);
    let Stretch {
        messages,
        has_older,
        has_newer,
    } = running.store.stretch(conversation, request.part, limit).await?;
    let mut outbox = running.store.outbox(conversation).await?;
    let taken_back: Vec<MessageId> = outbox.iter().filter_map(taken_back).collect();
    if has_newer {
        outbox.clear();
    }
    let contact_name = stored
        .contact
        .as_ref()
        .map(Contact::display_name)
        .unwrap_or_default();
    let channel = stored
        .inbox
        .as_ref()
        .map_or(Channel::Other, |inbox| inbox.channel);
    let inbox_bot = stored.inbox.as_ref().and_then(|inbox| inbox.bot_name.clone());
    let first_unread = first_unread(&stored, &messages);
    let views = messages
        .iter()
        .map(|message| {
            let mut view = message_view(message, me, &contact_name, inbox_bot.as_deref());
            view.via = message.via().filter(|via| *via != channel);
            view.late = stored.take_overs.iter().any(|taken| taken.is_broken_by(message));
            view.deleted |= taken_back.contains(&view.id);
            view
        })
        .collect();
    Ok(TimelineView {
        messages: views,
        pending: outbox
            .iter()
            .filter_map(pending_message)
            .enumerate()
            .map(placed)
            .collect(),
        has_older,
        has_newer,
        older_on_server: !has_older && !is_whole(&stored.history),
        first_unread,
    })
}

/// The message an item takes back, unless that did not work.
fn taken_back(item: &OutboxItem) -> Option<MessageId> {
    match item.job {
        Job::DeleteMessage { message_id } if is_on_its_way(item) => Some(message_id),
        _ => None,
    }
}

/// Nothing is missing between the conversation's first message and the newest kept here.
fn is_whole(history: &History) -> bool {
    history.at_start && history.gaps.is_empty()
}

fn placed((index, mut message): (usize, PendingMessage)) -> PendingMessage {
    message.place = u32::try_from(index + 1).unwrap_or(u32::MAX);
    message
}

fn first_unread(stored: &StoredConversation, messages: &[Message]) -> Option<MessageId> {
    if stored.shown.unread_count == 0 {
        return None;
    }
    let seen = stored.shown.agent_last_seen_at.unwrap_or(0);
    messages
        .iter()
        .find(|message| message.kind == MessageKind::Incoming && message.created_at > seen)
        .map(|message| message.id)
}

/// Its name shows its real ending, whatever it holds.
fn plainly_named(attachment: &Attachment) -> Attachment {
    Attachment {
        file_name: plain(&attachment.file_name),
        ..attachment.clone()
    }
}

fn message_view(message: &Message, me: AgentId, guest: &str, bot: Option<&str>) -> MessageView {
    let author = author(message, me);
    let sender = message
        .sender
        .as_ref()
        .map(|sender| sender.name.as_str())
        .filter(|name| !name.is_empty());
    let name = match author {
        Author::Guest => sender.unwrap_or(guest),
        Author::Ai => sender.or(bot).unwrap_or(""),
        _ => sender.unwrap_or(""),
    };
    MessageView {
        id: message.id,
        author,
        name: name.to_owned(),
        text: message.content.clone(),
        html: render(&message.content),
        private: message.private,
        created_at: message.created_at,
        delivery: message.delivery,
        error: message.external_error().map(str::to_owned),
        tools: message.ai_tools(),
        attachments: message
            .attachments
            .iter()
            .filter(|file| card(file).is_none())
            .map(plainly_named)
            .collect(),
        cards: message.attachments.iter().filter_map(card).collect(),
        via: None,
        deleted: message.is_deleted(),
        late: false,
        client_ref: message.client_ref().map(str::to_owned),
        in_reply_to: message
            .content_attributes
            .get("in_reply_to")
            .and_then(Value::as_i64)
            .map(Into::into),
        has_mail: designed(message).is_some(),
    }
}

fn author(message: &Message, me: AgentId) -> Author {
    match (message.kind, message.sender.as_ref()) {
        (MessageKind::Incoming, _) => Author::Guest,
        (MessageKind::Activity, _) => Author::Activity,
        (MessageKind::Template, _) => Author::Server,
        (MessageKind::Outgoing, Some(sender)) => match sender.kind {
            SenderKind::User if sender.id == me.0 => Author::Me,
            SenderKind::User | SenderKind::Contact => Author::Colleague,
            SenderKind::Bot | SenderKind::Other => Author::Ai,
        },
        (MessageKind::Outgoing, None) => Author::Colleague,
    }
}

/// Loads one more page from the server.
pub(crate) async fn load_older(
    app: &App,
    conversation: ConversationRef,
) -> Result<LoadOlderOutcome, CommandError> {
    let running = app.running().await?;
    Ok(match running.engine.load_older(conversation).await {
        deskbell_sync::LoadOlder::Loaded(count) => LoadOlderOutcome::Loaded { count },
        deskbell_sync::LoadOlder::AtStart => LoadOlderOutcome::AtStart,
        deskbell_sync::LoadOlder::Offline => LoadOlderOutcome::Offline,
    })
}

/// Somebody looks at it.
pub(crate) async fn opened(app: &App, conversation: ConversationRef) -> Result<(), CommandError> {
    let running = app.running().await?;
    running.store.acknowledge_alert(conversation, app.now()).await?;
    // Notices and reminders have no alert, and their notification goes all the same.
    app.host().withdraw(conversation);
    running.engine.refresh_thread(conversation);
    Ok(())
}

/// Keeps what was typed.
pub(crate) async fn save_draft(app: &App, request: DraftRequest) -> Result<(), CommandError> {
    let running = app.running().await?;
    let DraftRequest {
        conversation,
        text,
        private,
    } = request;
    if text.len() > 1_000_000 {
        return Err(failed(&"The text is too long to keep"));
    }
    running
        .store
        .save_draft(conversation, &text, private, app.now())
        .await?;
    Ok(())
}

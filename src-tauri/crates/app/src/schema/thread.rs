use super::PersonView;
use deskbell_domain::{
    AgentId, AiTool, Attachment, Channel, ContactId, ConversationRef, Conversion, Delivery, HandoffBrief,
    MessageId, OutboxState, OutgoingFile, Priority, Status, TeamId, ThreadPart, Ticket, Topic, WhoAnswers,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything around the messages of one conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ConversationView {
    pub conversation: ConversationRef,
    pub contact: ContactView,
    pub channel: Channel,
    pub property: String,
    /// IANA name of the place whose clock counts; `None` = not told.
    pub timezone: Option<String>,
    pub inbox: String,
    pub subject: Option<String>,
    pub status: Status,
    pub who: WhoAnswers,
    pub who_name: Option<String>,
    pub who_is_me: bool,
    /// A change of who answers is on its way.
    pub changing: Option<Changing>,
    pub has_ai: bool,
    /// What the server calls the AI of this channel.
    pub ai_name: Option<String>,
    pub escalated: bool,
    pub escalation_reason: Option<String>,
    /// When it began to wait for a person.
    pub waiting_since: Option<i64>,
    pub brief: Option<HandoffBrief>,
    pub priority: Option<Priority>,
    pub labels: Vec<String>,
    pub assignee: Option<PersonView>,
    pub team: Option<TeamViewRef>,
    pub window: ReplyWindow,
    pub opted_out_at: Option<i64>,
    pub muted: bool,
    pub snoozed_until: Option<i64>,
    pub topic: Option<Topic>,
    /// `high`, `medium` or `low`.
    pub intent: Option<String>,
    pub dates_of_interest: Option<String>,
    pub conversions: Vec<Conversion>,
    pub actions: Vec<ActionView>,
    pub ticket: Option<Ticket>,
    /// Attributes Deskbell does not know, shown plainly.
    pub other: Vec<KeyValue>,
    pub previous: Vec<PreviousView>,
    pub unread: u32,
    pub draft: Option<DraftView>,
    /// Files in the composer, whole.
    pub draft_files: Vec<OutgoingFile>,
    /// Unsent changes other than messages, oldest first.
    pub pending: Vec<PendingChange>,
    pub company: CompanyView,
}

/// Who else is in a conversation at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CompanyView {
    /// The guest's name while they write.
    pub guest: Option<String>,
    /// Colleagues who write, in the order they began.
    pub writing: Vec<WriterView>,
    /// Colleagues who have it before them. Always empty where the server knows no such thing.
    pub looking: Vec<PersonView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WriterView {
    pub id: AgentId,
    pub name: String,
    /// A note, not a reply.
    pub private: bool,
}

/// Something the AI proposes or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActionView {
    pub id: String,
    pub title: String,
    /// The wire's word, such as `pending`, `approved` or `done`.
    pub status: String,
    pub url: Option<String>,
    /// A person may approve or decline it (`decide_action`).
    pub decidable: bool,
    /// Why it failed, in the server's words.
    pub reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DecideRequest {
    pub conversation: ConversationRef,
    pub action: String,
    /// `false` = decline it.
    pub approve: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum DecideOutcome {
    /// The server has it; what came of it arrives with the conversation.
    Done,
    /// Somebody decided the other way before, or it expired.
    DecidedOtherwise,
    /// This server takes no decisions, or has no such proposal.
    NotOffered,
    NotAllowed,
    /// It needs the connection.
    Offline,
}

/// Which way who answers is changing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Changing {
    ToHuman,
    ToAi,
    Escalating,
    Closing,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TeamViewRef {
    pub id: TeamId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeyValue {
    pub key: String,
    pub value: String,
}

/// Until when the channel takes free text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "window", rename_all = "snake_case")]
pub enum ReplyWindow {
    /// No limit on this channel.
    None,
    Open {
        until: i64,
    },
    Closed {
        since: Option<i64>,
    },
}

/// The customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ContactView {
    pub id: Option<ContactId>,
    pub name: String,
    pub named: bool,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub identifier: Option<String>,
    pub persona: Option<String>,
    pub persona_reason: Option<String>,
    pub lead: bool,
    pub lead_status: Option<String>,
    /// `hot`, `warm`, `cool` or `cold`.
    pub lead_temperature: Option<String>,
    /// Epoch seconds; where the server has not said, when the oldest conversation known here began.
    pub first_contact_at: Option<i64>,
    /// Conversations known here, this one included.
    pub conversations: u32,
    /// Newest first.
    pub calls: Vec<CallView>,
    pub appointments: Vec<AppointmentView>,
    /// Unsent changes of the customer, oldest first.
    pub pending: Vec<PendingChange>,
}

/// A telephone call with the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallView {
    pub at: i64,
    /// Seconds; 0 = nobody took it.
    pub duration: i64,
    pub summary: Option<String>,
    /// It can be listened to: the screen's own scheme has it at `account/contact/call/at`.
    pub recorded: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppointmentView {
    pub at: i64,
    pub title: String,
    #[serde(default)]
    pub status: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviousView {
    pub conversation: ConversationRef,
    pub channel: Channel,
    pub title: String,
    pub last_activity_at: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftView {
    pub text: String,
    pub private: bool,
    pub saved_at: i64,
}

/// A pressed change that is not a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PendingChange {
    pub item: i64,
    pub change: PendingKind,
    pub state: OutboxState,
    /// What the server's validation said when it refused it.
    pub refusal: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PendingKind {
    Message,
    TakeOver,
    HandBack,
    Escalate,
    Assign,
    Close,
    Snooze,
    Priority,
    Labels,
    Seen,
    Unread,
    Attributes,
    Mute,
    DeleteMessage,
    Contact,
    ContactLabels,
    ContactNote,
    EditContactNote,
    DeleteContactNote,
}

/// A stretch of a thread, oldest first. At most 200 items are answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TimelineRequest {
    pub conversation: ConversationRef,
    pub part: ThreadPart,
    pub limit: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TimelineView {
    pub messages: Vec<MessageView>,
    /// My messages that are not on the server yet, oldest first; only with the newest stretch.
    pub pending: Vec<PendingMessage>,
    /// More is kept on this computer.
    pub has_older: bool,
    /// Newer ones are kept on this computer: this stretch is not the newest.
    pub has_newer: bool,
    /// More is on the server: ask for it with `load_older`.
    pub older_on_server: bool,
    pub first_unread: Option<MessageId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MessageView {
    pub id: MessageId,
    pub author: Author,
    /// Name of the guest, the colleague or the AI.
    pub name: String,
    /// Markdown, as the wire has it: for copying, quoting and reading aloud.
    pub text: String,
    /// The same, rendered and cleaned in Rust: the only HTML the screen inserts.
    pub html: String,
    pub private: bool,
    pub created_at: i64,
    pub delivery: Delivery,
    /// Why the channel refused it.
    pub error: Option<String>,
    pub tools: Vec<AiTool>,
    /// Files.
    pub attachments: Vec<Attachment>,
    pub cards: Vec<CardView>,
    /// Which way it came or went, where that is not the conversation's own.
    pub via: Option<Channel>,
    /// Taken back, here or on the server.
    pub deleted: bool,
    /// Written by the AI after a person had taken over.
    pub late: bool,
    pub client_ref: Option<String>,
    pub in_reply_to: Option<MessageId>,
    /// It came as a designed mail: ask for it with `mail`.
    pub has_mail: bool,
}

/// Something a guest sent that is no file. Texts are empty where the wire has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CardView {
    Place {
        title: String,
        /// "46.94800, 7.44740"
        point: Option<String>,
        /// Opens with `open_link`.
        map: Option<String>,
    },
    Person {
        name: String,
        number: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MailRequest {
    pub conversation: ConversationRef,
    pub message: MessageId,
}

/// A mail as its sender designed it, cleaned in Rust, for a frame of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MailView {
    pub html: String,
    /// Pictures left out because they lie elsewhere: fetching them tells the sender that somebody reads.
    pub pictures: u32,
}

/// Whose words: decides side and label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    Guest,
    Ai,
    Me,
    Colleague,
    /// Greeting, out of office, survey.
    Server,
    /// An activity line: `text` says what happened.
    Activity,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PendingMessage {
    pub item: i64,
    pub client_ref: String,
    pub text: String,
    pub private: bool,
    pub created_at: i64,
    pub state: OutboxState,
    /// 1 = goes out first.
    pub place: u32,
    pub files: Vec<OutgoingFile>,
    pub in_reply_to: Option<MessageId>,
    /// A template's text cannot be edited.
    pub is_template: bool,
    /// It can be taken back until then; `null` = it is on its way.
    pub undo_until: Option<i64>,
    /// What the server's validation said when it refused it.
    pub refusal: Option<String>,
}

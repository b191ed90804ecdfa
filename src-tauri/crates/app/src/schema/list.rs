use deskbell_domain::{
    AccountKey, AgentId, Channel, ConversationId, ConversationRef, Conversion, ListFilter, Priority, Status,
    TeamId, View, WhoAnswers,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Conversations of each view; `account: null` = all properties together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountsRequest {
    pub account: Option<AccountKey>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountsView {
    pub needs_person: u32,
    pub mine: u32,
    pub ai: u32,
    pub all: u32,
    pub closed: u32,
}

/// A stretch of a sorted list. At most 100 rows are answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WindowRequest {
    pub view: View,
    pub account: Option<AccountKey>,
    #[serde(default)]
    pub filter: ListFilter,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WindowView {
    pub total: u32,
    /// In order; their counts add up to `total`. One group with kind `everything` in views without groups.
    pub groups: Vec<GroupView>,
    pub rows: Vec<RowView>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GroupView {
    pub kind: GroupKind,
    pub count: u32,
}

/// The groups of the All view; other views have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    NeedsPerson,
    Mine,
    Rest,
    /// Only when the filter asks for closed ones.
    Closed,
    Everything,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RowView {
    pub account: AccountKey,
    pub id: ConversationId,
    /// Name, else phone or e-mail; empty for a stranger.
    pub name: String,
    /// False when `name` is not a name.
    pub named: bool,
    pub channel: Channel,
    pub property: String,
    /// IANA name of the place whose clock counts; `None` = not told.
    pub timezone: Option<String>,
    pub persona: Option<String>,
    pub preview: PreviewView,
    pub last_activity_at: i64,
    /// When anybody last wrote; `None` = nobody has.
    pub said_at: Option<i64>,
    /// An AI answers here where no person does.
    pub has_ai: bool,
    /// Unread messages, capped at 10 by the server: show "10+".
    pub unread: u32,
    pub status: Status,
    pub who: WhoAnswers,
    /// Name of the person who answers, if it is not me.
    pub who_name: Option<String>,
    pub who_is_me: bool,
    /// An AI handed over or the button was pressed: pill Escalated.
    pub escalated: bool,
    /// Why it needs a person, in words.
    pub reason: Option<String>,
    pub waiting_since: Option<i64>,
    /// Until when a person is to answer; `None` = nobody waits for one.
    pub answer_due: Option<i64>,
    pub priority: Option<Priority>,
    pub is_new: bool,
    pub lead: bool,
    pub opted_out: bool,
    /// The channel takes no free text until the guest writes.
    pub expired: bool,
    pub conversions: Vec<Conversion>,
    pub labels: Vec<String>,
    /// Replies and notes that wait here.
    pub queued: u32,
    /// Changes that need a decision: not sent, held, unsure.
    pub stuck: u32,
}

/// The last thing said, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewView {
    pub by: PreviewBy,
    /// Name of the guest or colleague.
    pub name: String,
    /// One line, at most 160 characters; empty for a message without text.
    pub text: String,
    /// True when there is no text but a file.
    pub file: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PreviewBy {
    Guest,
    Ai,
    Me,
    Colleague,
    /// A private note.
    Note,
    /// My unsent text in the composer.
    Draft,
    /// My reply that was not sent.
    NotSent,
    Server,
    Nobody,
}

/// Where a row stands in its list now; `null` when it is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PositionRequest {
    pub view: View,
    pub account: Option<AccountKey>,
    #[serde(default)]
    pub filter: ListFilter,
    pub conversation: ConversationRef,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PositionView {
    pub index: Option<u32>,
}

/// A stretch of the customers in the order of an address book. At most 100 rows are answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CustomersRequest {
    pub account: Option<AccountKey>,
    pub offset: u32,
    pub limit: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CustomersView {
    /// In order, of all customers; `#` stands for what begins with no letter.
    pub letters: Vec<LetterView>,
    /// Their newest conversations.
    pub rows: Vec<RowView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LetterView {
    pub letter: String,
    pub count: u32,
}

/// Search in what this computer has; works offline. Free text, never a query language. The filter's period is that of
/// the messages found by their words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchRequest {
    pub text: String,
    pub account: Option<AccountKey>,
    #[serde(default)]
    pub filter: ListFilter,
    pub limit: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SearchView {
    /// Conversations whose guest, subject or messages match, newest first.
    pub hits: Vec<SearchHit>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SearchHit {
    pub row: RowView,
    /// The guest's name or numbers match, or the subject does.
    pub by: Vec<FoundBy>,
    /// The matching message, if it is one: parts alternate plain, marked, plain, …
    pub snippet: Option<SnippetView>,
}

/// What a conversation was found by, besides its messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// The guest, of whose conversations this is the newest that was found.
    Guest,
    /// The subject, or the guest of whom a newer one was found, too.
    Conversation,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SnippetView {
    pub message_id: deskbell_domain::MessageId,
    pub at: i64,
    pub parts: Vec<String>,
}

/// The people and teams a conversation can be given to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AssigneesView {
    pub agents: Vec<AssigneeView>,
    pub teams: Vec<TeamView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AssigneeView {
    pub id: AgentId,
    pub name: String,
    pub is_me: bool,
    pub availability: deskbell_domain::Availability,
    /// Open conversations they hold, as far as this computer knows.
    pub open: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TeamView {
    pub id: TeamId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplatesRequest {
    pub conversation: ConversationRef,
    /// Empty = all.
    pub text: String,
}

/// A template, filled for the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateView {
    pub id: i64,
    pub short_code: String,
    pub content: String,
    pub filled: String,
    /// Names of variables that could not be filled; Send is held back while one is in the text.
    pub missing: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaveTemplateRequest {
    pub account: AccountKey,
    /// `null` = a new one.
    pub id: Option<i64>,
    /// What it is found by.
    pub short_code: String,
    pub content: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeleteTemplateRequest {
    pub account: AccountKey,
    pub id: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum TemplateOutcome {
    Done,
    /// It has no name or no words.
    Empty,
    TooLong,
    /// Somebody took it away before.
    Gone,
    NotAllowed,
    /// In the server's words: the name is taken, say.
    Refused {
        message: String,
    },
    /// It needs the connection.
    Offline,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LabelView {
    pub title: String,
    pub color: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountRequest {
    pub account: AccountKey,
}

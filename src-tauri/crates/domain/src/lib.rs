//! The inbox in plain values: entities in the wire's terms and the rules a front desk lives by.
//!
//! For: deciding who answers, which view a conversation belongs to, what its row says, how a pressed button changes
//! what is shown. Not for: I/O, clocks, SQL or HTTP; time is always passed in as epoch seconds.

pub mod access;
pub mod attributes;
pub mod catalog;
pub mod channel;
pub mod channel_template;
pub mod company;
pub mod compose;
pub mod contact;
pub mod conversation;
pub mod day;
pub mod edits;
pub mod filter;
pub mod goal;
pub mod ids;
pub mod inbox;
pub mod job;
pub mod lock;
pub mod message;
pub mod more;
pub mod notification;
pub mod outbox;
pub mod overlay;
pub mod people;
pub mod plain;
pub mod subject;
pub mod supersede;
pub mod take_over;
pub mod template;
pub mod thanks;
pub mod thread_part;
pub mod view;
pub mod view_filter;
pub mod who;

pub use access::{Access, Sight};
pub use attributes::{Conversion, HandoffBrief, LinkedAction, Promise, Ticket, Topic};
pub use catalog::{AttributeDefinition, Macro, MacroAction, SavedView};
pub use channel::Channel;
pub use channel_template::{ChannelTemplate, HeaderMedia, ParameterPlace, TemplateParameter};
pub use company::{Around, Company, Doing, Someone, Writer};
pub use compose::{MessageExtras, OutgoingFile, TemplateMessage};
pub use contact::{Call, Contact, ContactNote};
pub use conversation::{Assignee, Conversation, Priority, Status};
pub use day::{Finished, Look, Morning, Presence};
pub use edits::{AttributeChange, ContactEdit};
pub use filter::{AssignedFilter, ListFilter, StatusFilter};
pub use goal::{REGULAR_GOAL, URGENT_GOAL, answer_due};
pub use ids::{AccountKey, AgentId, ContactId, ConversationId, ConversationRef, InboxId, MessageId, TeamId};
pub use inbox::Inbox;
pub use job::{AssignTarget, Job};
pub use message::{AiTool, Attachment, Delivery, Message, MessageKind, Sender, SenderKind};
pub use more::merge_more;
pub use notification::Notification;
pub use outbox::{HoldReason, OutboxItem, OutboxState, StuckReason};
pub use people::{Agent, Availability, CannedResponse, Label, Role, Team};
pub use plain::{isolated, plain};
pub use subject::{ContactRef, Subject};
pub use take_over::TakeOver;
pub use thread_part::ThreadPart;
pub use view::View;
pub use view_filter::{ReadView, ViewFilter, ViewPeriod};
pub use who::WhoAnswers;

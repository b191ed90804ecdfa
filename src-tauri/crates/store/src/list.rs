//! The sorted lists: windows, counts and places.

use crate::{Draft, HumanReply};
use deskbell_domain::{AccountKey, Channel, Contact, Conversation, Inbox, Message, View};

/// A stretch of a sorted list. Empty lists filter nothing; `limit` is cut to 200.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowQuery {
    pub view: View,
    /// Empty = all.
    pub accounts: Vec<AccountKey>,
    pub channels: Vec<Channel>,
    /// Any of them.
    pub labels: Vec<String>,
    pub unread: bool,
    pub offset: u32,
    pub limit: u32,
}

/// The groups of the All view; the other views are one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Oldest waiting first.
    NeedsPerson,
    Mine,
    Rest,
    Everything,
}

/// The answer to a [`WindowQuery`].
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    pub total: u32,
    /// In order; their counts add up to `total`.
    pub groups: Vec<(Group, u32)>,
    pub rows: Vec<Row>,
}

/// A conversation as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub account: AccountKey,
    pub shown: Conversation,
    pub contact: Option<Contact>,
    pub inbox: Option<Inbox>,
    /// The newest that is not an activity line.
    pub last_message: Option<Message>,
    /// Epoch seconds of the guest's newest known message.
    pub last_incoming_at: Option<i64>,
    pub last_human_reply: Option<HumanReply>,
    /// Name of the person who holds it.
    pub agent_name: Option<String>,
    pub draft: Option<Draft>,
    /// Replies and notes on their way.
    pub queued: u32,
    /// Changes that need a decision: held, stuck or unsure.
    pub stuck: u32,
}

/// Conversations of each view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub needs_person: u32,
    pub mine: u32,
    pub ai: u32,
    pub all: u32,
    pub closed: u32,
}

//! Who is signed in, and where they work.

use crate::Token;
use crate::wire::{Read, access};
use deskbell_domain::{Access, AgentId};
use serde_json::Value;

/// The signed-in person (the wire's USER, reference §1.3).
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    pub user_id: AgentId,
    pub name: String,
    pub email: String,
    /// Opens REST.
    pub access_token: Token,
    /// Opens the socket; changes when the password does.
    pub pubsub_token: Token,
    pub accounts: Vec<ProfileAccount>,
}

/// One account this person belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileAccount {
    pub id: i64,
    pub name: String,
    pub access: Access,
    /// False while the server's owner has suspended it: nothing of it can be read then.
    pub active: bool,
}

impl Profile {
    pub(crate) fn read(user: &Value) -> Option<Self> {
        Some(Self {
            user_id: AgentId(user.int("id")?),
            name: user.text_or("name", "available_name"),
            email: user.text("email"),
            access_token: Token::new(user.text("access_token")),
            pubsub_token: Token::new(user.text("pubsub_token")),
            accounts: user
                .list("accounts")
                .iter()
                .filter_map(ProfileAccount::read)
                .collect(),
        })
    }
}

impl ProfileAccount {
    fn read(account: &Value) -> Option<Self> {
        Some(Self {
            id: account.int("id")?,
            name: account.text("name"),
            access: access(account),
            active: account
                .some_text("status")
                .is_none_or(|status| status != "suspended"),
        })
    }
}

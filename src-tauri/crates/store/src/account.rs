//! Logins and their accounts: who is signed in where.

use deskbell_domain::{AccountKey, AgentId, Role};

/// This computer's own number for one person on one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LoginKey(pub i64);

/// One account of a login: a property.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountRow {
    pub key: AccountKey,
    pub login: LoginKey,
    /// Base address, without a slash at the end.
    pub server: String,
    /// The desk that comes with Deskbell.
    pub built_in: bool,
    pub email: String,
    /// The account's number on its server.
    pub account_id: i64,
    pub name: String,
    pub role: Role,
    pub me: AgentId,
    pub my_name: String,
    /// Empty = sign in again: the session was not to be kept on this computer.
    pub token: String,
    pub pubsub_token: String,
    /// 0 to 5: which of the property colours.
    pub color: u32,
}

/// Shown without tokens, names and addresses.
impl std::fmt::Debug for AccountRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountRow")
            .field("key", &self.key)
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

/// A sign-in as the server answered it. The same person on the same server again is updated in place; of the built-in
/// desk only the person counts, because its address changes with every start.
#[derive(Clone)]
pub struct NewLogin {
    pub server: String,
    pub built_in: bool,
    pub email: String,
    pub user_id: i64,
    pub user_name: String,
    pub token: String,
    pub pubsub_token: String,
    /// False keeps the tokens in memory only.
    pub stay: bool,
    pub accounts: Vec<NewAccount>,
}

/// An account the login may work in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    pub account_id: i64,
    pub name: String,
    pub role: Role,
}

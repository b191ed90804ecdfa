//! The REST calls of one account, each one request (inboxes with their bots excepted). Nothing is tried twice here.

mod actions;
mod catalog;
mod contacts;
mod conversations;
mod messages;
mod notifications;
mod views;

pub use catalog::{AccountInfo, BotInfo, CacheKeys};
pub use conversations::{AssigneeFilter, ConversationPage, Counts, ListQuery, SortBy, StatusFilter};
pub use messages::{OutgoingMessage, OutgoingUpload};
pub use notifications::NotificationPage;

use crate::http::{Download, Http, Route};
use crate::wire::{Read, readable};
use crate::{ClientError, Profile, ServerUrl, Token};
use deskbell_domain::ConversationId;
use serde_json::Value;

/// A signed-in client of one server. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    http: Http,
}

impl Client {
    /// A client that speaks for the owner of `token`. Nothing is sent yet.
    pub fn new(server: ServerUrl, token: Token) -> Self {
        Self {
            http: Http::new(server, Some(&token)),
        }
    }

    /// Begins anew with fresh connections, for after a network that went away: the ones there were may be dead without
    /// saying so.
    pub fn forget_connections(&self) {
        self.http.forget_connections();
    }

    /// Who the token belongs to, with the socket's token and all accounts.
    pub async fn profile(&self) -> Result<Profile, ClientError> {
        let answer = self.http.get(Route::new("api/v1/profile", &[])).await?;
        Profile::read(&answer).ok_or(ClientError::Unknown)
    }

    /// The bytes of a file the server named (`data_url`, `thumb_url`), unless there are more than `most_bytes`: that is
    /// [`ClientError::Refused`]. The token is not sent.
    pub async fn download(&self, address: &str, most_bytes: usize) -> Result<Download, ClientError> {
        self.http.download(address, most_bytes).await
    }

    /// The picture at an address that a stranger chose, unless it has more than `most_bytes`. Nobody learns more than that
    /// it was asked for; a place in this network is not asked, but for the server itself.
    ///
    /// # Errors
    /// `Missing`: there is no picture, or its place may not be asked. `Refused`: it is too large.
    pub async fn picture(&self, address: &str, most_bytes: usize) -> Result<Download, ClientError> {
        self.http.picture(address, most_bytes).await
    }

    /// The recording at an address that came with a call, on the terms of [`Client::picture`].
    ///
    /// # Errors
    /// As there.
    pub async fn sound(&self, address: &str, most_bytes: usize) -> Result<Download, ClientError> {
        self.http.sound(address, most_bytes).await
    }

    /// The calls of one account.
    pub fn account(&self, account_id: i64) -> AccountApi {
        AccountApi {
            http: self.http.clone(),
            account_id,
        }
    }
}

/// The calls of one account.
#[derive(Clone)]
pub struct AccountApi {
    http: Http,
    account_id: i64,
}

impl AccountApi {
    /// A route below `/accounts/{a}`: `template` names the account first, then `numbers`.
    fn route(&self, template: &'static str, numbers: &[i64]) -> Route {
        let mut all = vec![self.account_id];
        all.extend_from_slice(numbers);
        Route::new(template, &all)
    }

    /// A route below one conversation.
    fn of(&self, id: ConversationId, template: &'static str) -> Route {
        self.route(template, &[id.0])
    }
}

/// The items of an answer that is a bare list or a `payload` list; what cannot be read is left out. An answer that is
/// neither is no answer.
fn items<T>(answer: &Value, read: impl Fn(&Value) -> Option<T>) -> Result<Vec<T>, ClientError> {
    let list = match answer {
        Value::Array(list) => list.as_slice(),
        Value::Object(map) if map.contains_key("payload") => answer.list("payload"),
        _ => return Err(ClientError::Unknown),
    };
    Ok(readable(list, read))
}

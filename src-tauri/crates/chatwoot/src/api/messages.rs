//! Reading and sending messages (reference §4.3, §4.4).

use super::AccountApi;
use crate::ClientError;
use crate::wire::{by_time, message};
use deskbell_domain::{ConversationId, Message, MessageId};
use serde_json::json;

/// A message to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingMessage {
    pub content: String,
    /// A note for the team, kept from the guest.
    pub private: bool,
    /// Deskbell's own key. It comes back at once as `echo_id`, and later in the attributes where the server keeps them
    /// (≥ 4.9): the only proof of arrival after a lost answer (reference §4.5).
    pub client_ref: String,
}

impl AccountApi {
    /// A stretch of a thread, oldest first. Neither bound: the newest 20. `before`: the 20 before it. `after`: up to 100
    /// after it. Both: from `after` (included) to `before`, up to 1000.
    pub async fn messages(
        &self,
        id: ConversationId,
        before: Option<MessageId>,
        after: Option<MessageId>,
    ) -> Result<Vec<Message>, ClientError> {
        let route = self
            .of(id, "api/v1/accounts/{}/conversations/{}/messages")
            .with_some("before", before)
            .with_some("after", after);
        let answer = self.http.get(route).await?;
        let mut messages = super::items(&answer, |item| message(item, Some(id)))?;
        by_time(&mut messages);
        Ok(messages)
    }

    /// Sends a message, once. Sent twice it arrives twice: the server never de-duplicates.
    pub async fn send_message(
        &self,
        id: ConversationId,
        outgoing: &OutgoingMessage,
    ) -> Result<Message, ClientError> {
        let body = json!({
            "content": outgoing.content,
            "message_type": "outgoing",
            "private": outgoing.private,
            "echo_id": outgoing.client_ref,
            "content_attributes": { "client_ref": outgoing.client_ref },
        });
        let answer = self
            .http
            .post(self.of(id, "api/v1/accounts/{}/conversations/{}/messages"), body)
            .await?;
        message(&answer, Some(id)).ok_or(ClientError::Unknown)
    }
}

//! Customers (reference §7).

use super::AccountApi;
use crate::ClientError;
use crate::wire::{ConversationUpdate, Read, contact, conversation_update};
use deskbell_domain::{Contact, ContactId};

impl AccountApi {
    /// One contact.
    pub async fn contact(&self, id: ContactId) -> Result<Contact, ClientError> {
        let answer = self
            .http
            .get(self.route("api/v1/accounts/{}/contacts/{}", &[id.0]))
            .await?;
        contact(answer.raw("payload").unwrap_or(&answer)).ok_or(ClientError::Unknown)
    }

    /// The 20 conversations with the newest activity of a contact that the caller may see.
    pub async fn contact_conversations(&self, id: ContactId) -> Result<Vec<ConversationUpdate>, ClientError> {
        let route = self.route("api/v1/accounts/{}/contacts/{}/conversations", &[id.0]);
        let answer = self.http.get(route).await?;
        super::items(&answer, conversation_update)
    }
}

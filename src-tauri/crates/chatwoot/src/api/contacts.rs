//! Customers (reference §7).

use super::AccountApi;
use crate::ClientError;
use crate::wire::{ConversationUpdate, Read, contact, contact_note, conversation_update};
use deskbell_domain::{Contact, ContactEdit, ContactId, ContactNote};
use serde_json::{Map, Value, json};

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

    /// Writes the touched fields and attributes; the server leaves the rest as it is. An empty text becomes none.
    pub async fn update_contact(&self, id: ContactId, edit: &ContactEdit) -> Result<(), ClientError> {
        let mut body = Map::new();
        let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
        body.extend(edit.name.as_ref().map(|name| ("name".to_owned(), json!(name))));
        body.extend(
            edit.email
                .as_ref()
                .map(|email| ("email".to_owned(), json!(filled(email)))),
        );
        let phone = edit.phone_number.as_ref();
        body.extend(phone.map(|phone| ("phone_number".to_owned(), json!(filled(phone)))));
        if !edit.attributes.set.is_empty() {
            body.insert("custom_attributes".to_owned(), json!(edit.attributes.set));
        }
        if !body.is_empty() {
            let route = self.route("api/v1/accounts/{}/contacts/{}", &[id.0]);
            self.http.put(route, Value::Object(body)).await?;
        }
        if !edit.attributes.remove.is_empty() {
            let route = self.route(
                "api/v1/accounts/{}/contacts/{}/destroy_custom_attributes",
                &[id.0],
            );
            let keys = json!({ "custom_attributes": edit.attributes.remove });
            self.http.post(route, keys).await?;
        }
        Ok(())
    }

    /// The labels a contact has.
    pub async fn contact_labels(&self, id: ContactId) -> Result<Vec<String>, ClientError> {
        let route = self.route("api/v1/accounts/{}/contacts/{}/labels", &[id.0]);
        Ok(self.http.get(route).await?.texts("payload"))
    }

    /// Replaces the whole set of a contact's labels: read, merge, then write.
    pub async fn set_contact_labels(&self, id: ContactId, labels: &[String]) -> Result<(), ClientError> {
        let route = self.route("api/v1/accounts/{}/contacts/{}/labels", &[id.0]);
        self.http.post(route, json!({ "labels": labels })).await?;
        Ok(())
    }

    /// All notes about a contact, newest first.
    pub async fn contact_notes(&self, id: ContactId) -> Result<Vec<ContactNote>, ClientError> {
        let route = self.route("api/v1/accounts/{}/contacts/{}/notes", &[id.0]);
        super::items(&self.http.get(route).await?, contact_note)
    }

    /// Adds a note. Sent twice it is there twice.
    pub async fn add_contact_note(&self, id: ContactId, content: &str) -> Result<(), ClientError> {
        let route = self.route("api/v1/accounts/{}/contacts/{}/notes", &[id.0]);
        self.http.post(route, json!({ "content": content })).await?;
        Ok(())
    }

    /// Gives a note another text; whoever wrote it.
    pub async fn update_contact_note(
        &self,
        id: ContactId,
        note: i64,
        content: &str,
    ) -> Result<(), ClientError> {
        let route = self.route("api/v1/accounts/{}/contacts/{}/notes/{}", &[id.0, note]);
        self.http.patch(route, json!({ "content": content })).await?;
        Ok(())
    }

    /// Takes a note away.
    pub async fn delete_contact_note(&self, id: ContactId, note: i64) -> Result<(), ClientError> {
        let route = self.route("api/v1/accounts/{}/contacts/{}/notes/{}", &[id.0, note]);
        self.http.delete(route).await?;
        Ok(())
    }
}

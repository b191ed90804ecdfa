//! Reading and sending messages (reference §4.3, §4.4).

use super::AccountApi;
use crate::ClientError;
use crate::http::{Form, Upload};
use crate::wire::{by_time, message};
use deskbell_domain::{ConversationId, Message, MessageId, TemplateMessage};
use serde_json::{Value, json};

/// A message to be sent.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct OutgoingMessage {
    pub content: String,
    /// A note for the team, kept from the guest.
    pub private: bool,
    /// Deskbell's own key. It comes back at once as `echo_id`, and later in the attributes where the server keeps them
    /// (≥ 4.9): the only proof of arrival after a lost answer (reference §4.5).
    pub client_ref: String,
    /// The message of the same conversation it answers.
    pub reply_to: Option<MessageId>,
    /// `content` is then its rendered preview.
    pub template: Option<TemplateMessage>,
    pub files: Vec<OutgoingUpload>,
}

/// A file of a message to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingUpload {
    pub name: String,
    /// MIME type; what is none goes as plain bytes.
    pub content_type: String,
    pub bytes: Vec<u8>,
}

impl OutgoingMessage {
    fn attributes(&self) -> Value {
        let mut attributes = json!({ "client_ref": self.client_ref });
        if let Some(reply_to) = self.reply_to {
            attributes["in_reply_to"] = reply_to.0.into();
        }
        attributes
    }

    fn json(&self) -> Value {
        let mut body = json!({
            "content": self.content,
            "message_type": "outgoing",
            "private": self.private,
            "echo_id": self.client_ref,
            "content_attributes": self.attributes(),
        });
        if let Some(template) = &self.template {
            let mut params = json!({
                "name": template.name,
                "language": template.language,
                "category": template.category,
                "processed_params": template.processed_params,
            });
            if let Some(namespace) = &template.namespace {
                params["namespace"] = namespace.as_str().into();
            }
            body["template_params"] = params;
        }
        body
    }

    /// Files travel in the message's own request: uploading them before is throttled to 60 an hour (reference §1.5). The
    /// attributes are JSON in a text there (reference §4.4); templates never come with files.
    fn form(self) -> Form {
        let attributes = self.attributes().to_string();
        let mut form = Form::default();
        form.text("content", self.content);
        form.text("message_type", "outgoing".to_owned());
        form.text("private", self.private.to_string());
        form.text("echo_id", self.client_ref);
        form.text("content_attributes", attributes);
        for file in self.files {
            form.file(
                "attachments[]",
                Upload {
                    name: file.name,
                    content_type: file.content_type,
                    bytes: file.bytes.into(),
                },
            );
        }
        form
    }
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
        outgoing: OutgoingMessage,
    ) -> Result<Message, ClientError> {
        let route = self.of(id, "api/v1/accounts/{}/conversations/{}/messages");
        let answer = match outgoing.files.is_empty() {
            true => self.http.post(route, outgoing.json()).await?,
            false => self.http.post_form(route, outgoing.form()).await?,
        };
        message(&answer, Some(id)).ok_or(ClientError::Unknown)
    }

    /// Takes a message's text and files back; the row stays and says so.
    pub async fn delete_message(
        &self,
        id: ConversationId,
        message_id: MessageId,
    ) -> Result<Message, ClientError> {
        let route = self.route(
            "api/v1/accounts/{}/conversations/{}/messages/{}",
            &[id.0, message_id.0],
        );
        let answer = self.http.delete(route).await?;
        message(&answer, Some(id)).ok_or(ClientError::Unknown)
    }
}

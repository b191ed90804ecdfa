//! What a person does to a conversation (reference §3.4). Each sets a state and may be repeated.

use super::{AccountApi, items};
use crate::ClientError;
use crate::http::Route;
use crate::wire::Read;
use deskbell_domain::{AgentId, ConversationId, Priority, Status, TeamId};
use serde_json::{Map, Value, json};

impl AccountApi {
    /// Sets the status; `snoozed_until` in epoch seconds, meant for [`Status::Snoozed`] alone. Opening it assigns it to
    /// the caller if their role is agent.
    pub async fn toggle_status(
        &self,
        id: ConversationId,
        status: Status,
        snoozed_until: Option<i64>,
    ) -> Result<(), ClientError> {
        let mut body = json!({ "status": status.as_str() });
        if let Some(until) = snoozed_until.filter(|_| status == Status::Snoozed) {
            body["snoozed_until"] = until.into();
        }
        self.act(
            self.of(id, "api/v1/accounts/{}/conversations/{}/toggle_status"),
            body,
        )
        .await
    }

    /// Gives it to a person; `None` takes it from whoever holds it.
    pub async fn assign_agent(&self, id: ConversationId, agent: Option<AgentId>) -> Result<(), ClientError> {
        let body = json!({ "assignee_id": agent.map(|agent| agent.0) });
        self.assign(id, body, agent.is_some()).await
    }

    /// Gives it to a team; `None` takes it from the team.
    pub async fn assign_team(&self, id: ConversationId, team: Option<TeamId>) -> Result<(), ClientError> {
        let body = json!({ "team_id": team.map(|team| team.0) });
        self.assign(id, body, team.is_some()).await
    }

    /// Somebody the account does not know unassigns, and only the null answer tells.
    async fn assign(&self, id: ConversationId, body: Value, to_somebody: bool) -> Result<(), ClientError> {
        let route = self.of(id, "api/v1/accounts/{}/conversations/{}/assignments");
        let holder = self.http.post(route, body).await?;
        if to_somebody && holder.is_null() {
            return Err(ClientError::Refused {
                message: String::new(),
            });
        }
        Ok(())
    }

    /// Sets the priority; `None` = none.
    pub async fn set_priority(
        &self,
        id: ConversationId,
        priority: Option<Priority>,
    ) -> Result<(), ClientError> {
        let body = json!({ "priority": priority.map(Priority::as_str) });
        self.act(
            self.of(id, "api/v1/accounts/{}/conversations/{}/toggle_priority"),
            body,
        )
        .await
    }

    /// The labels it has.
    pub async fn conversation_labels(&self, id: ConversationId) -> Result<Vec<String>, ClientError> {
        let answer = self
            .http
            .get(self.of(id, "api/v1/accounts/{}/conversations/{}/labels"))
            .await?;
        Ok(answer.texts("payload"))
    }

    /// Replaces the whole set of its labels: read, merge, then write.
    pub async fn set_conversation_labels(
        &self,
        id: ConversationId,
        labels: &[String],
    ) -> Result<Vec<String>, ClientError> {
        let route = self.of(id, "api/v1/accounts/{}/conversations/{}/labels");
        let answer = self.http.post(route, json!({ "labels": labels })).await?;
        Ok(answer.texts("payload"))
    }

    /// Replaces the whole set of its custom attributes: read, merge, then write.
    pub async fn set_custom_attributes(
        &self,
        id: ConversationId,
        attributes: &Map<String, Value>,
    ) -> Result<(), ClientError> {
        self.act(
            self.of(id, "api/v1/accounts/{}/conversations/{}/custom_attributes"),
            json!({ "custom_attributes": attributes }),
        )
        .await
    }

    /// Muting closes it and blocks the guest; unmuting unblocks and leaves the status.
    pub async fn set_muted(&self, id: ConversationId, muted: bool) -> Result<(), ClientError> {
        let route = match muted {
            true => self.of(id, "api/v1/accounts/{}/conversations/{}/mute"),
            false => self.of(id, "api/v1/accounts/{}/conversations/{}/unmute"),
        };
        self.act(route, json!({})).await
    }

    /// Approves or declines a proposal of the assistant: a call of our own desk, which others answer with
    /// [`ClientError::Missing`]. The same decision may be repeated; the other one is refused.
    pub async fn decide_action(
        &self,
        id: ConversationId,
        action: i64,
        approve: bool,
    ) -> Result<(), ClientError> {
        let template = match approve {
            true => "api/v1/accounts/{}/conversations/{}/linked_actions/action-{}/approve",
            false => "api/v1/accounts/{}/conversations/{}/linked_actions/action-{}/decline",
        };
        self.act(self.route(template, &[id.0, action]), json!({})).await
    }

    /// Marks it read, for all agents.
    pub async fn update_last_seen(&self, id: ConversationId) -> Result<(), ClientError> {
        self.act(
            self.of(id, "api/v1/accounts/{}/conversations/{}/update_last_seen"),
            json!({}),
        )
        .await
    }

    /// Marks it unread, for all agents.
    pub async fn mark_unread(&self, id: ConversationId) -> Result<(), ClientError> {
        self.act(
            self.of(id, "api/v1/accounts/{}/conversations/{}/unread"),
            json!({}),
        )
        .await
    }

    /// Tells guest and colleagues that somebody types, or stopped. For public replies only: the guest sees it.
    pub async fn typing(&self, id: ConversationId, on: bool) -> Result<(), ClientError> {
        let body = json!({ "typing_status": if on { "on" } else { "off" }, "is_private": false });
        self.act(
            self.of(id, "api/v1/accounts/{}/conversations/{}/toggle_typing_status"),
            body,
        )
        .await
    }

    /// Says that the person has it before them, or no longer; answers who else has. A call of our own desk, which others
    /// answer with [`ClientError::Missing`].
    pub async fn looking(&self, id: ConversationId, on: bool) -> Result<Vec<(AgentId, String)>, ClientError> {
        let route = self.of(id, "api/v1/accounts/{}/conversations/{}/looking");
        let answer = self.http.post(route, json!({ "looking": on })).await?;
        items(&answer, |person| {
            Some((
                AgentId(person.int("id")?),
                person.text_or("name", "available_name"),
            ))
        })
    }

    /// A call whose answer says nothing beyond its status.
    async fn act(&self, route: Route, body: Value) -> Result<(), ClientError> {
        self.http.post(route, body).await.map(|_| ())
    }
}

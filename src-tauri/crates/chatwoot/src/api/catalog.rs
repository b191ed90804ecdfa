//! What changes seldom: the account, inboxes with their bots, people, teams, templates, tags (reference §2.1, §8).

use super::{AccountApi, items};
use crate::ClientError;
use crate::wire::{Read, agent, attribute_definition, canned_response, inbox, label, macro_of, team};
use deskbell_domain::{Agent, AttributeDefinition, CannedResponse, Inbox, InboxId, Label, Macro, Team};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};

/// Bots are asked for inbox by inbox: so many at once.
const BOTS_AT_ONCE: usize = 6;

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountInfo {
    pub id: i64,
    pub name: String,
    /// Names of the features that are on.
    pub features: Vec<String>,
}

impl AccountInfo {
    /// True where the server's own assistant may answer in any inbox without being a bot of it (reference §5); no call
    /// tells in which.
    pub fn has_built_in_assistant(&self) -> bool {
        self.features
            .iter()
            .any(|feature| feature == "captain_integration")
    }
}

/// A bot that may answer in inboxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotInfo {
    pub id: i64,
    pub name: String,
}

/// Without its token: nobody here speaks for a bot.
fn bot(value: &Value) -> Option<BotInfo> {
    Some(BotInfo {
        id: value.int("id")?,
        name: value.text("name"),
    })
}

/// Marks that change when the labels, inboxes or teams do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CacheKeys {
    pub label: String,
    pub inbox: String,
    pub team: String,
}

impl AccountApi {
    /// The account itself.
    pub async fn account(&self) -> Result<AccountInfo, ClientError> {
        let answer = self.http.get(self.route("api/v1/accounts/{}", &[])).await?;
        let features = answer.object("features").into_iter();
        Ok(AccountInfo {
            id: answer.int("id").ok_or(ClientError::Unknown)?,
            name: answer.text("name"),
            features: features
                .filter(|(_, on)| on.as_bool() == Some(true))
                .map(|(name, _)| name)
                .collect(),
        })
    }

    /// The name of the account.
    pub async fn account_name(&self) -> Result<String, ClientError> {
        Ok(self.account().await?.name)
    }

    /// Everybody of the account.
    pub async fn agents(&self) -> Result<Vec<Agent>, ClientError> {
        items(
            &self
                .http
                .get(self.route("api/v1/accounts/{}/agents", &[]))
                .await?,
            agent,
        )
    }

    /// Those who may be given a conversation of this inbox.
    pub async fn assignable_agents(&self, inbox: InboxId) -> Result<Vec<Agent>, ClientError> {
        let route = self
            .route("api/v1/accounts/{}/assignable_agents", &[])
            .with("inbox_ids[]", inbox);
        items(&self.http.get(route).await?, agent)
    }

    /// All teams.
    pub async fn teams(&self) -> Result<Vec<Team>, ClientError> {
        items(
            &self.http.get(self.route("api/v1/accounts/{}/teams", &[])).await?,
            team,
        )
    }

    /// The templates of the account.
    pub async fn canned_responses(&self) -> Result<Vec<CannedResponse>, ClientError> {
        items(
            &self
                .http
                .get(self.route("api/v1/accounts/{}/canned_responses", &[]))
                .await?,
            canned_response,
        )
    }

    /// Writes a template: a new one, or another text for `id`. Any agent may (reference §8); a name that is taken is
    /// [`ClientError::Refused`].
    pub async fn save_canned_response(
        &self,
        id: Option<i64>,
        short_code: &str,
        content: &str,
    ) -> Result<(), ClientError> {
        let body = json!({ "canned_response": { "short_code": short_code, "content": content } });
        let answer = match id {
            Some(id) => {
                let route = self.route("api/v1/accounts/{}/canned_responses/{}", &[id]);
                self.http.put(route, body).await
            }
            None => {
                let route = self.route("api/v1/accounts/{}/canned_responses", &[]);
                self.http.post(route, body).await
            }
        };
        answer.map(|_| ())
    }

    /// Takes a template away for everybody.
    pub async fn delete_canned_response(&self, id: i64) -> Result<(), ClientError> {
        let route = self.route("api/v1/accounts/{}/canned_responses/{}", &[id]);
        self.http.delete(route).await.map(|_| ())
    }

    /// The tags of the account.
    pub async fn labels(&self) -> Result<Vec<Label>, ClientError> {
        items(
            &self
                .http
                .get(self.route("api/v1/accounts/{}/labels", &[]))
                .await?,
            label,
        )
    }

    /// The person's own macros and those of everybody. `None`: this account has none to offer, because the release is
    /// older or the person may not see them.
    pub async fn macros(&self) -> Result<Option<Vec<Macro>>, ClientError> {
        let route = self.route("api/v1/accounts/{}/macros", &[]);
        present(self.http.get(route).await)?
            .map(|answer| items(&answer, macro_of))
            .transpose()
    }

    /// The definitions of custom attributes of every kind. `None` as for macros.
    pub async fn attribute_definitions(&self) -> Result<Option<Vec<AttributeDefinition>>, ClientError> {
        let route = self.route("api/v1/accounts/{}/custom_attribute_definitions", &[]);
        present(self.http.get(route).await)?
            .map(|answer| items(&answer, attribute_definition))
            .transpose()
    }

    /// The marks of the catalogue: what is equal to the last time need not be read again.
    pub async fn cache_keys(&self) -> Result<CacheKeys, ClientError> {
        let answer = self
            .http
            .get(self.route("api/v1/accounts/{}/cache_keys", &[]))
            .await?;
        let keys = answer.raw("cache_keys").ok_or(ClientError::Unknown)?;
        Ok(CacheKeys {
            label: keys.text("label"),
            inbox: keys.text("inbox"),
            team: keys.text("team"),
        })
    }

    /// The bot that answers first in an inbox.
    pub async fn agent_bot(&self, inbox: InboxId) -> Result<Option<BotInfo>, ClientError> {
        let route = self.route("api/v1/accounts/{}/inboxes/{}/agent_bot", &[inbox.0]);
        let answer = self.http.get(route).await?;
        Ok(answer.raw("agent_bot").and_then(bot))
    }

    /// The bots of the account and those of the server.
    pub async fn agent_bots(&self) -> Result<Vec<BotInfo>, ClientError> {
        items(
            &self
                .http
                .get(self.route("api/v1/accounts/{}/agent_bots", &[]))
                .await?,
            bot,
        )
    }

    /// Lets a bot answer first in an inbox; `None` = nobody but people. Administrators may (reference §2.1).
    pub async fn set_agent_bot(&self, inbox: InboxId, bot: Option<i64>) -> Result<(), ClientError> {
        let route = self.route("api/v1/accounts/{}/inboxes/{}/set_agent_bot", &[inbox.0]);
        self.http
            .post(route, json!({ "agent_bot": bot }))
            .await
            .map(|_| ())
    }

    /// The inboxes the caller may see, each with its bot.
    pub async fn inboxes(&self) -> Result<Vec<Inbox>, ClientError> {
        let found = items(
            &self
                .http
                .get(self.route("api/v1/accounts/{}/inboxes", &[]))
                .await?,
            inbox,
        )?;
        let mut inboxes: Vec<Inbox> = stream::iter(found)
            .map(|inbox| self.with_bot(inbox))
            .buffered(BOTS_AT_ONCE)
            .try_collect()
            .await?;
        if inboxes.iter().any(|inbox| inbox.has_bot == Some(false)) && self.may_have_assistant().await? {
            let without = inboxes.iter_mut().filter(|inbox| inbox.has_bot == Some(false));
            without.for_each(|inbox| inbox.has_bot = None);
        }
        Ok(inboxes)
    }

    async fn with_bot(&self, mut inbox: Inbox) -> Result<Inbox, ClientError> {
        match known(self.agent_bot(inbox.id).await)? {
            Some(bot) => {
                inbox.has_bot = Some(bot.is_some());
                inbox.bot_name = bot.map(|bot| bot.name).filter(|name| !name.is_empty());
            }
            None => inbox.has_bot = None,
        }
        Ok(inbox)
    }

    async fn may_have_assistant(&self) -> Result<bool, ClientError> {
        Ok(known(self.account().await)?.is_some_and(|account| account.has_built_in_assistant()))
    }
}

/// The answer of a call that a release or a role may be without.
pub(super) fn present<T>(answer: Result<T, ClientError>) -> Result<Option<T>, ClientError> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(ClientError::NotAllowed | ClientError::Missing) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A server that will not say leaves it unknown; one that cannot be asked now fails the whole, so that what was known is
/// not overwritten with less.
fn known<T>(answer: Result<T, ClientError>) -> Result<Option<T>, ClientError> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(ClientError::NotAllowed | ClientError::Missing | ClientError::Refused { .. }) => Ok(None),
        Err(ClientError::ServerFault { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

//! What to say about conversations that ring.

use crate::markup::one_line;
use crate::schema::{Event, Language};
use crate::words::{Guest, notice, ring_one, ring_several};
use deskbell_domain::{Contact, ConversationRef};
use deskbell_store::{Store, StoreError};
use deskbell_sync::Notice;

/// One ringing conversation in words.
pub(crate) struct Told {
    conversation: ConversationRef,
    name: String,
    property: String,
    reason: Option<String>,
    last_words: String,
}

impl Told {
    pub fn event(&self) -> Event {
        Event::Rang {
            conversation: self.conversation,
            name: self.name.clone(),
            reason: self.reason.clone(),
            property: Some(self.property.clone()),
        }
    }
}

/// Looks the conversations up.
pub(crate) async fn describe(
    store: &Store,
    conversations: &[ConversationRef],
) -> Result<Vec<Told>, StoreError> {
    let accounts = store.accounts().await?;
    let mut told = Vec::new();
    for conversation in conversations {
        let Some(stored) = store.conversation(*conversation).await? else {
            continue;
        };
        let property = accounts
            .iter()
            .find(|account| account.key == conversation.account);
        let messages = store.messages(*conversation, None, 10).await?;
        let guest = messages
            .iter()
            .rev()
            .find(|message| message.kind == deskbell_domain::MessageKind::Incoming);
        told.push(Told {
            conversation: *conversation,
            name: stored
                .contact
                .as_ref()
                .map(Contact::display_name)
                .unwrap_or_default(),
            property: property.map(|account| account.name.clone()).unwrap_or_default(),
            reason: stored.shown.escalation_reason(),
            last_words: guest
                .map(|message| one_line(&message.content, 120))
                .unwrap_or_default(),
        });
    }
    Ok(told)
}

/// Title and body of what is worth a look.
pub(crate) fn notice_words(told: &Told, kind: Notice, names: bool, language: Language) -> (String, String) {
    let guest = Guest {
        name: &told.name,
        property: &told.property,
        reason: None,
        last_words: match kind {
            Notice::Assigned => "",
            Notice::CameBack => &told.last_words,
        },
    };
    notice(kind, &guest, names, language)
}

/// The notification for them: one guest by themselves, several together under the first conversation.
pub(crate) fn words(
    told: &[Told],
    names: bool,
    language: Language,
) -> Option<(ConversationRef, String, String)> {
    let first = told.first()?;
    let (title, body) = if told.len() == 1 {
        ring_one(
            &Guest {
                name: &first.name,
                property: &first.property,
                reason: first.reason.as_deref(),
                last_words: &first.last_words,
            },
            names,
            language,
        )
    } else {
        let parts: Vec<String> = told
            .iter()
            .map(|one| {
                if names {
                    one.name.clone()
                } else {
                    one.property.clone()
                }
            })
            .collect();
        ring_several(told.len(), &parts, language)
    };
    Some((first.conversation, title, body))
}

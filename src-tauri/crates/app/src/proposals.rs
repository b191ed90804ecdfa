//! What the AI proposes and did: listed from the conversation's attributes, and decided by a person where the desk takes
//! decisions. A decision needs the server now: what was approved late may no longer be what anybody wants.

use crate::core::App;
use crate::schema::*;
use deskbell_domain::Conversation;
use deskbell_sync::Decided;
use serde::Deserialize;
use serde_json::Value;

/// The desk's own proposals are called `action-7`: only they are decided here.
const OWN: &str = "action-";

#[derive(Deserialize)]
struct Written {
    id: String,
    title: String,
    status: String,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    decidable: bool,
    #[serde(default)]
    reason: Option<String>,
}

/// Proposals and deeds, as the wire lists them; malformed ones and a second one of the same name are left out.
pub(crate) fn listed(conversation: &Conversation) -> Vec<ActionView> {
    let Some(Value::Array(items)) = conversation.custom_attributes.get("linked_actions") else {
        return Vec::new();
    };
    let mut listed: Vec<ActionView> = Vec::new();
    for item in items {
        let Ok(written) = serde_json::from_value::<Written>(item.clone()) else {
            continue;
        };
        if listed.iter().all(|action| action.id != written.id) {
            listed.push(ActionView {
                decidable: written.decidable && number(&written.id).is_some(),
                id: written.id,
                title: written.title,
                status: written.status,
                url: written.url,
                reason: written.reason,
            });
        }
    }
    listed
}

/// Approves or declines one.
pub(crate) async fn decide(app: &App, request: DecideRequest) -> Result<DecideOutcome, CommandError> {
    let running = app.running().await?;
    let Some(number) = number(&request.action) else {
        return Ok(DecideOutcome::NotOffered);
    };
    let decided = running
        .engine
        .decide_action(request.conversation, number, request.approve)
        .await;
    Ok(match decided {
        Decided::Done => DecideOutcome::Done,
        Decided::Otherwise => DecideOutcome::DecidedOtherwise,
        Decided::NotOffered => DecideOutcome::NotOffered,
        Decided::NotAllowed => DecideOutcome::NotAllowed,
        Decided::NotNow => DecideOutcome::Offline,
    })
}

fn number(action: &str) -> Option<i64> {
    let number = action.strip_prefix(OWN)?.parse().ok()?;
    (number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{ConversationId, InboxId};
    use serde_json::json;

    #[test]
    fn only_the_desks_own_proposals_are_decided_and_each_is_listed_once() {
        let mut conversation = Conversation::blank(ConversationId(1), InboxId(1), 0);
        conversation.custom_attributes = json!({ "linked_actions": [
            { "id": "action-7", "title": "Cancel", "status": "pending", "decidable": true },
            { "id": "action-7", "title": "Twice", "status": "pending", "decidable": true },
            { "id": "other", "title": "Elsewhere", "status": "pending", "decidable": true },
            { "id": "action-8", "title": "Moved", "status": "failed", "reason": "It is full" },
            { "id": 9 }, "x",
        ] })
        .as_object()
        .cloned()
        .unwrap_or_default();
        let listed = listed(&conversation);
        let told: Vec<(&str, bool)> = listed
            .iter()
            .map(|one| (one.title.as_str(), one.decidable))
            .collect();
        assert_eq!(told, [("Cancel", true), ("Elsewhere", false), ("Moved", false)]);
        assert_eq!(listed[2].reason.as_deref(), Some("It is full"));
    }

    #[test]
    fn a_number_is_read_from_its_name() {
        assert_eq!(number("action-12"), Some(12));
        for name in ["action-", "action--1", "action-1/approve", "12", "action-0"] {
            assert_eq!(number(name), None, "{name}");
        }
    }
}

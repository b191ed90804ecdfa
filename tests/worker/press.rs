//! Presses without end, until somebody ends the process; and the orderly end of all that was pressed.

use crate::report::say;
use deskbell_domain::{AccountKey, ConversationRef};
use deskbell_tests::core::Core;
use serde_json::{Value, json};
use std::time::Duration;

/// Between two presses: a person is slower, and the way out must not fill up faster than it empties.
const PACE: Duration = Duration::from_millis(12);

/// Replies, notes and drafts in turn, round the conversations. What is said was accepted: it is durable.
pub async fn go_on(core: &Core, cycle: i64, conversations: &[i64]) {
    let account = first_account(core).await;
    say(json!({ "started": cycle }));
    let mut live = false;
    for number in 0_usize.. {
        let id = conversations[number % conversations.len()];
        let conversation = ConversationRef::new(account, id.into());
        let words = format!("cycle {cycle} word {number}");
        try_again(core, conversation).await;
        if number % 7 == 6 {
            let draft = json!({ "conversation": conversation, "text": words, "private": false });
            core.mutate("save_draft", draft).await;
            say(json!({ "draft": words, "conversation": id }));
        } else {
            let private = number % 5 == 4;
            let request =
                json!({ "conversation": conversation, "text": words, "private": private, "confirmed": [] });
            say(json!({ "pressing": words, "conversation": id }));
            let outcome = core.mutate("send", request).await;
            assert_eq!(outcome["outcome"], "queued", "{outcome}");
            say(json!({ "pressed": words, "conversation": id }));
        }
        if !live && core.is_live().await {
            live = true;
            say(json!({ "live": cycle }));
        }
        tokio::time::sleep(PACE).await;
    }
}

/// Waits until nothing is on its way any more, and says what is left: drafts, and what asks for a decision.
pub async fn finish(core: Core, conversations: &[i64]) {
    let account = first_account(&core).await;
    core.until_live().await;
    for &id in conversations {
        let conversation = ConversationRef::new(account, id.into());
        let left = core
            .until("everything to go out or to ask", async || {
                try_again(&core, conversation).await;
                let pending = core.timeline(conversation).await["pending"].as_array()?.clone();
                pending.iter().all(asks).then_some(pending)
            })
            .await;
        let view = core.query("conversation", json!(conversation)).await;
        say(json!({ "finished": id, "left": left, "draft": view["draft"]["text"] }));
    }
    core.stop().await;
}

/// Whether the first of them arrived is not known and never will be: the person looks, and tries again. What stands behind
/// it waits for that.
async fn try_again(core: &Core, conversation: ConversationRef) {
    let timeline = core.timeline(conversation).await;
    let asked = timeline["pending"].get(0).filter(|item| asks(item));
    if let Some(item) = asked {
        core.mutate("retry_item", json!({ "item": item["item"] })).await;
    }
}

fn asks(item: &Value) -> bool {
    item["state"]["state"] == "held" || item["state"]["state"] == "stuck"
}

async fn first_account(core: &Core) -> AccountKey {
    let session = core.query("session", Value::Null).await;
    let key = session["accounts"][0]["key"].as_i64();
    AccountKey(key.expect("somebody signed in to this folder"))
}

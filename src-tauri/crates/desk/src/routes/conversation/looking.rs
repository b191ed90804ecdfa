//! Who else has a conversation before them: an addition of this desk, which other servers answer as an unknown route.

use crate::cable::events::Happening;
use crate::cable::lookers::SECONDS;
use crate::db::people;
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::routes::call::{Answer, PersonCall};
use crate::routes::ok;
use crate::wire;
use axum::Router;
use axum::routing::post;
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new().route("/conversations/{conversation_id}/looking", post(look))
}

async fn look(call: PersonCall) -> Answer {
    let looks = call
        .params
        .flag("looking")
        .ok_or_else(|| ApiError::missing("looking"))?;
    let (door, user_id, account_id) = (call.conversation(), call.user.id, call.account_id);
    let desk = call.desk.clone();
    // Nothing is stored, yet the announcement goes the one way all take.
    let others = call.desk.act(call.actor(), move |change| {
        let conversation_id = door.open(change)?.id;
        let now_ms = change.now_ms;
        let is_news = if looks {
            desk.lookers().look(conversation_id, user_id, now_ms);
            true
        } else {
            desk.lookers().leave(conversation_id, user_id)
        };
        if is_news {
            change.tell(Happening::Looking {
                conversation_id,
                user_id,
                looks,
            });
        }
        let others = desk.lookers().others(conversation_id, user_id, now_ms);
        shown(change, account_id, &others)
    });
    ok(json!({ "payload": others.await?, "seconds": SECONDS }))
}

fn shown(view: &View<'_>, account_id: i64, people_ids: &[i64]) -> Result<Vec<Value>, ApiError> {
    let mut shown = Vec::new();
    for id in people_ids {
        if let Some(user) = people::user(view, *id)? {
            shown.push(wire::people::push(view, account_id, &user)?);
        }
    }
    Ok(shown)
}

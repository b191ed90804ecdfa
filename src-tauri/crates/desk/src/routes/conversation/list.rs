//! The list, its counts, and the search (reference §3.2).

use crate::db;
use crate::db::conversation::Conversation;
use crate::db::conversation_list::{self as list, Assignee, Counts, Kind, Wanted};
use crate::db::filter::{self, Subject};
use crate::db::sight::Sight;
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::routes::call::{Answer, PersonCall};
use crate::routes::ok;
use crate::wire;
use crate::wire::time::epoch;
use axum::Router;
use axum::routing::{get, post};
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/conversations/meta", get(meta))
        .route("/conversations/search", get(search))
        .route("/conversations/filter", post(filtered))
        .route("/conversations/unread_counts", get(unread_counts))
}

fn wanted(call: &PersonCall) -> Wanted {
    let params = &call.params;
    let status = params.filled("status").unwrap_or_else(|| "open".to_owned());
    let seconds = params.integer("updated_within").filter(|seconds| *seconds > 0);
    let now_ms = call.desk.now_ms();
    // Anything but a number is nobody's id, yet it was asked for.
    let id = |key: &str| {
        let asked = params.filled(key);
        asked.map(|_| params.integer(key).unwrap_or(0))
    };
    Wanted {
        account_id: call.account_id,
        sight: Sight::of(&call.member),
        status: Some(status).filter(|status| status != "all"),
        assignee: match params.text("assignee_type").as_deref() {
            Some("me") => Assignee::Me,
            Some("unassigned") => Assignee::Unassigned,
            Some("assigned") => Assignee::Assigned,
            _ => Assignee::All,
        },
        inbox_id: id("inbox_id"),
        team_id: id("team_id"),
        labels: params.texts("labels"),
        text: params.filled("q"),
        kind: match params.text("conversation_type").as_deref() {
            Some("mention") => Kind::Mention,
            Some("unattended") => Kind::Unattended,
            Some("participating") => Kind::Participating,
            _ => Kind::Any,
        },
        source_id: params.filled("source_id"),
        sort_by: params.text("sort_by").unwrap_or_default(),
        page: params.page(),
        updated_after: seconds.map(|seconds| now_ms.saturating_sub(seconds.saturating_mul(1000))),
    }
}

fn check(view: &View<'_>, wanted: &Wanted) -> Result<(), ApiError> {
    if let Some(team_id) = wanted.team_id {
        db::team::find_in(view, wanted.account_id, team_id)?.ok_or(ApiError::NotFound)?;
    }
    Ok(())
}

fn counted(counts: &Counts) -> Value {
    json!({
        "mine_count": counts.mine,
        "assigned_count": counts.assigned,
        "unassigned_count": counts.unassigned,
        "all_count": counts.all,
    })
}

/// Search and filter leave one count away.
fn counted_by_search(counts: &Counts) -> Value {
    json!({
        "mine_count": counts.mine,
        "unassigned_count": counts.unassigned,
        "all_count": counts.all,
    })
}

/// `GET /conversations`.
pub async fn list(call: PersonCall) -> Answer {
    let (wanted, viewer) = (wanted(&call), call.viewer());
    let data = call
        .desk
        .read(move |view| {
            check(view, &wanted)?;
            let counts = list::counts(view, &wanted)?;
            let rows = list::rows(view, &wanted)?;
            let payload = wire::conversation::rest_all(view, &rows, viewer)?;
            Ok(json!({ "meta": counted(&counts), "payload": payload }))
        })
        .await?;
    ok(json!({ "data": data }))
}

async fn meta(call: PersonCall) -> Answer {
    let wanted = wanted(&call);
    let counts = call
        .desk
        .read(move |view| {
            check(view, &wanted)?;
            list::counts(view, &wanted)
        })
        .await?;
    ok(json!({ "meta": counted(&counts) }))
}

async fn search(call: PersonCall) -> Answer {
    let wanted = wanted(&call);
    let json = call
        .desk
        .read(move |view| {
            check(view, &wanted)?;
            let counts = list::counts(view, &wanted)?;
            let mut payload = Vec::new();
            for found in list::rows(view, &wanted)? {
                payload.push(hit(view, &found, wanted.text.as_deref())?);
            }
            Ok(json!({ "meta": counted_by_search(&counts), "payload": payload }))
        })
        .await?;
    ok(json)
}

/// `POST /conversations/filter`: no status is implied (reference §3.3).
async fn filtered(call: PersonCall) -> Answer {
    let (account_id, member, viewer) = (call.account_id, call.member.clone(), call.viewer());
    let (payload, page) = (call.params.get("payload").cloned(), call.params.page());
    let json = call
        .desk
        .read(move |view| {
            let subject = Subject::Conversation;
            let filter = filter::read(view, account_id, subject, payload.as_ref(), view.now_ms)?;
            let (counts, rows) = list::filtered(view, account_id, Sight::of(&member), filter, page)?;
            let payload = wire::conversation::rest_all(view, &rows, viewer)?;
            Ok(json!({ "meta": counted_by_search(&counts), "payload": payload }))
        })
        .await?;
    ok(json)
}

fn hit(view: &View<'_>, found: &Conversation, text: Option<&str>) -> Result<Value, ApiError> {
    let guest = db::contact::find(view, found.contact_id)?.ok_or(ApiError::NotFound)?;
    let inbox = db::inbox::find(view, found.inbox_id)?.ok_or(ApiError::NotFound)?;
    let mut messages = Vec::new();
    for message in db::message::matching(view, found.id, text)? {
        let sender = wire::message::sender(view, &message)?;
        let mut json = json!({
            "content": message.content,
            "id": message.id,
            "message_type": message.message_type,
            "created_at": epoch(message.created_at),
        });
        if let Some(sender) = sender {
            json["sender_name"] = sender["name"].clone();
        }
        messages.push(json);
    }
    Ok(json!({
        "id": found.display_id,
        "uuid": found.uuid,
        "created_at": epoch(found.created_at),
        "contact": { "id": guest.id, "name": guest.name },
        "inbox": { "id": inbox.id, "name": inbox.name, "channel_type": inbox.channel_type },
        "messages": messages,
        "account_id": found.account_id,
    }))
}

/// The feature is off here.
async fn unread_counts(_: PersonCall) -> Answer {
    Err(ApiError::Forbidden("Feature not enabled"))
}

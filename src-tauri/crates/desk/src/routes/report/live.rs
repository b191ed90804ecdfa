//! The open conversations of now.

use crate::db::people;
use crate::db::report::{self, Live, Scope};
use crate::db::team;
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::routes::call::{Answer, PersonCall};
use crate::routes::ok;
use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::{Value, json};

const PAGE: usize = 25;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/reports/conversations", get(conversations))
        .route("/live_reports/conversation_metrics", get(metrics))
        .route("/live_reports/grouped_conversation_metrics", get(grouped))
}

fn shown(live: Live, pending: i64) -> Value {
    json!({
        "open": live.open,
        "unattended": live.unattended,
        "unassigned": live.unassigned,
        "pending": pending,
    })
}

/// `pending` is always 0 here, as upstream counts it inside the open ones (reference §9).
async fn conversations(call: PersonCall) -> Answer {
    call.readers_of_reports_only()?;
    let (account_id, page) = (call.account_id, call.params.page());
    match call.params.filled("type").as_deref() {
        Some("account") => {
            let live = call
                .desk
                .read(move |view| report::live(view, account_id, Scope::Account))
                .await?;
            ok(shown(live, 0))
        }
        Some("agent") => ok(call
            .desk
            .read(move |view| by_agent(view, account_id, page))
            .await?),
        _ => Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response()),
    }
}

/// Pages go by name; within one, the busiest come first.
fn by_agent(view: &View<'_>, account_id: i64, page: i64) -> Result<Vec<Value>, ApiError> {
    let skipped = usize::try_from(page - 1).unwrap_or(0).saturating_mul(PAGE);
    let mut rows = Vec::new();
    for user in people::agents(view, account_id)?
        .into_iter()
        .skip(skipped)
        .take(PAGE)
    {
        let live = report::live(view, account_id, Scope::Agent(user.id))?;
        let membership = people::membership(view, account_id, user.id)?;
        let availability = membership.map(|membership| view.presence.status(&membership, view.now_ms));
        rows.push(json!({
            "id": user.id,
            "name": user.name,
            "email": user.email,
            "thumbnail": user.avatar_url,
            "availability": availability,
            "metric": { "open": live.open, "unattended": live.unattended },
        }));
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row["metric"]["open"].as_i64()));
    Ok(rows)
}

/// The team asked for, if any; an unknown one is not found.
fn scope_of_team(view: &View<'_>, account_id: i64, team_id: Option<i64>) -> Result<Scope, ApiError> {
    match team_id {
        Some(id) => {
            team::find_in(view, account_id, id)?.ok_or(ApiError::NotFound)?;
            Ok(Scope::Team(id))
        }
        None => Ok(Scope::Account),
    }
}

async fn metrics(call: PersonCall) -> Answer {
    call.readers_of_reports_only()?;
    let (account_id, team_id) = (call.account_id, call.params.integer("team_id"));
    let live = call
        .desk
        .read(move |view| {
            let scope = scope_of_team(view, account_id, team_id)?;
            report::live(view, account_id, scope)
        })
        .await?;
    ok(shown(live, live.pending))
}

async fn grouped(call: PersonCall) -> Answer {
    call.readers_of_reports_only()?;
    let (account_id, team_id) = (call.account_id, call.params.integer("team_id"));
    let (by_team, column) = match call.params.text("group_by").as_deref() {
        Some("team_id") => (true, "team_id"),
        Some("assignee_id") => (false, "assignee_id"),
        _ => return Err(ApiError::Refused("invalid group_by".to_owned())),
    };
    let groups = call
        .desk
        .read(move |view| {
            scope_of_team(view, account_id, team_id)?;
            report::live_groups(view, account_id, by_team, team_id)
        })
        .await?;
    let shown = |(id, live): (Option<i64>, Live)| json!({ "open": live.open, "unattended": live.unattended, "unassigned": live.unassigned, column: id });
    ok(groups.into_iter().map(shown).collect::<Vec<Value>>())
}

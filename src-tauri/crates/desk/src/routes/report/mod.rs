//! Reports (reference §9), under `/api/v2`, for administrators: numbers over time, now, and one row for each agent,
//! team, inbox, label or channel. What upstream gives as CSV is not here.

mod live;
mod period;
mod series;
mod summary;

use super::call::PersonCall;
use crate::db::report::{Scope, Span};
use crate::db::{inbox, label, people, team};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use axum::Router;

/// Under `/api/v2/accounts/{account_id}`.
pub fn routes() -> Router<Desk> {
    Router::new()
        .merge(live::routes())
        .merge(series::routes())
        .merge(summary::routes())
}

/// Epoch milliseconds; both are needed, else nothing is in the span (reference §9).
fn bounds(call: &PersonCall) -> (i64, i64) {
    let moment = |key: &str| {
        call.params
            .integer(key)
            .map(|seconds| seconds.saturating_mul(1000))
    };
    match (moment("since"), moment("until")) {
        (Some(since), Some(until)) => (since, until),
        _ => (0, 0),
    }
}

fn span(call: &PersonCall, scope: Scope) -> Span {
    let (since, until) = bounds(call);
    Span {
        account_id: call.account_id,
        scope,
        since,
        until,
    }
}

/// Whose numbers are asked for, still to be looked up.
fn scope(call: &PersonCall) -> Result<Scope, ApiError> {
    let id = call.params.integer("id").unwrap_or(0);
    match call.params.filled("type").as_deref() {
        Some("account") => Ok(Scope::Account),
        Some("agent") => Ok(Scope::Agent(id)),
        Some("inbox") => Ok(Scope::Inbox(id)),
        Some("team") => Ok(Scope::Team(id)),
        Some("label") => Ok(Scope::Label(id)),
        _ => Err(ApiError::missing("type")),
    }
}

/// Nobody's numbers are those of an unknown id.
fn check(view: &View<'_>, account_id: i64, scope: Scope) -> Result<(), ApiError> {
    let known = match scope {
        Scope::Account => true,
        Scope::Agent(id) => people::membership(view, account_id, id)?.is_some(),
        Scope::Inbox(id) => inbox::find_in(view, account_id, id)?.is_some(),
        Scope::Team(id) => team::find_in(view, account_id, id)?.is_some(),
        Scope::Label(id) => label::find_in(view, account_id, id)?.is_some(),
    };
    if known { Ok(()) } else { Err(ApiError::NotFound) }
}

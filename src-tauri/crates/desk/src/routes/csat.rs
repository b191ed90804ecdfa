//! Answers to surveys, for administrators (reference §8).

use super::call::{Answer, PersonCall};
use super::ok;
use crate::db::csat_survey_response::{self as responses, Wanted};
use crate::desk::Desk;
use crate::wire;
use axum::Router;
use axum::routing::get;
use serde_json::{Map, Value, json};

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/csat_survey_responses", get(list))
        .route("/csat_survey_responses/metrics", get(metrics))
}

/// Missing bounds mean all (reference §8).
fn wanted(call: &PersonCall) -> Wanted {
    let params = &call.params;
    let moment = |key: &str| params.integer(key).map(|seconds| seconds.saturating_mul(1000));
    Wanted {
        account_id: call.account_id,
        since: moment("since"),
        until: moment("until"),
        user_ids: params.cast_ids("user_ids"),
        inbox_id: params.integer("inbox_id"),
        team_id: params.integer("team_id"),
        rating: params.integer("rating"),
        newest_first: params.text("sort").as_deref() == Some("-created_at"),
        page: params.page(),
    }
}

async fn list(call: PersonCall) -> Answer {
    call.readers_of_reports_only()?;
    let wanted = wanted(&call);
    let list: Vec<Value> = call
        .desk
        .read(move |view| {
            let found = responses::page(view, &wanted)?;
            found.iter().map(|found| wire::csat::rest(view, found)).collect()
        })
        .await?;
    ok(list)
}

async fn metrics(call: PersonCall) -> Answer {
    call.readers_of_reports_only()?;
    let wanted = wanted(&call);
    let json = call
        .desk
        .read(move |view| {
            let mut ratings = Map::new();
            let mut total = 0;
            for rating in 1..=5 {
                let count = responses::count(view, &wanted, rating)?;
                total += count;
                if count > 0 {
                    ratings.insert(rating.to_string(), json!(count));
                }
            }
            let (since, until) = (wanted.since.unwrap_or(0), wanted.until.unwrap_or(i64::MAX));
            Ok(json!({
                "total_count": total,
                "ratings_count": ratings,
                "total_sent_messages_count": responses::sent(view, wanted.account_id, since, until)?,
            }))
        })
        .await?;
    ok(json)
}

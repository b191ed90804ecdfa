//! One metric over time.

use super::period::{Period, periods};
use super::{check, scope, span};
use crate::db::report::{self, Span};
use crate::db::reporting_event as events;
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::routes::call::{Answer, PersonCall};
use crate::routes::ok;
use crate::wire::time::epoch;
use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new().route("/reports", get(series))
}

/// A number of a span: a count, or an average with how many it is of.
pub enum Number {
    Count(i64),
    Average(Option<f64>, i64),
}

/// The metrics of the wire; an unknown one is none.
pub fn measure(view: &View<'_>, metric: &str, span: &Span) -> Result<Option<Number>, ApiError> {
    let average = |name| -> Result<Number, ApiError> {
        let (average, count) = report::average(view, span, name)?;
        Ok(Number::Average(average, count))
    };
    Ok(Some(match metric {
        "conversations_count" => Number::Count(report::conversations(view, span)?),
        "incoming_messages_count" => Number::Count(report::messages(view, span, 0)?),
        "outgoing_messages_count" => Number::Count(report::messages(view, span, 1)?),
        "resolutions_count" => Number::Count(report::events(view, span, events::RESOLVED)?),
        "bot_resolutions_count" => Number::Count(report::bot_resolutions(view, span)?),
        "bot_handoffs_count" => Number::Count(report::events(view, span, events::BOT_HANDOFF)?),
        "avg_first_response_time" => average(events::FIRST_RESPONSE)?,
        "avg_resolution_time" => average(events::RESOLVED)?,
        "reply_time" => average(events::REPLY_TIME)?,
        _ => return Ok(None),
    }))
}

async fn series(call: PersonCall) -> Answer {
    call.readers_of_reports_only()?;
    let scope = scope(&call)?;
    let span = span(&call, scope);
    let metric = call.params.text("metric").unwrap_or_default();
    let period = Period::named(call.params.text("group_by").as_deref());
    let offset = call
        .params
        .text("timezone_offset")
        .and_then(|text| text.trim().parse().ok());
    let periods = periods(period, span.since, span.until, offset.unwrap_or(0.0));
    let periods = periods.ok_or_else(|| ApiError::Refused("The range has too many periods".to_owned()))?;
    let json = call
        .desk
        .read(move |view| {
            check(view, span.account_id, scope)?;
            let mut points = Vec::new();
            for (start, end) in periods {
                let part = Span {
                    since: start.max(span.since),
                    until: end.min(span.until),
                    ..span
                };
                let Some(number) = measure(view, &metric, &part)? else {
                    return Ok(json!({}));
                };
                points.push(match number {
                    Number::Count(count) => json!({ "value": count, "timestamp": epoch(start) }),
                    Number::Average(average, count) => {
                        json!({ "value": average.unwrap_or(0.0), "timestamp": epoch(start), "count": count })
                    }
                });
            }
            Ok(Value::Array(points))
        })
        .await?;
    ok(json)
}

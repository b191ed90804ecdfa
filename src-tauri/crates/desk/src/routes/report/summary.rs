//! Many metrics of one span: of an account or one part of it, of bots, or one row for each part.

use super::series::{Number, measure};
use super::{bounds, check, scope, span};
use crate::db::report::{self, Scope, Span};
use crate::db::{inbox, label, people, team};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::routes::call::{Answer, PersonCall};
use crate::routes::ok;
use axum::Router;
use axum::routing::get;
use serde_json::{Map, Value, json};

const SUMMARY: &[&str] = &[
    "conversations_count",
    "incoming_messages_count",
    "outgoing_messages_count",
    "avg_first_response_time",
    "avg_resolution_time",
    "resolutions_count",
    "reply_time",
];
const OF_BOTS: &[&str] = &["bot_resolutions_count", "bot_handoffs_count"];
/// Six months, as far as channels are counted.
const CHANNELS_MS: i64 = 184 * 24 * 60 * 60 * 1000;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/reports/summary", get(summary))
        .route("/reports/bot_summary", get(bot_summary))
        .route("/reports/bot_metrics", get(bot_metrics))
        .route("/summary_reports/agent", get(by_agent))
        .route("/summary_reports/team", get(by_team))
        .route("/summary_reports/inbox", get(by_inbox))
        .route("/summary_reports/label", get(by_label))
        .route("/summary_reports/channel", get(by_channel))
}

fn measured(view: &View<'_>, metrics: &[&str], span: &Span) -> Result<Map<String, Value>, ApiError> {
    let mut measured = Map::new();
    for metric in metrics {
        let number = match measure(view, metric, span)? {
            Some(Number::Count(count)) => json!(count),
            Some(Number::Average(average, _)) => json!(average),
            None => Value::Null,
        };
        measured.insert((*metric).to_owned(), number);
    }
    Ok(measured)
}

/// A span beside the one before it.
async fn compared(call: PersonCall, metrics: &'static [&'static str]) -> Answer {
    call.readers_of_reports_only()?;
    let scope = scope(&call)?;
    let span = span(&call, scope);
    let json = call
        .desk
        .read(move |view| {
            check(view, span.account_id, scope)?;
            let mut json = measured(view, metrics, &span)?;
            let previous = measured(view, metrics, &span.previous())?;
            json.insert("previous".to_owned(), Value::Object(previous));
            Ok(json)
        })
        .await?;
    ok(json)
}

async fn summary(call: PersonCall) -> Answer {
    compared(call, SUMMARY).await
}

async fn bot_summary(call: PersonCall) -> Answer {
    compared(call, OF_BOTS).await
}

/// Rates are whole percents of the conversations on channels that have a bot now.
async fn bot_metrics(call: PersonCall) -> Answer {
    call.readers_of_reports_only()?;
    let span = span(&call, Scope::Account);
    let json = call
        .desk
        .read(move |view| {
            let (conversations, messages) = report::of_bots(view, span.account_id, span.since, span.until)?;
            let rate = |metric: &str| -> Result<i64, ApiError> {
                match measure(view, metric, &span)? {
                    Some(Number::Count(count)) if conversations > 0 => Ok(count * 100 / conversations),
                    _ => Ok(0),
                }
            };
            Ok(json!({
                "conversation_count": conversations,
                "message_count": messages,
                "resolution_rate": rate("bot_resolutions_count")?,
                "handoff_rate": rate("bot_handoffs_count")?,
            }))
        })
        .await?;
    ok(json)
}

fn row(view: &View<'_>, id: i64, span: &Span, nothing: &Value) -> Result<Value, ApiError> {
    let numbers = measured(view, SUMMARY, span)?;
    let average = |metric: &str| match &numbers[metric] {
        Value::Null => nothing.clone(),
        number => number.clone(),
    };
    Ok(json!({
        "id": id,
        "conversations_count": numbers["conversations_count"],
        "resolved_conversations_count": numbers["resolutions_count"],
        "avg_resolution_time": average("avg_resolution_time"),
        "avg_first_response_time": average("avg_first_response_time"),
        "avg_reply_time": average("reply_time"),
    }))
}

async fn rows(
    call: PersonCall,
    parts: impl FnOnce(&View<'_>, i64) -> Result<Vec<(i64, Scope)>, ApiError> + Send + 'static,
) -> Answer {
    call.readers_of_reports_only()?;
    let span = span(&call, Scope::Account);
    let rows: Vec<Value> = call
        .desk
        .read(move |view| {
            let parts = parts(view, span.account_id)?;
            let row = |(id, scope)| row(view, id, &Span { scope, ..span }, &Value::Null);
            parts.into_iter().map(row).collect()
        })
        .await?;
    ok(rows)
}

async fn by_agent(call: PersonCall) -> Answer {
    rows(call, |view, account_id| {
        let agents = people::agents(view, account_id)?;
        Ok(agents
            .iter()
            .map(|agent| (agent.id, Scope::Agent(agent.id)))
            .collect())
    })
    .await
}

async fn by_team(call: PersonCall) -> Answer {
    rows(call, |view, account_id| {
        let teams = team::all(view, account_id)?;
        Ok(teams.iter().map(|team| (team.id, Scope::Team(team.id))).collect())
    })
    .await
}

async fn by_inbox(call: PersonCall) -> Answer {
    rows(call, |view, account_id| {
        let inboxes = inbox::all(view, account_id)?;
        Ok(inboxes
            .iter()
            .map(|inbox| (inbox.id, Scope::Inbox(inbox.id)))
            .collect())
    })
    .await
}

/// Without bounds all of time; averages of nothing are 0 here (reference §9).
async fn by_label(call: PersonCall) -> Answer {
    call.readers_of_reports_only()?;
    let has_bounds = call.params.has("since") && call.params.has("until");
    let mut span = span(&call, Scope::Account);
    if !has_bounds {
        (span.since, span.until) = (0, i64::MAX);
    }
    let rows: Vec<Value> = call
        .desk
        .read(move |view| {
            let mut rows = Vec::new();
            for label in label::all(view, span.account_id)? {
                let scope = Scope::Label(label.id);
                let mut row = row(view, label.id, &Span { scope, ..span }, &json!(0))?;
                row["name"] = json!(label.title);
                rows.push(row);
            }
            Ok(rows)
        })
        .await?;
    ok(rows)
}

async fn by_channel(call: PersonCall) -> Answer {
    call.readers_of_reports_only()?;
    let (account_id, (since, until)) = (call.account_id, bounds(&call));
    if until.saturating_sub(since) > CHANNELS_MS {
        return Err(ApiError::Refused("Date range cannot exceed 6 months".to_owned()));
    }
    let counted = call
        .desk
        .read(move |view| report::by_channel(view, account_id, since, until))
        .await?;
    let mut channels: Map<String, Value> = Map::new();
    for (channel, status, count) in counted {
        let none = json!({ "open": 0, "resolved": 0, "pending": 0, "snoozed": 0, "total": 0 });
        let entry = channels.entry(channel).or_insert(none);
        entry["total"] = json!(entry["total"].as_i64().unwrap_or(0) + count);
        entry[status] = json!(count);
    }
    ok(channels)
}

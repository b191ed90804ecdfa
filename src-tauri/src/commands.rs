//! The four functions that reach the app from the screen. They name the call and hand it on.

use crate::events::EventStream;
use crate::window::MainWindow;
use deskbell_app::App;
use deskbell_app::schema::{CommandError, ErrorCode, EventBatch, Mutate, Query, Theme, Trigger};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::future::Future;
use tauri::State;
use tauri::ipc::Channel;

/// Answers a question without effect.
#[tauri::command]
pub async fn rpc_query(
    app: State<'_, App>,
    window: State<'_, MainWindow>,
    call: Option<Value>,
) -> Result<Value, CommandError> {
    let query: Query = understand(call)?;
    let asks_session = matches!(query, Query::Session(()));
    let (name, app) = (query.name(), app.inner().clone());
    let answer = guarded(name, async move { app.query(query).await }).await?;
    // The window behind the screen has the colours of the screen, whatever the system's are.
    if asks_session && let Some(theme) = answer.pointer("/settings/theme") {
        window.use_theme(Theme::deserialize(theme).unwrap_or(Theme::System));
    }
    Ok(answer)
}

/// Carries out a change, or says durably that it will be.
#[tauri::command]
pub async fn rpc_mutate(app: State<'_, App>, call: Option<Value>) -> Result<Value, CommandError> {
    let mutate: Mutate = understand(call)?;
    let (name, app) = (mutate.name(), app.inner().clone());
    guarded(name, async move { app.mutate(mutate).await }).await
}

/// Does something outside the inbox; nothing is answered.
#[tauri::command]
pub async fn rpc_trigger(
    app: State<'_, App>,
    window: State<'_, MainWindow>,
    call: Option<Value>,
) -> Result<(), CommandError> {
    let trigger: Trigger = understand(call)?;
    if matches!(trigger, Trigger::Ready(())) {
        window.screen_is_ready();
    }
    let (name, app) = (trigger.name(), app.inner().clone());
    guarded(name, async move {
        app.trigger(trigger);
        Ok(())
    })
    .await
}

/// From now on events go to this channel.
#[tauri::command]
pub fn rpc_subscribe(events: State<'_, EventStream>, channel: Channel<EventBatch>) {
    events.listen(channel);
}

/// Makes a call out of `{name, request}`.
fn understand<T: DeserializeOwned>(call: Option<Value>) -> Result<T, CommandError> {
    let mut call = match call {
        Some(Value::Object(call)) => call,
        _ => Map::new(),
    };
    // JSON from the screen leaves out what is undefined; calls without a request expect null.
    call.entry("request").or_insert(Value::Null);
    let name = call
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    // serde's own words quote the request, which may hold what a guest wrote or a password.
    serde_json::from_value(Value::Object(call)).map_err(|_| CommandError {
        code: ErrorCode::BadRequest,
        message: format!("No such call, or its request makes no sense: {name:?}"),
        retryable: false,
    })
}

/// A panic in one call answers that call; without this the screen would wait for it for ever.
async fn guarded<T, F>(name: &'static str, call: F) -> Result<T, CommandError>
where
    T: Send + 'static,
    F: Future<Output = Result<T, CommandError>> + Send + 'static,
{
    match tauri::async_runtime::spawn(call).await {
        Ok(answer) => answer,
        Err(_) => Err(CommandError {
            code: ErrorCode::Failed,
            message: format!("{name} stopped; the log says where"),
            retryable: false,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refusal(call: Option<Value>) -> CommandError {
        match understand::<Query>(call) {
            Ok(query) => panic!("{} should not have been understood", query.name()),
            Err(error) => error,
        }
    }

    #[test]
    fn a_call_without_a_request_is_understood_either_way() {
        for call in [
            json!({"name": "session"}),
            json!({"name": "session", "request": null}),
        ] {
            assert_eq!(
                understand::<Query>(Some(call)).ok().map(|query| query.name()),
                Some("session")
            );
        }
    }

    #[test]
    fn what_is_not_understood_is_named_but_not_quoted() {
        let calls = [
            None,
            Some(json!("session")),
            Some(json!({"name": "no_such_call"})),
            Some(json!({"name": "counts", "request": {"account": "text of a guest"}})),
        ];
        for call in calls {
            let error = refusal(call);
            assert_eq!(error.code, ErrorCode::BadRequest);
            assert!(!error.retryable && !error.message.contains("guest"));
        }
    }

    #[tokio::test]
    async fn a_panic_becomes_an_answer() {
        let answer: Result<(), _> = guarded("session", async { panic!("on purpose") }).await;
        assert_eq!(answer.map_err(|error| error.code), Err(ErrorCode::Failed));
    }
}

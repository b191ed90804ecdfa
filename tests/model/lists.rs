//! What an account has beside its conversations is, in the end, what the server says: notifications, macros, saved views,
//! definitions of attributes.

use crate::run::Scene;
use serde_json::{Value, json};

type Verdict = Result<(), String>;

pub async fn same_here_as_there(scene: &Scene) -> Verdict {
    let (store, account) = (&scene.program.store, scene.program.account);
    let (kept, _) = store.notifications(account, 500).await.map_err(text)?;
    let kept = kept.iter().map(|kept| json!([kept.id, kept.is_unread()]));
    let newest = "/notifications?page=1&includes[]=read&includes[]=snoozed";
    same(scene, newest, "/data/payload", kept.collect(), |told| {
        json!([
            told["id"],
            told["read_at"].is_null() && told["snoozed_until"].is_null()
        ])
    })
    .await?;
    let kept = store.macros(account).await.map_err(text)?;
    let kept = kept.iter().map(|kept| {
        let actions = kept
            .actions
            .iter()
            .map(|action| json!([action.name, action.params]));
        json!([kept.id, kept.name, kept.visibility, actions.collect::<Vec<_>>()])
    });
    same(scene, "/macros", "/payload", kept.collect(), |told| {
        let actions = told["actions"].as_array().into_iter().flatten();
        let actions = actions.map(|action| json!([action["action_name"], action["action_params"]]));
        json!([
            told["id"],
            told["name"],
            told["visibility"],
            actions.collect::<Vec<_>>()
        ])
    })
    .await?;
    let kept = store.saved_views(account).await.map_err(text)?;
    let kept = kept
        .iter()
        .map(|kept| json!([kept.id, kept.name, kept.filter_type, kept.query]));
    same(scene, "/custom_filters", "", kept.collect(), |told| {
        json!([told["id"], told["name"], told["filter_type"], told["query"]])
    })
    .await?;
    let kept = store.attribute_definitions(account).await.map_err(text)?;
    let kept = kept
        .iter()
        .map(|kept| json!([kept.id, kept.key, kept.model, kept.values]));
    same(
        scene,
        "/custom_attribute_definitions",
        "",
        kept.collect(),
        |told| {
            json!([
                told["id"],
                told["attribute_key"],
                told["attribute_model"],
                told["attribute_values"]
            ])
        },
    )
    .await
}

/// Compares without regard to the order; a list that is empty on the server would prove nothing, except notifications.
async fn same(
    scene: &Scene,
    path: &str,
    list: &str,
    mut kept: Vec<Value>,
    of: impl Fn(&Value) -> Value,
) -> Verdict {
    let me = scene.desk.house.me.clone();
    let asked = scene.desk.of_account("GET", path, &me, Value::Null).await;
    let (_, answer) = asked.ok_or("the desk is down")?;
    let told = answer.pointer(list).and_then(Value::as_array);
    let mut told: Vec<Value> = told
        .ok_or_else(|| format!("{path} answers {answer}"))?
        .iter()
        .map(of)
        .collect();
    if told.is_empty() && !path.starts_with("/notifications") {
        return Err(format!("the server has nothing under {path}"));
    }
    kept.sort_by_key(Value::to_string);
    told.sort_by_key(Value::to_string);
    match kept == told {
        true => Ok(()),
        false => Err(format!("{path}: here {kept:?}, there {told:?}")),
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

//! The account and the inbox on the other side, looked at before anything is sent.

use super::ExportError;
use super::client::Client;
use serde_json::Value;
use std::collections::HashMap;

/// Where everything goes.
pub struct Target {
    pub account: i64,
    pub inbox: i64,
    /// Numbers there by e-mail in lower case.
    pub agents: HashMap<String, i64>,
    /// Numbers there by name in lower case.
    pub teams: HashMap<String, i64>,
}

impl Target {
    /// A path under the account.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/accounts/{}{rest}", self.account)
    }
}

/// Settings by which an inbox does something of its own about every message: the guests of years would be answered,
/// asked for ratings, or told to others again.
const QUIET: &[(&str, &str)] = &[
    ("greeting_enabled", "its greeting"),
    ("csat_survey_enabled", "its survey"),
    ("working_hours_enabled", "its business hours"),
    ("enable_auto_assignment", "its automatic assignment"),
    ("lock_to_single_conversation", "its lock to a single conversation"),
];

/// Finds them, and refuses what does not fit.
pub async fn find(client: &Client, account: Option<i64>, inbox: i64) -> Result<Target, ExportError> {
    let profile = client.get("/api/v1/profile").await?;
    let account = administered(&profile, account)?;
    let mut target = Target {
        account,
        inbox,
        agents: HashMap::new(),
        teams: HashMap::new(),
    };
    let inboxes = client.get(&target.path("/inboxes")).await?;
    let found = list(&inboxes["payload"])?.iter().find(|one| one["id"] == inbox);
    check(found, inbox)?;
    let bot = client
        .get(&target.path(&format!("/inboxes/{inbox}/agent_bot")))
        .await?;
    if bot["agent_bot"]["id"].is_i64() {
        return Err(noisy(inbox, "its bot"));
    }
    target.agents = by_text(&client.get(&target.path("/agents")).await?, "email")?;
    target.teams = by_text(&client.get(&target.path("/teams")).await?, "name")?;
    Ok(target)
}

fn administered(profile: &Value, wanted: Option<i64>) -> Result<i64, ExportError> {
    let accounts = list(&profile["accounts"])?.iter();
    let administered = accounts.filter(|one| one["role"] == "administrator");
    let ids: Vec<i64> = administered.filter_map(|one| one["id"].as_i64()).collect();
    match (wanted, ids.as_slice()) {
        (Some(id), ids) if ids.contains(&id) => Ok(id),
        (None, [only]) => Ok(*only),
        (None, [_, _, ..]) => Err(unfit(
            "the token's owner administers several accounts: choose with --account",
        )),
        _ => Err(unfit("the token's owner is no administrator of that account")),
    }
}

fn check(found: Option<&Value>, id: i64) -> Result<(), ExportError> {
    let found = found.ok_or_else(|| ExportError::Unfit(format!("there is no inbox {id} in that account")))?;
    if found["channel_type"] != "Channel::Api" {
        let problem = format!("inbox {id} is no API inbox: only those take what guests wrote before");
        return Err(ExportError::Unfit(problem));
    }
    if let Some((_, what)) = QUIET.iter().find(|(key, _)| found[*key] == true) {
        return Err(noisy(id, what));
    }
    if found["webhook_url"].as_str().is_some_and(|url| !url.is_empty()) {
        return Err(noisy(id, "its webhook"));
    }
    Ok(())
}

fn noisy(id: i64, what: &str) -> ExportError {
    ExportError::Unfit(format!(
        "inbox {id} would act on old messages: switch {what} off first"
    ))
}

fn unfit(problem: &str) -> ExportError {
    ExportError::Unfit(problem.to_owned())
}

/// A list in an answer.
pub fn list(value: &Value) -> Result<&Vec<Value>, ExportError> {
    value.as_array().ok_or(ExportError::Strange("a list is missing"))
}

fn by_text(all: &Value, key: &str) -> Result<HashMap<String, i64>, ExportError> {
    let pairs = list(all)?.iter().filter_map(|one| {
        let text = one[key].as_str()?.to_lowercase();
        Some((text, one["id"].as_i64()?))
    });
    Ok(pairs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn api_inbox() -> Value {
        json!({ "id": 4, "channel_type": "Channel::Api", "webhook_url": "", "greeting_enabled": false })
    }

    #[test]
    fn only_an_inbox_that_does_nothing_by_itself_will_do() {
        assert!(check(Some(&api_inbox()), 4).is_ok());
        assert!(check(None, 4).is_err());
        for (key, value) in [
            ("greeting_enabled", json!(true)),
            ("enable_auto_assignment", json!(true)),
            ("webhook_url", json!("https://example.org")),
            ("channel_type", json!("Channel::Whatsapp")),
        ] {
            let mut inbox = api_inbox();
            inbox[key] = value;
            assert!(check(Some(&inbox), 4).is_err(), "{key}");
        }
    }

    #[test]
    fn the_account_is_one_the_owner_administers() {
        let profile = json!({ "accounts": [
            { "id": 1, "role": "agent" }, { "id": 2, "role": "administrator" },
        ] });
        assert_eq!(administered(&profile, None).ok(), Some(2));
        assert_eq!(administered(&profile, Some(2)).ok(), Some(2));
        assert!(administered(&profile, Some(1)).is_err());
        let two = json!({ "accounts": [
            { "id": 1, "role": "administrator" }, { "id": 2, "role": "administrator" },
        ] });
        assert!(administered(&two, None).is_err());
    }
}

//! Reading a WhatsApp channel's templates from its provider anew.

use super::carrier::{Proof, fetch};
use crate::db::carrier;
use crate::db::inbox::{self, Inbox};
use crate::desk::Desk;
use crate::error::ApiError;
use crate::service::inboxes;
use serde_json::Value;
use url::Url;

/// Bytes of one answer; a longer one is none.
const LARGEST: usize = 8 * 1024 * 1024;
/// Templates of one answer, and answers: more than the provider lets a business have approved.
const OF_A_PAGE: usize = 250;
const MOST_PAGES: usize = 8;

/// Reads them and keeps what came. A provider that is not there, or does not answer, leaves them as they are.
pub async fn sync(desk: &Desk, inbox: Inbox) -> Result<(), ApiError> {
    let (id, account_id) = (inbox.id, inbox.account_id);
    let settings = desk.read(move |view| carrier::of_inbox(view, id)).await?;
    let business = inbox.channel.get("provider_config");
    let business = business.and_then(|config| config["business_account_id"].as_str());
    let business = business.filter(|business| !business.is_empty());
    let settings = settings.filter(|settings| !settings.token.is_empty() && !settings.is_log);
    let (Some(business), Some(settings)) = (business, settings) else {
        return Ok(());
    };
    let url = format!("{}/{business}/message_templates", settings.base_url);
    let Some(templates) = read(desk, &url, &Proof::Bearer(settings.token)).await else {
        tracing::warn!(inbox.id = id, "the provider's templates could not be read");
        return Ok(());
    };
    desk.write(move |change| {
        inbox::set_templates(change, id, &Value::Array(templates))?;
        inboxes::tell(change, account_id)
    })
    .await
}

/// All pages; none unless every one of them came.
async fn read(desk: &Desk, url: &str, proof: &Proof) -> Option<Vec<Value>> {
    let (mut templates, mut after) = (Vec::new(), None);
    for _ in 0..MOST_PAGES {
        let page = page_url(url, after.as_deref())?;
        let answer = match fetch(desk, page.as_str(), proof, LARGEST).await {
            Ok(answer) => answer,
            Err(failure) => {
                tracing::info!(%failure, "a list of templates could not be fetched");
                return None;
            }
        };
        let page = listed(&answer.bytes)?;
        templates.extend(page.templates);
        after = page.after;
        if after.is_none() {
            break;
        }
    }
    Some(templates)
}

/// The provider's own address of the next page is not used: it may lead elsewhere, and the token goes along.
fn page_url(url: &str, after: Option<&str>) -> Option<Url> {
    let mut url = Url::parse(url).ok()?;
    let mut query = url.query_pairs_mut();
    query.append_pair("limit", &OF_A_PAGE.to_string());
    if let Some(after) = after {
        query.append_pair("after", after);
    }
    drop(query);
    Some(url)
}

/// One answer.
#[derive(Debug, PartialEq)]
struct Page {
    templates: Vec<Value>,
    /// Where the next one begins.
    after: Option<String>,
}

/// Those of the list that name themselves and say whether they are approved; none when it is no list.
fn listed(bytes: &[u8]) -> Option<Page> {
    let mut json: Value = serde_json::from_slice(bytes).ok()?;
    let mut templates = json.get_mut("data")?.as_array_mut().map(std::mem::take)?;
    templates.retain(|one| one["name"].is_string() && one["status"].is_string());
    templates.truncate(OF_A_PAGE);
    let paging = &json["paging"];
    let after = paging["cursors"]["after"]
        .as_str()
        .filter(|_| paging["next"].is_string());
    Some(Page {
        templates,
        after: after.map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_no_template_is_left_out() {
        let answer = json!({ "data": [{ "name": "hello", "status": "APPROVED" }, { "name": 1 }, 7] });
        let page = listed(answer.to_string().as_bytes()).unwrap();
        assert_eq!(page.templates, [json!({ "name": "hello", "status": "APPROVED" })]);
        assert_eq!(page.after, None);
        for wrong in ["", "[]", "{}", "{\"data\":7}", "{\"error\":{}}"] {
            assert_eq!(listed(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn there_is_a_next_page_only_where_the_provider_says_so() {
        let cursors = json!({ "before": "a", "after": "b&c=d" });
        let last = json!({ "data": [], "paging": { "cursors": cursors } });
        assert_eq!(listed(last.to_string().as_bytes()).unwrap().after, None);
        let next =
            json!({ "data": [], "paging": { "cursors": cursors, "next": "https://elsewhere.example" } });
        let after = listed(next.to_string().as_bytes()).unwrap().after;
        let url = page_url("https://graph.example/1/message_templates", after.as_deref()).unwrap();
        assert_eq!(
            url.as_str(),
            "https://graph.example/1/message_templates?limit=250&after=b%26c%3Dd"
        );
    }
}

//! The list: what it shows, filtered as a person asks.

use crate::front_desk::FrontDesk;
use serde_json::Value;

/// All conversations of every property the agent works for, as the desk tells them page by page.
async fn on_the_desk(counter: &FrontDesk) -> Vec<Value> {
    let mut all = Vec::new();
    for account in &counter.desk.facts().accounts {
        for page in 1.. {
            let path = format!(
                "/api/v1/accounts/{}/conversations?status=all&assignee_type=all&page={page}",
                account.id
            );
            let answer = counter.desk.get(&path, &counter.me.access_token).await;
            let Some(found) = answer["data"]["payload"]
                .as_array()
                .filter(|found| !found.is_empty())
            else {
                break;
            };
            all.extend(found.clone());
        }
    }
    all
}

fn is_lead(conversation: &Value) -> bool {
    conversation["meta"]["sender"]["custom_attributes"]["lead"] == true
}

fn is_unassigned(conversation: &Value) -> bool {
    conversation["meta"]["assignee"].is_null()
}

fn words(count: usize) -> String {
    match count {
        1 => "1 conversation".into(),
        _ => format!("{count} conversations"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn l7_filters_combine_and_come_off_again() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.click("button", "All,").await;
    let all = on_the_desk(&counter).await;
    let count = |keep: &dyn Fn(&Value) -> bool| words(all.iter().filter(|one| keep(one)).count());
    let open = |one: &Value| one["status"] != "resolved";

    window.click("button", "More").await;
    window.sees(&count(&open)).await;
    window.click("button", "With lead").await;
    let leads = count(&|one| open(one) && is_lead(one));
    assert_ne!(leads, count(&open), "the demo has both");
    window.sees(&leads).await;
    window.click("button", "Nobody").await;
    let unassigned = count(&|one| open(one) && is_lead(one) && is_unassigned(one));
    window.sees(&unassigned).await;
    window.picture(&counter.desktop, "filters").await;
    window.click("button", "Clear all").await;
    window.sees(&count(&open)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn l11_customers_are_browsed_from_a_to_z() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.click("button", "Customers, A to Z").await;
    window.find("heading", "Customers, A to Z").await;
    let first = window.find("option", "").await;
    let names: Vec<String> = window
        .names("option")
        .await
        .iter()
        .filter_map(|name| name.split(',').next())
        .map(str::to_lowercase)
        // Only plain letters are compared here; the store's own test has the others.
        .filter(|name| name.starts_with(|first: char| first.is_ascii_lowercase()))
        .collect();
    assert!(names.len() > 3, "the demo has customers: {names:?}");
    assert!(names.is_sorted_by_key(|name| name.chars().next()), "{names:?}");
    window.picture(&counter.desktop, "customers").await;
    first.click().await.unwrap();
    window.find("log", "").await;
}

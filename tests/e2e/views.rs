//! Saved views: what the list is narrowed to, kept under a name.

use crate::front_desk::FrontDesk;
use serde_json::{Value, json};

/// The signed-in person's own views on the desk.
async fn kept(counter: &FrontDesk) -> Vec<Value> {
    let account = counter.desk.facts().accounts[0].id;
    let path = format!("/api/v1/accounts/{account}/custom_filters");
    let answer = counter.desk.get(&path, &counter.me.access_token).await;
    answer.as_array().cloned().unwrap_or_default()
}

fn names(views: &[Value]) -> Vec<&str> {
    views.iter().filter_map(|view| view["name"].as_str()).collect()
}

async fn save_as(counter: &FrontDesk, name: &str) {
    let window = &counter.window;
    window.click("button", "More").await;
    window.click("button", "Save as a view").await;
    window.write("textbox", "Name", name).await;
    window.click("button", "Save").await;
    window.gone("dialog", "Save as a view").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn l8_a_view_is_saved_applied_renamed_reordered_and_deleted() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.click("button", "All,").await;
    window.click("button", "More").await;
    window.click("button", "With lead").await;
    window.picture(&counter.desktop, "views-filters").await;
    window.click("button", "Save as a view").await;
    window.write("textbox", "Name", "Leads").await;
    window.picture(&counter.desktop, "views-name").await;
    window.click("button", "Save").await;
    window.gone("dialog", "Save as a view").await;
    let own = kept(&counter).await;
    assert_eq!(names(&own), ["Leads"]);
    assert_eq!(own[0]["query"]["deskbell"]["filter"]["statuses"], json!(["lead"]));

    // Another view; then the first is chosen again and filters as before.
    window.click("button", "Status: With lead").await;
    window.click("checkbox", "Unread").await;
    window.click("checkbox", "With lead").await;
    save_as(&counter, "Unread").await;
    window.click("button", "Unread").await;
    window.click("button", "Leads").await;
    window.find("button", "Status: With lead").await;

    // In another order, which stays over a restart.
    window.click("button", "Leads").await;
    window.picture(&counter.desktop, "views-list").await;
    window.click("button", "What to do with the view Leads").await;
    window.picture(&counter.desktop, "views-menu").await;
    window.click("menuitem", "Move down").await;
    window.click("button", "What to do with the view Leads").await;
    window.click("menuitem", "Rename").await;
    window.rewrite("textbox", "Name", "New leads").await;
    window.click("button", "Save").await;
    window.gone("dialog", "Rename the view").await;
    let own = kept(&counter).await;
    assert_eq!(names(&own), ["New leads", "Unread"]);
    let counter = counter.kill_and_reopen().await;
    let window = &counter.window;
    window.sees("In step").await;
    window.click("button", "Saved views").await;
    window.find("button", "What to do with the view New leads").await;
    window.find("button", "What to do with the view Unread").await;
    let menus: Vec<String> = window.names("button").await;
    let place = |name: &str| {
        menus
            .iter()
            .position(|one| one.ends_with(&format!("the view {name}")))
    };
    assert!(place("Unread") < place("New leads"), "{menus:?}");

    window.click("button", "What to do with the view Unread").await;
    window.click("menuitem", "Delete").await;
    window.gone("button", "What to do with the view Unread").await;
    let own = kept(&counter).await;
    assert_eq!(names(&own), ["New leads"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn l8_what_another_client_filters_by_is_said_and_not_applied_by_half() {
    let counter = FrontDesk::open_with(async |desk| {
        let account = desk.facts().accounts[0].id;
        let clause = |key: &str, values: Value| {
            json!({ "attribute_key": key, "filter_operator": "equal_to", "values": values, "query_operator": "and" })
        };
        let country = [clause("labels", json!(["vip"])), clause("country_code", json!(["AT"]))];
        let closed = [clause("status", json!(["resolved"]))];
        for (name, payload) in [("From Austria", &country[..]), ("Done", &closed[..])] {
            let view = json!({ "name": name, "filter_type": "conversation", "query": { "payload": payload } });
            let path = format!("/api/v1/accounts/{account}/custom_filters");
            desk.post(&path, &json!({ "custom_filter": view }), &desk.login("agent").access_token)
                .await;
        }
    })
    .await;
    let window = &counter.window;
    window.click("button", "Saved views").await;
    window.click("button", "From Austria").await;
    window
        .sees("From Austria also filters by country, which Deskbell cannot. It was not applied.")
        .await;
    window.picture(&counter.desktop, "views-unknown").await;
    assert!(
        window.all("button", "Tags: vip").await.is_empty(),
        "no half of it is applied"
    );
    window.click("button", "Done").await;
    window.find("heading", "Closed").await;
}

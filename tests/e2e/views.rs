//! Saved views: what the list is narrowed to, kept under a name.

use crate::front_desk::FrontDesk;
use deskbell_tests::until::until;
use fantoccini::Locator;
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

/// Saves the leads as a view, and shows the list of views.
async fn save_leads(counter: &FrontDesk) {
    let window = &counter.window;
    window.click("button", "All,").await;
    window.click("button", "More").await;
    window.click("button", "With lead").await;
    window.click("button", "Save as a view").await;
    window.write("textbox", "Name", "Leads").await;
    window.click("button", "Save").await;
    window.gone("dialog", "Save as a view").await;
    window.click("button", "Leads").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn l8_a_view_is_shared_with_a_colleagues_window_and_put_into_a_file_and_taken_from_it() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let theirs = counter.beside("ifeoma@aurora.example").await;
    save_leads(&counter).await;
    window.click("button", "What to do with the view Leads").await;
    window.click("menuitem", "Share with the team").await;
    window.sees("View Leads shared with the team").await;
    let shared = counter.desk.path("shared_views?filter_type=conversation");
    let token = &counter.desk.login_of("ifeoma@aurora.example").access_token;
    let on_the_desk = counter.desk.get(&shared, token).await;
    assert_eq!(on_the_desk[0]["name"], "Leads", "{on_the_desk}");
    assert_eq!(
        kept(&counter).await,
        Vec::<Value>::new(),
        "it is nobody's own any more"
    );

    // It comes by itself, filters there as it does here, and is not hers to change.
    theirs.click("button", "Saved views").await;
    theirs.click("button", "Leads Team").await;
    theirs.find("button", "Status: With lead").await;
    theirs.picture(&counter.desktop, "views-shared").await;
    theirs.click("button", "Leads").await;
    theirs.click("button", "What to do with the view Leads").await;
    theirs.find("menuitem", "Move down").await;
    assert!(theirs.all("menuitem", "Delete").await.is_empty());
    assert!(theirs.all("menuitem", "Rename").await.is_empty());

    window.click("button", "What to do with the view Leads").await;
    window.click("menuitem", "Keep for me only").await;
    window.sees("View Leads is yours only").await;
    theirs.gone("button", "What to do with the view Leads").await;
    assert_eq!(names(&kept(&counter).await), ["Leads"]);
    drop(theirs);
    into_a_file_and_back(&counter).await;
}

async fn into_a_file_and_back(counter: &FrontDesk) {
    let window = &counter.window;
    window.click("button", "Export").await;
    window.sees("Saved in your downloads as").await;
    let files = std::fs::read_dir(counter.desktop.downloads()).expect("the folder was made");
    let files: Vec<_> = files.flatten().map(|file| file.path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let words = std::fs::read_to_string(&files[0]).expect("the file can be read");
    assert!(words.contains("Leads"), "{words}");

    window.click("button", "What to do with the view Leads").await;
    window.click("menuitem", "Delete").await;
    window.gone("button", "What to do with the view Leads").await;
    assert_eq!(kept(counter).await, Vec::<Value>::new());
    choose_file(counter, &files[0].to_string_lossy()).await;
    window.sees("1 view imported").await;
    window.find("button", "What to do with the view Leads").await;
    let own = until("the view on the desk", async || {
        let own = kept(counter).await;
        (!own.is_empty()).then_some(own)
    })
    .await;
    assert_eq!(names(&own), ["Leads"]);
    assert_eq!(own[0]["query"]["deskbell"]["filter"]["statuses"], json!(["lead"]));

    // A file of something else changes nothing.
    let other = counter.desktop.folder().join("other.json");
    std::fs::write(&other, "{\"menu\": 1}").expect("a file can be written");
    choose_file(counter, &other.to_string_lossy()).await;
    window.sees("This is not a file of saved views.").await;
    assert_eq!(names(&kept(counter).await), ["Leads"]);
}

/// Chooses a file of views as the computer's file dialog would, which nothing can drive.
async fn choose_file(counter: &FrontDesk, path: &str) {
    let input = Locator::Css("input[type=file][aria-label='File of saved views']");
    let input = counter.window.client().find(input).await;
    let input = input.unwrap_or_else(|error| panic!("views are taken from a file: {error}"));
    let chosen = input.send_keys(path).await;
    chosen.unwrap_or_else(|error| panic!("the file cannot be chosen: {error}"));
}

//! The list: what it shows, filtered as a person asks.

use crate::front_desk::FrontDesk;
use deskbell_tests::until::until;
use serde_json::Value;

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
    let all = counter.conversations().await;
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

/// The number a view of the rail says.
async fn said(counter: &FrontDesk, view: &str) -> usize {
    let names = counter.window.names("button").await;
    let count = names
        .iter()
        .find_map(|name| name.strip_prefix(view)?.strip_prefix(", ")?.parse().ok());
    count.unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn l6_the_views_count_what_the_desk_holds() {
    let counter = FrontDesk::open().await;
    let me = counter
        .desk
        .get("/api/v1/profile", &counter.me.access_token)
        .await["id"]
        .clone();
    let agrees = async || {
        let all = counter.conversations().await;
        let count = |keep: &dyn Fn(&Value) -> bool| all.iter().filter(|one| keep(one)).count();
        let mine = |one: &Value| one["status"] == "open" && one["meta"]["assignee"]["id"] == me;
        let held = [
            count(&|one| one["status"] != "resolved"),
            count(&|one| one["status"] == "pending"),
            count(&mine),
        ];
        let said = [
            said(&counter, "All").await,
            said(&counter, "AI handling").await,
            said(&counter, "Mine").await,
        ];
        (held == said).then_some(said)
    };
    let before = until("the counts to be the desk's", agrees).await;
    assert!(
        before[0] > before[1] && before[1] > 0,
        "the demo has some of each: {before:?}"
    );
    let account = counter.desk.facts().accounts[0].id;
    counter
        .desk
        .guest_starts(account, "Is the sauna open tonight?")
        .await;
    until("one more of them", async || {
        let now = agrees().await?;
        (now[0] == before[0] + 1).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn l5_new_ones_gather_in_a_pill_while_the_pointer_is_over_the_list() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.click("button", "All,").await;
    // The pointer stays over the list where it pressed.
    window.find("option", "").await.click().await.unwrap();
    let before = window.names("option").await;
    let account = counter.desk.facts().accounts[0].id;
    counter
        .desk
        .guest_starts(account, "Is the sauna open tonight?")
        .await;
    window.find("button", "Show 1 new").await;
    let names = |all: &[String]| {
        all.iter()
            .filter_map(|one| one.split(',').next().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let now = window.names("option").await;
    assert_eq!(names(&before)[..3], names(&now)[..3], "nothing moved");
    window.picture(&counter.desktop, "list-new-pill").await;
    window.click("button", "Show 1 new").await;
    window.find("option", "Wanda Gast").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn n3_two_properties_stand_in_one_list_each_with_its_name_and_are_filtered_by() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.click("button", "All,").await;
    let both = window.names_of("option", 5).await;
    for property in ["Hotel Aurora", "Studio Mira"] {
        assert!(
            both.iter().any(|row| row.contains(property)),
            "{property}: {both:?}"
        );
    }
    window.click("button", "More").await;
    window.click("button", "Studio Mira").await;
    let salon = counter
        .desk
        .facts()
        .accounts
        .iter()
        .find(|one| one.name == "Studio Mira");
    let salon = salon.expect("the demo has a salon").id;
    let path = format!("/api/v1/accounts/{salon}/conversations/meta?status=");
    let mut open = 0;
    for status in ["open", "pending", "snoozed"] {
        let told = counter
            .desk
            .get(&format!("{path}{status}"), &counter.me.access_token)
            .await;
        open += told["meta"]["all_count"].as_u64().unwrap_or_default();
    }
    window
        .sees(&words(usize::try_from(open).expect("it is small")))
        .await;
    window.picture(&counter.desktop, "list-one-property").await;
    until("rows of the salon alone", async || {
        let rows = window.names("option").await;
        let alone = !rows.is_empty() && !rows.iter().any(|row| row.contains("Hotel Aurora"));
        alone.then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn l11_customers_are_browsed_from_a_to_z() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    window.click("button", "Customers, A to Z").await;
    window.find("heading", "Customers, A to Z").await;
    let first = window.find("option", "").await;
    let names = until("the demo's customers to be listed", async || {
        let names = plain_names(&window.names("option").await);
        (names.len() > 3).then_some(names)
    })
    .await;
    assert!(names.is_sorted_by_key(|name| name.chars().next()), "{names:?}");
    window.picture(&counter.desktop, "customers").await;
    first.click().await.unwrap();
    window.find("log", "").await;
}

/// The names of the rows, as they are ordered. Only plain letters are compared here; the store's own test has the others.
fn plain_names(rows: &[String]) -> Vec<String> {
    rows.iter()
        .filter_map(|name| name.split(',').next())
        .map(str::to_lowercase)
        .filter(|name| name.starts_with(|first: char| first.is_ascii_lowercase()))
        .collect()
}

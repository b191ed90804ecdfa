//! Reference §5: what a channel says by itself outside its hours.

use crate::house::House;
use crate::states::{last_line, post};
use deskbell_desk::db::rows;
use serde_json::{Value, json};

/// A Tuesday at noon: the day is not over while a test runs.
const NOON: i64 = 1_773_144_000;

/// The desk is staffed for a minute on Sundays, or never.
async fn close(house: &House, on_sundays_too: bool) {
    let day = |day: i64| {
        json!({
            "day_of_week": day, "closed_all_day": day != 0 || on_sundays_too, "open_all_day": false,
            "open_hour": 0, "open_minutes": 0, "close_hour": 0, "close_minutes": 1,
        })
    };
    let days: Vec<Value> = (0..7).map(day).collect();
    let (days, web) = (json!(days).to_string(), house.plan.web);
    let changed = house.running.desk().write(move |change| {
        rows::execute(
            change,
            "UPDATE inbox SET working_hours_enabled = 1, working_hours = ?2, out_of_office_message = 'We are closed.',
               greeting_enabled = 1, greeting_message = 'Welcome!' WHERE id = ?1",
            (web, days),
        )
        .map(drop)
    });
    changed.await.unwrap();
}

#[tokio::test]
async fn outside_the_hours_the_guest_is_told_once_a_day_and_not_greeted() {
    let house = House::open().await;
    house.control("/test/clock", json!({ "now": NOON })).await;
    close(&house, false).await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    house.guest_writes(id, "hello?").await;
    assert_eq!(
        house.lines(id).await,
        ["hi", "We are closed.", "hello?"],
        "an out-of-office message is no greeting"
    );
    house.advance(86_400).await;
    house.guest_writes(id, "today?").await;
    assert_eq!(last_line(&house, id).await, "We are closed.");
}

#[tokio::test]
async fn nobody_is_told_that_the_desk_is_closed_while_an_agent_writes() {
    let house = House::open().await;
    house.control("/test/clock", json!({ "now": NOON })).await;
    let id = house.guest_starts(house.plan.web, "hi").await;
    close(&house, true).await;
    post(
        &house,
        &house.plan.ana,
        id,
        "messages",
        json!({ "content": "I am here" }),
    )
    .await;
    house.advance(240).await;
    house.guest_writes(id, "good").await;
    assert_eq!(last_line(&house, id).await, "good");
    house.advance(120).await;
    house.guest_writes(id, "still?").await;
    assert_eq!(last_line(&house, id).await, "We are closed.");
}

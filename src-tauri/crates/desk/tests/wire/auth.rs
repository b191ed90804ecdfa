//! Reference §1.

use crate::house::{House, PASSWORD, assert_keys, reply};
use reqwest::Method;
use serde_json::json;

async fn sign_in(house: &House, email: &str, password: &str) -> reqwest::Response {
    let body = json!({ "email": email, "password": password });
    house.send(Method::POST, "/auth/sign_in", "", Some(body)).await
}

#[tokio::test]
async fn the_version_is_told_to_anybody() {
    let house = House::open().await;
    let (status, json) = house.plain(Method::GET, "/api", json!(null)).await;
    assert_eq!(status, 200);
    assert_keys(
        &json,
        &["version", "timestamp", "queue_services", "data_services"],
    );
    assert_eq!(json["version"], "4.15.1");
    let (status, json) = house.plain(Method::GET, "/health", json!(null)).await;
    assert_eq!((status, json), (200, json!({ "status": "woot" })));
}

#[tokio::test]
async fn signing_in_answers_the_user_and_session_headers() {
    let house = House::open().await;
    let response = sign_in(&house, "ana@example.org", PASSWORD).await;
    assert_eq!(response.status(), 200);
    let headers = response.headers().clone();
    for name in ["access-token", "client", "uid", "expiry", "authorization"] {
        assert!(headers.contains_key(name), "{name}");
    }
    assert_eq!(headers["token-type"], "Bearer");
    let (_, json) = reply(response).await;
    let user = &json["data"];
    assert_eq!(user["access_token"], house.plan.ana.access_token.as_str());
    assert_eq!(user["pubsub_token"], house.plan.ana.pubsub_token.as_str());
    assert_eq!(user["type"], json!(null));
    let account = &user["accounts"][0];
    assert_eq!(account["id"], house.plan.account);
    assert_eq!(account["role"], "agent");
    assert_eq!(account["permissions"], json!(["agent"]));
    assert_eq!(account["availability"], "online");
}

#[tokio::test]
async fn session_headers_open_the_api_and_come_back() {
    let house = House::open().await;
    let signed_in = sign_in(&house, "ANA@example.org", PASSWORD).await;
    let client = reqwest::Client::new();
    let with = |request: reqwest::RequestBuilder| {
        ["access-token", "client", "uid"]
            .iter()
            .fold(request, |request, name| {
                request.header(*name, &signed_in.headers()[*name])
            })
    };
    let response = with(client.get(house.url("/api/v1/profile")))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["client"], signed_in.headers()["client"]);
    assert!(response.headers().contains_key("expiry"));
    let (status, json) = reply(
        with(client.get(house.url("/auth/validate_token")))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(status, 200);
    assert_eq!(json["payload"]["success"], true);
    assert!(json["payload"]["data"]["created_at"].is_string());
    let bearer = signed_in.headers()["authorization"].clone();
    let response = client
        .get(house.url("/api/v1/profile"))
        .header("authorization", bearer)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200, "one header holds all three");
    let out = |request| async { reply(with(request).send().await.unwrap()).await };
    let (status, json) = out(client.delete(house.url("/auth/sign_out"))).await;
    assert_eq!((status, json), (200, json!({ "success": true })));
    let (status, json) = out(client.delete(house.url("/auth/sign_out"))).await;
    assert_eq!(status, 404);
    let error = "User was not found or was not logged in.";
    assert_eq!(json, json!({ "success": false, "errors": [error] }));
    let (status, _) = out(client.get(house.url("/api/v1/profile"))).await;
    assert_eq!(status, 401);
}

#[tokio::test]
async fn wrong_credentials_are_refused_alike() {
    let house = House::open().await;
    let error = "Invalid login credentials. Please try again.";
    for (email, password) in [
        ("ana@example.org", "wrong"),
        ("nobody@example.org", PASSWORD),
        ("", ""),
    ] {
        let (status, json) = reply(sign_in(&house, email, password).await).await;
        assert_eq!(status, 401);
        assert_eq!(json, json!({ "success": false, "errors": [error] }));
    }
}

#[tokio::test]
async fn the_ways_not_to_be_signed_in_have_their_own_bodies() {
    let house = House::open().await;
    let path = house.of_account("/conversations");
    let reply = house.plain(Method::GET, &path, json!(null)).await;
    let words = "You need to sign in or sign up before continuing.";
    assert_eq!(reply, (401, json!({ "errors": [words] })));
    let response = house.send(Method::GET, &path, "wrong", None).await;
    assert_eq!(
        crate::house::reply(response).await,
        (401, json!({ "error": "Invalid Access Token" }))
    );
}

#[tokio::test]
async fn both_spellings_of_the_token_header_are_one() {
    let house = House::open().await;
    let response = reqwest::Client::new()
        .get(house.url("/api/v1/profile"))
        .header("Api-Access-Token", &house.plan.ana.access_token)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn strangers_suspended_and_unknown_accounts_have_their_own_bodies() {
    let house = House::open().await;
    let stranger = &house.plan.stranger;
    let words = "You are not authorized to access this account";
    assert_eq!(
        house.get(stranger, "/conversations").await,
        (401, json!({ "error": words }))
    );
    let missing = json!({ "error": "Resource could not be found" });
    assert_eq!(house.get(stranger, "").await, (404, missing.clone()));
    assert_eq!(house.get(stranger, "/").await, (404, missing.clone()));
    for id in ["999", "abc", "0"] {
        let path = format!("/api/v1/accounts/{id}/conversations");
        let response = house
            .send(Method::GET, &path, &house.plan.ana.access_token, None)
            .await;
        assert_eq!(
            crate::house::reply(response).await,
            (404, missing.clone()),
            "{id}"
        );
    }
    let account = house.plan.account;
    let suspend = move |change: &mut deskbell_desk::Change<'_>| {
        let sql = "UPDATE account SET status = 'suspended' WHERE id = ?1";
        deskbell_desk::db::rows::execute(change, sql, [account])
    };
    house.running.desk().write(suspend).await.unwrap();
    let (status, json) = house.get(&house.plan.ana, "/conversations").await;
    assert_eq!((status, json), (401, json!({ "error": "Account is suspended" })));
    assert_eq!(
        house.get(&house.plan.ana, "").await.0,
        200,
        "the account itself still answers"
    );
}

#[tokio::test]
async fn unknown_addresses_are_not_found_in_json() {
    let house = House::open().await;
    let expected = (404, json!({ "status": 404, "error": "Not Found" }));
    assert_eq!(house.plain(Method::GET, "/nowhere", json!(null)).await, expected);
    assert_eq!(house.get(&house.plan.ana, "/nowhere").await, expected);
    assert_eq!(house.plain(Method::DELETE, "/api", json!(null)).await, expected);
}

#[tokio::test]
async fn the_profile_is_read_and_changed() {
    let house = House::open().await;
    let ana = &house.plan.ana.access_token;
    let put = |body| house.send(Method::PUT, "/api/v1/profile", ana, Some(body));
    let (status, json) = reply(put(json!({ "profile": { "display_name": "Ana at the desk" } })).await).await;
    assert_eq!(status, 200);
    assert_eq!(json["available_name"], "Ana at the desk");
    let (_, json) = reply(put(json!({ "ui_settings": { "a": 1 } })).await).await;
    assert_eq!(
        json["ui_settings"],
        json!({ "a": 1 }),
        "the wrapper may be left away"
    );
    let wrong = json!({ "profile": { "password": "New-Pass-2", "current_password": "wrong" } });
    let (status, json) = reply(put(wrong).await).await;
    assert_eq!(
        (status, json),
        (422, json!({ "error": "Invalid current password" }))
    );
    let (status, json) = reply(put(json!({})).await).await;
    let missing = "param is missing or the value is empty: profile";
    assert_eq!((status, json), (422, json!({ "error": missing })));
}

#[tokio::test]
async fn availability_is_set_per_account() {
    let house = House::open().await;
    let ana = &house.plan.ana.access_token;
    let post = |body| house.send(Method::POST, "/api/v1/profile/availability", ana, Some(body));
    let wanted = json!({ "profile": { "account_id": house.plan.account, "availability": "busy" } });
    let (status, json) = reply(post(wanted).await).await;
    assert_eq!(status, 200);
    assert_eq!(json["accounts"][0]["availability"], "busy");
    let foreign = json!({ "profile": { "account_id": house.plan.other_account, "availability": "busy" } });
    assert_eq!(post(foreign).await.status(), 404);
    let unknown = json!({ "profile": { "account_id": house.plan.account, "availability": "away" } });
    assert_eq!(post(unknown).await.status(), 500);
}

#[tokio::test]
async fn a_throttled_sign_in_is_plain_text() {
    let house = House::open().await;
    let rule = json!({ "method": "POST", "path_contains": "/auth/sign_in", "times": 1,
        "action": { "status": 429, "body": "Retry later\n" } });
    house.control("/test/faults", json!({ "rules": [rule] })).await;
    let response = sign_in(&house, "ana@example.org", PASSWORD).await;
    assert_eq!(response.status(), 429);
    assert!(
        response.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/plain")
    );
    assert_eq!(response.text().await.unwrap(), "Retry later\n");
    assert_eq!(sign_in(&house, "ana@example.org", PASSWORD).await.status(), 200);
}

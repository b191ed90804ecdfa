//! Reference §1.2, §1.3: a sign-in in two steps.

use crate::house::{House, PASSWORD, Person, Reply, reply};
use deskbell_desk::service::totp;
use reqwest::Method;
use serde_json::{Value, json};

const EMAIL: &str = "ana@example.org";

async fn own(house: &House, person: &Person, method: Method, path: &str, body: Value) -> Reply {
    let body = Some(body).filter(|body| !body.is_null());
    reply(house.send(method, path, &person.access_token, body).await).await
}

async fn sign_in(house: &House, body: Value) -> Reply {
    house.plain(Method::POST, "/auth/sign_in", body).await
}

async fn first_step(house: &House) -> String {
    let (status, json) = sign_in(house, json!({ "email": EMAIL, "password": PASSWORD })).await;
    assert_eq!(status, 206, "{json}");
    assert_eq!(json["mfa_required"], true);
    assert_eq!(json.as_object().unwrap().len(), 2);
    json["mfa_token"].as_str().unwrap().to_owned()
}

fn decoded(secret: &str) -> Vec<u8> {
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in secret.bytes() {
        let value = if letter.is_ascii_digit() {
            letter - b'2' + 26
        } else {
            letter - b'A'
        };
        bits = (bits << 5) | u32::from(value);
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).unwrap());
        }
    }
    bytes
}

/// Ana's app.
struct App {
    secret: Vec<u8>,
    backup: Vec<String>,
}

impl App {
    /// Set up over the wire; the desk's clock stands still.
    async fn set_up(house: &House) -> Self {
        let clock = house.running.desk().clock();
        clock.hold(1_773_144_000_000);
        let ana = &house.plan.ana;
        let (status, begun) = own(house, ana, Method::POST, "/api/v1/profile/mfa", Value::Null).await;
        assert_eq!(status, 200, "{begun}");
        let secret = begun["secret"].as_str().unwrap();
        let uri = begun["provisioning_url"].as_str().unwrap();
        assert!(
            uri.starts_with("otpauth://totp/") && uri.contains(secret),
            "{uri}"
        );
        let mut app = Self {
            secret: decoded(secret),
            backup: Vec::new(),
        };
        let verify = "/api/v1/profile/mfa/verify";
        let (status, _) = own(house, ana, Method::POST, verify, json!({ "otp_code": "000000" })).await;
        assert_eq!(status, 422);
        let (status, json) = own(
            house,
            ana,
            Method::POST,
            verify,
            json!({ "otp_code": app.code(house, 0) }),
        )
        .await;
        assert_eq!((status, &json["enabled"]), (200, &json!(true)), "{json}");
        app.backup = serde_json::from_value(json["backup_codes"].clone()).unwrap();
        assert_eq!(app.backup.len(), 10);
        app
    }

    fn code(&self, house: &House, steps: i64) -> String {
        totp::code(&self.secret, totp::step_at(house.running.desk().now()) + steps)
    }
}

#[tokio::test]
async fn signing_in_takes_a_password_and_then_a_code_once() {
    let house = House::open().await;
    let app = App::set_up(&house).await;
    let token = first_step(&house).await;
    let step = async |code: String| sign_in(&house, json!({ "mfa_token": token, "otp_code": code })).await;
    let refused = json!({ "error": "Invalid verification code" });
    assert_eq!(
        step(app.code(&house, 0)).await,
        (400, refused.clone()),
        "taken when it was set up"
    );
    assert_eq!(step("123".to_owned()).await, (400, refused.clone()));
    let (status, json) = step(app.code(&house, 1)).await;
    assert_eq!(status, 200, "a clock may be a step ahead");
    assert_eq!(json["data"]["email"], EMAIL);
    assert_eq!(step(app.code(&house, 1)).await, (400, refused), "each code once");
    house.running.desk().clock().hold(1_773_144_090_000);
    let answer = house
        .send(
            Method::POST,
            "/auth/sign_in",
            "",
            Some(json!({ "mfa_token": token, "otp_code": app.code(&house, 0) })),
        )
        .await;
    assert_eq!(answer.status(), 200);
    for header in ["access-token", "client", "uid", "expiry"] {
        assert!(answer.headers().contains_key(header), "{header}");
    }
}

#[tokio::test]
async fn no_session_comes_with_the_first_step() {
    let house = House::open().await;
    App::set_up(&house).await;
    let body = json!({ "email": EMAIL, "password": PASSWORD });
    let answer = house.send(Method::POST, "/auth/sign_in", "", Some(body)).await;
    assert_eq!(answer.status(), 206);
    assert!(!answer.headers().contains_key("access-token"));
    let wrong = json!({ "email": EMAIL, "password": "Wrong-Desk-1" });
    assert_eq!(sign_in(&house, wrong).await.0, 401, "the password comes first");
}

#[tokio::test]
async fn a_backup_code_is_taken_once() {
    let house = House::open().await;
    let app = App::set_up(&house).await;
    let token = first_step(&house).await;
    let step = async |code: &str| {
        sign_in(&house, json!({ "mfa_token": token, "backup_code": code }))
            .await
            .0
    };
    assert_eq!(step(&app.backup[3]).await, 200);
    assert_eq!(step(&app.backup[3]).await, 400);
    assert_eq!(step(&app.backup[4].to_lowercase()).await, 200);
    assert_eq!(step("00000000").await, 400);
}

#[tokio::test]
async fn a_token_ends_after_five_minutes_with_a_new_password_and_when_it_is_bent() {
    let house = House::open().await;
    let app = App::set_up(&house).await;
    let refused = (401, json!({ "error": "Invalid or expired MFA token" }));
    let token = first_step(&house).await;
    let with = async |token: &str| {
        sign_in(
            &house,
            json!({ "mfa_token": token, "otp_code": app.code(&house, 0) }),
        )
        .await
    };
    let (head, rest) = token.split_once('.').unwrap();
    let (_, signature) = rest.split_once('.').unwrap();
    let other = first_step(&house).await;
    let claims = other.split('.').nth(1).unwrap();
    for bent in [
        "",
        "x",
        "a.b.c",
        &format!("{head}.{claims}.{signature}"),
        &token[..token.len() - 2],
    ] {
        assert_eq!(with(bent).await, refused, "{bent}");
    }
    house.running.desk().clock().hold(1_773_144_000_000 + 299_000);
    assert_eq!(with(&token).await.0, 200);
    house.running.desk().clock().hold(1_773_144_000_000 + 300_000);
    assert_eq!(with(&token).await, refused);
    let token = first_step(&house).await;
    let new = json!({ "profile": { "current_password": PASSWORD, "password": "Another-Desk-1" } });
    assert_eq!(
        own(&house, &house.plan.ana, Method::PUT, "/api/v1/profile", new)
            .await
            .0,
        200
    );
    assert_eq!(with(&token).await, refused);
}

#[tokio::test]
async fn codes_are_guessed_at_ten_times_a_minute() {
    let house = House::open().await;
    let app = App::set_up(&house).await;
    let token = first_step(&house).await;
    let step = async |code: &str| {
        sign_in(&house, json!({ "mfa_token": token, "otp_code": code }))
            .await
            .0
    };
    for _ in 0..10 {
        assert_eq!(step("000000").await, 400);
    }
    assert_eq!(step(&app.code(&house, 1)).await, 429);
    house.running.desk().clock().hold(1_773_144_060_000);
    assert_eq!(step(&app.code(&house, 0)).await, 200);
}

#[tokio::test]
async fn it_is_turned_off_with_password_and_code() {
    let house = House::open().await;
    let app = App::set_up(&house).await;
    let ana = &house.plan.ana;
    let mfa = "/api/v1/profile/mfa";
    let state = async || own(&house, ana, Method::GET, mfa, Value::Null).await.1;
    let on = json!({ "feature_available": true, "enabled": true, "backup_codes_generated": true });
    assert_eq!(state().await, on);
    assert_eq!(
        own(&house, ana, Method::POST, mfa, Value::Null).await.0,
        422,
        "on already"
    );
    for body in [
        json!({ "password": "Wrong-Desk-1", "otp_code": app.code(&house, 1) }),
        json!({ "password": PASSWORD, "otp_code": "000000" }),
        json!({ "password": PASSWORD }),
    ] {
        assert_eq!(own(&house, ana, Method::DELETE, mfa, body).await.0, 422);
    }
    let renew = json!({ "otp_code": app.code(&house, 1) });
    let (status, renewed) = own(
        &house,
        ana,
        Method::POST,
        "/api/v1/profile/mfa/backup_codes",
        renew,
    )
    .await;
    assert_eq!(
        (status, renewed["backup_codes"].as_array().unwrap().len()),
        (200, 10)
    );
    let old = json!({ "password": PASSWORD, "backup_code": app.backup[0] });
    assert_eq!(
        own(&house, ana, Method::DELETE, mfa, old).await.0,
        422,
        "renewed since"
    );
    let new = json!({ "password": PASSWORD, "backup_code": renewed["backup_codes"][0] });
    let (status, json) = own(&house, ana, Method::DELETE, mfa, new).await;
    assert_eq!((status, json), (200, json!({ "enabled": false })));
    assert_eq!(state().await["enabled"], false);
    assert_eq!(
        sign_in(&house, json!({ "email": EMAIL, "password": PASSWORD }))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn what_was_only_begun_asks_for_nothing() {
    let house = House::open().await;
    let begun = own(
        &house,
        &house.plan.ana,
        Method::POST,
        "/api/v1/profile/mfa",
        Value::Null,
    )
    .await;
    assert_eq!(begun.0, 200);
    assert_eq!(
        sign_in(&house, json!({ "email": EMAIL, "password": PASSWORD }))
            .await
            .0,
        200
    );
}

//! Reference §2.1: teams, and who belongs to teams and channels.

use crate::cable::Cable;
use crate::house::{House, assert_keys};
use serde_json::{Value, json};

fn denied() -> (u16, Value) {
    let error = "You are not authorized to do this action";
    (401, json!({ "error": error }))
}

fn ids(list: &Value) -> Vec<i64> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| one["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn teams_create_stores_the_name_in_lower_case_and_once() {
    let house = House::open().await;
    let admin = &house.plan.admin;
    let mut socket = Cable::person(&house, &house.plan.ana).await;
    let body = json!({ "name": "Night Shift", "description": "22 to 6", "allow_auto_assign": false });
    let (status, made) = house.post(admin, "/teams", json!({ "team": body })).await;
    assert_eq!(status, 200);
    assert_keys(
        &made,
        &[
            "id",
            "name",
            "description",
            "allow_auto_assign",
            "account_id",
            "is_member",
        ],
    );
    assert_eq!(made["name"], "night shift");
    assert_eq!(made["allow_auto_assign"], false);
    let keys = socket.event("account.cache_invalidated").await;
    assert_ne!(keys["cache_keys"]["team"], "0000000000");
    let taken = json!({ "message": "Name has already been taken", "attributes": ["name"] });
    let again = json!({ "name": "NIGHT SHIFT" });
    assert_eq!(house.post(admin, "/teams", again.clone()).await, (422, taken));
    assert_eq!(house.post(&house.plan.ana, "/teams", again).await, denied());
    assert_eq!(house.post(admin, "/teams", json!({ "name": " " })).await.0, 422);
}

#[tokio::test]
async fn teams_update_and_destroy() {
    let house = House::open().await;
    let (admin, ana) = (&house.plan.admin, &house.plan.ana);
    let path = format!("/teams/{}", house.plan.team);
    let (status, json) = house
        .patch(admin, &path, json!({ "name": "Desk", "description": null }))
        .await;
    assert_eq!((status, &json["name"]), (200, &json!("desk")));
    assert_eq!(json["description"], Value::Null);
    assert_eq!(house.patch(ana, &path, json!({ "name": "x" })).await, denied());
    assert_eq!(house.delete(ana, &path).await, denied());
    let id = house.guest_starts(house.plan.web, "hi").await;
    let to = json!({ "team_id": house.plan.team });
    house
        .post(ana, &format!("/conversations/{id}/assignments"), to)
        .await;
    assert_eq!(house.delete(admin, &path).await, (200, Value::Null));
    assert_eq!(house.get(admin, &path).await.0, 404);
    assert!(house.conversation(id).await["meta"].get("team").is_none());
}

#[tokio::test]
async fn team_members_are_added_set_and_removed() {
    let house = House::open().await;
    let (admin, ana, ben) = (&house.plan.admin, &house.plan.ana, &house.plan.ben);
    let path = format!("/teams/{}/team_members", house.plan.team);
    let named = |ids: &[i64]| json!({ "user_ids": ids });
    let (status, added) = house.post(admin, &path, named(&[ana.id])).await;
    assert_eq!((status, ids(&added)), (200, vec![ana.id]));
    let (_, added) = house.post(admin, &path, named(&[ana.id, ben.id])).await;
    assert_eq!(ids(&added), [ben.id], "only the new ones");
    assert_keys(
        &added[0],
        &[
            "id",
            "account_id",
            "availability_status",
            "auto_offline",
            "confirmed",
            "custom_role_id",
            "email",
            "provider",
            "available_name",
            "name",
            "role",
            "thumbnail",
        ],
    );
    let (_, all) = house.patch(admin, &path, named(&[admin.id, ben.id])).await;
    assert_eq!(ids(&all), [admin.id, ben.id], "the exact set");
    let gone = house.delete_with(admin, &path, named(&[ben.id])).await;
    assert_eq!(gone, (200, Value::Null));
    assert_eq!(ids(&house.get(ana, &path).await.1), [admin.id]);
    let strangers = (401, json!({ "error": "Invalid User IDs" }));
    for ids in [&[house.plan.stranger.id][..], &[ana.id, 999]] {
        assert_eq!(house.post(admin, &path, named(ids)).await, strangers);
        assert_eq!(house.patch(admin, &path, named(ids)).await, strangers);
    }
    assert_eq!(house.post(ana, &path, named(&[ana.id])).await, denied());
    let missing = json!({ "error": "param is missing or the value is empty: user_ids" });
    assert_eq!(house.post(admin, &path, json!({})).await, (422, missing));
}

#[tokio::test]
async fn inbox_members_are_added_set_and_removed() {
    let house = House::open().await;
    let (admin, ana, ben) = (&house.plan.admin, &house.plan.ana, &house.plan.ben);
    let phone = house.plan.phone;
    let named = |ids: &[i64]| json!({ "inbox_id": phone, "user_ids": ids });
    let (status, all) = house.post(admin, "/inbox_members", named(&[ben.id])).await;
    assert_eq!(
        (status, ids(&all["payload"])),
        (200, vec![ana.id, ben.id]),
        "all members"
    );
    assert_eq!(house.get(ben, &format!("/inboxes/{phone}")).await.0, 200);
    let (_, all) = house.patch(admin, "/inbox_members", named(&[ben.id])).await;
    assert_eq!(ids(&all["payload"]), [ben.id]);
    let gone = house.delete_with(admin, "/inbox_members", named(&[ben.id])).await;
    assert_eq!(gone, (200, Value::Null));
    let (_, none) = house.get(admin, &format!("/inbox_members/{phone}")).await;
    assert_eq!(none, json!({ "payload": [] }));
    assert_eq!(
        house.post(ana, "/inbox_members", named(&[ana.id])).await,
        denied()
    );
    let unknown = json!({ "inbox_id": 999, "user_ids": [ana.id] });
    assert_eq!(house.post(admin, "/inbox_members", unknown).await.0, 404);
}

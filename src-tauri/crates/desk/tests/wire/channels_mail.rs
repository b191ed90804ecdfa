//! Mail, both ways: whole messages in, Postmark's form out.

use crate::house::House;
use crate::provider::{Line, SECRET, TOKEN, says, until_status};
use serde_json::{Value, json};

async fn relay(house: &House, line: &Line, mail: &str) -> u16 {
    hand_on(house, line, mail, &format!("Bearer {SECRET}")).await
}

async fn hand_on(house: &House, line: &Line, mail: &str, authorization: &str) -> u16 {
    let request = reqwest::Client::new()
        .post(house.url(&format!("/webhooks/mail/{}", line.id)))
        .header("content-type", "message/rfc822")
        .header("authorization", authorization)
        .body(mail.replace('\n', "\r\n"));
    request.send().await.unwrap().status().as_u16()
}

fn mail(id: &str, more: &str, body: &str) -> String {
    format!(
        "From: Ida Berg <Ida@mail.example>\nTo: desk@adler.example\nSubject: Two nights in May\n\
         Message-ID: <{id}>\nDate: Mon, 1 Dec 2025 10:00:00 +0100\nMIME-Version: 1.0\n{more}\n{body}"
    )
}

const PLAIN: &str = "Content-Type: text/plain; charset=utf-8\n";

async fn messages(house: &House, id: i64) -> Vec<Value> {
    let (_, json) = house
        .get(&house.plan.ana, &format!("/conversations/{id}/messages"))
        .await;
    json["payload"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_mail_is_a_conversation_and_is_answered_in_its_thread() {
    let house = House::open().await;
    let line = Line::mail(&house).await;
    let first = mail("a1@mail.example", PLAIN, "Do you have a room?\n");
    for _ in 0..2 {
        assert_eq!(relay(&house, &line, &first).await, 200);
    }
    let id = line.conversation(&house).await;
    let about = house.conversation(id).await;
    assert_eq!(about["meta"]["sender"]["email"], "ida@mail.example");
    assert_eq!(about["meta"]["sender"]["name"], "Ida Berg");
    assert_eq!(
        about["additional_attributes"]["mail_subject"],
        "Two nights in May"
    );
    let all = messages(&house, id).await;
    assert_eq!(all.len(), 1, "brought twice, there once");
    assert_eq!(all[0]["content"], "Do you have a room?");
    assert_eq!(all[0]["content_type"], "incoming_email");
    assert_eq!(
        all[0]["content_attributes"]["email"]["subject"],
        "Two nights in May"
    );
    let sent = says(
        &house,
        id,
        json!({ "content": "We do", "cc_emails": "ole@mail.example" }),
    )
    .await;
    let came = line.provider.next().await;
    assert_eq!(came.path, "/email");
    assert_eq!(came.header("x-postmark-server-token"), TOKEN);
    let letter = came.json();
    assert_eq!(letter["From"], "\"Hotel Adler\" <desk@adler.example>");
    assert_eq!(letter["To"], "ida@mail.example");
    assert_eq!(letter["Cc"], "ole@mail.example");
    assert_eq!(letter["Subject"], "Re: Two nights in May");
    assert_eq!(letter["TextBody"], "We do");
    let header = |name: &str| {
        let all = letter["Headers"].as_array().unwrap().iter();
        let mut found = all.filter(|one| one["Name"] == name);
        found.next().unwrap()["Value"].as_str().unwrap().to_owned()
    };
    assert_eq!(header("In-Reply-To"), "<a1@mail.example>");
    let own = header("Message-ID");
    let reply = format!("{PLAIN}In-Reply-To: {own}\nReferences: <a1@mail.example> {own}\n");
    let second = mail(
        "a2@mail.example",
        &reply,
        "Wonderful!\n\nOn Monday, Hotel Adler wrote:\n> We do\n",
    );
    assert_eq!(relay(&house, &line, &second).await, 200);
    assert_eq!(line.conversation(&house).await, id, "the same thread");
    let all = messages(&house, id).await;
    assert_eq!(all[2]["content"], "Wonderful!");
    assert_eq!(all[1]["id"], sent["id"]);
    let third = mail("a3@mail.example", PLAIN, "Something else\n");
    relay(&house, &line, &third).await;
    assert_eq!(line.conversations(&house).await.len(), 2, "another thread");
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_nothing_is_kept() {
    let house = House::open().await;
    let line = Line::mail(&house).await;
    let letter = mail("a1@mail.example", PLAIN, "Hi\n");
    let basic = |pair: &str| format!("Basic {}", deskbell_desk::base64::encode(pair.as_bytes()));
    for wrong in [
        "",
        "Bearer ",
        "Bearer wrong",
        &basic("relay:wrong"),
        &basic("relay"),
        "Basic ???",
    ] {
        assert_eq!(hand_on(&house, &line, &letter, wrong).await, 401, "{wrong}");
    }
    assert_eq!(line.conversations(&house).await, Vec::<i64>::new());
    let right = basic(&format!("relay:{SECRET}"));
    assert_eq!(hand_on(&house, &line, &letter, &right).await, 200);
    assert_eq!(hand_on(&house, &line, "", &right).await, 400);
}

#[tokio::test]
async fn a_picture_comes_with_the_mail() {
    let house = House::open().await;
    let line = Line::mail(&house).await;
    let parts = "Content-Type: multipart/mixed; boundary=B\n";
    let body = "--B\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n\
                Sch=F6n\n--B\nContent-Type: image/png; name=\"room.png\"\nContent-Disposition: attachment; \
                filename=\"room.png\"\nContent-Transfer-Encoding: base64\n\ncGljdHVyZQ==\n--B--\n";
    assert_eq!(
        relay(&house, &line, &mail("p1@mail.example", parts, body)).await,
        200
    );
    let id = line.conversation(&house).await;
    let message = messages(&house, id).await.remove(0);
    assert_eq!(message["content"], "Schön");
    let file = &message["attachments"][0];
    assert_eq!(file["file_type"], "image");
    assert_eq!(file["extension"], "png");
    let bytes = reqwest::get(file["data_url"].as_str().unwrap()).await.unwrap();
    assert_eq!(bytes.bytes().await.unwrap(), b"picture".as_slice());
}

#[tokio::test]
async fn what_no_person_wrote_begins_no_conversation() {
    let house = House::open().await;
    let line = Line::mail(&house).await;
    let absent = format!("{PLAIN}Auto-Submitted: auto-replied\n");
    assert_eq!(
        relay(&house, &line, &mail("o1@mail.example", &absent, "I am away\n")).await,
        200
    );
    let own = mail("o2@mail.example", PLAIN, "Hi\n").replace("Ida@mail.example", "desk@adler.example");
    assert_eq!(relay(&house, &line, &own).await, 200);
    assert_eq!(line.conversations(&house).await, Vec::<i64>::new());
}

#[tokio::test]
async fn a_strangers_mail_does_not_enter_somebody_elses_thread() {
    let house = House::open().await;
    let line = Line::mail(&house).await;
    relay(&house, &line, &mail("a1@mail.example", PLAIN, "Hi\n")).await;
    let id = line.conversation(&house).await;
    let more = format!("{PLAIN}In-Reply-To: <a1@mail.example>\n");
    let other = mail("s1@mail.example", &more, "It is me\n").replace("Ida@mail.example", "eve@mail.example");
    relay(&house, &line, &other).await;
    assert_eq!(house.lines(id).await, ["Hi"]);
    assert_eq!(line.conversations(&house).await.len(), 2);
}

#[tokio::test]
async fn without_a_token_mail_is_recorded_and_counts_as_delivered() {
    let house = House::open().await;
    let own = json!({ "email": "desk@adler.example" });
    let line = Line::logged(&house, "Channel::Email", own, "mail").await;
    relay(&house, &line, &mail("a1@mail.example", PLAIN, "Hi\n")).await;
    let id = line.conversation(&house).await;
    let sent = says(&house, id, json!({ "content": "Hello" })).await;
    until_status(&house, id, &sent, "delivered").await;
    assert_eq!(line.provider.count(), 0);
    let message_id = sent["id"].as_i64().unwrap();
    let recorded = house
        .running
        .desk()
        .read(move |view| deskbell_desk::db::outbound::of_message(view, message_id))
        .await
        .unwrap();
    assert_eq!(recorded.len(), 1);
    assert_eq!(
        (recorded[0].carrier.as_str(), recorded[0].recipient.as_str()),
        ("log", "ida@mail.example")
    );
}

/// A mail server says that a mail came back.
fn bounce(id: &str, message_id: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mail.example\nTo: desk@adler.example\nSubject: Undelivered\nMessage-ID: <{id}>\n\
         Auto-Submitted: auto-replied\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n\
         --B\nContent-Type: text/plain\n\nIt came back.\n\
         --B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example\n\n\
         Final-Recipient: rfc822; ida@mail.example\nAction: failed\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550 No such user\n\
         --B\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\nSubject: Re: Two nights\n\n--B--\n"
    )
}

#[tokio::test]
async fn a_mail_that_came_back_is_failed_with_its_reason() {
    let house = House::open().await;
    let line = Line::mail(&house).await;
    relay(&house, &line, &mail("a1@mail.example", PLAIN, "Hi\n")).await;
    let id = line.conversation(&house).await;
    let sent = says(&house, id, json!({ "content": "Hello" })).await;
    let letter = line.provider.next().await.json();
    let headers = letter["Headers"].as_array().unwrap().iter();
    let mut names = headers.filter(|one| one["Name"] == "Message-ID");
    let name = names.next().unwrap()["Value"].as_str().unwrap().to_owned();
    // Until the provider's answer is kept, nobody knows the mail by its name.
    let mut cable = crate::cable::Cable::person(&house, &house.plan.admin).await;
    while messages(&house, id).await[1]["source_id"].is_null() {
        cable.event("message.updated").await;
    }
    let stray = bounce("b0@mail.example", "<somebody@else.example>");
    assert_eq!(relay(&house, &line, &stray).await, 200);
    let back = bounce("b1@mail.example", &name);
    for _ in 0..2 {
        assert_eq!(relay(&house, &line, &back).await, 200);
    }
    let failed = until_status(&house, id, &sent, "failed").await;
    assert_eq!(
        failed["content_attributes"]["external_error"],
        "5.1.1: 550 No such user"
    );
    assert_eq!(messages(&house, id).await.len(), 2, "a report is no message");
    assert_eq!(line.conversations(&house).await, [id]);
}

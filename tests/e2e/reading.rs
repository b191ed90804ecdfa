//! Reading and answering beside others: designed mails, a colleague who was quicker, a reply that was refused, a guest who
//! opted out, and what the panel takes.

use crate::front_desk::FrontDesk;
use deskbell_tests::outside::Outside;
use deskbell_tests::page::Key;
use deskbell_tests::until::until;
use serde_json::{Value, json};

const WORDS: &str = "Is the sauna open tonight?";

/// A guest of the web chat with an open conversation; answers the conversation's number.
async fn open_guest(counter: &FrontDesk) -> i64 {
    let account = counter.desk.facts().accounts[0].id;
    let id = counter.desk.guest_starts(account, WORDS).await;
    let name = counter.conversation_with(WORDS).await.guest();
    counter.window.click("button", "AI handling,").await;
    // The same row stood in the list before, in another place: a press that meets the change of lists is lost.
    until("the conversation to open", async || {
        counter.window.click("option", &name).await;
        (!counter.window.all("button", "Take over").await.is_empty()).then_some(())
    })
    .await;
    counter.window.sees(WORDS).await;
    id
}

/// Takes it over, and waits until the desk knows.
async fn take_over(counter: &FrontDesk) {
    counter.window.click("button", "Take over").await;
    counter.window.sees("You are answering").await;
    until("the desk to know", async || {
        (counter.conversation_with(WORDS).await.status() == "open").then_some(())
    })
    .await;
}

fn path(counter: &FrontDesk, rest: &str) -> String {
    format!("/api/v1/accounts/{}/{rest}", counter.desk.facts().accounts[0].id)
}

/// How wide the first picture of the mail is painted from its own points; null = it has none.
const IN_MAIL: &str = "const picture = document.querySelector('iframe')?.contentDocument?.querySelector('img[src]'); \
    return picture ? [picture.naturalWidth, picture.src.slice(0, 22)] : null";

#[tokio::test(flavor = "multi_thread")]
async fn t5_pictures_of_a_mail_come_when_asked_for_and_through_the_program() {
    let outside = Outside::start().await;
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let id = open_guest(&counter).await;
    let picture = format!("{}/logo.png?to=desk", outside.url());
    let html = format!("<p>Our <b>offer</b></p><img src=\"{picture}\" alt=\"Logo\"><img src=\"{picture}\">");
    let email =
        json!({ "subject": "Offer", "html_content": { "full": html, "reply": html, "quoted": html } });
    let message = json!({ "content": "Our offer", "content_attributes": { "email": email } });
    let token = &counter.desk.login("administrator").access_token;
    let messages = path(&counter, &format!("conversations/{id}/messages"));
    counter.desk.post(&messages, &message, token).await;
    window.click("button", "Show as it was sent").await;
    window.sees("1 picture is left out").await;
    assert_eq!(outside.visits(), Vec::<String>::new(), "nobody was asked yet");
    window.picture(&counter.desktop, "mail-without-pictures").await;

    window.click("button", "Show pictures").await;
    let painted = until("the picture in the mail", async || {
        let painted = window.client().execute(IN_MAIL, vec![]).await.ok()?;
        (!painted.is_null() && painted[0] != 0).then_some(painted)
    })
    .await;
    assert_eq!(
        painted,
        json!([1, "data:image/png;base64,"]),
        "it lies in the page itself"
    );
    window.gone("button", "Show pictures").await;
    window.picture(&counter.desktop, "mail-with-pictures").await;
    let visits = outside.visits();
    assert_eq!(
        visits.len(),
        1,
        "asked once, however often it stands there: {visits:?}"
    );
    let head = visits[0].to_lowercase();
    assert!(head.starts_with("get /logo.png?to=desk "), "{head}");
    for told in [
        "cookie",
        "referer",
        "authorization",
        "api-access-token",
        "applewebkit",
    ] {
        assert!(!head.contains(told), "{told}: {head}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_a_colleague_who_just_answered_is_named_before_a_reply_goes_out() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let id = open_guest(&counter).await;
    take_over(&counter).await;
    window.write("textbox", "Reply", "Yes, until ten").await;
    // A second person of the desk is quicker.
    let token = &counter.desk.login("administrator").access_token;
    let answer = json!({ "content": "It is open until eleven" });
    let messages = path(&counter, &format!("conversations/{id}/messages"));
    counter.desk.post(&messages, &answer, token).await;
    window.sees("It is open until eleven").await;
    window.click("button", "Send").await;
    window.sees("Send anyway?").await;
    window.picture(&counter.desktop, "answered-by-a-colleague").await;
    window.click("button", "Keep writing").await;
    window.sees_no("Send anyway?").await;
    assert_eq!(
        window.value("textbox", "Reply").await,
        "Yes, until ten",
        "nothing is lost"
    );
    let answers = counter.conversation_with(WORDS).await.answers();
    assert!(
        !answers.iter().any(|text| text == "Yes, until ten"),
        "{answers:?}"
    );

    window.click("button", "Send").await;
    window.click("button", "Send anyway").await;
    until("the reply on the desk", async || {
        let answers = counter.conversation_with(WORDS).await.answers();
        answers.iter().any(|text| text == "Yes, until ten").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t7_a_reply_that_was_refused_says_so_and_goes_out_when_tried_again() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    open_guest(&counter).await;
    take_over(&counter).await;
    let refusal = json!({ "status": 422, "body": { "message": "Too many words today" } });
    counter.desk.fault("POST", "/messages", 1, refusal).await;
    window.write("textbox", "Reply", "Yes, until ten").await;
    window.click("button", "Send").await;
    window.sees("Not sent. The server did not accept it").await;
    window.picture(&counter.desktop, "not-sent").await;
    window.click("button", "Try again").await;
    until("the reply on the desk, once", async || {
        let answers = counter.conversation_with(WORDS).await.answers();
        let times = answers.iter().filter(|text| *text == "Yes, until ten").count();
        (times == 1).then_some(())
    })
    .await;
    window.sees_no("Not sent").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn c5_somebody_who_opted_out_is_written_to_only_after_a_warning() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    let id = open_guest(&counter).await;
    take_over(&counter).await;
    let contact = counter.conversation_with(WORDS).await.conversation["meta"]["sender"]["id"].clone();
    let token = &counter.desk.login("administrator").access_token;
    let stopped = json!({ "custom_attributes": { "opted_out_at": 1_700_000_000 } });
    let guest = path(&counter, &format!("contacts/{contact}"));
    counter.desk.put(&guest, &stopped, token).await;
    window.sees("opted out of messages").await;
    window.sees("Opted out").await;
    window.picture(&counter.desktop, "opted-out").await;
    window.click("button", "Write anyway").await;
    window.write("textbox", "Reply", "You asked for a call").await;
    window.click("button", "Send").await;
    // Once more, at the moment of sending.
    window.sees("opted out of messages. Send anyway?").await;
    window.click("button", "Send anyway").await;
    let sent = path(&counter, &format!("conversations/{id}/messages"));
    until("the reply on the desk", async || {
        let held = counter.desk.get(&sent, token).await;
        let held = held["payload"].as_array()?.clone();
        let is_it = |message: &Value| message["content"] == "You asked for a call";
        held.iter().any(is_it).then_some(())
    })
    .await;
    window.sees("Opted out · AI and reminders stopped").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k6_a_tag_that_is_new_is_added_and_taken_away() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    open_guest(&counter).await;
    let labels = async || counter.conversation_with(WORDS).await.conversation["labels"].clone();
    window.click("button", "Add a tag").await;
    window.write("textbox", "Find a tag", "Sauna Evening").await;
    window.click("option", "Add the new tag “sauna-evening”").await;
    window.find("button", "Remove sauna-evening").await;
    until("the tag on the desk", async || {
        (labels().await == json!(["sauna-evening"])).then_some(())
    })
    .await;
    window.click("button", "Remove sauna-evening").await;
    window.gone("button", "Remove sauna-evening").await;
    until("the desk without the tag", async || {
        (labels().await == json!([])).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k7_an_address_that_no_mail_reaches_is_refused_in_words() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    open_guest(&counter).await;
    window.click("button", "Edit the guest").await;
    window.rewrite("textbox", "Email", "wanda@").await;
    window.click("button", "Save").await;
    window.sees("Write the whole address").await;
    window.rewrite("textbox", "Email", "wanda@mail.example").await;
    window.click("button", "Save").await;
    window.gone("dialog", "Edit the guest").await;
    until("the address on the desk", async || {
        let held = counter.conversation_with(WORDS).await.conversation;
        (held["meta"]["sender"]["email"] == "wanda@mail.example").then_some(())
    })
    .await;
}

/// The house writes "arrival/directions": what stands before the slash is its category.
#[tokio::test(flavor = "multi_thread")]
async fn m1_templates_stand_by_their_category() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    open_guest(&counter).await;
    take_over(&counter).await;
    let all = counter
        .desk
        .get(&path(&counter, "canned_responses"), &counter.me.access_token)
        .await;
    let all = all.as_array().into_iter().flatten();
    let all: Vec<(&str, &str)> = all
        .filter_map(|one| Some((one["short_code"].as_str()?, one["content"].as_str()?)))
        .collect();
    let (arrival, others): (Vec<_>, Vec<_>) = all.iter().partition(|(code, _)| code.starts_with("arrival/"));
    assert!(arrival.len() > 1 && others.len() > 1, "{all:?}");
    // With how it begins: a guest in the list may speak of a cot, too.
    let option = |(code, content): &(&str, &str)| {
        let name = code.split('/').next_back().unwrap_or_default();
        let beginning = content.split("{{").next().unwrap_or_default();
        format!("{name} {}", beginning.trim())
    };

    window.click("button", "Templates").await;
    for template in &all {
        window.find("option", &option(template)).await;
    }
    window.click("radio", "Arrival").await;
    for template in others {
        window.gone("option", &option(template)).await;
    }
    for template in &arrival {
        window.find("option", &option(template)).await;
    }
    window.click("option", &option(arrival[1])).await;
    window.click("button", "Insert").await;
    let words = arrival[1].1.split("}}").last().unwrap_or_default();
    until("the template in the composer", async || {
        window
            .value("textbox", "Reply")
            .await
            .contains(words)
            .then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m1_m3_a_template_is_written_used_changed_and_deleted_for_everybody() {
    let counter = FrontDesk::open().await;
    let window = &counter.window;
    open_guest(&counter).await;
    take_over(&counter).await;
    let token = &counter.me.access_token;
    let held = async || {
        let all = counter.desk.get(&path(&counter, "canned_responses"), token).await;
        let all = all.as_array().cloned().unwrap_or_default();
        let found = all.into_iter().find(|one| one["short_code"] == "sauna");
        found.map(|one| one["content"].clone())
    };
    window.click("button", "Templates").await;
    window.click("button", "New template").await;
    window.write("textbox", "Short name", "sauna").await;
    window.write("textbox", "Text", "Hello").await;
    window.click("button", "Insert a value").await;
    window.click("menuitem", "Guest’s first name").await;
    window.find("region", "How it reads").await;
    window.picture(&counter.desktop, "template-editor").await;
    window.click("button", "Save").await;
    window.gone("dialog", "New template").await;
    until("the template on the desk", async || {
        (held().await? == "Hello {{contact.first_name}}").then_some(())
    })
    .await;

    // It is there to be used: filled, changed, sent.
    window.write("combobox", "Search templates", "sauna").await;
    window.sees("Hello Wanda").await;
    window.press(Key::Plain(Key::ESCAPE)).await;
    window.write("textbox", "Reply", "/").await;
    window.write("combobox", "Search templates", "sauna").await;
    window.sees("Hello Wanda").await;
    window.press(Key::Plain(Key::ENTER)).await;
    until("the template in the composer", async || {
        (window.value("textbox", "Reply").await.trim() == "Hello Wanda").then_some(())
    })
    .await;
    window.write("textbox", "Reply", ", until ten").await;
    window.click("button", "Send").await;
    until("the reply on the desk", async || {
        let answers = counter.conversation_with(WORDS).await.answers();
        (answers.last()? == "Hello Wanda, until ten").then_some(())
    })
    .await;

    // And to be changed.
    window.click("button", "Templates").await;
    window.write("combobox", "Search templates", "sauna").await;
    window.click("button", "Edit template").await;
    window.rewrite("textbox", "Text", "Open until ten").await;
    window.click("button", "Save").await;
    window.gone("dialog", "Edit template").await;
    until("the other text on the desk", async || {
        (held().await? == "Open until ten").then_some(())
    })
    .await;
    window.write("combobox", "Search templates", "sauna").await;
    window.sees("Open until ten").await;
    window.click("button", "Edit template").await;
    window.click("button", "Delete").await;
    window.click("button", "Delete for everybody").await;
    window.gone("dialog", "Edit template").await;
    until("the template to be gone from the desk", async || {
        held().await.is_none().then_some(())
    })
    .await;
}

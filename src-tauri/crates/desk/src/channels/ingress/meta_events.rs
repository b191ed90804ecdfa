//! Reading Meta's JSON. Pure: what there is, is told; what is of another kind or another account is passed over.

use super::media::{Kept, Place};
use crate::channels::carrier::{Proof, meta_error};
use crate::channels::queue::Receipt;
use crate::channels::receive::{Brought, Sender};
use crate::db::carrier::Carrier;
use crate::db::json::Object;
use crate::db::outbound::State;
use serde_json::{Map, Value, json};

/// One thing that happened.
pub enum Event {
    Talk(Box<Talk>),
    Receipt {
        outbound_id: Option<i64>,
        receipt: Receipt,
    },
    /// All that was sent to a guest until then (epoch milliseconds).
    Until {
        recipient: String,
        until_ms: i64,
        state: State,
    },
}

/// A guest's message; its files are still with Meta.
pub struct Talk {
    pub brought: Brought,
    pub files: Vec<Kept>,
}

/// All events of a request, in order.
pub fn read(carrier: &Carrier, json: &Value) -> Vec<Event> {
    let mut events = Vec::new();
    for entry in list(&json["entry"]) {
        if carrier.kind == "whatsapp" {
            for change in list(&entry["changes"]) {
                of_whatsapp(carrier, &change["value"], &mut events);
            }
        } else if is_own(carrier, &entry["id"]) {
            let messaging = list(&entry["messaging"]);
            events.extend(messaging.iter().flat_map(|one| of_page(carrier, one)));
        }
    }
    events
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// One application may serve several accounts; the others have channels of their own.
fn is_own(carrier: &Carrier, id: &Value) -> bool {
    carrier.account.is_empty() || id.as_str() == Some(&carrier.account)
}

fn of_whatsapp(carrier: &Carrier, value: &Value, events: &mut Vec<Event>) {
    if !is_own(carrier, &value["metadata"]["phone_number_id"]) {
        return;
    }
    for message in list(&value["messages"]) {
        // A reaction is no message, and has no place in a thread.
        if message["type"] == "reaction" || message["id"].as_str().is_none_or(str::is_empty) {
            continue;
        }
        let from = text(&message["from"]);
        let known = list(&value["contacts"])
            .iter()
            .find(|one| one["wa_id"] == message["from"]);
        let name = known.and_then(|one| one["profile"]["name"].as_str());
        let sender = Sender {
            phone_number: Some(format!("+{from}")),
            address: from,
            name: name.map(str::to_owned),
            email: None,
        };
        let Content {
            words,
            files,
            shared,
            is_unsupported,
        } = content(carrier, message);
        let mut attributes = answered(&message["context"]["id"]);
        if is_unsupported {
            attributes.insert("is_unsupported".to_owned(), json!(true));
        }
        let mut said = talk(text(&message["id"]), sender, words, attributes, files);
        if let Event::Talk(talk) = &mut said {
            talk.brought.shared = shared;
        }
        events.push(said);
    }
    events.extend(list(&value["statuses"]).iter().filter_map(of_status));
}

fn talk(
    provider_id: String,
    sender: Sender,
    words: String,
    content_attributes: Object,
    files: Vec<Kept>,
) -> Event {
    let brought = Brought {
        provider_id,
        sender,
        text: words,
        content_attributes,
        ..Brought::default()
    };
    Event::Talk(Box::new(Talk { brought, files }))
}

fn answered(id: &Value) -> Object {
    match id.as_str() {
        Some(id) => Map::from_iter([("in_reply_to_external_id".to_owned(), json!(id))]),
        None => Map::new(),
    }
}

/// What a WhatsApp message holds.
#[derive(Default)]
struct Content {
    words: String,
    files: Vec<Kept>,
    /// Places and contact cards (reference §4.1).
    shared: Vec<Value>,
    /// Of a kind nobody can show.
    is_unsupported: bool,
}

impl Content {
    fn words(words: String) -> Self {
        Self {
            words,
            ..Self::default()
        }
    }
}

fn content(carrier: &Carrier, message: &Value) -> Content {
    let kind = message["type"].as_str().unwrap_or_default();
    let own = &message[kind];
    match kind {
        "text" => Content::words(text(&own["body"])),
        "button" => Content::words(text(&own["text"])),
        "interactive" => {
            let chosen = &own[own["type"].as_str().unwrap_or_default()]["title"];
            Content::words(text(chosen))
        }
        "location" => location(own),
        "contacts" => contact_cards(own),
        "image" | "video" | "audio" | "document" | "sticker" => {
            let file = Kept {
                place: Place::Behind(format!("{}/{}", carrier.base_url, text(&own["id"]))),
                proof: Proof::Bearer(carrier.token.clone()),
                name: own["filename"].as_str().map(str::to_owned),
                content_type: own["mime_type"].as_str().map(str::to_owned),
            };
            Content {
                files: vec![file],
                ..Content::words(text(&own["caption"]))
            }
        }
        _ => Content {
            is_unsupported: true,
            ..Content::words("(A message of a kind that cannot be shown here)".to_owned())
        },
    }
}

fn location(own: &Value) -> Content {
    let place = [&own["name"], &own["address"]].map(text).join(" ");
    let title = place.trim().to_owned();
    Content {
        shared: vec![json!({
            "file_type": "location",
            "coordinates_lat": own["latitude"],
            "coordinates_long": own["longitude"],
            "fallback_title": title,
            "data_url": text(&own["url"]),
        })],
        ..Content::words(title)
    }
}

fn contact_cards(own: &Value) -> Content {
    let cards = list(own).iter().take(16);
    let shared = cards.map(|one| {
        let name = &one["name"];
        // One name in two parts, or whole where it has none.
        let first = [text(&name["first_name"]), text(&name["formatted_name"])];
        let is_parted = !first[0].is_empty();
        json!({
            "file_type": "contact",
            "fallback_title": text(&one["phones"][0]["phone"]),
            "meta": {
                "firstName": if is_parted { &first[0] } else { &first[1] },
                "lastName": if is_parted { text(&name["last_name"]) } else { String::new() },
            },
        })
    });
    let names = list(own).iter().map(|one| text(&one["name"]["formatted_name"]));
    Content {
        shared: shared.collect(),
        ..Content::words(names.collect::<Vec<_>>().join(", "))
    }
}

fn of_status(status: &Value) -> Option<Event> {
    let state = match status["status"].as_str()? {
        "sent" => State::Sent,
        "delivered" => State::Delivered,
        "read" | "played" => State::Read,
        "failed" => State::Failed,
        _ => return None,
    };
    let error = meta_error(&status["errors"][0]);
    Some(Event::Receipt {
        outbound_id: status["biz_opaque_callback_data"]
            .as_str()
            .and_then(|id| id.parse().ok()),
        receipt: Receipt {
            state,
            error: error.filter(|_| state == State::Failed),
            provider_id: status["id"].as_str().map(str::to_owned),
        },
    })
}

/// One of a page's events: a message, a pressed button, or how far the guest has come.
fn of_page(carrier: &Carrier, one: &Value) -> Vec<Event> {
    let guest = text(&one["sender"]["id"]);
    if guest.is_empty() || guest == carrier.account {
        return Vec::new();
    }
    let sender = Sender {
        address: guest.clone(),
        ..Sender::default()
    };
    let message = &one["message"];
    if message.is_object() {
        // What the page itself said comes back as an echo.
        let Some(mid) = message["mid"].as_str().filter(|_| message["is_echo"] != true) else {
            return Vec::new();
        };
        let files: Vec<Kept> = list(&message["attachments"])
            .iter()
            .filter_map(page_file)
            .collect();
        let attributes = answered(&message["reply_to"]["mid"]);
        return vec![talk(
            mid.to_owned(),
            sender,
            text(&message["text"]),
            attributes,
            files,
        )];
    }
    if let Some(mid) = one["postback"]["mid"].as_str() {
        let words = text(&one["postback"]["title"]);
        return vec![talk(mid.to_owned(), sender, words, Map::new(), Vec::new())];
    }
    if let Some(mid) = one["read"]["mid"].as_str() {
        return vec![by_name(mid, State::Read)];
    }
    let until = |key: &str, state| {
        let until_ms = one[key]["watermark"].as_i64()?;
        let recipient = guest.clone();
        Some(Event::Until {
            recipient,
            until_ms,
            state,
        })
    };
    let named = list(&one["delivery"]["mids"]).iter().filter_map(Value::as_str);
    let mut events: Vec<Event> = named.map(|mid| by_name(mid, State::Delivered)).collect();
    events.extend(until("delivery", State::Delivered));
    events.extend(until("read", State::Read));
    events
}

fn by_name(mid: &str, state: State) -> Event {
    Event::Receipt {
        outbound_id: None,
        receipt: Receipt {
            state,
            error: None,
            provider_id: Some(mid.to_owned()),
        },
    }
}

fn page_file(attachment: &Value) -> Option<Kept> {
    let url = attachment["payload"]["url"].as_str()?;
    Some(Kept {
        place: Place::Url(url.to_owned()),
        proof: Proof::None,
        name: None,
        content_type: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn carrier(kind: &str) -> Carrier {
        Carrier {
            inbox_id: 1,
            kind: kind.to_owned(),
            base_url: "https://graph.example/v23.0".to_owned(),
            account: "77".to_owned(),
            token: "t".to_owned(),
            secret: "s".to_owned(),
            verify_token: "v".to_owned(),
            call_secret: String::new(),
            is_log: false,
        }
    }

    fn talks(events: &[Event]) -> Vec<(&str, &str)> {
        events
            .iter()
            .filter_map(|event| match event {
                Event::Talk(talk) => Some((talk.brought.sender.address.as_str(), talk.brought.text.as_str())),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn messages_of_other_accounts_and_echoes_are_passed_over() {
        let message = |mid: &str, echo: bool| json!({ "sender": { "id": "5" }, "message": { "mid": mid, "text": mid, "is_echo": echo } });
        let json = json!({ "entry": [
            { "id": "77", "messaging": [message("a", false), message("b", true)] },
            { "id": "78", "messaging": [message("c", false)] },
        ] });
        assert_eq!(talks(&read(&carrier("page"), &json)), [("5", "a")]);
    }

    #[test]
    fn every_kind_of_whatsapp_message_has_words_or_files() {
        let kinds = [
            json!({ "type": "text", "text": { "body": "hi" } }),
            json!({ "type": "button", "button": { "text": "Yes" } }),
            json!({ "type": "interactive", "interactive": { "type": "list_reply", "list_reply": { "title": "Sea" } } }),
            json!({ "type": "location", "location": { "latitude": 1.5, "longitude": 2.5, "name": "Here" } }),
            json!({ "type": "image", "image": { "id": "m1", "mime_type": "image/jpeg", "caption": "Look" } }),
            json!({ "type": "order", "order": {} }),
        ];
        let expected = [
            "hi",
            "Yes",
            "Sea",
            "Here",
            "Look",
            "(A message of a kind that cannot be shown here)",
        ];
        for (kind, expected) in kinds.into_iter().zip(expected) {
            let found = content(&carrier("whatsapp"), &kind);
            assert_eq!(found.words, expected);
            assert_eq!(found.files.len(), usize::from(kind["type"] == "image"));
            assert_eq!(found.shared.len(), usize::from(kind["type"] == "location"));
            assert_eq!(found.is_unsupported, kind["type"] == "order");
        }
    }

    #[test]
    fn a_contact_card_keeps_its_name_and_number() {
        let whole =
            json!({ "name": { "formatted_name": "Ines Gast" }, "phones": [{ "phone": "+41 79 000 00 00" }] });
        let parted = json!({ "name": { "formatted_name": "Jo Li", "first_name": "Jo", "last_name": "Li" } });
        let found = content(
            &carrier("whatsapp"),
            &json!({ "type": "contacts", "contacts": [whole, parted, 7] }),
        );
        assert_eq!(found.words, "Ines Gast, Jo Li, ");
        let card = |title: &str, first: &str, last: &str| json!({ "file_type": "contact", "fallback_title": title, "meta": { "firstName": first, "lastName": last } });
        assert_eq!(
            found.shared,
            [
                card("+41 79 000 00 00", "Ines Gast", ""),
                card("", "Jo", "Li"),
                card("", "", "")
            ]
        );
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let words = prop::sample::select(vec![
            "entry",
            "changes",
            "value",
            "messages",
            "statuses",
            "messaging",
            "message",
            "mid",
            "77",
            "text",
            "image",
            "id",
            "type",
            "sender",
            "read",
            "delivery",
            "watermark",
            "mids",
            "metadata",
            "phone_number_id",
            "errors",
        ]);
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            words.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(8, 64, 4, move |inner| {
            let object = prop::collection::vec((words.clone(), inner.clone()), 0..4);
            prop_oneof![
                prop::collection::vec(inner, 0..4).prop_map(Value::from),
                object.prop_map(|pairs| pairs
                    .into_iter()
                    .map(|(key, one)| (key.to_owned(), one))
                    .collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_json_does_harm(json in any_json()) {
            for kind in ["whatsapp", "page"] {
                read(&carrier(kind), &json!({ "entry": [{ "id": "77", "messaging": [json], "changes": [{ "value": json }] }] }));
                read(&carrier(kind), &json);
            }
            content(&carrier("whatsapp"), &json);
            let mut message = json;
            if message.is_object() {
                message["type"] = json!("interactive");
                content(&carrier("whatsapp"), &message);
            }
        }
    }
}

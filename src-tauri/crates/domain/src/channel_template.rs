//! The templates a WhatsApp provider has approved, read from what the server passes on (reference §2.2, §6): which words
//! they have and which values must be given.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// Where in the message a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ParameterPlace {
    Header,
    Body,
    /// The end of a link behind a button.
    Link,
    /// A code the guest copies.
    Code,
}

/// The file in a template's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HeaderMedia {
    Image,
    Video,
    Document,
}

/// One value a template asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateParameter {
    pub place: ParameterPlace,
    /// `1`, `2`, … or a name; for a button its place among the buttons, from 0.
    pub key: String,
    /// What the provider was shown as an example.
    pub example: Option<String>,
}

/// A template that may be sent, also through a closed window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChannelTemplate {
    pub name: String,
    pub language: String,
    pub category: String,
    pub namespace: Option<String>,
    /// Text with `{{1}}` where values go; so are `body` and `footer`.
    pub header: Option<String>,
    /// The head is a file, named by its address.
    pub header_media: Option<HeaderMedia>,
    pub body: String,
    pub footer: Option<String>,
    /// Words on the buttons, in order.
    pub buttons: Vec<String>,
    pub parameters: Vec<TemplateParameter>,
}

/// The approved ones among the provider's, in its order. What cannot be sent from here (no words, a location in its
/// head) is left out.
pub fn approved(templates: &[Value]) -> Vec<ChannelTemplate> {
    templates.iter().filter_map(read).collect()
}

fn read(template: &Value) -> Option<ChannelTemplate> {
    let text = |key: &str| template[key].as_str().unwrap_or_default().to_owned();
    if !text("status").eq_ignore_ascii_case("approved") || text("name").is_empty() {
        return None;
    }
    let mut read = ChannelTemplate {
        name: text("name"),
        language: text("language"),
        category: text("category"),
        namespace: template["namespace"].as_str().map(str::to_owned),
        header: None,
        header_media: None,
        body: String::new(),
        footer: None,
        buttons: Vec::new(),
        parameters: Vec::new(),
    };
    for component in template["components"].as_array().into_iter().flatten() {
        read_component(&mut read, component)?;
    }
    (!read.body.trim().is_empty()).then_some(read)
}

/// `None` = a part that cannot be filled from here.
fn read_component(template: &mut ChannelTemplate, component: &Value) -> Option<()> {
    let text = component["text"].as_str().unwrap_or_default();
    match component["type"].as_str()?.to_ascii_uppercase().as_str() {
        "BODY" => {
            template.body = text.to_owned();
            ask(template, ParameterPlace::Body, text, component);
        }
        "HEADER" => match component["format"].as_str().unwrap_or("TEXT") {
            "TEXT" => {
                template.header = Some(text.to_owned());
                ask(template, ParameterPlace::Header, text, component);
            }
            "IMAGE" => template.header_media = Some(HeaderMedia::Image),
            "VIDEO" => template.header_media = Some(HeaderMedia::Video),
            "DOCUMENT" => template.header_media = Some(HeaderMedia::Document),
            _ => return None,
        },
        "FOOTER" => template.footer = Some(text.to_owned()),
        "BUTTONS" => read_buttons(template, component),
        _ => {}
    }
    Some(())
}

fn read_buttons(template: &mut ChannelTemplate, component: &Value) {
    let buttons = component["buttons"].as_array().into_iter().flatten();
    for (index, button) in buttons.enumerate() {
        let kind = button["type"].as_str().unwrap_or_default().to_ascii_uppercase();
        let place = match kind.as_str() {
            "URL" if !variables(button["url"].as_str().unwrap_or_default()).is_empty() => {
                Some(ParameterPlace::Link)
            }
            "COPY_CODE" => Some(ParameterPlace::Code),
            _ => None,
        };
        let words = button["text"].as_str().unwrap_or_default();
        template.buttons.push(words.to_owned());
        template.parameters.extend(place.map(|place| TemplateParameter {
            place,
            key: index.to_string(),
            example: None,
        }));
    }
}

fn ask(template: &mut ChannelTemplate, place: ParameterPlace, text: &str, component: &Value) {
    let example = &component["example"];
    for (index, key) in variables(text).into_iter().enumerate() {
        let shown = match place {
            ParameterPlace::Header => &example["header_text"][index],
            _ => &example["body_text"][0][index],
        };
        let example = shown.as_str().map(str::to_owned);
        template
            .parameters
            .push(TemplateParameter { place, key, example });
    }
}

/// Names between double braces, each once, in order.
fn variables(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split("{{").skip(1) {
        let Some((name, _)) = part.split_once("}}") else {
            continue;
        };
        let name = name.trim().to_owned();
        if !name.is_empty() && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn only_approved_ones_are_offered_however_the_provider_spells_it() {
        let one = |name: &str, status: &str| json!({ "name": name, "status": status, "components": [{ "type": "BODY", "text": "Hi" }] });
        let all = [
            one("a", "APPROVED"),
            one("b", "approved"),
            one("c", "PENDING"),
            json!({ "name": "d", "status": "APPROVED", "components": [] }),
            json!("e"),
        ];
        let names: Vec<String> = approved(&all).into_iter().map(|template| template.name).collect();
        assert_eq!(names, ["a", "b"]);
    }

    #[test]
    fn every_value_is_asked_for_once_where_it_stands() {
        let template = json!({
            "name": "booking", "status": "APPROVED", "language": "en", "category": "UTILITY",
            "components": [
                { "type": "HEADER", "format": "TEXT", "text": "For {{1}}" },
                { "type": "BODY", "text": "Hello {{1}}, see you on {{ date }}, {{1}}.", "example": { "body_text": [["Priya", "8 May"]] } },
                { "type": "FOOTER", "text": "The desk" },
                { "type": "BUTTONS", "buttons": [
                    { "type": "QUICK_REPLY", "text": "Thanks" },
                    { "type": "URL", "text": "See it", "url": "https://desk.example/{{1}}" },
                    { "type": "COPY_CODE", "text": "Copy" },
                ] },
            ],
        });
        let read = approved(&[template]).remove(0);
        let asked: Vec<(ParameterPlace, &str, Option<&str>)> = read
            .parameters
            .iter()
            .map(|one| (one.place, one.key.as_str(), one.example.as_deref()))
            .collect();
        assert_eq!(
            asked,
            [
                (ParameterPlace::Header, "1", None),
                (ParameterPlace::Body, "1", Some("Priya")),
                (ParameterPlace::Body, "date", Some("8 May")),
                (ParameterPlace::Link, "1", None),
                (ParameterPlace::Code, "2", None),
            ]
        );
        assert_eq!(read.buttons, ["Thanks", "See it", "Copy"]);
    }

    #[test]
    fn a_file_in_its_head_is_named_and_a_place_on_the_map_is_left_out() {
        let with = |format: &str| {
            json!({ "name": "x", "status": "APPROVED", "components": [
                { "type": "HEADER", "format": format }, { "type": "BODY", "text": "Here" }] })
        };
        assert_eq!(
            approved(&[with("IMAGE")]).remove(0).header_media,
            Some(HeaderMedia::Image)
        );
        assert!(approved(&[with("LOCATION")]).is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC*") {
            let _ = variables(&text);
        }
    }
}

//! What a guest sent that is no file: a place, or somebody's contact card.

use crate::schema::CardView;
use deskbell_domain::Attachment;
use serde_json::Value;

/// The card an attachment is; `None` = it is a file.
pub(crate) fn card(attachment: &Attachment) -> Option<CardView> {
    match attachment.file_type.as_str() {
        "location" => Some(place(attachment)),
        "contact" => Some(person(attachment)),
        _ => None,
    }
}

fn place(attachment: &Attachment) -> CardView {
    let number = |key: &str| attachment.more.get(key).and_then(Value::as_f64);
    let point = number("coordinates_lat")
        .zip(number("coordinates_long"))
        .filter(|(lat, long)| lat.abs() <= 90.0 && long.abs() <= 180.0);
    let map = match point {
        _ if !attachment.data_url.is_empty() => Some(attachment.data_url.clone()),
        // Channels of their own kind tell no address: a public map has every place.
        Some((lat, long)) => Some(format!(
            "https://www.openstreetmap.org/?mlat={lat}&mlon={long}#map=17/{lat}/{long}"
        )),
        None => None,
    };
    CardView::Place {
        title: attachment.file_name.trim().to_owned(),
        point: point.map(|(lat, long)| format!("{lat:.5}, {long:.5}")),
        map,
    }
}

fn person(attachment: &Attachment) -> CardView {
    let meta = attachment.more.get("meta");
    let part = |key: &str| {
        let text = meta.and_then(|meta| meta.get(key)).and_then(Value::as_str);
        text.map(str::trim).filter(|text| !text.is_empty())
    };
    let names: Vec<&str> = [part("firstName"), part("lastName")]
        .into_iter()
        .flatten()
        .collect();
    CardView::Person {
        name: names.join(" "),
        number: attachment.file_name.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn attachment(file_type: &str, title: &str, more: Value) -> Attachment {
        Attachment {
            id: 1,
            file_type: file_type.into(),
            data_url: String::new(),
            thumb_url: String::new(),
            file_name: title.into(),
            file_size: 0,
            width: None,
            height: None,
            more: more.as_object().cloned().unwrap_or_default(),
        }
    }

    #[test]
    fn a_place_has_a_map_and_a_contact_card_a_number() {
        let place = attachment(
            "location",
            "Harbour 3",
            json!({ "coordinates_lat": 46.9, "coordinates_long": 7.4 }),
        );
        let Some(CardView::Place { title, point, map }) = card(&place) else {
            panic!("a place")
        };
        assert_eq!(
            (title.as_str(), point.as_deref()),
            ("Harbour 3", Some("46.90000, 7.40000"))
        );
        assert!(
            map.unwrap()
                .starts_with("https://www.openstreetmap.org/?mlat=46.9&mlon=7.4")
        );
        let person = attachment(
            "contact",
            "+41790000000",
            json!({ "meta": { "firstName": "Ines", "lastName": "" } }),
        );
        let expected = CardView::Person {
            name: "Ines".into(),
            number: "+41790000000".into(),
        };
        assert_eq!(card(&person), Some(expected));
    }

    #[test]
    fn what_makes_no_sense_is_left_out_and_a_file_is_no_card() {
        let nowhere = attachment(
            "location",
            "",
            json!({ "coordinates_lat": 460, "coordinates_long": "7" }),
        );
        let expected = CardView::Place {
            title: String::new(),
            point: None,
            map: None,
        };
        assert_eq!(card(&nowhere), Some(expected));
        let unnamed = attachment("contact", "", json!({ "meta": [] }));
        let expected = CardView::Person {
            name: String::new(),
            number: String::new(),
        };
        assert_eq!(card(&unnamed), Some(expected));
        assert_eq!(card(&attachment("file", "a.pdf", json!({}))), None);
    }
}

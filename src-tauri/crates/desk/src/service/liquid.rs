//! Variables in outgoing text (reference §4.4): `{{contact.name}}` and its like become words on creation. Anything
//! between backticks stays as it is; an unknown variable becomes nothing, as upstream.

use super::save::reload;
use crate::db::conversation::Conversation;
use crate::db::{account, contact, inbox, people};
use crate::desk::{Actor, Change};
use crate::error::ApiError;

/// The text with its variables filled in.
pub fn render(change: &Change<'_>, conversation: &Conversation, text: &str) -> Result<String, ApiError> {
    if !text.contains("{{") {
        return Ok(text.to_owned());
    }
    let mut rendered = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            rendered.push('`');
        }
        if index % 2 == 1 {
            rendered.push_str(part);
        } else {
            fill(part, &mut rendered, |name| value(change, conversation, name))?;
        }
    }
    Ok(rendered)
}

fn fill(
    text: &str,
    into: &mut String,
    mut value: impl FnMut(&str) -> Result<String, ApiError>,
) -> Result<(), ApiError> {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else {
            break;
        };
        into.push_str(before);
        into.push_str(&value(name.trim())?);
        rest = after;
    }
    into.push_str(rest);
    Ok(())
}

fn value(change: &Change<'_>, conversation: &Conversation, name: &str) -> Result<String, ApiError> {
    let (object, field) = name.split_once('.').unwrap_or((name, ""));
    match object {
        "contact" => {
            let guest = contact::find(change, conversation.contact_id)?;
            Ok(guest.map_or_else(String::new, |guest| of_contact(&guest, field)))
        }
        "agent" => {
            let Actor::User(id) = change.performer else {
                return Ok(String::new());
            };
            let user = people::user(change, id)?;
            Ok(user.map_or_else(String::new, |user| match field {
                "email" => user.email.clone(),
                _ => of_name(user.available_name(), field),
            }))
        }
        "inbox" if field == "name" => {
            Ok(inbox::find(change, conversation.inbox_id)?.map_or_else(String::new, |inbox| inbox.name))
        }
        "account" if field == "name" => {
            let found = account::find(change, conversation.account_id)?;
            Ok(found.map_or_else(String::new, |account| account.name))
        }
        "conversation" if field == "display_id" => {
            Ok(reload(change, conversation.id)?.display_id.to_string())
        }
        _ => Ok(String::new()),
    }
}

fn of_contact(guest: &contact::Contact, field: &str) -> String {
    match field {
        "email" => guest.email.clone().unwrap_or_default(),
        "phone_number" => guest.phone_number.clone().unwrap_or_default(),
        _ => of_name(&guest.name, field),
    }
}

fn of_name(name: &str, field: &str) -> String {
    let mut words = name.split_whitespace();
    match field {
        "name" => name.to_owned(),
        "first_name" => words.next().unwrap_or_default().to_owned(),
        "last_name" => words.skip(1).last().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> String {
        let mut into = String::new();
        fill(text, &mut into, |name| Ok(format!("<{name}>"))).unwrap();
        into
    }

    #[test]
    fn variables_are_found() {
        assert_eq!(filled("Hi {{ contact.name }}!"), "Hi <contact.name>!");
        assert_eq!(filled("{{a}}{{b}}"), "<a><b>");
        assert_eq!(filled("open {{ end"), "open {{ end");
    }

    #[test]
    fn names_have_parts() {
        assert_eq!(of_name("Ada King Lovelace", "first_name"), "Ada");
        assert_eq!(of_name("Ada King Lovelace", "last_name"), "Lovelace");
        assert_eq!(of_name("Ada", "last_name"), "");
    }
}

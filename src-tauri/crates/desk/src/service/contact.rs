//! Use cases of a guest.

use super::{attributes, differences};
use crate::cable::events::Happening;
use crate::db::contact::{self, Contact, ContactInbox, Known, NewContact};
use crate::db::inbox::Inbox;
use crate::db::json::Object;
use crate::desk::Change;
use crate::error::ApiError;
use serde_json::Value;

/// Makes a guest; a value that must be unique and is taken refuses it.
pub fn create_in(change: &mut Change<'_>, mut new: NewContact) -> Result<Contact, ApiError> {
    new.email = new.email.map(|email| email.to_lowercase());
    attributes::check(&new.additional_attributes, "additional_attributes")?;
    attributes::check(&new.custom_attributes, "custom_attributes")?;
    check(change, new.account_id, 0, &Unique::of_new(&new))?;
    let now_ms = change.now_ms;
    let id = contact::insert(change, &new, now_ms)?;
    change.tell(Happening::contact("contact.created", id));
    contact::find(change, id)?.ok_or(ApiError::NotFound)
}

/// Writes a guest; any save is announced, even one without a difference (reference §10.6).
pub fn save_in(change: &mut Change<'_>, mut contact: Contact) -> Result<Contact, ApiError> {
    contact.email = contact.email.map(|email| email.to_lowercase());
    attributes::check(&contact.additional_attributes, "additional_attributes")?;
    attributes::check(&contact.custom_attributes, "custom_attributes")?;
    check(change, contact.account_id, contact.id, &Unique::of(&contact))?;
    contact.updated_at = change.now_ms.max(contact.updated_at + 1);
    let before = contact::find(change, contact.id)?;
    contact::update(change, &contact)?;
    change.tell(Happening::Contact {
        name: "contact.updated",
        contact_id: contact.id,
        changed: before.map_or(Value::Null, |before| differences::of_contacts(&before, &contact)),
    });
    Ok(contact)
}

/// Blocks or unblocks a guest.
pub fn set_blocked(change: &mut Change<'_>, contact_id: i64, blocked: bool) -> Result<(), ApiError> {
    let mut guest = contact::find(change, contact_id)?.ok_or(ApiError::NotFound)?;
    guest.blocked = blocked;
    save_in(change, guest).map(drop)
}

/// Lays attributes over those there are, top level only.
pub fn merge(into: &mut Object, attributes: Object) {
    into.extend(attributes);
}

struct Unique<'a> {
    email: Option<&'a str>,
    phone_number: Option<&'a str>,
    identifier: Option<&'a str>,
}

impl<'a> Unique<'a> {
    fn of(contact: &'a Contact) -> Self {
        Self {
            email: contact.email.as_deref(),
            phone_number: contact.phone_number.as_deref(),
            identifier: contact.identifier.as_deref(),
        }
    }

    fn of_new(new: &'a NewContact) -> Self {
        Self {
            email: new.email.as_deref(),
            phone_number: new.phone_number.as_deref(),
            identifier: new.identifier.as_deref(),
        }
    }
}

fn check(change: &Change<'_>, account_id: i64, own_id: i64, unique: &Unique<'_>) -> Result<(), ApiError> {
    let taken = |known: Known<'_>| -> Result<bool, ApiError> {
        let holder = contact::known(change, account_id, &known)?;
        Ok(holder.is_some_and(|holder| holder.id != own_id))
    };
    if let Some(email) = unique.email {
        if !is_email(email) {
            return Err(ApiError::invalid("Invalid email", "email"));
        }
        if taken(Known::Email(email))? {
            return Err(ApiError::invalid("Email has already been taken", "email"));
        }
    }
    if let Some(phone) = unique.phone_number {
        if !is_phone_number(phone) {
            return Err(ApiError::invalid(
                "Phone number should be in e164 format",
                "phone_number",
            ));
        }
        if taken(Known::Phone(phone))? {
            return Err(ApiError::invalid(
                "Phone number has already been taken",
                "phone_number",
            ));
        }
    }
    if let Some(identifier) = unique.identifier
        && taken(Known::Identifier(identifier))?
    {
        return Err(ApiError::invalid(
            "Identifier has already been taken",
            "identifier",
        ));
    }
    Ok(())
}

/// Whether it looks like an e-mail address.
pub fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}

/// Whether it is E.164: `+` and up to 15 digits, the first not 0.
pub fn is_phone_number(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else {
        return false;
    };
    (2..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// A guest's address on a channel where none was given (reference §7).
pub fn source_id_for(change: &Change<'_>, contact_id: i64, inbox: &Inbox) -> Result<String, ApiError> {
    let guest = contact::find(change, contact_id)?.ok_or(ApiError::NotFound)?;
    let phone = || {
        let phone = guest.phone_number.clone();
        phone.ok_or_else(|| ApiError::Refused("contact phone number required".to_owned()))
    };
    match inbox.channel_type.as_str() {
        "Channel::Api" | "Channel::WebWidget" => Ok(uuid::Uuid::new_v4().to_string()),
        "Channel::Whatsapp" => Ok(phone()?.trim_start_matches('+').to_owned()),
        "Channel::TwilioSms" if inbox.setting("medium") == Some("whatsapp") => {
            Ok(format!("whatsapp:{}", phone()?))
        }
        "Channel::TwilioSms" | "Channel::Sms" => phone(),
        "Channel::Email" => {
            let email = guest.email.clone();
            email.ok_or_else(|| ApiError::Refused("contact email required".to_owned()))
        }
        _ => Err(ApiError::AsUpstream("no rule for addresses on this channel")),
    }
}

/// A guest's message was committed: the guest was active now.
pub fn touch(change: &mut Change<'_>, contact_id: i64) -> Result<(), ApiError> {
    let mut guest = contact::find(change, contact_id)?.ok_or(ApiError::NotFound)?;
    guest.last_activity_at = Some(change.now_ms);
    save_in(change, guest).map(drop)
}

/// All addresses on the socket that hear a conversation's guest: the one link, or all verified ones of the guest.
pub fn sockets(
    connection: &rusqlite::Connection,
    link: &ContactInbox,
    only_this: bool,
) -> Result<Vec<String>, ApiError> {
    if only_this || !link.hmac_verified {
        return Ok(vec![link.pubsub_token.clone()]);
    }
    let links = contact::links(connection, link.contact_id)?;
    let verified = links.into_iter().filter(|link| link.hmac_verified);
    Ok(verified.map(|link| link.pubsub_token).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_are_e164() {
        assert!(is_phone_number("+4915112345678"));
        for wrong in ["4915112345678", "+0151", "+", "+49 151", "+1234567890123456"] {
            assert!(!is_phone_number(wrong), "{wrong}");
        }
    }

    #[test]
    fn addresses_look_like_addresses() {
        assert!(is_email("guest@example.org"));
        for wrong in ["", "guest", "@example.org", "guest@", "a b@c", "a@b@c"] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }
}

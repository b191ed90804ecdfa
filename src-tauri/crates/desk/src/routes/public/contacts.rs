//! A guest says who they are (reference §11.2).

use super::{GuestCall, Place};
use crate::db::contact::{self, Contact, ContactInbox, Known, NewContact};
use crate::db::inbox::Inbox;
use crate::desk::{Actor, Change, View};
use crate::error::ApiError;
use crate::routes::call::Answer;
use crate::routes::ok;
use crate::routes::params::Params;
use crate::service::contact::{create_in, save_in};
use crate::service::contact_merge::{self, deep_merge};
use crate::service::conversation::link_in;
use crate::service::tokens;
use crate::wire;
use hmac::{Hmac, KeyInit, Mac};
use rand::RngExt;
use serde_json::Value;
use sha2::Sha256;

const FIRST_WORDS: &[&str] = &[
    "quiet", "bright", "gentle", "early", "sunny", "calm", "swift", "kind",
];
const SECOND_WORDS: &[&str] = &[
    "river", "garden", "harbor", "meadow", "lantern", "maple", "cloud", "stone",
];

pub async fn create(call: GuestCall) -> Answer {
    let (place, params) = (call.place, call.params);
    let json = call
        .desk
        .act(Actor::System, move |change| {
            let inbox = place.inbox(change)?;
            is_verified(&inbox, &params)?;
            let source_id = params.filled("source_id");
            if let Some(source_id) = &source_id
                && let Some(link) = contact::link_by_source(change, inbox.id, source_id)?
            {
                let guest = contact::find(change, link.contact_id)?.ok_or(ApiError::NoRoute)?;
                return Ok(wire::public::contact(&guest, &link));
            }
            let guest = match known(change, inbox.account_id, &params)? {
                Some(guest) => guest,
                None => create_in(change, new(inbox.account_id, &params))?,
            };
            let link = match source_id {
                Some(source_id) => link_in(change, guest.id, &inbox, Some(&source_id))?,
                None => link_in(change, guest.id, &inbox, None)?,
            };
            Ok(wire::public::contact(&guest, &link))
        })
        .await?;
    ok(json)
}

fn new(account_id: i64, params: &Params) -> NewContact {
    NewContact {
        account_id,
        name: params.filled("name").unwrap_or_else(two_words),
        email: params.filled("email"),
        phone_number: params.filled("phone_number"),
        identifier: params.filled("identifier"),
        custom_attributes: params.object("custom_attributes").cloned().unwrap_or_default(),
        ..NewContact::default()
    }
}

fn two_words() -> String {
    let mut random = rand::rng();
    let first = FIRST_WORDS[random.random_range(0..FIRST_WORDS.len())];
    let second = SECOND_WORDS[random.random_range(0..SECOND_WORDS.len())];
    format!("{first}-{second}-{}", random.random_range(1..1000))
}

/// Somebody there is with the same identifier, e-mail or phone number, in this order.
fn known(view: &View<'_>, account_id: i64, params: &Params) -> Result<Option<Contact>, ApiError> {
    if let Some(identifier) = params.filled("identifier")
        && let Some(guest) = contact::known(view, account_id, &Known::Identifier(&identifier))?
    {
        return Ok(Some(guest));
    }
    if let Some(email) = params.filled("email")
        && let Some(guest) = contact::known(view, account_id, &Known::Email(&email.to_lowercase()))?
    {
        return Ok(Some(guest));
    }
    match params.filled("phone_number") {
        Some(phone) => contact::known(view, account_id, &Known::Phone(&phone)),
        None => Ok(None),
    }
}

/// Whether the identifier is proved. A wrong proof, or none where it is demanded, is a failure upstream.
fn is_verified(inbox: &Inbox, params: &Params) -> Result<bool, ApiError> {
    let mandatory = inbox.channel.get("hmac_mandatory") == Some(&Value::Bool(true));
    let proof = params.filled("identifier_hash");
    let (Some(proof), Some(secret)) = (proof, inbox.setting("hmac_token")) else {
        if mandatory {
            return Err(ApiError::AsUpstream("identity is not verified"));
        }
        return Ok(false);
    };
    let identifier = params.text("identifier").unwrap_or_default();
    if !tokens::same(&proof, &signature(secret, &identifier)?) {
        return Err(ApiError::AsUpstream("identity is not verified"));
    }
    Ok(true)
}

fn signature(secret: &str, identifier: &str) -> Result<String, ApiError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map_err(|_| ApiError::Broken("identity cannot be verified"))?;
    mac.update(identifier.as_bytes());
    let bytes = mac.finalize().into_bytes();
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

pub async fn show(call: GuestCall) -> Answer {
    let (place, params) = (call.place, call.params);
    let json = call
        .desk
        .act(Actor::System, move |change| {
            let (guest, link) = verified(change, &place, &params)?;
            Ok(wire::public::contact(&guest, &link))
        })
        .await?;
    ok(json)
}

/// The guest; a proved identifier is remembered on the link.
fn verified(
    change: &Change<'_>,
    place: &Place,
    params: &Params,
) -> Result<(Contact, ContactInbox), ApiError> {
    let (guest, link) = place.guest(change)?;
    if is_verified(&place.inbox(change)?, params)? && !link.hmac_verified {
        contact::set_verified(change, link.id, change.now_ms)?;
    }
    Ok((guest, link))
}

pub async fn update(call: GuestCall) -> Answer {
    let (place, params) = (call.place, call.params);
    let json = call
        .desk
        .act(Actor::System, move |change| {
            let (mut guest, link) = verified(change, &place, &params)?;
            if let Some(other) = other_holder(change, &guest, &params)? {
                guest = contact_merge::merge_in(change, other, guest)?;
            } else {
                take(&mut guest, &params);
            }
            let saved = save_in(change, guest)?;
            drop(link);
            Ok(wire::contact::raw(&saved))
        })
        .await?;
    ok(json)
}

/// Another guest who holds the given e-mail or phone number: then both are one person.
fn other_holder(view: &View<'_>, guest: &Contact, params: &Params) -> Result<Option<Contact>, ApiError> {
    let email = params.filled("email").map(|email| email.to_lowercase());
    let phone = params.filled("phone_number");
    let mut holder = None;
    if let Some(email) = &email {
        holder = contact::known(view, guest.account_id, &Known::Email(email))?;
    }
    if let (None, Some(phone)) = (&holder, &phone) {
        holder = contact::known(view, guest.account_id, &Known::Phone(phone))?;
    }
    Ok(holder.filter(|holder| holder.id != guest.id))
}

/// Blank values and the identifier are ignored; custom attributes are merged.
fn take(guest: &mut Contact, params: &Params) {
    if let Some(name) = params.filled("name") {
        guest.name = name;
    }
    if let Some(email) = params.filled("email") {
        guest.email = Some(email);
    }
    if let Some(phone) = params.filled("phone_number") {
        guest.phone_number = Some(phone);
    }
    if let Some(attributes) = params.object("custom_attributes") {
        deep_merge(&mut guest.custom_attributes, attributes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_proved_by_its_signature() {
        // RFC 4231, test case 2.
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(
            signature("Jefe", "what do ya want for nothing?").unwrap(),
            expected
        );
    }
}

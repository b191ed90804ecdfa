//! Setting a property up: account, people, teams, tags, templates, channels with the AI on them, knowledge and prices.

use super::files::{HouseFile, PersonFile};
use super::property::PropertyFile;
use crate::db::label::Label;
use crate::db::{account, canned_response, inbox, label, people, rows, team};
use crate::desk::Change;
use crate::error::ApiError;
use crate::service::roles::{self, Kind};
use crate::service::setup;
use rusqlite::params;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The role in the files of somebody who sees their own customers only.
const STAFF: &str = "staff";

/// A channel of a house.
#[derive(Clone)]
pub struct ChannelOfHouse {
    pub inbox_id: i64,
    /// `web`, `whatsapp`, `sms`, `messenger`, `instagram`, `email` or `events`.
    pub kind: &'static str,
    pub bot_id: Option<i64>,
}

/// A property that is ready for guests.
pub struct House {
    pub account_id: i64,
    pub bot_name: String,
    pub channels: Vec<ChannelOfHouse>,
    /// Names and ids of those who answer everybody.
    pub staff: Vec<(String, i64)>,
}

impl House {
    /// A colleague by name.
    pub fn person(&self, name: &str) -> Option<i64> {
        self.staff.iter().find(|(own, _)| own == name).map(|(_, id)| *id)
    }

    /// A channel by kind.
    pub fn channel(&self, kind: &str) -> Option<&ChannelOfHouse> {
        self.channels.iter().find(|channel| channel.kind == kind)
    }
}

/// Makes everybody who can sign in, all with the same password; answers ids by e-mail.
pub fn people(
    change: &Change<'_>,
    people: &[PersonFile],
    password: &str,
) -> Result<HashMap<String, i64>, ApiError> {
    // Hashing is slow on purpose; one hash serves all, as the password is the same and public.
    let hash = crate::service::tokens::hash_password(password)?;
    let mut ids = HashMap::new();
    for person in people {
        let new = people::NewUser {
            name: &person.name,
            email: &person.email,
            password_hash: &hash,
            access_token: &crate::service::tokens::token(),
            pubsub_token: &crate::service::tokens::token(),
        };
        ids.insert(
            person.email.clone(),
            people::insert_user(change, &new, change.now_ms)?,
        );
    }
    Ok(ids)
}

/// Builds one property. `staff` = (name, user id, role).
pub fn build(
    change: &Change<'_>,
    file: &PropertyFile,
    house: &HouseFile,
    staff: &[(String, i64, String)],
) -> Result<House, ApiError> {
    let account_id = setup::account(change, &file.name)?;
    if let Some(mut own) = account::find(change, account_id)? {
        own.support_email.clone_from(&file.support_email);
        account::update(change, &own)?;
    }
    let bot_name = format!("{} AI", file.name);
    let bot_id = setup::bot(change, account_id, &bot_name)?;
    for (name, user_id, role) in staff {
        join(change, account_id, name, *user_id, role)?;
    }
    file.teach(change, account_id)?;
    let channels = channels(change, file, account_id, bot_id, staff)?;
    organise(change, account_id, house, staff)?;
    setup::define_attributes(change, account_id)?;
    // Whoever serves only customers of their own does not answer the others in the stories.
    let front = staff.iter().filter(|(_, _, role)| role != STAFF);
    let staff = front.map(|(name, id, _)| (name.clone(), *id)).collect();
    Ok(House {
        account_id,
        bot_name,
        channels,
        staff,
    })
}

/// The bookings call staff by their first name.
fn join(change: &Change<'_>, account_id: i64, name: &str, user_id: i64, role: &str) -> Result<(), ApiError> {
    if role == STAFF {
        let first = name.split_whitespace().next();
        return roles::join(change, account_id, user_id, Kind::Staff, first);
    }
    people::join(change, account_id, user_id, role)
}

fn channels(
    change: &Change<'_>,
    file: &PropertyFile,
    account_id: i64,
    bot_id: i64,
    staff: &[(String, i64, String)],
) -> Result<Vec<ChannelOfHouse>, ApiError> {
    let kinds: [(&str, &str, &str, Value); 7] = [
        (
            "web",
            "Web chat",
            "Channel::Api",
            json!({ "additional_attributes": {} }),
        ),
        ("whatsapp", "WhatsApp", "Channel::Whatsapp", whatsapp(file)),
        (
            "sms",
            "SMS",
            "Channel::Sms",
            json!({ "phone_number": file.phone, "provider": "default" }),
        ),
        (
            "messenger",
            "Messenger",
            "Channel::FacebookPage",
            json!({ "page_id": "105550100" }),
        ),
        (
            "instagram",
            "Instagram",
            "Channel::Instagram",
            json!({ "instagram_id": "17841400550100" }),
        ),
        (
            "email",
            "E-mail",
            "Channel::Email",
            json!({ "email": file.support_email, "forwarding_enabled": false }),
        ),
        (
            "events",
            "Events",
            "Channel::Email",
            json!({ "email": format!("events.{}", file.support_email), "forwarding_enabled": false }),
        ),
    ];
    let mut channels = Vec::new();
    for (kind, name, channel_type, own) in kinds {
        let own = own.as_object().cloned().unwrap_or_default();
        // One channel where people answer alone.
        let bot = (kind != "events").then_some(bot_id);
        let inbox_id = setup::channel(change, account_id, name, channel_type, &own, bot)?;
        keep_hours(change, inbox_id, file)?;
        for (_, user_id, _) in staff {
            inbox::add_member(change, inbox_id, *user_id)?;
        }
        channels.push(ChannelOfHouse {
            inbox_id,
            kind,
            bot_id: bot,
        });
    }
    Ok(channels)
}

fn keep_hours(change: &Change<'_>, inbox_id: i64, file: &PropertyFile) -> Result<(), ApiError> {
    let days: Vec<Value> = file
        .hours
        .iter()
        .enumerate()
        .map(|(weekday, span)| match span {
            Some((opens, closes)) => json!({
                "day_of_week": weekday, "closed_all_day": false, "open_all_day": false,
                "open_hour": opens / 60, "open_minutes": opens % 60, "close_hour": closes / 60, "close_minutes": closes % 60,
            }),
            None => json!({
                "day_of_week": weekday, "closed_all_day": true, "open_all_day": false,
                "open_hour": null, "open_minutes": null, "close_hour": null, "close_minutes": null,
            }),
        })
        .collect();
    rows::execute(
        change,
        "UPDATE inbox SET working_hours_enabled = 1, working_hours = ?2, timezone = ?3 WHERE id = ?1",
        params![inbox_id, Value::Array(days).to_string(), file.timezone],
    )?;
    Ok(())
}

fn whatsapp(file: &PropertyFile) -> Value {
    let template = |name: &str, status: &str, category: &str, body: &str| {
        json!({
            "name": name, "status": status, "category": category, "language": "en", "namespace": "desk", "parameter_format": "POSITIONAL",
            "components": [{ "type": "BODY", "text": body }],
        })
    };
    json!({
        "phone_number": file.phone,
        "provider": "whatsapp_cloud",
        "message_templates": [
            template("booking_reminder", "APPROVED", "UTILITY", "Hello {{1}}, we look forward to seeing you on {{2}}. Reply here if anything has changed."),
            template("follow_up", "APPROVED", "UTILITY", "Hello {{1}}, you asked us about {{2}}. We have an answer for you: reply here and we go on."),
            template("found_item", "approved", "UTILITY", "Hello {{1}}, we have found your {{2}}. Reply here and we arrange how you get it."),
            template("spring_offer", "PENDING", "MARKETING", "Hello {{1}}, spring is coming. Reply OFFER for our best weeks."),
        ],
    })
}

fn organise(
    change: &Change<'_>,
    account_id: i64,
    house: &HouseFile,
    staff: &[(String, i64, String)],
) -> Result<(), ApiError> {
    for (name, description, members) in &house.teams {
        let team_id = team::insert(change, account_id, name, Some(description), change.now_ms)?;
        for (_, user_id, _) in staff.iter().filter(|(name, _, _)| members.contains(name)) {
            team::add_member(change, team_id, *user_id)?;
        }
    }
    for (title, color, description) in &house.labels {
        let label = Label {
            id: 0,
            account_id,
            title: title.clone(),
            description: Some(description.clone()),
            color: color.clone(),
            show_on_sidebar: true,
        };
        label::insert(change, &label)?;
    }
    for (short_code, content) in &house.canned_responses {
        canned_response::insert(change, account_id, short_code, content, change.now_ms)?;
    }
    for name in ["label", "inbox", "team"] {
        account::touch_cache_key(change, account_id, name, change.now_ms)?;
    }
    Ok(())
}

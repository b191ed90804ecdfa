//! Guests of a demo property: names from many countries, reachable where they write.

use super::files::GuestsFile;
use super::house::ChannelOfHouse;
use super::random::Random;
use crate::db::contact::{self, ContactInbox, NewContact};
use crate::db::json::Object;
use crate::desk::Change;
use crate::error::ApiError;
use crate::service::tokens;
use serde_json::json;

/// A guest who exists.
#[derive(Clone)]
pub struct DemoGuest {
    pub contact_id: i64,
    pub name: String,
    pub language: String,
    pub phone: String,
    pub email: String,
}

impl DemoGuest {
    /// The first name as written in a greeting; empty for a guest known by number only. Hungarian names end with it.
    pub fn first_name(&self) -> &str {
        let mut words = self.name.split_whitespace();
        match self.language.as_str() {
            _ if self.name.starts_with('+') => "",
            "hu" => words.last().unwrap_or_default(),
            _ => words.next().unwrap_or_default(),
        }
    }
}

/// Makes guests one after another, no two alike.
pub struct GuestBook<'a> {
    pub account_id: i64,
    names: &'a GuestsFile,
    made: i64,
    known: Vec<DemoGuest>,
}

impl<'a> GuestBook<'a> {
    pub fn new(account_id: i64, names: &'a GuestsFile) -> Self {
        Self {
            account_id,
            names,
            made: 0,
            known: Vec::new(),
        }
    }

    /// A guest of a language for a conversation at `at` (epoch milliseconds): often one who has written before.
    pub fn find(
        &mut self,
        change: &Change<'_>,
        random: &mut Random,
        language: &str,
        at: i64,
    ) -> Result<DemoGuest, ApiError> {
        let speakers: Vec<DemoGuest> = self
            .known
            .iter()
            .filter(|guest| guest.language == language)
            .cloned()
            .collect();
        if random.chance(35)
            && let Some(known) = random.pick(&speakers)
        {
            return Ok(known.clone());
        }
        let names = self
            .names
            .get(language)
            .or_else(|| self.names.get("en"))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let (name, code) = random
            .pick(names)
            .cloned()
            .unwrap_or_else(|| ("Guest".to_owned(), "+49".to_owned()));
        let taken = self.known.iter().any(|guest| guest.name == name);
        let name = if taken {
            self.another(random, names, &name)
        } else {
            name
        };
        self.make(change, &name, &code, None, language, at)
    }

    /// Another family name for a given name that is taken.
    fn another(&self, random: &mut Random, names: &[(String, String)], name: &str) -> String {
        let given = name.split_whitespace().next().unwrap_or(name);
        let families: Vec<&str> = names
            .iter()
            .filter_map(|(other, _)| other.split_once(' ').map(|(_, family)| family))
            .collect();
        random
            .pick(&families)
            .map_or_else(|| name.to_owned(), |family| format!("{given} {family}"))
    }

    /// A named guest. Without a phone number one is made up from numbers nobody has.
    pub fn make(
        &mut self,
        change: &Change<'_>,
        name: &str,
        code: &str,
        phone: Option<&str>,
        language: &str,
        at: i64,
    ) -> Result<DemoGuest, ApiError> {
        self.made += 1;
        let number = self.made;
        let phone = phone.map_or_else(|| format!("{code}5550{number:04}1"), str::to_owned);
        let handle: String = crate::assistant::engine::text::words(name).join(".");
        let handle = if handle.is_ascii() && !handle.is_empty() {
            handle
        } else {
            "guest".to_owned()
        };
        let guest = DemoGuest {
            contact_id: 0,
            name: name.to_owned(),
            language: language.to_owned(),
            email: format!("{handle}.{number}@mail.example"),
            phone,
        };
        let new = NewContact {
            account_id: self.account_id,
            name: guest.name.clone(),
            email: Some(guest.email.clone()),
            phone_number: Some(guest.phone.clone()),
            additional_attributes: Object::from_iter([("language".to_owned(), json!(language))]),
            ..NewContact::default()
        };
        let guest = DemoGuest {
            contact_id: contact::insert(change, &new, at)?,
            ..guest
        };
        self.known.push(guest.clone());
        Ok(guest)
    }
}

/// The guest's address on a channel, made when missing (reference §7).
pub fn link(
    change: &Change<'_>,
    guest: &DemoGuest,
    channel: &ChannelOfHouse,
    at: i64,
) -> Result<ContactInbox, ApiError> {
    if let Some(link) = contact::link_of(change, guest.contact_id, channel.inbox_id)? {
        return Ok(link);
    }
    let source_id = match channel.kind {
        "whatsapp" => guest.phone.trim_start_matches('+').to_owned(),
        "sms" => guest.phone.clone(),
        "email" | "events" => guest.email.clone(),
        "web" => tokens::token(),
        _ => format!("{}{:010}", 24, guest.contact_id * 7919),
    };
    let id = contact::link(
        change,
        guest.contact_id,
        channel.inbox_id,
        &source_id,
        &tokens::token(),
        at,
    )?;
    contact::link_by_id(change, id)?.ok_or(ApiError::NotFound)
}

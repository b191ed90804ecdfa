//! Two properties to try the desk with: a hotel and a salon, with people, guests, bookings and weeks of conversations.
//!
//! The story is the same for the same start time; only tokens differ. Nothing here runs on a desk that has people.

mod bookings;
mod files;
mod guests;
mod house;
mod outcome;
mod plan;
pub mod property;
pub(crate) mod random;
mod story;

use crate::assistant::engine::turn::PropertyKind;
use crate::db::{Migration, note, people};
use crate::desk::{Change, Desk};
use crate::error::ApiError;
use files::{ConversationsFile, GuestsFile, PeopleFile, Script};
use guests::{DemoGuest, GuestBook};
use house::House;
use jiff::tz::TimeZone;
use plan::Planned;
use property::PropertyFile;
use random::Random;
use serde_json::{Value, json};

/// The demo brings no tables of its own.
pub const MIGRATIONS: &[Migration] = &[];

/// What every demo person signs in with.
pub const PASSWORD: &str = "Deskbell-2025";

const SEED: u64 = 20_251_121;
const HOTEL_CONVERSATIONS: i64 = 210;
const SALON_CONVERSATIONS: i64 = 140;

/// Fills an empty desk, in one transaction: all of it or nothing.
pub async fn fill(desk: &Desk) -> Result<(), ApiError> {
    desk.write(|change| {
        let people: PeopleFile = files::read(files::PEOPLE)?;
        let names: GuestsFile = files::read(files::GUESTS)?;
        let ids = house::people(change, &people.people, PASSWORD)?;
        let staff = |role: fn(&files::PersonFile) -> &Option<String>| {
            let member = |person: &files::PersonFile| {
                Some((
                    person.name.clone(),
                    *ids.get(&person.email)?,
                    role(person).clone()?,
                ))
            };
            people.people.iter().filter_map(member).collect::<Vec<_>>()
        };
        let hotel: PropertyFile = files::read(property::HOTEL)?;
        let own = house::build(change, &hotel, &people.hotel, &staff(|person| &person.hotel))?;
        tell(change, &hotel, &own, &names, files::HOTEL)?;
        let salon: PropertyFile = files::read(property::SALON)?;
        let own = house::build(change, &salon, &people.salon, &staff(|person| &person.salon))?;
        tell(change, &salon, &own, &names, files::SALON)
    })
    .await
}

fn tell(
    change: &Change<'_>,
    file: &PropertyFile,
    house: &House,
    names: &GuestsFile,
    conversations: &str,
) -> Result<(), ApiError> {
    let conversations: ConversationsFile = files::read(conversations)?;
    let (channels, count) = match file.kind {
        PropertyKind::Hotel => (plan::HOTEL_CHANNELS, HOTEL_CONVERSATIONS),
        PropertyKind::Salon => (plan::SALON_CHANNELS, SALON_CONVERSATIONS),
    };
    let mut random = Random::seeded(SEED ^ u64::try_from(count).unwrap_or(0));
    let zone = TimeZone::get(&file.timezone).unwrap_or(TimeZone::UTC);
    let planned = plan::plan(&conversations, channels, count, change.now_ms, &mut random);
    let mut teller = Teller {
        change,
        file,
        house,
        book: GuestBook::new(house.account_id, names),
        zone,
        told: 0,
    };
    for one in &planned {
        teller.tell(one, &mut random)?;
    }
    bookings::arrivals(change, house, file, &mut teller.book, &teller.zone)
}

/// Tells a property's conversations one after another.
struct Teller<'a, 'c> {
    change: &'a Change<'c>,
    file: &'a PropertyFile,
    house: &'a House,
    book: GuestBook<'a>,
    zone: TimeZone,
    told: i64,
}

impl Teller<'_, '_> {
    fn tell(&mut self, planned: &Planned, random: &mut Random) -> Result<(), ApiError> {
        let Some(channel) = self.house.channel(&planned.channel) else {
            return Ok(());
        };
        let script = &planned.script;
        let guest = self.guest(planned, random)?;
        self.told += 1;
        let reference = match self.file.kind {
            PropertyKind::Hotel => format!("HA-{}", 20_400 + self.told),
            PropertyKind::Salon => format!("MIR-{}", 1_800 + self.told),
        };
        let minutes = script
            .booking
            .as_ref()
            .map_or(15 * 60, |(_, _, minutes)| *minutes);
        let date = bookings::day_at(planned.at, random.between(3, 25), minutes, self.file, &self.zone);
        let telling = story::Telling {
            change: self.change,
            house: self.house,
            channel,
            guest: &guest,
            link: &guests::link(self.change, &guest, channel, planned.at)?,
            planned,
            blanks: story::Blanks {
                reference: reference.clone(),
                date,
                zone: self.zone.clone(),
            },
            staff: self.staff(script, random)?,
        };
        telling.tell(random)?;
        outcome::learn(self.change, guest.contact_id, script, planned.at)?;
        self.follow_up(script, &guest, &reference, date, random)
    }

    /// The booking a conversation is about, and now and then a note about the guest.
    fn follow_up(
        &self,
        script: &Script,
        guest: &DemoGuest,
        reference: &str,
        date: i64,
        random: &mut Random,
    ) -> Result<(), ApiError> {
        if let Some((title, resource, _)) = &script.booking {
            let new = bookings::NewBooking {
                reference,
                title,
                resource: resource.as_deref(),
                starts_at: date,
                kind: self.file.kind,
            };
            bookings::make(self.change, self.house.account_id, guest, &new)?;
        }
        if random.chance(9)
            && let Some(text) = random.pick(NOTES)
        {
            let author = random.pick(&self.house.staff).map(|(_, id)| *id);
            note::insert(
                self.change,
                guest.contact_id,
                author,
                text,
                date - 20 * 24 * 60 * 60 * 1000,
            )?;
        }
        Ok(())
    }

    fn guest(&mut self, planned: &Planned, random: &mut Random) -> Result<DemoGuest, ApiError> {
        let script = &planned.script;
        if let Some(name) = &script.name {
            return self.book.make(
                self.change,
                name,
                "+49",
                script.phone.as_deref(),
                "en",
                planned.at,
            );
        }
        let language = script.language.as_deref().unwrap_or("en");
        // Many who send a text message are known by their number only.
        if planned.channel == "sms" && random.chance(30) {
            let number = format!("+4366055{:05}", random.between(10_000, 99_999));
            return self
                .book
                .make(self.change, &number, "", Some(&number), language, planned.at);
        }
        self.book.find(self.change, random, language, planned.at)
    }

    fn staff(&self, script: &Script, random: &mut Random) -> Result<(String, i64), ApiError> {
        let named = script
            .assignee
            .as_ref()
            .and_then(|name| Some((name.clone(), self.house.person(name)?)));
        named
            .or_else(|| random.pick(&self.house.staff).cloned())
            .ok_or(ApiError::Broken("the demo has no staff"))
    }
}

const NOTES: &[&str] = &[
    "Prefers messages over calls.",
    "Asks for a quiet room, away from the lift.",
    "Very friendly, brings chocolate from home every time.",
    "Speaks a little German and likes to use it.",
    "Allergic to feathers: synthetic pillows only.",
    "Pays by company card, always needs an invoice.",
    "Usually ten minutes late. Plan for it.",
    "Recommended us to two friends this year.",
];

/// The demo people who may sign in, with their password; none on a desk that is not the demo's.
pub async fn logins(desk: &Desk) -> Result<Vec<Value>, ApiError> {
    let file: PeopleFile = files::read(files::PEOPLE)?;
    desk.read(move |view| {
        let mut logins = Vec::new();
        for person in &file.people {
            let Some(user) = people::user_by_email(view, &person.email)? else {
                continue;
            };
            let mut accounts = Vec::new();
            for membership in people::memberships(view, user.id)? {
                accounts.push(json!({ "id": membership.account_id, "role": membership.role }));
            }
            logins.push(
                json!({ "name": user.name, "email": user.email, "password": PASSWORD, "accounts": accounts }),
            );
        }
        Ok(logins)
    })
    .await
}

/// Alive guest links: property, guest, address, and the booking behind each.
pub async fn guest_links(desk: &Desk) -> Result<Vec<Value>, ApiError> {
    let url = desk.url().to_owned();
    desk.read(move |view| {
        let mut statement = view.prepare(
            "SELECT account.id, account.name, contact.name, guest_link.token, booking.reference, booking.title, booking.starts_at
             FROM guest_link
             JOIN account ON account.id = guest_link.account_id
             JOIN contact_inbox ON contact_inbox.id = guest_link.contact_inbox_id
             JOIN contact ON contact.id = contact_inbox.contact_id
             LEFT JOIN booking ON booking.id = guest_link.booking_id
             ORDER BY account.id, booking.starts_at, guest_link.token",
        )?;
        let links = statement.query_map([], |row| {
            let token: String = row.get(3)?;
            Ok(json!({
                "account_id": row.get::<_, i64>(0)?,
                "property": row.get::<_, String>(1)?,
                "guest": row.get::<_, String>(2)?,
                "url": format!("{url}/chat/{token}"),
                "reference": row.get::<_, Option<String>>(4)?,
                "title": row.get::<_, Option<String>>(5)?,
                "starts_at": row.get::<_, Option<i64>>(6)?.map(|at| at / 1000),
            }))
        })?;
        Ok(links.collect::<rusqlite::Result<Vec<_>>>()?)
    })
    .await
}

#[cfg(test)]
mod tests;

//! Who sees which conversations and guests (reference §2.3): the one place that says it.
//!
//! An administrator sees all of the account. An agent sees the conversations of the channels they are a member of, and
//! opens those of their teams too. A custom role narrows that down further. The narrowest are people who serve
//! customers of their own: they see a conversation they hold or follow, and those of guests who have, or had, a booking
//! with them. Unlike elsewhere the narrowing holds on the socket as well.

use super::condition::Condition;
use super::custom_role::Breadth;
use super::people::Membership;
use super::rows;
use crate::error::ApiError;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Whether a person holds conversation `{c}`, follows it, or has its guest among their bookings.
const SERVED: &str = "({c}.assignee_id = {me}
   OR EXISTS (SELECT 1 FROM participant WHERE participant.conversation_id = {c}.id AND participant.user_id = {me})
   OR {booked})";

/// Whether the guest `{guest}` has, or had, a booking with a person.
const BOOKED: &str = "EXISTS (SELECT 1 FROM booking JOIN account_user served
     ON served.account_id = booking.account_id AND served.user_id = {me}
     WHERE booking.contact_id = {guest} AND lower(booking.resource) = lower(served.calendar_name))";

/// SQL about the conversation of an alias and the person `me` stands for, without the part about channels.
fn narrowed(alias: &str, me: &str, breadth: Breadth) -> String {
    match breadth {
        Breadth::Channels => "1".to_owned(),
        Breadth::Unassigned => format!("({alias}.assignee_id IS NULL OR {alias}.assignee_id = {me})"),
        Breadth::Served => SERVED
            .replace("{booked}", &booked(&format!("{alias}.contact_id"), me))
            .replace("{c}", alias)
            .replace("{me}", me),
        Breadth::Nothing => "0".to_owned(),
    }
}

fn booked(guest: &str, me: &str) -> String {
    BOOKED.replace("{guest}", guest).replace("{me}", me)
}

/// The same where the breadth is a column of the person's row.
fn narrowed_by(alias: &str, me: &str, breadth: &str) -> String {
    let cases = Breadth::ALL.map(|one| format!("WHEN '{}' THEN {}", one.word(), narrowed(alias, me, one)));
    format!(
        "CASE coalesce({breadth}, 'channels') {} ELSE 0 END",
        cases.join(" ")
    )
}

/// By channel, as lists go.
fn in_channels(alias: &str, me: &str) -> String {
    format!("{alias}.inbox_id IN (SELECT inbox_id FROM inbox_member WHERE user_id = {me})")
}

/// By channel or by team, as single conversations go.
fn in_reach(alias: &str, me: &str) -> String {
    let team = format!("{alias}.team_id IN (SELECT team_id FROM team_member WHERE user_id = {me})");
    format!("({} OR {team})", in_channels(alias, me))
}

/// What a member of an account sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    account_id: i64,
    pub user_id: i64,
    sees_all: bool,
    breadth: Breadth,
}

impl Sight {
    pub fn of(member: &Membership) -> Self {
        Self {
            account_id: member.account_id,
            user_id: member.user_id,
            sees_all: member.is_administrator(),
            breadth: member.breadth,
        }
    }

    /// Whether less is seen than a plain agent sees; then guests are hidden too.
    pub fn is_narrow(&self) -> bool {
        !self.sees_all && self.breadth != Breadth::Channels
    }

    /// SQL that names the person `?` becomes a condition with as many values.
    fn condition(&self, sql: String) -> Condition {
        let count = sql.matches('?').count();
        Condition::new(sql, vec![Value::from(self.user_id); count])
    }

    /// The conversations of lists and counts, over an alias of the table.
    pub fn listed(&self, alias: &str) -> Condition {
        if self.sees_all {
            return Condition::new("1", []);
        }
        let narrowed = narrowed(alias, "?", self.breadth);
        self.condition(format!("({} AND {narrowed})", in_channels(alias, "?")))
    }

    /// The narrowing alone, for lists that do not ask for the channel.
    pub fn narrowed(&self, alias: &str) -> Condition {
        if self.sees_all {
            return Condition::new("1", []);
        }
        self.condition(narrowed(alias, "?", self.breadth))
    }

    fn opened(&self, alias: &str) -> Condition {
        if self.sees_all {
            return Condition::new("1", []);
        }
        let narrowed = narrowed(alias, "?", self.breadth);
        self.condition(format!("({} AND {narrowed})", in_reach(alias, "?")))
    }

    /// The guests of lists, over an alias of the table: every one, but to the narrow only those whose conversations they
    /// may open and those who have a booking with them.
    pub fn guests(&self, alias: &str) -> Condition {
        if !self.is_narrow() {
            return Condition::new("1", []);
        }
        self.condition(guest_seen(
            alias,
            "?",
            &narrowed("seen", "?", self.breadth),
            self.breadth,
        ))
    }

    /// Whether a single conversation may be opened.
    pub fn opens(&self, connection: &Connection, conversation_id: i64) -> Result<bool, ApiError> {
        let opened = self.opened("c");
        let sql = format!(
            "SELECT count(*) FROM conversation c WHERE {} AND c.id = ? AND c.account_id = ?",
            opened.sql
        );
        let ids = [conversation_id, self.account_id].map(Value::from);
        Ok(rows::count(
            connection,
            &sql,
            params_from_iter(opened.values.into_iter().chain(ids)),
        )? > 0)
    }

    /// Whether a guest of the account is shown.
    pub fn sees_guest(&self, connection: &Connection, contact_id: i64) -> Result<bool, ApiError> {
        if !self.is_narrow() {
            return Ok(true);
        }
        let seen = self.guests("c");
        let sql = format!(
            "SELECT count(*) FROM contact c WHERE {} AND c.id = ? AND c.account_id = ?",
            seen.sql
        );
        let ids = [contact_id, self.account_id].map(Value::from);
        Ok(rows::count(
            connection,
            &sql,
            params_from_iter(seen.values.into_iter().chain(ids)),
        )? > 0)
    }
}

fn guest_seen(alias: &str, me: &str, narrowed: &str, breadth: Breadth) -> String {
    let talked = format!(
        "EXISTS (SELECT 1 FROM conversation seen WHERE seen.contact_id = {alias}.id AND {} AND {narrowed})",
        in_reach("seen", me)
    );
    match breadth {
        Breadth::Served => format!("({talked} OR {})", booked(&format!("{alias}.id"), me)),
        _ => talked,
    }
}

/// Everybody with their role, as `person` and `custom_role`.
const PEOPLE: &str = "account_user person LEFT JOIN custom_role ON custom_role.id = person.custom_role_id";

/// Ids of everybody who hears of a conversation: administrators, and those members of its channel who see it.
pub fn watchers(connection: &Connection, conversation_id: i64) -> Result<Vec<i64>, ApiError> {
    let me = "person.user_id";
    let sql = format!(
        "SELECT {me} FROM conversation c JOIN {PEOPLE} WHERE c.id = ?1 AND person.account_id = c.account_id
           AND (person.role = 'administrator' OR ({} AND {}))",
        in_channels("c", me),
        narrowed_by("c", me, "custom_role.breadth")
    );
    rows::values(connection, &sql, [conversation_id])
}

/// Ids of those of an account who may not know of a guest.
pub fn blind_to_guest(
    connection: &Connection,
    account_id: i64,
    contact_id: i64,
) -> Result<Vec<i64>, ApiError> {
    let narrow = rows::values::<i64>(
        connection,
        &format!(
            "SELECT person.user_id FROM {PEOPLE} WHERE person.account_id = ?1 AND person.role <> 'administrator'
               AND coalesce(custom_role.breadth, 'channels') <> 'channels'"
        ),
        [account_id],
    )?;
    let mut blind = Vec::new();
    for user_id in narrow {
        let member = super::people::membership(connection, account_id, user_id)?;
        let sees = match member {
            Some(member) => Sight::of(&member).sees_guest(connection, contact_id)?,
            None => false,
        };
        if !sees {
            blind.push(user_id);
        }
    }
    Ok(blind)
}

/// SQL: whether the owner of a row of `notification` still sees its conversation.
pub fn notified() -> String {
    let me = "notification.user_id";
    format!(
        "EXISTS (SELECT 1 FROM conversation c JOIN {PEOPLE} WHERE c.id = notification.conversation_id
           AND person.account_id = c.account_id AND person.user_id = {me}
           AND (person.role = 'administrator' OR {}))",
        narrowed_by("c", me, "custom_role.breadth")
    )
}

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

/// Whether the guest `{guest}` of the account of `{row}` has, or had, a booking with a person. In this order both tables
/// are asked by their whole keys.
const BOOKED: &str = "EXISTS (SELECT 1 FROM account_user served CROSS JOIN booking
     WHERE served.account_id = {row}.account_id AND served.user_id = {me}
       AND booking.account_id = served.account_id AND booking.resource_key = lower(served.calendar_name)
       AND booking.contact_id = {row}.{guest})";

/// The same for lists: both sets are made once for the question, not once for each row.
const SERVED_OF_MANY: &str = "({c}.assignee_id = {me}
   OR {c}.id IN (SELECT participant.conversation_id FROM participant WHERE participant.user_id = {me})
   OR {booked})";

/// The guests with a booking, for lists. A guest is of one account, so no row has to name its own.
const BOOKED_OF_MANY: &str =
    "{row}.{guest} IN (SELECT booking.contact_id FROM account_user served CROSS JOIN booking
     WHERE served.user_id = {me} AND booking.account_id = served.account_id
       AND booking.resource_key = lower(served.calendar_name) AND booking.contact_id > 0)";

/// How many rows are asked about: one is looked up by its keys, many are compared with what was gathered once.
#[derive(Clone, Copy)]
enum Rows {
    One,
    Many,
}

/// SQL about the conversation of an alias and the person `me` stands for, without the part about channels.
fn narrowed(rows: Rows, alias: &str, me: &str, breadth: Breadth) -> String {
    match breadth {
        Breadth::Channels => "1".to_owned(),
        Breadth::Unassigned => format!("({alias}.assignee_id IS NULL OR {alias}.assignee_id = {me})"),
        Breadth::Served => match rows {
            Rows::One => SERVED,
            Rows::Many => SERVED_OF_MANY,
        }
        .replace("{booked}", &booked(rows, alias, "contact_id", me))
        .replace("{c}", alias)
        .replace("{me}", me),
        Breadth::Nothing => "0".to_owned(),
    }
}

fn booked(rows: Rows, row: &str, guest: &str, me: &str) -> String {
    match rows {
        Rows::One => BOOKED,
        Rows::Many => BOOKED_OF_MANY,
    }
    .replace("{row}", row)
    .replace("{guest}", guest)
    .replace("{me}", me)
}

/// The same where the breadth is a column of the person's row.
fn narrowed_by(alias: &str, me: &str, breadth: &str) -> String {
    let cases = Breadth::ALL.map(|one| {
        format!(
            "WHEN '{}' THEN {}",
            one.word(),
            narrowed(Rows::One, alias, me, one)
        )
    });
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
        let narrowed = narrowed(Rows::Many, alias, "?", self.breadth);
        self.condition(format!("({} AND {narrowed})", in_channels(alias, "?")))
    }

    /// The narrowing alone, for lists that do not ask for the channel.
    pub fn narrowed(&self, alias: &str) -> Condition {
        if self.sees_all {
            return Condition::new("1", []);
        }
        self.condition(narrowed(Rows::Many, alias, "?", self.breadth))
    }

    fn opened(&self, alias: &str) -> Condition {
        if self.sees_all {
            return Condition::new("1", []);
        }
        let narrowed = narrowed(Rows::One, alias, "?", self.breadth);
        self.condition(format!("({} AND {narrowed})", in_reach(alias, "?")))
    }

    /// The guests of lists, over an alias of the table: every one, but to the narrow only those whose conversations they
    /// may open and those who have a booking with them.
    pub fn guests(&self, alias: &str) -> Condition {
        self.guests_of(Rows::Many, alias)
    }

    fn guests_of(&self, rows: Rows, alias: &str) -> Condition {
        if !self.is_narrow() {
            return Condition::new("1", []);
        }
        self.condition(guest_seen(rows, alias, "?", self.breadth))
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
        let seen = self.guests_of(Rows::One, "c");
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

fn guest_seen(rows: Rows, alias: &str, me: &str, breadth: Breadth) -> String {
    let narrowed = narrowed(rows, "seen", me, breadth);
    let talked = format!(
        "EXISTS (SELECT 1 FROM conversation seen WHERE seen.contact_id = {alias}.id AND {} AND {narrowed})",
        in_reach("seen", me)
    );
    match breadth {
        Breadth::Served => format!("({talked} OR {})", booked(rows, alias, "id", me)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{functions, migrations};

    fn desk() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        functions::register(&connection).unwrap();
        migrations::run(&mut connection, &migrations::all(), 1).unwrap();
        connection
    }

    const STAFF: Sight = Sight {
        account_id: 1,
        user_id: 2,
        sees_all: false,
        breadth: Breadth::Served,
    };

    /// The steps of a query about what staff see.
    fn plan(connection: &Connection, sql: &str) -> Vec<String> {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let count = statement.parameter_count();
        let values = std::iter::repeat_n(Value::from(2_i64), count);
        let steps = statement.query_map(params_from_iter(values), |row| row.get("detail"));
        steps.unwrap().map(Result::unwrap).collect()
    }

    /// Whether every table is asked by an index, but for the one a list goes through.
    fn assert_indexed(steps: &[String], through: &[&str], keys: &str) {
        for step in steps.iter().filter(|step| step.starts_with("SCAN")) {
            assert!(
                through
                    .iter()
                    .any(|table| step.starts_with(&format!("SCAN {table}"))),
                "{step} in {steps:#?}"
            );
        }
        let booked = steps.iter().filter(|step| step.contains(" booking "));
        assert!(booked.clone().count() > 0, "{steps:#?}");
        for step in booked {
            assert!(
                step.contains(&format!(
                    "COVERING INDEX booking_by_person (account_id=? AND resource_key=? AND {keys})"
                )),
                "{step}"
            );
        }
    }

    #[test]
    fn what_staff_see_is_asked_by_indexes() {
        let connection = desk();
        for (table, condition) in [
            ("conversation", STAFF.listed("c")),
            ("contact", STAFF.guests("c")),
        ] {
            let sql = format!("SELECT c.id FROM {table} c WHERE {}", condition.sql);
            let steps = plan(&connection, &sql);
            assert_indexed(&steps, &["c"], "contact_id>?");
            let each = steps.iter().filter(|step| step.contains("CORRELATED"));
            let by_row = usize::from(table == "contact");
            assert_eq!(each.count(), by_row, "sets are made once: {steps:#?}");
        }
        for (table, condition) in [
            ("conversation", STAFF.opened("c")),
            ("contact", STAFF.guests_of(Rows::One, "c")),
        ] {
            let sql = format!("SELECT c.id FROM {table} c WHERE c.id = ? AND {}", condition.sql);
            assert_indexed(&plan(&connection, &sql), &[], "contact_id=?");
        }
    }

    #[test]
    fn a_name_is_the_same_in_capitals_of_any_script() {
        let connection = desk();
        let run = |sql: &str| connection.execute(sql, []).unwrap();
        run("INSERT INTO account (id, name, created_at) VALUES (1, 'Salon', 0)");
        run("INSERT INTO contact (id, account_id, name, created_at, updated_at) VALUES (1, 1, 'Gil', 0, 0)");
        run(
            "INSERT INTO booking (account_id, contact_id, reference, title, resource, starts_at, ends_at)
             VALUES (1, 1, 'R-1', 'Cut', 'ÖZLEM', 1, 2)",
        );
        let key = || -> Option<String> {
            let sql = "SELECT resource_key FROM booking";
            connection.query_row(sql, [], |row| row.get(0)).unwrap()
        };
        assert_eq!(key().as_deref(), Some("özlem"));
        run("UPDATE booking SET resource = 'Dóra'");
        assert_eq!(key().as_deref(), Some("dóra"));
        run("UPDATE booking SET resource = NULL");
        assert_eq!(key(), None);
    }
}

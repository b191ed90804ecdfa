//! The four roles of a house, said in the shape of the wire: administrator, agent, and custom roles (reference §2.3).

use crate::db::{custom_role, people};
use crate::desk::Change;
use crate::error::ApiError;

/// What somebody is in a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Sees everything, sets everything up.
    Owner,
    /// Sees everything, with reports.
    Manager,
    /// Sees all conversations and guests of their channels.
    Reception,
    /// Sees their own customers only.
    Staff,
}

/// Puts a person into a property. `calendar_name` is what the bookings call them; two people cannot share one, or each
/// would see the other's customers.
pub fn join(
    change: &Change<'_>,
    account_id: i64,
    user_id: i64,
    kind: Kind,
    calendar_name: Option<&str>,
) -> Result<(), ApiError> {
    if let Some(name) = calendar_name
        && people::is_calendar_name(change, account_id, name)?
    {
        let problem = "the bookings call somebody else by this name: give another --calendar-name";
        return Err(ApiError::Refused(problem.to_owned()));
    }
    let role = if kind == Kind::Owner {
        "administrator"
    } else {
        "agent"
    };
    people::join(change, account_id, user_id, role)?;
    let custom_role_id = custom_role_of(change, account_id, kind)?;
    people::set_custom_role(change, account_id, user_id, custom_role_id, calendar_name)
}

fn custom_role_of(change: &Change<'_>, account_id: i64, kind: Kind) -> Result<Option<i64>, ApiError> {
    let (name, description, permissions): (_, _, &[&str]) = match kind {
        Kind::Owner | Kind::Reception => return Ok(None),
        Kind::Manager => (
            "Manager",
            "Sees everything, with reports",
            &[
                "conversation_manage",
                "contact_manage",
                "report_manage",
                "knowledge_base_manage",
            ],
        ),
        Kind::Staff => (
            "Staff",
            "Sees their own customers only",
            &["conversation_participating_manage"],
        ),
    };
    custom_role::named(change, account_id, name, description, permissions, change.now_ms).map(Some)
}

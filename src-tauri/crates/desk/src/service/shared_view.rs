//! Views shared with the team: made by anybody of the property, changed by who made them and by administrators.

use crate::cable::events::Happening;
use crate::db::json::Object;
use crate::db::people::Membership;
use crate::db::shared_view::{self, SharedView};
use crate::desk::Change;
use crate::error::ApiError;
use crate::wire;
use serde_json::{Value, json};

/// Of one type in one property: a list of names somebody reads.
const MOST: usize = 100;
/// As any text column of the wire (reference §1.4).
const LONGEST_QUERY: usize = 20_000;

/// What a view may be of.
pub const TYPES: &[&str] = &["conversation", "contact", "report"];

/// What somebody wants to be different; `None` leaves it.
#[derive(Default)]
pub struct Wanted {
    pub name: Option<String>,
    pub query: Option<Object>,
}

/// Makes one at the end of the list.
pub fn create(
    change: &mut Change<'_>,
    member: &Membership,
    filter_type: String,
    wanted: Wanted,
) -> Result<Value, ApiError> {
    let name = wanted
        .name
        .ok_or_else(|| ApiError::invalid("Name can't be blank", "name"))?;
    let query = wanted.query.unwrap_or_default();
    check(&name, &query)?;
    let others = shared_view::all(change, member.account_id, &filter_type)?;
    if others.len() >= MOST {
        let message = "Account Limit reached. The maximum number of allowed shared views per account is 100.";
        return Err(ApiError::invalid(message, "account_id"));
    }
    let mut new = SharedView {
        id: 0,
        account_id: member.account_id,
        user_id: Some(member.user_id),
        name,
        filter_type,
        query,
        position: others.last().map_or(0, |last| last.position + 1),
        created_at: change.now_ms,
        updated_at: change.now_ms,
    };
    new.id = shared_view::insert(change, &new)?;
    tell(change, "shared_view.created", &new)
}

/// Renames it or gives it another query.
pub fn update(
    change: &mut Change<'_>,
    member: &Membership,
    id: i64,
    wanted: Wanted,
) -> Result<Value, ApiError> {
    let mut found = own(change, member, id)?;
    found.name = wanted.name.unwrap_or(found.name);
    found.query = wanted.query.unwrap_or(found.query);
    check(&found.name, &found.query)?;
    found.updated_at = change.now_ms;
    shared_view::update(change, &found)?;
    tell(change, "shared_view.updated", &found)
}

/// Takes it from everybody.
pub fn delete(change: &mut Change<'_>, member: &Membership, id: i64) -> Result<(), ApiError> {
    let found = own(change, member, id)?;
    tell(change, "shared_view.deleted", &found)?;
    shared_view::delete(change, id)
}

/// Puts the named ones first, in that order; the others follow as they stood. Ids of no view are left out.
pub fn order(
    change: &mut Change<'_>,
    account_id: i64,
    filter_type: &str,
    ids: &[i64],
) -> Result<(), ApiError> {
    let mut views = shared_view::all(change, account_id, filter_type)?;
    let ids = &ids[..ids.len().min(MOST)];
    let place = |view: &SharedView| ids.iter().position(|id| *id == view.id).unwrap_or(ids.len());
    views.sort_by_key(place);
    for (position, view) in views.iter().enumerate() {
        shared_view::place(change, view.id, i64::try_from(position).unwrap_or(i64::MAX))?;
    }
    let ids: Vec<i64> = views.iter().map(|view| view.id).collect();
    change.tell(Happening::OfAccount {
        name: "shared_view.ordered",
        account_id,
        data: json!({ "filter_type": filter_type, "ids": ids }),
    });
    Ok(())
}

fn own(change: &Change<'_>, member: &Membership, id: i64) -> Result<SharedView, ApiError> {
    let found = shared_view::find(change, member.account_id, id)?.ok_or(ApiError::NotFound)?;
    if found.user_id == Some(member.user_id) || member.is_administrator() {
        return Ok(found);
    }
    Err(ApiError::DENIED)
}

fn check(name: &str, query: &Object) -> Result<(), ApiError> {
    if name.chars().count() > 255 {
        let message = "Name is too long (maximum is 255 characters)";
        return Err(ApiError::invalid(message, "name"));
    }
    if json!(query).to_string().chars().count() > LONGEST_QUERY {
        let message = "Query is too long (maximum is 20000 characters)";
        return Err(ApiError::invalid(message, "query"));
    }
    Ok(())
}

/// Announces it to everybody of the property as it is now; answers that.
fn tell(change: &mut Change<'_>, name: &'static str, shared: &SharedView) -> Result<Value, ApiError> {
    let data = wire::shared_view::shared_view(change, shared)?;
    change.tell(Happening::OfAccount {
        name,
        account_id: shared.account_id,
        data: data.clone(),
    });
    Ok(data)
}

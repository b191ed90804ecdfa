//! Who may open what (reference §2.3).

use crate::db::contact::{self, Contact};
use crate::db::conversation::Conversation;
use crate::db::inbox;
use crate::db::people::Membership;
use crate::db::sight::Sight;
use crate::desk::View;
use crate::error::ApiError;

/// Whether a person sees a channel.
pub fn sees_inbox(view: &View<'_>, member: &Membership, inbox_id: i64) -> Result<bool, ApiError> {
    Ok(member.is_administrator() || inbox::is_member(view, inbox_id, member.user_id)?)
}

/// Whether a person may open a conversation: by its channel or by its team, and as far as their role goes.
pub fn opens(view: &View<'_>, member: &Membership, conversation: &Conversation) -> Result<bool, ApiError> {
    Sight::of(member).opens(view, conversation.id)
}

/// Whether a list of the person's conversations holds this one: teams do not count there.
pub fn lists(view: &View<'_>, member: &Membership, conversation: &Conversation) -> Result<bool, ApiError> {
    Ok(sees_inbox(view, member, conversation.inbox_id)? && opens(view, member, conversation)?)
}

/// A guest the person may know of; anybody else's is as unknown as nobody's.
pub fn guest(view: &View<'_>, member: &Membership, id: i64) -> Result<Contact, ApiError> {
    let found = contact::find_in(view, member.account_id, id)?.ok_or(ApiError::NotFound)?;
    if Sight::of(member).sees_guest(view, found.id)? {
        Ok(found)
    } else {
        Err(ApiError::NotFound)
    }
}

/// Refuses those who see their own customers only what would reach beyond them.
pub fn sees_every_guest(member: &Membership) -> Result<(), ApiError> {
    if Sight::of(member).is_narrow() {
        return Err(ApiError::DENIED);
    }
    Ok(())
}

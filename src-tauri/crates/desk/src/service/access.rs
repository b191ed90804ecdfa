//! Who may open what (reference §2.3).

use crate::db::conversation::Conversation;
use crate::db::people::Membership;
use crate::db::{inbox, team};
use crate::desk::View;
use crate::error::ApiError;

/// Whether a person sees a channel.
pub fn sees_inbox(view: &View<'_>, member: &Membership, inbox_id: i64) -> Result<bool, ApiError> {
    Ok(member.is_administrator() || inbox::is_member(view, inbox_id, member.user_id)?)
}

/// Whether a person may open a conversation: by its channel, or by its team.
pub fn opens(view: &View<'_>, member: &Membership, conversation: &Conversation) -> Result<bool, ApiError> {
    if sees_inbox(view, member, conversation.inbox_id)? {
        return Ok(true);
    }
    match conversation.team_id {
        Some(team_id) => team::is_member(view, team_id, member.user_id),
        None => Ok(false),
    }
}

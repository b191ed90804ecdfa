//! Turning the bot of a channel on and off: AI replies of that channel (reference §2.1, `set_agent_bot`).

use super::{conversation as conversations, notification};
use crate::cable::events::Happening;
use crate::db::inbox::Inbox;
use crate::db::{account, conversation, inbox};
use crate::desk::Change;
use crate::error::ApiError;

/// Links a bot to a channel, or none. Without one nobody answers what waits for it, so those conversations come to
/// people; upstream leaves them where nobody looks.
pub fn set_in(change: &mut Change<'_>, inbox: &Inbox, bot_id: Option<i64>) -> Result<(), ApiError> {
    if inbox.agent_bot_id == bot_id {
        return Ok(());
    }
    inbox::set_bot(change, inbox.id, bot_id)?;
    account::touch_cache_key(change, inbox.account_id, "inbox", change.now_ms)?;
    change.tell(Happening::CacheInvalidated {
        account_id: inbox.account_id,
    });
    if bot_id.is_some() {
        return Ok(());
    }
    for id in conversation::waiting_for_bot(change, inbox.id, inbox.agent_bot_id)? {
        conversations::set_status_in(change, id, "open", None)?;
        notification::of_creation(change, id)?;
    }
    Ok(())
}

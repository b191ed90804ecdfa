//! Who else is in a conversation: what the socket tells of it, and saying that somebody here looks. Nothing is stored.

use super::{Context, access};
use crate::SyncEvent;
use deskbell_domain::{ConversationId, Doing, Message, SenderKind, Someone};
use std::sync::atomic::Ordering;

/// Somebody else begins something, or stops. The person here is no company, at whichever computer they are.
pub(super) fn sign(
    context: &Context,
    conversation: ConversationId,
    (who, name): (Someone, String),
    doing: Doing,
    on: bool,
) {
    if who == Someone::Agent(context.row.me) {
        return;
    }
    context.tell(SyncEvent::Sign {
        conversation: context.conversation(conversation),
        who,
        name,
        doing,
        on,
    });
}

/// Whoever sent a message has stopped writing it; not every client says so.
pub(super) fn wrote(context: &Context, message: &Message) {
    let Some(sender) = &message.sender else { return };
    let who = match sender.kind {
        SenderKind::Contact => Someone::Guest,
        SenderKind::User => Someone::Agent(sender.id.into()),
        SenderKind::Bot | SenderKind::Other => return,
    };
    let doing = Doing::Writes {
        private: message.private,
    };
    sign(
        context,
        message.conversation_id,
        (who, String::new()),
        doing,
        false,
    );
}

/// Says that the person here looks at a conversation, or no longer, and hears who else does. Only our own desk knows such
/// a thing; it is the one that shares views as well, so that no other server is asked in vain.
pub(crate) async fn look(context: &Context, conversation: ConversationId, on: bool) {
    if !context.status().is_online() || !context.shares_views.load(Ordering::Relaxed) {
        return;
    }
    match context.api.looking(conversation, on).await {
        Ok(people) => context.tell(SyncEvent::Lookers {
            conversation: context.conversation(conversation),
            people,
        }),
        Err(error) => {
            tracing::debug!(%error, "Looking was not told");
            access::refused(context, conversation, &error).await;
        }
    }
}

/// Tells guest and colleagues that somebody types, or stopped.
pub(crate) async fn type_in(context: &Context, conversation: ConversationId, on: bool) {
    if let Err(error) = context.api.typing(conversation, on).await {
        tracing::debug!(%error, "Typing was not told");
        access::refused(context, conversation, &error).await;
    }
}

//! Which AI answers first in which channel, as administrators choose it: read and written at once, because guests of the
//! channel are answered by it from then on.

use super::Context;
use super::failure::Failure;
use deskbell_chatwoot::BotInfo;
use deskbell_domain::InboxId;

/// The bots there are, and which one each inbox has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelBots {
    pub bots: Vec<BotInfo>,
    pub inboxes: Vec<(InboxId, Option<i64>)>,
}

pub(crate) async fn channel_bots(context: &Context) -> Result<ChannelBots, Failure> {
    let bots = context.api.agent_bots().await?;
    let mut inboxes = Vec::new();
    for inbox in context.store.inboxes(context.key).await? {
        let bot = context.api.agent_bot(inbox.id).await?;
        inboxes.push((inbox.id, bot.map(|bot| bot.id)));
    }
    Ok(ChannelBots { bots, inboxes })
}

/// Sets it, and reads the inboxes again: rows say from then on who answers.
pub(crate) async fn set_bot(context: &Context, inbox: InboxId, bot: Option<i64>) -> Result<(), Failure> {
    context.api.set_agent_bot(inbox, bot).await?;
    let inboxes = context.api.inboxes().await?;
    context.store.replace_inboxes(context.key, inboxes).await?;
    Ok(())
}

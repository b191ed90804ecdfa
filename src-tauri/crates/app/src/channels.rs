//! The AI of the channels, as administrators turn it on and off. That needs the server now: guests are answered by it at once.

use crate::core::App;
use crate::schema::*;
use deskbell_sync::SavedForAll;

pub(crate) async fn all(app: &App, request: ChannelsRequest) -> Result<Option<ChannelsView>, CommandError> {
    let running = app.running().await?;
    let Some(found) = running.engine.channel_bots(request.account).await else {
        return Ok(None);
    };
    let inboxes = running.store.inboxes(request.account).await?;
    let bot_of = |inbox| found.inboxes.iter().find(|(id, _)| *id == inbox)?.1;
    Ok(Some(ChannelsView {
        bots: found
            .bots
            .iter()
            .map(|bot| BotView {
                id: bot.id,
                name: bot.name.clone(),
            })
            .collect(),
        channels: inboxes
            .into_iter()
            .map(|inbox| ChannelView {
                bot: bot_of(inbox.id),
                inbox: inbox.id,
                name: inbox.name,
                channel: inbox.channel,
            })
            .collect(),
    }))
}

pub(crate) async fn set(app: &App, request: SetChannelAiRequest) -> Result<ChannelAiOutcome, CommandError> {
    let SetChannelAiRequest { account, inbox, bot } = request;
    let running = app.running().await?;
    Ok(match running.engine.set_bot(account, inbox, bot).await {
        SavedForAll::Done => ChannelAiOutcome::Done,
        SavedForAll::NotAllowed => ChannelAiOutcome::NotAllowed,
        SavedForAll::Gone | SavedForAll::Refused { .. } => ChannelAiOutcome::Refused,
        SavedForAll::NotNow => ChannelAiOutcome::Offline,
    })
}

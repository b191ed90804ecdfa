//! Who gets a conversation: by hand, by team, or by the round robin of a channel (reference §3.4, §5).

use super::save::{is_person_of, reload, save};
use crate::db::conversation::Conversation;
use crate::db::sight::Sight;
use crate::db::{inbox, people, team};
use crate::desk::Change;
use crate::error::ApiError;

/// Gives it to a person, or to nobody where the id is none or unknown. A bot that held it lets go.
pub fn to_person(
    change: &mut Change<'_>,
    conversation: &Conversation,
    user_id: Option<i64>,
) -> Result<Conversation, ApiError> {
    let known = match user_id {
        Some(id) if is_person_of(change, conversation.account_id, id)? => Some(id),
        _ => None,
    };
    let mut after = conversation.clone();
    after.assignee_id = known;
    after.assignee_bot_id = None;
    save(change, conversation, after)
}

/// Gives it to a bot of the account or of the system; an unknown one changes nothing.
pub fn to_bot(
    change: &mut Change<'_>,
    conversation: &Conversation,
    bot_id: i64,
) -> Result<Conversation, ApiError> {
    let known = people::bots(change, conversation.account_id)?
        .iter()
        .any(|bot| bot.id == bot_id);
    let mut after = conversation.clone();
    if known {
        after.assignee_bot_id = Some(bot_id);
        after.assignee_id = None;
    }
    save(change, conversation, after)
}

/// Gives it to a team, or to none where the id is none or unknown. An assignee who is not in it lets go; with
/// automatic assignment an online member of channel and team gets it.
pub fn to_team(
    change: &mut Change<'_>,
    conversation: &Conversation,
    team_id: Option<i64>,
) -> Result<Conversation, ApiError> {
    let known = match team_id {
        Some(id) => team::find_in(change, conversation.account_id, id)?,
        None => None,
    };
    let mut after = conversation.clone();
    after.team_id = known.as_ref().map(|team| team.id);
    if let Some(team) = &known {
        if let Some(assignee) = after.assignee_id
            && !team::is_member(change, team.id, assignee)?
        {
            after.assignee_id = None;
        }
        if team.allow_auto_assign && after.assignee_id.is_none() {
            after.assignee_id = next_online(change, &after)?;
        }
    }
    save(change, conversation, after)
}

/// The round robin of a channel when a conversation becomes open.
pub fn pick_on_open(change: &mut Change<'_>, conversation_id: i64) -> Result<(), ApiError> {
    let conversation = reload(change, conversation_id)?;
    let Some(inbox) = inbox::find(change, conversation.inbox_id)? else {
        return Ok(());
    };
    if !inbox.enable_auto_assignment || conversation.assignee_bot_id.is_some() {
        return Ok(());
    }
    if let Some(assignee) = conversation.assignee_id
        && inbox::is_member(change, inbox.id, assignee)?
    {
        return Ok(());
    }
    if let Some(next) = next_online(change, &conversation)? {
        let mut after = conversation.clone();
        after.assignee_id = Some(next);
        save(change, &conversation, after)?;
    }
    Ok(())
}

/// The online member of the channel (and of the team) whose turn it is.
fn next_online(change: &Change<'_>, conversation: &Conversation) -> Result<Option<i64>, ApiError> {
    let Some(inbox) = inbox::find(change, conversation.inbox_id)? else {
        return Ok(None);
    };
    if let Some(team_id) = conversation.team_id {
        let team = team::find_in(change, conversation.account_id, team_id)?;
        if team.is_some_and(|team| !team.allow_auto_assign) {
            return Ok(None);
        }
    }
    let mut candidates = Vec::new();
    for user in inbox::members(change, inbox.id)? {
        let Some(membership) = people::membership(change, conversation.account_id, user.id)? else {
            continue;
        };
        let in_team = match conversation.team_id {
            Some(team_id) => team::is_member(change, team_id, user.id)?,
            // Chance makes nobody a customer of those who see their own only.
            None => !Sight::of(&membership).is_narrow(),
        };
        if in_team && change.presence.status(&membership, change.now_ms) == "online" {
            candidates.push(user.id);
        }
    }
    let after_last = candidates.iter().find(|id| **id > inbox.last_assigned_user_id);
    let next = after_last.or(candidates.first()).copied();
    if let Some(id) = next {
        inbox::set_last_assigned(change, inbox.id, id)?;
    }
    Ok(next)
}

//! Starting a conversation (reference §3.4).

use crate::db::contact::ContactInbox;
use crate::db::conversation::{self, Conversation};
use crate::db::sight::Sight;
use crate::db::{contact, inbox, people, team};
use crate::desk::Change;
use crate::error::ApiError;
use crate::routes::call::{AccountCaller, Answer, AnyCall};
use crate::routes::message::new_message;
use crate::routes::ok;
use crate::routes::params::Params;
use crate::service::conversation::{Start, link_in, start_in};
use crate::service::{access, message};
use crate::wire;
use crate::wire::time::parse_iso;

/// `POST /conversations`.
pub async fn create(call: AnyCall) -> Answer {
    let (account_id, viewer) = (call.account_id, call.viewer());
    let (caller, params) = (call.caller.clone(), call.params.clone());
    let json = call
        .desk
        .act(call.actor(), move |change| {
            let link = link(change, account_id, &params)?;
            let inbox = inbox::find_in(change, account_id, link.inbox_id)?.ok_or(ApiError::NotFound)?;
            if let AccountCaller::User(_, member) = &caller {
                access::guest(change, member, link.contact_id)?;
                if !access::sees_inbox(change, member, inbox.id)? {
                    return Err(ApiError::DENIED);
                }
            }
            let newest = conversation::newest_of_link(change, link.id)?;
            let found = match newest.filter(|_| inbox.lock_to_single_conversation) {
                Some(newest) => newest,
                None => {
                    let wanted = start(change, account_id, &params)?;
                    let new = start_in(change, &link, wanted)?;
                    begun(change, &caller, new)?
                }
            };
            if let AccountCaller::User(_, member) = &caller
                && !access::opens(change, member, &found)?
            {
                return Err(ApiError::DENIED);
            }
            post_first(change, &found, &params)?;
            let found = conversation::find(change, found.id)?.ok_or(ApiError::NotFound)?;
            wire::conversation::rest(change, &found, viewer)
        })
        .await?;
    ok(json)
}

/// Whoever sees their own customers only follows what they began.
fn begun(change: &Change<'_>, caller: &AccountCaller, new: Conversation) -> Result<Conversation, ApiError> {
    if let AccountCaller::User(_, member) = caller
        && Sight::of(member).is_narrow()
    {
        conversation::add_participant(change, new.id, member.user_id)?;
    }
    Ok(new)
}

fn link(change: &mut Change<'_>, account_id: i64, params: &Params) -> Result<ContactInbox, ApiError> {
    let source_id = params.filled("source_id");
    let (inbox_id, contact_id) = (params.integer("inbox_id"), params.integer("contact_id"));
    if let (Some(inbox_id), Some(contact_id)) = (inbox_id, contact_id) {
        let inbox = inbox::find_in(change, account_id, inbox_id)?.ok_or(ApiError::NotFound)?;
        let guest = contact::find_in(change, account_id, contact_id)?.ok_or(ApiError::NotFound)?;
        return link_in(change, guest.id, &inbox, source_id.as_deref());
    }
    let source_id = source_id.ok_or(ApiError::NotFound)?;
    let found = match inbox_id {
        Some(inbox_id) => contact::link_by_source(change, inbox_id, &source_id)?,
        None => contact::link_in_account(change, account_id, &source_id)?,
    };
    found.ok_or(ApiError::NotFound)
}

fn start(change: &Change<'_>, account_id: i64, params: &Params) -> Result<Start, ApiError> {
    let assignee_id = match params.integer("assignee_id") {
        Some(id) => people::membership(change, account_id, id)?.map(|member| member.user_id),
        None => None,
    };
    let team_id = match params.integer("team_id") {
        Some(id) => team::find_in(change, account_id, id)?.map(|team| team.id),
        None => None,
    };
    let until = params.filled("snoozed_until");
    Ok(Start {
        status: params.filled("status").unwrap_or_default(),
        snoozed_until: until.and_then(|until| parse_iso(&until)),
        assignee_id,
        team_id,
        additional_attributes: params
            .object("additional_attributes")
            .cloned()
            .unwrap_or_default(),
        custom_attributes: params.object("custom_attributes").cloned().unwrap_or_default(),
    })
}

/// The first message is part of the same transaction: if it is not valid there is no conversation either.
fn post_first(change: &mut Change<'_>, found: &Conversation, params: &Params) -> Result<(), ApiError> {
    let Ok(first) = params.strictly_under("message") else {
        return Ok(());
    };
    let inbox = inbox::find(change, found.inbox_id)?.ok_or(ApiError::NotFound)?;
    if first.text("message_type").as_deref() == Some("incoming") && !inbox.is_api() {
        return Err(ApiError::AsUpstream(
            "incoming first message outside an Api inbox",
        ));
    }
    let new = new_message(&first, &inbox, found.id, Vec::new())?;
    match message::create_in(change, new) {
        Err(ApiError::Refused(error)) => Err(ApiError::invalid(
            error.trim_start_matches("Validation failed: "),
            "base",
        )),
        other => other.map(drop),
    }
}

//! What an account has once, read at each catch-up: inboxes with their AI, people, teams, templates and tags; macros,
//! saved views, definitions of attributes; the newest notifications.

use super::Context;
use super::failure::Failure;
use crate::notices;
use deskbell_chatwoot::ClientError;
use deskbell_store::NewestNotifications;
use std::sync::atomic::Ordering;

/// What to keep of an answer: the list; nothing where the account is without it, because the server is an older release
/// or the role may not see it; `None` to leave what is kept as it is. No guest waits for these parts, so a server that
/// fails at one of them does not end the sync. They are asked for at each catch-up: a refusal may have been a moment's.
fn sort<T: Default>(
    part: &'static str,
    answer: Result<Option<T>, ClientError>,
) -> Result<Option<T>, ClientError> {
    match answer {
        Ok(Some(list)) => Ok(Some(list)),
        Ok(None) => {
            tracing::debug!(part, "The server does not offer this to the account");
            Ok(Some(T::default()))
        }
        Err(error @ (ClientError::NotSent | ClientError::Throttled | ClientError::SignedOut)) => Err(error),
        Err(error) => {
            tracing::warn!(part, %error, "A part of the catalogue could not be read");
            Ok(None)
        }
    }
}

/// Reads all of it again. No event tells about agents or templates (reference §10.3), so each catch-up does this.
pub(super) async fn refresh(context: &Context) -> Result<(), Failure> {
    let api = &context.api;
    let (inboxes, agents, teams, labels, canned) = tokio::try_join!(
        api.inboxes(),
        api.agents(),
        api.teams(),
        api.labels(),
        api.canned_responses()
    )?;
    let (store, key) = (&context.store, context.key);
    store.replace_inboxes(key, inboxes).await?;
    store.replace_agents(key, agents).await?;
    store.replace_teams(key, teams).await?;
    store.replace_labels(key, labels).await?;
    store.replace_canned(key, canned).await?;
    Ok(())
}

/// The parts that no row needs: read after the conversations, so that no guest waits for them.
pub(super) async fn refresh_extras(context: &Context) -> Result<(), Failure> {
    let (api, store, key) = (&context.api, &context.store, context.key);
    if let Some(macros) = sort("macros", api.macros().await)? {
        store.replace_macros(key, macros).await?;
    }
    refresh_views(context).await?;
    if let Some(definitions) = sort("attribute definitions", api.attribute_definitions().await)? {
        store.replace_attribute_definitions(key, definitions).await?;
    }
    refresh_notifications(context).await?;
    notices::review_assignments(context).await
}

/// Reads the person's own views and those shared with everybody.
pub(super) async fn refresh_views(context: &Context) -> Result<(), Failure> {
    let (api, store, key) = (&context.api, &context.store, context.key);
    let own = sort("saved views", api.saved_views().await)?;
    let answer = api.shared_views().await;
    if let Ok(shared) = &answer {
        context.shares_views.store(shared.is_some(), Ordering::Relaxed);
    }
    if let (Some(mut views), Some(shared)) = (own, sort("shared views", answer)?) {
        views.extend(shared);
        store.replace_saved_views(key, views).await?;
    }
    Ok(())
}

/// Reads the newest notifications.
pub(super) async fn refresh_notifications(context: &Context) -> Result<(), Failure> {
    let (api, store, key) = (&context.api, &context.store, context.key);
    if let Some(page) = sort("notifications", api.notifications().await)? {
        let newest = NewestNotifications {
            items: page.items,
            unread_count: page.unread_count,
            is_all: page.is_all,
        };
        store.take_notifications(key, newest).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_account_is_without_is_empty() {
        assert_eq!(sort("macros", Ok(Some(vec![1]))), Ok(Some(vec![1])));
        assert_eq!(sort::<Vec<i64>>("macros", Ok(None)), Ok(Some(Vec::new())));
    }

    #[test]
    fn a_part_that_fails_leaves_what_is_kept_and_only_a_lost_connection_ends_the_sync() {
        let sort = |error| super::sort::<Vec<i64>>("macros", Err(error));
        assert_eq!(sort(ClientError::ServerFault { status: 500 }), Ok(None));
        assert_eq!(sort(ClientError::Unknown), Ok(None));
        assert_eq!(sort(ClientError::NotSent), Err(ClientError::NotSent));
        assert_eq!(sort(ClientError::SignedOut), Err(ClientError::SignedOut));
    }
}

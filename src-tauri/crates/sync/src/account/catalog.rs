//! What changes seldom: inboxes with their AI, people, teams, templates and tags.

use super::Context;
use super::failure::Failure;

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

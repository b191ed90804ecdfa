//! Prepared texts as people of the desk write them: sent at once, because they belong to all, and read anew after.

use super::Context;
use super::failure::Failure;

/// Writes one, new or in place of `id`, and reads the list again.
pub(crate) async fn save_template(
    context: &Context,
    id: Option<i64>,
    short_code: &str,
    content: &str,
) -> Result<(), Failure> {
    context.api.save_canned_response(id, short_code, content).await?;
    read_again(context).await
}

/// Takes one away for everybody, and reads the list again.
pub(crate) async fn delete_template(context: &Context, id: i64) -> Result<(), Failure> {
    context.api.delete_canned_response(id).await?;
    read_again(context).await
}

async fn read_again(context: &Context) -> Result<(), Failure> {
    let canned = context.api.canned_responses().await?;
    context.store.replace_canned(context.key, canned).await?;
    Ok(())
}

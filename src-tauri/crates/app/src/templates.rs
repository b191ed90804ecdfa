//! Prepared texts: written, changed and taken away for the whole property. That needs the server now: what waited here
//! could overwrite what a colleague wrote meanwhile.

use crate::core::App;
use crate::schema::*;
use deskbell_sync::SavedForAll;

/// The wire's limits (reference §1.4), in characters.
const LONGEST_NAME: usize = 255;
const LONGEST_TEXT: usize = 20_000;

/// Writes a new one, or another text for one there is.
pub(crate) async fn save(app: &App, request: SaveTemplateRequest) -> Result<TemplateOutcome, CommandError> {
    let (name, text) = (request.short_code.trim(), request.content.trim());
    if name.is_empty() || text.is_empty() {
        return Ok(TemplateOutcome::Empty);
    }
    if name.chars().count() > LONGEST_NAME || text.chars().count() > LONGEST_TEXT {
        return Ok(TemplateOutcome::TooLong);
    }
    let running = app.running().await?;
    let saved = running
        .engine
        .save_template(request.account, request.id, name, text)
        .await;
    Ok(outcome(saved))
}

/// Takes one away.
pub(crate) async fn delete(
    app: &App,
    request: DeleteTemplateRequest,
) -> Result<TemplateOutcome, CommandError> {
    let running = app.running().await?;
    let saved = running.engine.delete_template(request.account, request.id).await;
    Ok(outcome(saved))
}

fn outcome(saved: SavedForAll) -> TemplateOutcome {
    match saved {
        SavedForAll::Done => TemplateOutcome::Done,
        SavedForAll::Gone => TemplateOutcome::Gone,
        SavedForAll::NotAllowed => TemplateOutcome::NotAllowed,
        SavedForAll::Refused { message } => TemplateOutcome::Refused { message },
        SavedForAll::NotNow => TemplateOutcome::Offline,
    }
}

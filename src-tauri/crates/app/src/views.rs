//! Saved views: read from what is kept here, changed on the server, ordered on this computer.

use crate::core::{App, Running, failed};
use crate::files::bad_request;
use crate::rows::PropertyNames;
use crate::schema::*;
use deskbell_domain::{AccountKey, ReadView, Role, SavedView, ViewFilter};
use deskbell_store::AccountRow;
use deskbell_sync::ViewChange;
use serde_json::json;

/// The order the person gave them, as a list of [`ViewRef`]. It is theirs alone and stays on this computer.
const ORDER: &str = "view_order";
/// The wire's limit of short texts (reference §1.4), in characters.
const LONGEST_NAME: usize = 255;
/// A file of views is smaller by far.
const LONGEST_FILE: usize = 1_000_000;

/// All views of all properties, in the person's order; new ones come last.
pub(crate) async fn all(app: &App) -> Result<SavedViewsView, CommandError> {
    let running = app.running().await?;
    let mut views = Vec::new();
    let mut sharing = Vec::new();
    for account in running.store.accounts().await? {
        if running.engine.shares_views(account.key) {
            sharing.push(account.key);
        }
        let kept = running.store.saved_views(account.key).await?;
        let kept = kept.iter().filter(|view| view.filter_type == "conversation");
        views.extend(kept.map(|view| view_of(view, &account)));
    }
    let order = order(&running).await?;
    views.sort_by_key(|view| {
        let place = order.iter().position(|one| *one == view.view);
        place.unwrap_or(order.len())
    });
    Ok(SavedViewsView { views, sharing })
}

fn view_of(view: &SavedView, account: &AccountRow) -> SavedViewView {
    let (filter, unknown) = match ViewFilter::read(&view.query, account.me.0) {
        ReadView::Known(filter) => (Some(filter), Vec::new()),
        ReadView::Unknown(keys) => (None, keys),
    };
    let mine = !view.shared || view.owner == Some(account.me);
    SavedViewView {
        view: ViewRef {
            account: account.key,
            id: view.id,
            shared: view.shared,
        },
        name: view.name.clone(),
        may_change: mine || account.access.role == Role::Administrator,
        filter,
        unknown,
    }
}

async fn order(running: &Running) -> Result<Vec<ViewRef>, CommandError> {
    let kept = running.store.setting(ORDER).await?;
    Ok(kept
        .and_then(|value| serde_json::from_value(value).ok())
        .unwrap_or_default())
}

/// Saves a new view, or an old one anew.
pub(crate) async fn save(app: &App, request: SaveViewRequest) -> Result<ViewOutcome, CommandError> {
    let running = app.running().await?;
    let name = request.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Ok(ViewOutcome::Refused);
    }
    let change = match (request.view, request.filter) {
        (None, Some(filter)) => ViewChange::Create {
            shared: false,
            name,
            query: filter.to_query(),
        },
        (None, None) => return Err(bad_request("A new view says what it filters by")),
        (Some(view), filter) => ViewChange::Change {
            shared: view.shared,
            id: view.id,
            name,
            query: match filter {
                Some(filter) => filter.to_query(),
                None => found(&running, view).await?.query,
            },
        },
    };
    tell(&running, request.account, &change).await
}

/// Takes a view away.
pub(crate) async fn delete(app: &App, view: ViewRef) -> Result<ViewOutcome, CommandError> {
    let running = app.running().await?;
    let change = ViewChange::Delete {
        shared: view.shared,
        id: view.id,
    };
    tell(&running, view.account, &change).await
}

/// Moves a view between the person's own and the team's. It is there twice for a moment, rather than not at all.
pub(crate) async fn share(app: &App, request: ShareViewRequest) -> Result<ViewOutcome, CommandError> {
    let running = app.running().await?;
    let view = request.view;
    if view.shared == request.shared {
        return Ok(ViewOutcome::Done);
    }
    let kept = found(&running, view).await?;
    let create = ViewChange::Create {
        shared: request.shared,
        name: kept.name,
        query: kept.query,
    };
    match tell(&running, view.account, &create).await? {
        ViewOutcome::Done => {}
        not_done => return Ok(not_done),
    }
    delete(app, view).await
}

/// Keeps the order the person gave.
pub(crate) async fn keep_order(app: &App, request: OrderViewsRequest) -> Result<(), CommandError> {
    let running = app.running().await?;
    running.store.set_setting(ORDER, json!(request.views)).await?;
    Ok(())
}

async fn found(running: &Running, view: ViewRef) -> Result<SavedView, CommandError> {
    let kept = running.store.saved_views(view.account).await?;
    kept.into_iter()
        .find(|one| one.id == view.id && one.shared == view.shared)
        .ok_or_else(|| CommandError {
            code: ErrorCode::NotFound,
            ..failed(&"This view is not here")
        })
}

async fn tell(
    running: &Running,
    account: AccountKey,
    change: &ViewChange,
) -> Result<ViewOutcome, CommandError> {
    use deskbell_sync::ViewOutcome as Told;
    PropertyNames::load(&running.store)
        .await?
        .account(account)
        .ok_or_else(|| bad_request("Nobody is signed in there"))?;
    Ok(match running.engine.change_view(account, change).await? {
        Told::Done => ViewOutcome::Done,
        Told::Offline => ViewOutcome::Offline,
        Told::NotAllowed => ViewOutcome::NotAllowed,
        Told::Refused => ViewOutcome::Refused,
    })
}

/// Puts a text into the folder of downloads, beside what is there.
pub(crate) fn keep_file(app: &App, request: &KeepFileRequest) -> Result<KeepFileOutcome, CommandError> {
    let name = request.name.as_str();
    let is_bare = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']);
    if !is_bare || request.text.len() > LONGEST_FILE {
        return Err(bad_request("This is no name of a file, or the file is too large"));
    }
    Ok(KeepFileOutcome {
        name: app.host().keep_file(name, request.text.as_bytes()),
    })
}

//! Changes of saved views: made on the server while somebody waits, because a view that only this computer has would be
//! missed at the next one.

use super::{Context, Failure, catalog};
use deskbell_chatwoot::ClientError;
use deskbell_store::StoreError;
use serde_json::{Map, Value};

/// What to do with a view of conversations.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewChange {
    Create {
        shared: bool,
        name: String,
        query: Map<String, Value>,
    },
    Change {
        shared: bool,
        id: i64,
        name: String,
        query: Map<String, Value>,
    },
    Delete {
        shared: bool,
        id: i64,
    },
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewOutcome {
    Done,
    /// The server cannot be asked now, or gave no answer: nothing is known to have changed.
    Offline,
    /// The role may not do this, the view is gone, or the server keeps no views for everybody.
    NotAllowed,
    /// There are too many, or the server does not take the name.
    Refused,
}

/// Makes the change and reads all views again.
pub(crate) async fn change_view(context: &Context, change: &ViewChange) -> Result<ViewOutcome, StoreError> {
    let outcome = match tell(context, change).await {
        Ok(()) => ViewOutcome::Done,
        Err(ClientError::NotAllowed | ClientError::Missing) => ViewOutcome::NotAllowed,
        Err(ClientError::Refused { .. }) => ViewOutcome::Refused,
        Err(error) => {
            tracing::info!(%error, "A saved view was not changed");
            ViewOutcome::Offline
        }
    };
    match catalog::refresh_views(context).await {
        Err(Failure::Store(error)) => Err(error),
        Err(Failure::Wire(error)) => {
            tracing::info!(%error, "Saved views could not be read again");
            Ok(outcome)
        }
        Ok(()) => Ok(outcome),
    }
}

async fn tell(context: &Context, change: &ViewChange) -> Result<(), ClientError> {
    let api = &context.api;
    match change {
        ViewChange::Create { shared, name, query } => api.create_view(*shared, name, query).await,
        ViewChange::Change {
            shared,
            id,
            name,
            query,
        } => api.change_view(*shared, *id, name, query).await,
        ViewChange::Delete { shared, id } => api.delete_view(*shared, *id).await,
    }
}

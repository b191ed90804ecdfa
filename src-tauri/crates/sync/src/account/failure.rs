//! Why a step of sync could not be done: the wire, or this computer's disk.

use deskbell_chatwoot::ClientError;
use deskbell_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Wire(#[from] ClientError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

//! What a test may do to a desk that was started for it.

use crate::desk::Desk;
use axum::Router;

/// `/test/…`.
pub fn routes() -> Router<Desk> {
    Router::new()
}

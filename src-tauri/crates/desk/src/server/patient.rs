//! A body whose sender may pause, but not for ever: otherwise a few bytes would hold a connection as long as one likes.

use axum::body::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// A request's body as it arrives.
pub struct Patient {
    body: Incoming,
    patience: Duration,
    /// Ends the wait for the next part.
    ends: Pin<Box<Sleep>>,
}

/// Why a body is incomplete.
#[derive(Debug, thiserror::Error)]
pub enum Incomplete {
    #[error("nothing more came of the request")]
    Silent,
    #[error(transparent)]
    Broken(#[from] hyper::Error),
}

impl Patient {
    pub fn new(body: Incoming, patience: Duration) -> Self {
        Self {
            body,
            patience,
            ends: Box::pin(tokio::time::sleep(patience)),
        }
    }
}

impl Body for Patient {
    type Data = Bytes;
    type Error = Incomplete;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Incomplete>>> {
        let this = &mut *self;
        if let Poll::Ready(part) = Pin::new(&mut this.body).poll_frame(context) {
            this.ends.as_mut().reset(Instant::now() + this.patience);
            return Poll::Ready(part.map(|part| part.map_err(Incomplete::from)));
        }
        ready!(this.ends.as_mut().poll(context));
        Poll::Ready(Some(Err(Incomplete::Silent)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

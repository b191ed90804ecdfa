//! Why a call did not succeed, by what the caller can do about it.

use crate::http::Fault;

/// A failed call. The text of each is for logs and says nothing about people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// It never left this computer, or nobody took it: no such host, refused, no secure connection. Safe to try again.
    #[error("the server could not be reached")]
    NotSent,
    /// It was sent and the answer was lost or made no sense: whether it had an effect is not known.
    #[error("the answer was lost")]
    Unknown,
    /// Too many requests; nothing happened. The server does not say how long to wait.
    #[error("the server asks to slow down")]
    Throttled,
    /// The server, or a proxy before it, failed; the request may have had its effect.
    #[error("the server failed with status {status}")]
    ServerFault { status: u16 },
    /// The token is no longer good. Decided by the body, never by the status alone (reference §1.4).
    #[error("the token is not accepted")]
    SignedOut,
    /// This person may not do that, or not see it. The wire says it with 401 too.
    #[error("not allowed")]
    NotAllowed,
    /// It does not exist, or this server's release does not have it.
    #[error("not found")]
    Missing,
    /// The server understood and refuses. `message` is its own sentence, empty if it gave none; it may name people, so
    /// it is for the screen and not for logs.
    #[error("the server refused it")]
    Refused { message: String },
}

impl ClientError {
    /// True when the same call may succeed later by itself.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::NotSent | Self::Unknown | Self::Throttled | Self::ServerFault { .. }
        )
    }

    /// True when the call may have had its effect in spite of the error. A 5xx may come from a proxy while the server
    /// goes on working.
    pub fn may_have_arrived(&self) -> bool {
        matches!(self, Self::Unknown | Self::ServerFault { .. })
    }
}

impl From<Fault> for ClientError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::UnknownHost | Fault::NoAnswer | Fault::Tls => Self::NotSent,
            Fault::AnswerLost => Self::Unknown,
        }
    }
}

//! Why a server could not be used; each is its own sentence on screen.

use crate::http::Fault;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectProblem {
    /// The address makes no sense.
    #[error("the address is not one")]
    BadAddress,
    /// The name is not known here: mistyped, or this computer has no network.
    #[error("the host name is not known")]
    UnknownHost,
    /// The name is known and nobody answers: refused, unreachable or too late.
    #[error("no answer")]
    NoAnswer,
    /// Somebody answers, but no secure connection comes about: no TLS there, or a certificate nobody trusts.
    #[error("no secure connection")]
    Tls,
    /// Something answers that is not a Chatwoot server.
    #[error("not a Chatwoot server")]
    NotChatwoot,
    #[error("wrong e-mail or password")]
    WrongPassword,
    #[error("the token is not accepted")]
    BadToken,
    /// The server counts tries; after some minutes it listens again.
    #[error("too many tries")]
    TooManyTries,
    /// Signed in, but this person is in no active account.
    #[error("no active account")]
    NoAccount,
    #[error("the server failed")]
    ServerFault,
}

impl From<Fault> for ConnectProblem {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::UnknownHost => Self::UnknownHost,
            Fault::NoAnswer | Fault::AnswerLost => Self::NoAnswer,
            Fault::Tls => Self::Tls,
        }
    }
}

//! Why there was no answer.

use super::names::UnknownHost;
use std::error::Error;
use std::io;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    UnknownHost,
    /// Refused, unreachable, or silent while connecting.
    NoAnswer,
    /// Somebody is there, but no secure connection with them.
    Tls,
    /// It was sent; the answer was late, cut or too long.
    AnswerLost,
}

impl Fault {
    /// Reads an error of the HTTP library. Whatever is not surely before sending counts as sent.
    pub fn of(error: &reqwest::Error) -> Self {
        if error.is_builder() {
            return Self::NoAnswer;
        }
        if !error.is_connect() {
            return Self::AnswerLost;
        }
        let mut cause = error.source();
        while let Some(inner) = cause {
            if inner.is::<UnknownHost>() {
                return Self::UnknownHost;
            }
            if is_tls(inner) {
                return Self::Tls;
            }
            cause = inner.source();
        }
        Self::NoAnswer
    }

    /// Reads an error met while a connection is made.
    pub fn of_connecting(error: &io::Error) -> Self {
        if is_tls(error) { Self::Tls } else { Self::NoAnswer }
    }
}

fn is_tls(error: &(dyn Error + 'static)) -> bool {
    if error.is::<rustls::Error>() {
        return true;
    }
    // An io::Error hides its cause from `source`; the end of the stream within a handshake has no cause at all.
    let Some(error) = error.downcast_ref::<io::Error>() else {
        return false;
    };
    error.kind() == io::ErrorKind::UnexpectedEof
        || error
            .get_ref()
            .is_some_and(|inner| is_tls(inner as &(dyn Error + 'static)))
}

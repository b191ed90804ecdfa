//! The one error of the repository's commands: a sentence for the person who typed the command.

use std::fmt;

/// What went wrong, and what to do about it where that is known.
#[derive(Debug)]
pub struct Failure(pub String);

pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure whose sentence is `words`.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// Turns any error into a failure that says what was being done.
    pub fn during<E: fmt::Display>(doing: impl fmt::Display) -> impl FnOnce(E) -> Self {
        move |error| Self(format!("{doing}: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

//! What became of calls that are made at once and never queued, by what can be said about them.

use crate::account::Failure;
use deskbell_chatwoot::ClientError;

/// What became of deciding about a proposal of the assistant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    Done,
    /// It was decided the other way before, or expired.
    Otherwise,
    /// This server takes no decisions, or has no such proposal.
    NotOffered,
    NotAllowed,
    /// The server could not be asked; pressing again does no harm.
    NotNow,
}

impl From<Result<(), ClientError>> for Decided {
    fn from(answer: Result<(), ClientError>) -> Self {
        match answer {
            Ok(()) => Self::Done,
            Err(ClientError::Missing) => Self::NotOffered,
            Err(ClientError::NotAllowed) => Self::NotAllowed,
            Err(ClientError::Refused { .. }) => Self::Otherwise,
            Err(error) => {
                tracing::debug!(%error, "A decision was not taken");
                Self::NotNow
            }
        }
    }
}

/// What became of changing what belongs to everybody of the account: a template, the AI of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedForAll {
    Done,
    /// Somebody took it away before.
    Gone,
    NotAllowed,
    /// The server's own sentence, for the screen: the name is taken, say.
    Refused {
        message: String,
    },
    /// The server could not be asked, or its answer was lost.
    NotNow,
}

impl From<Result<(), Failure>> for SavedForAll {
    fn from(answer: Result<(), Failure>) -> Self {
        match answer {
            Ok(()) => Self::Done,
            Err(Failure::Wire(ClientError::Missing)) => Self::Gone,
            Err(Failure::Wire(ClientError::NotAllowed)) => Self::NotAllowed,
            Err(Failure::Wire(ClientError::Refused { message })) => Self::Refused { message },
            Err(error) => {
                tracing::debug!(%error, "Something for everybody was not saved");
                Self::NotNow
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_can_do_about_it_is_told_apart() {
        assert_eq!(Decided::from(Err(ClientError::Missing)), Decided::NotOffered);
        assert_eq!(Decided::from(Err(ClientError::NotSent)), Decided::NotNow);
        let taken = ClientError::Refused {
            message: "Short code has already been taken".into(),
        };
        assert_eq!(Decided::from(Err(taken.clone())), Decided::Otherwise);
        let saved = SavedForAll::from(Err(Failure::Wire(taken)));
        assert!(matches!(saved, SavedForAll::Refused { message } if message.contains("taken")));
    }
}

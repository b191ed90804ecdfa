//! How letters leave.

use super::folder::Folder;
use super::smtp::{Server, Smtp};
use lettre::Message;
use std::path::Path;

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Arrived,
    /// Not taken now; nothing arrived.
    Later,
    /// Nobody can say whether it arrived.
    Unsure,
    /// Never taken.
    Refused,
}

/// A letter, ready to leave.
pub struct Letter {
    /// The left part of its Message-ID.
    pub name: String,
    pub message: Message,
}

/// A mail folder, or a mail server.
pub enum Carrier {
    Folder(Folder),
    Server(Box<Smtp>),
}

impl Carrier {
    /// The mail server, or else the folder `mail` of the data.
    pub fn of(server: Option<Server>, data: &Path) -> Self {
        match server {
            Some(server) => Self::Server(Box::new(Smtp::of(server))),
            None => Self::Folder(Folder::at(data.join("mail"))),
        }
    }

    /// Who letters are from, where that is said.
    pub fn sender(&self) -> Option<&str> {
        match self {
            Self::Folder(_) => None,
            Self::Server(server) => Some(server.sender()),
        }
    }

    /// Whether a letter can be tried now: one that could not even be begun is surely not sent.
    pub async fn is_ready(&self) -> bool {
        match self {
            Self::Folder(_) => true,
            Self::Server(server) => server.is_ready().await,
        }
    }

    /// Whether a letter of an earlier run arrived; none when nobody can say.
    pub async fn has_arrived(&self, name: &str) -> Option<bool> {
        match self {
            Self::Folder(folder) => folder.has(name).await,
            Self::Server(_) => None,
        }
    }

    pub async fn deliver(&self, letter: Letter) -> Outcome {
        match self {
            Self::Folder(folder) => folder.write(&letter.name, letter.message.formatted()).await,
            Self::Server(server) => server.send(letter.message).await,
        }
    }
}

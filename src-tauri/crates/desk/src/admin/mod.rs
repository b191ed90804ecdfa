//! Standing a desk up from the command line: properties, people, channels, knowledge, prices, bookings.
//!
//! For: a folder no desk runs on; each command is one transaction, all of it or nothing. Not for: demo data, nor
//! anything a person does every day, which is the app's.

mod account;
mod bookings;
mod channel;
pub mod command;
mod error;
mod hours;
mod inbox;
mod knowledge;
mod links;
mod password;
mod prices;
mod property;
mod secrets;
mod sent;
mod table;
mod user;

pub use channel::Channel;
pub use error::{AdminError, Bad};

use crate::db::account::Account;
use crate::desk::{Desk, DeskSetup, View};
use crate::error::ApiError;
use crate::folder::Folder;
use command::{AdminCommand, Data};
use std::path::Path;

/// Carries a command out; answers what to say.
pub async fn run(command: AdminCommand) -> Result<String, AdminError> {
    match command {
        AdminCommand::AddProperty(wanted) => {
            let desk = Opened::begin(&wanted.data).await?;
            let said = property::add(&desk.desk, wanted).await;
            desk.close(said).await
        }
        AdminCommand::AddUser(wanted) => {
            let desk = Opened::open(&wanted.data).await?;
            let said = user::add(&desk.desk, wanted).await;
            desk.close(said).await
        }
        AdminCommand::SetPassword(wanted) => {
            let desk = Opened::open(&wanted.data).await?;
            let said = account::set_password(&desk.desk, wanted).await;
            desk.close(said).await
        }
        AdminCommand::ResetMfa(wanted) => {
            let desk = Opened::open(&wanted.data).await?;
            let said = account::reset_mfa(&desk.desk, wanted).await;
            desk.close(said).await
        }
        AdminCommand::AddInbox(wanted) => {
            let desk = Opened::open(&wanted.data).await?;
            let said = inbox::add(&desk.desk, wanted).await;
            desk.close(said).await
        }
        AdminCommand::ImportKnowledge(wanted) => {
            let desk = Opened::open(&wanted.data).await?;
            let said = knowledge::import(&desk.desk, wanted).await;
            desk.close(said).await
        }
        AdminCommand::ImportPrices(wanted) => {
            let desk = Opened::open(&wanted.data).await?;
            let said = prices::import(&desk.desk, wanted).await;
            desk.close(said).await
        }
        AdminCommand::ImportBookings(wanted) => {
            let desk = Opened::open(&wanted.data).await?;
            let said = bookings::import(&desk.desk, wanted).await;
            desk.close(said).await
        }
        AdminCommand::ListSent(wanted) => {
            let desk = Opened::open(&wanted.data).await?;
            let said = sent::list(&desk.desk, wanted).await;
            desk.close(said).await
        }
        AdminCommand::GuestLinks(wanted) => {
            let desk = Opened::open(&wanted.data).await?;
            let said = links::list(&desk.desk, wanted).await;
            desk.close(said).await
        }
    }
}

/// A desk that nobody else writes to meanwhile.
struct Opened {
    desk: Desk,
    // Held until the command has ended.
    _folder: Folder,
}

impl Opened {
    /// A folder that may be new.
    async fn begin(data: &Data) -> Result<Self, AdminError> {
        let folder = Folder::take_at_once(&data.data)?;
        let desk = Desk::open(DeskSetup {
            data: &data.data,
            url: String::new(),
            llm: None,
            sends_privately: false,
        })?;
        Ok(Self {
            desk,
            _folder: folder,
        })
    }

    /// A folder with a desk.
    async fn open(data: &Data) -> Result<Self, AdminError> {
        if !data.data.join("desk.db").is_file() {
            return Err(AdminError::NoDesk(data.data.clone()));
        }
        Self::begin(data).await
    }

    async fn close(self, said: Result<String, AdminError>) -> Result<String, AdminError> {
        self.desk.close().await;
        said
    }
}

/// A property somebody named by its number.
fn existing(view: &View<'_>, id: i64) -> Result<Account, ApiError> {
    let found = crate::db::account::find(view, id)?;
    found.ok_or_else(|| ApiError::Refused(format!("there is no property {id}")))
}

/// A name as it is kept: without blanks around it, not empty, and no longer than the wire allows.
fn named(name: &str, what: &str) -> Result<String, AdminError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 255 || name.chars().any(char::is_control) {
        let problem = format!("the name of {what} has 1 to 255 characters on one line");
        return Err(AdminError::Refused(problem));
    }
    Ok(name.to_owned())
}

/// A file's text; a mark of its encoding at the beginning is not part of it.
async fn text_of(path: &Path) -> Result<String, AdminError> {
    let bytes = tokio::fs::read(path).await.map_err(|source| AdminError::File {
        path: path.to_owned(),
        source,
    })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned)),
        Err(error) => {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            Err(AdminError::Row {
                path: path.to_owned(),
                bad: Bad::at(line, "this is not UTF-8 text"),
            })
        }
    }
}

/// The ending of a file's name, in lower case.
fn ending(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    ending.to_ascii_lowercase()
}

/// `1 article`, `2 articles`.
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

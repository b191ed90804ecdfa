//! The words of `deskbell-desk admin`.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use url::Url;

#[derive(Subcommand)]
pub enum AdminCommand {
    /// Add a property: a hotel or a salon. Makes the folder when missing, and says the property's number.
    AddProperty(AddProperty),
    /// Add somebody who answers guests. The password is asked for, or read from the first line of standard input.
    AddUser(AddUser),
    /// Add a web chat to a property. Everybody who works there is on it.
    AddInbox(AddInbox),
    /// Teach the assistant: headings with text (.md), or columns title, content, keywords (.csv).
    ///
    /// An article with a title that is known already replaces it. All of the file is taken, or nothing.
    ImportKnowledge(Import),
    /// Teach the assistant the price list (.csv).
    ///
    /// Columns: name, amount, currency, unit, keywords; amounts such as 18 or 18.50, in EUR without a currency. A price
    /// whose name is known already is replaced. All of the file is taken, or nothing.
    ImportPrices(Import),
    /// Take over bookings and their guests from a table (.csv) or a calendar (.ics).
    ///
    /// Columns: reference, title, starts, ends, name, email, phone, resource, cancel_until, move_until, status. A
    /// booking whose reference is known already is changed. All of the file is taken, or nothing.
    ImportBookings(Import),
    /// List the chat link of each coming booking, for the booking e-mails, as CSV.
    GuestLinks(GuestLinks),
}

#[derive(Args)]
pub struct Data {
    /// Folder of the data.
    #[arg(long = "data", value_name = "DIR")]
    pub data: PathBuf,
}

#[derive(Args)]
pub struct AddProperty {
    /// What guests know it as.
    pub name: String,
    /// What it is: decides what the assistant may do by itself.
    #[arg(long, value_enum, default_value_t = Kind::Hotel)]
    pub kind: Kind,
    /// Where guests manage their bookings themselves.
    #[arg(long, value_name = "URL")]
    pub portal_url: Option<Url>,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Stays of nights.
    Hotel,
    /// Appointments of minutes.
    Salon,
}

impl Kind {
    /// As the table holds it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hotel => "hotel",
            Self::Salon => "salon",
        }
    }
}

#[derive(Args)]
pub struct AddUser {
    /// What they sign in with. Somebody who works in another property already keeps name and password.
    pub email: String,
    /// What colleagues and guests call them.
    #[arg(long)]
    pub name: String,
    /// Administrators see all channels and reports.
    #[arg(long, value_enum)]
    pub role: Role,
    /// Number of the property.
    #[arg(long, value_name = "ID")]
    pub property: i64,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    Administrator,
    Agent,
}

impl Role {
    /// As the wire says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Agent => "agent",
        }
    }
}

#[derive(Args)]
pub struct AddInbox {
    /// What colleagues know the channel as, such as "Web chat".
    pub name: String,
    /// Number of the property.
    #[arg(long, value_name = "ID")]
    pub property: i64,
    /// The property's time zone, such as Europe/Berlin.
    #[arg(long, value_name = "ZONE")]
    pub timezone: String,
    /// When the desk is staffed, such as "mon-fri 07:00-22:00"; once for each stretch. Always, when absent.
    #[arg(long, value_name = "DAYS TIMES")]
    pub hours: Vec<String>,
    /// Let people answer alone, without the assistant.
    #[arg(long)]
    pub without_assistant: bool,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Args)]
pub struct Import {
    /// What to read.
    pub file: PathBuf,
    /// Number of the property.
    #[arg(long, value_name = "ID")]
    pub property: i64,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Args)]
pub struct GuestLinks {
    /// Number of the property.
    #[arg(long, value_name = "ID")]
    pub property: i64,
    /// Where guests reach the desk, such as https://chat.example.org.
    #[arg(long, value_name = "URL")]
    pub url: Url,
    #[command(flatten)]
    pub data: Data,
}

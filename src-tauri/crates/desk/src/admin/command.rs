//! The words of `deskbell-desk admin`.

use super::channel::Channel;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use url::Url;

#[derive(Subcommand)]
pub enum AdminCommand {
    /// Add a property: a hotel or a salon. Makes the folder when missing, and says the property's number.
    AddProperty(AddProperty),
    /// Add somebody who answers guests. The password is asked for, or read from the first line of standard input.
    AddUser(AddUser),
    /// Give somebody another password; it is asked for as in add-user. Ends all their sign-ins and tokens.
    SetPassword(Somebody),
    /// Take the second factor of somebody who lost theirs away. Ends all their sign-ins.
    ResetMfa(Somebody),
    /// Add a channel to a property: the web chat, or one that reaches guests elsewhere. Everybody who works there is on it.
    ///
    /// Secrets are lines NAME=VALUE of a file or of standard input: token (sms, whatsapp, messenger, instagram, email,
    /// voice), app-secret and verify-token (whatsapp, messenger, instagram), ingress-password (email), call-secret
    /// (voice). Without a token what is sent is only recorded.
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
    /// Columns: reference, title, starts, ends, name, email, phone, resource, cancel_until, move_until, status,
    /// language. A booking whose reference is known already is changed. All of the file is taken, or nothing.
    ImportBookings(Import),
    /// List what left through phone, mail and messenger channels and what became of it, as CSV, the newest thousand.
    ///
    /// While the desk runs, list it from a copy: see `backup`.
    ListSent(ListSent),
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
    /// What they may see and do.
    #[arg(long, value_enum)]
    pub role: Role,
    /// What the bookings call them, in the column `resource`; for staff, whose customers are those booked with them.
    /// Their name, when absent.
    #[arg(long, value_name = "NAME")]
    pub calendar_name: Option<String>,
    /// Number of the property.
    #[arg(long, value_name = "ID")]
    pub property: i64,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Args)]
pub struct Somebody {
    /// What they sign in with.
    pub email: String,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Sees everything, sets everything up.
    #[value(alias = "administrator")]
    Owner,
    /// Sees everything, with reports.
    Manager,
    /// Sees all conversations and guests.
    #[value(alias = "agent")]
    Reception,
    /// Sees their own customers only.
    Staff,
}

impl Role {
    /// As it is said.
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Reception => "reception",
            Self::Staff => "staff",
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
    /// Where guests write.
    #[arg(long, value_enum, default_value_t = Channel::Web)]
    pub channel: Channel,
    /// The property's number (sms, whatsapp, voice), such as +4930123456.
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
    /// The property's mail address (email).
    #[arg(long, value_name = "ADDRESS")]
    pub address: Option<String>,
    /// The provider's name for the sender: account SID, phone number id, page id, Instagram account id.
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// Where the provider's API is, when it is not the usual place.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<Url>,
    /// The file of the secrets; standard input when absent.
    #[arg(long, value_name = "FILE")]
    pub secrets: Option<PathBuf>,
    /// The approved templates (whatsapp), as JSON in the provider's form.
    #[arg(long, value_name = "FILE")]
    pub templates: Option<PathBuf>,
    /// People may answer for a week (messenger, instagram with Meta's human-agent tag).
    #[arg(long)]
    pub human_agent: bool,
    /// Only record what is sent, also with a token.
    #[arg(long)]
    pub log: bool,
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
pub struct ListSent {
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

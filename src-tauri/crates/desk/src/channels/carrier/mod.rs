//! One interface to those who carry messages to guests: a [`Letter`] becomes a [`Request`] in the provider's form, its
//! answer an [`Outcome`]. Without a token nothing is asked: the letter is only recorded ([`Carrier::Log`]).
//!
//! Forms and answers are pure; [`http`] alone goes out.

mod http;
mod mail;
mod page;
mod template;
mod twilio;
mod whatsapp;

pub use http::{fetch, send};
pub use whatsapp::error as meta_error;

use crate::db::carrier::Carrier as Settings;
use serde_json::Value;

/// Who carries a letter.
#[derive(Clone)]
pub enum Carrier {
    /// Nobody: it is recorded, and its receipts follow by themselves.
    Log,
    Twilio(Settings),
    Whatsapp(Settings),
    /// Messenger and Instagram.
    Page(Settings),
    Mail(Settings),
}

impl Carrier {
    /// Who carries for a channel with these settings.
    pub fn of(settings: Option<Settings>) -> Self {
        let Some(settings) = settings.filter(|settings| !settings.token.is_empty() && !settings.is_log)
        else {
            return Self::Log;
        };
        match settings.kind.as_str() {
            "twilio" => Self::Twilio(settings),
            "whatsapp" => Self::Whatsapp(settings),
            "page" => Self::Page(settings),
            "mail" => Self::Mail(settings),
            _ => Self::Log,
        }
    }

    /// As the record of what was sent holds it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Twilio(_) => "twilio",
            Self::Whatsapp(_) => "whatsapp",
            Self::Page(_) => "page",
            Self::Mail(_) => "mail",
        }
    }

    /// The request that sends a letter; none where nobody is asked.
    fn request(&self, letter: &Letter) -> Option<Request> {
        match self {
            Self::Log => None,
            Self::Twilio(settings) => Some(twilio::request(settings, letter)),
            Self::Whatsapp(settings) => Some(whatsapp::request(settings, letter)),
            Self::Page(settings) => Some(page::request(settings, letter)),
            Self::Mail(settings) => Some(mail::request(settings, letter)),
        }
    }

    /// What an answer means. One that says "too often" took nothing; any other is the provider's last word.
    fn outcome(&self, letter: &Letter, status: u16, answer: &Value) -> Outcome {
        if status == 429 {
            return Outcome::NotTaken;
        }
        let read = match self {
            Self::Log => Err(None),
            Self::Twilio(_) => twilio::answer(status, answer),
            Self::Whatsapp(_) => whatsapp::answer(status, answer),
            Self::Page(_) => page::answer(status, answer),
            Self::Mail(_) => mail::answer(status, answer, letter),
        };
        match read {
            Ok(provider_id) => Outcome::Taken { provider_id },
            Err(reason) => {
                let unnamed = || format!("The carrier answered with status {status}");
                Outcome::Refused(reason.unwrap_or_else(unnamed))
            }
        }
    }
}

/// What a provider's answer says: its name for the letter, or why it is refused.
type Read = Result<Option<String>, Option<String>>;

/// One thing to be carried.
#[derive(Clone, Default)]
pub struct Letter {
    /// Number of the outbound row: what comes back about it names it.
    pub outbound_id: i64,
    /// The guest's address on the channel.
    pub recipient: String,
    /// The channel's own address: a phone number, a mail address.
    pub sender: String,
    /// What guests know the property as.
    pub property: String,
    pub text: String,
    pub files: Vec<File>,
    /// What the guest may choose from, in the message's order.
    pub choices: Vec<Choice>,
    /// `template_params` of the message (reference §6).
    pub template: Option<Value>,
    /// The guest wrote within the last day.
    pub is_within_a_day: bool,
    /// The provider's name for the message this answers.
    pub answers: Option<String>,
    /// Where receipts about it come in.
    pub receipts_url: String,
    /// Mail only.
    pub mail: Option<Envelope>,
}

/// One thing to press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub title: String,
    /// Comes back when it is chosen.
    pub value: String,
}

impl Letter {
    /// The text, with the titles a guest may choose from: where there is nothing to press.
    pub fn words(&self) -> String {
        let mut words = self.text.clone();
        for choice in &self.choices {
            words.push_str("\n- ");
            words.push_str(&choice.title);
        }
        words
    }

    /// Whether a provider takes the choices, so many and so long (in characters) at most.
    fn offers(&self, most: usize, longest: usize) -> bool {
        let fits = |choice: &Choice| choice.title.chars().count() <= longest;
        !self.choices.is_empty() && self.choices.len() <= most && self.choices.iter().all(fits)
    }
}

/// A file, by the address it can be fetched from.
#[derive(Clone)]
pub struct File {
    pub url: String,
    /// `image`, `audio`, `video` or `file`.
    pub file_type: String,
    pub content_type: String,
    pub name: String,
    /// The bytes, where the form carries them itself (mail).
    pub bytes: Vec<u8>,
}

/// What a mail has beside its text.
#[derive(Clone, Default)]
pub struct Envelope {
    /// Without angle brackets.
    pub message_id: String,
    pub subject: String,
    pub to: Vec<String>,
    pub cc: Vec<String>,
    pub bcc: Vec<String>,
    /// Mails before it in its thread, without angle brackets.
    pub references: Vec<String>,
}

/// A POST in a provider's form.
struct Request {
    url: String,
    proof: Proof,
    body: Body,
}

/// How a request proves whose it is.
#[derive(Clone, Default)]
pub enum Proof {
    #[default]
    None,
    Basic(String, String),
    Bearer(String),
    Header(&'static str, String),
}

enum Body {
    Form(Vec<(&'static str, String)>),
    Json(Value),
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The provider has it, under this name if it said one.
    Taken { provider_id: Option<String> },
    /// It never will; the reason is for people.
    Refused(String),
    /// It surely has it not; later it may.
    NotTaken,
    /// The answer was lost: it may have it or not.
    Unsure,
}

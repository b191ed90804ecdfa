use super::LockedView;
use deskbell_domain::{AccountKey, AgentId, Role, Sight};
use deskbell_sync::Depth;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Where the program stands, for the first screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SessionView {
    pub phase: SessionPhase,
    pub accounts: Vec<AccountView>,
    /// Why somebody was signed out without asking.
    pub signed_out: Option<SignInProblem>,
    pub settings: SettingsView,
    /// Guest pages of the built-in desk, to try it as a guest; empty elsewhere.
    pub guest_pages: Vec<GuestPageView>,
    /// Unsent changes of all accounts.
    pub unsent: u32,
    /// There is a PIN for the lock screen.
    pub has_pin: bool,
    /// False where the computer keeps no keys: then nothing is kept on disk.
    pub keeps_data: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum SessionPhase {
    Starting,
    /// The computer has no keyring: a passphrase guards the files. `first` = choose one now.
    NeedsPassphrase {
        first: bool,
    },
    SignedOut,
    Ready,
    /// Everything is hidden until the PIN is entered. Nothing else of the session is told.
    Locked {
        locked: LockedView,
    },
    /// The files cannot be used. Nothing of them was changed.
    Blocked {
        reason: BlockReason,
    },
}

/// Why the files cannot be used; each is its own sentence on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BlockReason {
    /// Another Deskbell has them open.
    InUse,
    /// A newer Deskbell wrote them.
    NewerFiles,
    /// The disk is full, read-only or failing.
    Disk,
    /// The keyring does not answer.
    KeyringMissing,
    /// The keyring has no key to them.
    KeyMissing,
    /// They are not whole, or belong to another key.
    Damaged,
    /// A fault of the program.
    Failed,
}

/// One property: an account of a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AccountView {
    pub key: AccountKey,
    pub name: String,
    pub server: String,
    /// What one signs in with there.
    pub email: String,
    pub built_in: bool,
    pub role: Role,
    /// What a role that somebody made is called there.
    pub role_name: Option<String>,
    /// Which conversations the role lets one see.
    pub sight: Sight,
    pub me: PersonView,
    /// 0 to 5: which of the property colours.
    pub color: u32,
    /// IANA name of the place whose clock counts; `None` = not told.
    pub timezone: Option<String>,
    pub connection: ConnectionView,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonView {
    pub id: AgentId,
    pub name: String,
}

/// How far this account is in step with its server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConnectionView {
    pub state: ConnectionState,
    /// When everything was last known to be in step.
    pub as_of: Option<i64>,
    pub offline_since: Option<i64>,
    /// When the next attempt is made.
    pub retry_at: Option<i64>,
    pub problem: Option<SignInProblem>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    Connecting,
    CatchingUp,
    Live,
    Offline,
    SignedOut,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuestPageView {
    pub property: String,
    pub url: String,
}

/// How somebody signs in.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SignInRequest {
    /// As typed; a missing scheme means https.
    pub server: String,
    pub credentials: Credentials,
    /// Keep the session on this computer.
    pub stay: bool,
}

#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Credentials {
    Password { email: String, password: String },
    Token { token: String },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum SignInOutcome {
    SignedIn,
    /// The server asks for a second factor, which the web page can give; use an access token here.
    SecondFactor,
    Refused {
        problem: SignInProblem,
    },
}

/// Why a server could not be used; each is its own sentence on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignInProblem {
    /// The address makes no sense.
    BadAddress,
    /// The name is not known, or nothing is there.
    UnknownHost,
    /// It refuses, is too slow, or the network is gone.
    NoAnswer,
    /// The secure connection could not be made.
    Tls,
    /// Something answers, but it is not a Chatwoot server.
    NotChatwoot,
    WrongPassword,
    /// The access token is not (or no longer) valid.
    BadToken,
    /// The session ended on the server.
    Expired,
    /// Too many tries; wait a few minutes.
    TooManyTries,
    /// The account is suspended, or none is open to this person.
    NoAccount,
    /// The server has a fault of its own.
    ServerFault,
}

/// What a person chose. Kept on this computer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SettingsView {
    pub theme: Theme,
    /// `None` = as the computer.
    pub language: Option<Language>,
    /// 0.9 to 1.5.
    pub text_scale: f64,
    pub sound: bool,
    /// 0 to 1.
    pub volume: f64,
    /// Names and text in notifications; off by default, because the counter's screen is seen by guests.
    pub names_in_notifications: bool,
    /// Whether a new conversation of an inbox without AI rings.
    pub ring_without_ai: bool,
    /// How far the offline copy reaches back.
    pub offline_days: u32,
    /// Its size (million bytes) from which on nothing older is added.
    pub offline_megabytes: u32,
    pub details_open: bool,
    /// Widths in CSS pixels at 100 %; `None` = as designed.
    pub list_width: Option<f64>,
    pub details_width: Option<f64>,
    pub single_keys: bool,
    /// Another single key for a command of the screen, by its name; empty = none.
    #[ts(type = "Record<string, string>")]
    pub keys: BTreeMap<String, String>,
    /// Ctrl Enter sends, and Enter makes a new line.
    pub send_with_control: bool,
    /// The screen locks after so many minutes in which nobody did anything; `None` = only when asked to.
    pub lock_after_minutes: Option<u32>,
}

impl Default for SettingsView {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: None,
            text_scale: 1.0,
            sound: true,
            volume: 0.7,
            names_in_notifications: false,
            ring_without_ai: true,
            offline_days: Depth::default().days,
            offline_megabytes: Depth::default().megabytes,
            details_open: true,
            list_width: None,
            details_width: None,
            single_keys: true,
            keys: BTreeMap::new(),
            send_with_control: false,
            lock_after_minutes: None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    System,
    Light,
    Dark,
}

/// A language Deskbell speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    En,
    Hu,
    De,
    Es,
    Ar,
}

/// What the screen is written in now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LanguageRequest {
    pub language: Language,
}

#[derive(Clone, Serialize, Deserialize, TS)]
pub struct UnlockRequest {
    pub passphrase: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum UnlockOutcome {
    Unlocked,
    Wrong,
    TooShort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignOutRequest {
    /// Throw away what was not sent.
    pub discard_unsent: bool,
    /// Only the login of this property; absent = everywhere.
    #[serde(default)]
    #[ts(optional)]
    pub account: Option<AccountKey>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum SignOutOutcome {
    SignedOut,
    HasUnsent { count: u32 },
}

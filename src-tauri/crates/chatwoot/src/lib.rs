//! The wire client: what Deskbell says to a Chatwoot server and hears from it, as `domain` entities.
//!
//! For: addresses, signing in, REST calls, the socket, reading every version's answers leniently. Not for: deciding
//! what to do about it, trying again, keeping anything. Errors say what the caller can do; retries are the caller's.

mod address;
mod api;
mod cable;
mod error;
mod http;
mod sign_in;
mod token;
mod version;
mod wire;

pub use address::ServerUrl;
pub use api::{
    AccountApi, AccountInfo, AssigneeFilter, BotInfo, CacheKeys, Client, ConversationPage, Counts, ListQuery,
    NotificationPage, OutgoingMessage, OutgoingUpload, SortBy, StatusFilter,
};
pub use cable::{Cable, CableEvent, CloseReason, ConversationEventKind, ConversationNow, WireEvent};
pub use error::ClientError;
pub use http::Download;
pub use sign_in::{ConnectProblem, Profile, ProfileAccount, SignedIn, probe, sign_in, sign_in_with_token};
pub use token::Token;
pub use version::ServerVersion;
pub use wire::ConversationUpdate;

//! Guests who are not there: so many an hour write to the web chats, wait, ask again, complain, say STOP and come back.
//!
//! For: demos, soak and load, by the desk's own clock. Who comes when and says what is a pure plan of a seed ([`plan`]);
//! what a guest does next is a pure function of the plan and what was answered ([`guest`]); everything they do goes
//! through the public client API ([`door`]), so that it is treated as any guest's. Not for: a desk with real guests,
//! nor for tests of the assistant's answers, which have dialogues of their own.

mod door;
pub mod guest;
pub mod lines;
pub mod plan;
mod run;

pub use run::{Report, start};

use crate::db::{account, inbox, rows};
use crate::desk::{Desk, View};
use crate::error::ApiError;
use plan::House;

/// How many come, and by which chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// Guests in an hour of the desk's clock, at least 1.
    pub per_hour: u32,
    /// The same seed brings the same guests.
    pub seed: u64,
}

/// A web chat guests can write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chat {
    /// Its name in the public client API.
    pub identifier: String,
    pub house: House,
}

/// The web chats of all properties: those with an assistant, or all where none has one.
pub async fn chats(desk: &Desk) -> Result<Vec<Chat>, ApiError> {
    desk.read(find).await
}

fn find(view: &View<'_>) -> Result<Vec<Chat>, ApiError> {
    let mut chats = Vec::new();
    for account in account::all(view)? {
        let sql = "SELECT kind FROM property WHERE account_id = ?1";
        let kind: Option<String> = rows::value(view, sql, [account.id])?;
        let house = match kind.as_deref() {
            Some("salon") => House::Salon,
            _ => House::Hotel,
        };
        for inbox in inbox::all(view, account.id)? {
            let has_assistant = inbox.agent_bot_id.is_some();
            if let Some(identifier) = inbox.identifier {
                chats.push((has_assistant, Chat { identifier, house }));
            }
        }
    }
    let any = chats.iter().any(|(has_assistant, _)| *has_assistant);
    chats.retain(|(has_assistant, _)| *has_assistant || !any);
    Ok(chats.into_iter().map(|(_, chat)| chat).collect())
}

//! Moving a property of a data folder to a hosted Chatwoot, over the same API its agents use.
//!
//! For: contacts, tags, prepared answers, custom attribute definitions, conversations with their messages, files and
//! notes; each thing once, however often the export is cut off and begun again. Not for: keeping two servers in step,
//! nor for what the API cannot take (docs/hosted.md lists it).
//!
//! Three things make "once" hold. Before anything is created it is written down that it is being tried
//! ([`progress`]); everything carries a key of its own to the server ([`words`]); and an answer that was lost is looked
//! for by that key, until no server still works on it, before it is tried again ([`client`]).

mod catalog;
mod client;
pub mod command;
mod contacts;
mod conversations;
mod create;
mod error;
mod messages;
mod pace;
mod progress;
mod source;
mod target;
mod token;
mod words;

pub use error::ExportError;

use crate::desk::{Desk, DeskSetup};
use crate::folder::Folder;
use client::Client;
use command::Export;
use progress::{Journey, Progress};
use source::Property;
use std::path::{Path, PathBuf};
use std::time::Duration;
use target::Target;

/// The longest a server is said to work on a request.
const LONGEST_WAIT_MS: u64 = 600_000;

/// All that one export has in its hands.
struct Move {
    desk: Desk,
    client: Client,
    progress: Progress,
    property: Property,
    target: Target,
}

/// Carries a property over; answers how much was carried.
pub async fn run(wanted: Export) -> Result<String, ExportError> {
    let token = token::read(wanted.token_file.as_deref()).await?;
    if !wanted.data.join("desk.db").is_file() {
        return Err(ExportError::NoDesk(wanted.data));
    }
    let folder = Folder::take_at_once(&wanted.data)?;
    let desk = Desk::open(DeskSetup {
        data: &wanted.data,
        url: String::new(),
        llm: None,
        sends_privately: false,
    })?;
    let carried = carry(&desk, &wanted, &token).await;
    desk.close().await;
    drop(folder);
    carried
}

async fn carry(desk: &Desk, wanted: &Export, token: &str) -> Result<String, ExportError> {
    let property = source::property(desk, wanted.property).await?;
    let client = Client::new(&wanted.to_chatwoot, token, &wanted.pace())?;
    let target = target::find(&client, wanted.account, wanted.inbox).await?;
    let journey = Journey {
        origin: property.origin.clone(),
        server: client.server().to_owned(),
        account: target.account,
        inbox: target.inbox,
    };
    let path = progress_path(&wanted.data, wanted);
    let progress = Progress::open(&path, &journey)?;
    wait_until(desk, progress.settles_at(client.settle())?).await;
    let mut export = Move {
        desk: desk.clone(),
        client,
        progress,
        property,
        target,
    };
    catalog::carry(&mut export).await?;
    contacts::carry(&mut export).await?;
    conversations::carry(&mut export).await?;
    contacts::block(&mut export).await?;
    let refused = export.progress.refused()?;
    if !refused.is_empty() {
        return Err(ExportError::Incomplete(refused));
    }
    export.progress.summary()
}

/// What a run before this one was cut off at may still arrive.
async fn wait_until(desk: &Desk, at_ms: Option<i64>) {
    let wait = at_ms.map_or(0, |at_ms| at_ms.saturating_sub(desk.now_ms()));
    // A clock that was set back must not make it wait for hours.
    let wait = u64::try_from(wait).unwrap_or(0).min(LONGEST_WAIT_MS);
    tokio::time::sleep(Duration::from_millis(wait)).await;
}

fn progress_path(data: &Path, wanted: &Export) -> PathBuf {
    let beside = || data.join(format!("export-{}.db", wanted.property));
    wanted.progress.clone().unwrap_or_else(beside)
}

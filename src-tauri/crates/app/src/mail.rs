//! Mails as their senders designed them. Their words stand in the thread like all others; this is for whoever wants to
//! see the design, and for whoever then wants its pictures, too.

use crate::core::{App, Running};
use crate::mail_markup::{clean, pictures};
use crate::schema::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use deskbell_domain::{AccountKey, Message};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::task::JoinSet;

/// One picture, in bytes: larger ones stay out.
const LARGEST: usize = 3 * 1024 * 1024;
/// All pictures of a mail together, in bytes.
const LARGEST_TOGETHER: usize = 12 * 1024 * 1024;
/// Pictures asked for at the same time.
const AT_ONCE: usize = 6;

/// The mail of a message, without the pictures that lie elsewhere; `None` where it has no design of its own.
pub(crate) async fn mail(app: &App, request: MailRequest) -> Result<Option<MailView>, CommandError> {
    let running = app.running().await?;
    let html = html_of(&running, request).await?;
    Ok(html.map(|html| view(&html, Arc::default())))
}

/// The mail with its pictures, fetched now because the person asked: their senders learn that somebody reads it.
pub(crate) async fn with_pictures(app: &App, request: MailRequest) -> Result<Option<MailView>, CommandError> {
    let running = app.running().await?;
    let Some(html) = html_of(&running, request).await? else {
        return Ok(None);
    };
    let fetched = fetch(&running, request.conversation.account, pictures(&html)).await;
    Ok(Some(view(&html, Arc::new(fetched))))
}

async fn html_of(running: &Running, request: MailRequest) -> Result<Option<String>, CommandError> {
    let message = running
        .store
        .message(request.conversation, request.message)
        .await?;
    Ok(message.as_ref().and_then(designed).map(str::to_owned))
}

fn view(html: &str, fetched: Arc<HashMap<String, String>>) -> MailView {
    let left_out = pictures(html)
        .iter()
        .filter(|address| !fetched.contains_key(*address))
        .count();
    MailView {
        html: clean(html, &fetched),
        pictures: u32::try_from(left_out).unwrap_or(u32::MAX),
    }
}

/// The pictures at these addresses, as `data:` addresses; those that do not come are left out.
async fn fetch(running: &Running, account: AccountKey, addresses: Vec<String>) -> HashMap<String, String> {
    let mut waiting = addresses.into_iter();
    let mut asked = JoinSet::new();
    let mut fetched = HashMap::new();
    let mut together = 0;
    loop {
        while asked.len() < AT_ONCE
            && let Some(address) = waiting.next()
        {
            let engine = running.engine.clone();
            asked.spawn(async move {
                let picture = engine.mail_picture(account, &address, LARGEST).await;
                (address, picture)
            });
        }
        let Some(came) = asked.join_next().await else {
            return fetched;
        };
        let Ok((address, Some(picture))) = came else {
            continue;
        };
        together += picture.bytes.len();
        if together <= LARGEST_TOGETHER {
            let data = STANDARD.encode(&picture.bytes);
            fetched.insert(address, format!("data:{};base64,{data}", picture.content_type));
        }
    }
}

/// The HTML a mail came with (reference §4.1).
pub(crate) fn designed(message: &Message) -> Option<&str> {
    if message.is_deleted() {
        return None;
    }
    let content = message.content_attributes.get("email")?.get("html_content")?;
    let html = content.get("full")?.as_str()?;
    (!html.trim().is_empty()).then_some(html)
}

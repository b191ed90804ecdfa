//! Mails as their senders designed them. Their words stand in the thread like all others; this is for whoever wants to
//! see the design.

use crate::core::App;
use crate::markup::clean_mail;
use crate::schema::*;
use deskbell_domain::Message;

/// The mail of a message; `None` where it has no design of its own.
pub(crate) async fn mail(app: &App, request: MailRequest) -> Result<Option<MailView>, CommandError> {
    let running = app.running().await?;
    let message = running
        .store
        .message(request.conversation, request.message)
        .await?;
    Ok(message.as_ref().and_then(designed).map(|html| MailView {
        html: clean_mail(html),
        pictures: pictures(html),
    }))
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

fn pictures(html: &str) -> u32 {
    let count = html.to_ascii_lowercase().matches("<img").count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_counted_however_they_are_written() {
        assert_eq!(pictures("<IMG src=a><p><img src=b></p>image"), 2);
    }
}

//! Conversations and their messages, written into a file for a spreadsheet. A line for each message; a conversation in
//! which nothing was said has a line of its own.

use crate::core::App;
use crate::files::bad_request;
use crate::host::NewFile;
use crate::list::accounts;
use crate::rows::PropertyNames;
use crate::schema::*;
use deskbell_domain::csv::{BEGINNING, line};
use deskbell_domain::{Contact, Message, MessageKind, Topic};
use deskbell_store::{ExportQuery, Exported};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::io::Write as _;

/// As many columns as [`cells`] fills.
const COLUMNS: usize = 20;
/// Conversations written at once.
const AT_ONCE: usize = 100;

/// Writes the file, piece by piece. What was begun and could not be ended leaves nothing behind.
pub(crate) async fn conversations(app: &App, request: ExportRequest) -> Result<ExportOutcome, CommandError> {
    let running = app.running().await?;
    if request.words.columns.len() != COLUMNS {
        return Err(bad_request("Each column has a title"));
    }
    let names = PropertyNames::load(&running.store).await?;
    let query = ExportQuery {
        accounts: accounts(&running, request.account).await?,
        filter: request.filter.clone(),
        from: request.from,
        to: request.to,
        now: app.now(),
    };
    let found = running.store.to_export(query).await?;
    let name = format!(
        "deskbell-{}.csv",
        moment(request.to - 1, None).split(' ').next().unwrap_or_default()
    );
    let Some(file) = app.host().begin_file(&name) else {
        return Ok(ExportOutcome::Failed);
    };
    let first = BEGINNING.to_owned() + &line(&request.words.columns);
    let mut file = Some(file);
    let mut written = 0;
    file = append(file, first).await;
    for some in found.conversations.chunks(AT_ONCE) {
        let read = running.store.exported(some.to_vec(), request.from, request.to);
        let read = read.await?;
        written += read.len();
        let lines = read.iter().map(|one| lines(one, &names, &request.words));
        file = append(file, lines.collect()).await;
    }
    Ok(match file.and_then(kept) {
        Some(name) => ExportOutcome::Done {
            name,
            conversations: u32::try_from(written).unwrap_or(u32::MAX),
            is_cut: found.is_cut,
        },
        None => ExportOutcome::Failed,
    })
}

/// The file again, unless it cannot be written to any more.
async fn append(file: Option<Box<dyn NewFile>>, text: String) -> Option<Box<dyn NewFile>> {
    let mut file = file?;
    let written = tokio::task::spawn_blocking(move || file.write_all(text.as_bytes()).map(|()| file));
    written.await.ok()?.inspect_err(not_written).ok()
}

fn kept(file: Box<dyn NewFile>) -> Option<String> {
    let name = file.name().to_owned();
    file.keep().inspect_err(not_written).ok().map(|()| name)
}

fn not_written(error: &std::io::Error) {
    tracing::warn!(%error, "An export could not be written");
}

/// The lines of one conversation.
fn lines(one: &Exported, names: &PropertyNames, words: &ExportWords) -> String {
    let zone = names.zone(one.row.account, one.row.inbox.as_ref());
    let about = about(one, names, words, zone.as_deref());
    let line_of = |said: [String; 5]| line(about.iter().chain(&said));
    if one.messages.is_empty() {
        return line_of(Default::default());
    }
    let said = one.messages.iter();
    said.map(|message| line_of(said_cells(message, &one.row.contact, words, zone.as_deref())))
        .collect()
}

/// What every line says of its conversation.
fn about(one: &Exported, names: &PropertyNames, words: &ExportWords, zone: Option<&str>) -> [String; 15] {
    let shown = &one.row.shown;
    let contact = one.row.contact.as_ref();
    let of_contact = |text: Option<&String>| text.cloned().unwrap_or_default();
    let channel = one.row.inbox.as_ref().map(|inbox| words.of(&inbox.channel));
    let results = shown.conversions();
    let results = results.iter().map(|result| match result.label.as_str() {
        "" => words.cell(&result.kind),
        label => format!("{}: {label}", words.cell(&result.kind)),
    });
    [
        names.property(one.row.account),
        shown.id.0.to_string(),
        channel.unwrap_or_default(),
        contact.map(Contact::display_name).unwrap_or_default(),
        of_contact(contact.and_then(|contact| contact.phone_number.as_ref())),
        of_contact(contact.and_then(|contact| contact.email.as_ref())),
        words.cell(shown.status.as_str()),
        one.row.agent_name.clone().unwrap_or_default(),
        shown
            .topic()
            .map(|topic: Topic| words.of(&topic))
            .unwrap_or_default(),
        shown.labels.join(", "),
        words.yes_or_no(contact.is_some_and(Contact::was_captured)),
        results.collect::<Vec<_>>().join(", "),
        shown.escalation_reason().unwrap_or_default(),
        moment(shown.created_at, zone),
        words.yes_or_no(one.whole),
    ]
}

/// What a line says of its message.
fn said_cells(
    message: &Message,
    guest: &Option<Contact>,
    words: &ExportWords,
    zone: Option<&str>,
) -> [String; 5] {
    let sender = || message.sender.as_ref().map(|sender| sender.name.clone());
    let from = match message.kind {
        MessageKind::Incoming => guest.as_ref().map(Contact::display_name).or_else(sender),
        _ if message.is_ai_answer() => Some(words.cell("ai")),
        _ if message.is_human_reply() || message.private => sender(),
        _ => None,
    };
    let kind = if message.private { "note" } else { "message" };
    let files = message.attachments.iter().map(|file| file.file_name.as_str());
    [
        moment(message.created_at, zone),
        from.unwrap_or_else(|| words.cell("server")),
        words.cell(kind),
        message.content.clone(),
        files.collect::<Vec<_>>().join(", "),
    ]
}

/// `2026-05-08 09:35:10` by the clock of that place, or of this computer where nobody told one. Spreadsheets read it as a
/// time in every country.
fn moment(at: i64, zone: Option<&str>) -> String {
    let zone = zone.and_then(|zone| TimeZone::get(zone).ok());
    let at = Timestamp::from_second(at).unwrap_or_default();
    at.to_zoned(zone.unwrap_or_else(TimeZone::system))
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string()
}

impl ExportWords {
    /// The word on screen for the wire's.
    fn cell(&self, word: &str) -> String {
        self.cells.get(word).cloned().unwrap_or_else(|| word.to_owned())
    }

    fn of(&self, value: &impl serde::Serialize) -> String {
        let word = serde_json::to_value(value).ok();
        let word = word.as_ref().and_then(|word| word.as_str());
        self.cell(word.unwrap_or_default())
    }

    fn yes_or_no(&self, holds: bool) -> String {
        self.cell(if holds { "yes" } else { "no" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_that_of_the_place() {
        assert_eq!(
            moment(1_778_225_710, Some("Europe/Zurich")),
            "2026-05-08 09:35:10"
        );
        assert_eq!(moment(1_778_225_710, Some("Asia/Tokyo")), "2026-05-08 16:35:10");
    }

    #[test]
    fn a_word_without_a_translation_stays_as_it_is() {
        let words = ExportWords {
            columns: Vec::new(),
            cells: [("faq".to_owned(), "FAQ".to_owned())].into(),
        };
        assert_eq!(
            (words.of(&Topic::Faq), words.of(&Topic::Mixed)),
            ("FAQ".into(), "mixed".into())
        );
    }
}

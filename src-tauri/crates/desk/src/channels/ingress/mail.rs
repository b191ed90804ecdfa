//! Mail as a relay hands it on: the whole message, proved by a password.

use super::media;
use super::quoted;
use super::report::{self, Report};
use super::{NOT_PROVED, Visit};
use crate::base64;
use crate::channels::queue::{Receipt, receive_receipt};
use crate::channels::receive::{self, Brought, Sender};
use crate::db::inbox::Inbox;
use crate::db::json::Object;
use crate::desk::Desk;
use crate::error::ApiError;
use crate::routes::call::Answer;
use crate::routes::params::Upload;
use crate::routes::{empty, files};
use crate::service::tokens;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders};
use serde_json::{Map, Value, json};

/// One file of the largest size, as mail writes it.
const LARGEST: usize = media::LARGEST / 3 * 4 + 4 * 1024 * 1024;
/// A conversation keeps shorter texts only (reference §1.4).
const LONGEST_SUBJECT: usize = 1000;

/// A mail, as far as the desk keeps it.
struct Mail {
    brought: Brought,
    files: Vec<Upload>,
    references: Vec<String>,
}

/// `POST /webhooks/mail/{inbox}`.
pub async fn message(visit: Visit) -> Answer {
    let is_proved = visit.carrier.kind == "mail" && knows(&visit.carrier.secret, visit.headers());
    if !is_proved {
        return Err(NOT_PROVED);
    }
    let (desk, inbox, _, body) = visit.read(LARGEST).await?;
    if let Some(report) = report_in(&body) {
        return settle(&desk, inbox.id, report).await;
    }
    let Some(mail) = read(&inbox, &body)? else {
        return empty();
    };
    let mut brought = mail.brought;
    let files = files::store(&desk, mail.files).await?;
    brought.files.clone_from(&files);
    let references = mail.references;
    let taken = desk
        .write(move |change| {
            brought.thread = receive::thread_of(change, &inbox, &references)?;
            receive::take(change, &inbox, brought)
        })
        .await?;
    if taken.is_none() {
        media::discard(&desk, &files).await;
    }
    empty()
}

fn report_in(bytes: &[u8]) -> Option<Report> {
    report::read(&MessageParser::default().parse(bytes)?)
}

/// The first of the report's mails that left through this channel is the one it is about; a report about none is over.
async fn settle(desk: &Desk, inbox_id: i64, report: Report) -> Answer {
    desk.write(move |change| {
        for name in report.names {
            let receipt = Receipt {
                provider_id: Some(name),
                ..report.receipt.clone()
            };
            if receive_receipt(change, inbox_id, None, receipt)? {
                break;
            }
        }
        Ok(())
    })
    .await?;
    empty()
}

/// Bearer, or the password of a Basic pair.
fn knows(secret: &str, headers: &HeaderMap) -> bool {
    let given = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let password = match given.split_once(' ') {
        Some((kind, token)) if kind.eq_ignore_ascii_case("bearer") => Some(token.trim().to_owned()),
        Some((kind, pair)) if kind.eq_ignore_ascii_case("basic") => base64::decode(pair.trim())
            .and_then(|pair| String::from_utf8(pair).ok())
            .and_then(|pair| pair.split_once(':').map(|(_, password)| password.to_owned())),
        _ => None,
    };
    !secret.is_empty() && password.is_some_and(|password| tokens::same(&password, secret))
}

/// The mail; none for what no person wrote, or the channel itself: an answer to it would be answered again, for ever.
fn read(inbox: &Inbox, bytes: &[u8]) -> Result<Option<Mail>, ApiError> {
    let mail = MessageParser::default().parse(bytes).ok_or(ApiError::Malformed)?;
    let from = mail
        .from()
        .and_then(Address::first)
        .and_then(|from| from.address());
    let from = from.ok_or(ApiError::Malformed)?.to_lowercase();
    let own = inbox.setting("email").unwrap_or_default();
    if is_automatic(&mail) || from.eq_ignore_ascii_case(own) {
        return Ok(None);
    }
    let id = mail.message_id().map_or_else(|| digest(bytes), str::to_owned);
    let name = mail.from().and_then(Address::first).and_then(|from| from.name());
    let text = mail.body_text(0).unwrap_or_default();
    let reply = quoted::reply(&text);
    let subject: String = mail
        .subject()
        .unwrap_or_default()
        .chars()
        .take(LONGEST_SUBJECT)
        .collect();
    let mut references = ids(mail.references());
    references.extend(ids(mail.in_reply_to()));
    let start = Map::from_iter([
        ("source".to_owned(), json!("email")),
        ("mail_subject".to_owned(), json!(subject)),
    ]);
    Ok(Some(Mail {
        brought: Brought {
            sender: Sender {
                address: from.clone(),
                name: name.map(str::to_owned),
                phone_number: None,
                email: Some(from),
            },
            content_type: "incoming_email".to_owned(),
            content_attributes: attributes(&mail, &id, &text, &reply),
            provider_id: id,
            text: reply,
            has_threads: true,
            start,
            ..Brought::default()
        },
        files: files(&mail),
        references,
    }))
}

fn is_automatic(mail: &Message<'_>) -> bool {
    let header = |name: &str| {
        mail.header_raw(name)
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    let submitted = header("Auto-Submitted");
    (!submitted.is_empty() && submitted != "no")
        || matches!(header("Precedence").as_str(), "bulk" | "junk" | "auto_reply")
        || !header("X-Autoreply").is_empty()
}

/// A name for a mail without one: the same bytes have the same.
fn digest(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

pub(super) fn ids(header: &HeaderValue<'_>) -> Vec<String> {
    match header {
        HeaderValue::Text(text) => vec![text.to_string()],
        HeaderValue::TextList(texts) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// The parts a client shows of a mail (reference §4.1).
fn attributes(mail: &Message<'_>, id: &str, text: &str, reply: &str) -> Object {
    let html = mail.body_html(0).unwrap_or_default();
    let email = json!({
        "message_id": id,
        "subject": mail.subject(),
        "date": mail.date().map(mail_parser::DateTime::to_rfc3339),
        "from": addresses(mail.from()),
        "to": addresses(mail.to()),
        "cc": addresses(mail.cc()),
        "in_reply_to": ids(mail.in_reply_to()).first(),
        "text_content": { "full": text, "reply": reply, "quoted": reply },
        "html_content": { "full": html, "reply": html, "quoted": html },
        "number_of_attachments": mail.attachment_count(),
        "multipart": mail.parts.len() > 1,
    });
    Map::from_iter([
        ("email".to_owned(), email),
        ("cc_email".to_owned(), addresses(mail.cc())),
        ("bcc_email".to_owned(), Value::Null),
    ])
}

fn addresses(header: Option<&Address<'_>>) -> Value {
    let all = header
        .into_iter()
        .flat_map(|header| header.iter().filter_map(|one| one.address()));
    json!(all.collect::<Vec<_>>())
}

fn files(mail: &Message<'_>) -> Vec<Upload> {
    let parts = mail
        .attachments()
        .filter(|part| part.contents().len() <= media::LARGEST);
    let uploads = parts.take(media::MOST).map(|part| {
        let kind = part.content_type().map(|kind| match kind.subtype() {
            Some(subtype) => format!("{}/{subtype}", kind.ctype()).to_ascii_lowercase(),
            None => kind.ctype().to_ascii_lowercase(),
        });
        let content_type = kind.unwrap_or_else(|| "application/octet-stream".to_owned());
        Upload {
            field: String::new(),
            file_name: media::file_name(part.attachment_name(), &content_type),
            content_type,
            bytes: Bytes::copy_from_slice(part.contents()),
        }
    });
    uploads.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_mail_does_harm(
            head in "(From|Message-ID|Subject|Content-Type|References)?: ?[<>a-z@./;=\"]{0,20}(\r\n)?",
            rest in prop::collection::vec(any::<u8>(), 0..300),
        ) {
            let mut bytes = b"From: a@b.example\r\n".to_vec();
            bytes.extend(head.into_bytes());
            bytes.extend(rest);
            if let Some(mail) = MessageParser::default().parse(&bytes) {
                let text = mail.body_text(0).unwrap_or_default();
                attributes(&mail, "id", &text, &quoted::reply(&text));
                files(&mail);
                ids(mail.references());
                is_automatic(&mail);
                report::read(&mail);
            }
        }
    }
}

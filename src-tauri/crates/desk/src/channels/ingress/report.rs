//! What mail servers say about a mail that was sent (RFC 3464): it came back, or it arrived.

use crate::channels::queue::Receipt;
use crate::db::outbound::State;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// A reason is shown beside a message.
const LONGEST_REASON: usize = 300;
const UNSAID: &str = "The mail could not be delivered";

/// A report about one mail.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// The mail it may be about, by the names it went out with.
    pub names: Vec<String>,
    pub receipt: Receipt,
}

/// The report a mail is, if it is one that settles something: a delay settles nothing.
pub fn read(mail: &Message<'_>) -> Option<Report> {
    let kind = mail.content_type()?;
    let is_report = kind.ctype().eq_ignore_ascii_case("multipart")
        && kind
            .subtype()
            .is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"));
    if !is_report {
        return None;
    }
    let status = mail
        .parts
        .iter()
        .find(|part| is(part, "message", "delivery-status"))?;
    let fields = unfolded(&String::from_utf8_lossy(status.contents()));
    let field = |name: &str| value(&fields, name);
    let state = match field("Action")?.to_ascii_lowercase().as_str() {
        "failed" => State::Failed,
        "delivered" => State::Delivered,
        _ => return None,
    };
    let error = (state == State::Failed).then(|| reason(field("Status"), field("Diagnostic-Code")));
    Some(Report {
        names: names(mail),
        receipt: Receipt {
            state,
            error,
            provider_id: None,
        },
    })
}

fn is(part: &MessagePart<'_>, kind: &str, subtype: &str) -> bool {
    part.content_type().is_some_and(|own| {
        let same = own.subtype().is_some_and(|own| own.eq_ignore_ascii_case(subtype));
        own.ctype().eq_ignore_ascii_case(kind) && same
    })
}

/// A line that begins with a blank goes on with the one before it.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

fn value<'a>(fields: &'a [String], name: &str) -> Option<&'a str> {
    let pairs = fields.iter().filter_map(|field| field.split_once(':'));
    let mut own = pairs.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name));
    own.next()
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty())
}

/// `5.1.1: 550 No such user here`.
fn reason(status: Option<&str>, diagnosis: Option<&str>) -> String {
    // The kind of the diagnosis stands before it: `smtp; 550 …`.
    let diagnosis = diagnosis.map(|words| words.split_once(';').map_or(words, |(_, words)| words).trim());
    let words = match (status, diagnosis.filter(|words| !words.is_empty())) {
        (Some(status), Some(words)) => format!("{status}: {words}"),
        (Some(status), None) => format!("{status}: {UNSAID}"),
        (None, Some(words)) => words.to_owned(),
        (None, None) => UNSAID.to_owned(),
    };
    words.chars().take(LONGEST_REASON).collect()
}

/// The mail itself or its head goes back with the report; some servers only answer to it.
fn names(mail: &Message<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in &mail.parts {
        let own = match &part.body {
            PartType::Message(message) => message.message_id().map(str::to_owned),
            _ if is(part, "text", "rfc822-headers") => {
                let head = [part.contents(), b"\r\n\r\n"].concat();
                let head = MessageParser::default().parse(&head[..]);
                head.and_then(|head| head.message_id().map(str::to_owned))
            }
            _ => None,
        };
        names.extend(own);
    }
    names.extend(super::mail::ids(mail.in_reply_to()));
    names.extend(super::mail::ids(mail.references()));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(status: &str, original: &str) -> Option<Report> {
        let text = format!(
            "From: MAILER-DAEMON@mail.example\r\nMessage-ID: <b1@mail.example>\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n\
             --B\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n\
             --B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\n\r\n{status}\r\n\
             --B\r\n{original}\r\n--B--\r\n"
        );
        read(&MessageParser::default().parse(text.as_bytes()).unwrap())
    }

    const WHOLE: &str =
        "Content-Type: message/rfc822\r\n\r\nMessage-ID: <m/7@adler.example>\r\nSubject: Hi\r\n\r\nHello";
    const HEAD: &str =
        "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <m/7@adler.example>\r\nSubject: Hi\r\n";

    #[test]
    fn a_failure_names_its_mail_and_says_why() {
        let status = "Final-Recipient: rfc822; ida@mail.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
                      Diagnostic-Code: smtp; 550 No such\r\n user here";
        for original in [WHOLE, HEAD] {
            let report = report(status, original).unwrap();
            assert_eq!(report.names, ["m/7@adler.example"], "{original}");
            assert_eq!(report.receipt.state, State::Failed);
            assert_eq!(
                report.receipt.error.as_deref(),
                Some("5.1.1: 550 No such user here")
            );
        }
    }

    #[test]
    fn an_arrival_is_one_too_and_a_delay_settles_nothing() {
        let arrived = report("Action: delivered\r\nStatus: 2.0.0", WHOLE).unwrap();
        assert_eq!(
            (arrived.receipt.state, arrived.receipt.error),
            (State::Delivered, None)
        );
        assert_eq!(report("Action: delayed\r\nStatus: 4.4.7", WHOLE), None);
        assert_eq!(report("Status: 5.0.0", WHOLE), None);
    }

    #[test]
    fn a_reason_is_there_whatever_is_left_out() {
        assert_eq!(reason(None, None), UNSAID);
        assert_eq!(reason(Some("5.2.2"), None), format!("5.2.2: {UNSAID}"));
        assert_eq!(reason(None, Some("mailbox full")), "mailbox full");
        assert_eq!(reason(None, Some(&"x".repeat(1000))).len(), LONGEST_REASON);
    }
}

//! STOP, START and HELP as carriers expect them: a message that is nothing but the word, in any case. The guest's
//! contact remembers since when it is opted out (`opted_out_at`, epoch seconds).

use crate::db::account;
use crate::db::contact::Contact;
use crate::db::inbox::Inbox;
use crate::db::message::{INCOMING, Message, TEMPLATE};
use crate::desk::{Actor, Change};
use crate::error::ApiError;
use crate::service::contact as contacts;
use crate::service::message::{NewMessage, create_in};
use serde_json::{Map, Value, json};

/// Where a message of this kind says so.
const ATTRIBUTE: &str = "consent";
const OPTED_OUT: &str = "opted_out_at";

/// What the guest wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Stop,
    Start,
    Help,
}

impl Word {
    /// As messages hold it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Start => "start",
            Self::Help => "help",
        }
    }
}

/// Whether this channel's carriers want these words obeyed, and whether it is a phone network, which knows more of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rules {
    Phone,
    Messenger,
}

fn rules(inbox: &Inbox) -> Option<Rules> {
    match inbox.channel_type.as_str() {
        "Channel::Whatsapp" => Some(Rules::Messenger),
        "Channel::TwilioSms" if inbox.setting("medium") == Some("whatsapp") => Some(Rules::Messenger),
        "Channel::TwilioSms" | "Channel::Sms" => Some(Rules::Phone),
        _ => None,
    }
}

/// Whether the carrier itself refuses to text guests who opted out.
pub fn is_refused_by_carrier(inbox: &Inbox) -> bool {
    rules(inbox) == Some(Rules::Phone)
}

/// The word a message is. "Cancel", "yes" and the like are words of a talk too: they count on the phone network only,
/// where the carrier obeys them whatever the desk does, and "yes" only from a guest who opted out.
pub fn word(inbox: &Inbox, guest: &Contact, text: &str) -> Option<Word> {
    let rules = rules(inbox)?;
    let edges = |letter: char| !letter.is_alphanumeric();
    let text = text.trim_matches(edges).to_lowercase();
    match (text.as_str(), rules) {
        ("stop" | "stopall" | "unsubscribe", _) => Some(Word::Stop),
        ("cancel" | "end" | "quit" | "revoke" | "optout", Rules::Phone) => Some(Word::Stop),
        ("start" | "unstop", _) => Some(Word::Start),
        ("yes", Rules::Phone) if is_opted_out(guest) => Some(Word::Start),
        ("help", _) | ("info", Rules::Phone) => Some(Word::Help),
        _ => None,
    }
}

/// Whether a guest does not want messages.
pub fn is_opted_out(guest: &Contact) -> bool {
    let since = guest.custom_attributes.get(OPTED_OUT);
    since.is_some_and(|since| !since.is_null())
}

/// What marks a guest's message as such a word.
pub fn mark(word: Word) -> Map<String, Value> {
    Map::from_iter([(ATTRIBUTE.to_owned(), json!(word.text()))])
}

/// The word a guest's message was found to be.
pub fn word_of(message: &Message) -> Option<&str> {
    let marked = message.content_attributes.get(ATTRIBUTE).and_then(Value::as_str);
    marked.filter(|_| message.message_type == INCOMING)
}

/// Whether it is the desk's own answer to such a word: the only thing that goes to a guest who opted out.
pub fn is_answer(message: &Message) -> bool {
    message.message_type == TEMPLATE
        && message.sender_type.is_none()
        && message.content_attributes.contains_key(ATTRIBUTE)
}

/// Obeys the word: remembered, and confirmed once. Where the carrier answers by itself the desk adds nothing.
pub fn obey_in(
    change: &mut Change<'_>,
    guest: &Contact,
    inbox: &Inbox,
    conversation_id: i64,
    word: Word,
    carrier_answers: bool,
) -> Result<(), ApiError> {
    let was_out = is_opted_out(guest);
    let mut after = guest.clone();
    let is_news = match word {
        Word::Stop => {
            let since = json!(change.now_ms.div_euclid(1000));
            after.custom_attributes.entry(OPTED_OUT).or_insert(since);
            !was_out
        }
        Word::Start => {
            after.custom_attributes.remove(OPTED_OUT);
            was_out
        }
        Word::Help => true,
    };
    if after != *guest {
        contacts::save_in(change, after)?;
    }
    if !is_news || carrier_answers {
        return Ok(());
    }
    let property = account::find(change, inbox.account_id)?;
    let name = property.map_or_else(String::new, |account| account.name);
    let answer = NewMessage {
        message_type: TEMPLATE,
        content_attributes: mark(word),
        ..NewMessage::reply(
            conversation_id,
            answer(word, &name, inbox.setting("phone_number")),
        )
    };
    let performer = std::mem::replace(&mut change.performer, Actor::System);
    let answered = create_in(change, answer);
    change.performer = performer;
    answered.map(drop)
}

fn answer(word: Word, property: &str, number: Option<&str>) -> String {
    let number = number.map_or_else(String::new, |number| format!(" Call us: {number}."));
    match word {
        Word::Stop => format!(
            "{property}: you are unsubscribed and get no more messages from us. Reply START to get them again."
        ),
        Word::Start => {
            format!("{property}: you get our messages again. Reply STOP to end them, HELP for help.")
        }
        Word::Help => {
            format!("{property}: write here and we answer.{number} Reply STOP to get no more messages.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::contact::NewContact;

    fn guest(is_out: bool) -> Contact {
        let mut attributes = Map::new();
        if is_out {
            attributes.insert(OPTED_OUT.to_owned(), json!(1));
        }
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let mut connection = connection;
        crate::db::migrations::run(&mut connection, &crate::db::migrations::all(), 1).unwrap();
        let account_id = account::insert(&connection, "Hotel", "en", 1).unwrap();
        let new = NewContact {
            account_id,
            custom_attributes: attributes,
            ..NewContact::default()
        };
        let id = crate::db::contact::insert(&connection, &new, 1).unwrap();
        crate::db::contact::find(&connection, id).unwrap().unwrap()
    }

    fn channel(channel_type: &str) -> Inbox {
        Inbox {
            id: 1,
            account_id: 1,
            name: String::new(),
            channel_type: channel_type.to_owned(),
            identifier: None,
            channel: Map::new(),
            agent_bot_id: None,
            avatar_url: String::new(),
            greeting_enabled: false,
            greeting_message: None,
            out_of_office_message: None,
            working_hours_enabled: false,
            working_hours: Value::Null,
            timezone: "UTC".to_owned(),
            enable_auto_assignment: false,
            last_assigned_user_id: 0,
            lock_to_single_conversation: false,
            allow_messages_after_resolved: true,
            csat_survey_enabled: false,
        }
    }

    #[test]
    fn a_word_alone_counts_and_a_sentence_with_it_does_not() {
        let (sms, guest) = (channel("Channel::TwilioSms"), guest(false));
        for (text, expected) in [
            ("STOP", Some(Word::Stop)),
            (" stop. ", Some(Word::Stop)),
            ("Unsubscribe", Some(Word::Stop)),
            ("cancel", Some(Word::Stop)),
            ("start", Some(Word::Start)),
            ("HELP", Some(Word::Help)),
            ("stop calling me", None),
            ("Can you help?", None),
            ("nonstop", None),
            ("", None),
        ] {
            assert_eq!(word(&sms, &guest, text), expected, "{text:?}");
        }
    }

    #[test]
    fn words_of_a_talk_count_only_where_the_carrier_obeys_them() {
        let whatsapp = channel("Channel::Whatsapp");
        let sms = channel("Channel::Sms");
        assert_eq!(word(&whatsapp, &guest(false), "cancel"), None);
        assert_eq!(word(&whatsapp, &guest(false), "stop"), Some(Word::Stop));
        assert_eq!(word(&sms, &guest(false), "yes"), None, "a yes to a question");
        assert_eq!(word(&sms, &guest(true), "Yes"), Some(Word::Start));
        assert_eq!(word(&channel("Channel::Api"), &guest(false), "stop"), None);
    }
}

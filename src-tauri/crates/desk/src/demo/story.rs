//! Telling one conversation into the tables, with the times, lines and attributes it would have had.

use super::guests::DemoGuest;
use super::house::{ChannelOfHouse, House};
use super::outcome;
use super::plan::{Fate, Planned};
use super::random::Random;
use crate::assistant::engine::language::Language;
use crate::db::contact::ContactInbox;
use crate::db::conversation::{self, Conversation, NewConversation};
use crate::db::json::Object;
use crate::db::message::{self, ACTIVITY, INCOMING, Message, OUTGOING};
use crate::desk::Change;
use crate::error::ApiError;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// What the words of a script are filled with.
pub struct Blanks {
    pub reference: String,
    /// Day of a booking, epoch milliseconds.
    pub date: i64,
    pub zone: TimeZone,
}

/// Everything one conversation is told with.
pub struct Telling<'a, 'c> {
    pub change: &'a Change<'c>,
    pub house: &'a House,
    pub channel: &'a ChannelOfHouse,
    pub guest: &'a DemoGuest,
    pub link: &'a ContactInbox,
    pub planned: &'a Planned,
    pub blanks: Blanks,
    /// Who answers, if a person does: name and id.
    pub staff: (String, i64),
}

/// Who speaks in a line of a script.
enum Voice<'s> {
    Guest,
    Ai { tools: Vec<(&'s str, &'s str)> },
    HandOver { reason: &'s str },
    Staff,
    Note,
    Failed,
}

/// One message in the making.
struct Said<'s> {
    message_type: i64,
    sender: Option<(&'static str, i64)>,
    text: &'s str,
    attributes: Object,
    private: bool,
    failed: bool,
}

impl<'s> Said<'s> {
    fn by(sender: Option<(&'static str, i64)>, text: &'s str) -> Self {
        Self {
            message_type: OUTGOING,
            sender,
            text,
            attributes: Map::new(),
            private: false,
            failed: false,
        }
    }
}

impl Telling<'_, '_> {
    /// Writes the conversation; answers its id.
    pub fn tell(&self, random: &mut Random) -> Result<i64, ApiError> {
        let id = self.begin()?;
        let mut state = conversation::find(self.change, id)?.ok_or(ApiError::NotFound)?;
        let mut at = self.planned.at;
        let lines = self.lines();
        for (index, line) in lines.iter().enumerate() {
            let Some((voice, text)) = parse(line) else {
                continue;
            };
            at = self.later(at, index, &voice, lines.len(), random);
            self.speak(&mut state, &voice, &self.filled(text), at)?;
        }
        self.end(&mut state, at, random)?;
        outcome::describe(self, &mut state);
        conversation::update(self.change, &state)?;
        conversation::set_labels(self.change, id, &self.planned.script.labels)?;
        if let Some(assignee) = state.assignee_id {
            conversation::add_participant(self.change, id, assignee)?;
        }
        Ok(id)
    }

    /// The lines told: where nobody waits any more, a last word of thanks is left out.
    fn lines(&self) -> &[String] {
        let lines = &self.planned.script.lines[..];
        let keeps =
            matches!(self.planned.fate, Fate::Closed | Fate::Waiting) || self.planned.script.opted_out;
        match lines.iter().rposition(|line| !line.starts_with("g:")) {
            Some(last) if !keeps && !lines[last + 1..].is_empty() => &lines[..=last],
            _ => lines,
        }
    }

    fn begin(&self) -> Result<i64, ApiError> {
        let nothing = Map::new();
        let new = NewConversation {
            account_id: self.house.account_id,
            inbox_id: self.channel.inbox_id,
            contact_id: self.guest.contact_id,
            contact_inbox_id: self.link.id,
            uuid: &uuid::Uuid::new_v4().to_string(),
            status: if self.channel.bot_id.is_some() {
                "pending"
            } else {
                "open"
            },
            snoozed_until: None,
            assignee_id: None,
            team_id: None,
            additional_attributes: &nothing,
            custom_attributes: &nothing,
        };
        conversation::insert(self.change, &new, self.planned.at)
    }

    /// When the next line is said: the AI within seconds, people within minutes, never later than now.
    fn later(&self, at: i64, index: usize, voice: &Voice<'_>, count: usize, random: &mut Random) -> i64 {
        let gap = match voice {
            _ if index == 0 => 0,
            Voice::Ai { .. } | Voice::HandOver { .. } => random.between(2 * SECOND, 5 * SECOND),
            Voice::Guest => random.between(MINUTE, 9 * MINUTE),
            Voice::Note => random.between(MINUTE, 4 * MINUTE),
            Voice::Staff | Voice::Failed => random.between(4 * MINUTE, 14 * MINUTE),
        };
        // A young conversation has little time: what is left is shared among the lines left.
        let left = (self.change.now_ms - 30 * SECOND - at).max(0);
        let lines_left = i64::try_from(count - index).unwrap_or(1).max(1);
        at + gap.min(left / lines_left)
    }

    fn speak(
        &self,
        state: &mut Conversation,
        voice: &Voice<'_>,
        text: &str,
        at: i64,
    ) -> Result<(), ApiError> {
        match voice {
            Voice::Guest => {
                let guest = Some(("Contact", self.guest.contact_id));
                self.write(
                    state,
                    at,
                    Said {
                        message_type: INCOMING,
                        ..Said::by(guest, text)
                    },
                )?;
                state.waiting_since = state.waiting_since.or(Some(at));
            }
            Voice::Ai { tools } => {
                let tools: Vec<Value> = tools.iter().map(|(name, summary)| json!({ "name": name, "summary": self.filled(summary), "ok": true })).collect();
                let attributes = if tools.is_empty() {
                    Map::new()
                } else {
                    Map::from_iter([("ai_tools".to_owned(), Value::Array(tools))])
                };
                self.write(
                    state,
                    at,
                    Said {
                        attributes,
                        ..Said::by(self.bot(), text)
                    },
                )?;
                state.waiting_since = None;
            }
            Voice::HandOver { reason } => self.hand_over(state, reason, text, at)?,
            Voice::Staff | Voice::Failed => self.answer(state, matches!(voice, Voice::Failed), text, at)?,
            Voice::Note => {
                self.write(
                    state,
                    at,
                    Said {
                        private: true,
                        ..Said::by(self.person(), text)
                    },
                )?;
            }
        }
        Ok(())
    }

    fn hand_over(&self, state: &mut Conversation, reason: &str, text: &str, at: i64) -> Result<(), ApiError> {
        let said = self.write(state, at, Said::by(self.bot(), text))?;
        let script = &self.planned.script;
        let wants = script.wants.clone().unwrap_or_else(|| self.first_words());
        let next = script
            .next
            .clone()
            .unwrap_or_else(|| "Take over and answer personally.".to_owned());
        let brief = json!({
            "wants": wants, "tried": script.tried, "next": next,
            "promised": [{ "text": "A colleague answers here", "message_id": said, "kept_by_answer": true }],
        });
        state.custom_attributes.insert(
            "escalation_reason".to_owned(),
            json!(script.reason.as_deref().unwrap_or(reason)),
        );
        state.custom_attributes.insert("handoff_brief".to_owned(), brief);
        state.status = "open".to_owned();
        state.waiting_since = Some(at);
        self.activity(
            state,
            at + SECOND,
            &format!("Conversation was reopened by {}", self.house.bot_name),
        )
    }

    fn first_words(&self) -> String {
        let asked = self
            .planned
            .script
            .lines
            .iter()
            .rev()
            .find_map(|line| line.strip_prefix("g: "));
        self.filled(asked.unwrap_or_default())
    }

    fn answer(&self, state: &mut Conversation, failed: bool, text: &str, at: i64) -> Result<(), ApiError> {
        if state.assignee_id.is_none() {
            state.assignee_id = Some(self.staff.1);
            state.status = "open".to_owned();
            self.activity(
                state,
                at - 20 * SECOND,
                &format!("{} self-assigned this conversation", self.staff.0),
            )?;
        }
        let attributes = if failed {
            let error = "Message not sent because the WhatsApp 24-hour customer service window is closed";
            Map::from_iter([("external_error".to_owned(), json!(error))])
        } else {
            Map::new()
        };
        self.write(
            state,
            at,
            Said {
                attributes,
                failed,
                ..Said::by(self.person(), text)
            },
        )?;
        state.first_reply_created_at = state.first_reply_created_at.or(Some(at));
        state.waiting_since = None;
        Ok(())
    }

    /// How it stands in the end, and who has seen it.
    fn end(&self, state: &mut Conversation, at: i64, random: &mut Random) -> Result<(), ApiError> {
        let name = &self.staff.0;
        match self.planned.fate {
            Fate::Waiting | Fate::Person => {}
            Fate::Ai => state.status = "pending".to_owned(),
            Fate::HandedBack => {
                state.status = "pending".to_owned();
                state.assignee_id = None;
                self.activity(
                    state,
                    at + MINUTE,
                    &format!("Conversation was marked as pending by {name}"),
                )?;
            }
            Fate::Snoozed => {
                state.status = "snoozed".to_owned();
                state.snoozed_until =
                    Some(self.change.now_ms + DAY - self.change.now_ms.rem_euclid(DAY) + 8 * 60 * MINUTE);
                self.activity(state, at + MINUTE, &format!("Conversation was snoozed by {name}"))?;
            }
            Fate::Closed => {
                let closed =
                    (at + random.between(10 * MINUTE, 20 * 60 * MINUTE)).min(self.change.now_ms - MINUTE);
                state.status = "resolved".to_owned();
                state.waiting_since = None;
                self.activity(
                    state,
                    closed,
                    &format!("Conversation was marked resolved by {name}"),
                )?;
            }
        }
        let is_new =
            self.planned.fate == Fate::Waiting || (self.planned.fate == Fate::Ai && random.chance(40));
        state.agent_last_seen_at = (!is_new).then_some(state.last_activity_at);
        state.assignee_last_seen_at = state.assignee_id.and(state.agent_last_seen_at);
        state.contact_last_seen_at = Some(at);
        state.updated_at = state.last_activity_at;
        Ok(())
    }

    fn bot(&self) -> Option<(&'static str, i64)> {
        self.channel.bot_id.map(|id| ("AgentBot", id))
    }

    fn activity(&self, state: &mut Conversation, at: i64, line: &str) -> Result<(), ApiError> {
        self.write(
            state,
            at,
            Said {
                message_type: ACTIVITY,
                ..Said::by(None, line)
            },
        )
        .map(drop)
    }

    fn person(&self) -> Option<(&'static str, i64)> {
        Some(("User", self.staff.1))
    }

    fn write(&self, state: &mut Conversation, at: i64, said: Said<'_>) -> Result<i64, ApiError> {
        let outward =
            said.message_type == OUTGOING && !said.private && !said.failed && self.channel.kind != "web";
        let status = match (said.failed, outward) {
            (true, _) => "failed",
            (_, true) => "delivered",
            _ => "sent",
        };
        let id = message::insert(
            self.change,
            &Message {
                id: 0,
                account_id: state.account_id,
                inbox_id: state.inbox_id,
                conversation_id: state.id,
                message_type: said.message_type,
                content: Some(said.text.to_owned()),
                content_type: "text".to_owned(),
                content_attributes: said.attributes,
                additional_attributes: Map::new(),
                private: said.private,
                status: status.to_owned(),
                source_id: outward.then(|| format!("demo.{}", uuid::Uuid::new_v4().simple())),
                sender_type: said.sender.map(|(kind, _)| kind.to_owned()),
                sender_id: said.sender.map(|(_, id)| id),
                echo_id: None,
                created_at: at,
                updated_at: at,
            },
        )?;
        state.last_activity_at = state.last_activity_at.max(at);
        Ok(id)
    }

    /// A text of the script with its blanks filled.
    pub fn filled(&self, text: &str) -> String {
        let first = self.guest.first_name();
        let zone = &self.blanks.zone;
        let language = match self.guest.language.as_str() {
            "de" => Language::German,
            "es" => Language::Spanish,
            "hu" => Language::Hungarian,
            _ => Language::English,
        };
        let date = language.date(&crate::assistant::engine::hours::local(
            self.blanks.date / SECOND,
            zone,
        ));
        let text = if first.is_empty() {
            text.replace(" {first}", "")
        } else {
            text.replace("{first}", first)
        };
        let staff = self.staff.0.split_whitespace().next().unwrap_or_default();
        text.replace("{date}", &date)
            .replace("{ref}", &self.blanks.reference)
            .replace("{staff}", staff)
    }
}

fn parse(line: &str) -> Option<(Voice<'_>, &str)> {
    // What was looked up may hold a colon of its own.
    let (letter, inside, text) = match line.split_once('[') {
        Some((letter, rest)) if !letter.contains(':') => {
            let (inside, text) = rest.split_once("]: ")?;
            (letter, inside, text)
        }
        _ => {
            let (letter, text) = line.split_once(": ")?;
            (letter, "", text)
        }
    };
    let voice = match letter {
        "g" => Voice::Guest,
        "a" => Voice::Ai {
            tools: inside
                .split(';')
                .filter_map(|tool| tool.split_once('|'))
                .collect(),
        },
        "h" => Voice::HandOver { reason: inside },
        "s" => Voice::Staff,
        "n" => Voice::Note,
        "f" => Voice::Failed,
        _ => return None,
    };
    Some((voice, text))
}

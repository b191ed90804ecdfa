//! Who else is in a conversation just now: who writes there, and which colleagues have it before them. Signs of it are
//! lost without harm, so each ends by itself unless it is renewed (reference §3.4).

use crate::{AgentId, ConversationRef};
use std::collections::HashMap;

/// How long a sign counts. Epoch seconds are compared, so that a computer that slept forgets as well.
pub const SIGN_SECONDS: i64 = 30;

/// Somebody who gives signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Someone {
    Guest,
    Agent(AgentId),
    /// An AI. Nobody waits for it, so its signs are not kept.
    Bot,
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// `private` = a note, which the guest does not see.
    Writes {
        private: bool,
    },
    Looks,
}

/// A colleague who writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    pub agent: AgentId,
    pub name: String,
    pub private: bool,
}

/// Everybody else in one conversation, each in the order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The guest's name while they write.
    pub guest: Option<String>,
    pub writing: Vec<Writer>,
    pub looking: Vec<(AgentId, String)>,
}

#[derive(Clone, Debug)]
struct Sign {
    who: Someone,
    name: String,
    doing: Doing,
    at: i64,
}

impl Sign {
    fn is_of(&self, who: Someone, doing: Doing) -> bool {
        self.who == who && (self.doing == Doing::Looks) == (doing == Doing::Looks)
    }

    fn ends(&self) -> i64 {
        self.at + SIGN_SECONDS
    }
}

/// The signs of all conversations.
#[derive(Debug, Default)]
pub struct Company {
    signs: HashMap<ConversationRef, Vec<Sign>>,
}

impl Company {
    /// Somebody begins, or goes on. Whoever goes on keeps their place.
    pub fn begin(&mut self, conversation: ConversationRef, who: Someone, name: &str, doing: Doing, now: i64) {
        if who == Someone::Bot {
            return;
        }
        let signs = self.signs.entry(conversation).or_default();
        let sign = Sign {
            who,
            name: name.to_owned(),
            doing,
            at: now,
        };
        match signs.iter_mut().find(|known| known.is_of(who, doing)) {
            Some(known) => *known = sign,
            None => signs.push(sign),
        }
    }

    /// Somebody stops.
    pub fn end(&mut self, conversation: ConversationRef, who: Someone, doing: Doing) {
        self.keep(conversation, |sign| !sign.is_of(who, doing));
    }

    /// These look, and no other colleague does.
    pub fn lookers(&mut self, conversation: ConversationRef, people: &[(AgentId, String)], now: i64) {
        let looks = |sign: &Sign| {
            let here = people.iter().any(|(agent, _)| sign.who == Someone::Agent(*agent));
            sign.doing != Doing::Looks || here
        };
        self.keep(conversation, looks);
        for (agent, name) in people {
            self.begin(conversation, Someone::Agent(*agent), name, Doing::Looks, now);
        }
    }

    /// Lets go of what was not renewed. The conversations in which that changes something.
    pub fn forget_old(&mut self, now: i64) -> Vec<ConversationRef> {
        let mut changed = Vec::new();
        self.signs.retain(|conversation, signs| {
            let before = signs.len();
            signs.retain(|sign| now < sign.ends());
            if signs.len() < before {
                changed.push(*conversation);
            }
            !signs.is_empty()
        });
        changed
    }

    /// When the next sign ends.
    pub fn next_end(&self) -> Option<i64> {
        self.signs.values().flatten().map(Sign::ends).min()
    }

    /// Everybody else in a conversation.
    pub fn around(&self, conversation: ConversationRef, now: i64) -> Around {
        let mut around = Around::default();
        for sign in self.signs.get(&conversation).into_iter().flatten() {
            if now >= sign.ends() {
                continue;
            }
            let name = sign.name.clone();
            match (sign.who, sign.doing) {
                (Someone::Agent(agent), Doing::Writes { private }) => {
                    around.writing.push(Writer { agent, name, private });
                }
                (Someone::Agent(agent), Doing::Looks) => around.looking.push((agent, name)),
                (Someone::Guest, Doing::Writes { .. }) => around.guest = Some(name),
                (Someone::Guest, Doing::Looks) | (Someone::Bot, _) => {}
            }
        }
        around
    }

    fn keep(&mut self, conversation: ConversationRef, stays: impl Fn(&Sign) -> bool) {
        if let Some(signs) = self.signs.get_mut(&conversation) {
            signs.retain(stays);
            if signs.is_empty() {
                self.signs.remove(&conversation);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AccountKey, ConversationId};

    const REPLY: Doing = Doing::Writes { private: false };
    const NOTE: Doing = Doing::Writes { private: true };
    const NORA: Someone = Someone::Agent(AgentId(7));
    const TOMAS: Someone = Someone::Agent(AgentId(8));

    fn here(id: i64) -> ConversationRef {
        ConversationRef::new(AccountKey(1), ConversationId(id))
    }

    fn writing(company: &Company, now: i64) -> Vec<(String, bool)> {
        let writers = company.around(here(5), now).writing.into_iter();
        writers.map(|writer| (writer.name, writer.private)).collect()
    }

    #[test]
    fn colleagues_are_told_apart_from_the_guest_and_bots_are_left_out() {
        let mut company = Company::default();
        company.begin(here(5), Someone::Guest, "Ines", REPLY, 100);
        company.begin(here(5), NORA, "Nora", REPLY, 100);
        company.begin(here(5), Someone::Bot, "Robot", REPLY, 100);
        company.begin(here(6), TOMAS, "Tomas", REPLY, 100);
        let around = company.around(here(5), 101);
        assert_eq!(around.guest.as_deref(), Some("Ines"));
        assert_eq!(writing(&company, 101), [("Nora".to_owned(), false)]);
        company.end(here(5), Someone::Guest, REPLY);
        assert_eq!(company.around(here(5), 101).guest, None);
        assert_eq!(writing(&company, 101).len(), 1, "the guest's end is not hers");
    }

    #[test]
    fn a_sign_ends_after_half_a_minute_unless_it_is_renewed() {
        let mut company = Company::default();
        company.begin(here(5), NORA, "Nora", REPLY, 100);
        company.begin(here(5), TOMAS, "Tomas", NOTE, 110);
        company.begin(here(5), NORA, "Nora", NOTE, 120);
        assert_eq!(
            writing(&company, 121),
            [("Nora".to_owned(), true), ("Tomas".to_owned(), true)],
            "whoever goes on keeps their place, and may have gone over to a note"
        );
        assert_eq!(company.next_end(), Some(140));
        assert_eq!(
            writing(&company, 140),
            [("Nora".to_owned(), true)],
            "not even before it is let go of"
        );
        assert_eq!(company.forget_old(139), []);
        assert_eq!(company.forget_old(140), [here(5)]);
        assert_eq!(company.next_end(), Some(150));
        assert_eq!(company.forget_old(150), [here(5)]);
        assert_eq!(company.next_end(), None);
    }

    #[test]
    fn looking_and_writing_end_apart_and_an_answer_replaces_who_looks() {
        let mut company = Company::default();
        company.begin(here(5), NORA, "Nora", Doing::Looks, 100);
        company.begin(here(5), NORA, "Nora", REPLY, 100);
        company.end(here(5), NORA, NOTE);
        assert_eq!(writing(&company, 101), []);
        assert_eq!(
            company.around(here(5), 101).looking,
            [(AgentId(7), "Nora".to_owned())]
        );
        company.begin(here(5), NORA, "Nora", REPLY, 101);
        company.lookers(here(5), &[(AgentId(8), "Tomas".into())], 102);
        assert_eq!(
            company.around(here(5), 103).looking,
            [(AgentId(8), "Tomas".to_owned())]
        );
        assert_eq!(writing(&company, 103).len(), 1, "she writes all the same");
        company.lookers(here(5), &[], 104);
        assert_eq!(company.around(here(5), 104).looking, []);
    }
}

//! What the workers said before they died, held against what the desk has.

use crate::killed::left_of;
use deskbell_tests::worker::Worker;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Words with their place in time: (cycle, number).
pub type Words = (u64, u64);

/// Something written in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    pub conversation: i64,
    pub words: Words,
}

impl Said {
    fn read(told: &Value, key: &str) -> Option<Self> {
        Some(Self {
            conversation: told["conversation"].as_i64()?,
            words: words(told[key].as_str()?)?,
        })
    }

    /// Everything a worker wrote that arrived in an account, in the order of its arrival.
    pub fn ledger(ledger: &Value, account_id: i64) -> Vec<Self> {
        let messages = ledger["messages"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let arrived = messages
            .iter()
            .filter(|message| message["account_id"] == account_id);
        arrived
            .filter_map(|message| {
                Some(Self {
                    conversation: message["conversation_id"].as_i64()?,
                    words: words(message["content"].as_str()?)?,
                })
            })
            .collect()
    }
}

/// `cycle 3 word 14` → (3, 14).
fn words(text: &str) -> Option<Words> {
    let (cycle, number) = text.strip_prefix("cycle ")?.split_once(" word ")?;
    Some((cycle.parse().ok()?, number.parse().ok()?))
}

/// All that was heard.
#[derive(Default)]
pub struct Kills {
    /// Handed over; the process may have died before it was accepted.
    pressing: BTreeSet<Said>,
    /// Accepted: durable.
    pressed: BTreeSet<Said>,
    /// The newest accepted draft of each conversation.
    drafts: BTreeMap<i64, Words>,
}

impl Kills {
    /// Takes what a worker says up to a line with this key.
    pub fn heard_until(&mut self, worker: &Worker, key: &str) {
        loop {
            let told = worker.next();
            let last = told.get(key).is_some();
            self.heard([told]);
            if last {
                return;
            }
        }
    }

    /// Takes what a worker said.
    pub fn heard(&mut self, said: impl IntoIterator<Item = Value>) {
        for told in said {
            self.pressing.extend(Said::read(&told, "pressing"));
            self.pressed.extend(Said::read(&told, "pressed"));
            if let Some(draft) = Said::read(&told, "draft") {
                self.drafts.insert(draft.conversation, draft.words);
            }
        }
    }

    /// Holds it against what arrived and what the last worker found left.
    pub fn judge(&self, arrived: &[Said], left: &[Value]) {
        assert!(
            self.pressed.len() > 100,
            "only {} were pressed: nothing was tried",
            self.pressed.len()
        );
        let waiting = Self::waiting(left);
        let mut times = BTreeMap::new();
        for said in arrived {
            *times.entry(said).or_insert(0) += 1;
        }
        for said in &self.pressed {
            let times = times.get(said).copied().unwrap_or(0);
            assert!(times <= 1, "{said:?} arrived {times} times");
            assert!(times == 1 || waiting.contains(said), "{said:?} is lost");
        }
        let unknown: Vec<&Said> = arrived
            .iter()
            .filter(|said| !self.pressing.contains(said))
            .collect();
        assert!(unknown.is_empty(), "nobody pressed {unknown:?}");
        for told in left {
            let conversation = told["finished"].as_i64().unwrap_or_default();
            let order: Vec<Words> = arrived
                .iter()
                .filter(|said| said.conversation == conversation)
                .map(|said| said.words)
                .collect();
            assert!(
                order.is_sorted_by(|a, b| a < b),
                "out of order or twice in {conversation}: {order:?}"
            );
            self.judge_draft(conversation, left);
        }
    }

    /// What asks for a decision is not lost.
    fn waiting(left: &[Value]) -> BTreeSet<Said> {
        let items = left.iter().flat_map(|told| {
            let items = told["left"].as_array().cloned().unwrap_or_default();
            items
                .into_iter()
                .map(move |item| (told["finished"].as_i64(), item))
        });
        let said = |(conversation, item): (Option<i64>, Value)| {
            Some(Said {
                conversation: conversation?,
                words: words(item["text"].as_str()?)?,
            })
        };
        items.filter_map(said).collect()
    }

    /// A draft stands until newer words in the same place are kept or sent.
    fn judge_draft(&self, conversation: i64, left: &[Value]) {
        let Some(draft) = self.drafts.get(&conversation) else {
            return;
        };
        let sent_later = self
            .pressing
            .iter()
            .any(|said| said.conversation == conversation && said.words > *draft);
        let found = left_of(left, conversation)["draft"].as_str().and_then(words);
        assert!(
            sent_later || found.is_some_and(|found| found >= *draft),
            "the draft {draft:?} of {conversation} is lost; there is {found:?}"
        );
    }

    /// For the log of the test.
    pub fn summary(&self) -> String {
        format!(
            "{} accepted of {} pressed",
            self.pressed.len(),
            self.pressing.len()
        )
    }
}

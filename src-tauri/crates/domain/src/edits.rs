//! Changes to sets and fields as differences: merged into whatever the server has at the moment of sending, because the
//! wire replaces the whole (reference §13.14).

use crate::Contact;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// Custom attributes to be set and removed, by key. A key is in one of both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct AttributeChange {
    #[ts(type = "Record<string, unknown>")]
    pub set: Map<String, Value>,
    pub remove: Vec<String>,
}

impl AttributeChange {
    /// True when it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.remove.is_empty()
    }

    /// Takes over a later change: the last word counts, key by key.
    pub fn fold(&mut self, newer: &Self) {
        for (key, value) in &newer.set {
            self.remove.retain(|removed| removed != key);
            self.set.insert(key.clone(), value.clone());
        }
        for key in &newer.remove {
            self.set.remove(key);
            if !self.remove.contains(key) {
                self.remove.push(key.clone());
            }
        }
    }

    /// Carries it out on a whole set.
    pub fn apply(&self, attributes: &mut Map<String, Value>) {
        attributes.retain(|key, _| !self.remove.contains(key));
        attributes.extend(self.set.iter().map(|(key, value)| (key.clone(), value.clone())));
    }

    /// True when `attributes` would stay as they are.
    pub fn is_done_in(&self, attributes: &Map<String, Value>) -> bool {
        let is_set = |(key, value): (&String, &Value)| attributes.get(key) == Some(value);
        self.set.iter().all(is_set) && !self.remove.iter().any(|key| attributes.contains_key(key))
    }
}

/// Titles to be added and taken away.
pub(crate) struct LabelChange<'a> {
    pub add: &'a [String],
    pub remove: &'a [String],
}

impl LabelChange<'_> {
    /// Both changes as one: (add, remove), each title in one of both.
    pub fn folded(&self, newer: &Self) -> (Vec<String>, Vec<String>) {
        let later = |first: &[String], undone: &[String], last: &[String]| {
            let kept = first.iter().filter(|title| !undone.contains(title));
            let mut all: Vec<String> = Vec::new();
            for title in kept.chain(last) {
                if !all.contains(title) {
                    all.push(title.clone());
                }
            }
            all
        };
        (
            later(self.add, newer.remove, newer.add),
            later(self.remove, newer.add, newer.remove),
        )
    }

    /// True when `labels` would stay as they are.
    pub fn is_done_in(&self, labels: &[String]) -> bool {
        self.add.iter().all(|title| labels.contains(title))
            && !self.remove.iter().any(|title| labels.contains(title))
    }
}

/// Fields of a customer somebody typed into; `None` = not touched, so a colleague's edit of it stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ContactEdit {
    pub name: Option<String>,
    /// Empty = none.
    pub email: Option<String>,
    /// E.164 with the plus; empty = none.
    pub phone_number: Option<String>,
    pub attributes: AttributeChange,
}

impl ContactEdit {
    /// True when no field was touched.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes over a later edit, field by field.
    pub fn fold(&mut self, newer: &Self) {
        let take = |field: &mut Option<String>, newer: &Option<String>| {
            if newer.is_some() {
                field.clone_from(newer);
            }
        };
        take(&mut self.name, &newer.name);
        take(&mut self.email, &newer.email);
        take(&mut self.phone_number, &newer.phone_number);
        self.attributes.fold(&newer.attributes);
    }

    /// The customer with the edit carried out.
    pub fn apply(&self, contact: &mut Contact) {
        if let Some(name) = &self.name {
            contact.name.clone_from(name);
        }
        let field = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        if let Some(email) = &self.email {
            contact.email = field(email);
        }
        if let Some(phone) = &self.phone_number {
            contact.phone_number = field(phone);
        }
        self.attributes.apply(&mut contact.custom_attributes);
    }

    /// True when `contact` would stay as it is.
    pub fn is_done_in(&self, contact: &Contact) -> bool {
        let is = |wanted: &Option<String>, now: &str| wanted.as_deref().is_none_or(|wanted| wanted == now);
        is(&self.name, &contact.name)
            && is(&self.email, contact.email.as_deref().unwrap_or_default())
            && is(
                &self.phone_number,
                contact.phone_number.as_deref().unwrap_or_default(),
            )
            && self.attributes.is_done_in(&contact.custom_attributes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn change() -> impl Strategy<Value = AttributeChange> {
        (
            proptest::collection::btree_map("[a-d]", 0_i64..3, 0..3),
            proptest::collection::btree_set("[a-d]", 0..3),
        )
            .prop_map(|(set, remove)| AttributeChange {
                remove: remove.into_iter().filter(|key| !set.contains_key(key)).collect(),
                set: set.into_iter().map(|(key, value)| (key, value.into())).collect(),
            })
    }

    proptest! {
        #[test]
        fn folded_changes_do_what_both_do_in_turn(first in change(), second in change(), start in change()) {
            let mut in_turn = start.set.clone();
            first.apply(&mut in_turn);
            second.apply(&mut in_turn);
            let mut folded = first;
            folded.fold(&second);
            let mut at_once = start.set;
            folded.apply(&mut at_once);
            prop_assert_eq!(&at_once, &in_turn);
            prop_assert!(folded.is_done_in(&in_turn));
        }

        #[test]
        fn folded_labels_do_what_both_do_in_turn(start in labels(), first in both(), second in both()) {
            let in_turn = crate::overlay::changed_labels(&start, &first.0, &first.1);
            let in_turn = crate::overlay::changed_labels(&in_turn, &second.0, &second.1);
            let (one, two) = (LabelChange { add: &first.0, remove: &first.1 }, LabelChange { add: &second.0, remove: &second.1 });
            let (add, remove) = one.folded(&two);
            let mut at_once = crate::overlay::changed_labels(&start, &add, &remove);
            let mut in_turn = in_turn;
            at_once.sort();
            in_turn.sort();
            prop_assert_eq!(at_once, in_turn);
        }
    }

    fn labels() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::btree_set("[a-d]", 0..4).prop_map(|titles| titles.into_iter().collect())
    }

    fn both() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
        (labels(), labels()).prop_map(|(add, remove)| {
            let remove = remove.into_iter().filter(|title| !add.contains(title)).collect();
            (add, remove)
        })
    }
}

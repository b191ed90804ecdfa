//! Names for what was planted: `{contact}` in a path or a body stands for the contact's id.

use serde_json::Value;
use std::collections::BTreeMap;

/// Ids and credentials by name. Numbers are ids, texts are credentials and keys.
#[derive(Clone, Default)]
pub struct Ids(BTreeMap<&'static str, Value>);

impl Ids {
    pub fn set(&mut self, name: &'static str, value: Value) {
        assert!(!value.is_null(), "{name} was not planted");
        self.0.insert(name, value);
    }

    pub fn get(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or_else(|| panic!("no {name}"))
    }

    pub fn text(&self, name: &str) -> String {
        match self.get(name) {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    pub fn number(&self, name: &str) -> i64 {
        self.get(name).as_i64().unwrap()
    }

    pub fn values(&self) -> Vec<Value> {
        self.0.values().cloned().collect()
    }

    /// A text with all names replaced.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for name in self.0.keys() {
            filled = filled.replace(&format!("{{{name}}}"), &self.text(name));
        }
        filled
    }

    /// A body with all names replaced; a text that is nothing but a name becomes the id itself.
    pub fn fill_json(&self, json: &Value) -> Value {
        match json {
            Value::String(text) => {
                let name = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
                match name {
                    Some(name) => self.get(name).clone(),
                    None => json.clone(),
                }
            }
            Value::Array(list) => list.iter().map(|one| self.fill_json(one)).collect(),
            Value::Object(object) => {
                let filled = object.iter().map(|(key, one)| (key.clone(), self.fill_json(one)));
                Value::Object(filled.collect())
            }
            _ => json.clone(),
        }
    }
}

//! Keys pressed on the page as a whole.

use super::Page;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::json;

/// A key, or one held with another.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    Plain(char),
    Shift(char),
    Control(char),
    ControlShift(char),
}

impl Key {
    pub const ENTER: char = '\u{e007}';
    pub const ESCAPE: char = '\u{e00c}';
    pub const TAB: char = '\u{e004}';
    pub const END: char = '\u{e010}';
    pub const UP: char = '\u{e013}';
    pub const DOWN: char = '\u{e015}';
    pub const HOME: char = '\u{e011}';
    pub const F6: char = '\u{e036}';
    pub const SPACE: char = ' ';
    const CONTROL: char = '\u{e009}';
    const SHIFT: char = '\u{e008}';

    fn held(self) -> (&'static [char], char) {
        match self {
            Self::Plain(key) => (&[], key),
            Self::Shift(key) => (&[Self::SHIFT], key),
            Self::Control(key) => (&[Self::CONTROL], key),
            Self::ControlShift(key) => (&[Self::CONTROL, Self::SHIFT], key),
        }
    }
}

impl Page {
    /// Types, key by key, wherever the focus is.
    pub async fn type_keys(&self, text: &str) {
        for key in text.chars() {
            self.press(Key::Plain(key)).await;
        }
    }

    /// Presses keys that mean something together, in one go: a slow machine must not take longer between them than a person.
    pub async fn press_together(&self, keys: &str) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys.chars() {
            actions = actions
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
        }
        let pressed = self.client.perform_actions(actions).await;
        pressed.unwrap_or_else(|error| panic!("{keys} cannot be pressed: {error:?}"));
    }

    /// Waits until the focus is on the element of that role whose name is `name`, or else contains it.
    pub async fn focus_is_on(&self, role: &str, name: &str) {
        let what = format!(
            "the focus on {role} \"{name}\"; it is on {}",
            self.focused().await
        );
        self.watch(&what, json!({ "role": role, "name": name, "focused": true }))
            .await;
    }

    /// Whether the focus is there now.
    pub async fn has_focus(&self, role: &str, name: &str) -> bool {
        let question = json!({ "role": role, "name": name, "focused": true, "now": true });
        self.ask(question)
            .await
            .as_array()
            .is_some_and(|all| !all.is_empty())
    }

    async fn focused(&self) -> String {
        let script = "return document.activeElement?.outerHTML.slice(0, 200)";
        let html = self.client().execute(script, vec![]).await;
        html.ok()
            .and_then(|html| html.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Presses a key wherever the focus is.
    pub async fn press(&self, key: Key) {
        let (held, key) = key.held();
        let mut actions = KeyActions::new("keyboard".to_owned());
        for held in held {
            actions = actions.then(KeyAction::Down { value: *held });
        }
        actions = actions
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        for held in held.iter().rev() {
            actions = actions.then(KeyAction::Up { value: *held });
        }
        let pressed = self.client().perform_actions(actions).await;
        pressed.unwrap_or_else(|error| panic!("the key cannot be pressed: {error}"));
    }
}

//! Keys pressed on the page as a whole.

use super::Page;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};

/// A key, or one held with another.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    Plain(char),
    Control(char),
    ControlShift(char),
}

impl Key {
    pub const ENTER: char = '\u{e007}';
    pub const ESCAPE: char = '\u{e00c}';
    pub const TAB: char = '\u{e004}';
    pub const UP: char = '\u{e013}';
    pub const DOWN: char = '\u{e015}';
    const CONTROL: char = '\u{e009}';
    const SHIFT: char = '\u{e008}';

    fn held(self) -> (&'static [char], char) {
        match self {
            Self::Plain(key) => (&[], key),
            Self::Control(key) => (&[Self::CONTROL], key),
            Self::ControlShift(key) => (&[Self::CONTROL, Self::SHIFT], key),
        }
    }
}

impl Page {
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

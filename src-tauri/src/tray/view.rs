//! What icon and menu say, the same on every system.

use super::{Action, Panel};
use deskbell_app::{HostStatus, words};
use deskbell_domain::ConversationRef;

/// How many of those who wait the menu names.
const NAMED_AT_MOST: usize = 5;

/// Everything the icon and its menu show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    pub status: HostStatus,
    /// Longest waiting first.
    pub rings: Vec<Waiting>,
    pub panel: Panel,
}

/// A conversation that rings, in the words of its notification, which leave the name out where that was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub conversation: ConversationRef,
    pub title: String,
}

/// A line of the menu, in the same order everywhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    Heading(String),
    Conversation(ConversationRef, String),
    Separator,
    Open(&'static str),
    Quit(&'static str),
}

impl View {
    /// The program's name, and what is worth saying beside it.
    pub fn title(&self) -> String {
        match self.status.waiting {
            0 if !self.is_cut_off() => "Deskbell".into(),
            _ => format!("Deskbell: {}", self.summary()),
        }
    }

    fn is_cut_off(&self) -> bool {
        self.status.signed_in && self.status.offline
    }

    /// What the tooltip says below the name.
    pub fn summary(&self) -> String {
        let language = self.status.language;
        let summary = words::need_a_person(self.status.waiting, language);
        if self.is_cut_off() {
            words::as_last_known(&summary, language)
        } else {
            summary
        }
    }

    pub fn lines(&self) -> Vec<Line> {
        let mut lines = vec![Line::Heading(self.summary())];
        let named = self.rings.iter().take(NAMED_AT_MOST);
        lines.extend(named.map(|waiting| Line::Conversation(waiting.conversation, waiting.title.clone())));
        let language = self.status.language;
        lines.extend([
            Line::Separator,
            Line::Open(words::open_deskbell(language)),
            Line::Separator,
            Line::Quit(words::quit_deskbell(language)),
        ]);
        lines
    }
}

impl Line {
    pub fn label(&self) -> &str {
        match self {
            Self::Heading(words) | Self::Conversation(_, words) => words,
            Self::Separator => "",
            Self::Open(words) | Self::Quit(words) => words,
        }
    }

    /// `None` = only to be read.
    pub fn action(&self) -> Option<Action> {
        match self {
            Self::Heading(_) | Self::Separator => None,
            Self::Conversation(conversation, _) => Some(Action::Show(*conversation)),
            Self::Open(_) => Some(Action::Open),
            Self::Quit(_) => Some(Action::Quit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_app::schema::Language;
    use deskbell_domain::{AccountKey, ConversationId};

    fn view(waiting: u32, rings: usize) -> View {
        View {
            status: HostStatus {
                waiting,
                offline: false,
                signed_in: true,
                language: Language::En,
            },
            rings: (0..rings)
                .map(|number| Waiting {
                    conversation: ConversationRef::new(AccountKey(1), ConversationId(number as i64)),
                    title: format!("Guest {number} needs a person"),
                })
                .collect(),
            panel: Panel::default(),
        }
    }

    #[test]
    fn the_menu_says_how_many_names_the_first_and_ends_with_quit() {
        let lines = view(7, 7).lines();
        assert_eq!(lines[0].label(), "7 guests need a person");
        assert_eq!(lines[0].action(), None);
        let named = lines
            .iter()
            .filter(|line| matches!(line, Line::Conversation(..)))
            .count();
        assert_eq!(named, NAMED_AT_MOST);
        assert_eq!(lines.last().map(Line::label), Some("Quit Deskbell"));
        assert!(lines.iter().any(|line| line.action() == Some(Action::Open)));
    }

    #[test]
    fn the_menu_speaks_as_the_screen_does() {
        let mut view = view(2, 0);
        view.status.language = Language::Hu;
        let labels: Vec<String> = view.lines().iter().map(|line| line.label().to_owned()).collect();
        assert_eq!(
            labels,
            [
                "2 vendég vár emberre",
                "",
                "Deskbell megnyitása",
                "",
                "Kilépés a Deskbellből"
            ]
        );
    }

    #[test]
    fn offline_is_said_beside_the_number() {
        let mut view = view(2, 0);
        view.status.offline = true;
        assert_eq!(view.summary(), "2 guests need a person, as last known. Offline");
        assert_eq!(
            view.title(),
            "Deskbell: 2 guests need a person, as last known. Offline"
        );
        view.status.signed_in = false;
        assert_eq!(
            view.summary(),
            "2 guests need a person",
            "nobody signed in is not offline"
        );
    }
}

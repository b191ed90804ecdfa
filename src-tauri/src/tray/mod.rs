//! The icon in the panel: how many wait, who, and a way back to the window. Nothing depends on it being there.

mod picture;

#[cfg(target_os = "linux")]
#[path = "status_notifier.rs"]
mod backend;
#[cfg(not(target_os = "linux"))]
#[path = "native.rs"]
mod backend;

use crate::lifecycle;
use crate::notifications::open_conversation;
use crate::status;
use crate::window::MainWindow;
use deskbell_app::{HostStatus, Ring};
use deskbell_domain::ConversationRef;
pub use picture::Panel;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, Manager};
use tokio::sync::watch;

#[cfg(windows)]
pub use picture::overlay;

/// How many of those who wait the menu names.
const NAMED_AT_MOST: usize = 5;

/// The tray as the rest of the shell sees it.
pub struct Tray {
    handle: AppHandle,
    view: watch::Sender<View>,
    presence: Arc<Presence>,
}

/// Everything the icon and its menu show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    status: HostStatus,
    /// Longest waiting first.
    rings: Vec<Waiting>,
    panel: Panel,
}

/// A conversation that rings, in the words of its notification, which leave the name out where that was chosen.
#[derive(Clone, Debug, PartialEq)]
struct Waiting {
    conversation: ConversationRef,
    title: String,
}

/// Whether a person can find the icon.
#[derive(Debug, Default)]
pub struct Presence {
    running: AtomicBool,
    /// The panel went away, or there is none.
    gone: AtomicBool,
}

/// A line of the menu, in the same order everywhere.
#[derive(Clone, Debug, PartialEq)]
enum Line {
    Heading(String),
    Conversation(ConversationRef, String),
    Separator,
    Open,
    Quit,
}

/// What a person asks for by the tray.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Action {
    Open,
    Show(ConversationRef),
    Quit,
}

impl Tray {
    /// Puts the icon up in the background.
    pub fn start(handle: AppHandle) -> Self {
        let (view, changes) = watch::channel(View::default());
        let presence = Arc::new(Presence::default());
        backend::start(&handle, changes, Arc::clone(&presence));
        Self {
            handle,
            view,
            presence,
        }
    }

    /// Whether there is a panel that shows the icon, so that a hidden window can be found again.
    pub fn is_seen(&self) -> bool {
        self.presence.running.load(Ordering::SeqCst) && !self.presence.gone.load(Ordering::SeqCst)
    }

    /// Shows the number of those who wait, or that the server cannot be reached.
    pub fn show(&self, status: HostStatus) {
        self.change(|view| view.status = status);
    }

    /// Names one more in the menu.
    pub fn add(&self, ring: &Ring) {
        let waiting = Waiting {
            conversation: ring.conversation,
            title: ring.title.clone(),
        };
        self.change(|view| {
            match view
                .rings
                .iter_mut()
                .find(|known| known.conversation == waiting.conversation)
            {
                Some(known) => *known = waiting,
                None => view.rings.push(waiting),
            }
        });
    }

    /// Names one less.
    pub fn remove(&self, conversation: ConversationRef) {
        self.change(|view| view.rings.retain(|known| known.conversation != conversation));
    }

    /// The panel may have changed from light to dark.
    pub fn theme_changed(&self) {
        let panel = Panel::now(&self.handle);
        self.change(|view| view.panel = panel);
    }

    fn change(&self, change: impl FnOnce(&mut View)) {
        self.view.send_if_modified(|view| {
            let before = view.clone();
            change(view);
            *view != before
        });
    }
}

impl View {
    /// The program's name, and what is worth saying beside it.
    fn title(&self) -> String {
        match self.status.waiting {
            0 if !self.is_cut_off() => "Deskbell".into(),
            _ => format!("Deskbell: {}", self.summary()),
        }
    }

    fn is_cut_off(&self) -> bool {
        self.status.signed_in && self.status.offline
    }

    /// What the tooltip says below the name.
    fn summary(&self) -> String {
        if self.is_cut_off() {
            format!(
                "{}, as last known. Offline",
                status::need_a_person(self.status.waiting)
            )
        } else {
            status::need_a_person(self.status.waiting)
        }
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = vec![Line::Heading(self.summary())];
        let named = self.rings.iter().take(NAMED_AT_MOST);
        lines.extend(named.map(|waiting| Line::Conversation(waiting.conversation, waiting.title.clone())));
        lines.extend([Line::Separator, Line::Open, Line::Separator, Line::Quit]);
        lines
    }
}

impl Line {
    fn label(&self) -> &str {
        match self {
            Self::Heading(words) | Self::Conversation(_, words) => words,
            Self::Separator => "",
            Self::Open => "Open Deskbell",
            Self::Quit => "Quit Deskbell",
        }
    }

    /// `None` = only to be read.
    fn action(&self) -> Option<Action> {
        match self {
            Self::Heading(_) | Self::Separator => None,
            Self::Conversation(conversation, _) => Some(Action::Show(*conversation)),
            Self::Open => Some(Action::Open),
            Self::Quit => Some(Action::Quit),
        }
    }
}

impl Action {
    fn carry_out(self, handle: &AppHandle) {
        match self {
            Self::Open => handle.state::<MainWindow>().reveal(),
            Self::Show(conversation) => open_conversation(handle, conversation),
            Self::Quit => lifecycle::quit(handle),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, ConversationId};

    fn view(waiting: u32, rings: usize) -> View {
        View {
            status: HostStatus {
                waiting,
                offline: false,
                signed_in: true,
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
        assert_eq!(lines.last(), Some(&Line::Quit));
        assert!(lines.iter().any(|line| line.action() == Some(Action::Open)));
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

//! The icon in the panel: how many wait, who, and a way back to the window. Nothing depends on it being there.

mod picture;
mod view;

#[cfg(target_os = "linux")]
#[path = "status_notifier.rs"]
mod backend;
#[cfg(not(target_os = "linux"))]
#[path = "native.rs"]
mod backend;

use crate::lifecycle;
use crate::notifications::open_conversation;
use crate::window::MainWindow;
use deskbell_app::{HostStatus, Ring};
use deskbell_domain::ConversationRef;
pub use picture::Panel;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, Manager};
use tokio::sync::watch;
use view::{View, Waiting};

#[cfg(windows)]
pub use picture::overlay;

/// The tray as the rest of the shell sees it.
pub struct Tray {
    handle: AppHandle,
    view: watch::Sender<View>,
    presence: Arc<Presence>,
}

/// Whether a person can find the icon.
#[derive(Debug, Default)]
pub struct Presence {
    running: AtomicBool,
    /// The panel went away, or there is none.
    gone: AtomicBool,
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

impl Action {
    fn carry_out(self, handle: &AppHandle) {
        match self {
            Self::Open => handle.state::<MainWindow>().reveal(),
            Self::Show(conversation) => open_conversation(handle, conversation),
            Self::Quit => lifecycle::quit(handle),
        }
    }
}

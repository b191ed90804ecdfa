//! What the app asks of the window, tray, notifications and sound.

use crate::events::EventStream;
use crate::notifications::Notifications;
use crate::sound::Bell;
use crate::tray::Tray;
use crate::window::MainWindow;
use crate::{downloads, lifecycle, links};
use deskbell_app::schema::EventBatch;
use deskbell_app::{Host, HostStatus, NewFile, Reminder, Ring, Trial};
use deskbell_domain::ConversationRef;
use std::time::{SystemTime, UNIX_EPOCH};
use tauri::{AppHandle, Manager};

/// The desktop as a host.
pub struct Desktop {
    handle: AppHandle,
}

impl Desktop {
    pub fn new(handle: AppHandle) -> Self {
        Self { handle }
    }
}

impl Host for Desktop {
    fn now(&self) -> i64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |elapsed| elapsed.as_secs().try_into().unwrap_or(i64::MAX))
    }

    fn send(&self, batch: EventBatch) {
        self.handle.state::<EventStream>().send(batch);
    }

    fn ring(&self, ring: &Ring) {
        self.handle.state::<Tray>().add(ring);
        if !ring.fresh {
            return;
        }
        self.handle.state::<Notifications>().show(ring);
        self.handle.state::<MainWindow>().ask_for_attention();
        if let Some(volume) = ring.volume {
            self.handle.state::<Bell>().strike(ring.conversation, volume);
        }
    }

    fn remind(&self, reminder: &Reminder) {
        self.handle.state::<Notifications>().remind(reminder);
    }

    fn notice(&self, notice: &Ring) {
        self.handle.state::<Notifications>().show(notice);
    }

    fn try_bell(&self, trial: &Trial) {
        self.handle.state::<Notifications>().try_out(trial);
        if let Some(volume) = trial.volume {
            self.handle.state::<Bell>().try_out(volume);
        }
    }

    fn withdraw(&self, conversation: ConversationRef) {
        self.handle.state::<Tray>().remove(conversation);
        self.handle.state::<Notifications>().withdraw(conversation);
        self.handle.state::<Bell>().stop(conversation);
    }

    fn show_status(&self, status: &HostStatus) {
        self.handle.state::<Tray>().show(*status);
        self.handle.state::<MainWindow>().show_waiting(status.waiting);
    }

    fn open_link(&self, url: &str) {
        links::open(url);
    }

    fn keep_file(&self, name: &str, bytes: &[u8]) -> Option<String> {
        downloads::keep(&self.handle, name, bytes)
    }

    fn begin_file(&self, name: &str) -> Option<Box<dyn NewFile>> {
        downloads::begin(&self.handle, name)
    }

    fn quit(&self) {
        lifecycle::quit(&self.handle);
    }
}

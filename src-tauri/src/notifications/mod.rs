//! The notice that a guest needs a person: one for each conversation, replaced, taken down when somebody opened it.
//!
//! A convenience only. The truth is the app's own record of the alert, which tray, title and list show as well.

#[cfg(target_os = "linux")]
#[path = "freedesktop.rs"]
mod backend;
#[cfg(not(target_os = "linux"))]
#[path = "native.rs"]
mod backend;

use crate::window::MainWindow;
use deskbell_app::{App, Reminder, Ring, Trial, words};
use deskbell_domain::ConversationRef;
use std::sync::Arc;
use std::time::Duration;
use tauri::{AppHandle, Manager};
use tokio::sync::{mpsc, oneshot};

/// The end of the program waits no longer for the last notices to be taken down.
const CLEAR_LIMIT: Duration = Duration::from_secs(1);

/// Notices of this run. Calls return at once.
pub struct Notifications {
    orders: mpsc::UnboundedSender<Order>,
}

enum Order {
    Show(Notice),
    Withdraw(ConversationRef),
    /// Take everything down, then say so.
    Clear(oneshot::Sender<()>),
}

#[derive(Clone, Debug, PartialEq)]
struct Notice {
    subject: Subject,
    title: String,
    body: String,
    /// On its button.
    open: &'static str,
}

/// What a notice is about; `None` = only tried.
type Subject = Option<ConversationRef>;

/// Called when a person clicked a notice.
type OnClick = Arc<dyn Fn(Subject) + Send + Sync>;

impl Notifications {
    pub fn start(handle: AppHandle) -> Self {
        let (orders, received) = mpsc::unbounded_channel();
        let on_click: OnClick = Arc::new(move |subject| match subject {
            Some(conversation) => open_conversation(&handle, conversation),
            None => handle.state::<MainWindow>().reveal(),
        });
        tauri::async_runtime::spawn(backend::run(received, on_click));
        Self { orders }
    }

    pub fn show(&self, ring: &Ring) {
        self.order(Order::Show(Notice {
            subject: Some(ring.conversation),
            title: ring.title.clone(),
            body: ring.body.clone(),
            open: words::open(ring.language),
        }));
    }

    pub fn remind(&self, reminder: &Reminder) {
        self.order(Order::Show(Notice {
            subject: Some(reminder.conversation),
            title: reminder.title.clone(),
            body: reminder.body.clone(),
            open: words::open(reminder.language),
        }));
    }

    pub fn try_out(&self, trial: &Trial) {
        self.order(Order::Show(Notice {
            subject: None,
            title: trial.title.clone(),
            body: trial.body.clone(),
            open: words::open(trial.language),
        }));
    }

    pub fn withdraw(&self, conversation: ConversationRef) {
        self.order(Order::Withdraw(conversation));
    }

    /// Takes all down: nobody would answer a click on them.
    pub async fn clear(&self) {
        let (done, cleared) = oneshot::channel();
        self.order(Order::Clear(done));
        if tokio::time::timeout(CLEAR_LIMIT, cleared).await.is_err() {
            tracing::debug!("Notices were left behind");
        }
    }

    fn order(&self, order: Order) {
        // Fails only when there is no service for notices, which was logged once.
        self.orders.send(order).ok();
    }
}

/// A person clicked for this conversation: the only reason besides the tray to bring the window forward.
pub fn open_conversation(handle: &AppHandle, conversation: ConversationRef) {
    if let Some(app) = handle.try_state::<App>() {
        app.open_from_outside(conversation);
    }
    handle.state::<MainWindow>().reveal();
}

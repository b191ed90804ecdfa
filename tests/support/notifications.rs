//! What shows notifications on a desktop, as the freedesktop specification has it: a test sees what a person would, and
//! presses what a person would.

use crate::desktop::Desktop;
use crate::until::PATIENCE;
use std::collections::HashMap;
use tokio::sync::watch;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;

const PATH: &str = "/org/freedesktop/Notifications";

/// One notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    pub id: u32,
    /// How often it was replaced by a newer text.
    pub replaced: u32,
    pub app: String,
    pub summary: String,
    pub body: String,
    /// Keys and labels of its buttons.
    pub actions: Vec<(String, String)>,
    /// Closed by the program or by a person.
    pub closed: bool,
}

/// The owner of `org.freedesktop.Notifications` on a test's desktop. Start it before the app.
pub struct Notifications {
    connection: zbus::Connection,
    toasts: watch::Receiver<Vec<Toast>>,
}

struct Service {
    toasts: watch::Sender<Vec<Toast>>,
}

impl Notifications {
    pub async fn start(desktop: &Desktop) -> Self {
        let (sender, toasts) = watch::channel(Vec::new());
        let connection = desktop.connect().await;
        let served = connection
            .object_server()
            .at(PATH, Service { toasts: sender })
            .await;
        served.expect("the notification service can be offered");
        connection
            .request_name("org.freedesktop.Notifications")
            .await
            .expect("nobody else shows notifications");
        Self { connection, toasts }
    }

    /// Everything that was ever shown, oldest first.
    pub fn history(&self) -> Vec<Toast> {
        self.toasts.borrow().clone()
    }

    /// What is on the screen now.
    pub fn shown(&self) -> Vec<Toast> {
        self.history().into_iter().filter(|toast| !toast.closed).collect()
    }

    /// Waits for a notification on the screen that `fits`.
    pub async fn wait_for(&self, what: &str, fits: impl Fn(&Toast) -> bool) -> Toast {
        let holds = |all: &[Toast]| all.iter().find(|toast| !toast.closed && fits(toast)).cloned();
        self.wait(what, holds).await
    }

    /// Waits until nothing is on the screen.
    pub async fn wait_until_none(&self) {
        let none = |all: &[Toast]| all.iter().all(|toast| toast.closed).then_some(());
        self.wait("every notification to be withdrawn", none).await;
    }

    /// Presses a button of a notification; `default` is the notification itself.
    pub async fn press(&self, id: u32, action: &str) {
        let emitter = SignalEmitter::new(&self.connection, PATH).expect("the path is well formed");
        Service::action_invoked(&emitter, id, action)
            .await
            .expect("the bus carries signals");
    }

    async fn wait<T>(&self, what: &str, holds: impl Fn(&[Toast]) -> Option<T>) -> T {
        let mut toasts = self.toasts.clone();
        let waiting = toasts.wait_for(|all| holds(all).is_some());
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(Ok(all)) => holds(&all).expect("it held a moment ago"),
            _ => panic!(
                "waited {} s for {what}; there were {:?}",
                PATIENCE.as_secs(),
                self.history()
            ),
        }
    }
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    #[expect(clippy::too_many_arguments, reason = "the specification has eight")]
    fn notify(
        &self,
        app_name: String,
        replaces_id: u32,
        _app_icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        let pairs = actions
            .chunks_exact(2)
            .map(|pair| (pair[0].clone(), pair[1].clone()));
        let mut toast = Toast {
            id: replaces_id,
            replaced: 0,
            app: app_name,
            summary,
            body,
            actions: pairs.collect(),
            closed: false,
        };
        self.toasts
            .send_modify(|all| match all.iter_mut().find(|old| old.id == replaces_id) {
                Some(old) => {
                    toast.replaced = old.replaced + 1;
                    *old = toast.clone();
                }
                None => {
                    toast.id = all.iter().map(|old| old.id).max().unwrap_or(0) + 1;
                    all.push(toast.clone());
                }
            });
        toast.id
    }

    async fn close_notification(&self, id: u32, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) {
        self.toasts.send_modify(|all| {
            all.iter_mut()
                .filter(|toast| toast.id == id)
                .for_each(|toast| toast.closed = true);
        });
        // 3 = closed by a call.
        let _ = Self::notification_closed(&emitter, id, 3).await;
    }

    fn get_capabilities(&self) -> Vec<&str> {
        vec!["actions", "body", "body-markup", "persistence"]
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("tests", "deskbell", "1", "1.2")
    }

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action_key: &str) -> zbus::Result<()>;
}

//! Notices on Linux, by org.freedesktop.Notifications.

use super::{Notice, OnClick, Order};
use deskbell_domain::ConversationRef;
use futures_util::StreamExt;
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::mpsc;
use zbus::zvariant::Value;

/// A desktop that answers later than this does not keep the next notice waiting.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);
/// The specification's highest urgency: stays until somebody acts on it.
const CRITICAL: u8 = 2;
const NEVER_EXPIRES: i32 = 0;
/// The specification's word for a click on the notice itself.
const CLICK: &str = "default";
const OPEN: &str = "open";

#[zbus::proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications",
    gen_blocking = false
)]
trait Desktop {
    #[allow(clippy::too_many_arguments, reason = "the specification's own list")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Value<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;
    fn close_notification(&self, id: u32) -> zbus::Result<()>;
    fn get_capabilities(&self) -> zbus::Result<Vec<String>>;
    #[zbus(signal)]
    fn action_invoked(&self, id: u32, action_key: String) -> zbus::Result<()>;
    #[zbus(signal)]
    fn notification_closed(&self, id: u32, reason: u32) -> zbus::Result<()>;
}

/// Carries out orders and hears clicks until the program ends.
pub async fn run(orders: mpsc::UnboundedReceiver<Order>, on_click: OnClick) {
    if let Err(error) = serve(orders, on_click).await {
        tracing::warn!(%error, "No notices");
    }
}

async fn serve(mut orders: mpsc::UnboundedReceiver<Order>, on_click: OnClick) -> zbus::Result<()> {
    let connection = zbus::Connection::session().await?;
    let desktop = DesktopProxy::new(&connection).await?;
    let mut clicks = desktop.receive_action_invoked().await?;
    let mut closings = desktop.receive_notification_closed().await?;
    let mut shown = Shown::default();
    let mut failed_before = false;
    loop {
        tokio::select! {
            order = orders.recv() => {
                let Some(order) = order else { return Ok(()) };
                let outcome = tokio::time::timeout(ANSWER_LIMIT, carry_out(&desktop, &mut shown, order)).await;
                let failed = !matches!(outcome, Ok(Ok(())));
                if failed && !failed_before {
                    tracing::warn!("The desktop does not take notices");
                }
                failed_before = failed;
            }
            Some(signal) = clicks.next() => {
                if let Some(conversation) = signal.args().ok().and_then(|click| shown.at(click.id)) {
                    on_click(conversation);
                }
            }
            Some(signal) = closings.next() => {
                if let Ok(closing) = signal.args() {
                    shown.closed(closing.id);
                }
            }
        }
    }
}

async fn carry_out(desktop: &DesktopProxy<'_>, shown: &mut Shown, order: Order) -> zbus::Result<()> {
    match order {
        Order::Show(notice) => {
            let id = show(desktop, shown.id(notice.conversation), &notice).await?;
            shown.shown(notice.conversation, id);
        }
        Order::Withdraw(conversation) => {
            if let Some(id) = shown.take(conversation) {
                close(desktop, id).await;
            }
        }
        Order::Clear(done) => {
            for (_, id) in shown.ids.drain() {
                close(desktop, id).await;
            }
            done.send(()).ok();
        }
    }
    Ok(())
}

async fn show(desktop: &DesktopProxy<'_>, replaces: u32, notice: &Notice) -> zbus::Result<u32> {
    // Asked each time: the service may have been replaced since.
    let capabilities = desktop.get_capabilities().await.unwrap_or_default();
    let body = match capabilities.iter().any(|capability| capability == "body-markup") {
        true => escape(&notice.body),
        false => notice.body.clone(),
    };
    let hints = HashMap::from([
        ("urgency", Value::from(CRITICAL)),
        ("category", Value::from("im.received")),
        ("desktop-entry", Value::from("Deskbell")),
        // The bell is ours.
        ("suppress-sound", Value::from(true)),
    ]);
    let actions = [CLICK, "Open", OPEN, "Open"];
    desktop
        .notify(
            "Deskbell",
            replaces,
            "deskbell",
            &notice.title,
            &body,
            &actions,
            hints,
            NEVER_EXPIRES,
        )
        .await
}

/// One that is gone already is as good as closed.
async fn close(desktop: &DesktopProxy<'_>, id: u32) {
    desktop.close_notification(id).await.ok();
}

/// Guests' words must not become markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Which notice belongs to which conversation.
#[derive(Default)]
struct Shown {
    ids: HashMap<ConversationRef, u32>,
}

impl Shown {
    /// The notice to be replaced; 0 = a new one.
    fn id(&self, conversation: ConversationRef) -> u32 {
        self.ids.get(&conversation).copied().unwrap_or(0)
    }

    fn shown(&mut self, conversation: ConversationRef, id: u32) {
        // A restarted service counts from the beginning: an old number may now be somebody else's.
        self.closed(id);
        self.ids.insert(conversation, id);
    }

    /// Whose notice this is; other programs' clicks come by as well.
    fn at(&self, id: u32) -> Option<ConversationRef> {
        self.ids
            .iter()
            .find_map(|(conversation, known)| (*known == id).then_some(*conversation))
    }

    fn take(&mut self, conversation: ConversationRef) -> Option<u32> {
        self.ids.remove(&conversation)
    }

    fn closed(&mut self, id: u32) {
        self.ids.retain(|_, known| *known != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, ConversationId};

    fn conversation(id: i64) -> ConversationRef {
        ConversationRef::new(AccountKey(1), ConversationId(id))
    }

    #[test]
    fn a_conversation_has_one_notice() {
        let mut shown = Shown::default();
        assert_eq!(shown.id(conversation(1)), 0);
        shown.shown(conversation(1), 7);
        assert_eq!(shown.id(conversation(1)), 7);
        assert_eq!(shown.at(7), Some(conversation(1)));
        assert_eq!(shown.at(8), None, "another program's notice");
        assert_eq!(shown.take(conversation(1)), Some(7));
        assert_eq!(shown.take(conversation(1)), None);
    }

    #[test]
    fn a_closed_notice_is_not_replaced_but_shown_anew() {
        let mut shown = Shown::default();
        shown.shown(conversation(1), 7);
        shown.closed(7);
        assert_eq!(shown.id(conversation(1)), 0);
    }

    #[test]
    fn a_number_used_again_belongs_to_the_latest() {
        let mut shown = Shown::default();
        shown.shown(conversation(1), 1);
        shown.shown(conversation(2), 1);
        assert_eq!(shown.at(1), Some(conversation(2)));
        assert_eq!(shown.id(conversation(1)), 0);
    }

    #[test]
    fn words_of_a_guest_are_no_markup() {
        assert_eq!(escape("<b>1 & 2</b>"), "&lt;b&gt;1 &amp; 2&lt;/b&gt;");
    }
}

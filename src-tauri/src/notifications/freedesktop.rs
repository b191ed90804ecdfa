//! Notices on Linux. Each keeps its handle: with it the desktop knows that somebody still answers clicks, and a notice can
//! be taken down the moment a colleague takes the conversation.

use super::{Notice, OnClick, Order, Subject};
use notify_rust::{
    Hint, Notification, NotificationHandle, NotificationResponse, Timeout, Urgency, get_capabilities,
};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

/// A desktop that answers later than this does not keep the next notice waiting.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);
const OPEN: &str = "open";

/// Carries out orders and hears clicks until the program ends.
pub async fn run(mut orders: mpsc::UnboundedReceiver<Order>, on_click: OnClick) {
    let mut shown: HashMap<Subject, Shown> = HashMap::new();
    let mut failed_before = false;
    while let Some(order) = orders.recv().await {
        let carried_out = carry_out(&mut shown, &on_click, order);
        let failed = !matches!(tokio::time::timeout(ANSWER_LIMIT, carried_out).await, Ok(Ok(())));
        if failed && !failed_before {
            tracing::warn!("The desktop does not take notices");
        }
        failed_before = failed;
    }
}

/// A notice on the screen, and who waits for its click.
struct Shown {
    handle: Arc<NotificationHandle>,
    waits: AbortHandle,
}

async fn carry_out(
    shown: &mut HashMap<Subject, Shown>,
    on_click: &OnClick,
    order: Order,
) -> notify_rust::error::Result<()> {
    match order {
        Order::Show(notice) => {
            let old = shown.remove(&notice.subject);
            let replaces = old.as_ref().map(|old| old.handle.id());
            if let Some(old) = old {
                // A replaced notice keeps its number: its click must be heard once.
                old.waits.abort();
            }
            let subject = notice.subject;
            shown.insert(subject, show(notice, replaces, on_click.clone()).await?);
        }
        Order::Withdraw(conversation) => {
            if let Some(notice) = shown.remove(&Some(conversation)) {
                take_down(notice).await;
            }
        }
        Order::Clear(done) => {
            for (_, notice) in shown.drain() {
                take_down(notice).await;
            }
            done.send(()).ok();
        }
    }
    Ok(())
}

async fn show(notice: Notice, replaces: Option<u32>, on_click: OnClick) -> notify_rust::error::Result<Shown> {
    let body = body_for_this_desktop(&notice.body).await;
    let mut notification = Notification::new();
    notification
        .appname("Deskbell")
        .icon("deskbell")
        .summary(&notice.title)
        .body(&body)
        .action("default", notice.open)
        .action(OPEN, notice.open)
        .urgency(Urgency::Critical)
        .hint(Hint::Category("im.received".to_owned()))
        .hint(Hint::DesktopEntry("Deskbell".to_owned()))
        // The bell is ours.
        .hint(Hint::SuppressSound(true))
        .timeout(Timeout::Never);
    if let Some(id) = replaces {
        notification.id(id);
    }
    let handle = Arc::new(notification.show_async().await?);
    let (heard, subject) = (handle.clone(), notice.subject);
    let waits = tokio::spawn(async move {
        let clicked = |response: &NotificationResponse| {
            if is_click(response) {
                on_click(subject);
            }
        };
        heard.wait_for_action_async(clicked).await;
    });
    Ok(Shown {
        handle,
        waits: waits.abort_handle(),
    })
}

/// A click on the notice itself, or on its button.
fn is_click(response: &NotificationResponse) -> bool {
    match response {
        NotificationResponse::Default => true,
        NotificationResponse::Action(action) => action == OPEN,
        _ => false,
    }
}

async fn take_down(notice: Shown) {
    notice.waits.abort();
    notice.handle.close_async().await;
}

/// Guests' words must not become markup where the desktop reads it.
async fn body_for_this_desktop(body: &str) -> String {
    let asked = tokio::task::spawn_blocking(get_capabilities).await;
    let capabilities = asked.ok().and_then(Result::ok).unwrap_or_default();
    match capabilities.iter().any(|capability| capability == "body-markup") {
        true => escape(body),
        false => body.to_owned(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_guest_are_no_markup() {
        assert_eq!(escape("<b>1 & 2</b>"), "&lt;b&gt;1 &amp; 2&lt;/b&gt;");
    }

    #[test]
    fn only_a_click_opens_the_conversation() {
        assert!(is_click(&NotificationResponse::Default));
        assert!(is_click(&NotificationResponse::Action(OPEN.to_owned())));
        assert!(!is_click(&NotificationResponse::Action("other".to_owned())));
    }
}

//! Notices on Windows and macOS.
//!
//! Both take a notice down by their own rules and not when asked by this route; tray, badge and list do. That is why a
//! ring is an ordinary notice here: one that stays until a person acts would outlive its reason.

use super::{Notice, OnClick, Order, Subject};
use crate::options::IDENTIFIER;
use notify_rust::{Notification, NotificationResponse};
use std::collections::HashMap;
use tokio::sync::mpsc;

const OPEN: &str = "open";

/// Carries out orders until the program ends.
pub async fn run(mut orders: mpsc::UnboundedReceiver<Order>, on_click: OnClick) {
    #[cfg(target_os = "macos")]
    if let Err(error) = notify_rust::set_application(IDENTIFIER) {
        tracing::warn!(%error, "Notices carry another program's name");
    }
    let mut last: HashMap<Subject, Notice> = HashMap::new();
    while let Some(order) = orders.recv().await {
        match order {
            // The same words again would be stacked, not replaced. What is tried is meant to be seen again.
            Order::Show(notice) if notice.subject.is_some() && last.get(&notice.subject) == Some(&notice) => {
            }
            Order::Show(notice) => {
                last.insert(notice.subject, notice.clone());
                show(notice, OnClick::clone(&on_click));
            }
            Order::Withdraw(conversation) => {
                last.remove(&Some(conversation));
            }
            Order::Clear(done) => {
                last.clear();
                done.send(()).ok();
            }
        }
    }
}

/// Waiting for the click holds a thread until the notice is gone.
fn show(notice: Notice, on_click: OnClick) {
    std::thread::spawn(move || {
        let mut notification = Notification::new();
        notification
            .appname("Deskbell")
            .summary(&notice.title)
            .body(&notice.body)
            .action(OPEN, notice.open);
        #[cfg(windows)]
        notification.app_id(IDENTIFIER);
        let shown = notification.show().and_then(|handle| {
            handle.wait_for_response(|response: &NotificationResponse| {
                if matches!(
                    response,
                    NotificationResponse::Default | NotificationResponse::Action(_)
                ) {
                    on_click(notice.subject);
                }
            })
        });
        if shown.is_err() {
            tracing::warn!("The system does not take notices");
        }
    });
}

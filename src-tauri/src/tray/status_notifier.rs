//! The tray on Linux: a StatusNotifierItem on the session bus, as every panel that has a tray reads it.

use super::view::{Line, View};
use super::{Action, Presence, picture};
use ksni::menu::StandardItem;
use ksni::{Category, Icon, MenuItem, OfflineReason, Status, ToolTip, TrayMethods};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tauri::AppHandle;
use tokio::sync::watch;

struct Item {
    handle: AppHandle,
    view: View,
    presence: Arc<Presence>,
}

/// Puts the icon up and follows the changes. Without a session bus there is none.
pub fn start(handle: &AppHandle, mut changes: watch::Receiver<View>, presence: Arc<Presence>) {
    let item = Item {
        handle: handle.clone(),
        view: changes.borrow_and_update().clone(),
        presence: Arc::clone(&presence),
    };
    tauri::async_runtime::spawn(async move {
        // The panel may start after the program does: it is told when it comes.
        let tray = match item.assume_sni_available(true).spawn().await {
            Ok(tray) => tray,
            Err(error) => {
                tracing::info!(%error, "No tray");
                return;
            }
        };
        presence.running.store(true, Ordering::SeqCst);
        while changes.changed().await.is_ok() {
            let view = changes.borrow_and_update().clone();
            if tray.update(|item| item.view = view).await.is_none() {
                presence.running.store(false, Ordering::SeqCst);
                return;
            }
        }
    });
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "deskbell".into()
    }

    fn category(&self) -> Category {
        Category::Communications
    }

    fn title(&self) -> String {
        self.view.title()
    }

    /// A panel that hides quiet icons must show this one while somebody waits.
    fn status(&self) -> Status {
        match self.view.status.waiting {
            0 => Status::Active,
            _ => Status::NeedsAttention,
        }
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        picture::of(self.view.status)
            .images(self.view.panel)
            .map(|image| icon(&image))
            .collect()
    }

    fn attention_icon_pixmap(&self) -> Vec<Icon> {
        self.icon_pixmap()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip {
            title: "Deskbell".into(),
            description: self.view.summary(),
            ..ToolTip::default()
        }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        Action::Open.carry_out(&self.handle);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.view.lines().iter().map(menu_item).collect()
    }

    fn watcher_online(&self) {
        self.presence.gone.store(false, Ordering::SeqCst);
    }

    fn watcher_offline(&self, _reason: OfflineReason) -> bool {
        self.presence.gone.store(true, Ordering::SeqCst);
        true
    }
}

fn menu_item(line: &Line) -> MenuItem<Item> {
    if *line == Line::Separator {
        return MenuItem::Separator;
    }
    let action = line.action();
    StandardItem {
        // An underscore would mark an access key.
        label: line.label().replace('_', "__"),
        enabled: action.is_some(),
        activate: Box::new(move |item: &mut Item| {
            if let Some(action) = action {
                action.carry_out(&item.handle);
            }
        }),
        ..StandardItem::default()
    }
    .into()
}

/// The bus wants ARGB, the picture is RGBA.
fn icon(image: &tauri::image::Image<'_>) -> Icon {
    let argb = |pixel: &[u8]| match *pixel {
        [red, green, blue, alpha] => [alpha, red, green, blue],
        _ => [0; 4],
    };
    Icon {
        width: image.width().try_into().unwrap_or_default(),
        height: image.height().try_into().unwrap_or_default(),
        data: image.rgba().chunks_exact(4).flat_map(argb).collect(),
    }
}

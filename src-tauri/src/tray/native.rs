//! The tray on Windows and macOS.

use super::view::{Line, View};
use super::{Action, Presence, picture};
use deskbell_domain::{AccountKey, ConversationId, ConversationRef};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};
use tokio::sync::watch;

const OPEN: &str = "open";
const QUIT: &str = "quit";
const HEADING: &str = "heading";
const SHOW: &str = "show";

/// Puts the icon up and follows the changes. Called on the window's thread.
pub fn start(handle: &AppHandle, mut changes: watch::Receiver<View>, presence: Arc<Presence>) {
    let first = changes.borrow_and_update().clone();
    let tray = match build(handle, &first) {
        Ok(tray) => tray,
        Err(error) => {
            tracing::warn!(%error, "No tray");
            return;
        }
    };
    presence.running.store(true, Ordering::SeqCst);
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        while changes.changed().await.is_ok() {
            let view = changes.borrow_and_update().clone();
            if let Err(error) = show(&handle, &tray, &view) {
                tracing::warn!(%error, "The tray did not change");
            }
        }
    });
}

fn build(handle: &AppHandle, view: &View) -> tauri::Result<TrayIcon<Wry>> {
    let mut builder = TrayIconBuilder::with_id("deskbell")
        .tooltip(view.title())
        .menu(&menu(handle, view)?)
        // The left button opens the window, as everywhere on Windows; a menu bar item opens its menu.
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_menu_event(|handle, event| {
            if let Some(action) = action_of(event.id().as_ref()) {
                action.carry_out(handle);
            }
        })
        .on_tray_icon_event(|tray, event| {
            let left_click = matches!(
                event,
                TrayIconEvent::Click {
                    button: MouseButton::Left,
                    button_state: MouseButtonState::Up,
                    ..
                }
            );
            if left_click && cfg!(windows) {
                Action::Open.carry_out(tray.app_handle());
            }
        });
    if let Some(image) = image(view) {
        builder = builder.icon(image);
    }
    builder.build(handle)
}

fn show(handle: &AppHandle, tray: &TrayIcon<Wry>, view: &View) -> tauri::Result<()> {
    tray.set_icon(image(view))?;
    tray.set_tooltip(Some(view.title()))?;
    tray.set_menu(Some(menu(handle, view)?))
}

/// Windows draws it at 16 or 32 pixels, macOS at 22 or 44.
fn image(view: &View) -> Option<Image<'static>> {
    let mut images = picture::of(view.status).images(view.panel);
    if cfg!(target_os = "macos") {
        images.last()
    } else {
        images.next()
    }
}

fn menu(handle: &AppHandle, view: &View) -> tauri::Result<Menu<Wry>> {
    let menu = Menu::new(handle)?;
    for line in view.lines() {
        if line == Line::Separator {
            menu.append(&PredefinedMenuItem::separator(handle)?)?;
            continue;
        }
        // An ampersand would mark an access key.
        let label = line.label().replace('&', "&&");
        let enabled = line.action().is_some();
        menu.append(&MenuItem::with_id(
            handle,
            id_of(&line),
            label,
            enabled,
            None::<&str>,
        )?)?;
    }
    Ok(menu)
}

fn id_of(line: &Line) -> String {
    match line.action() {
        None => HEADING.into(),
        Some(Action::Open) => OPEN.into(),
        Some(Action::Quit) => QUIT.into(),
        Some(Action::Show(conversation)) => format!("{SHOW}/{}/{}", conversation.account, conversation.id),
    }
}

fn action_of(id: &str) -> Option<Action> {
    let mut parts = id.split('/');
    match parts.next()? {
        OPEN => Some(Action::Open),
        QUIT => Some(Action::Quit),
        SHOW => {
            let account = AccountKey(parts.next()?.parse().ok()?);
            let id = ConversationId(parts.next()?.parse().ok()?);
            Some(Action::Show(ConversationRef::new(account, id)))
        }
        _ => None,
    }
}

//! The one window: shown when its screen is drawn, remembered where it was, never brought forward by itself.

mod page;
mod placement;

use crate::options::Options;
use crate::status;
use crate::{lifecycle, tray};
use deskbell_app::schema::Theme as Chosen;
use placement::{Placement, Screen};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tauri::window::Color;
use tauri::{AppHandle, LogicalSize, Manager, PhysicalPosition, Theme, UserAttentionType};
use tauri::{WebviewWindow, WindowEvent};

const LABEL: &str = "main";
const DARK: Color = Color(0x13, 0x12, 0x11, 0xFF);
const LIGHT: Color = Color(0xF2, 0xF0, 0xEC, 0xFF);
/// How long a screen that is not drawn keeps the window hidden.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long a hidden start waits for a tray at the beginning of a session before the window is shown after all.
const TRAY_PATIENCE: Duration = Duration::from_secs(20);

/// The window and what is remembered about it.
pub struct MainWindow {
    handle: AppHandle,
    file: PathBuf,
    web_data: PathBuf,
    hidden_start: bool,
    shown_once: AtomicBool,
    theme: Mutex<Chosen>,
}

impl MainWindow {
    pub fn new(handle: AppHandle, options: &Options) -> Self {
        Self {
            handle,
            file: options.data_dir.join("window.json"),
            web_data: options.data_dir.join("webview"),
            hidden_start: options.hidden,
            shown_once: AtomicBool::new(false),
            theme: Mutex::new(Chosen::System),
        }
    }

    /// Makes the window, still hidden.
    pub fn create(&self) -> tauri::Result<()> {
        let window = page::build(&self.handle, &self.web_data)?;
        if let Some(saved) = Placement::read(&self.file) {
            place(&window, saved)?;
        }
        self.paint_background();
        let handle = self.handle.clone();
        window.on_window_event(move |event| on_event(&handle, event));
        self.show_in_time();
        Ok(())
    }

    /// The screen is drawn: time to be seen, unless this start was meant to stay in the tray.
    pub fn screen_is_ready(&self) {
        if !self.hidden_start {
            self.show_first();
        }
    }

    /// A person asked for the window: by the tray, a notification, or a second start.
    pub fn reveal(&self) {
        self.shown_once.store(true, Ordering::SeqCst);
        self.with(|window| {
            window.show()?;
            window.unminimize()?;
            window.set_focus()
        });
    }

    pub fn hide(&self) {
        self.with(WebviewWindow::hide);
    }

    /// The colours the person chose for the screen.
    pub fn use_theme(&self, theme: Chosen) {
        let before = std::mem::replace(&mut *lock(&self.theme), theme);
        if before != theme {
            self.paint_background();
        }
    }

    /// Something rings. The window stays where it is; the taskbar may blink.
    pub fn ask_for_attention(&self) {
        self.with(|window| {
            if window.is_focused()? {
                return Ok(());
            }
            window.request_user_attention(Some(UserAttentionType::Critical))
        });
    }

    /// The number of conversations that need a person, in title and taskbar.
    pub fn show_waiting(&self, waiting: u32) {
        self.with(move |window| {
            window.set_title(&status::window_title(waiting))?;
            if waiting == 0 {
                window.request_user_attention(None)?;
            }
            show_badge(window, waiting)
        });
    }

    /// Writes down where the window is. A window that cannot be remembered is no reason to disturb anybody.
    pub fn remember(&self) {
        let file = self.file.clone();
        self.with(move |window| {
            if let Some(placement) = current(window, &file)?
                && let Err(error) = placement.write(&file)
            {
                tracing::warn!(kind = ?error.kind(), "Cannot remember the window");
            }
            Ok(())
        });
    }

    fn show_first(&self) {
        if !self.shown_once.swap(true, Ordering::SeqCst) {
            self.with(WebviewWindow::show);
        }
    }

    /// Shows the window even if its screen never says that it is drawn; after a hidden start only where no tray came.
    fn show_in_time(&self) {
        let handle = self.handle.clone();
        let hidden_start = self.hidden_start;
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(if hidden_start { TRAY_PATIENCE } else { PATIENCE }).await;
            if !hidden_start || !handle.state::<tray::Tray>().is_seen() {
                handle.state::<MainWindow>().show_first();
            }
        });
    }

    /// `bg` of the design: no white flash before the first paint or while resizing.
    fn paint_background(&self) {
        let chosen = *lock(&self.theme);
        self.with(move |window| {
            let is_dark = match chosen {
                Chosen::Dark => true,
                Chosen::Light => false,
                Chosen::System => window.theme()? == Theme::Dark,
            };
            window.set_background_color(Some(if is_dark { DARK } else { LIGHT }))
        });
    }

    /// Does something with the window, if there is one, in the order it was asked. Nobody waits for it: questions to the
    /// window are answered by its own thread, which may be busy ending the program.
    fn with(&self, act: impl FnOnce(&WebviewWindow) -> tauri::Result<()> + Send + 'static) {
        let handle = self.handle.clone();
        let posted = self.handle.run_on_main_thread(move || {
            if let Some(window) = handle.get_webview_window(LABEL)
                && let Err(error) = act(&window)
            {
                tracing::warn!(%error, "The window did not do as asked");
            }
        });
        if posted.is_err() {
            tracing::debug!("There is no window any more");
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn on_event(handle: &AppHandle, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            lifecycle::close_requested(handle);
        }
        // Also covers a computer that is switched off without a word.
        WindowEvent::Focused(false) => handle.state::<MainWindow>().remember(),
        WindowEvent::ThemeChanged(_) => {
            handle.state::<MainWindow>().paint_background();
            handle.state::<tray::Tray>().theme_changed();
        }
        _ => {}
    }
}

fn place(window: &WebviewWindow, saved: Placement) -> tauri::Result<()> {
    let screens: Vec<Screen> = window.available_monitors()?.iter().map(Screen::from).collect();
    let placement = saved.fit(&screens);
    window.set_size(LogicalSize::new(placement.width, placement.height))?;
    if let Some((x, y)) = placement.position {
        window.set_position(PhysicalPosition::new(x, y))?;
    }
    if placement.maximized {
        window.maximize()?;
    }
    Ok(())
}

/// Where the window is now. While it fills the screen, its place before that is kept.
fn current(window: &WebviewWindow, file: &std::path::Path) -> tauri::Result<Option<Placement>> {
    if window.is_minimized()? || !window.is_visible()? {
        return Ok(None);
    }
    if window.is_maximized()? || window.is_fullscreen()? {
        let before = Placement::read(file).unwrap_or_default();
        return Ok(Some(Placement {
            maximized: true,
            ..before
        }));
    }
    let size = window.inner_size()?.to_logical::<f64>(window.scale_factor()?);
    let position = window.outer_position()?;
    Ok(Some(Placement {
        position: Some((position.x, position.y)),
        width: size.width,
        height: size.height,
        maximized: false,
    }))
}

#[cfg(not(windows))]
fn show_badge(window: &WebviewWindow, waiting: u32) -> tauri::Result<()> {
    window.set_badge_count((waiting > 0).then_some(waiting.into()))
}

#[cfg(windows)]
fn show_badge(window: &WebviewWindow, waiting: u32) -> tauri::Result<()> {
    window.set_overlay_icon(tray::overlay(waiting))
}

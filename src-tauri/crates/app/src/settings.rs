//! What a person chose, kept in the durable file under one key.

use crate::core::Running;
use crate::schema::{CommandError, Language, SettingsView};
use deskbell_store::Store;
use deskbell_sync::Depth;

const KEY: &str = "settings";
/// The port the built-in desk had last.
const DESK_PORT: &str = "built_in_port";

/// What the screen was written in last: a ring may come before the screen.
const LANGUAGE: &str = "language";

/// Ten years.
const MOST_DAYS: u32 = 3_650;
const MOST_MEGABYTES: u32 = 100_000;
/// A day.
const MOST_MINUTES: u32 = 24 * 60;
/// More commands, or longer names of commands and keys, than the screen has.
const MOST_KEYS: usize = 100;
const LONGEST_KEY: usize = 40;

/// The stored settings; missing or unreadable ones are the defaults.
pub(crate) async fn load(store: &Store) -> Result<SettingsView, CommandError> {
    let stored = store.setting(KEY).await?;
    Ok(stored
        .and_then(|value| serde_json::from_value(value).ok())
        .unwrap_or_default())
}

/// Keeps them, within their limits.
pub(crate) async fn save(store: &Store, mut settings: SettingsView) -> Result<(), CommandError> {
    settings.text_scale = settings.text_scale.clamp(0.9, 1.5);
    settings.volume = settings.volume.clamp(0.0, 1.0);
    settings.offline_days = settings.offline_days.clamp(1, MOST_DAYS);
    settings.offline_megabytes = settings.offline_megabytes.clamp(50, MOST_MEGABYTES);
    settings.lock_after_minutes = settings
        .lock_after_minutes
        .map(|minutes| minutes.clamp(1, MOST_MINUTES));
    let fits = |text: &String| text.len() <= LONGEST_KEY;
    settings.keys.retain(|command, key| fits(command) && fits(key));
    while settings.keys.len() > MOST_KEYS {
        settings.keys.pop_last();
    }
    let value = serde_json::to_value(&settings).map_err(|error| crate::core::failed(&error))?;
    store.set_setting(KEY, value).await?;
    Ok(())
}

/// Back to what nobody chose.
pub(crate) async fn forget(store: &Store) -> Result<(), CommandError> {
    store.set_setting(KEY, serde_json::Value::Null).await?;
    Ok(())
}

/// Tells the sync what it goes by.
pub(crate) async fn tell_engine(running: &Running) {
    let settings = match load(&running.store).await {
        Ok(settings) => settings,
        Err(error) => return tracing::warn!(?error, "Settings could not be read"),
    };
    running.engine.set_ring_without_ai(settings.ring_without_ai);
    running.engine.set_depth(Depth {
        days: settings.offline_days,
        megabytes: settings.offline_megabytes,
    });
}

pub(crate) async fn language(store: &Store) -> Option<Language> {
    let value = store.setting(LANGUAGE).await.ok()??;
    serde_json::from_value(value).ok()
}

pub(crate) async fn keep_language(store: &Store, language: Language) {
    let Ok(value) = serde_json::to_value(language) else {
        return;
    };
    if let Err(error) = store.set_setting(LANGUAGE, value).await {
        tracing::warn!(%error, "The language could not be kept");
    }
}

pub(crate) async fn desk_port(store: &Store) -> Option<u16> {
    let value = store.setting(DESK_PORT).await.ok()??;
    u16::try_from(value.as_u64()?).ok()
}

pub(crate) async fn keep_desk_port(store: &Store, port: u16) {
    if let Err(error) = store.set_setting(DESK_PORT, port.into()).await {
        tracing::warn!(%error, "The desk's port could not be kept");
    }
}

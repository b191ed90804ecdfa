//! What a person chose, kept in the durable file under one key.

use crate::schema::{CommandError, SettingsView};
use deskbell_store::Store;

const KEY: &str = "settings";
/// The port the built-in desk had last.
const DESK_PORT: &str = "built_in_port";

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
    let value = serde_json::to_value(&settings).map_err(|error| crate::core::failed(&error))?;
    store.set_setting(KEY, value).await?;
    Ok(())
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

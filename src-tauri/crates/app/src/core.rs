//! The running program behind a host.

use crate::host::Host;
use crate::schema::{CommandError, ErrorCode, Mutate, Query, Trigger};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;

/// Where things are on this computer.
#[derive(Clone, Debug)]
pub struct AppOptions {
    /// The profile: encrypted files, logs, the built-in desk's own folder.
    pub data_dir: PathBuf,
    /// The built-in desk's program; `None` = this installation has none.
    pub desk_binary: Option<PathBuf>,
}

/// The running program. Cheap to clone.
#[derive(Clone)]
pub struct App {
    host: Arc<dyn Host>,
    options: Arc<AppOptions>,
}

impl App {
    /// Starts in the background and returns at once: the screen asks `session` and listens for its event. Call inside
    /// a Tokio runtime.
    pub fn start(host: Arc<dyn Host>, options: AppOptions) -> Self {
        Self {
            host,
            options: Arc::new(options),
        }
    }

    /// Answers a question.
    ///
    /// # Errors
    /// [`CommandError`], whose code says what the screen can do.
    pub async fn query(&self, query: Query) -> Result<Value, CommandError> {
        Err(self.not_ready(query.name()))
    }

    /// Carries out a change, or says durably that it will be.
    ///
    /// # Errors
    /// As [`App::query`].
    pub async fn mutate(&self, mutate: Mutate) -> Result<Value, CommandError> {
        Err(self.not_ready(mutate.name()))
    }

    /// Does something outside the inbox.
    pub fn trigger(&self, trigger: Trigger) {
        tracing::debug!(name = trigger.name(), now = self.host.now(), "Not ready");
    }

    /// The host asks to show a conversation (a notification was clicked): held back until the screen is ready.
    pub fn open_from_outside(&self, conversation: deskbell_domain::ConversationRef) {
        tracing::debug!(%conversation.id, dir = ?self.options.data_dir.file_name(), "Not ready");
    }

    /// Stops everything in order: children end, files close. Call before the program ends.
    pub async fn shutdown(&self) {}

    fn not_ready(&self, name: &str) -> CommandError {
        CommandError {
            code: ErrorCode::NotReady,
            message: format!("{name}: not ready"),
            retryable: true,
        }
    }
}

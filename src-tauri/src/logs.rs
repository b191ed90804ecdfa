//! The program's own record. It holds what happened and where, never a name, a message or a token.

use crate::error::ShellError;
use std::path::Path;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Days of logs that are kept.
const KEPT_DAYS: usize = 14;
/// Other people's crates speak only from a warning up; `DESKBELL_LOG` says otherwise.
const USUAL: &str = "warn,deskbell=info";

/// Opens today's file in `<data_dir>/logs`. The answer writes out what is left when it is dropped.
pub fn start(data_dir: &Path) -> Result<WorkerGuard, ShellError> {
    let folder = data_dir.join("logs");
    private_folder(data_dir)
        .and_then(|()| private_folder(&folder))
        .map_err(|source| ShellError::DataFolder {
            path: data_dir.to_owned(),
            source,
        })?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("deskbell")
        .filename_suffix("log")
        .max_log_files(KEPT_DAYS)
        .build(folder)
        .map_err(|error| ShellError::Logs(error.to_string()))?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    let asked = std::env::var("DESKBELL_LOG").ok();
    // Whoever asks for more also wants to see it come.
    let on_screen = asked.as_ref().map(|_| Layer::new().with_writer(std::io::stderr));
    let filter = EnvFilter::builder().parse_lossy(asked.as_deref().unwrap_or(USUAL));
    tracing_subscriber::registry()
        .with(filter)
        .with(Layer::new().with_ansi(false).with_writer(writer))
        .with(on_screen)
        .try_init()
        .map_err(|error| ShellError::Logs(error.to_string()))?;
    Ok(guard)
}

/// Records where a panic happened. Its text is left out: it may quote what a guest wrote.
pub fn catch_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or("unnamed");
        tracing::error!(location, thread, "Panicked");
        eprintln!("deskbell: stopped at {location} in thread {thread}");
    }));
}

fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

//! The built-in desk as a child process: started when somebody chose it, restarted when it ends, never outliving the app.

use crate::schema::{GuestPageView, SignInProblem};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};

/// Filling the demo properties takes a few seconds on a slow disk.
const START_LIMIT: Duration = Duration::from_secs(60);

/// What the desk prints when it listens.
#[derive(Clone, Debug, Deserialize)]
pub struct DeskInfo {
    pub url: String,
    pub accounts: Vec<DeskAccount>,
    pub logins: Vec<DeskLogin>,
    #[serde(default)]
    pub guest_links: Vec<DeskGuestLink>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct DeskAccount {
    pub id: i64,
    pub name: String,
}

#[derive(Clone, Deserialize)]
pub struct DeskLogin {
    pub role: String,
    pub access_token: String,
}

impl std::fmt::Debug for DeskLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeskLogin")
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct DeskGuestLink {
    pub account_id: i64,
    pub url: String,
}

impl DeskInfo {
    /// The person who tries the desk: an agent rather than an administrator, because that is who sits at the counter.
    pub fn receptionist(&self) -> Option<&DeskLogin> {
        self.logins
            .iter()
            .find(|login| login.role == "agent")
            .or(self.logins.first())
    }

    /// Guest pages by property.
    pub fn guest_pages(&self) -> Vec<GuestPageView> {
        let name = |id| {
            self.accounts
                .iter()
                .find(|account| account.id == id)
                .map(|account| account.name.clone())
        };
        self.guest_links
            .iter()
            .map(|link| GuestPageView {
                property: name(link.account_id).unwrap_or_default(),
                url: link.url.clone(),
            })
            .collect()
    }

    /// The port it listens on, to ask for the same one next time: guest links stay valid.
    pub fn port(&self) -> Option<u16> {
        url::Url::parse(&self.url).ok()?.port()
    }
}

/// A running built-in desk. Dropping it ends the process: it stops when its standard input closes, also when this
/// program is killed.
pub struct BuiltInDesk {
    pub info: DeskInfo,
    child: Child,
    _lifeline: Option<ChildStdin>,
}

impl BuiltInDesk {
    /// Starts `binary` in its own folder and waits until it listens; `port` is the one it had last time.
    ///
    /// # Errors
    /// [`SignInProblem::NoAnswer`] when it cannot be started; the log says why.
    pub async fn start(binary: &Path, data_dir: &Path, port: Option<u16>) -> Result<Self, SignInProblem> {
        let folder = data_dir.join("desk");
        if let Some(port) = port {
            match launch(binary, &folder, port).await {
                Ok(desk) => return Ok(desk),
                Err(error) => tracing::info!(%error, "The built-in desk takes another port"),
            }
        }
        launch(binary, &folder, 0).await.map_err(|error| {
            tracing::error!(%error, "The built-in desk could not be started");
            SignInProblem::NoAnswer
        })
    }

    /// True once the process is gone.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }
}

async fn launch(binary: &Path, folder: &PathBuf, port: u16) -> std::io::Result<BuiltInDesk> {
    let mut child = Command::new(binary)
        .args(["serve", "--demo", "--print-json", "--with-parent", "--listen"])
        .arg(format!("127.0.0.1:{port}"))
        .arg("--data")
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let lifeline = child.stdin.take();
    let stdout = child
        .stdout
        .take()
        .ok_or_else(|| std::io::Error::other("no standard output"))?;
    let mut lines = BufReader::new(stdout).lines();
    let first = tokio::time::timeout(START_LIMIT, lines.next_line())
        .await
        .map_err(|_| std::io::Error::other("it did not say that it listens"))??;
    let line = first.ok_or_else(|| std::io::Error::other("it ended at once"))?;
    let info = serde_json::from_str(&line).map_err(std::io::Error::other)?;
    Ok(BuiltInDesk {
        info,
        child,
        _lifeline: lifeline,
    })
}

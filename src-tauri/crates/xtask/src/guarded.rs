//! A child that cannot outlive the one who started it.

use crate::failure::{Failure, Outcome};
use std::ffi::OsStr;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
#[cfg(target_os = "linux")]
use std::{fs::File, path::Path};

/// How long a part may take to become ready. Generous: a busy machine is slow, not broken.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running child; dropping it kills it. Should this process be killed first, the system ends the child.
#[derive(Debug)]
pub struct Guarded {
    child: Child,
}

impl Guarded {
    /// Starts a prepared command.
    ///
    /// # Errors
    /// The program cannot be started.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command
            .spawn()
            .map_err(Failure::during(format_args!("Cannot start `{program}`")))?;
        Ok(Self { child })
    }

    /// The running child, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Polls until `ready` says yes.
    ///
    /// # Errors
    /// The child ended, or was not ready within 30 seconds.
    pub fn wait_until(&mut self, what: &str, mut ready: impl FnMut() -> bool) -> Outcome {
        let deadline = Instant::now() + PATIENCE;
        while !ready() {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(Failure::new(format!(
                    "{what} ended before it was ready ({status})"
                )));
            }
            if Instant::now() > deadline {
                return Err(Failure::new(format!(
                    "{what} did not become ready in {} s",
                    PATIENCE.as_secs()
                )));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command for `program` that the system ends together with the thread that starts it, where the system can.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = guarded(program.as_ref());
    command.stdin(Stdio::null());
    command
}

#[cfg(target_os = "linux")]
fn guarded(program: &OsStr) -> Command {
    // util-linux's setpriv sets the parent-death signal, which from Rust would need unsafe code.
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

#[cfg(not(target_os = "linux"))]
fn guarded(program: &OsStr) -> Command {
    Command::new(program)
}

/// Sends what the program says into `folder/name.log`.
#[cfg(target_os = "linux")]
pub(crate) fn log_to<'a>(command: &'a mut Command, folder: &Path, name: &str) -> Outcome<&'a mut Command> {
    let path = folder.join(format!("{name}.log"));
    let doing = format!("Cannot write {}", path.display());
    let log = File::create(&path).map_err(Failure::during(&doing))?;
    let copy = log.try_clone().map_err(Failure::during(&doing))?;
    Ok(command.stdout(log).stderr(copy))
}

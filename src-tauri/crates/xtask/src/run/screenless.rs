//! The app on a virtual display, with a picture of it kept up to date.

use crate::workspace;
use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;
use xtask::session::{Session, SessionOptions};
use xtask::{Failure, Outcome};

/// How often the picture is looked at again.
const PERIOD: Duration = Duration::from_secs(2);

/// Runs `app` in a session of its own until it ends or is interrupted.
pub fn run(mut app: Command) -> Outcome {
    let folder = workspace::target().join("run");
    let options = SessionOptions {
        screen: (1280, 800),
        notifications: true,
        ..SessionOptions::in_folder(folder.join("session"))
    };
    println!(
        "\nThere is no display here: starting a virtual one with a session bus, keyring and notifications."
    );
    let session = Session::start(&options)?;
    let picture = folder.join("current.png");
    // Ended with the terminal's own interrupt, which reaches the whole process group.
    let app = session.enter(&mut app).spawn();
    let mut app = app.map_err(Failure::during("Cannot start Deskbell"))?;
    explain(&session, &picture);
    let watched = watch(&session, &mut app, &picture);
    let _ = app.kill();
    let _ = app.wait();
    watched
}

fn explain(session: &Session, picture: &Path) {
    println!(
        "Picture of the screen, renewed every 2 s while it changes: {}",
        picture.display()
    );
    println!(
        "It shows the sign-in page; \"Try it with the built-in desk\" needs no account. To click and type:"
    );
    println!(
        "  DISPLAY={0} xdotool mousemove X Y click 1    DISPLAY={0} xdotool type TEXT",
        session.display()
    );
    println!("Ctrl-C ends it.");
}

fn watch(session: &Session, app: &mut Child, picture: &Path) -> Outcome {
    let fresh = picture.with_extension("new.png");
    loop {
        thread::sleep(PERIOD);
        let ended = app.try_wait().map_err(Failure::during("Cannot watch Deskbell"))?;
        if let Some(status) = ended {
            println!("Deskbell ended ({status})");
            return if status.success() {
                Ok(())
            } else {
                Err(Failure::new("Deskbell failed"))
            };
        }
        session.picture(&fresh)?;
        if fs::read(&fresh).ok() != fs::read(picture).ok() {
            // Renamed, so that a viewer never reads half a picture.
            fs::rename(&fresh, picture).map_err(Failure::during("Cannot keep the picture"))?;
        }
    }
}

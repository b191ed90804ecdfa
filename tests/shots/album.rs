//! Where pictures are put: light and dark, as small as they can be.

use deskbell_tests::app::Window;
use deskbell_tests::desktop::Desktop;
use deskbell_tests::places;
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Enough for text, shades and a guest's photo.
const COLOURS: &str = "96";

/// The frame around a window of the tests' desktop, in pixels: left of the page, and above it.
const FRAME: (u32, u32) = (1, 20);

pub struct Album {
    folder: PathBuf,
}

impl Album {
    pub fn new(folder: PathBuf) -> Self {
        std::fs::create_dir_all(&folder).expect("folders can be made");
        Self { folder }
    }

    /// Keeps the page as it is now in both themes.
    pub async fn keep(&self, (desktop, window): Seen<'_>, name: &str) {
        rest_pointer(window).await;
        for theme in ["light", "dark"] {
            run(
                window,
                &format!("document.documentElement.dataset.theme = '{theme}'"),
            )
            .await;
            still(window).await;
            let size = run(window, "return `${innerWidth}x${innerHeight}`").await;
            let name = format!("{name}-{theme}");
            window.picture(desktop, &name).await;
            let page = format!("{}+{}+{}", size.as_str().unwrap_or_default(), FRAME.0, FRAME.1);
            shrink(
                &places::picture(&name),
                &page,
                &self.folder.join(format!("{name}.png")),
            );
            println!("{name}");
        }
        run(window, "document.documentElement.dataset.theme = 'light'").await;
    }
}

/// Waits until no colour is on its way to another.
async fn still(window: &Window) {
    deskbell_tests::until::until("the colours of the theme", async || {
        let moving = "return document.getAnimations().some((one) => one instanceof CSSTransition)";
        (run(window, moving).await == false).then_some(())
    })
    .await;
}

/// Away from everything that answers to a pointer over it, a name it would show included: below the rail's last button.
async fn rest_pointer(window: &Window) {
    let bottom = run(window, "return innerHeight - 2").await;
    let away = PointerAction::MoveTo {
        duration: None,
        x: 1.0,
        y: bottom.as_f64().unwrap_or(1.0),
    };
    let moved = MouseActions::new("mouse".to_owned()).then(away);
    let moved = window.client().perform_actions(moved).await;
    moved.expect("the pointer can be moved");
}

/// What is looked at, and where it stands.
pub type Seen<'a> = (&'a Desktop, &'a Window);

/// The page without the desktop around it; few colours, no date: equal screens make equal files.
fn shrink(from: &Path, page: &str, to: &Path) {
    let mut convert = Command::new("convert");
    convert
        .arg(from)
        .args(["-trim", "+repage", "-crop", page, "+repage"]);
    convert.args(["+dither", "-colors", COLOURS, "-strip"]);
    convert.args(["-define", "png:compression-level=9"]);
    convert.args(["-define", "png:exclude-chunks=date,time"]);
    let mut small = std::ffi::OsString::from("PNG8:");
    small.push(to);
    let done = convert.arg(small).status();
    let done = done.expect("`convert` (ImageMagick) is installed");
    assert!(done.success(), "{} could not be made smaller", from.display());
}

pub async fn run(window: &Window, script: &str) -> Value {
    let answer = window.client().execute(script, vec![]).await;
    answer.unwrap_or_else(|error| panic!("{script}: {error}"))
}

/// Gives the page that many pixels.
pub async fn resize(window: &Window, width: u32, height: u32) {
    let resized = window.client().set_window_size(width, height).await;
    resized.expect("the window takes another size");
    deskbell_tests::until::until("the window's new size", async || {
        (run(window, "return innerWidth").await == width).then_some(())
    })
    .await;
}

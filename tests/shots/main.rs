//! Pictures of every screen of the real window, for the documentation: `front-desk-shots FOLDER [PART…]`; without parts,
//! all of them. Linux only.
//!
//! The demo desk tells the same story at each start; what depends on the hour differs. Not for: judging what is drawn,
//! which tests and people do.

#[cfg(target_os = "linux")]
mod album;
#[cfg(target_os = "linux")]
mod desk;
#[cfg(target_os = "linux")]
mod edges;
#[cfg(target_os = "linux")]
mod seldom;
#[cfg(target_os = "linux")]
mod signing_in;

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() {
    let folder = std::env::args().nth(1).expect("front-desk-shots FOLDER");
    let album = album::Album::new(folder.into());
    let parts: Vec<String> = std::env::args().skip(2).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|one| one == part);
    if wanted("signing-in") {
        signing_in::show(&album).await;
        signing_in::show_passphrase(&album).await;
    }
    if wanted("desk") {
        desk::show(&album).await;
    }
    if wanted("edges") {
        edges::show(&album).await;
    }
    if wanted("seldom") {
        seldom::show_first_day(&album).await;
        seldom::show_given_away(&album).await;
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("Nothing drives the window of a program from outside here.");
}

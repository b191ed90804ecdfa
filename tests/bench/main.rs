//! How fast the window answers: fifty thousand conversations, one of them with ten thousand messages, in the real
//! window on a virtual display. Prints a table for `docs/performance.md`; judges nothing.
//!
//! `cargo xtask bench` builds everything with optimisations and runs it; `-- CONVERSATIONS` asks for another number.

#[cfg(target_os = "linux")]
mod figures;
#[cfg(target_os = "linux")]
mod window;

#[cfg(target_os = "linux")]
fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.expect("a runtime can be made");
    let wanted = std::env::args().skip(1).find_map(|word| word.parse().ok());
    runtime.block_on(window::measure(wanted.unwrap_or(50_000)));
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("Nothing drives the window of a program from outside on this system.");
}

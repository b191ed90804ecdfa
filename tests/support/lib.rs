//! Real parts for tests: the built-in desk, a desktop session, the window, a guest's browser, what shows notifications
//! and what shows the tray.
//!
//! Nothing here imitates a part of Deskbell or its server. Helpers fail the test with a sentence that says what was
//! waited for. Everything ends with the value that holds it.

pub mod clock;
mod controls;
pub mod core;
pub mod corpus;
pub mod desk;
pub mod elsewhere;
pub mod outside;
pub mod places;
pub mod proxy;
pub mod until;
pub mod worker;

#[cfg(target_os = "linux")]
pub mod app;
#[cfg(target_os = "linux")]
pub mod desktop;
#[cfg(target_os = "linux")]
pub mod driver;
#[cfg(target_os = "linux")]
pub mod front_desk;
#[cfg(target_os = "linux")]
pub mod guest;
#[cfg(target_os = "linux")]
pub mod notifications;
#[cfg(target_os = "linux")]
pub mod page;
#[cfg(target_os = "linux")]
pub mod processes;
#[cfg(target_os = "linux")]
pub mod tray;

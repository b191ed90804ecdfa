//! What must hold however rudely the program, the computer or the network ends: killed at any moment, put to sleep, a
//! connection that is dead and does not say so.

mod half_open;
mod killed;
mod kills;
#[cfg(target_os = "linux")]
mod stopped;

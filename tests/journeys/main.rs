//! The core against the built-in desk: real processes, real sockets, real files.

mod desk_process;
mod escalation;
mod outbox;
mod properties;
mod scene;
mod secrets;
mod sign_in;

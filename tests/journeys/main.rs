//! The core against the built-in desk: real processes, real sockets, real files.

mod customers;
mod depth;
mod desk_process;
mod escalation;
mod files;
mod leaving;
mod left;
mod lock;
mod notices;
mod outbox;
mod pictures;
mod properties;
mod roles;
mod scene;
mod secrets;
mod sign_in;
mod statistics;
mod taken_back;
mod views;

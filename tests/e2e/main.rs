//! The real window with the real desk, as a receptionist and a guest use them. Linux only: elsewhere nothing drives the
//! window of a program from outside.
#![cfg(target_os = "linux")]

mod bad_network;
mod composer;
mod customer;
mod first_run;
mod front_desk;
mod harness;
mod list;
mod main_job;
mod many;
mod sign_in;

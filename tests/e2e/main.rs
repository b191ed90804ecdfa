//! The real window with the real desk, as a receptionist and a guest use them. Linux only: elsewhere nothing drives the
//! window of a program from outside.
#![cfg(target_os = "linux")]

mod answering;
mod assistant;
mod axe;
mod bad_network;
mod beside;
mod blocked;
mod bulk;
mod channels;
mod company;
mod composer;
mod customer;
mod day;
mod first_run;
mod handing;
mod harness;
mod hostile;
mod keyboard;
mod leaving;
mod list;
mod lock;
mod looks;
mod main_job;
mod many;
mod media;
mod palette;
mod panel;
mod reading;
mod roles;
mod rows;
mod searching;
mod sign_in;
mod spoken;
mod statistics;
mod team;
mod thread;
mod tongues;
mod views;

// Every room opens with it.
use deskbell_tests::front_desk;

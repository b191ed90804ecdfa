//! One encrypted SQLite file with its threads.
//!
//! For: opening and keying a file, bringing its schema up to date, and running work on its connections. Not for: what is
//! in the tables.

mod fault;
mod lane;
mod lock;
mod migrate;
mod open;
mod worker;

pub(crate) use fault::Fault;
pub(crate) use lock::FolderLock;
pub(crate) use migrate::Migration;
pub(crate) use open::{Connector, FileSpec};
pub(crate) use worker::{DatabaseFile, received};

//! Which files there are, and the steps of their schemas. `schema/*.sql` explains every column.

use crate::file::{FileSpec, Migration};

/// Only this computer knows it: never dropped, never rebuilt.
pub(crate) const DURABLE: FileSpec = FileSpec {
    name: crate::DURABLE_FILE,
    application_id: 0x4462_4475,
    synchronous: "FULL",
    migrations: &[Migration {
        name: "first",
        sql: include_str!("../migrations/durable/01_first.sql"),
    }],
};

/// The server can tell it again. Stored entities are JSON of `deskbell-domain`: a change of their form that old rows do
/// not fit needs a step that empties the tables.
pub(crate) const CACHE: FileSpec = FileSpec {
    name: "cache.db",
    application_id: 0x4462_4361,
    synchronous: "NORMAL",
    migrations: &[Migration {
        name: "first",
        sql: include_str!("../migrations/cache/01_first.sql"),
    }],
};

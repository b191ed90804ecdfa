//! The core against the built-in desk: real processes, real sockets, real files.

mod desk_process;

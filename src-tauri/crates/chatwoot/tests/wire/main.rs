//! What goes over the wire, against real servers on loopback that answer as the reference says.

mod calls;
mod errors;
mod loopback;
mod requests;
mod sign_in;

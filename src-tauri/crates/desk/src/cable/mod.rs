//! The socket (reference §10): who is connected, what they hear, and the frames of ActionCable.
//!
//! Nothing is replayed: whoever is not connected has to ask over REST afterwards, as with any Chatwoot server.

pub mod events;
pub mod hub;
pub mod lookers;
pub mod presence;
pub mod socket;
pub mod subscription;

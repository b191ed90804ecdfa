//! The list of conversations and its counts (reference §3.2).

//! The dialogues as data, the desk they are played on, and the judgement of every answer.
// Shared with nobody: each part is used by the one test file.

pub mod judge;
pub mod known;
pub mod script;
pub mod stage;

//! The dialogues as data, the desk they are played on, and the judgement of every answer.

pub mod judge;
pub mod known;
pub mod script;
pub mod stage;

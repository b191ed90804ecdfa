//! The assistant: what it answers, when it calls a person, and what the guest's page shows of it.

#![allow(clippy::unwrap_used)]

mod actions;
mod answers;
mod demo_desk;
mod dialogue_set;
mod dialogues;
mod guest_page;
mod llm;

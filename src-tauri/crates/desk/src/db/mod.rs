//! The desk's one SQLite file: opening it, its migrations, one writer and a few readers, and the rows of each table.
//!
//! No rules here and no wire: rows in, rows out.

pub mod account;
pub mod attachment;
pub mod canned_response;
pub mod carrier;
pub mod condition;
pub mod contact;
pub mod contact_list;
pub mod conversation;
pub mod conversation_list;
pub mod csat_survey_response;
pub mod custom_attribute_definition;
pub mod custom_filter;
pub mod custom_role;
pub mod draft_message;
pub mod filter;
pub mod functions;
pub mod inbound;
pub mod inbox;
pub mod json;
pub mod label;
pub mod lanes;
pub mod macros;
pub mod message;
pub mod mfa;
pub mod migrations;
pub mod note;
pub mod notification;
pub mod notification_setting;
pub mod outbound;
pub mod people;
pub mod report;
pub mod reporting_event;
pub mod rows;
pub mod search;
pub mod session;
pub mod shared_view;
pub mod sight;
pub mod team;
pub mod upload;
pub mod webhook;

pub use lanes::Lanes;
pub use migrations::Migration;

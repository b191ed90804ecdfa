//! Making and changing channels over the wire (reference §2.1, §2.2), for administrators.
//!
//! For: the settings every channel has, and those of the kinds this desk can make ([`channel`]). Not for: who works on a
//! channel, nor its bot, which have calls of their own; nor the kinds only the command line makes.

mod channel;
mod week;

use super::setup;
use crate::cable::events::Happening;
use crate::db::inbox::{self, Inbox};
use crate::db::json::Object;
use crate::db::{account, carrier};
use crate::desk::Change;
use crate::error::ApiError;
use axum::http::StatusCode;
use channel::Own;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// Channels of an account made over the wire; lists of them are read whole.
const MOST: usize = 200;
/// Characters.
const LONGEST_NAME: usize = 255;
const LONGEST_TEXT: usize = 20_000;

/// What is wanted of a channel, as it came; `None` leaves what there is.
#[derive(Default)]
pub struct Wanted {
    pub name: Option<String>,
    pub greeting_enabled: Option<bool>,
    /// The inner `None` takes it away.
    pub greeting_message: Option<Option<String>>,
    /// The inner `None` takes it away.
    pub out_of_office_message: Option<Option<String>>,
    pub working_hours_enabled: Option<bool>,
    /// Days in the form of the wire.
    pub working_hours: Option<Value>,
    pub timezone: Option<String>,
    pub enable_auto_assignment: Option<bool>,
    pub csat_survey_enabled: Option<bool>,
    pub lock_to_single_conversation: Option<bool>,
    pub allow_messages_after_resolved: Option<bool>,
    /// The settings of its kind under the names of the wire; a new one needs the `type` among them.
    pub channel: Option<Object>,
}

/// Makes a channel, without members and without a bot. Refuses kinds this desk has no provider for.
pub fn create(change: &mut Change<'_>, account_id: i64, wanted: &Wanted) -> Result<Inbox, ApiError> {
    let others = inbox::all(change, account_id)?;
    if others.len() >= MOST {
        let error = json!({ "error": "Account limit exceeded. Please upgrade to a higher plan" });
        return Err(ApiError::Answer(StatusCode::PAYMENT_REQUIRED, error));
    }
    let name = name(wanted.name.as_deref().unwrap_or_default())?;
    let nothing = Object::new();
    let (channel_type, own) = channel::new(&others, wanted.channel.as_ref().unwrap_or(&nothing))?;
    let id = setup::channel(change, account_id, &name, channel_type, &own.settings, None)?;
    put_carrier(change, id, own)?;
    let made = inbox::find(change, id)?.ok_or(ApiError::NotFound)?;
    save(change, made, wanted)
}

/// Changes a channel.
pub fn update(change: &mut Change<'_>, mut found: Inbox, wanted: &Wanted) -> Result<Inbox, ApiError> {
    if let Some(settings) = &wanted.channel {
        let others = inbox::all(change, found.account_id)?;
        let known = carrier::of_inbox(change, found.id)?;
        let own = channel::changed(&others, &found, known, settings)?;
        found.channel.clone_from(&own.settings);
        put_carrier(change, found.id, own)?;
    }
    save(change, found, wanted)
}

/// Lets clients read the channels again.
pub fn tell(change: &mut Change<'_>, account_id: i64) -> Result<(), ApiError> {
    account::touch_cache_key(change, account_id, "inbox", change.now_ms)?;
    change.tell(Happening::CacheInvalidated { account_id });
    Ok(())
}

fn put_carrier(change: &Change<'_>, inbox_id: i64, own: Own) -> Result<(), ApiError> {
    let Some(mut provider) = own.carrier else {
        return Ok(());
    };
    provider.inbox_id = inbox_id;
    carrier::put(change, &provider)
}

fn save(change: &mut Change<'_>, mut inbox: Inbox, wanted: &Wanted) -> Result<Inbox, ApiError> {
    take(&mut inbox, wanted)?;
    inbox::update(change, &inbox)?;
    tell(change, inbox.account_id)?;
    Ok(inbox)
}

fn take(inbox: &mut Inbox, wanted: &Wanted) -> Result<(), ApiError> {
    if let Some(wanted) = &wanted.name {
        inbox.name = name(wanted)?;
    }
    if let Some(text) = &wanted.greeting_message {
        inbox.greeting_message = short(text.as_deref(), "greeting_message", "Greeting message")?;
    }
    if let Some(text) = &wanted.out_of_office_message {
        inbox.out_of_office_message =
            short(text.as_deref(), "out_of_office_message", "Out of office message")?;
    }
    if let Some(zone) = &wanted.timezone {
        if TimeZone::get(zone).is_err() {
            return Err(ApiError::invalid(
                "Timezone is not included in the list",
                "timezone",
            ));
        }
        inbox.timezone.clone_from(zone);
    }
    if let Some(days) = &wanted.working_hours {
        inbox.working_hours = week::changed(&inbox.working_hours, days)?;
    }
    for (flag, wanted) in [
        (&mut inbox.greeting_enabled, wanted.greeting_enabled),
        (&mut inbox.working_hours_enabled, wanted.working_hours_enabled),
        (&mut inbox.enable_auto_assignment, wanted.enable_auto_assignment),
        (&mut inbox.csat_survey_enabled, wanted.csat_survey_enabled),
        (
            &mut inbox.lock_to_single_conversation,
            wanted.lock_to_single_conversation,
        ),
        (
            &mut inbox.allow_messages_after_resolved,
            wanted.allow_messages_after_resolved,
        ),
    ] {
        *flag = wanted.unwrap_or(*flag);
    }
    Ok(())
}

fn name(wanted: &str) -> Result<String, ApiError> {
    let name = wanted.trim();
    if name.is_empty() {
        return Err(ApiError::invalid("Name can't be blank", "name"));
    }
    if name.chars().count() > LONGEST_NAME {
        let message = format!("Name is too long (maximum is {LONGEST_NAME} characters)");
        return Err(ApiError::invalid(message, "name"));
    }
    Ok(name.to_owned())
}

fn short(text: Option<&str>, attribute: &'static str, shown: &str) -> Result<Option<String>, ApiError> {
    let text = text.filter(|text| !text.trim().is_empty());
    if text.is_some_and(|text| text.chars().count() > LONGEST_TEXT) {
        let message = format!("{shown} is too long (maximum is {LONGEST_TEXT} characters)");
        return Err(ApiError::invalid(message, attribute));
    }
    Ok(text.map(str::to_owned))
}

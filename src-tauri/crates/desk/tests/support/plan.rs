//! A small property to ask: an administrator, two agents, a stranger, three channels.

use deskbell_desk::Change;
use deskbell_desk::db::json::Object;
use deskbell_desk::db::{account, inbox, people, team};
use deskbell_desk::service::setup;
use serde_json::json;

pub const PASSWORD: &str = "Front-Desk-1";

#[derive(Clone, Debug, Default)]
pub struct Person {
    pub id: i64,
    pub access_token: String,
    pub pubsub_token: String,
}

/// Ids of what was set up.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub account: i64,
    pub other_account: i64,
    pub admin: Person,
    /// Agent, member of all three channels.
    pub ana: Person,
    /// Agent, member of the web chat only.
    pub ben: Person,
    /// Administrator of the other account.
    pub stranger: Person,
    /// Channel::Api without a bot.
    pub web: i64,
    pub web_identifier: String,
    /// Channel::Whatsapp.
    pub phone: i64,
    /// Channel::Api with a bot of another program.
    pub ai: i64,
    pub bot: i64,
    pub bot_token: String,
    pub team: i64,
}

fn person(change: &Change<'_>, account: i64, name: &str, role: &str) -> Person {
    let email = format!("{}@example.org", name.to_lowercase());
    let id = setup::user(change, name, &email, PASSWORD).unwrap();
    people::join(change, account, id, role).unwrap();
    let user = people::user(change, id).unwrap().unwrap();
    Person {
        id,
        access_token: user.access_token,
        pubsub_token: user.pubsub_token,
    }
}

/// Makes the two properties; `bot_url` is where the bot of the AI channel lives.
pub fn furnish(change: &mut Change<'_>, bot_url: &str) -> Result<Plan, deskbell_desk::ApiError> {
    let account = setup::account(change, "Hotel Adler")?;
    let other_account = setup::account(change, "Salon Mira")?;
    let bot = setup::bot(change, account, "Concierge")?;
    // An address of its own: the built-in assistant leaves this bot's conversations alone.
    deskbell_desk::db::rows::execute(
        change,
        "UPDATE agent_bot SET outgoing_url = ?2 WHERE id = ?1",
        (bot, bot_url),
    )?;
    let nothing = Object::new();
    let web = setup::channel(change, account, "Web chat", "Channel::Api", &nothing, None)?;
    let ai = setup::channel(change, account, "AI chat", "Channel::Api", &nothing, Some(bot))?;
    let templates = json!({
        "phone_number": "+4930123456",
        "provider": "whatsapp_cloud",
        "message_templates": [{ "name": "hello", "status": "APPROVED", "language": "en" }],
        "provider_config": { "api_key": "secret" },
    });
    let templates = templates.as_object().unwrap();
    let phone = setup::channel(change, account, "Phone", "Channel::Whatsapp", templates, None)?;
    let plan = Plan {
        admin: person(change, account, "Ada", "administrator"),
        ana: person(change, account, "Ana", "agent"),
        ben: person(change, account, "Ben", "agent"),
        stranger: person(change, other_account, "Zoe", "administrator"),
        web_identifier: inbox::find(change, web)?.unwrap().identifier.unwrap(),
        bot_token: people::bot(change, bot)?.unwrap().access_token,
        team: team::insert(change, account, "Front Office", None, change.now_ms)?,
        account,
        other_account,
        web,
        phone,
        ai,
        bot,
    };
    for channel in [web, phone, ai] {
        inbox::add_member(change, channel, plan.ana.id)?;
    }
    inbox::add_member(change, web, plan.ben.id)?;
    account::find(change, account)?.unwrap();
    Ok(plan)
}

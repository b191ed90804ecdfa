//! Lists of guests: all one could reach, searched, filtered, online (reference §7).

use crate::db::contact::Contact;
use crate::db::contact_list::{self, Wanted};
use crate::db::filter::{self, Subject};
use crate::db::sight::Sight;
use crate::desk::{Desk, View};
use crate::error::ApiError;
use crate::routes::call::{Answer, PersonCall};
use crate::routes::ok;
use crate::routes::params::Params;
use crate::wire;
use axum::Router;
use axum::routing::{get, post};
use serde_json::{Value, json};

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/contacts/search", get(search))
        .route("/contacts/filter", post(filtered))
        .route("/contacts/active", get(active))
}

/// A page that was asked for comes back as it was written (reference §7).
fn current_page(params: &Params) -> Value {
    params.text("page").map_or(json!(1), Value::String)
}

fn wanted(call: &PersonCall, text: Option<String>) -> Wanted {
    Wanted {
        account_id: call.account_id,
        sight: Sight::of(&call.member),
        labels: call.params.texts("labels"),
        text,
        filter: None,
        ids: None,
        sort: call.params.text("sort").unwrap_or_default(),
        page: call.params.page(),
    }
}

fn shown(view: &View<'_>, contacts: &[Contact], with_inboxes: bool) -> Result<Vec<Value>, ApiError> {
    let show = |contact| {
        if with_inboxes {
            wire::contact::rest_with_inboxes(view, contact)
        } else {
            Ok(wire::contact::rest(view, contact))
        }
    };
    contacts.iter().map(show).collect()
}

fn with_inboxes(params: &Params) -> bool {
    params.flag("include_contact_inboxes").unwrap_or(true)
}

/// `GET /contacts`.
pub async fn list(call: PersonCall) -> Answer {
    answer(call, |_, _| Ok(())).await
}

/// A page of the list, narrowed by what the state of the data says.
async fn answer(
    call: PersonCall,
    narrow: impl FnOnce(&View<'_>, &mut Wanted) -> Result<(), ApiError> + Send + 'static,
) -> Answer {
    let mut wanted = wanted(&call, None);
    let (page, with_inboxes) = (current_page(&call.params), with_inboxes(&call.params));
    let json = call
        .desk
        .read(move |view| {
            narrow(view, &mut wanted)?;
            let (found, _) = contact_list::page(view, &wanted)?;
            Ok(json!({
                "meta": { "count": contact_list::count(view, &wanted)?, "current_page": page },
                "payload": shown(view, &found, with_inboxes)?,
            }))
        })
        .await?;
    ok(json)
}

/// `POST /contacts/filter`: the grammar of reference §3.3 over contacts.
async fn filtered(call: PersonCall) -> Answer {
    let (account_id, payload) = (call.account_id, call.params.get("payload").cloned());
    answer(call, move |view, wanted| {
        let subject = Subject::Contact;
        wanted.filter = filter::read(view, account_id, subject, payload.as_ref(), view.now_ms)?;
        Ok(())
    })
    .await
}

/// `GET /contacts/active`: those online now.
async fn active(call: PersonCall) -> Answer {
    let account_id = call.account_id;
    answer(call, move |view, wanted| {
        wanted.ids = Some(view.presence.guests(account_id, view.now_ms));
        Ok(())
    })
    .await
}

/// Here the count is of this page only (reference §7).
async fn search(call: PersonCall) -> Answer {
    let page = current_page(&call.params);
    let Some(text) = call.params.filled("q") else {
        let meta = json!({ "count": null, "current_page": page, "has_more": null });
        return ok(json!({ "meta": meta, "payload": [] }));
    };
    let wanted = wanted(&call, Some(text.trim().to_owned()));
    let with_inboxes = with_inboxes(&call.params);
    let json = call
        .desk
        .read(move |view| {
            let (found, has_more) = contact_list::page(view, &wanted)?;
            Ok(json!({
                "meta": { "count": found.len(), "current_page": page, "has_more": has_more },
                "payload": shown(view, &found, with_inboxes)?,
            }))
        })
        .await?;
    ok(json)
}

//! What is still open when a shift ends.

use super::{MOST_CANDIDATES, MOST_ROWS, checks, facts};
use crate::core::App;
use crate::list::accounts;
use crate::rows::{PropertyNames, row_view};
use crate::schema::*;
use deskbell_domain::day::promised;
use deskbell_domain::{ConversationRef, ListFilter, Message, View};
use deskbell_store::{Row, WindowQuery};
use std::collections::HashMap;

/// What all rows are made with.
struct Scene {
    names: PropertyNames,
    checks: checks::Checks,
    words: HashMap<ConversationRef, Message>,
    now: i64,
}

pub(crate) async fn handover(app: &App, request: HandoverRequest) -> Result<HandoverView, CommandError> {
    let running = app.running().await?;
    let keys = accounts(&running, request.account).await?;
    let now = app.now();
    let names = PropertyNames::load(&running.store).await?;
    let mut mine = running.store.held(&keys, MOST_CANDIDATES).await?;
    mine.retain(|row| facts(row, names.me(row.account), now).is_mine());
    let promises = running.store.promised(&keys, MOST_CANDIDATES).await?;
    let query = WindowQuery {
        view: View::Ai,
        accounts: keys,
        filter: ListFilter::default(),
        now,
        offset: 0,
        limit: MOST_CANDIDATES,
    };
    let ai = running.store.window(&query).await?.rows;
    let guests = mine.iter().chain(&ai).map(Row::conversation).collect();
    let scene = Scene {
        names,
        checks: checks::all(&running.store).await?,
        words: running.store.words_of_guests(guests).await?,
        now,
    };
    let ended = |rows: &[Row]| -> Vec<EndedRow> { rows.iter().map(|row| scene.ended(row)).collect() };
    let mut finished = ended(&ai);
    finished.retain(|one| one.finished.is_some());
    finished.truncate(MOST_ROWS);
    let mut mine = ended(&mine);
    mine.truncate(MOST_ROWS);
    Ok(HandoverView {
        mine,
        promised: promises
            .iter()
            .filter_map(|row| scene.promised(row))
            .take(MOST_ROWS)
            .collect(),
        finished,
    })
}

impl Scene {
    fn ended(&self, row: &Row) -> EndedRow {
        let guest = self.words.get(&row.conversation());
        let open_promise =
            !open_promises(row).is_empty() && !self.checks.done(row.conversation(), &row.shown);
        let facts = facts(row, self.names.me(row.account), self.now);
        EndedRow {
            row: row_view(row, &self.names, self.now),
            finished: facts.finished(guest, open_promise),
            guest_at: guest.map(|words| words.created_at),
        }
    }

    fn promised(&self, row: &Row) -> Option<PromisedRow> {
        let promised = open_promises(row);
        (!promised.is_empty()).then(|| PromisedRow {
            row: row_view(row, &self.names, self.now),
            promised,
            done: self.checks.done(row.conversation(), &row.shown),
        })
    }
}

/// What is not kept yet, in the AI's words.
fn open_promises(row: &Row) -> Vec<String> {
    let promised = promised(&row.shown, row.last_human_reply.is_some());
    promised.into_iter().map(|promise| promise.text).collect()
}

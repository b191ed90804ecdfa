//! What a person checks in the morning.

use super::checks::{self, Checks};
use super::{MOST_CANDIDATES, MOST_ROWS, facts, presence, said_at};
use crate::core::{App, Running};
use crate::list::accounts;
use crate::markup::one_line;
use crate::rows::{PropertyNames, row_view};
use crate::schema::*;
use deskbell_domain::day::{Morning, proposed, unsure_about, worth_a_look};
use deskbell_domain::{
    AccountKey, AgentId, Contact, ConversationRef, ListFilter, Look, Message, SenderKind, View, WhoAnswers,
};
use deskbell_store::{Row, WindowQuery};

/// Letters of what the AI looked for or proposes.
const ABOUT_CHARACTERS: usize = 160;
/// Notes that are shown, and letters of one.
const MOST_NOTES: usize = 3;
const NOTE_CHARACTERS: usize = 600;

/// What all rows are made with.
struct Scene {
    names: PropertyNames,
    checks: Checks,
    now: i64,
}

pub(crate) async fn morning(app: &App, request: MorningRequest) -> Result<MorningView, CommandError> {
    let running = app.running().await?;
    let keys = accounts(&running, request.account).await?;
    let now = app.now();
    let scene = Scene {
        names: PropertyNames::load(&running.store).await?,
        checks: checks::all(&running.store).await?,
        now,
    };
    let presence = presence::presence(&running.store).await?;
    let since = presence.night_from(now, request.evening);
    let mut view = MorningView {
        since,
        answered: 0,
        in_need: 0,
        urgent: Vec::new(),
        waiting: Vec::new(),
        mine: Vec::new(),
        night: Vec::new(),
        left: Vec::new(),
        notes: notes(&running, &scene, &keys, since).await?,
    };
    for row in in_need(&running, &keys, &mut view, now).await? {
        scene.place(&mut view, &row);
    }
    for row in running.store.held(&keys, MOST_CANDIDATES).await? {
        scene.place(&mut view, &row);
    }
    view.waiting.sort_by_key(|one| one.row.waiting_since);
    for list in [
        &mut view.urgent,
        &mut view.waiting,
        &mut view.mine,
        &mut view.left,
    ] {
        list.truncate(MOST_ROWS);
    }
    let night = running.store.night(keys, since, MOST_ROWS as u32).await?;
    view.answered = night.answered;
    let rows = night.rows.iter();
    view.night = rows.map(|(row, answers)| scene.of_night(row, answers)).collect();
    Ok(view)
}

/// Guests who wait for a person; all are counted.
async fn in_need(
    running: &Running,
    keys: &[AccountKey],
    view: &mut MorningView,
    now: i64,
) -> Result<Vec<Row>, CommandError> {
    let query = WindowQuery {
        view: View::NeedsPerson,
        accounts: keys.to_vec(),
        filter: ListFilter::default(),
        now,
        offset: 0,
        limit: MOST_CANDIDATES,
    };
    let window = running.store.window(&query).await?;
    view.in_need = window.total;
    Ok(window.rows)
}

impl Scene {
    fn place(&self, view: &mut MorningView, row: &Row) {
        let list = match facts(row, self.names.me(row.account), self.now).morning() {
            Some(Morning::Urgent) => &mut view.urgent,
            Some(Morning::Waiting) => &mut view.waiting,
            Some(Morning::Mine) => &mut view.mine,
            Some(Morning::Left) => &mut view.left,
            None => return,
        };
        list.push(self.row(row, None, None));
    }

    fn of_night(&self, row: &Row, answers: &[Message]) -> DayRow {
        let is_lead = row.contact.as_ref().is_some_and(Contact::is_lead);
        let has_bot = row.inbox.as_ref().and_then(|inbox| inbox.has_bot);
        let who = WhoAnswers::of(&row.shown, has_bot);
        let answered_at = answers.first().map_or(i64::MIN, |answer| answer.created_at);
        let person_at = row.last_human_reply.as_ref().map(|reply| reply.at);
        // A person who answered since has looked, too.
        let is_alone = matches!(who, WhoAnswers::Ai | WhoAnswers::Closed)
            && person_at.is_none_or(|person_at| person_at < answered_at);
        let look = worth_a_look(&row.shown, is_lead, answers).filter(|_| is_alone);
        let about = match look {
            Some(Look::Unsure) => unsure_about(answers),
            Some(Look::Proposal) => proposed(&row.shown).map(|action| action.title),
            _ => None,
        };
        let mut of_night = self.row(row, look, about);
        // Whoever opened it since has looked.
        let seen = row
            .shown
            .agent_last_seen_at
            .is_some_and(|seen| seen >= said_at(row));
        of_night.checked |= seen;
        of_night
    }

    fn row(&self, row: &Row, look: Option<Look>, about: Option<String>) -> DayRow {
        DayRow {
            row: row_view(row, &self.names, self.now),
            checked: self
                .checks
                .looked(row.conversation(), heard_at(row, self.names.me(row.account))),
            look,
            about: about.map(|about| one_line(&about, ABOUT_CHARACTERS)),
        }
    }
}

/// When anybody but me last wrote: my own words are no news to me.
fn heard_at(row: &Row, me: AgentId) -> i64 {
    let sender = row.last_message.as_ref().and_then(|said| said.sender.as_ref());
    let is_mine = sender.is_some_and(|sender| sender.kind == SenderKind::User && sender.id == me.0);
    if is_mine { i64::MIN } else { said_at(row) }
}

/// What colleagues noted on what is mine now, the newest first; the same words on several conversations are one note.
async fn notes(
    running: &Running,
    scene: &Scene,
    keys: &[AccountKey],
    since: i64,
) -> Result<Vec<DayNote>, CommandError> {
    let held = running.store.held(keys, MOST_ROWS as u32).await?;
    let mine: Vec<&Row> = held
        .iter()
        .filter(|row| facts(row, scene.names.me(row.account), scene.now).is_mine())
        .collect();
    let refs: Vec<ConversationRef> = mine.iter().map(|row| row.conversation()).collect();
    let mut found = running.store.notes_since(refs, since).await?;
    found.retain(|(at, note)| is_of_colleague(note, scene.names.me(at.account).0));
    found.sort_by_key(|(_, note)| std::cmp::Reverse((note.created_at, note.id)));
    let mut notes: Vec<DayNote> = Vec::new();
    for (at, note) in found {
        let author = note.sender.map(|sender| sender.name).unwrap_or_default();
        let text = note.content.trim();
        let same = notes
            .iter_mut()
            .find(|one| one.author == author && one.text == text);
        match same {
            Some(same) => same.times += 1,
            None => notes.push(DayNote {
                conversation: at,
                text: text.to_owned(),
                author,
                at: note.created_at,
                timezone: mine
                    .iter()
                    .find(|row| row.conversation() == at)
                    .and_then(|row| scene.names.zone(row.account, row.inbox.as_ref())),
                times: 1,
            }),
        }
    }
    notes.truncate(MOST_NOTES);
    for note in &mut notes {
        note.text = note.text.chars().take(NOTE_CHARACTERS).collect();
    }
    Ok(notes)
}

fn is_of_colleague(note: &Message, me: i64) -> bool {
    let by_person = note
        .sender
        .as_ref()
        .filter(|sender| sender.kind == SenderKind::User);
    by_person.is_some_and(|sender| sender.id != me) && !note.is_deleted() && !note.content.trim().is_empty()
}

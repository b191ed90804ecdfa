//! Free times: within opening hours, and while somebody is there to do it.

use super::dates::Wanted;
use super::draft::Draft;
use super::hours::{clock, local};
use super::language::Language;
use super::text;
use super::tools::{Booking, Tools};
use super::turn::Turn;
use jiff::ToSpan;

/// Names the look-up in the answer's tools.
const TOOL: &str = "Calendar";
/// How far ahead free times are looked for, in seconds.
const HORIZON: i64 = 21 * 24 * 3600;
/// Nobody is offered a time sooner than this, in seconds.
const NOTICE: i64 = 2 * 3600;

/// What a free time is looked for.
pub struct Search<'a> {
    /// With whom; `None` = with anybody.
    resource: Option<&'a str>,
    minutes: i64,
    /// Not before this moment (epoch seconds).
    from: i64,
}

impl<'a> Search<'a> {
    /// As long as a booking and with the same person, from now on.
    pub fn like(booking: &'a Booking) -> Self {
        Self {
            resource: booking.resource.as_deref(),
            minutes: minutes(booking),
            from: 0,
        }
    }

    /// An hour with anybody, from the day and time a guest names.
    pub fn wish(said: &str, turn: &Turn) -> Self {
        let zone = &turn.property.zone;
        let mut wanted = Wanted::read(said, turn.now, zone);
        if wanted.date.is_some() && wanted.time.is_none() {
            let is_afternoon = text::holds_any(
                &text::words(said),
                &["afternoon", "nachmittag*", "tarde", "delutan*"],
            );
            wanted.time = clock(if is_afternoon { 13 * 60 } else { 0 });
        }
        let from = if wanted.is_empty() {
            None
        } else {
            wanted.at(turn.now, zone)
        };
        Self {
            resource: None,
            minutes: 60,
            from: from.unwrap_or(0),
        }
    }
}

/// Length in minutes.
fn minutes(booking: &Booking) -> i64 {
    ((booking.ends_at - booking.starts_at) / 60).max(15)
}

/// Whether a booking fits at another time: ahead, within opening hours, and nobody else has the resource then.
pub fn is_free(turn: &Turn, tools: &dyn Tools, booking: &Booking, starts_at: i64, draft: &mut Draft) -> bool {
    let ends_at = starts_at.saturating_add(minutes(booking) * 60);
    let Some(taken) = draft.looked_up(TOOL, tools.taken(booking.resource.as_deref(), starts_at, ends_at))
    else {
        return false;
    };
    let asked = Language::English.moment(starts_at, &turn.property.zone);
    draft.used(TOOL, format!("Checked the calendar for {asked}"));
    let own = (booking.starts_at, booking.ends_at);
    let others = taken.into_iter().filter(|span| *span != own);
    starts_at > turn.now
        && within_hours(turn, starts_at, ends_at)
        && !others
            .into_iter()
            .any(|span| overlaps(span, (starts_at, ends_at)))
}

fn within_hours(turn: &Turn, starts_at: i64, ends_at: i64) -> bool {
    let zone = &turn.property.zone;
    let (from, to) = (local(starts_at, zone), local(ends_at, zone));
    if turn.property.hours.days.is_empty() {
        return true;
    }
    let Some((opens, closes)) = turn.property.hours.day(from.weekday()) else {
        return false;
    };
    let minute = |at: &jiff::Zoned| i64::from(at.hour()) * 60 + i64::from(at.minute());
    from.date() == to.date() && minute(&from) >= i64::from(opens) && minute(&to) <= i64::from(closes)
}

fn overlaps(one: (i64, i64), other: (i64, i64)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// The next two free times, in words; empty when none is found.
pub fn next_times(turn: &Turn, tools: &dyn Tools, draft: &mut Draft, search: &Search<'_>) -> String {
    let earliest = search.from.max(turn.now + NOTICE);
    let looked_up = tools
        .taken(search.resource, earliest, earliest + HORIZON)
        .and_then(|taken| Ok((taken, tools.capacity()?)));
    let Some((taken, capacity)) = draft.looked_up(TOOL, looked_up) else {
        return String::new();
    };
    // With one person one booking fills the time; with anybody, as many as there are people.
    let limit = if search.resource.is_some() {
        1
    } else {
        capacity.max(1)
    };
    let busy = |span: (i64, i64)| taken.iter().filter(|other| overlaps(**other, span)).count();
    let free: Vec<i64> = openings(turn, search.minutes, earliest)
        .filter(|span| busy(*span) < limit)
        .map(|(from, _)| from)
        .collect();
    let first = free.first().copied();
    let second = free
        .iter()
        .copied()
        .find(|at| first.is_some_and(|first| at - first >= 4 * 3600));
    let language = Language::of_turn(turn);
    let told: Vec<String> = first
        .into_iter()
        .chain(second)
        .map(|at| language.moment(at, &turn.property.zone))
        .collect();
    draft.used(TOOL, format!("Looked for free times, found {}", told.len()));
    told.join(language.pick([" and ", " und ", " y ", " és "]))
}

/// Half-hourly spans within opening hours from a moment on.
fn openings(turn: &Turn, minutes: i64, earliest: i64) -> impl Iterator<Item = (i64, i64)> {
    let zone = turn.property.zone.clone();
    let hours = turn.property.hours.clone();
    let first = local(earliest, &zone).date();
    (0..HORIZON / 86_400).flat_map(move |ahead| {
        let date = first.checked_add(ahead.days()).unwrap_or(first);
        let (opens, closes) = if hours.days.is_empty() {
            (9 * 60, 18 * 60)
        } else {
            hours.day(date.weekday()).unwrap_or((0, 0))
        };
        let zone = zone.clone();
        (opens..closes).step_by(30).filter_map(move |minute| {
            let from = date
                .to_datetime(clock(minute)?)
                .to_zoned(zone.clone())
                .ok()?
                .timestamp()
                .as_second();
            let fits = i64::from(minute) + minutes <= i64::from(closes);
            (fits && from >= earliest).then_some((from, from + minutes * 60))
        })
    })
}

//! The numbers of a period for the screen, and the conversations behind them.

use crate::core::{App, Running};
use crate::list::accounts;
use crate::rows::{PropertyNames, row_view};
use crate::schema::*;
use deskbell_domain::{AccountKey, Figure};
use deskbell_store::{Behind, Period, Promptness, Statistics};

/// Parts that are counted one by one, at most.
const MOST_PARTS: usize = 100;

pub(crate) async fn of_period(app: &App, request: StatisticsRequest) -> Result<StatisticsView, CommandError> {
    let running = app.running().await?;
    let mut parts = request.parts;
    parts.truncate(MOST_PARTS);
    parts.sort_unstable();
    let period = Period {
        accounts: accounts(&running, request.account).await?,
        from: request.from,
        to: request.to,
        utc_offset: request.utc_offset,
        parts,
        now: app.now(),
    };
    let since = known_since(&running, &period.accounts, app.now()).await?;
    let found = running.store.statistics(period).await?;
    Ok(StatisticsView {
        since,
        ..view(&found)
    })
}

/// `None` = everything there is. Where nothing was written down yet, nothing closed is sure to be here.
async fn known_since(
    running: &Running,
    accounts: &[AccountKey],
    now: i64,
) -> Result<Option<i64>, CommandError> {
    let mut since = i64::MIN;
    for account in accounts {
        let state = running.store.sync_state(*account).await?;
        since = since.max(deskbell_sync::closed_since(&state).unwrap_or(now));
    }
    Ok((since > 0).then_some(since))
}

fn view(found: &Statistics) -> StatisticsView {
    let goals = found.goals;
    let answers = [goals.urgent, goals.regular].map(|goal| i64::from(goal.met + goal.missed));
    let mut channels: Vec<_> = found.channels.iter().collect();
    channels.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    StatisticsView {
        conversations: found.count(Figure::Conversations),
        asked: found.count(Figure::Asked),
        answered_at_once: found.count(Figure::AnsweredAtOnce),
        faqs_by_ai: found.count(Figure::FaqsByAi),
        transfers: found.count(Figure::Transfers),
        leads: found.count(Figure::Leads),
        leads_booked: found.count(Figure::LeadsBooked),
        bookings: found.count(Figure::Bookings),
        customers: found.count(Figure::Customers),
        tours: found.count(Figure::Tours),
        contracts: found.count(Figure::Contracts),
        urgent: goal(goals.urgent),
        regular: goal(goals.regular),
        same_day: goal(goals.same_day),
        answered_after: goals.waited.checked_div(answers.iter().sum()),
        parts: found
            .parts
            .iter()
            .map(|part| PartView {
                ai: part.ai,
                person: part.person,
            })
            .collect(),
        channels: channels
            .into_iter()
            .map(|(channel, count)| ChannelCountView {
                channel: *channel,
                count: *count,
            })
            .collect(),
        active: found.active,
        late: found.late,
        known: found.coverage.conversations,
        whole: found.coverage.whole,
        since: None,
    }
}

fn goal(found: Promptness) -> GoalView {
    GoalView {
        met: found.met,
        missed: found.missed,
    }
}

pub(crate) async fn behind(app: &App, request: BehindRequest) -> Result<BehindView, CommandError> {
    let running = app.running().await?;
    let names = PropertyNames::load(&running.store).await?;
    let now = app.now();
    let period = Period {
        accounts: accounts(&running, request.account).await?,
        from: request.from,
        to: request.to,
        now,
        ..Period::default()
    };
    let number = match request.number {
        BehindNumber::Figure { figure } => Behind::Figure(figure),
        BehindNumber::Late => Behind::Late,
    };
    let page = running
        .store
        .behind(number, period, request.offset, request.limit)
        .await?;
    Ok(BehindView {
        total: page.total,
        rows: page.rows.iter().map(|row| row_view(row, &names, now)).collect(),
    })
}

//! The numbers of a period for the screen.

use crate::core::App;
use crate::list::accounts;
use crate::schema::*;
use deskbell_store::{Period, Promptness};

pub(crate) async fn of_period(app: &App, request: StatisticsRequest) -> Result<StatisticsView, CommandError> {
    let running = app.running().await?;
    let period = Period {
        accounts: accounts(&running, request.account).await?,
        from: request.from,
        to: request.to,
        utc_offset: request.utc_offset,
    };
    let found = running.store.statistics(period).await?;
    let (service, results, goals) = (found.service, found.results, found.goals);
    Ok(StatisticsView {
        asked: service.asked,
        answered_at_once: service.answered_at_once,
        faqs: service.faqs,
        faqs_by_ai: service.faqs_by_ai,
        transfers: service.transfers,
        leads: service.leads,
        leads_booked: service.leads_booked,
        conversations: results.conversations,
        bookings: results.bookings,
        customers: results.customers,
        tours: results.tours,
        contracts: results.contracts,
        urgent: goal(goals.urgent),
        regular: goal(goals.regular),
        same_day: goal(goals.same_day),
        known: found.coverage.conversations,
        whole: found.coverage.whole,
    })
}

fn goal(found: Promptness) -> GoalView {
    GoalView {
        met: found.met,
        missed: found.missed,
    }
}

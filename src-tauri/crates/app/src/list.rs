//! Lists for the screen: windows, counts, places, search and what can be picked.

use crate::core::{App, Running};
use crate::rows::{PropertyNames, row_view};
use crate::schema::*;
use deskbell_domain::channel_template::approved;
use deskbell_domain::template::{TemplateFacts, fill};
use deskbell_domain::{AccountKey, ChannelTemplate, ContactId, ConversationRef};
use deskbell_store::{Group, SearchQuery, WindowQuery};
use std::collections::HashSet;

/// Rows answered at most.
const MOST_ROWS: u32 = 100;

pub(crate) async fn counts(app: &App, request: CountsRequest) -> Result<CountsView, CommandError> {
    let running = app.running().await?;
    let keys = accounts(&running, request.account).await?;
    let counts = running.store.counts(&keys).await?;
    Ok(CountsView {
        needs_person: counts.needs_person,
        mine: counts.mine,
        ai: counts.ai,
        all: counts.all,
        closed: counts.closed,
    })
}

pub(crate) async fn window(app: &App, request: WindowRequest) -> Result<WindowView, CommandError> {
    let running = app.running().await?;
    let names = PropertyNames::load(&running.store).await?;
    let query = window_query(&running, request, app.now()).await?;
    let window = running.store.window(&query).await?;
    let now = app.now();
    Ok(WindowView {
        total: window.total,
        groups: window
            .groups
            .iter()
            .map(|(group, count)| GroupView {
                kind: group_kind(*group),
                count: *count,
            })
            .collect(),
        rows: window.rows.iter().map(|row| row_view(row, &names, now)).collect(),
    })
}

pub(crate) async fn position(app: &App, request: PositionRequest) -> Result<PositionView, CommandError> {
    let running = app.running().await?;
    let PositionRequest {
        view,
        account,
        filter,
        conversation,
    } = request;
    let query = window_query(
        &running,
        WindowRequest {
            view,
            account,
            filter,
            offset: 0,
            limit: 1,
        },
        app.now(),
    )
    .await?;
    Ok(PositionView {
        index: running.store.position(&query, conversation).await?,
    })
}

pub(crate) async fn search(app: &App, request: SearchRequest) -> Result<SearchView, CommandError> {
    let running = app.running().await?;
    let names = PropertyNames::load(&running.store).await?;
    let now = app.now();
    let query = SearchQuery {
        text: request.text,
        accounts: accounts(&running, request.account).await?,
        filter: request.filter,
        now,
        limit: request.limit.min(MOST_ROWS),
    };
    let found = running.store.search(&query).await?;
    let mut guests = HashSet::new();
    let hits = found
        .into_iter()
        .map(|hit| SearchHit {
            row: row_view(&hit.row, &names, now),
            by: found_by(&hit, &mut guests),
            snippet: hit.message.map(|message| SnippetView {
                message_id: message.id,
                at: message.at,
                parts: message.parts,
            }),
        })
        .collect();
    Ok(SearchView { hits })
}

/// Hits come newest first: the first of a guest stands for them.
fn found_by(
    hit: &deskbell_store::SearchHit,
    guests: &mut HashSet<(AccountKey, Option<ContactId>)>,
) -> Vec<FoundBy> {
    let guest = (
        hit.row.account,
        hit.row.contact.as_ref().map(|contact| contact.id),
    );
    let stands_for_guest = hit.by_guest && guests.insert(guest);
    let by_other = hit.by_subject || (hit.by_guest && !stands_for_guest);
    let mut by = Vec::new();
    by.extend(stands_for_guest.then_some(FoundBy::Guest));
    by.extend((by_other && !stands_for_guest).then_some(FoundBy::Conversation));
    by
}

pub(crate) async fn customers(app: &App, request: CustomersRequest) -> Result<CustomersView, CommandError> {
    let running = app.running().await?;
    let names = PropertyNames::load(&running.store).await?;
    let keys = accounts(&running, request.account).await?;
    let limit = request.limit.min(MOST_ROWS);
    let found = running.store.customers(&keys, request.offset, limit).await?;
    let now = app.now();
    Ok(CustomersView {
        letters: found
            .letters
            .into_iter()
            .map(|(letter, count)| LetterView { letter, count })
            .collect(),
        rows: found.rows.iter().map(|row| row_view(row, &names, now)).collect(),
    })
}

/// Templates whose short code or text holds what was typed, filled for the conversation.
pub(crate) async fn templates(
    app: &App,
    request: TemplatesRequest,
) -> Result<Vec<TemplateView>, CommandError> {
    let running = app.running().await?;
    let conversation = request.conversation;
    let names = PropertyNames::load(&running.store).await?;
    let stored = running.store.conversation(conversation).await?;
    let contact = stored.and_then(|stored| stored.contact);
    let account = names.account(conversation.account);
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let (email, phone) = (
        text(contact.as_ref().and_then(|c| c.email.as_ref())),
        text(contact.as_ref().and_then(|c| c.phone_number.as_ref())),
    );
    let facts = TemplateFacts {
        contact_name: contact.as_ref().map_or("", |contact| contact.name.as_str()),
        contact_email: &email,
        contact_phone: &phone,
        agent_name: account.map_or("", |account| account.my_name.as_str()),
        property: account.map_or("", |account| account.name.as_str()),
        booking: contact
            .as_ref()
            .and_then(|contact| contact.text_attribute("booking"))
            .unwrap_or(""),
    };
    let wanted = request.text.trim().to_lowercase();
    let mut found: Vec<_> = running.store.canned(conversation.account).await?;
    found.retain(|canned| {
        canned.short_code.to_lowercase().contains(&wanted) || canned.content.to_lowercase().contains(&wanted)
    });
    found.sort_by_key(|canned| {
        (
            !canned.short_code.to_lowercase().starts_with(&wanted),
            canned.short_code.clone(),
        )
    });
    Ok(found
        .into_iter()
        .take(MOST_ROWS as usize)
        .map(|canned| {
            let (filled, missing) = fill(&canned.content, &facts);
            TemplateView {
                id: canned.id,
                short_code: canned.short_code,
                content: canned.content,
                filled,
                missing,
            }
        })
        .collect())
}

/// The approved templates of the conversation's channel.
pub(crate) async fn channel_templates(
    app: &App,
    conversation: ConversationRef,
) -> Result<Vec<ChannelTemplate>, CommandError> {
    let running = app.running().await?;
    let stored = running.store.conversation(conversation).await?;
    let inbox = stored.and_then(|stored| stored.inbox);
    let mut templates = inbox.map_or_else(Vec::new, |inbox| approved(inbox.message_templates()));
    templates.truncate(MOST_ROWS as usize);
    Ok(templates)
}

/// People and teams a conversation can be given to; who is at the desk first.
pub(crate) async fn assignees(
    app: &App,
    conversation: ConversationRef,
) -> Result<AssigneesView, CommandError> {
    let running = app.running().await?;
    let account = conversation.account;
    let names = PropertyNames::load(&running.store).await?;
    let me = names.account(account).map(|account| account.me);
    let load = running.store.open_load(account).await?;
    let mut agents: Vec<AssigneeView> = running
        .store
        .agents(account)
        .await?
        .into_iter()
        .map(|agent| AssigneeView {
            id: agent.id,
            is_me: Some(agent.id) == me,
            availability: agent.availability,
            open: load
                .iter()
                .find(|(id, _)| *id == agent.id)
                .map_or(0, |(_, open)| *open),
            name: agent.name,
        })
        .collect();
    agents.sort_by_key(|agent| (availability_rank(agent.availability), agent.name.to_lowercase()));
    let teams = running.store.teams(account).await?;
    Ok(AssigneesView {
        agents,
        teams: teams
            .into_iter()
            .map(|team| TeamView {
                id: team.id,
                name: team.name,
            })
            .collect(),
    })
}

pub(crate) async fn labels(app: &App, request: AccountRequest) -> Result<Vec<LabelView>, CommandError> {
    let running = app.running().await?;
    let labels = running.store.labels(request.account).await?;
    Ok(labels
        .into_iter()
        .map(|label| LabelView {
            title: label.title,
            color: label.color,
        })
        .collect())
}

fn availability_rank(availability: deskbell_domain::Availability) -> u8 {
    match availability {
        deskbell_domain::Availability::Online => 0,
        deskbell_domain::Availability::Busy => 1,
        deskbell_domain::Availability::Offline => 2,
    }
}

pub(crate) async fn accounts(
    running: &Running,
    only: Option<AccountKey>,
) -> Result<Vec<AccountKey>, CommandError> {
    match only {
        Some(account) => Ok(vec![account]),
        None => Ok(running
            .store
            .accounts()
            .await?
            .into_iter()
            .map(|account| account.key)
            .collect()),
    }
}

async fn window_query(
    running: &Running,
    request: WindowRequest,
    now: i64,
) -> Result<WindowQuery, CommandError> {
    Ok(WindowQuery {
        view: request.view,
        accounts: accounts(running, request.account).await?,
        filter: request.filter,
        now,
        offset: request.offset,
        limit: request.limit.min(MOST_ROWS),
    })
}

fn group_kind(group: Group) -> GroupKind {
    match group {
        Group::NeedsPerson => GroupKind::NeedsPerson,
        Group::Mine => GroupKind::Mine,
        Group::Rest => GroupKind::Rest,
        Group::Closed => GroupKind::Closed,
        Group::Everything => GroupKind::Everything,
    }
}

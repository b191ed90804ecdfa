//! Signing in and out, and what the first screen shows.

use crate::built_in::BuiltInDesk;
use crate::core::{App, Running};
use crate::rows::zone;
use crate::schema::*;
use crate::{day, lock, settings};
use deskbell_chatwoot::{ConnectProblem, Profile, ServerUrl, SignedIn, Token};
use deskbell_domain::{AccountKey, ListFilter, View, answer_due};
use deskbell_store::{AccountRow, NewAccount, NewLogin, SignedOut, WindowQuery};
use deskbell_sync::{AccountStatus, Connection};
use std::sync::PoisonError;
use std::time::Duration;

/// Starts the accounts that were signed in before; the built-in desk first, if one of them is its.
pub(crate) async fn resume(app: &App, running: &Running) {
    if let Err(error) = running.engine.recover().await {
        tracing::error!(%error, "The outbox could not be recovered");
    }
    let accounts = match running.store.accounts().await {
        Ok(accounts) => accounts,
        Err(error) => return tracing::error!(%error, "The accounts could not be read"),
    };
    if accounts.iter().any(|account| account.built_in) {
        match start_desk(app, running).await {
            Ok(_) => {}
            Err(problem) => tracing::error!(?problem, "The built-in desk did not come back"),
        }
    }
    start_accounts(running).await;
}

async fn start_accounts(running: &Running) {
    match running.store.accounts().await {
        Ok(accounts) => accounts
            .into_iter()
            .for_each(|account| running.engine.start_account(account)),
        Err(error) => tracing::error!(%error, "The accounts could not be read"),
    }
}

/// What the first screen shows.
pub(crate) async fn view(app: &App) -> Result<SessionView, CommandError> {
    if let Some(phase) = app.phase_before_running().await {
        return Ok(SessionView {
            phase,
            accounts: Vec::new(),
            signed_out: None,
            settings: SettingsView::default(),
            guest_pages: Vec::new(),
            unsent: 0,
            has_pin: false,
            keeps_data: true,
        });
    }
    let running = app.running().await?;
    let rows = running.store.accounts().await?;
    let (has_pin, retry_at) = lock::facts(app, &running).await?;
    if app.lock().is_locked() {
        return locked_view(&running, &rows, retry_at, app.now()).await;
    }
    let signed_out = *running.signed_out.lock().unwrap_or_else(PoisonError::into_inner);
    let guest_pages = running
        .desk
        .lock()
        .await
        .as_ref()
        .map(|desk| desk.info.guest_pages())
        .unwrap_or_default();
    let mut accounts = Vec::new();
    for row in &rows {
        let timezone = zone(&running.store.inboxes(row.key).await?);
        accounts.push(account_view(row, timezone, &running.engine.status(row.key)));
    }
    Ok(SessionView {
        phase: if rows.is_empty() {
            SessionPhase::SignedOut
        } else {
            SessionPhase::Ready
        },
        accounts,
        signed_out,
        settings: settings::load(&running.store).await?,
        guest_pages,
        unsent: running.store.unsent_count().await?,
        has_pin,
        keeps_data: true,
    })
}

/// The view sorts by it.
async fn nearest_goal(
    running: &Running,
    accounts: Vec<AccountKey>,
    now: i64,
) -> Result<Option<NearestGoal>, CommandError> {
    let first = WindowQuery {
        view: View::NeedsPerson,
        accounts,
        filter: ListFilter::default(),
        now,
        offset: 0,
        limit: 1,
    };
    let rows = running.store.window(&first).await?.rows;
    Ok(rows.first().and_then(|row| {
        Some(NearestGoal {
            waiting_since: row.shown.waiting_since?,
            answer_due: answer_due(&row.shown),
        })
    }))
}

/// As much as may be seen by whoever stands before it.
async fn locked_view(
    running: &Running,
    rows: &[AccountRow],
    retry_at: Option<i64>,
    now: i64,
) -> Result<SessionView, CommandError> {
    let keys: Vec<_> = rows.iter().map(|row| row.key).collect();
    let first = rows.first();
    let locked = LockedView {
        name: first.map(|row| row.my_name.clone()).unwrap_or_default(),
        property: first.map(|row| row.name.clone()).unwrap_or_default(),
        waiting: running.store.counts(&keys).await?.needs_person,
        nearest: nearest_goal(running, keys, now).await?,
        retry_at,
    };
    Ok(SessionView {
        phase: SessionPhase::Locked { locked },
        accounts: Vec::new(),
        signed_out: None,
        settings: settings::load(&running.store).await?,
        guest_pages: Vec::new(),
        unsent: 0,
        has_pin: true,
        keeps_data: true,
    })
}

fn account_view(row: &AccountRow, timezone: Option<String>, status: &AccountStatus) -> AccountView {
    AccountView {
        key: row.key,
        name: row.name.clone(),
        server: row.server.clone(),
        email: row.email.clone(),
        built_in: row.built_in,
        role: row.access.role,
        role_name: row.access.name.clone(),
        sight: row.access.sight(),
        me: PersonView {
            id: row.me,
            name: row.my_name.clone(),
        },
        color: row.color,
        timezone,
        connection: connection_view(status),
    }
}

fn connection_view(status: &AccountStatus) -> ConnectionView {
    let (state, retry_at, problem) = match status.connection {
        Connection::Connecting => (ConnectionState::Connecting, None, None),
        Connection::CatchingUp => (ConnectionState::CatchingUp, None, None),
        Connection::Live => (ConnectionState::Live, None, None),
        Connection::Offline { until, .. } => (ConnectionState::Offline, Some(until), None),
        Connection::SignedOut => (ConnectionState::SignedOut, None, Some(SignInProblem::Expired)),
    };
    ConnectionView {
        state,
        as_of: status.as_of,
        offline_since: status.offline_since,
        retry_at,
        problem,
    }
}

/// Signs in to a server with what was typed.
pub(crate) async fn sign_in(app: &App, request: SignInRequest) -> Result<SignInOutcome, CommandError> {
    let running = app.running().await?;
    let server = match ServerUrl::parse(&request.server) {
        Ok(server) => server,
        Err(problem) => return Ok(refused(problem)),
    };
    let signed_in = match &request.credentials {
        Credentials::Password { email, password } => {
            deskbell_chatwoot::sign_in(&server, email.trim(), password).await
        }
        Credentials::Token { token } => {
            let token = Token::new(token.trim().to_owned());
            deskbell_chatwoot::sign_in_with_token(&server, token)
                .await
                .map(SignedIn::Profile)
        }
    };
    match signed_in {
        Ok(SignedIn::Profile(profile)) => {
            keep_login(app, &running, &server, profile, false, request.stay).await?;
            Ok(SignInOutcome::SignedIn)
        }
        Ok(SignedIn::SecondFactor) => Ok(SignInOutcome::SecondFactor),
        Err(problem) => Ok(refused(problem)),
    }
}

/// Starts the built-in desk and signs its receptionist in.
pub(crate) async fn start_built_in_desk(app: &App) -> Result<SignInOutcome, CommandError> {
    let running = app.running().await?;
    let (url, token) = match start_desk(app, &running).await {
        Ok(started) => started,
        Err(problem) => return Ok(SignInOutcome::Refused { problem }),
    };
    let server = match ServerUrl::parse(&url) {
        Ok(server) => server,
        Err(problem) => return Ok(refused(problem)),
    };
    match deskbell_chatwoot::sign_in_with_token(&server, Token::new(token)).await {
        Ok(profile) => {
            keep_login(app, &running, &server, profile, true, true).await?;
            Ok(SignInOutcome::SignedIn)
        }
        Err(problem) => Ok(refused(problem)),
    }
}

async fn keep_login(
    app: &App,
    running: &Running,
    server: &ServerUrl,
    profile: Profile,
    built_in: bool,
    stay: bool,
) -> Result<(), CommandError> {
    let accounts = profile
        .accounts
        .iter()
        .filter(|account| account.active)
        .map(|account| NewAccount {
            account_id: account.id,
            name: account.name.clone(),
            access: account.access.clone(),
        })
        .collect();
    let login = NewLogin {
        server: server.to_string(),
        built_in,
        email: profile.email,
        user_id: profile.user_id.0,
        user_name: profile.name,
        token: profile.access_token.reveal().to_owned(),
        pubsub_token: profile.pubsub_token.reveal().to_owned(),
        accounts,
        stay,
    };
    running.store.save_login(login).await?;
    *running.signed_out.lock().unwrap_or_else(PoisonError::into_inner) = None;
    start_accounts(running).await;
    app.feed().send(Event::Session);
    Ok(())
}

fn refused(problem: ConnectProblem) -> SignInOutcome {
    SignInOutcome::Refused {
        problem: sign_in_problem(problem),
    }
}

fn sign_in_problem(problem: ConnectProblem) -> SignInProblem {
    match problem {
        ConnectProblem::BadAddress => SignInProblem::BadAddress,
        ConnectProblem::UnknownHost => SignInProblem::UnknownHost,
        ConnectProblem::NoAnswer => SignInProblem::NoAnswer,
        ConnectProblem::Tls => SignInProblem::Tls,
        ConnectProblem::NotChatwoot => SignInProblem::NotChatwoot,
        ConnectProblem::WrongPassword => SignInProblem::WrongPassword,
        ConnectProblem::BadToken => SignInProblem::BadToken,
        ConnectProblem::TooManyTries => SignInProblem::TooManyTries,
        ConnectProblem::NoAccount => SignInProblem::NoAccount,
        ConnectProblem::ServerFault => SignInProblem::ServerFault,
    }
}

/// Address and receptionist's token of the built-in desk, which is started and from then on watched.
async fn start_desk(app: &App, running: &Running) -> Result<(String, String), SignInProblem> {
    let runs = running.desk.lock().await.is_some();
    let started = ensure_desk(app, running).await?;
    if !runs {
        let (watcher, watched) = (app.clone(), running.clone());
        app.spawn(async move { watch_desk(&watcher, &watched).await });
    }
    Ok(started)
}

async fn ensure_desk(app: &App, running: &Running) -> Result<(String, String), SignInProblem> {
    let mut desk = running.desk.lock().await;
    if desk.is_none() {
        let binary = app
            .options()
            .desk_binary
            .as_ref()
            .ok_or(SignInProblem::NoAnswer)?;
        let port = settings::desk_port(&running.store).await;
        let started = BuiltInDesk::start(binary, &app.options().data_dir, port).await?;
        if let Some(port) = started.info.port() {
            settings::keep_desk_port(&running.store, port).await;
        }
        if let Err(error) = running.store.update_built_in_server(&started.info.url).await {
            tracing::error!(%error, "The desk's address could not be kept");
        }
        *desk = Some(started);
    }
    let info = desk
        .as_ref()
        .map(|desk| &desk.info)
        .ok_or(SignInProblem::NoAnswer)?;
    let login = info.receptionist().ok_or(SignInProblem::NoAccount)?;
    Ok((info.url.clone(), login.access_token.clone()))
}

/// Brings the desk back if it ends by itself; stops when somebody signed out.
async fn watch_desk(app: &App, running: &Running) {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let ended = match running.desk.lock().await.as_mut() {
            Some(desk) => desk.has_ended(),
            None => return,
        };
        if !ended {
            continue;
        }
        tracing::warn!("The built-in desk ended and is started again");
        running.desk.lock().await.take();
        match ensure_desk(app, running).await {
            Ok(_) => start_accounts(running).await,
            Err(problem) => return tracing::error!(?problem, "The built-in desk did not come back"),
        }
    }
}

/// Signs out of one login or everywhere. Unsent changes are asked about first: they would be lost. A login that merely
/// ended keeps them until the same person signs in again.
pub(crate) async fn sign_out(app: &App, request: SignOutRequest) -> Result<SignOutOutcome, CommandError> {
    let running = app.running().await?;
    let rows = running.store.accounts().await?;
    let only = request
        .account
        .and_then(|key| rows.iter().find(|row| row.key == key).map(|row| row.login));
    if request.account.is_some() && only.is_none() {
        return Ok(SignOutOutcome::SignedOut);
    }
    let leaving: Vec<AccountRow> = rows
        .into_iter()
        .filter(|row| only.is_none_or(|login| row.login == login))
        .collect();
    if !request.discard_unsent {
        let count = unsent_in(&running, &leaving).await?;
        if count > 0 {
            return Ok(SignOutOutcome::HasUnsent { count });
        }
    }
    for row in &leaving {
        running.engine.stop_account(row.key).await;
    }
    let mut logins: Vec<_> = leaving.iter().map(|row| row.login).collect();
    logins.sort_unstable();
    logins.dedup();
    if let SignedOut::Unsent { count } = running
        .store
        .remove_logins(logins, request.discard_unsent)
        .await?
    {
        // Pressed while it was being asked: go on as before.
        leaving
            .into_iter()
            .for_each(|row| running.engine.start_account(row));
        return Ok(SignOutOutcome::HasUnsent { count });
    }
    if leaving.iter().any(|row| row.built_in) {
        running.desk.lock().await.take();
    }
    if running.store.accounts().await?.is_empty() {
        lock::forget(app, &running).await?;
        day::forget(&running).await?;
    }
    app.feed().send(Event::Session);
    app.feed().send(Event::Reload);
    Ok(SignOutOutcome::SignedOut)
}

/// What would be lost with these accounts.
async fn unsent_in(running: &Running, leaving: &[AccountRow]) -> Result<u32, CommandError> {
    let mut count = 0;
    for row in leaving {
        count += running.store.unsent_count_of(row.key).await?;
    }
    Ok(count)
}

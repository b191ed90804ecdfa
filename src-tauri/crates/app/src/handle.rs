//! Carries out the calls of `schema::calls`. A call without a body does not compile.

use crate::core::{App, failed};
use crate::schema::*;
use crate::{
    act, channels, contact_notes, customer, day, export, files, left_behind, list, lock, mail, proposals,
    session, settings, statistics, templates, thread, unsent, views,
};
use deskbell_domain::Job;
use serde::Serialize;
use serde_json::Value;

fn answer<T: Serialize>(value: Result<T, CommandError>) -> Result<Value, CommandError> {
    serde_json::to_value(value?).map_err(|error| failed(&error))
}

pub(crate) async fn query(app: &App, query: Query) -> Result<Value, CommandError> {
    if app.lock().is_locked() && !matches!(query, Query::Session(())) {
        return Err(lock::refused());
    }
    match query {
        Query::Session(()) => answer(session::view(app).await),
        Query::Counts(request) => answer(list::counts(app, request).await),
        Query::Window(request) => answer(list::window(app, request).await),
        Query::Position(request) => answer(list::position(app, request).await),
        Query::Conversation(conversation) => answer(thread::conversation(app, conversation).await),
        Query::Timeline(request) => answer(thread::timeline(app, request).await),
        Query::Search(request) => answer(list::search(app, request).await),
        Query::Customers(request) => answer(list::customers(app, request).await),
        Query::Templates(request) => answer(list::templates(app, request).await),
        Query::ChannelTemplates(conversation) => answer(list::channel_templates(app, conversation).await),
        Query::Channels(request) => answer(channels::all(app, request).await),
        Query::Mail(request) => answer(mail::mail(app, request).await),
        Query::Assignees(conversation) => answer(list::assignees(app, conversation).await),
        Query::Outbox(()) => answer(unsent::all(app).await),
        Query::LeftBehind(()) => answer(left_behind::all(app).await),
        Query::ContactNotes(contact) => answer(contact_notes::notes(app, contact).await),
        Query::Labels(request) => answer(list::labels(app, request).await),
        Query::SavedViews(()) => answer(views::all(app).await),
        Query::Statistics(request) => answer(statistics::of_period(app, request).await),
        Query::Behind(request) => answer(statistics::behind(app, request).await),
        Query::Morning(request) => answer(day::morning(app, request).await),
        Query::Handover(request) => answer(day::handover(app, request).await),
    }
}

pub(crate) async fn mutate(app: &App, mutate: Mutate) -> Result<Value, CommandError> {
    let opens = matches!(
        mutate,
        Mutate::EnterPin(_) | Mutate::SignOut(_) | Mutate::Lock(())
    );
    if app.lock().is_locked() && !opens {
        return Err(lock::refused());
    }
    app.lock().active(app.now());
    app.person_acts().await;
    day::person_acts(app).await;
    let press = |conversation, job| act::press(app, conversation, vec![job]);
    match mutate {
        Mutate::SignIn(request) => answer(session::sign_in(app, request).await),
        Mutate::StartBuiltInDesk(()) => answer(session::start_built_in_desk(app).await),
        Mutate::Unlock(request) => answer(app.unlock(request.passphrase).await),
        Mutate::SignOut(request) => answer(session::sign_out(app, request).await),
        Mutate::Wipe(()) => answer(wipe(app).await),
        Mutate::Lock(()) => answer(lock::lock(app).await),
        Mutate::SetPin(request) => answer(lock::set_pin(app, request).await),
        Mutate::EnterPin(request) => answer(lock::enter_pin(app, request).await),
        Mutate::SaveSettings(request) => answer(save_settings(app, request).await),
        Mutate::Opened(conversation) => answer(thread::opened(app, conversation).await),
        Mutate::ShowPictures(request) => answer(mail::with_pictures(app, request).await),
        Mutate::LoadOlder(conversation) => answer(thread::load_older(app, conversation).await),
        Mutate::Send(request) => answer(act::send(app, request).await),
        Mutate::TakeOver(conversation) => answer(press(conversation, Job::TakeOver).await),
        Mutate::HandBack(conversation) => answer(press(conversation, Job::HandBack).await),
        Mutate::Escalate(request) => answer(act::escalate(app, request).await),
        Mutate::Assign(request) => answer(act::assign(app, request).await),
        Mutate::Close(request) => answer(act::close(app, request).await),
        Mutate::Snooze(request) => {
            answer(press(request.conversation, Job::Snooze { until: request.until }).await)
        }
        Mutate::SetPriority(request) => answer(
            press(
                request.conversation,
                Job::SetPriority {
                    priority: request.priority,
                },
            )
            .await,
        ),
        Mutate::ChangeLabels(LabelsRequest {
            conversation,
            add,
            remove,
        }) => answer(press(conversation, Job::ChangeLabels { add, remove }).await),
        Mutate::MarkSeen(conversation) => answer(press(conversation, Job::MarkSeen).await),
        Mutate::MarkUnread(conversation) => answer(press(conversation, Job::MarkUnread).await),
        Mutate::SaveDraft(request) => answer(thread::save_draft(app, request).await),
        Mutate::RetryItem(request) => answer(unsent::retry(app, request).await),
        Mutate::EditItem(request) => answer(unsent::edit(app, request).await),
        Mutate::DiscardItem(request) => answer(unsent::discard(app, request).await),
        Mutate::RecallItem(request) => answer(unsent::recall(app, request).await),
        Mutate::AddFile(request) => answer(files::add(app, request).await),
        Mutate::AppendFile(request) => answer(files::append(app, request).await),
        Mutate::DropFile(request) => answer(files::remove(app, request).await),
        Mutate::ChangeAttributes(AttributesRequest { conversation, change }) => {
            answer(press(conversation, Job::ChangeAttributes { change }).await)
        }
        Mutate::SetMuted(MuteRequest { conversation, muted }) => {
            answer(press(conversation, Job::SetMuted { muted }).await)
        }
        Mutate::SetChannelAi(request) => answer(channels::set(app, request).await),
        Mutate::SaveTemplate(request) => answer(templates::save(app, request).await),
        Mutate::DeleteTemplate(request) => answer(templates::delete(app, request).await),
        Mutate::DecideAction(request) => answer(proposals::decide(app, request).await),
        Mutate::DeleteMessage(DeleteMessageRequest {
            conversation,
            message,
        }) => answer(press(conversation, Job::DeleteMessage { message_id: message }).await),
        Mutate::EditContact(request) => answer(customer::edit(app, request).await),
        Mutate::ChangeContactLabels(request) => answer(customer::change_labels(app, request).await),
        Mutate::AddContactNote(request) => answer(customer::add_note(app, request).await),
        Mutate::EditContactNote(request) => answer(customer::edit_note(app, request).await),
        Mutate::DeleteContactNote(request) => answer(customer::delete_note(app, request).await),
        Mutate::SaveView(request) => answer(views::save(app, request).await),
        Mutate::DeleteView(view) => answer(views::delete(app, view).await),
        Mutate::ShareView(request) => answer(views::share(app, request).await),
        Mutate::OrderViews(request) => answer(views::keep_order(app, request).await),
        Mutate::KeepFile(request) => answer(views::keep_file(app, &request)),
        Mutate::ExportConversations(request) => answer(export::conversations(app, request).await),
        Mutate::Check(request) => answer(day::check(app, request).await),
    }
}

/// The person was told what is lost. Choices first: where they cannot be forgotten, nothing is.
async fn wipe(app: &App) -> Result<(), CommandError> {
    let running = app.running().await?;
    settings::forget(&running.store).await?;
    settings::tell_engine(&running).await;
    let everything = SignOutRequest {
        account: None,
        discard_unsent: true,
    };
    session::sign_out(app, everything).await?;
    Ok(())
}

async fn save_settings(app: &App, request: SettingsView) -> Result<(), CommandError> {
    let running = app.running().await?;
    settings::save(&running.store, request).await?;
    settings::tell_engine(&running).await;
    Ok(())
}

pub(crate) async fn trigger(app: &App, trigger: Trigger) {
    let shows_nothing = matches!(
        trigger,
        Trigger::TryNow(()) | Trigger::Speak(_) | Trigger::Ready(()) | Trigger::Quit(())
    );
    if app.lock().is_locked() && !shows_nothing {
        return;
    }
    match trigger {
        Trigger::Active(()) => app.lock().active(app.now()),
        Trigger::TryNow(()) => {
            if let Ok(running) = app.running().await {
                running.engine.try_now();
            }
        }
        Trigger::Typing(request) => {
            app.person_acts().await;
            if let Ok(running) = app.running().await {
                running.engine.typing(request.conversation, request.on);
            }
        }
        Trigger::Looking(request) => {
            if let Ok(running) = app.running().await {
                running.engine.look(request.conversation, request.on);
            }
        }
        Trigger::OpenLink(request) => open_link(app, &request.url),
        Trigger::TryBell(()) => {
            if let Ok(running) = app.running().await {
                app.feed().try_bell(&running).await;
            }
        }
        Trigger::Speak(request) => {
            let running = app.running().await.ok();
            app.feed().speak(request.language, running.as_ref()).await;
        }
        Trigger::Ready(()) => app.feed().screen_is_ready(),
        Trigger::Quit(()) => app.host().quit(),
    }
}

/// Guests write links too: only what a browser, mail program or telephone opens by itself goes out.
fn open_link(app: &App, link: &str) {
    match url::Url::parse(link) {
        Ok(url) if matches!(url.scheme(), "http" | "https" | "mailto" | "tel") => {
            app.host().open_link(url.as_str())
        }
        _ => tracing::info!("A link of another kind was not opened"),
    }
}

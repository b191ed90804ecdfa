//! The one stream of events to the screen.

use deskbell_app::schema::{Event, EventBatch};
use std::sync::{Mutex, PoisonError};
use tauri::ipc::Channel;

/// Events kept for a screen that does not listen yet; past that it asks again for everything.
const HELD_AT_MOST: usize = 1024;

/// Hands events over in order, and keeps them while nobody listens: at the start, and while the page is loaded anew.
#[derive(Default)]
pub struct EventStream {
    state: Mutex<State>,
}

enum State {
    Held(Vec<Event>),
    Listening(Channel<EventBatch>),
}

impl Default for State {
    fn default() -> Self {
        Self::Held(Vec::new())
    }
}

impl EventStream {
    /// Sends to the screen, or keeps for it.
    pub fn send(&self, batch: EventBatch) {
        // Sending happens under the lock: two batches must not overtake each other.
        let mut state = self.lock();
        match &mut *state {
            State::Held(events) => {
                events.extend(batch.events);
                collapse(events);
            }
            State::Listening(channel) => {
                if channel.send(batch).is_err() {
                    // The page is gone; the next one starts with questions of its own.
                    *state = State::default();
                }
            }
        }
    }

    /// From now on the screen listens here. What was kept comes first, as one batch.
    pub fn listen(&self, channel: Channel<EventBatch>) {
        let mut state = self.lock();
        let before = std::mem::replace(&mut *state, State::Listening(channel.clone()));
        if let State::Held(events) = before
            && !events.is_empty()
            && channel.send(EventBatch { events }).is_err()
        {
            *state = State::default();
        }
    }

    /// The page is being left: keep what comes until the next one listens.
    pub fn hold(&self) {
        let mut state = self.lock();
        if let State::Listening(_) = &*state {
            *state = State::default();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts a reload in place of too many events. A conversation somebody asked to see is not in what a reload answers.
fn collapse(events: &mut Vec<Event>) {
    if events.len() <= HELD_AT_MOST {
        return;
    }
    let asked_for = events
        .iter()
        .rev()
        .find(|event| matches!(event, Event::Open { .. }))
        .cloned();
    *events = std::iter::once(Event::Reload).chain(asked_for).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskbell_domain::{AccountKey, ConversationId, ConversationRef};
    use std::sync::Arc;
    use tauri::ipc::InvokeResponseBody;

    fn open(id: i64) -> Event {
        Event::Open {
            conversation: ConversationRef::new(AccountKey(1), ConversationId(id)),
        }
    }

    fn batch(events: &[Event]) -> EventBatch {
        EventBatch {
            events: events.to_vec(),
        }
    }

    fn screen() -> (Channel<EventBatch>, Arc<Mutex<Vec<Event>>>) {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&seen);
        let channel = Channel::new(move |body| {
            let InvokeResponseBody::Json(json) = body else {
                panic!("events travel as JSON");
            };
            let batch: EventBatch = serde_json::from_str(&json)?;
            sink.lock().unwrap().extend(batch.events);
            Ok(())
        });
        (channel, seen)
    }

    #[test]
    fn what_came_before_the_screen_comes_first() {
        let stream = EventStream::default();
        stream.send(batch(&[Event::Session, Event::List]));
        let (channel, seen) = screen();
        stream.listen(channel);
        stream.send(batch(&[Event::Catalog]));
        assert_eq!(
            *seen.lock().unwrap(),
            [Event::Session, Event::List, Event::Catalog]
        );
    }

    #[test]
    fn a_page_loaded_anew_misses_nothing() {
        let stream = EventStream::default();
        let (first, first_seen) = screen();
        stream.listen(first);
        stream.hold();
        stream.send(batch(&[Event::List]));
        let (second, second_seen) = screen();
        stream.listen(second);
        assert!(
            first_seen.lock().unwrap().is_empty(),
            "the page that was left hears nothing"
        );
        assert_eq!(*second_seen.lock().unwrap(), [Event::List]);
    }

    #[test]
    fn too_much_becomes_one_reload_that_keeps_what_was_asked_for() {
        let stream = EventStream::default();
        stream.send(batch(&[open(1), open(2)]));
        for _ in 0..HELD_AT_MOST {
            stream.send(batch(&[Event::List]));
        }
        let (channel, seen) = screen();
        stream.listen(channel);
        let seen = seen.lock().unwrap();
        assert_eq!(seen[..2], [Event::Reload, open(2)]);
        assert!(seen.len() <= HELD_AT_MOST);
    }
}

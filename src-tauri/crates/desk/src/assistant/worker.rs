//! Watching for conversations that wait for the assistant. One answer at a time per conversation, many side by side.

use super::case::{self, Case};
use super::deliver::{self, Prepared};
use super::{engine, llm, lookup};
use crate::desk::{Actor, Desk};
use crate::error::ApiError;
use crate::service::typing;
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::{Id, JoinHandle, JoinSet};

/// A moment in which the guest sees that an answer is coming, and may add a second line.
const PAUSE: Duration = Duration::from_millis(400);
/// Looks for what no event told of: after a start, or when events came too fast.
const SWEEP: Duration = Duration::from_secs(30);

/// Starts the assistant; it sees everything that happens from this call on. Aborting the handle ends it.
pub fn start(desk: Desk) -> JoinHandle<()> {
    let mut incoming = desk.subscribe_incoming();
    let mut returned = desk.subscribe_returned();
    tokio::spawn(async move {
        let mut answering = Answering::new(desk);
        let mut sweeps = tokio::time::interval(SWEEP);
        loop {
            let ended = tokio::select! {
                told = incoming.recv() => answering.hear(told.map(|incoming| incoming.conversation_id)).await,
                told = returned.recv() => answering.hear(told).await,
                _ = sweeps.tick() => answering.sweep().await,
                Some(finished) = answering.tasks.join_next_with_id() => {
                    answering.finish(finished.map_or_else(|error| error.id(), |(id, ())| id))
                }
            };
            if ended.is_break() {
                return;
            }
        }
    })
}

type Flow = std::ops::ControlFlow<()>;

struct Answering {
    desk: Desk,
    tasks: JoinSet<()>,
    /// Conversations being answered, by task.
    busy: HashMap<Id, i64>,
    /// Busy ones in which something more happened.
    again: HashSet<i64>,
}

impl Answering {
    fn new(desk: Desk) -> Self {
        Self {
            desk,
            tasks: JoinSet::new(),
            busy: HashMap::new(),
            again: HashSet::new(),
        }
    }

    async fn hear(&mut self, told: Result<i64, RecvError>) -> Flow {
        match told {
            Ok(conversation_id) => self.attend(conversation_id),
            Err(RecvError::Lagged(_)) => return self.sweep().await,
            Err(RecvError::Closed) => return Flow::Break(()),
        }
        Flow::Continue(())
    }

    async fn sweep(&mut self) -> Flow {
        match self.desk.read(|view| case::waiting(view)).await {
            Ok(waiting) => waiting.into_iter().for_each(|id| self.attend(id)),
            Err(error) => tracing::warn!(%error, "the assistant could not look for waiting guests"),
        }
        Flow::Continue(())
    }

    fn attend(&mut self, conversation_id: i64) {
        if self.busy.values().any(|busy| *busy == conversation_id) {
            self.again.insert(conversation_id);
            return;
        }
        let desk = self.desk.clone();
        let task = self.tasks.spawn(async move {
            if let Err(error) = answer(&desk, conversation_id).await {
                tracing::warn!(conversation.id = conversation_id, %error, "the assistant could not answer");
            }
        });
        self.busy.insert(task.id(), conversation_id);
    }

    fn finish(&mut self, task: Id) -> Flow {
        if let Some(conversation_id) = self.busy.remove(&task)
            && self.again.remove(&conversation_id)
        {
            self.attend(conversation_id);
        }
        Flow::Continue(())
    }
}

async fn answer(desk: &Desk, conversation_id: i64) -> Result<(), ApiError> {
    let case = desk
        .read(move |view| case::read(view, view.now_ms, conversation_id))
        .await?;
    let Some(case) = case else {
        return Ok(());
    };
    let bot = Actor::Bot(case.bot_id);
    typing::set(desk, bot, conversation_id, true).await?;
    let prepared = match desk.llm() {
        Some(model) if !is_settled(desk, &case).await? => llm::answer(desk, model, &case).await,
        _ => {
            tokio::time::sleep(PAUSE).await;
            None
        }
    };
    let prepared = prepared.map(|reply| Prepared {
        newest: case.newest(),
        reply,
    });
    desk.act(bot, move |change| {
        deliver::answer(change, conversation_id, prepared)
    })
    .await
}

/// Whether code alone decides: the never-list, or a yes or no to what was asked.
async fn is_settled(desk: &Desk, case: &Case) -> Result<bool, ApiError> {
    let own = case.clone();
    desk.read(move |view| {
        let lookup = lookup::Lookup {
            connection: view,
            account_id: own.account_id,
            contact_id: own.contact_id,
        };
        Ok(engine::settle(&own.turn, &lookup).is_some())
    })
    .await
}

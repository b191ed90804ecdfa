//! Creating one thing on the other side, once.

use super::client::{Body, Said};
use super::{ExportError, Move, pace};
use reqwest::Method;
use serde_json::Value;
use tokio::time::sleep;

/// How often it is begun again after it was found that nothing came of it.
const TRIES: u32 = 6;

/// What is to be created.
pub struct Thing {
    pub kind: &'static str,
    /// Its number here.
    pub source: i64,
    /// The number here of what it belongs to; 0: nothing.
    pub parent: i64,
    pub path: String,
    pub body: Body,
    /// Where its number there is in the answer.
    pub number: &'static str,
}

impl Move {
    /// Creates it, unless a try whose answer was lost already did: then `find` says what it is there. None when the
    /// server refuses it, which is written down.
    pub async fn once(
        &mut self,
        thing: Thing,
        mut find: impl AsyncFnMut(&mut Self) -> Result<Option<i64>, ExportError>,
    ) -> Result<Option<i64>, ExportError> {
        for attempt in 0..TRIES {
            self.progress.begin(self.desk.now_ms())?;
            let said = self.client.send(Method::POST, &thing.path, &thing.body).await?;
            let id = match said {
                Said::Refused(status) => {
                    self.progress.refuse(thing.kind, thing.source, status)?;
                    return Ok(None);
                }
                Said::Yes(answer) => number(&answer, thing.number),
                Said::Unsure => None,
            };
            let id = match id {
                Some(id) => Some(id),
                None => self.look_until_settled(&mut find).await?,
            };
            if let Some(id) = id {
                self.carried(&thing, id)?;
                return Ok(Some(id));
            }
            sleep(pace::before_retry(attempt)).await;
        }
        Err(ExportError::Unreachable("it does not answer"))
    }

    /// A server that lost the answer may still be working: not there is only said when it cannot be any more.
    async fn look_until_settled(
        &mut self,
        find: &mut impl AsyncFnMut(&mut Self) -> Result<Option<i64>, ExportError>,
    ) -> Result<Option<i64>, ExportError> {
        for wait in pace::looks(self.client.settle()) {
            sleep(wait).await;
            if let Some(id) = find(self).await? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    fn carried(&mut self, thing: &Thing, id: i64) -> Result<(), ExportError> {
        self.progress
            .done(thing.kind, thing.source, thing.parent, &id.to_string())
    }
}

/// A number at a JSON pointer.
fn number(answer: &Value, pointer: &str) -> Option<i64> {
    answer.pointer(pointer).and_then(Value::as_i64)
}

//! What an answer says: JSON, or a refusal in one of the wire's five shapes (reference §1.4).

use crate::ClientError;
use crate::wire::Read;
use serde_json::Value;

/// A sentence longer than this is no sentence.
const LONGEST_SENTENCE: usize = 500;

/// One answer, read whole.
pub(crate) struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON, if it is.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The JSON of a 2xx, an empty one as null; an error otherwise.
    pub fn into_json(self) -> Result<Value, ClientError> {
        if !self.is_success() {
            return Err(self.error());
        }
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&self.body).map_err(|_| ClientError::Unknown)
    }

    /// What a status other than 2xx means.
    pub fn error(&self) -> ClientError {
        match self.status {
            401 => match self.refusal() {
                Refusal {
                    is_unauthenticated: true,
                    ..
                } => ClientError::SignedOut,
                _ => ClientError::NotAllowed,
            },
            403 => ClientError::NotAllowed,
            404 | 410 => ClientError::Missing,
            429 => ClientError::Throttled,
            // A redirect was answered by something before the server: the request went no further.
            300..=399 => ClientError::NotSent,
            400 | 402 | 405..=407 | 409 | 411..=428 | 430..=499 => ClientError::Refused {
                message: self.refusal().sentence,
            },
            status => ClientError::ServerFault { status },
        }
    }

    /// The refusal the body holds; an empty one if it holds none.
    fn refusal(&self) -> Refusal {
        self.json().map(|body| Refusal::read(&body)).unwrap_or_default()
    }
}

/// A refusal in words.
#[derive(Debug, Default, PartialEq, Eq)]
struct Refusal {
    /// The server's own sentence, empty if it gave none.
    sentence: String,
    /// True when it says that nobody is signed in, not that this person may not.
    is_unauthenticated: bool,
}

impl Refusal {
    /// Permission refusals are 401 too: only the bad token's own sentence, and the bare `errors` list of a request
    /// without a session, mean signed out (reference §1.4).
    fn read(body: &Value) -> Self {
        let errors = body.list("errors").first().and_then(Value::as_str);
        let error = body.get("error").and_then(Value::as_str);
        let sentence = error
            .or(body.get("message").and_then(Value::as_str))
            .or(errors)
            .unwrap_or("");
        Self {
            sentence: sentence.chars().take(LONGEST_SENTENCE).collect(),
            is_unauthenticated: match error {
                Some(error) => error.trim().eq_ignore_ascii_case("invalid access token"),
                None => errors.is_some(),
            },
        }
    }
}

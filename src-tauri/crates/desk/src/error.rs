//! What can go wrong: while starting ([`DeskError`]) and while answering ([`ApiError`], in the bodies of reference
//! §1.4). Neither ever holds names, tokens or message text.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Why the desk does not start. Each reads as one line.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    #[error("cannot use the folder {path}: {source}", path = .path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    #[error("the folder {} is in use by another desk", .0.display())]
    FolderInUse(PathBuf),
    #[error("cannot listen on {address}: {source}")]
    Listen { address: String, source: std::io::Error },
    #[error("the data was written by a newer version of this program")]
    NewerData,
    #[error("cannot open the data: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("cannot start a thread: {0}")]
    Thread(std::io::Error),
    #[error("cannot use {} for encryption: {problem}", .path.display())]
    Tls { path: PathBuf, problem: String },
    #[error(transparent)]
    Mail(#[from] crate::mail::ServerError),
    #[error("there is no web chat that guests could be simulated on: add one, or start with --demo")]
    NobodyToWriteTo,
    #[error("cannot listen for the signal to stop: {0}")]
    Signals(std::io::Error),
    #[error("cannot prepare the data: {0}")]
    Prepare(ApiError),
}

impl From<ApiError> for DeskError {
    fn from(error: ApiError) -> Self {
        Self::Prepare(error)
    }
}

/// A refused request. The variant is the body's shape.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No or invalid session headers.
    #[error("not signed in")]
    NotSignedIn,
    /// 401 `{"error": …}`: a wrong token, a foreign account, a missing permission.
    #[error("{0}")]
    Unauthorized(&'static str),
    /// 403 `{"error": …}`.
    #[error("{0}")]
    Forbidden(&'static str),
    /// A record is missing.
    #[error("Resource could not be found")]
    NotFound,
    /// An unknown route, or a miss in the public API.
    #[error("no such address")]
    NoRoute,
    /// 404 with an empty body.
    #[error("not found")]
    NotFoundEmpty,
    /// 422 `{"error": …}`.
    #[error("{0}")]
    Refused(String),
    /// 422 `{"message", "attributes"}`: a record is not valid.
    #[error("{message}")]
    Invalid {
        message: String,
        attributes: Vec<&'static str>,
    },
    /// The body is not what its content type says.
    #[error("malformed request")]
    Malformed,
    /// The body is larger than anything that is asked for here.
    #[error("request too large")]
    TooLarge,
    /// 429, text/plain.
    #[error("too many requests")]
    TooMany,
    /// 500 where the reference says so, such as an unknown enum value in a write. The request is wrong, not the desk.
    #[error("{0}")]
    AsUpstream(&'static str),
    /// 500: a part of the desk failed.
    #[error("{0}")]
    Broken(&'static str),
    /// 500 nobody expected.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// A whole answer of its own, such as those of the sign-in.
    #[error("refused with status {0}")]
    Answer(StatusCode, Value),
}

impl ApiError {
    /// Permission denied: 401, not 403 (reference §1.4).
    pub const DENIED: Self = Self::Unauthorized("You are not authorized to do this action");

    /// A required wrapper or parameter is missing.
    pub fn missing(name: &str) -> Self {
        Self::Refused(format!("param is missing or the value is empty: {name}"))
    }

    /// One field of a record is not valid.
    pub fn invalid(message: impl Into<String>, attribute: &'static str) -> Self {
        Self::Invalid {
            message: message.into(),
            attributes: vec![attribute],
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, body) = match self {
            Self::NotSignedIn => (
                StatusCode::UNAUTHORIZED,
                json!({ "errors": ["You need to sign in or sign up before continuing."] }),
            ),
            Self::Unauthorized(error) => (StatusCode::UNAUTHORIZED, json!({ "error": error })),
            Self::Forbidden(error) => (StatusCode::FORBIDDEN, json!({ "error": error })),
            Self::NotFound => (StatusCode::NOT_FOUND, json!({ "error": self.to_string() })),
            Self::NoRoute => (
                StatusCode::NOT_FOUND,
                json!({ "status": 404, "error": "Not Found" }),
            ),
            Self::NotFoundEmpty => return StatusCode::NOT_FOUND.into_response(),
            Self::Refused(error) => (StatusCode::UNPROCESSABLE_ENTITY, json!({ "error": error })),
            Self::Invalid { message, attributes } => (
                StatusCode::UNPROCESSABLE_ENTITY,
                json!({ "message": message, "attributes": attributes }),
            ),
            Self::Malformed => (
                StatusCode::BAD_REQUEST,
                json!({ "status": 400, "error": "Bad Request" }),
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                json!({ "status": 413, "error": "Payload Too Large" }),
            ),
            Self::TooMany => return (StatusCode::TOO_MANY_REQUESTS, "Retry later\n").into_response(),
            Self::AsUpstream(_) => failed(),
            Self::Broken(_) | Self::Database(_) => {
                tracing::error!(error = %self, "a request failed");
                failed()
            }
            Self::Answer(status, body) => (status, body),
        };
        (status, Json(body)).into_response()
    }
}

fn failed() -> (StatusCode, Value) {
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        json!({ "status": 500, "error": "Internal Server Error" }),
    )
}

/// Turns "no such row" into `None`.
pub trait Optional<T> {
    fn optional(self) -> Result<Option<T>, ApiError>;
}

impl<T> Optional<T> for rusqlite::Result<T> {
    fn optional(self) -> Result<Option<T>, ApiError> {
        match self {
            Ok(row) => Ok(Some(row)),
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

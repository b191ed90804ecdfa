use crate::StoreError;
use rusqlite::ErrorCode;

/// What can go wrong while a connection is at work; it becomes a [`StoreError`] at the edge, where file and operation
/// are known and all text that could quote a guest is dropped.
#[derive(Debug)]
pub(crate) enum Fault {
    Sql(rusqlite::Error),
    /// A stored value does not have the form it was written in.
    Shape,
    Store(StoreError),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(_: serde_json::Error) -> Self {
        Self::Shape
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Fault {
    /// What the caller can do about it.
    pub(crate) fn into_error(self, file: &'static str, what: &'static str) -> StoreError {
        match self {
            Self::Store(error) => error,
            Self::Shape => StoreError::Damaged { file },
            Self::Sql(error) => classify(&error, file, what),
        }
    }
}

fn classify(error: &rusqlite::Error, file: &'static str, what: &'static str) -> StoreError {
    use rusqlite::Error;
    match error {
        Error::FromSqlConversionFailure(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::InvalidColumnType(..)
        | Error::Utf8Error(..) => return StoreError::Damaged { file },
        _ => {}
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::WrongKey { file },
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { file },
        Some(
            ErrorCode::DiskFull
            | ErrorCode::ReadOnly
            | ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied,
        ) => StoreError::Disk,
        _ => StoreError::Failed {
            what,
            code: error.sqlite_error().map_or(-1, |error| error.extended_code),
        },
    }
}

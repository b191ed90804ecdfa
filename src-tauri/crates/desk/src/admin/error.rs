//! Why a command of the administrator does nothing. Each reads as one line; none holds a name, an address or a value
//! of a file: the line number leads there.

use crate::error::{ApiError, DeskError};
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    #[error("a desk is running on {}: stop it first", .0.display())]
    Running(PathBuf),
    #[error("there is no desk in {}: begin with `deskbell-desk admin add-property`", .0.display())]
    NoDesk(PathBuf),
    #[error("cannot read {}: {source}", .path.display())]
    File { path: PathBuf, source: std::io::Error },
    /// A wrong line of a file.
    #[error("{}, {bad}", .path.display())]
    Row { path: PathBuf, bad: Bad },
    /// What was asked for cannot be.
    #[error("{0}")]
    Refused(String),
    #[error("cannot read the password: {0}")]
    Password(std::io::Error),
    #[error(transparent)]
    Desk(DeskError),
}

impl AdminError {
    pub fn refused(problem: impl Into<String>) -> Self {
        Self::Refused(problem.into())
    }
}

impl From<DeskError> for AdminError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::FolderInUse(path) => Self::Running(path),
            other => Self::Desk(other),
        }
    }
}

impl From<ApiError> for AdminError {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::Refused(problem) | ApiError::Invalid { message: problem, .. } => Self::Refused(problem),
            other => Self::Desk(other.into()),
        }
    }
}

/// What is wrong in a file, and where.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct Bad {
    /// From 1.
    pub line: usize,
    pub problem: String,
}

impl Bad {
    pub fn at(line: usize, problem: impl Into<String>) -> Self {
        Self {
            line,
            problem: problem.into(),
        }
    }
}

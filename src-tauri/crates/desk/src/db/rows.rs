//! Reading rows: every table's struct says how it is read, these say how many are wanted.

use crate::error::{ApiError, Optional};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Params, Row};

/// A struct that is one row. Columns are read by name, so `SELECT table.*` fits.
pub trait FromRow: Sized {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self>;
}

/// The first row, if any.
pub fn one<T: FromRow>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Option<T>, ApiError> {
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_row(params, |row| T::from_row(row)).optional()
}

/// All rows.
pub fn many<T: FromRow>(connection: &Connection, sql: &str, params: impl Params) -> Result<Vec<T>, ApiError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| T::from_row(row))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The first column of the first row, if any.
pub fn value<T: FromSql>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Option<T>, ApiError> {
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_row(params, |row| row.get(0)).optional()
}

/// The first column of the first row of a query that always has one, such as a count.
pub fn count(connection: &Connection, sql: &str, params: impl Params) -> Result<i64, ApiError> {
    Ok(value(connection, sql, params)?.unwrap_or(0))
}

/// The first column of all rows.
pub fn values<T: FromSql>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<T>, ApiError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The first two columns of all rows.
pub fn pairs<A: FromSql, B: FromSql>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<(A, B)>, ApiError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Runs a statement; answers how many rows it changed.
pub fn execute(connection: &Connection, sql: &str, params: impl Params) -> Result<usize, ApiError> {
    Ok(connection.prepare_cached(sql)?.execute(params)?)
}

/// Inserts a row; answers its id.
pub fn insert(connection: &Connection, sql: &str, params: impl Params) -> Result<i64, ApiError> {
    Ok(connection.prepare_cached(sql)?.insert(params)?)
}

//! Results in forms that other programs read: CSV, JSON Lines and Apache Parquet, with the same columns.
//!
//! CSV and Parquet have one row for each signature, and one for a document without any; the columns of the document are
//! repeated. JSON Lines has one object for each document with its signatures in it.

mod columns;
mod csv;
mod json;
mod parquet;

use std::io::{self, Write};

pub use columns::{COLUMNS, Cell, Column, Kind, Scope};
pub use parquet::ParquetWriter;

use crate::{Record, Results, StoreError};
use columns::Line;

/// A form of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// RFC 4180 in UTF-8 with a byte order mark, as Excel opens it; values that Excel would run begin with `'`.
    Csv,
    /// One JSON object on each line.
    JsonLines,
    /// Apache Parquet.
    Parquet,
}

/// Why results could not be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// They cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The export cannot be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

impl From<::parquet::errors::ParquetError> for ExportError {
    fn from(error: ::parquet::errors::ParquetError) -> Self {
        // What the target said, which may be that nobody reads any more.
        Self::Write(match error {
            ::parquet::errors::ParquetError::External(inner) => match inner.downcast::<io::Error>() {
                Ok(error) => *error,
                Err(inner) => io::Error::other(inner),
            },
            other => io::Error::other(other),
        })
    }
}

impl From<::csv::Error> for ExportError {
    fn from(error: ::csv::Error) -> Self {
        Self::Write(match error.into_kind() {
            ::csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        })
    }
}

/// Writes all documents of results, sorted by name. Documents that have gone are among them and say so.
///
/// # Errors
/// [`ExportError`].
pub fn export(results: &Results, form: Form, target: impl Write + Send) -> Result<(), ExportError> {
    match form {
        Form::Csv => csv::write(results, target),
        Form::JsonLines => json::write(results, target),
        Form::Parquet => {
            let mut writer = ParquetWriter::new(target)?;
            results.for_each(|row| writer.add(&row.record, row.gone))?;
            writer.finish().map(drop)
        }
    }
}

/// The rows of a document: one for each signature, one if there is none.
fn lines(record: &Record, gone: bool) -> impl Iterator<Item = Line<'_>> {
    let none = record.signatures.is_empty().then_some(Line { record, gone, signature: None });
    let some =
        record.signatures.iter().enumerate().map(move |signature| Line { record, gone, signature: Some(signature) });
    none.into_iter().chain(some)
}

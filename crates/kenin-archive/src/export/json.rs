use std::io::Write;

use serde_json::{Map, Value};

use super::columns::Line;
use super::{COLUMNS, Cell, ExportError, Kind, Scope};
use crate::Results;

pub(super) fn write(results: &Results, mut target: impl Write) -> Result<(), ExportError> {
    results.for_each(|row| {
        let mut document = object(&Line { record: &row.record, gone: row.gone, signature: None }, Scope::Document);
        let signatures = row.record.signatures.iter().enumerate();
        let signatures = signatures.map(|signature| {
            let line = Line { record: &row.record, gone: row.gone, signature: Some(signature) };
            Value::Object(object(&line, Scope::Signature))
        });
        document.insert("signatures".to_owned(), signatures.collect());
        serde_json::to_writer(&mut target, &document).map_err(std::io::Error::from)?;
        target.write_all(b"\n")?;
        Ok::<_, ExportError>(())
    })?;
    target.flush()?;
    Ok(())
}

fn object(line: &Line<'_>, scope: Scope) -> Map<String, Value> {
    let columns = COLUMNS.iter().filter(|column| column.scope == scope);
    columns.map(|column| (column.name.to_owned(), value(column.of(line), column.kind))).collect()
}

fn value(cell: Option<Cell>, kind: Kind) -> Value {
    match cell {
        None => Value::Null,
        Some(Cell::Text(text)) if kind == Kind::Json => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        Some(Cell::Text(text)) => Value::String(text),
        Some(Cell::Number(number)) => number.into(),
        Some(Cell::Flag(flag)) => flag.into(),
        Some(Cell::Time(time)) => Value::String(time.to_string()),
    }
}

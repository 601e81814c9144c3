use std::io::Write;

use csv::{Terminator, WriterBuilder};

use super::{COLUMNS, Cell, ExportError, lines};
use crate::Results;

/// By which Excel knows UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

pub(super) fn write(results: &Results, mut target: impl Write) -> Result<(), ExportError> {
    target.write_all(BYTE_ORDER_MARK)?;
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(target);
    writer.write_record(COLUMNS.iter().map(|column| column.name))?;
    results.for_each(|row| {
        for line in lines(&row.record, row.gone) {
            writer.write_record(COLUMNS.iter().map(|column| column.of(&line).map_or_else(String::new, shown)))?;
        }
        Ok::<_, ExportError>(())
    })?;
    writer.flush()?;
    Ok(())
}

fn shown(cell: Cell) -> String {
    match cell {
        Cell::Text(text) => inert(text),
        Cell::Number(number) => number.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Time(time) => time.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula: whoever names a file must not run anything on the reader's desk.
fn inert(text: String) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        true => format!("'{text}"),
        false => text,
    }
}

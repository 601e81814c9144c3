use std::io::Write;
use std::sync::Arc;

use kenin::UtcTime;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::errors::Result as ParquetResult;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::{COLUMNS, Cell, Column, ExportError, Kind, lines};
use crate::Record;

/// Rows of a row group, which are held in memory.
const GROUP: usize = 8192;

/// Octets of text in a row group, when that is less.
const OCTETS: usize = 16 << 20;

/// Writes rows as Apache Parquet, in the order in which they come.
pub struct ParquetWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    /// The values of every column that wait for their row group.
    waiting: Vec<Vec<Option<Cell>>>,
    octets: usize,
    rows: u64,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// [`ExportError`].
    pub fn new(target: W) -> Result<Self, ExportError> {
        let compression = Compression::ZSTD(ZstdLevel::default());
        let properties = WriterProperties::builder()
            .set_compression(compression)
            .set_created_by(concat!("kenin ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer = SerializedFileWriter::new(target, schema()?, Arc::new(properties))?;
        Ok(Self { writer, waiting: vec![Vec::new(); COLUMNS.len()], octets: 0, rows: 0 })
    }

    /// Adds the rows of a document.
    ///
    /// # Errors
    /// [`ExportError`].
    pub fn add(&mut self, record: &Record, gone: bool) -> Result<(), ExportError> {
        for line in lines(record, gone) {
            for (column, values) in COLUMNS.iter().zip(&mut self.waiting) {
                let cell = column.of(&line);
                if let Some(Cell::Text(text)) = &cell {
                    self.octets += text.len();
                }
                values.push(cell);
            }
            self.rows += 1;
            if self.octets >= OCTETS || self.waiting.first().is_some_and(|values| values.len() >= GROUP) {
                self.write()?;
            }
        }
        Ok(())
    }

    /// Ends the file and gives back what it was written to, with the number of rows.
    ///
    /// # Errors
    /// [`ExportError`].
    pub fn finish(mut self) -> Result<(W, u64), ExportError> {
        self.write()?;
        Ok((self.writer.into_inner()?, self.rows))
    }

    fn write(&mut self) -> Result<(), ExportError> {
        if self.waiting.first().is_none_or(Vec::is_empty) {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for (column, values) in COLUMNS.iter().zip(&mut self.waiting) {
            write_column(&mut group, column.kind, values)?;
            values.clear();
        }
        group.close()?;
        self.octets = 0;
        Ok(())
    }
}

fn schema() -> ParquetResult<TypePtr> {
    let fields = COLUMNS.iter().map(|column| field(column).map(Arc::new)).collect::<ParquetResult<_>>()?;
    Type::group_type_builder("kenin").with_fields(fields).build().map(Arc::new)
}

fn field(column: &Column) -> ParquetResult<Type> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Json => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
        Kind::Number => (Physical::INT64, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Time => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS))),
    };
    Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

fn write_column<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    kind: Kind,
    values: &[Option<Cell>],
) -> Result<(), ExportError> {
    match kind {
        Kind::Text | Kind::Json => write_as::<ByteArrayType, W>(group, values, |cell| match cell {
            Cell::Text(text) => Some(ByteArray::from(text.as_str())),
            _ => None,
        }),
        Kind::Number => write_as::<Int64Type, W>(group, values, |cell| match cell {
            Cell::Number(number) => Some(*number),
            _ => None,
        }),
        Kind::Flag => write_as::<BoolType, W>(group, values, |cell| match cell {
            Cell::Flag(flag) => Some(*flag),
            _ => None,
        }),
        Kind::Time => write_as::<Int64Type, W>(group, values, |cell| match cell {
            Cell::Time(time) => Some(microseconds(*time)),
            _ => None,
        }),
    }
}

fn write_as<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: &[Option<Cell>],
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Result<(), ExportError> {
    let cells: Vec<Option<T::T>> = cells.iter().map(|cell| cell.as_ref().and_then(&value)).collect();
    let present: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(&values, Some(&present), None)?;
        column.close()?;
    }
    Ok(())
}

fn microseconds(time: UtcTime) -> i64 {
    time.unix_seconds().saturating_mul(1_000_000).saturating_add(i64::from(time.subsec_nanos() / 1000))
}

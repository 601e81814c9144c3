//! The columns of an export. `docs/batch.md` describes them one by one; a test holds the two together.

use std::str;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kenin::UtcTime;

use crate::{Name, Record, SignatureRecord};

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it is about.
    pub scope: Scope,
    /// What it holds.
    pub kind: Kind,
    value: fn(&Line<'_>) -> Option<Cell>,
}

/// What a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The document.
    Document,
    /// One of its signatures.
    Signature,
}

/// What a column holds. Any value may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A time in UTC: RFC 3339 in text, microseconds since 1970 in Parquet.
    Time,
    /// JSON: itself in JSON Lines, elsewhere its text.
    Json,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Of a text or JSON column.
    Text(String),
    /// Of a number column.
    Number(i64),
    /// Of a flag column.
    Flag(bool),
    /// Of a time column.
    Time(UtcTime),
}

/// What a row is made of.
pub(super) struct Line<'a> {
    pub(super) record: &'a Record,
    pub(super) gone: bool,
    pub(super) signature: Option<(usize, &'a SignatureRecord)>,
}

impl Column {
    /// The value in a row.
    pub(super) fn of(&self, line: &Line<'_>) -> Option<Cell> {
        (self.value)(line)
    }
}

const fn document(name: &'static str, kind: Kind, value: fn(&Line<'_>) -> Option<Cell>) -> Column {
    Column { name, scope: Scope::Document, kind, value }
}

const fn signature(name: &'static str, kind: Kind, value: fn(&Line<'_>) -> Option<Cell>) -> Column {
    Column { name, scope: Scope::Signature, kind, value }
}

/// The columns, in order.
pub const COLUMNS: &[Column] = &[
    document("name", Kind::Text, |line| text(line.record.name.to_string())),
    document("name_bytes", Kind::Text, |line| bytes(&line.record.name)),
    document("gone", Kind::Flag, |line| Some(Cell::Flag(line.gone))),
    document("size", Kind::Number, |line| number(line.record.stamp.size)),
    document("modified", Kind::Time, |line| line.record.stamp.modified.map(from_nanoseconds)),
    document("sha256", Kind::Text, |line| line.record.sha256.map(|sha256| Cell::Text(sha256.to_string()))),
    document("format", Kind::Text, |line| text(line.record.format.clone())),
    document("verdict", Kind::Text, |line| text(line.record.verdict.clone())),
    document("conformity", Kind::Text, |line| text(line.record.conformity.clone())),
    document("error", Kind::Text, |line| line.record.error.clone().map(Cell::Text)),
    document("error_reason", Kind::Text, |line| line.record.error_reason.clone().map(Cell::Text)),
    document("content", Kind::Text, |line| line.record.content.as_ref().map(|name| Cell::Text(name.to_string()))),
    document("requirement", Kind::Text, |line| line.record.requirement.clone().map(Cell::Text)),
    document("reason", Kind::Text, |line| line.record.reason.clone().map(Cell::Text)),
    document("verifiable_until", Kind::Time, |line| line.record.verifiable_until.map(Cell::Time)),
    document("renew_before", Kind::Time, |line| line.record.renew_before.map(Cell::Time)),
    document("verification_id", Kind::Text, |line| text(line.record.verification_id.clone())),
    document("signature_count", Kind::Number, |line| number(line.record.signatures.len())),
    signature("signature_number", Kind::Number, |line| line.signature.and_then(|(index, _)| number(index + 1))),
    signature("signature_id", Kind::Text, |line| of(line, |signature| Some(&signature.id))),
    signature("kind", Kind::Text, |line| of(line, |signature| Some(&signature.kind))),
    signature("signature_format", Kind::Text, |line| of(line, |signature| Some(&signature.format))),
    signature("level", Kind::Text, |line| of(line, |signature| Some(&signature.level))),
    signature("reached_level", Kind::Text, |line| of(line, |signature| Some(&signature.reached_level))),
    signature("indication", Kind::Text, |line| of(line, |signature| Some(&signature.indication))),
    signature("sub_indication", Kind::Text, |line| of(line, |signature| signature.sub_indication.as_ref())),
    signature("signer", Kind::Text, |line| of(line, |signature| signature.signer.as_ref())),
    signature("issuer", Kind::Text, |line| of(line, |signature| signature.issuer.as_ref())),
    signature("certificate_sha256", Kind::Text, |line| {
        line.signature?.1.certificate_sha256.map(|sha256| Cell::Text(sha256.to_string()))
    }),
    signature("licence", Kind::Text, |line| of(line, |signature| signature.licence.as_ref())),
    signature("best_signature_time", Kind::Time, |line| line.signature?.1.best_signature_time.map(Cell::Time)),
    signature("tsa", Kind::Text, |line| of(line, |signature| signature.tsa.as_ref())),
    signature("grade", Kind::Text, |line| of(line, |signature| signature.grade.as_ref())),
    signature("checks", Kind::Json, |line| of(line, |signature| signature.checks.as_ref())),
];

fn text(text: String) -> Option<Cell> {
    Some(Cell::Text(text))
}

fn number(number: impl TryInto<i64>) -> Option<Cell> {
    number.try_into().ok().map(Cell::Number)
}

fn of<'a>(line: &Line<'a>, value: impl Fn(&'a SignatureRecord) -> Option<&'a String>) -> Option<Cell> {
    line.signature.and_then(|(_, signature)| value(signature)).cloned().map(Cell::Text)
}

/// A name that is no UTF-8, in base64.
fn bytes(name: &Name) -> Option<Cell> {
    str::from_utf8(name.as_bytes()).is_err().then(|| Cell::Text(STANDARD.encode(name.as_bytes())))
}

fn from_nanoseconds(nanoseconds: i64) -> Cell {
    let fraction = u32::try_from(nanoseconds.rem_euclid(1_000_000_000)).unwrap_or(0);
    let digits = if fraction == 0 { 0 } else { 9 };
    Cell::Time(UtcTime::from_unix(nanoseconds.div_euclid(1_000_000_000)).with_fraction(fraction, digits))
}

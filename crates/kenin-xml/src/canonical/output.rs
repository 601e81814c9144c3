use kenin_base::{Budget, Resource};
use memchr::memchr3_iter;

use crate::XmlError;
use crate::error::as_offset;

/// How many octets are gathered before the sink sees them.
const PIECE: usize = 64 << 10;

/// Canonical octets on their way to the sink.
pub(super) struct Output<'a> {
    budget: &'a Budget,
    sink: &'a mut dyn FnMut(&[u8]),
    piece: Vec<u8>,
}

impl<'a> Output<'a> {
    pub(super) fn new(budget: &'a Budget, sink: &'a mut dyn FnMut(&[u8])) -> Self {
        Self { budget, sink, piece: Vec::new() }
    }

    /// As it is.
    pub(super) fn push(&mut self, text: &str) -> Result<(), XmlError> {
        if self.piece.len() + text.len() > PIECE {
            self.flush()?;
        }
        if text.len() > PIECE {
            self.charge(text.len())?;
            (self.sink)(text.as_bytes());
        } else {
            self.piece.extend_from_slice(text.as_bytes());
        }
        Ok(())
    }

    /// A text node (C14N 1.0, 2.3): `&`, `<`, `>` and CR as references.
    pub(super) fn push_text(&mut self, text: &str) -> Result<(), XmlError> {
        let mut done = 0;
        // A CR is rare, and no place for a fourth needle.
        if text.contains('\r') {
            return text.split_inclusive('\r').try_for_each(|line| match line.strip_suffix('\r') {
                Some(line) => self.push_text(line).and_then(|()| self.push("&#xD;")),
                None => self.push_text(line),
            });
        }
        for place in memchr3_iter(b'&', b'<', b'>', text.as_bytes()) {
            self.push(text.get(done..place).unwrap_or_default())?;
            self.push(match text.as_bytes().get(place) {
                Some(b'&') => "&amp;",
                Some(b'<') => "&lt;",
                _ => "&gt;",
            })?;
            done = place + 1;
        }
        self.push(text.get(done..).unwrap_or_default())
    }

    /// An attribute's or a namespace's value, with its quotes (C14N 1.0, 2.3): `&`, `<`, `"`, tab, LF and CR as references.
    pub(super) fn push_value(&mut self, value: &str) -> Result<(), XmlError> {
        self.push("\"")?;
        let mut done = 0;
        for (place, byte) in value.bytes().enumerate() {
            let reference = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'"' => "&quot;",
                b'\t' => "&#x9;",
                b'\n' => "&#xA;",
                b'\r' => "&#xD;",
                _ => continue,
            };
            self.push(value.get(done..place).unwrap_or_default())?;
            self.push(reference)?;
            done = place + 1;
        }
        self.push(value.get(done..).unwrap_or_default())?;
        self.push("\"")
    }

    /// Work that makes no output is paid for as if it did.
    pub(super) fn charge(&self, octets: usize) -> Result<(), XmlError> {
        Ok(self.budget.spend(Resource::XmlCanonicalBytes, as_offset(octets))?)
    }

    pub(super) fn flush(&mut self) -> Result<(), XmlError> {
        self.charge(self.piece.len())?;
        if !self.piece.is_empty() {
            (self.sink)(&self.piece);
            self.piece.clear();
        }
        Ok(())
    }
}

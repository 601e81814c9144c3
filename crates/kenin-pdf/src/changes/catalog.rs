//! The trailer, the catalog and the document security store (ISO 32000-1 7.5.5, 7.7.2; EN 319 142-1 5.4.2).

use kenin_facts::ModificationRule as Rule;

use super::difference::{Views, entries, key_text};
use super::graph::{Place, entry_role};
use super::role::Role;
use super::step::Step;
use crate::chain::View;
use crate::error::ReadError;
use crate::object::{Dictionary, Object, Stream};

/// Entries that describe the section, or that change with every update: /ID (14.4).
const SECTION_KEYS: [&[u8]; 10] =
    [b"Size", b"Prev", b"W", b"Index", b"Filter", b"DecodeParms", b"Length", b"Type", b"XRefStm", b"ID"];

/// Metadata up to this size is looked into.
const MAX_METADATA: u64 = 4 << 20;

impl Step<'_, '_> {
    pub(super) fn trailer(&mut self) -> Result<(), ReadError> {
        let empty = Dictionary::default();
        let old = self.views.old.trailer().unwrap_or(&empty);
        let new = self.views.new.trailer().unwrap_or(&empty);
        for (key, before, after) in entries(old, new) {
            if SECTION_KEYS.contains(&&*key) {
                continue;
            }
            if let Some(reference) = after.as_reference().or_else(|| before.as_reference()) {
                self.at = reference;
            }
            match &*key {
                b"Root" => self.root(&before, &after)?,
                b"Info" if after.is_null() => {}
                b"Info" => self.plain(Rule::Metadata, Some(&before), Some(&after), "/Info")?,
                b"Encrypt" => self.plain(Rule::Encryption, Some(&before), Some(&after), "/Encrypt")?,
                // The integrity code of an encrypted document covers the whole file, so it is made anew (ISO/TS 32004).
                b"AuthCode" => {}
                // A key that 7.5.5 does not define belongs to the writer of its section, which need not be the update's.
                _ if after.is_null() => {}
                _ => self.plain(Rule::Catalog, Some(&before), Some(&after), &key_text(&key))?,
            }
        }
        Ok(())
    }

    /// Another object as the catalog: held against the one before like a catalog that is redefined.
    fn root(&mut self, old: &Object, new: &Object) -> Result<(), ReadError> {
        let Some((before, after)) = self.views.pair(Some(old), Some(new))? else { return Ok(()) };
        self.catalog(&before, &after)?;
        self.graph.extend(self.document, self.views.new, &after, Role::Catalog, Place::default())
    }

    pub(super) fn catalog(&mut self, old: &Object, new: &Object) -> Result<(), ReadError> {
        let (Object::Dictionary(old), Object::Dictionary(new)) = (old, new) else {
            self.change(Rule::Catalog, String::new());
            return Ok(());
        };
        for (key, before, after) in entries(old, new) {
            let what = key_text(&key);
            let Some((before, after)) = self.views.pair(Some(&before), Some(&after))? else { continue };
            match entry_role(Role::Catalog, &key, &Place::default()) {
                Role::Form => self.form(&before, &after)?,
                Role::Metadata => self.metadata(&before, &after, &what)?,
                Role::Extensions => self.extensions(&before, &after, &what)?,
                Role::CatalogPart if *key == *b"Perms" => self.permissions(&before, &after)?,
                Role::Structure => self.structure(&before, &after)?,
                // The material of all revisions is united, so that nothing is lost where a later store has less.
                role => self.plain(role.rule(), Some(&before), Some(&after), &what)?,
            }
        }
        Ok(())
    }

    /// XMP metadata (14.3.2), of the document.
    pub(super) fn metadata(&mut self, old: &Object, new: &Object, what: &str) -> Result<(), ReadError> {
        let rule = match new {
            Object::Stream(stream) if self.is_plain_xmp(stream)? => Rule::Metadata,
            _ => Rule::Catalog,
        };
        self.plain(rule, Some(old), Some(new), what)
    }

    /// /Version, /Extensions and /MarkInfo may come and change; what a file says it needs must not be taken back.
    fn extensions(&mut self, old: &Object, new: &Object, what: &str) -> Result<(), ReadError> {
        let kept = match (old, new) {
            (Object::Dictionary(old), Object::Dictionary(new)) => {
                let stays = old.entries.iter().all(|(key, _)| new.get(key).is_some_and(|value| !value.is_null()));
                // Accessible readers then speak something else (14.7.1).
                stays && (!self.is_tagged(self.views.old, old)? || self.is_tagged(self.views.new, new)?)
            }
            (old, new) => {
                !new.is_null() && (what != "/Version" || new.as_name().is_some() && old.as_dictionary().is_none())
            }
        };
        self.plain(if kept { Rule::Extensions } else { Rule::Catalog }, Some(old), Some(new), what)
    }

    fn is_tagged(&self, view: &View, mark_info: &Dictionary) -> Result<bool, ReadError> {
        Ok(matches!(self.views.reader.entry(view, mark_info, b"Marked")?, Object::Boolean(true)))
    }

    /// /Perms (12.8.4): a certification made later names itself there, which permits less than before.
    fn permissions(&mut self, old: &Object, new: &Object) -> Result<(), ReadError> {
        let empty = Dictionary::default();
        let dictionary = |value: &Object| value.as_dictionary().unwrap_or(&empty).clone();
        for (key, before, after) in entries(&dictionary(old), &dictionary(new)) {
            let added = *key == *b"DocMDP" && before.is_null();
            let rule = if added { Rule::Signature } else { Rule::Catalog };
            self.plain(rule, Some(&before), Some(&after), &format!("/Perms {}", key_text(&key)))?;
        }
        Ok(())
    }

    /// Whether a stream is XMP that refers to nothing outside itself: a document type or an entity would.
    fn is_plain_xmp(&self, stream: &Stream) -> Result<bool, ReadError> {
        let Views { reader, new, .. } = self.views;
        let span = reader.data_span(Some(new), stream)?;
        if span.len() > MAX_METADATA {
            return Ok(false);
        }
        let Some(data) = reader.stream_data(new, stream)? else { return Ok(false) };
        let has = |needle: &[u8]| memchr::memmem::find(&data, needle).is_some();
        Ok(has(b"adobe:ns:meta/") && !has(b"<!"))
    }
}

use std::collections::{BTreeSet, HashSet};

use kenin_base::{Finding, FindingCode, Sha256};
use kenin_cms::Observer;
use kenin_facts::EvidenceSource;

use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Dictionary, Object};
use crate::reader::Place;

/// The validation material of every revision's document security store (EN 319 142-1 5.4).
#[derive(Debug, Default)]
pub(crate) struct Store {
    /// Each object with the offset before which its stream lies in the file.
    pub objects: Vec<(Sha256, u64)>,
    /// Keys of /VRI over all revisions.
    pub vri_keys: BTreeSet<String>,
}

/// What the entries of a store or of one /VRI hold.
#[derive(Clone, Copy)]
enum Kind {
    Certificate,
    Crl,
    Ocsp,
}

/// /Certs and the like in the store, /Cert and the like in a /VRI.
const ENTRIES: [(&[u8], Kind); 6] = [
    (b"Certs", Kind::Certificate),
    (b"CRLs", Kind::Crl),
    (b"OCSPs", Kind::Ocsp),
    (b"Cert", Kind::Certificate),
    (b"CRL", Kind::Crl),
    (b"OCSP", Kind::Ocsp),
];

/// Takes the material of all revisions, oldest first, so that each object is credited to the first that has it.
pub(crate) fn collect(document: &Document<'_>, observer: &mut Observer<'_>) -> Result<Store, ReadError> {
    let mut collector = Collector { document, observer, store: Store::default(), seen: HashSet::new() };
    for (position, revision) in document.revisions.iter().enumerate() {
        let number = u32::try_from(position + 1).unwrap_or(u32::MAX);
        collector.revision(&revision.view, number)?;
    }
    Ok(collector.store)
}

struct Collector<'c, 'o, 'r> {
    document: &'c Document<'r>,
    observer: &'c mut Observer<'o>,
    store: Store,
    seen: HashSet<Place>,
}

impl Collector<'_, '_, '_> {
    fn revision(&mut self, view: &View, revision: u32) -> Result<(), ReadError> {
        let reader = &self.document.reader;
        let root = view.root().map_or(Ok(Object::Null), |root| reader.resolve(view, root))?;
        let Some(root) = root.as_dictionary() else { return Ok(()) };
        let store = reader.entry(view, root, b"DSS")?;
        let Some(store) = store.as_dictionary() else { return Ok(()) };
        self.arrays(view, store, revision)?;
        let vri = reader.entry(view, store, b"VRI")?;
        for (key, value) in vri.as_dictionary().iter().flat_map(|vri| &vri.entries) {
            if **key == *b"Type" {
                continue;
            }
            self.store.vri_keys.insert(String::from_utf8_lossy(key).into_owned());
            let value = reader.resolve(view, value)?;
            if let Some(value) = value.as_dictionary() {
                self.arrays(view, value, revision)?;
            }
        }
        Ok(())
    }

    fn arrays(&mut self, view: &View, dictionary: &Dictionary, revision: u32) -> Result<(), ReadError> {
        for (key, kind) in ENTRIES {
            let list = self.document.reader.entry(view, dictionary, key)?;
            for item in list.as_array().iter().flat_map(|list| list.iter()) {
                self.item(view, item, kind, revision)?;
            }
        }
        Ok(())
    }

    fn item(&mut self, view: &View, item: &Object, kind: Kind, revision: u32) -> Result<(), ReadError> {
        let reader = &self.document.reader;
        let Some(reference) = item.as_reference() else { return Ok(()) };
        let loaded = reader.load(view, reference)?;
        if !self.seen.insert(loaded.place) {
            return Ok(());
        }
        let Object::Stream(stream) = &loaded.object else { return Ok(()) };
        let Some(der) = reader.stream_data(view, stream)? else { return Ok(()) };
        let source = EvidenceSource::Dss { revision };
        let key = match kind {
            Kind::Certificate => match self.observer.add_certificate(&der, source) {
                Some(certificate) => certificate.sha256(),
                None => return Ok(()),
            },
            Kind::Crl => self.observer.add_crl(&der, source),
            Kind::Ocsp => self.observer.add_ocsp(&der, source),
        };
        let raw = reader.raw_data(Some(view), stream)?;
        let end = stream.data.saturating_add(u64::try_from(raw.len()).unwrap_or_default());
        self.store.objects.push((key, end));
        Ok(())
    }
}

impl Store {
    /// Findings about /VRI keys that are the SHA-1 of no signature's /Contents (EN 319 142-1 5.4.2.3).
    pub(crate) fn unknown_keys(&self, contents: &[&[u8]]) -> Vec<Finding> {
        if self.vri_keys.is_empty() {
            return Vec::new();
        }
        let known: HashSet<String> = contents
            .iter()
            .map(|contents| openssl::sha::sha1(contents).iter().map(|byte| format!("{byte:02X}")).collect())
            .collect();
        let unknown = self.vri_keys.iter().filter(|key| !known.contains(*key));
        unknown.map(|key| Finding::new(FindingCode::VriKeyMismatch).about(format!("/VRI /{key}"))).collect()
    }
}

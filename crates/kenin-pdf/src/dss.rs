use std::collections::BTreeSet;

use foldhash::HashSet;
use kenin_base::{Finding, FindingCode, Sha256};
use kenin_cms::Observer;
use kenin_facts::EvidenceSource;

use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Object, Reference};
use crate::reader::{Loaded, Place};

/// The validation material of every revision's document security store (EN 319 142-1 5.4).
#[derive(Debug, Default)]
pub(crate) struct Store {
    /// Each object with the offset before which its stream lies in the file.
    pub objects: Vec<(Sha256, u64)>,
    /// Keys of /VRI over all revisions.
    pub vri_keys: BTreeSet<String>,
}

/// What is kept in an object of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Certificate,
    Crl,
    Ocsp,
}

/// The part that an object plays in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Role {
    Catalog,
    /// /DSS itself.
    Store,
    /// /VRI, with an entry for each signature.
    Vri,
    /// One entry of /VRI.
    VriEntry,
    /// An array of references to such objects.
    List(Kind),
    /// A stream with one.
    Item(Kind),
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
///
/// Of each revision only what it defines anew is looked at: an object that has had a part in a store, and what such
/// an object names for the first time. So the work is linear in the size of the file.
pub(crate) fn collect(document: &Document<'_>, observer: &mut Observer<'_>) -> Result<Store, ReadError> {
    let mut collector = Collector {
        document,
        observer,
        store: Store::default(),
        roles: BTreeSet::new(),
        taken: HashSet::default(),
        items: HashSet::default(),
    };
    let mut before: Option<&View> = None;
    for (position, revision) in document.revisions.iter().enumerate() {
        let number = u32::try_from(position + 1).unwrap_or(u32::MAX);
        collector.revision(&revision.view, before, number)?;
        before = Some(&revision.view);
    }
    Ok(collector.store)
}

struct Collector<'c, 'o, 'r> {
    document: &'c Document<'r>,
    observer: &'c mut Observer<'o>,
    store: Store,
    /// The parts that object numbers have played.
    roles: BTreeSet<(u32, Role)>,
    /// Definitions that were taken in a part.
    taken: HashSet<(Place, Role)>,
    /// Streams whose content is in the evidence.
    items: HashSet<Place>,
}

impl Collector<'_, '_, '_> {
    fn revision(&mut self, view: &View, before: Option<&View>, revision: u32) -> Result<(), ReadError> {
        match view.root() {
            Some(Object::Reference(root)) => self.reference(view, *root, Role::Catalog, revision)?,
            Some(root) => self.value(view, &root.clone(), Role::Catalog, revision)?,
            None => {}
        }
        let Some(before) = before else { return Ok(()) };
        for number in self.document.reader.redefined(view, before)? {
            let roles: Vec<Role> = self
                .roles
                .range((number, Role::Catalog)..)
                .map_while(|(n, role)| (*n == number).then_some(*role))
                .collect();
            for role in roles {
                self.reference(view, Reference { number, generation: 0 }, role, revision)?;
            }
        }
        Ok(())
    }

    /// Takes an object in a part, unless this definition of it has been.
    fn reference(&mut self, view: &View, reference: Reference, role: Role, revision: u32) -> Result<(), ReadError> {
        self.roles.insert((reference.number, role));
        let loaded = self.document.reader.load(view, reference)?;
        if !self.taken.insert((loaded.place, role)) {
            return Ok(());
        }
        match role {
            Role::Item(kind) => self.item(view, &loaded, kind, revision),
            _ => {
                // Here, and not by one call within the other: a chain of references is as long as its maker likes.
                let object = self.document.reader.resolve(view, &loaded.object)?;
                self.value(view, &object, role, revision)
            }
        }
    }

    /// Takes the value of an entry or of an object in a part.
    fn value(&mut self, view: &View, value: &Object, role: Role, revision: u32) -> Result<(), ReadError> {
        if let Object::Reference(reference) = value {
            return self.reference(view, *reference, role, revision);
        }
        let dictionary = value.as_dictionary();
        let entry = |key: &[u8]| dictionary.and_then(|dictionary| dictionary.get(key)).cloned();
        match role {
            Role::Catalog => {
                if let Some(store) = entry(b"DSS") {
                    self.value(view, &store, Role::Store, revision)?;
                }
            }
            Role::Store | Role::VriEntry => {
                for (key, kind) in ENTRIES {
                    if let Some(list) = entry(key) {
                        self.value(view, &list, Role::List(kind), revision)?;
                    }
                }
                if let Some(vri) = entry(b"VRI").filter(|_| role == Role::Store) {
                    self.value(view, &vri, Role::Vri, revision)?;
                }
            }
            Role::Vri => {
                let entries = dictionary.iter().flat_map(|vri| &vri.entries);
                for (key, entry) in entries.filter(|(key, _)| **key != *b"Type") {
                    self.store.vri_keys.insert(String::from_utf8_lossy(key).into_owned());
                    self.value(view, entry, Role::VriEntry, revision)?;
                }
            }
            Role::List(kind) => {
                for item in value.as_array().iter().flat_map(|list| list.iter()) {
                    if let Object::Reference(item) = item {
                        self.reference(view, *item, Role::Item(kind), revision)?;
                    }
                }
            }
            // A stream is always an object of its own.
            Role::Item(_) => {}
        }
        Ok(())
    }

    fn item(&mut self, view: &View, loaded: &Loaded, kind: Kind, revision: u32) -> Result<(), ReadError> {
        let reader = &self.document.reader;
        let Object::Stream(stream) = &loaded.object else { return Ok(()) };
        if !self.items.insert(loaded.place) {
            return Ok(());
        }
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
        self.store.objects.push((key, reader.data_span(Some(view), stream)?.end));
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

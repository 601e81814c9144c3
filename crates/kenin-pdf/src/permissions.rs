//! What a signature permits after it: DocMDP, FieldMDP and the lock of its field (ISO 32000-1 12.8.2, 12.7.4.5).

use std::rc::Rc;

use kenin_base::Resource;
use kenin_facts::{FieldLock, LockAction};

use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Dictionary, Object};
use crate::site::Site;

/// The permission level of a certification signature: the strictest DocMDP signature reference of its dictionary
/// (12.8.2.2). Whether the catalog's /Perms names the dictionary does not matter here: the signer signed the restriction.
pub(crate) fn doc_mdp(document: &Document<'_>, site: &Site) -> Result<Option<u8>, ReadError> {
    let mut strictest = None;
    for parameters in transforms(document, site)?.of(b"DocMDP") {
        // 2 is the default (table 254).
        let level = level(document, site, parameters)?.unwrap_or(2);
        strictest = Some(strictest.map_or(level, |other: u8| other.min(level)));
    }
    Ok(strictest)
}

/// The permission level that the lock of the signature's field sets (ISO 32000-2 table 236). A lock or a signature
/// reference that is malformed restricts in a way that nobody can tell, and so permits nothing.
pub(crate) fn lock_mdp(document: &Document<'_>, site: &Site) -> Result<Option<u8>, ReadError> {
    if transforms(document, site)?.malformed {
        return Ok(Some(1));
    }
    match lock(document, site)? {
        Object::Null => Ok(None),
        Object::Dictionary(lock) => level(document, site, &lock),
        _ => Ok(Some(1)),
    }
}

/// The fields that the signature locks: by its FieldMDP references, which it signs, or else by its field's /Lock.
pub(crate) fn field_lock(document: &Document<'_>, site: &Site) -> Result<Option<FieldLock>, ReadError> {
    let transforms = transforms(document, site)?;
    if transforms.malformed {
        return Ok(Some(everything()));
    }
    let mut locked = None;
    for parameters in transforms.of(b"FieldMDP") {
        let more = fields(document, site, parameters)?;
        locked = Some(match locked {
            Some(locked) => united(document, locked, more)?,
            None => more,
        });
    }
    if locked.is_some() {
        return Ok(locked);
    }
    Ok(match lock(document, site)? {
        Object::Null => None,
        Object::Dictionary(lock) => Some(fields(document, site, &lock)?),
        _ => Some(everything()),
    })
}

fn everything() -> FieldLock {
    FieldLock { action: LockAction::All, fields: Vec::new() }
}

/// The fields that one lock names; one that does not name them as it must locks everything.
fn fields(document: &Document<'_>, site: &Site, parameters: &Dictionary) -> Result<FieldLock, ReadError> {
    let reader = &document.reader;
    let action = reader.entry(&site.view, parameters, b"Action")?;
    let action = match action.as_name() {
        Some(b"Include") => LockAction::Include,
        Some(b"Exclude") => LockAction::Exclude,
        // /All; what is none of the three locks everything.
        _ => LockAction::All,
    };
    let mut fields = Vec::new();
    match reader.entry(&site.view, parameters, b"Fields")? {
        Object::Array(names) => {
            for name in names.iter() {
                let name = reader.resolve(&site.view, name)?;
                let Some(name) = name.as_string() else { return Ok(everything()) };
                fields.extend(document.text(&name.bytes));
            }
        }
        Object::Null => {}
        _ => return Ok(everything()),
    }
    Ok(FieldLock { action, fields })
}

/// A lock of what either of two locks has.
fn united(document: &Document<'_>, one: FieldLock, other: FieldLock) -> Result<FieldLock, ReadError> {
    // Each field of one is held against those of the other.
    let pairs = one.fields.len().saturating_mul(other.fields.len());
    document.reader.budget.spend(Resource::PdfComparisons, u64::try_from(pairs).unwrap_or(u64::MAX))?;
    let free = |of: &FieldLock, under: &FieldLock| -> Vec<String> {
        let names = of.fields.iter().filter(|name| !under.touches(name));
        names.cloned().collect()
    };
    let (action, fields) = match (one.action, other.action) {
        (LockAction::All, _) | (_, LockAction::All) => return Ok(everything()),
        (LockAction::Include, LockAction::Include) => (LockAction::Include, [one.fields, other.fields].concat()),
        (LockAction::Exclude, LockAction::Include) => (LockAction::Exclude, free(&one, &other)),
        (LockAction::Include, LockAction::Exclude) => (LockAction::Exclude, free(&other, &one)),
        (LockAction::Exclude, LockAction::Exclude) => {
            (LockAction::Exclude, [free(&one, &other), free(&other, &one)].concat())
        }
    };
    Ok(FieldLock { action, fields })
}

/// /P: a level that is none of the three permits nothing.
fn level(document: &Document<'_>, site: &Site, parameters: &Dictionary) -> Result<Option<u8>, ReadError> {
    let level = document.reader.entry(&site.view, parameters, b"P")?;
    let known = |level: i64| u8::try_from(level).ok().filter(|level| (1..=3).contains(level));
    Ok(match level {
        Object::Null => None,
        level => Some(level.as_integer().and_then(known).unwrap_or(1)),
    })
}

/// What stands as /Lock in the signature's field.
fn lock(document: &Document<'_>, site: &Site) -> Result<Object, ReadError> {
    let Some(holder) = site.field.holder else { return Ok(Object::Null) };
    let field = document.reader.load(&site.view, holder)?.object;
    field.as_dictionary().map_or(Ok(Object::Null), |field| document.reader.entry(&site.view, field, b"Lock"))
}

/// The signature references of a signature dictionary (12.8.1, table 253).
#[derive(Default)]
struct Transforms {
    /// /TransformMethod and /TransformParams of each.
    known: Vec<(Object, Rc<Dictionary>)>,
    /// Whether something else stands where there should be one.
    malformed: bool,
}

impl Transforms {
    fn of(&self, method: &[u8]) -> impl Iterator<Item = &Rc<Dictionary>> {
        self.known.iter().filter(move |(own, _)| own.as_name() == Some(method)).map(|(_, parameters)| parameters)
    }

    fn add(&mut self, document: &Document<'_>, site: &Site, reference: &Object) -> Result<(), ReadError> {
        let reader = &document.reader;
        let reference = match reader.resolve(&site.view, reference)? {
            Object::Dictionary(reference) => reference,
            Object::Null => return Ok(()),
            _ => {
                self.malformed = true;
                return Ok(());
            }
        };
        let method = reader.entry(&site.view, &reference, b"TransformMethod")?;
        self.malformed |= method.as_name().is_none() && !method.is_null();
        match reader.entry(&site.view, &reference, b"TransformParams")? {
            Object::Dictionary(parameters) => self.known.push((method, parameters)),
            Object::Null => self.known.push((method, Rc::default())),
            _ => self.malformed = true,
        }
        Ok(())
    }
}

/// /Reference; a single dictionary is read as an array of one.
fn transforms(document: &Document<'_>, site: &Site) -> Result<Transforms, ReadError> {
    let mut transforms = Transforms::default();
    match document.reader.entry(&site.view, &site.field.dictionary, b"Reference")? {
        Object::Array(references) => {
            for reference in references.iter() {
                transforms.add(document, site, reference)?;
            }
        }
        single => transforms.add(document, site, &single)?,
    }
    Ok(transforms)
}

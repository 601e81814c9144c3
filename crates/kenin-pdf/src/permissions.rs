//! What a signature permits after it: DocMDP, FieldMDP and the lock of its field (ISO 32000-1 12.8.2, 12.7.4.5).

use kenin_facts::{FieldLock, LockAction};

use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Dictionary, Object};
use crate::site::Site;

/// The permission level of a certification signature: the DocMDP signature reference of its dictionary (12.8.2.2).
/// Whether the catalog's /Perms names the dictionary does not matter here: the signer signed the restriction.
pub(crate) fn doc_mdp(document: &Document<'_>, site: &Site) -> Result<Option<u8>, ReadError> {
    let Some(parameters) = transform(document, site, b"DocMDP")? else { return Ok(None) };
    // 2 is the default (table 254).
    Ok(Some(level(document, site, &parameters)?.unwrap_or(2)))
}

/// The permission level that the lock of the signature's field sets (ISO 32000-2 table 236).
pub(crate) fn lock_mdp(document: &Document<'_>, site: &Site) -> Result<Option<u8>, ReadError> {
    match site.field_entry(document, b"Lock")? {
        Some(lock) => level(document, site, &lock),
        None => Ok(None),
    }
}

/// The fields that the signature locks: by its FieldMDP reference, which it signs, or else by its field's /Lock.
pub(crate) fn field_lock(document: &Document<'_>, site: &Site) -> Result<Option<FieldLock>, ReadError> {
    let signed = transform(document, site, b"FieldMDP")?;
    let parameters = match signed {
        Some(parameters) => parameters,
        None => match site.field_entry(document, b"Lock")? {
            Some(lock) => lock,
            None => return Ok(None),
        },
    };
    let reader = &document.reader;
    let action = reader.entry(&site.view, &parameters, b"Action")?;
    let action = match action.as_name() {
        Some(b"Include") => LockAction::Include,
        Some(b"Exclude") => LockAction::Exclude,
        // /All; what is none of the three locks everything.
        _ => LockAction::All,
    };
    let mut fields = Vec::new();
    let names = reader.entry(&site.view, &parameters, b"Fields")?;
    for name in names.as_array().iter().flat_map(|names| names.iter()) {
        let name = reader.resolve(&site.view, name)?;
        fields.extend(name.as_string().and_then(|name| document.text(&name.bytes)));
    }
    Ok(Some(FieldLock { action, fields }))
}

/// /P: a level that is none of the three permits nothing.
fn level(document: &Document<'_>, site: &Site, parameters: &Dictionary) -> Result<Option<u8>, ReadError> {
    let level = document.reader.entry(&site.view, parameters, b"P")?;
    let known = |level: i64| u8::try_from(level).ok().filter(|level| (1..=3).contains(level));
    Ok(level.as_integer().map(|level| known(level).unwrap_or(1)))
}

/// /TransformParams of the signature reference with this /TransformMethod.
fn transform(document: &Document<'_>, site: &Site, method: &[u8]) -> Result<Option<Dictionary>, ReadError> {
    let reader = &document.reader;
    let references = reader.entry(&site.view, &site.field.dictionary, b"Reference")?;
    for reference in references.as_array().iter().flat_map(|references| references.iter()) {
        let Object::Dictionary(reference) = reader.resolve(&site.view, reference)? else { continue };
        if reader.entry(&site.view, &reference, b"TransformMethod")?.as_name() == Some(method) {
            let parameters = reader.entry(&site.view, &reference, b"TransformParams")?;
            return Ok(Some(parameters.as_dictionary().cloned().unwrap_or_default()));
        }
    }
    Ok(None)
}

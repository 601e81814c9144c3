//! What a signed revision may have been prepared for: shadow attacks, in which the content that is to show later is
//! signed along with the content that shows now (Mainka, Mladenov, Rohlmann: Shadow Attacks, NDSS 2021).
//!
//! - *Replace*: content that nothing refers to yet ([`unreachable`]), and fields whose appearance is not their value
//!   ([`appearance`]).
//! - *Hide*: fields and annotations over text, which may be taken away or filled ([`overlay`]).
//!
//! None of this is a change, and honest editors leave some of it behind: the findings name places to look at.

mod annotations;
mod appearance;
mod history;
mod kind;
mod overlay;
mod pages;
mod unreachable;

#[cfg(test)]
mod tests;

use kenin_base::Finding;

use self::annotations::Annotation;
use crate::chain::View;
use crate::document::{Document, Encryption};
use crate::error::ReadError;

/// Findings of one kind that are listed for one revision.
const REPORTED: usize = 16;

/// What the revision that a view shows was prepared for. `reachable` says whether anything in the document leads to an
/// object of this number.
pub(crate) fn prepared(
    document: &Document<'_>,
    view: &View,
    reachable: &dyn Fn(u32) -> bool,
) -> Result<Vec<Finding>, ReadError> {
    // Without the password strings and streams are noise.
    if document.encryption == Encryption::Locked {
        return Ok(Vec::new());
    }
    let mut findings = unreachable::contents(document, view, reachable)?;
    findings.extend(differing_appearances(document, view)?);
    let mut covering = Vec::new();
    for page in pages::pages(&document.reader, view)? {
        if covering.len() < REPORTED {
            let annotations = annotations::of_page(document, view, &page)?;
            covering.extend(overlay::over_text(&document.reader, view, &page, &annotations)?);
        }
    }
    findings.extend(covering.into_iter().take(REPORTED));
    Ok(findings)
}

/// Fields whose appearance is not their value, in the revision that a view shows.
pub(crate) fn differing_appearances(document: &Document<'_>, view: &View) -> Result<Vec<Finding>, ReadError> {
    let mut findings = Vec::new();
    for page in pages::pages(&document.reader, view)? {
        for annotation in annotations::of_page(document, view, &page)? {
            if findings.len() < REPORTED {
                findings.extend(appearance::differs(document, view, &annotation)?);
            }
        }
    }
    Ok(findings)
}

/// A finding with the place of an annotation.
fn about(code: kenin_base::FindingCode, annotation: &Annotation) -> Finding {
    let mut finding = Finding::new(code).with("page", annotation.page);
    if let Some(reference) = annotation.reference {
        finding = finding.about(format!("{reference} R"));
    }
    if let Some(rect) = &annotation.rect {
        finding = finding.with("rect", rect);
    }
    match &annotation.field {
        Some(field) => finding.with("field", &field.name),
        None => finding.with("annotation", &annotation.subtype),
    }
}

use kenin_base::{Finding, FindingCode};

use super::about;
use super::annotations::{Annotation, normal_appearance};
use super::pages::Page;
use crate::chain::View;
use crate::error::ReadError;
use crate::object::Dictionary;
use crate::page_text::{over_text as is_over_text, paints, text_boxes};
use crate::reader::Reader;

/// Field flags (ISO 32000-1 tables 221 and 226).
const READ_ONLY: i64 = 1;
const PUSH_BUTTON: i64 = 1 << 16;

/// Fields that may be filled in and annotations, with something to see, over text of their page.
pub(super) fn over_text(
    reader: &Reader<'_>,
    view: &View,
    page: &Page,
    annotations: &[Annotation],
) -> Result<Vec<Finding>, ReadError> {
    let mut findings = Vec::new();
    let mut boxes = None;
    for annotation in annotations.iter().filter(|annotation| may_change(annotation)) {
        let Some(rect) = annotation.rect.filter(|rect| !rect.is_flat()) else { continue };
        if !is_visible(reader, view, &annotation.dictionary)? {
            continue;
        }
        let boxes = match &boxes {
            Some(boxes) => boxes,
            None => boxes.insert(text_boxes(reader, view, &page.dictionary)?),
        };
        if is_over_text(boxes, &rect) {
            findings.push(about(FindingCode::FieldOverText, annotation));
        }
    }
    Ok(findings)
}

fn may_change(annotation: &Annotation) -> bool {
    match &annotation.field {
        Some(field) => {
            let is_button = field.kind == b"Btn" && field.flags & PUSH_BUTTON != 0;
            !field.kind.is_empty() && field.kind != b"Sig" && !is_button && field.flags & READ_ONLY == 0
        }
        None => !matches!(annotation.subtype.as_str(), "Link" | "Popup" | "Widget"),
    }
}

fn is_visible(reader: &Reader<'_>, view: &View, annotation: &Dictionary) -> Result<bool, ReadError> {
    normal_appearance(reader, view, annotation)?.map_or(Ok(false), |appearance| paints(reader, view, &appearance))
}

use kenin_base::{Finding, FindingCode};

use super::about;
use super::annotations::{Annotation, Field, normal, normal_appearance};
use crate::chain::View;
use crate::document::Document;
use crate::error::ReadError;
use crate::object::{Dictionary, Object};
use crate::page_text::{BEYOND_ASCII, form_strings};
use crate::reader::Reader;

/// Flags of text fields, choice fields and buttons (ISO 32000-1 tables 226, 228, 230).
const MULTILINE: i64 = 1 << 12;
const PASSWORD: i64 = 1 << 13;
const RADIO: i64 = 1 << 15;
const PUSH_BUTTON: i64 = 1 << 16;
const COMBO: i64 = 1 << 17;
const FILE_SELECT: i64 = 1 << 20;
const RICH_TEXT: i64 = 1 << 25;

/// Whether a widget shows something other than the value of its field.
pub(super) fn differs(
    document: &Document<'_>,
    view: &View,
    annotation: &Annotation,
) -> Result<Option<Finding>, ReadError> {
    let Some(field) = &annotation.field else { return Ok(None) };
    let differs = match field.kind.as_slice() {
        b"Tx" if field.flags & (PASSWORD | FILE_SELECT | RICH_TEXT) == 0 && !field.is_formatted => {
            text_differs(document, view, annotation, field)?
        }
        b"Ch" if field.flags & COMBO != 0 && !field.is_formatted => text_differs(document, view, annotation, field)?,
        b"Btn" if field.flags & PUSH_BUTTON == 0 => {
            state_differs(&document.reader, view, &annotation.dictionary, field)?
        }
        _ => false,
    };
    Ok(differs.then(|| about(FindingCode::AppearanceDiffers, annotation)))
}

/// Compares what the appearance shows with /V, where both are known and something is shown.
fn text_differs(
    document: &Document<'_>,
    view: &View,
    annotation: &Annotation,
    field: &Field,
) -> Result<bool, ReadError> {
    let reader = &document.reader;
    let Some(appearance) = normal_appearance(reader, view, &annotation.dictionary)? else { return Ok(false) };
    let mut shown = String::new();
    for string in form_strings(reader, view, &appearance)? {
        let Some(text) = string.font.and_then(|font| font.text(&string.string.bytes)) else { return Ok(false) };
        shown.push_str(&text);
    }
    let shown = comparable(&shown);
    let value = match &field.value {
        Object::Null => String::new(),
        Object::String(value) => document.text(&value.bytes).unwrap_or_default(),
        Object::Name(value) => String::from_utf8_lossy(value).into_owned(),
        // Several choices, or text in a stream.
        _ => return Ok(false),
    };
    let expected = comparable(&value);
    // Only characters that every encoding has in common are compared.
    if shown.is_empty() || expected.is_empty() && !value.is_empty() || shown == expected {
        return Ok(false);
    }
    // Of several lines those that fit are shown.
    if field.flags & MULTILINE != 0 && expected.contains(&shown) {
        return Ok(false);
    }
    Ok(!is_choice(document, view, field, &value, &shown)?)
}

/// Whether /Opt pairs the value with what is shown (12.7.4.4).
fn is_choice(document: &Document<'_>, view: &View, field: &Field, value: &str, shown: &str) -> Result<bool, ReadError> {
    for option in field.options.as_array().iter().flat_map(|options| options.iter()) {
        let Object::Array(pair) = document.reader.resolve(view, option)? else { continue };
        let [exported, displayed] = pair.as_slice() else { continue };
        let text = |part: &Object| -> Result<Option<String>, ReadError> {
            let part = document.reader.resolve(view, part)?;
            Ok(part.as_string().and_then(|text| document.text(&text.bytes)))
        };
        if text(exported)?.as_deref() == Some(value) && text(displayed)?.is_some_and(|text| comparable(&text) == shown)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The printable ASCII characters of a text.
fn comparable(text: &str) -> String {
    text.chars().filter(|character| *character != BEYOND_ASCII && character.is_ascii_graphic()).collect()
}

/// Whether a check box or radio button shows a state that is not its value (12.7.4.2.3, 12.7.4.2.4).
fn state_differs(reader: &Reader<'_>, view: &View, widget: &Dictionary, field: &Field) -> Result<bool, ReadError> {
    let state = reader.entry(view, widget, b"AS")?;
    let (Some(state), Object::Dictionary(states)) = (state.as_name(), normal(reader, view, widget)?) else {
        return Ok(false);
    };
    let value = match &field.value {
        Object::Name(value) => &**value,
        Object::String(value) => &value.bytes,
        _ => b"Off",
    };
    if state != b"Off" {
        // A radio button that is on shows the value of the whole group.
        return Ok(state != value || states.get(state).is_none());
    }
    // Of radio buttons with one state all but one may be off.
    let is_on = value != b"Off" && states.get(value).is_some();
    Ok(is_on && field.flags & RADIO == 0)
}

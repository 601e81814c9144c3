//! What a signature permits: DocMDP, FieldMDP and SigFieldLock (ISO 32000-1 12.8.2, 12.7.4.5; /P by ISO 32000-2).

/// /Reference with DocMDP at access permission `level`.
#[must_use]
pub fn doc_mdp(level: u8) -> String {
    let parameters = format!("<< /Type /TransformParams /P {level} /V /1.2 >>");
    format!("/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams {parameters} >>] ")
}

/// /Reference with FieldMDP: `action` is `All`, `Include` or `Exclude`; `fields` is what /Fields lists, if anything.
#[must_use]
pub fn field_mdp(action: &str, fields: &str) -> String {
    let parameters = format!("<< /Type /TransformParams /Action /{action}{} /V /1.2 >>", named(fields));
    format!("/Reference [<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams {parameters} >>] ")
}

/// /Lock of a signature field; `level` is the /P of ISO 32000-2.
#[must_use]
pub fn lock(action: &str, fields: &str, level: Option<u8>) -> String {
    let level = level.map_or_else(String::new, |level| format!(" /P {level}"));
    format!(" /Lock << /Type /SigFieldLock /Action /{action}{}{level} >>", named(fields))
}

fn named(fields: &str) -> String {
    if fields.is_empty() { String::new() } else { format!(" /Fields [{fields}]") }
}

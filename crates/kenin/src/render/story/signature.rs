use kenin_base::UtcTime;
use kenin_facts::XmlReferenceKind;

use super::answers::stamp_name;
use super::conclusion::sub_indication;
use super::findings::{FindingLine, finding_lines};
use super::tone::Tone;
use crate::messages::Catalogue;
use crate::render::serde_name;
use crate::report::{
    Level, MissingReport, ReferenceReport, RevocationReport, SignatureReport, SignedDataReport, TimestampReport,
};

/// What it is and its id.
pub(crate) fn title(signature: &SignatureReport, catalogue: &Catalogue) -> String {
    let kind = catalogue.text(&format!("kind-{}", serde_name(&signature.kind)), &[]);
    catalogue.text("text-signature-title", &[("kind", (&kind).into()), ("id", (&signature.id).into())])
}

/// Where it is, its format and levels, and how it came out in the standard's words.
pub(crate) fn about(signature: &SignatureReport, catalogue: &Catalogue) -> String {
    catalogue.join([form(signature, catalogue), outcome(signature, catalogue)])
}

/// Where it is, its format and levels.
pub(crate) fn form(signature: &SignatureReport, catalogue: &Catalogue) -> String {
    let mut about = Vec::new();
    if let Some(parent) = &signature.parent {
        about.push(catalogue.text("text-counter-of", &[("parent", parent.into())]));
    }
    if let Some(part) = signature.xml.as_ref().and_then(|xml| xml.part) {
        about.push(catalogue.text(&format!("record-part-{}", serde_name(&part)), &[]));
    }
    if let Some(field) = signature.field.as_ref().filter(|field| !field.is_empty()) {
        about.push(catalogue.text("text-field", &[("field", field.into())]));
    }
    about.push(serde_name(&signature.format));
    if signature.level != Level::None {
        let level = |level: Level| match level {
            Level::None => catalogue.text("level-none", &[]),
            known => serde_name(&known),
        };
        let (claimed, reached) = (level(signature.level), level(signature.reached_level));
        let key = if claimed == reached { "text-level-same" } else { "text-level" };
        about.push(catalogue.text(key, &[("claimed", (&claimed).into()), ("reached", (&reached).into())]));
    }
    catalogue.join(&about)
}

/// Indication and sub-indication, in the standard's words.
fn outcome(signature: &SignatureReport, catalogue: &Catalogue) -> String {
    match signature.sub_indication {
        Some(sub) => catalogue.outcome(signature.indication.total(), sub),
        None => signature.indication.total().to_owned(),
    }
}

/// What an XML signature is for, element by element and file by file, and whether each is as it was signed. What it covers of
/// itself is left out.
pub(crate) fn signed_parts(signature: &SignatureReport, catalogue: &Catalogue) -> Vec<(Tone, String)> {
    use XmlReferenceKind::{KeyInfo, Manifest, SignatureProperties, SignedProperties};
    let own = |kind| matches!(kind, KeyInfo | Manifest | SignatureProperties | SignedProperties);
    let references = signature.xml.iter().flat_map(|xml| &xml.references).filter(|reference| !own(reference.kind));
    let line = |reference: &ReferenceReport| {
        let tone = match reference.status {
            SignedDataReport::Intact => Tone::Good,
            SignedDataReport::Broken => Tone::Bad,
            SignedDataReport::NotFound => Tone::Unsure,
        };
        let what = reference.element.as_ref().or(reference.uri.as_ref()).map_or("-", String::as_str);
        let status = catalogue.text(&format!("signed-data-{}", serde_name(&reference.status)), &[]);
        (tone, catalogue.text("text-signed-part", &[("what", what.into()), ("status", (&status).into())]))
    };
    references.map(line).collect()
}

/// A timestamp of a signature.
pub(crate) struct StampLine {
    pub gen_time: Option<UtcTime>,
    /// Its kind, who made it, and how far it can be relied upon.
    pub about: String,
    /// Why it cannot.
    pub reason: Option<String>,
    pub findings: Vec<FindingLine>,
}

/// When it says it was made.
pub(crate) fn stamp_time(stamp: &StampLine, catalogue: &Catalogue) -> String {
    stamp.gen_time.map_or_else(|| catalogue.text("text-stamp-unreadable", &[]), |time| catalogue.time(time))
}

/// Every timestamp of a signature, document timestamps over it included.
pub(crate) fn stamp_lines(signature: &SignatureReport, catalogue: &Catalogue) -> Vec<StampLine> {
    signature.timestamps.iter().map(|stamp| stamp_line(stamp, catalogue)).collect()
}

fn stamp_line(stamp: &TimestampReport, catalogue: &Catalogue) -> StampLine {
    let mut parts = vec![catalogue.text(&format!("timestamp-kind-{}", serde_name(&stamp.kind)), &[])];
    parts.extend(stamp_name(stamp));
    let grade = catalogue.text(&format!("grade-{}", serde_name(&stamp.grade)), &[]);
    parts.push(match stamp.sub_indication {
        Some(sub) => {
            let outcome = catalogue.outcome(stamp.indication.block(), sub);
            catalogue.text("text-grade-outcome", &[("grade", (&grade).into()), ("outcome", (&outcome).into())])
        }
        None => grade,
    });
    StampLine {
        gen_time: stamp.gen_time,
        about: catalogue.join(&parts),
        reason: stamp.sub_indication.map(|sub| sub_indication(sub, true, catalogue)),
        findings: finding_lines(&stamp.findings),
    }
}

/// One thing that a document lacks for the next level.
pub(crate) fn missing_text(missing: &MissingReport, catalogue: &Catalogue) -> String {
    let key = format!("missing-{}", serde_name(&missing.what));
    let subject = missing.subject.as_ref();
    let detail = subject.and_then(|subject| catalogue.find(&format!("{key}.detail"), &[("subject", subject.into())]));
    detail.unwrap_or_else(|| catalogue.text(&key, &[]))
}

/// What a CRL or OCSP response says of a certificate, from when to when, and whether it may be relied upon.
pub(crate) fn revocation_text(datum: &RevocationReport, catalogue: &Catalogue) -> String {
    let time = |time: Option<UtcTime>| time.map(|time| catalogue.time(time)).unwrap_or_default();
    let status = catalogue.text(&format!("revocation-status-{}", datum.status), &[]);
    let why = catalogue.text(&format!("datum-{}", datum.why), &[]);
    let (from, to, date) = (time(datum.this_update), time(datum.next_update), time(datum.revocation_date));
    let values = [("status", &status), ("why", &why), ("from", &from), ("to", &to), ("date", &date)];
    let values = values.map(|(name, value)| (name, value.into()));
    let key = if datum.revocation_date.is_some() { "html-datum-revoked" } else { "html-datum" };
    catalogue.text(key, &values)
}

//! The report as an ETSI TS 119 102-2 V1.4.1 validation report. `docs/etsi-report.md` says what goes where.

mod attributes;
mod constraints;
mod element;
mod ids;
mod names;
mod objects;
mod parts;
mod plan;
mod signature;
mod status;
mod subject;

use element::Element;
use names::{NS_DS, NS_OWN, NS_REPORT, NS_TSL, NS_XADES};
use plan::Plan;

use crate::report::Report;

/// The report as an XML validation report (ETSI TS 119 102-2 V1.4.1): UTF-8, indented, the same text for the same report.
/// The messages are those that [`Report::localise`] filled. Ends with a line feed.
pub fn etsi_xml(report: &Report) -> String {
    let plan = Plan::new(report);
    let signatures: Vec<Element> = match plan.top.is_empty() {
        true => vec![signature::without_signature(&plan)],
        false => plan.top.iter().map(|subject| signature::report(&plan, subject)).collect(),
    };
    let objects = plan.objects.iter().map(|object| objects::object(&plan, object));
    Element::new("ValidationReport")
        .with("xmlns", NS_REPORT)
        .with("xmlns:ds", NS_DS)
        .with("xmlns:kenin", NS_OWN)
        .with("xmlns:tsl", NS_TSL)
        .with("xmlns:xades", NS_XADES)
        .of(signatures)
        .of(Element::new("SignatureValidationObjects").of(objects).unless_empty())
        .of([validator(report)])
        .document()
}

/// kenin has no certificate: it is named by what it is.
fn validator(report: &Report) -> Element {
    let software = Element::new("kenin:Software").with("name", "kenin").with("version", &report.tool.version);
    Element::new("SignatureValidator").of([Element::new("DigitalId").of([Element::new("tsl:Other").of([software])])])
}

//! What the tests of the page's parts share.

mod contrast;
mod hostile;

use kenin_base::UtcTime;
use kenin_policy::{Policy, TrustProfile};

use crate::report::{ModificationReport, ModificationStatus, Report};
use crate::{Source, Verifier, observe};

pub(super) fn time(text: &str) -> UtcTime {
    UtcTime::parse(text).unwrap()
}

/// The report on a file of `testdata/`, by the demo PKI's profile.
pub(super) fn report(path: &str) -> Report {
    let testdata = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/");
    let trust = std::fs::read_to_string(format!("{testdata}demo-trust.toml")).unwrap();
    let verifier = Verifier::new(TrustProfile::from_toml(&trust).unwrap(), Policy::mhlw_6_0());
    let source = Source::open(format!("{testdata}{path}")).unwrap();
    let facts = observe(&source, &verifier.observe_options()).unwrap();
    let mut report = verifier.judge_at(&facts, time("2024-06-01T00:00:00Z"));
    report.document.path = Some(path.to_owned());
    report
}

/// A change on a page of 600 by 800 points.
pub(super) fn change(rect: [f64; 4], rotate: u16) -> ModificationReport {
    ModificationReport {
        status: ModificationStatus::Suspicious,
        severity: kenin_policy::Severity::Fail,
        rule: kenin_facts::ModificationRule::PageContent,
        revision: 3,
        object: "4 0".to_owned(),
        page: Some(1),
        rect: Some(rect),
        page_box: Some([0.0, 0.0, 600.0, 800.0]),
        page_rotate: Some(rotate),
        over_text: false,
        field: None,
        what: String::new(),
    }
}

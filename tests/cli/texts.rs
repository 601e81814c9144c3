//! Every case of `tests/cases.toml` as text through the library, in both languages: what holds for all of them.

use std::path::Path;

use encoding_rs::SHIFT_JIS;
use kenin::render::{TextOptions, line, text};
use kenin::{Lang, ObserveOptions, Policy, Report, Source, SuppliedEvidence, TrustProfile, UtcTime, Verifier, observe};
use unicode_width::UnicodeWidthStr as _;

use crate::program::root;

#[path = "../cases/table.rs"]
#[allow(dead_code, reason = "what a case expects is compared by --test cases")]
mod table;

/// The report on a case, as `kenin verify` makes it.
fn report(case: &table::Case) -> Report {
    let testdata = root().join("testdata");
    let read = |name: &str| std::fs::read_to_string(testdata.join(name)).unwrap();
    let policy = match case.policy.ends_with(".toml") {
        true => Policy::from_toml(&read(&case.policy)).unwrap(),
        false => Policy::built_in(&case.policy).unwrap(),
    };
    let verifier = Verifier::new(TrustProfile::from_toml(&read(&case.trust)).unwrap(), policy);
    let mut evidence = Vec::new();
    case.evidence.iter().for_each(|path| supply(&testdata.join(path), &mut evidence));
    let options = ObserveOptions {
        content: case.content.as_ref().map(|path| Source::open(testdata.join(path)).unwrap()),
        passwords: case.password.iter().map(|password| password.clone().into_bytes()).collect(),
        evidence,
        ..verifier.observe_options()
    };
    let facts = observe(&Source::open(testdata.join(&case.file)).unwrap(), &options).unwrap();
    let mut report = verifier.judge_at(&facts, UtcTime::parse(&case.time).unwrap());
    report.document.path = Some(case.file.clone());
    report.redact_personal();
    report
}

fn supply(path: &Path, evidence: &mut Vec<SuppliedEvidence>) {
    if path.is_dir() {
        let mut entries: Vec<_> = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| supply(entry, evidence));
    } else if let Ok(found) = SuppliedEvidence::read("test", &std::fs::read(path).unwrap()) {
        evidence.extend(found);
    }
}

/// Text without what only colours it (ECMA-48 SGR).
pub fn uncoloured(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (parameters, rest) = part.split_once('m').expect("a control sequence that sets colour");
        assert!(parameters.chars().all(|c| c.is_ascii_digit() || c == ';'), "{parameters:?}");
        plain.push_str(rest);
    }
    plain
}

/// Everything in CP932 and back.
fn through_cp932(text: &str) -> String {
    let (bytes, _, unmappable) = SHIFT_JIS.encode(text);
    assert!(!unmappable, "{text}");
    SHIFT_JIS.decode_without_bom_handling(&bytes).0.into_owned()
}

#[test]
fn every_case_fits_the_screen_says_the_same_without_colour_and_survives_cp932() {
    let cases = table::read(&root().join("tests/cases.toml"));
    assert!(cases.len() > 500);
    let usual = TextOptions::default();
    for case in &cases {
        let report = report(case);
        for lang in Lang::ALL {
            let plain = text(&report, lang, &usual);
            let coloured = text(&report, lang, &TextOptions { colour: true, ..usual });
            assert!(coloured.contains('\u{1b}'), "{}", case.id);
            assert_eq!(uncoloured(&coloured), plain, "{}", case.id);
            let ascii = text(&report, lang, &TextOptions { ascii: true, ..usual });
            assert_eq!(through_cp932(&ascii), ascii, "{}", case.id);
            assert!(!ascii.contains('①') && !ascii.contains('②'), "{ascii}");
            assert!(lang == Lang::Ja || ascii.is_ascii() || !report.document.path.iter().all(|path| path.is_ascii()));
            for shown in [&plain, &ascii] {
                let wide = shown.lines().find(|line| line.width_cjk() > 80);
                assert_eq!(wide, None, "{} {lang:?}", case.id);
                let spaced = shown.lines().find(|line| line.ends_with(' '));
                assert_eq!(spaced, None, "{} {lang:?}", case.id);
            }
            let short = line(&report, lang, &TextOptions { ascii: true, ..usual });
            assert_eq!(through_cp932(&short), short, "{}", case.id);
        }
    }
}

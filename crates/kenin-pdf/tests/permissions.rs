//! What a signature permits after it, where what says so is repeated or malformed.

// Helpers outside the test functions are test code all the same.
#![allow(clippy::unwrap_used, clippy::panic)]

use kenin_base::{Budget, Limits, Source};
use kenin_cms::Observer;
use kenin_facts::{FieldLock, LockAction, PdfPlacement};
use kenin_pdf::{PdfOptions, observe};
use kenin_x509::CertificateCache;

/// The placement of a signature whose dictionary and field have these entries.
fn placement(of_value: &str, of_field: &str) -> PdfPlacement {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[3 0 R]>>>>".to_owned(),
        "<</Type/Pages/Count 0/Kids[]>>".to_owned(),
        format!("<</FT/Sig/T(S1)/V 4 0 R{of_field}>>"),
        format!("<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>{of_value}>>"),
    ];
    let (mut file, mut table) = (String::from("%PDF-1.7\n"), String::from("xref\n0 1\n0000000000 65535 f \n1 4\n"));
    for (number, body) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{body}\nendobj\n"));
    }
    let at = file.len();
    file.push_str(&format!("{table}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n"));
    let budget = Budget::new(&Limits::default());
    let cache = CertificateCache::new();
    let observer = Observer::new(&budget, &cache);
    let facts = observe(&Source::bytes(file.into_bytes()), &PdfOptions::default(), observer).unwrap();
    facts.signatures.into_iter().find_map(|signature| signature.pdf).unwrap()
}

fn reference(method: &str, parameters: &str) -> String {
    format!("<</TransformMethod/{method}/TransformParams<<{parameters}>>>>")
}

#[test]
fn the_strictest_certification_counts_and_a_level_that_is_none_permits_nothing() {
    let level = |references: &[String]| placement(&format!("/Reference[{}]", references.concat()), "").doc_mdp;
    let certified = |level: &str| reference("DocMDP", &format!("/P {level}"));
    assert_eq!(level(&[certified("3")]), Some(3));
    assert_eq!(level(&[certified("3"), certified("1"), certified("2")]), Some(1));
    assert_eq!(level(&[reference("DocMDP", "")]), Some(2));
    for none in ["2.5", "(2)", "7", "/2"] {
        assert_eq!(level(&[certified(none)]), Some(1), "{none}");
    }
}

#[test]
fn what_any_reference_locks_is_locked() {
    let lock = |references: &[&str]| {
        let references: Vec<String> = references.iter().map(|entries| reference("FieldMDP", entries)).collect();
        placement(&format!("/Reference[{}]", references.concat()), "").field_lock.unwrap()
    };
    let of = |action, fields: &[&str]| FieldLock { action, fields: fields.iter().map(ToString::to_string).collect() };
    let (include, exclude) = ("/Action/Include/Fields[(a)(b)]", "/Action/Exclude/Fields[(a.x)(b)(c)]");
    assert_eq!(lock(&[include, "/Action/Include/Fields[(d)]"]), of(LockAction::Include, &["a", "b", "d"]));
    assert_eq!(lock(&[include, exclude]), of(LockAction::Exclude, &["c"]));
    assert_eq!(lock(&[exclude, include]), of(LockAction::Exclude, &["c"]));
    assert_eq!(lock(&[exclude, "/Action/Exclude/Fields[(a)(c)]"]), of(LockAction::Exclude, &["a.x", "c", "c"]));
    assert_eq!(lock(&[include, "/Action/All"]), of(LockAction::All, &[]));
    for malformed in ["(a)", "[/a]", "<<>>"] {
        assert_eq!(lock(&[&format!("/Action/Include/Fields {malformed}")]), of(LockAction::All, &[]), "{malformed}");
    }
}

#[test]
fn a_malformed_lock_restricts_everything() {
    let everything = Some(FieldLock { action: LockAction::All, fields: Vec::new() });
    for (value, field) in [("", "/Lock(x)"), ("/Reference(x)", ""), ("/Reference[1]", "")] {
        let placement = placement(value, field);
        assert_eq!((placement.lock_mdp, &placement.field_lock), (Some(1), &everything), "{value}{field}");
    }
    let single = placement(&format!("/Reference {}", reference("DocMDP", "/P 1")), "");
    assert_eq!((single.doc_mdp, single.lock_mdp), (Some(1), None));
    let unlocked = placement("/Reference null", "/Lock null");
    assert_eq!((unlocked.doc_mdp, unlocked.lock_mdp, unlocked.field_lock), (None, None, None));
}

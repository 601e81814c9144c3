//! The CRL scope cases C1 to C10 of the attack list, and reading CRLs.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

mod common;

use common::*;
use kenin_base::UtcTime;
use kenin_x509::revocation::{RejectedDatum, Statement, Status};
use kenin_x509::{Crl, RevocationReason};

const HERE: &str = "http://demo.example/here.crl";
const ELSEWHERE: &str = "http://demo.example/elsewhere.crl";

fn assess(subject: &Party, issuer: &Party, crl: &Crl) -> Result<Statement, RejectedDatum> {
    assess_with(&[subject, issuer], crl, &[], &[])
}

/// What one CRL says about the first of `path`, with the certificates of `signers` and the CRLs `more` at hand.
fn assess_with(path: &[&Party], crl: &Crl, signers: &[&Party], more: &[Crl]) -> Result<Statement, RejectedDatum> {
    let crls: Vec<&Crl> = std::iter::once(crl).chain(more).collect();
    let evidence = collect(path, &crls, signers);
    if let Some((_, why)) = evidence.rejected.iter().find(|(datum, _)| *datum == crl.sha256()) {
        return Err(*why);
    }
    let statement = evidence.statements.into_iter().find(|statement| statement.datum == crl.sha256());
    let statement = statement.ok_or(RejectedDatum::CrlOtherIssuer)?;
    match statement.status {
        Status::Good if !statement.reasons.covers_all() => Err(RejectedDatum::CrlOnlySomeReasons),
        _ => Ok(statement),
    }
}

fn good(result: Result<Statement, RejectedDatum>) {
    assert_eq!(result.unwrap().status, Status::Good);
}

fn rejected(result: Result<Statement, RejectedDatum>, code: &str) {
    assert_eq!(result.unwrap_err().code(), code);
}

fn pair(points: Vec<Vec<u8>>) -> (Party, Party) {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, points);
    (root, user)
}

fn at(names: &[&[u8]]) -> Vec<u8> {
    distribution_point(&[&full_name(names)])
}

#[test]
fn a_plain_crl_says_good_or_revoked_with_date_and_reason() {
    let (root, user) = pair(vec![]);
    let statement = assess(&user, &root, &root.crl(&[], &[])).unwrap();
    assert_eq!(statement.status, Status::Good);
    assert_eq!(statement.this_update, UtcTime::parse("2026-01-01T00:00:00Z").unwrap());
    assert_eq!(statement.next_update, UtcTime::parse("2026-01-05T00:00:00Z").ok());
    assert_eq!(statement.signer, root.certificate);
    let invalidity = extension("2.5.29.24", false, &time("20251201"));
    let listed = root.crl(&[entry(9, &[]), entry(10, &[reason(1), invalidity]), entry(11, &[])], &[]);
    let expected = Status::Revoked {
        date: UtcTime::parse("2025-12-24T00:00:00Z").unwrap(),
        reason: Some(RevocationReason::KeyCompromise),
        invalidity_date: UtcTime::parse("2025-12-01T00:00:00Z").ok(),
    };
    assert_eq!(assess(&user, &root, &listed).unwrap().status, expected);
    let held = root.crl(&[entry(10, &[reason(6)])], &[]);
    let date = UtcTime::parse("2025-12-24T00:00:00Z").unwrap();
    assert_eq!(assess(&user, &root, &held).unwrap().status, Status::OnHold { date });
    // RFC 5280 5.3.1: the reason belongs to delta CRLs, so that this one says neither.
    rejected(assess(&user, &root, &root.crl(&[entry(10, &[reason(8)])], &[])), "remove-from-crl");
}

#[test]
fn c1_a_crl_of_another_partition_says_nothing() {
    let (root, user) = pair(vec![at(&[&uri(HERE)])]);
    let idp = |names: &[&[u8]]| root.crl(&[], &[issuing_distribution_point(&[&full_name(names)])]);
    good(assess(&user, &root, &idp(&[&uri(ELSEWHERE), &uri(HERE)])));
    rejected(assess(&user, &root, &idp(&[&uri(ELSEWHERE)])), "crl-distribution-point");
    // RFC 5280 7.4: the host of a URI is compared without regard to case, what follows as it is.
    good(assess(&user, &root, &idp(&[&uri("http://DEMO.example/here.crl")])));
    rejected(assess(&user, &root, &idp(&[&uri("http://demo.example/HERE.crl")])), "crl-distribution-point");
    // Even a revocation on it is about another scope.
    let other = issuing_distribution_point(&[&full_name(&[&uri(ELSEWHERE)])]);
    rejected(
        assess(&user, &root, &root.crl(&[entry(10, &[])], std::slice::from_ref(&other))),
        "crl-distribution-point",
    );
    // A certificate without distribution points is in the issuer's own.
    let (root, user) = pair(vec![]);
    rejected(assess(&user, &root, &root.crl(&[], &[other])), "crl-distribution-point");
    let own = issuing_distribution_point(&[&full_name(&[&directory_name(&root.name)])]);
    good(assess(&user, &root, &root.crl(&[], &[own])));
}

#[test]
fn c2_the_kind_of_certificate_must_be_covered() {
    let (root, user) = pair(vec![]);
    let authority = root.intermediate("Authority", 11, vec![]);
    let only = |field: u8| root.crl(&[], &[issuing_distribution_point(&[&[field, 1, 0xff]])]);
    good(assess(&user, &root, &only(0x81)));
    rejected(assess(&authority, &root, &only(0x81)), "crl-only-user-certs");
    good(assess(&authority, &root, &only(0x82)));
    rejected(assess(&user, &root, &only(0x82)), "crl-only-ca-certs");
    rejected(assess(&user, &root, &only(0x85)), "crl-only-attribute-certs");
    rejected(assess(&authority, &root, &only(0x85)), "crl-only-attribute-certs");
}

#[test]
fn c3_a_delta_crl_alone_is_not_usable() {
    let (root, user) = pair(vec![at(&[&uri(HERE)])]);
    let indicator = extension("2.5.29.27", true, &integer(1));
    let idp = issuing_distribution_point(&[&full_name(&[&uri(HERE)])]);
    rejected(assess(&user, &root, &root.crl(&[], std::slice::from_ref(&indicator))), "crl-delta");
    rejected(assess(&user, &root, &root.crl(&[], &[indicator, idp])), "crl-delta");
}

#[test]
fn c4_unknown_critical_extensions_reject_the_crl() {
    let (root, user) = pair(vec![]);
    let private = |critical| extension("1.3.6.1.4.1.99999.1", critical, b"not even DER");
    good(assess(&user, &root, &root.crl(&[], &[private(false)])));
    rejected(assess(&user, &root, &root.crl(&[], &[private(true)])), "crl-unknown-critical-extension");
    good(assess(&user, &root, &root.crl(&[entry(9, &[private(false)])], &[])));
    let of_another_entry = root.crl(&[entry(9, &[private(true)])], &[]);
    rejected(assess(&user, &root, &of_another_entry), "crl-unknown-critical-extension");
    let malformed = extension("2.5.29.28", true, &[0x30, 0x05]);
    rejected(assess(&user, &root, &root.crl(&[], &[malformed])), "crl-malformed-extension");
    let twice = [issuing_distribution_point(&[]), issuing_distribution_point(&[])];
    rejected(assess(&user, &root, &root.crl(&[], &twice)), "crl-malformed-extension");
}

#[test]
fn c5_an_indirect_crl_of_the_same_issuer_is_usable_and_its_entries_keep_their_issuers() {
    let (root, user) = pair(vec![at(&[&uri(HERE)])]);
    let idp = issuing_distribution_point(&[&full_name(&[&uri(HERE)]), &[0x84, 1, 0xff]]);
    let issuer = |name: &[u8]| extension("2.5.29.29", true, &sequence(&[&directory_name(name)]));
    good(assess(&user, &root, &root.crl(&[], std::slice::from_ref(&idp))));
    // Entries after a certificateIssuer are that issuer's until the next one.
    let foreign = [entry(5, &[issuer(&name("Other CA"))]), entry(10, &[])];
    good(assess(&user, &root, &root.crl(&foreign, std::slice::from_ref(&idp))));
    let mixed = [entry(5, &[issuer(&name("Other CA"))]), entry(6, &[issuer(&root.name)]), entry(10, &[])];
    let status = assess(&user, &root, &root.crl(&mixed, &[idp])).unwrap().status;
    assert!(matches!(status, Status::Revoked { .. }), "{status:?}");
}

#[test]
fn an_indirect_crl_of_another_issuer_needs_to_be_named_and_validated() {
    let root = Party::root("Root", 1);
    let authority = root.intermediate("CRL Authority", 20, vec![]);
    let names = tlv(0xa2, &[&directory_name(&authority.name)]);
    let point = distribution_point(&[&full_name(&[&uri(HERE)]), &names]);
    let user = root.issue("User", 10, vec![point]);
    let issuer = extension("2.5.29.29", true, &sequence(&[&directory_name(&root.name)]));
    let indirect = issuing_distribution_point(&[&full_name(&[&uri(HERE)]), &[0x84, 1, 0xff]]);
    let direct = issuing_distribution_point(&[&full_name(&[&uri(HERE)])]);
    let crl = authority.crl(&[entry(10, &[issuer])], &[indirect]);
    rejected(assess(&user, &root, &crl), "crl-signature");
    // The issuer of the CRL is validated itself: its own status must be known.
    rejected(assess_with(&[&user, &root], &crl, &[&authority], &[]), "datum-signer-status-unknown");
    let of_root = [root.crl(&[], &[])];
    let status = assess_with(&[&user, &root], &crl, &[&authority], &of_root).unwrap().status;
    assert!(matches!(status, Status::Revoked { .. }), "{status:?}");
    let revoked = [root.crl(&[entry(20, &[])], &[])];
    rejected(assess_with(&[&user, &root], &crl, &[&authority], &revoked), "datum-signer-revoked");
    let out_of_scope = authority.crl(&[], &[direct]);
    rejected(assess_with(&[&user, &root], &out_of_scope, &[&authority], &of_root), "crl-distribution-point");
    let (_, stranger) = pair(vec![]);
    rejected(assess_with(&[&stranger, &root], &crl, &[&authority], &of_root), "crl-other-issuer");
}

/// RFC 5280 6.3.3 (f): another key of the issuer counts only below the same anchor.
#[test]
fn crl_signers_are_found_below_the_anchor_of_the_certificate() {
    let root = Party::root("Root", 1);
    let authority = root.intermediate("CA", 2, vec![]);
    let crl_key = root.issue("CA", 3, vec![key_usage(0x02)]);
    let impostor = Party::root("Other root", 9).intermediate("CA", 4, vec![]);
    let user = authority.issue("User", 10, vec![]);
    let crl = crl_key.crl(&[], &[]);
    let path = [&user, &authority, &root];
    let of_root = [root.crl(&[], &[])];
    rejected(assess_with(&path, &crl, &[], &of_root), "crl-signature");
    assert_eq!(assess_with(&path, &crl, &[&crl_key], &of_root).unwrap().signer, crl_key.certificate);
    rejected(assess_with(&path, &impostor.crl(&[], &[]), &[&crl_key, &impostor], &of_root), "datum-signer-path");
}

/// A CRL key whose own status only its own CRL states vouches for itself.
#[test]
fn a_crl_signer_cannot_vouch_for_itself() {
    let root = Party::root("Root", 1);
    let authority = root.intermediate("CA", 2, vec![]);
    let user = authority.issue("User", 10, vec![]);
    // Self-issued: named like the CA, signed by it, so that its own CRL would hold it in scope.
    let crl_key = authority.issue("CA", 3, vec![key_usage(0x02)]);
    let crl = crl_key.crl(&[], &[]);
    let path = [&user, &authority, &root];
    rejected(assess_with(&path, &crl, &[&crl_key], &[]), "datum-signer-status-unknown");
    // The CA's own list of another time does.
    assert!(assess_with(&path, &crl, &[&crl_key], &[authority.crl(&[entry(9, &[])], &[])]).is_ok());
}

#[test]
fn c6_a_crl_for_some_reasons_is_not_sufficient_to_say_good() {
    let (root, user) = pair(vec![at(&[&uri(HERE)])]);
    let idp = issuing_distribution_point(&[&full_name(&[&uri(HERE)]), &[0x83, 2, 6, 0x40]]);
    rejected(assess(&user, &root, &root.crl(&[], std::slice::from_ref(&idp))), "crl-only-some-reasons");
    let status = assess(&user, &root, &root.crl(&[entry(10, &[reason(1)])], &[idp])).unwrap().status;
    assert!(matches!(status, Status::Revoked { .. }), "{status:?}");
    let every_reason = issuing_distribution_point(&[&full_name(&[&uri(HERE)]), &[0x83, 3, 7, 0x7f, 0x80]]);
    good(assess(&user, &root, &root.crl(&[], &[every_reason])));
}

#[test]
fn c7_a_directory_name_alone_matches_as_in_the_hpki_root() {
    let root = Party::root("Root", 1);
    let point = at(&[&directory_name(&name("SARL")), &uri("http://demo.example/sarl.crl")]);
    let authority = root.intermediate("Authority", 11, vec![point]);
    let idp = |common_name: &str| {
        let names = full_name(&[&directory_name(&name(common_name))]);
        root.crl(&[], &[issuing_distribution_point(&[&names, &[0x82, 1, 0xff]])])
    };
    good(assess(&authority, &root, &idp("SARL")));
    good(assess(&authority, &root, &idp("sarl")));
    rejected(assess(&authority, &root, &idp("RARL")), "crl-distribution-point");
}

#[test]
fn a_relative_name_is_completed_with_the_crl_issuers_name() {
    let rdn = |text: &str| sequence(&[&oid("2.5.4.3"), &utf8(text)]);
    let relative = |text: &str| tlv(0xa0, &[&tlv(0xa1, &[&rdn(text)])]);
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![distribution_point(&[&relative("Part 1")])]);
    let crl = |field: Vec<u8>| root.crl(&[], &[issuing_distribution_point(&[&field])]);
    good(assess(&user, &root, &crl(relative("Part 1"))));
    rejected(assess(&user, &root, &crl(relative("Part 2"))), "crl-distribution-point");
    let inner = &root.name[2..];
    let whole = sequence(&[inner, &tlv(0x31, &[&rdn("Part 1")])]);
    good(assess(&user, &root, &crl(full_name(&[&directory_name(&whole)]))));
}

#[test]
fn c8_another_key_of_the_same_name_or_a_ca_without_crl_sign_is_rejected() {
    let (root, user) = pair(vec![]);
    let impostor = Party::root("Root", 2);
    rejected(assess(&user, &root, &impostor.crl(&[], &[])), "crl-signature");
    rejected(assess_with(&[&user, &root], &impostor.crl(&[], &[]), &[&impostor], &[]), "datum-signer-path");

    let no_crl_sign = root.issue("Sub", 12, vec![ca_constraints(), key_usage(0x04)]);
    let below = no_crl_sign.issue("Below", 10, vec![]);
    rejected(assess(&below, &no_crl_sign, &no_crl_sign.crl(&[], &[])), "crl-sign-missing");
    let no_key_usage = root.issue("Sub", 13, vec![ca_constraints()]);
    let below = no_key_usage.issue("Below", 10, vec![]);
    good(assess(&below, &no_key_usage, &no_key_usage.crl(&[], &[])));
    rejected(assess(&user, &root, &no_key_usage.crl(&[], &[])), "crl-other-issuer");
}

#[test]
fn c8_a_changed_crl_is_rejected() {
    let (root, user) = pair(vec![]);
    let mut der = root.crl(&[entry(10, &[])], &[]).der().to_vec();
    let position = der.windows(3).position(|window| window == [0x02, 0x01, 10]).unwrap();
    der[position + 2] = 11;
    rejected(assess(&user, &root, &Crl::parse(&der).unwrap()), "crl-signature");
}

/// C9 and C10 are about time, which is judged elsewhere: the datum only has to carry it.
#[test]
fn c9_next_update_may_be_missing_and_a_version_1_crl_is_read() {
    let (root, user) = pair(vec![]);
    let tbs = sequence(&[&ecdsa_sha256(), &root.name, &time("20260101"), &sequence(&[&entry(10, &[])])]);
    let crl = Crl::parse(&root.key.sign(&tbs, &[])).unwrap();
    assert_eq!((crl.next_update(), crl.len()), (None, 1));
    let statement = assess(&user, &root, &crl).unwrap();
    assert!(matches!(statement.status, Status::Revoked { reason: None, .. }), "{:?}", statement.status);
}

#[test]
fn expired_certificates_are_known_only_to_a_crl_that_keeps_them() {
    let (root, user) = pair(vec![]);
    let mut statement = assess(&user, &root, &root.crl(&[], &[])).unwrap();
    assert!(statement.knows(&user.certificate));
    statement.this_update = UtcTime::parse("2041-01-01T00:00:00Z").unwrap();
    assert!(!statement.knows(&user.certificate));
    statement.expired_since = UtcTime::parse("2039-01-01T00:00:00Z").ok();
    assert!(statement.knows(&user.certificate));
    statement.this_update = UtcTime::parse("2019-01-01T00:00:00Z").unwrap();
    assert!(!statement.knows(&user.certificate));
    let kept = extension("2.5.29.60", false, &time("20390101"));
    assert_eq!(assess(&user, &root, &root.crl(&[], &[kept])).unwrap().expired_since, statement.expired_since);
}

#[test]
fn serial_numbers_are_found_by_value_in_a_long_unsorted_list() {
    let root = Party::root("Root", 1);
    let entries: Vec<Vec<u8>> = (0..3000u32).map(|n| entry(n.wrapping_mul(2_654_435_761), &[])).collect();
    let crl = root.crl(&entries, &[]);
    for n in [0u32, 1, 2, 1499, 2998, 2999] {
        let serial = integer(n.wrapping_mul(2_654_435_761));
        assert!(crl.lookup(&serial[2..]).is_some(), "{n}");
        let padded = [&[0, 0][..], &serial[2..]].concat();
        assert!(crl.lookup(&padded).is_some(), "{n} with padding");
    }
    assert_eq!(crl.lookup(&[5]), None);
    assert_eq!(crl.lookup(&[]), None);
}

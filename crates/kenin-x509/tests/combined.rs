//! Several revocation data together: reasons split over CRLs, delta CRLs, CRLs of separate issuers, holds.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

mod common;

use common::*;
use kenin_base::UtcTime;
use kenin_x509::Crl;
use kenin_x509::revocation::{Instant, RevocationEvidence, RevocationState};

const HERE: &str = "http://demo.example/here.crl";

/// The state on the day after every CRL here was issued.
fn state(evidence: &RevocationEvidence, subject: &Party) -> RevocationState {
    let time = UtcTime::parse("2026-01-02T00:00:00Z").unwrap();
    evidence.status_at(&subject.certificate, Instant { time, known_at: time, max_age_days: None }).state
}

const FRESH: RevocationState = RevocationState::Good { fresh: true, revoked_later: None };

fn is_revoked(state: RevocationState) -> bool {
    matches!(state, RevocationState::Revoked(_))
}

/// RFC 5280 6.3.3: the reasons of several CRLs add up until all are covered.
#[test]
fn reasons_split_over_two_lists_count_together_and_neither_alone() {
    let root = Party::root("Root", 1);
    let point = distribution_point(&[&full_name(&[&uri(HERE)])]);
    let user = root.issue("User", 10, vec![point]);
    let some = |entries: &[Vec<u8>], flags: &[u8]| {
        let reasons = [&[0x83, u8::try_from(flags.len()).unwrap()], flags].concat();
        root.crl(entries, &[issuing_distribution_point(&[&full_name(&[&uri(HERE)]), &reasons])])
    };
    // keyCompromise and cACompromise on one list, the six others on the second.
    let compromise = some(&[], &[5, 0x60]);
    let others = some(&[], &[7, 0x1f, 0x80]);
    assert_eq!(state(&collect(&[&user, &root], &[&compromise], &[]), &user), RevocationState::Unknown);
    assert_eq!(state(&collect(&[&user, &root], &[&others], &[]), &user), RevocationState::Unknown);
    assert_eq!(state(&collect(&[&user, &root], &[&compromise, &others], &[]), &user), FRESH);
    let listed = some(&[entry(10, &[reason(4)])], &[7, 0x1f, 0x80]);
    assert!(is_revoked(state(&collect(&[&user, &root], &[&compromise, &listed], &[]), &user)));
}

/// RFC 5280 5.2.4
#[test]
fn a_delta_updates_the_base_it_was_made_for() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let number = |n: u32| extension("2.5.29.20", false, &integer(n));
    let indicator = |n: u32| extension("2.5.29.27", true, &integer(n));
    let base = |n: u32, entries: &[Vec<u8>]| root.crl(entries, &[number(n)]);
    let delta = |needs: u32, n: u32, entries: &[Vec<u8>]| root.crl(entries, &[number(n), indicator(needs)]);
    let status = |crls: &[&Crl]| state(&collect(&[&user, &root], crls, &[]), &user);
    let (clean, update) = (base(5, &[]), delta(5, 6, &[]));
    let combined = collect(&[&user, &root], &[&clean, &update], &[]);
    let of_delta = combined.statements.iter().find(|s| s.datum == update.sha256()).unwrap();
    assert_eq!(of_delta.base, Some(clean.sha256()));
    assert_eq!(status(&[&clean, &update]), FRESH);
    assert!(is_revoked(status(&[&clean, &delta(5, 6, &[entry(10, &[reason(1)])])])));
    assert!(is_revoked(status(&[&base(5, &[entry(10, &[reason(1)])]), &update])));
    // Only the base lists the hold; the delta says it is over. The released hold is Good through the delta alone.
    let held = base(5, &[entry(10, &[reason(6)])]);
    assert!(matches!(status(&[&held]), RevocationState::OnHold(_)));
    let release = collect(&[&user, &root], &[&held, &delta(5, 6, &[entry(10, &[reason(8)])])], &[]);
    assert!(release.statements.iter().any(|s| s.base.is_some() && s.status == kenin_x509::revocation::Status::Good));
    // A base older than the delta asks for, or newer than the delta itself, is not brought up to date by it.
    for stale in [base(4, &[]), base(6, &[])] {
        let evidence = collect(&[&user, &root], &[&stale, &update], &[]);
        assert_eq!(evidence.rejected.iter().map(|(_, why)| why.code()).collect::<Vec<_>>(), ["crl-delta"]);
    }
    // A revocation stays one, whatever base is at hand.
    assert!(is_revoked(status(&[&base(4, &[]), &delta(5, 6, &[entry(10, &[reason(1)])])])));
}

/// RFC 5280 5.2.5: an indirect CRL may cover its own issuer, where the CA says so.
#[test]
fn a_crl_issuer_covers_itself_only_where_its_certificate_names_it() {
    let root = Party::root("Root", 1);
    let authority = name("CRL Authority");
    let names = tlv(0xa2, &[&directory_name(&authority)]);
    let point = || distribution_point(&[&full_name(&[&uri(HERE)]), &names]);
    let user = root.issue("User", 10, vec![point()]);
    let idp = issuing_distribution_point(&[&full_name(&[&uri(HERE)]), &[0x84, 1, 0xff]]);
    let named = root.issue("CRL Authority", 20, vec![key_usage(0x02), point()]);
    let crl = named.crl(&[], std::slice::from_ref(&idp));
    assert_eq!(state(&collect(&[&user, &root], &[&crl], &[&named]), &user), FRESH);
    let unnamed = root.issue("CRL Authority", 21, vec![key_usage(0x02)]);
    let crl = unnamed.crl(&[], std::slice::from_ref(&idp));
    assert_eq!(state(&collect(&[&user, &root], &[&crl], &[&unnamed]), &user), RevocationState::Unknown);
    // Its own list says that it is revoked.
    let issuer = extension("2.5.29.29", true, &sequence(&[&directory_name(&root.name)]));
    let crl = named.crl(&[entry(20, &[issuer])], &[idp]);
    let evidence = collect(&[&user, &root], &[&crl], &[&named]);
    assert_eq!(evidence.rejected[0].1.code(), "datum-signer-revoked");
}

//! Revocation data arranged to mislead: signers that vouch for themselves, data that hide a revocation or a hold.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

mod common;

use common::*;
use kenin_base::{Budget, Limits, Resource, UtcTime};
use kenin_x509::revocation::{Instant, RejectedDatum, RevocationEvidence, RevocationState};
use kenin_x509::{Crl, RevocationReason};

const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";
const FRESH: RevocationState = RevocationState::Good { fresh: true, revoked_later: None };

fn date(text: &str) -> UtcTime {
    UtcTime::parse(&format!("{text}T00:00:00Z")).unwrap()
}

fn state_at(evidence: &RevocationEvidence, subject: &Party, time: &str, known_at: &str) -> RevocationState {
    let at = Instant { time: date(time), known_at: date(known_at), max_age_days: None };
    evidence.status_at(&subject.certificate, at).state
}

/// The state on 2026-01-02, the day after every CRL that is not dated otherwise.
fn state(evidence: &RevocationEvidence, subject: &Party) -> RevocationState {
    state_at(evidence, subject, "2026-01-02", "2026-01-02")
}

fn rejection(evidence: &RevocationEvidence, crl: &Crl) -> Option<&'static str> {
    evidence.rejected.iter().find(|(datum, _)| *datum == crl.sha256()).map(|(_, why)| why.code())
}

/// A revoked CA that issued itself a signer named like its issuer is not cleared by that signer's list.
#[test]
fn a_ca_is_not_cleared_by_a_signer_below_itself() {
    let root = Party::root("Root", 1);
    let authority = root.intermediate("CA", 2, vec![]);
    let puppet = authority.issue("Root", 3, vec![key_usage(0x02)]);
    let (forged, of_authority) = (puppet.crl(&[], &[]), authority.crl(&[], &[]));
    let evidence = collect(&[&authority, &root], &[&forged, &of_authority], &[&puppet]);
    assert_eq!(rejection(&evidence, &forged), Some("datum-signer-path"));
    assert_eq!(state(&evidence, &authority), RevocationState::Unknown);
}

/// The same with a designated CRL issuer (cRLIssuer), which may otherwise stand anywhere below the anchor.
#[test]
fn a_ca_is_not_cleared_by_a_designated_signer_below_itself() {
    let root = Party::root("Root", 1);
    let names = tlv(0xa2, &[&directory_name(&name("CRL Authority"))]);
    let authority = root.intermediate("CA", 2, vec![distribution_point(&[&names])]);
    let puppet = authority.issue("CRL Authority", 3, vec![key_usage(0x02)]);
    let idp = issuing_distribution_point(&[&full_name(&[&directory_name(&name("CRL Authority"))]), &[0x84, 1, 0xff]]);
    let (forged, of_authority) = (puppet.crl(&[], &[idp]), authority.crl(&[], &[]));
    let evidence = collect(&[&authority, &root], &[&forged, &of_authority], &[&puppet]);
    assert_eq!(rejection(&evidence, &forged), Some("datum-signer-path"));
    assert_eq!(state(&evidence, &authority), RevocationState::Unknown);
}

/// C8: a CA elsewhere below the anchor certified another key under the CA's name.
#[test]
fn a_key_that_a_sibling_certified_under_the_issuers_name_signs_no_crl_for_it() {
    let root = Party::root("Root", 1);
    let (authority, sibling) = (root.intermediate("CA", 2, vec![]), root.intermediate("Sibling", 4, vec![]));
    let user = authority.issue("User", 10, vec![]);
    let (of_root, of_sibling) = (root.crl(&[], &[]), sibling.crl(&[], &[]));
    let impostor = sibling.issue("CA", 3, vec![key_usage(0x02)]);
    let forged = impostor.crl(&[], &[]);
    let path = [&user, &authority, &root];
    let evidence = collect(&path, &[&forged, &of_root, &of_sibling], &[&impostor, &sibling]);
    assert_eq!(rejection(&evidence, &forged), Some("datum-signer-path"));
    assert_eq!(state(&evidence, &user), RevocationState::Unknown);
    // Keys that the CA's own issuer, the CA itself or an accepted key of the CA certified are the CA's.
    let by_root = root.issue("CA", 5, vec![key_usage(0x02)]);
    let rolled_over = authority.intermediate("CA", 6, vec![]);
    let crl_key = rolled_over.issue("CA", 7, vec![key_usage(0x02)]);
    let own = authority.crl(&[entry(99, &[])], &[]);
    for (signer, known) in [(&by_root, vec![&of_root]), (&rolled_over, vec![&own]), (&crl_key, vec![&own])] {
        let crl = signer.crl(&[], &[]);
        let crls: Vec<&Crl> = std::iter::once(&crl).chain(known).collect();
        let evidence = collect(&path, &crls, &[signer, &rolled_over]);
        assert_eq!(rejection(&evidence, &crl), None);
    }
}

/// A second certificate over the key in question is not another party.
#[test]
fn a_twin_certificate_of_the_same_key_does_not_vouch() {
    let root = Party::root("Root", 1);
    let names = tlv(0xa2, &[&directory_name(&root.name)]);
    // RFC 5280 5.2.5 lets the twin cover itself, because its distribution point says so.
    let twin = root.issue("Root", 20, vec![key_usage(0x02), distribution_point(&[&names])]);
    let extensions = vec![key_usage(0x02)];
    let template = Template { serial: 21, issuer: &root.name, subject: &root.name, key: &twin.key, extensions };
    let target = Party { certificate: issue(&root.key, &template), ..twin.clone() };
    let crl = twin.crl(&[], &[]);
    assert_eq!(state(&collect(&[&twin, &root], &[&crl], &[]), &twin), FRESH);
    assert_eq!(state(&collect(&[&target, &root], &[&crl], &[&twin]), &target), RevocationState::Unknown);
}

/// RFC 6960 4.2.2.2: neither the holder's other certificate nor a CA certificate answers.
#[test]
fn responders_are_other_parties_and_may_sign_answers() {
    let root = Party::root("Root", 1);
    let nocheck = || extension("1.3.6.1.5.5.7.48.1.5", false, &[5, 0]);
    let usage = || vec![extended_key_usage(OCSP_SIGNING), nocheck()];
    let user = root.issue("User", 10, usage());
    let answer = |responder: &Party| {
        let singles = [single(&cert_id(&root.name, &root.key.point(), 10), GOOD, &[])];
        let response = ocsp(&responder.key, &by_key(&responder.key), "20260101", &singles, &[&responder.certificate]);
        let evidence = collect_with(&Shared::default(), &[&user, &root], &[], &[&response], &[]);
        evidence.rejected.first().map(|(_, why)| why.code())
    };
    let template =
        Template { serial: 11, issuer: &root.name, subject: &name("User again"), key: &user.key, extensions: usage() };
    let again = Party { certificate: issue(&root.key, &template), name: name("User again"), key: user.key.clone() };
    assert_eq!(answer(&again), Some("ocsp-delegate-other-issuer"));
    // RFC 5280 4.2.1.12: both keyUsage and extendedKeyUsage must allow it.
    let with_usage = |octet| root.issue("Responder", 30, [usage(), vec![key_usage(octet)]].concat());
    assert_eq!(answer(&with_usage(0x06)), Some("ocsp-delegate-usage"));
    assert_eq!(answer(&with_usage(0x80)), None);
    assert_eq!(answer(&with_usage(0x40)), None);
}

/// Of several answers or entries for one certificate the gravest counts, in whatever order they come.
#[test]
fn the_gravest_of_several_entries_counts() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let entries = [entry(10, &[reason(1)]), entry(10, &[reason(6)]), entry(10, &[reason(8)])];
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let crl = root.crl(&order.map(|n| entries[n].clone()), &[]);
        let got = state(&collect(&[&user, &root], &[&crl], &[]), &user);
        assert!(matches!(got, RevocationState::Revoked(_)), "{order:?} {got:?}");
    }
    let id = cert_id(&root.name, &root.key.point(), 10);
    let answer = |code: u8, date: &str| {
        let status = tlv(0xa1, &[&time("20251224"), &tlv(0xa0, &[&[0x0a, 1, code]])]);
        sequence(&[&id, &status, &time(date), &tlv(0xa0, &[&time("20260105")])])
    };
    for later in [6, 8] {
        let singles = [answer(1, "20251230"), answer(later, "20260101")];
        let response = ocsp(&root.key, &by_name(&root.name), "20260101", &singles, &[]);
        let evidence = collect_with(&Shared::default(), &[&user, &root], &[], &[&response], &[]);
        let got = state(&evidence, &user);
        assert!(matches!(got, RevocationState::Revoked(_)), "{later} {got:?}");
    }
}

/// A hold ends when a later datum that answers for holds says good, and in no other way.
#[test]
fn a_hold_is_ended_by_a_release_alone() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let status = |crls: &[&Crl], time: &str| {
        let forward = state_at(&collect(&[&user, &root], crls, &[]), &user, time, "2026-01-03");
        let reversed: Vec<&Crl> = crls.iter().rev().copied().collect();
        assert_eq!(forward, state_at(&collect(&[&user, &root], &reversed, &[]), &user, time, "2026-01-03"));
        forward
    };
    let on_hold = RevocationState::OnHold(date("2025-12-24"));
    let held = root.crl(&[entry(10, &[reason(6)])], &[]);
    let numbered = |this_update: &str, entries: &[Vec<u8>]| {
        root.crl_dated(this_update, entries, &[extension("2.5.29.20", false, &integer(9))])
    };
    assert_eq!(status(&[&held, &numbered("20260102", &[])], "2026-01-02"), FRESH);
    assert_eq!(status(&[&held, &numbered("20251231", &[])], "2026-01-02"), on_hold);
    // Two lists of one instant disagree.
    assert_eq!(status(&[&held, &numbered("20260101", &[])], "2026-01-02"), on_hold);
    // Revoked for good on 2026-01-03, while on hold: not good in between.
    let revoked = numbered("20260103", &[entry_dated(10, "20260103", &[reason(1)])]);
    assert_eq!(status(&[&held, &revoked], "2026-01-02"), on_hold);
    // The hold was known only after the time that is asked about, as of which nothing good may be said any more.
    let later = root.crl_dated("20260104", &[entry(10, &[reason(6)])], &[]);
    assert_eq!(status(&[&numbered("20260101", &[]), &later], "2026-01-02"), on_hold);
    // A list whose scope has no holds names one all the same.
    let odd = root.crl(&[entry(10, &[reason(6)])], &[issuing_distribution_point(&[&[0x83, 2, 6, 0x40]])]);
    assert_eq!(status(&[&odd, &numbered("20260101", &[])], "2026-01-02"), on_hold);
}

/// What several data say of one revocation is taken together: the earliest date, the gravest reason.
#[test]
fn a_compromise_is_not_hidden_by_an_earlier_datum_with_a_harmless_reason() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let invalidity = extension("2.5.29.24", false, &time("20251120"));
    let superseded = root.crl(&[entry_dated(10, "20251201", &[reason(4)])], &[]);
    let compromised = root.crl(&[entry_dated(10, "20251224", &[reason(1), invalidity])], &[]);
    for crls in [[&superseded, &compromised], [&compromised, &superseded]] {
        let evidence = collect(&[&user, &root], &crls, &[]);
        let RevocationState::Revoked(revoked) = state(&evidence, &user) else { panic!() };
        assert_eq!(revoked.date, date("2025-12-01"));
        assert_eq!(revoked.reason, Some(RevocationReason::KeyCompromise));
        assert_eq!(revoked.invalidity_date, Some(date("2025-11-20")));
        let before = state_at(&evidence, &user, "2025-11-01", "2026-01-02");
        assert_eq!(before, RevocationState::Good { fresh: true, revoked_later: Some(revoked) });
    }
}

/// A delta that keeps expired certificates does not make its base keep them.
#[test]
fn a_combination_knows_expired_certificates_only_where_both_lists_do() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let number = |n: u32| extension("2.5.29.20", false, &integer(n));
    let kept = |date: &str| extension("2.5.29.60", false, &time(date));
    let base = |more: &[Vec<u8>]| root.crl(&[], &[vec![number(5)], more.to_vec()].concat());
    let indicator = extension("2.5.29.27", true, &integer(5));
    let delta = root.crl(&[], &[number(6), indicator, kept("20380101")]);
    let since = |base: &Crl| {
        let evidence = collect(&[&user, &root], &[base, &delta], &[]);
        evidence.statements.iter().find(|statement| statement.base.is_some()).unwrap().expired_since
    };
    assert_eq!(since(&base(&[])), None);
    assert_eq!(since(&base(&[kept("20390101")])), Some(date("2039-01-01")));
}

/// Verdicts rule 12: what a spent budget left unread may say revoked.
#[test]
fn nothing_is_good_when_a_budget_cut_the_data_short() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let (clean, revoking) = (root.crl(&[], &[]), root.crl(&[entry(10, &[])], &[]));
    let limits = Limits { signature_checks: 1, ..Limits::default() };
    let shared = Shared { budget: Budget::new(&limits), ..Shared::default() };
    let evidence = collect_with(&shared, &[&user, &root], &[&clean, &revoking], &[], &[]);
    assert!(matches!(evidence.rejected[..], [(_, RejectedDatum::Limit(_))]));
    assert_eq!(state(&evidence, &user), RevocationState::Unknown);
    // A revocation that was read stays one.
    let shared = Shared { budget: Budget::new(&limits), ..Shared::default() };
    let evidence = collect_with(&shared, &[&user, &root], &[&revoking, &clean], &[], &[]);
    assert!(matches!(state(&evidence, &user), RevocationState::Revoked(_)));
}

/// Certificates of the CRL issuer's name that nobody issued do not push the real CRL key out of sight.
#[test]
fn a_crowd_of_namesakes_does_not_hide_a_revocation() {
    let root = Party::root("Root", 1);
    let authority = root.intermediate("CA", 2, vec![]);
    let user = authority.issue("User", 10, vec![]);
    let crl_key = root.issue("CA", 3, vec![key_usage(0x02)]);
    let crowd: Vec<Party> = (100..140).map(|seed| Party::root("CA", seed)).collect();
    let others: Vec<&Party> = crowd.iter().chain([&crl_key]).collect();
    let (clean, revoking) = (authority.crl(&[], &[]), crl_key.crl(&[entry(10, &[])], &[]));
    let of_root = root.crl(&[], &[]);
    let evidence = collect(&[&user, &authority, &root], &[&clean, &revoking, &of_root], &others);
    assert!(matches!(state(&evidence, &user), RevocationState::Revoked(_)), "{:?}", evidence.rejected);
}

/// What verifying costs is counted over the document, each question once, whatever a shared cache knows.
#[test]
fn slow_signatures_are_bounded_by_their_cost() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let crls: Vec<Crl> = (1..=3).map(|n| root.crl(&[], &[extension("2.5.29.20", false, &integer(n))])).collect();
    // Room for two verifications with P-256.
    let limits = Limits { signature_cost: 4, ..Limits::default() };
    let mut shared = Shared { budget: Budget::new(&limits), ..Shared::default() };
    for _ in 0..2 {
        for _ in 0..2 {
            let evidence = collect_with(&shared, &[&user, &root], &[&crls[0], &crls[1]], &[], &[]);
            assert_eq!((evidence.limit(), state(&evidence, &user)), (None, FRESH));
        }
        let evidence = collect_with(&shared, &[&user, &root], &[&crls[0], &crls[1], &crls[2]], &[], &[]);
        assert_eq!(evidence.limit().map(|limit| limit.resource), Some(Resource::SignatureCost));
        assert_eq!(state(&evidence, &user), RevocationState::Unknown);
        // Another document under a warm cache.
        shared.budget = Budget::new(&limits);
    }
}

/// Nothing is verified with a key that cannot be used, so that no signature check pays for weighing it.
#[test]
fn namesakes_with_unusable_keys_are_bounded() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let stranger = Party::root("Root", 3).crl(&[], &[]);
    let crowd: Vec<Party> = (20..24).map(|seed| root.issue("Root", seed, vec![]).with_unusable_key()).collect();
    let others: Vec<&Party> = crowd.iter().collect();
    for (path_candidates, expected) in [(4, None), (3, Some(Resource::PathCandidates))] {
        let limits = Limits { path_candidates, ..Limits::default() };
        let shared = Shared { budget: Budget::new(&limits), ..Shared::default() };
        let evidence = collect_with(&shared, &[&user, &root], &[&stranger], &[], &others);
        assert_eq!(evidence.limit().map(|limit| limit.resource), expected);
    }
}

//! The OCSP cases D1 to D6 of the attack list, and delegated responders.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

mod common;

use std::sync::Arc;

use common::*;
use kenin_base::UtcTime;
use kenin_x509::path::CertificatePool;
use kenin_x509::revocation::{RejectedDatum, Statement, Status};
use kenin_x509::{Crl, OcspResponse, ParseError, RevocationReason};

const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";

struct World {
    root: Party,
    user: Party,
    id: Vec<u8>,
}

fn world() -> World {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 10, vec![]);
    let id = cert_id(&root.name, &root.key.point(), 10);
    World { root, user, id }
}

impl World {
    /// A response by the issuer itself with these answers.
    fn answer(&self, singles: &[Vec<u8>]) -> OcspResponse {
        ocsp(&self.root.key, &by_name(&self.root.name), "20260101", singles, &[])
    }

    fn by(&self, responder: &Party) -> OcspResponse {
        let singles = [single(&self.id, GOOD, &[])];
        ocsp(&responder.key, &by_key(&responder.key), "20260101", &singles, &[&responder.certificate])
    }

    fn assess(&self, response: &OcspResponse) -> Result<Statement, RejectedDatum> {
        self.assess_with(response, &[], &[])
    }

    fn assess_with(&self, response: &OcspResponse, more: &[&Party], crls: &[Crl]) -> Result<Statement, RejectedDatum> {
        let shared = Shared::default();
        let pool: CertificatePool = more.iter().map(|party| Arc::clone(&party.certificate)).collect();
        let crls: Vec<Arc<Crl>> = crls.iter().map(|crl| Arc::new(Crl::parse(crl.der()).unwrap())).collect();
        let path = [Arc::clone(&self.user.certificate), Arc::clone(&self.root.certificate)];
        let responses = [Arc::new(OcspResponse::parse(response.der()).unwrap())];
        let mut evidence = shared.material(&crls, &responses, &pool).collect(&path);
        evidence.statements.retain(|statement| statement.datum == response.sha256());
        match (evidence.statements.pop(), evidence.rejected.first()) {
            (Some(statement), None) => Ok(statement),
            (None, Some((_, why))) => Err(*why),
            // Answers about other serial numbers are left out silently.
            (None, None) => Err(RejectedDatum::OcspOtherCertificate),
            both => panic!("{both:?}"),
        }
    }
}

fn rejected(result: Result<Statement, RejectedDatum>, code: &str) {
    assert_eq!(result.unwrap_err().code(), code);
}

#[test]
fn the_issuer_answers_by_name_or_by_key() {
    let w = world();
    for responder in [by_name(&w.root.name), by_key(&w.root.key)] {
        let response = ocsp(&w.root.key, &responder, "20260101", &[single(&w.id, GOOD, &[])], &[]);
        let statement = w.assess(&response).unwrap();
        assert_eq!((statement.status, &statement.signer), (Status::Good, &w.root.certificate));
        assert_eq!(statement.produced_at, UtcTime::parse("2026-01-01T00:00:00Z").ok());
        assert_eq!(statement.next_update, UtcTime::parse("2026-01-05T00:00:00Z").ok());
    }
}

#[test]
fn a_bare_basic_response_is_read_too() {
    let w = world();
    let whole = w.answer(&[single(&w.id, GOOD, &[])]);
    let der = whole.der();
    let basic = der.windows(2).rposition(|window| window == [0x04, 0x82]).map(|at| &der[at + 4..]).unwrap();
    let response = OcspResponse::parse(basic).unwrap();
    assert_eq!(response.tbs(), whole.tbs());
    assert_eq!(w.assess(&response).unwrap().status, Status::Good);
}

#[test]
fn revoked_outranks_good_and_later_outranks_earlier() {
    let w = world();
    let revoked = tlv(0xa1, &[&time("20251224"), &tlv(0xa0, &[&[0x0a, 1, 1]])]);
    let date = UtcTime::parse("2025-12-24T00:00:00Z").unwrap();
    let expected = Status::Revoked { date, reason: Some(RevocationReason::KeyCompromise), invalidity_date: None };
    let singles = [single(&w.id, &revoked, &[]), single(&w.id, GOOD, &[])];
    assert_eq!(w.assess(&w.answer(&singles)).unwrap().status, expected);
    let held = tlv(0xa1, &[&time("20251224"), &tlv(0xa0, &[&[0x0a, 1, 6]])]);
    assert_eq!(w.assess(&w.answer(&[single(&w.id, &held, &[])])).unwrap().status, Status::OnHold { date });
    rejected(w.assess(&w.answer(&[single(&w.id, &[0x82, 0], &[])])), "ocsp-unknown");
}

#[test]
fn d1_the_answer_must_name_the_issuers_name_and_key() {
    let w = world();
    let other = Key::new(99);
    let wrong_key = cert_id(&w.root.name, &other.point(), 10);
    rejected(w.assess(&w.answer(&[single(&wrong_key, GOOD, &[])])), "ocsp-other-issuer");
    let wrong_name = cert_id(&name("Other"), &w.root.key.point(), 10);
    rejected(w.assess(&w.answer(&[single(&wrong_name, GOOD, &[])])), "ocsp-other-issuer");
    assert_eq!(
        w.assess(&w.answer(&[single(&wrong_key, GOOD, &[]), single(&w.id, GOOD, &[])])).unwrap().status,
        Status::Good
    );
}

#[test]
fn d2_a_delegate_is_authorised_by_the_certificates_own_issuer() {
    let w = world();
    let nocheck = || extension("1.3.6.1.5.5.7.48.1.5", false, &[5, 0]);
    let usage = || vec![extended_key_usage(OCSP_SIGNING), nocheck()];
    let delegate = w.root.issue("Responder", 30, usage());
    let statement = w.assess(&w.by(&delegate)).unwrap();
    assert_eq!((statement.status, &statement.signer), (Status::Good, &delegate.certificate));
    // The responder's certificate may come from elsewhere.
    let without = ocsp(&delegate.key, &by_name(&delegate.name), "20260101", &[single(&w.id, GOOD, &[])], &[]);
    rejected(w.assess(&without), "ocsp-responder-not-found");
    assert_eq!(w.assess_with(&without, &[&delegate], &[]).unwrap().status, Status::Good);

    let sibling = Party::root("Sibling", 5).issue("Responder", 30, usage());
    rejected(w.assess(&w.by(&sibling)), "ocsp-delegate-other-issuer");
    let same_name = Party::root("Root", 6).issue("Responder", 30, usage());
    rejected(w.assess(&w.by(&same_name)), "ocsp-delegate-other-issuer");
    rejected(w.assess(&w.by(&w.user)), "ocsp-delegate-other-issuer");
}

/// RFC 6960 4.2.2.2.1
#[test]
fn a_delegate_without_nocheck_must_be_known_not_to_be_revoked() {
    let w = world();
    let delegate = w.root.issue("Responder", 30, vec![extended_key_usage(OCSP_SIGNING)]);
    let response = w.by(&delegate);
    let with = |crls: &[Crl]| w.assess_with(&response, &[], crls);
    rejected(with(&[]), "datum-signer-status-unknown");
    assert_eq!(with(&[w.root.crl(&[], &[])]).unwrap().status, Status::Good);
    rejected(with(&[w.root.crl(&[entry(30, &[])], &[])]), "datum-signer-revoked");
}

#[test]
fn d3_a_delegate_needs_the_ocsp_signing_purpose() {
    let w = world();
    rejected(w.assess(&w.by(&w.root.issue("Responder", 30, vec![]))), "ocsp-delegate-usage");
    let any = w.root.issue("Responder", 30, vec![extended_key_usage("2.5.29.37.0")]);
    rejected(w.assess(&w.by(&any)), "ocsp-delegate-usage");
    let unknown = extension("1.3.6.1.4.1.99999.1", true, &[5, 0]);
    let critical = w.root.issue("Responder", 30, vec![extended_key_usage(OCSP_SIGNING), unknown]);
    rejected(w.assess(&w.by(&critical)), "ocsp-delegate-extension");
}

#[test]
fn d4_the_responder_identifier_must_fit() {
    let w = world();
    let singles = [single(&w.id, GOOD, &[])];
    let other_name = ocsp(&w.root.key, &by_name(&name("Other")), "20260101", &singles, &[]);
    rejected(w.assess(&other_name), "ocsp-responder-not-found");
    let other_key = ocsp(&Key::new(99), &by_name(&w.root.name), "20260101", &singles, &[]);
    rejected(w.assess(&other_key), "ocsp-signature");
}

#[test]
fn d5_a_response_is_not_older_than_its_answer() {
    let w = world();
    let singles = [single(&w.id, GOOD, &[])];
    let early = ocsp(&w.root.key, &by_name(&w.root.name), "20251231", &singles, &[]);
    rejected(w.assess(&early), "ocsp-produced-before-update");
}

#[test]
fn d6_an_answer_for_another_serial_number_says_nothing() {
    let w = world();
    let other = cert_id(&w.root.name, &w.root.key.point(), 11);
    rejected(w.assess(&w.answer(&[single(&other, GOOD, &[])])), "ocsp-other-certificate");
    rejected(w.assess(&w.answer(&[])), "ocsp-other-certificate");
}

#[test]
fn cert_hash_and_archive_cutoff_and_critical_extensions() {
    use sha2::{Digest, Sha256};
    let w = world();
    let hash_of = |data: &[u8]| {
        let algorithm = sequence(&[&oid("2.16.840.1.101.3.4.2.1")]);
        let hash = sequence(&[&algorithm, &octets(&Sha256::digest(data))]);
        extension("1.3.36.8.3.13", false, &hash)
    };
    let with = |extension: Vec<u8>| w.assess(&w.answer(&[single(&w.id, GOOD, &[extension])]));
    assert!(with(hash_of(w.user.certificate.der())).unwrap().cert_hash_matches);
    rejected(with(hash_of(b"another")), "ocsp-cert-hash");
    let cutoff = with(extension("1.3.6.1.5.5.7.48.1.6", false, &time("20150101"))).unwrap();
    assert_eq!(cutoff.expired_since, UtcTime::parse("2015-01-01T00:00:00Z").ok());
    rejected(with(extension("1.3.6.1.4.1.99999.1", true, &[5, 0])), "ocsp-unknown-critical-extension");
}

#[test]
fn a_responders_error_is_not_an_answer() {
    for status in [1, 3, 6] {
        let error = OcspResponse::parse(&sequence(&[&[0x0a, 1, status]])).unwrap_err();
        assert_eq!(error, ParseError::OcspStatus(i64::from(status)));
    }
}

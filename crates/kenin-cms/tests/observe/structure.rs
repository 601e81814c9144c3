//! The envelope and what it carries besides signatures.

use kenin_asn1::Decoder;
use kenin_base::{Budget, Limits, Resource};
use kenin_cms::{Cms, CmsError};
use kenin_facts::{EvidenceKind, EvidenceSource};
use kenin_testkit::cms::{DATA, attribute, ocsp_revocation};
use kenin_testkit::encode::{explicit, implicit, integer, octets, oid, sequence, tlv};

use crate::describe::{codes, observe, observe_within, signature};
use crate::signatures::{signed_by, world};

#[test]
fn the_envelope_tells_what_lies_behind_it() {
    let mut bytes = signed_by("doctor").to_der();
    let len = bytes.len();
    bytes.extend([0, 0, 7]);
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let cms = Cms::parse(&decoder, &bytes, 1000).unwrap();
    assert_eq!((cms.bytes().len(), cms.trailing()), (len, &[0, 0, 7][..]));
    assert_eq!((cms.span().start, cms.signer_count()), (1000, 1));
    assert_eq!(cms.attached_content().unwrap().octets().unwrap().as_ref(), b"discharge summary");
    assert!(!cms.is_timestamp_token() && !cms.needs_content_octets());
}

#[test]
fn what_is_no_signed_data_is_an_error() {
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let data = sequence(&[&oid(DATA), &explicit(0, &octets(b"x"))]);
    let error = Cms::parse(&decoder, &data, 0).unwrap_err();
    assert!(matches!(error, CmsError::NotSignedData { content_type } if content_type.to_string() == DATA));

    let whole = signed_by("doctor").to_der();
    for len in 0..whole.len() {
        assert!(matches!(Cms::parse(&decoder, &whole[..len], 0), Err(CmsError::Malformed(_))), "{len}");
    }
}

#[test]
fn a_reached_limit_of_signatures_is_an_error_that_says_so() {
    let budget = Budget::new(&Limits { signatures: 0, ..Limits::default() });
    let decoder = Decoder::new(&budget);
    let error = Cms::parse(&decoder, &signed_by("doctor").to_der(), 0).unwrap_err();
    assert_eq!(error.limit().map(|limit| limit.resource), Some(Resource::Signatures));
}

#[test]
fn every_kind_of_certificate_choice_is_kept_or_skipped() {
    let mut data = signed_by("doctor");
    let other = implicit(3, &sequence(&[&oid(DATA), &integer(1)]));
    data.certificates.extend([implicit(1, &sequence(&[&integer(1)])), implicit(2, &sequence(&[])), other]);
    data.certificates.push(sequence(&[&integer(1)]));
    let observed = observe(&data.to_der(), None);
    let expected = "attribute-certificate-present attribute-certificate-present other-certificate-skipped";
    assert_eq!(signature(observed.only()), format!("CAdES Intact as-received [{expected}]"));
    assert_eq!(codes(&observed.findings), "certificate-malformed");
    let count = |kind| observed.evidence.of_kind(kind).count();
    assert_eq!((count(EvidenceKind::Certificate), count(EvidenceKind::AttributeCertificate)), (2, 2));
    assert_eq!(observed.only().signer.as_ref().unwrap().certificates.len(), 1);
}

#[test]
fn revocation_data_of_every_form_reaches_the_evidence() {
    let mut data = signed_by("doctor");
    let response = sequence(&[&tlv(0x0a, &[6])]);
    data.crls.push(world().crl("signing").to_vec());
    data.crls.push(ocsp_revocation(&response));
    data.crls.push(implicit(1, &sequence(&[&oid("1.3.6.1.5.5.7.16.4"), &integer(1)])));
    data.crls.push(implicit(1, &sequence(&[&integer(1)])));
    let observed = observe(&data.to_der(), None);
    let expected = "other-revocation-skipped other-revocation-skipped";
    assert_eq!(signature(observed.only()), format!("CAdES Intact as-received [{expected}]"));
    let source = EvidenceSource::SignedData { signature: "sig-1".to_owned() };
    for kind in [EvidenceKind::Crl, EvidenceKind::Ocsp] {
        let sources: Vec<_> = observed.evidence.of_kind(kind).map(|(_, item)| item.sources.clone()).collect();
        assert_eq!(sources, [[source.clone()]], "{kind:?}");
    }
}

#[test]
fn values_in_unsigned_attributes_reach_the_evidence() {
    let mut data = signed_by("doctor");
    let response = sequence(&[&tlv(0x0a, &[6])]);
    let certificates = sequence(&[world().certificate("signing-ca")]);
    let revocation =
        sequence(&[&explicit(0, &sequence(&[world().crl("signing")])), &explicit(1, &sequence(&[&response]))]);
    data.signers[0].unsigned_attributes = vec![
        attribute("1.2.840.113549.1.9.16.2.23", &certificates),
        attribute("1.2.840.113549.1.9.16.2.24", &revocation),
    ];
    let observed = observe(&data.to_der(), None);
    assert_eq!(signature(observed.only()), "CAdES Intact as-received []");
    let source = EvidenceSource::UnsignedAttribute { signature: "sig-1".to_owned() };
    let found = observed.evidence.iter().filter(|(_, item)| item.sources == [source.clone()]);
    let mut kinds: Vec<_> = found.map(|(_, item)| item.kind).collect();
    kinds.sort();
    assert_eq!(kinds, [EvidenceKind::Certificate, EvidenceKind::Crl, EvidenceKind::Ocsp]);
}

#[test]
fn the_limit_of_certificates_is_reported_once() {
    let mut data = signed_by("doctor");
    for name in ["nurse", "pharmacist", "staff"] {
        data.certificates.push(world().certificate(name).to_vec());
    }
    let budget = Budget::new(&Limits { certificates: 1, ..Limits::default() });
    let observed = observe_within(&budget, &data.to_der(), None);
    assert_eq!(codes(&observed.findings), "limit-exceeded");
    assert_eq!(observed.evidence.of_kind(EvidenceKind::Certificate).count(), 1);
}

#[test]
fn one_certificate_carried_twice_is_not_several() {
    let mut data = signed_by("doctor");
    data.certificates.push(world().certificate("doctor").to_vec());
    let observed = observe(&data.to_der(), None);
    assert_eq!(signature(observed.only()), "CAdES Intact as-received []");
    assert_eq!(observed.only().signer.as_ref().unwrap().certificates.len(), 2);
}

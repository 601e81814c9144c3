//! Signatures of which the test data has no file: counter-signatures, other contents, EdDSA, adbe.pkcs7.sha1.

use std::sync::OnceLock;

use kenin_asn1::Decoder;
use kenin_base::{Budget, FindingCode, Limits};
use kenin_cms::{Cms, Content};
use kenin_facts::{Candidate, SignatureCheck, SignatureKind, SignedDataStatus, TimestampKind};
use kenin_testkit::World;
use kenin_testkit::algorithms::Hash;
use kenin_testkit::cms::{
    SignedData, Signer, TST_INFO, attribute, attribute_of, ess_cert_id_v2, message_digest, signing_certificate_v2,
};
use kenin_testkit::encode::{oid, tlv};
use kenin_testkit::tokens::TokenSpec;

use crate::describe::{self, codes, observe, observe_content, observe_within, signature};

const NOTE: &[u8] = b"discharge summary";

pub fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(World::build)
}

pub fn signed_by(name: &str) -> SignedData {
    let signer = Signer::of_data(world().identity(name));
    let data = SignedData::attached(signer.sign(signer.attributes(NOTE)), NOTE);
    data.carrying(&[world().certificate(name)], &[])
}

#[test]
fn a_counter_signature_signs_the_value_of_its_parent() {
    let counter_signer = Signer::of_data(world().identity("nurse"));
    let mut data = signed_by("doctor");
    data.certificates.push(world().certificate("nurse").to_vec());
    let value = data.signers[0].signature.clone();
    let reference = signing_certificate_v2(&[ess_cert_id_v2(counter_signer.identity, Hash::Sha256)]);
    for (signed, expected) in
        [(value.as_slice(), "CAdES Intact as-received []"), (b"another value", "CAdES Broken as-received []")]
    {
        let attributes = vec![message_digest(&Hash::Sha256.digest(signed)), reference.clone()];
        let counter = counter_signer.sign(attributes).to_der();
        data.signers[0].unsigned_attributes = vec![attribute("1.2.840.113549.1.9.6", &counter)];
        let observed = observe(&data.to_der(), None);
        let [parent, counter] = &observed.signatures[..] else { panic!("not two entries") };
        assert_eq!(signature(parent), "CAdES Intact as-received []");
        assert_eq!((counter.id.as_str(), counter.parent.as_deref()), ("sig-1-counter-1", Some("sig-1")));
        assert_eq!((counter.kind, signature(counter).as_str()), (SignatureKind::CounterSignature, expected));
    }
}

#[test]
fn eddsa_over_content_needs_the_octets() {
    let signer = Signer::of_data(world().identity("doctor-ed25519"));
    let data = SignedData::detached(signer.sign_content(NOTE));
    let bytes = data.carrying(&[world().certificate("doctor-ed25519")], &[]).to_der();
    let expected = |what| format!("Cms {what} [signed-attributes-missing signing-certificate-attribute-missing]");
    assert_eq!(signature(observe(&bytes, Some(NOTE)).only()), expected("Intact content"));
    assert_eq!(signature(observe(&bytes, Some(b"other")).only()), expected("Broken broken"));

    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let cms = Cms::parse(&decoder, &bytes, 0).unwrap();
    assert!(cms.needs_content_octets());
    let digests = describe::digests(&cms, NOTE);
    let observed = observe_content(&budget, &cms, &Content::Detached { digests: &digests, octets: None });
    assert_eq!(signature(observed.only()), expected("NotFound content-not-found"));
}

#[test]
fn content_that_is_not_at_hand_is_not_found() {
    let data = SignedData { content: None, ..signed_by("doctor") };
    let bytes = data.to_der();
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let cms = Cms::parse(&decoder, &bytes, 0).unwrap();
    for content in [Content::NotFound, Content::Attached] {
        let observed = observe_content(&budget, &cms, &content);
        assert_eq!(signature(observed.only()), "CAdES NotFound as-received []");
    }
}

#[test]
fn b13_external_content_decides_and_a_difference_is_found() {
    let bytes = signed_by("doctor").to_der();
    assert_eq!(signature(observe(&bytes, Some(NOTE)).only()), "CAdES Intact as-received []");
    let expected = "CAdES Broken as-received [content-and-external-content]";
    assert_eq!(signature(observe(&bytes, Some(b"other")).only()), expected);
}

#[test]
fn pkcs7_content_of_another_type_is_its_value_octets() {
    // RFC 2315 9.3: the digest covers the contents octets, not identifier and length.
    let inner = [oid("1.3.6.1.4.1.311.2.1.15"), tlv(0x04, NOTE)].concat();
    let of_type = |content_type: &'static str| {
        let signer = Signer { content_type, ..Signer::of_data(world().identity("doctor")) };
        let mut data = SignedData::attached(signer.sign(signer.attributes(&inner)), &inner);
        content_type.clone_into(&mut data.content_type);
        let mut bytes = data.carrying(&[world().certificate("doctor")], &[]).to_der();
        let octet_string = tlv(0x04, &inner);
        let at = bytes.windows(octet_string.len()).position(|window| window == octet_string).unwrap();
        bytes[at] = 0x30;
        signature(observe(&bytes, None).only())
    };
    assert_eq!(of_type("1.3.6.1.4.1.311.2.1.4"), "CAdES Intact as-received []");
    // RFC 2315 8: id-data is an OCTET STRING there, too.
    assert_eq!(of_type("1.2.840.113549.1.7.1"), "CAdES Intact as-received [malformed]");
}

#[test]
fn adbe_pkcs7_sha1_compares_the_inner_digest_with_the_document() {
    let inner = Hash::Sha1.digest(NOTE);
    let signer = Signer::of_data(world().identity("doctor"));
    let data = SignedData::attached(signer.sign(signer.attributes(&inner)), &inner);
    let bytes = data.carrying(&[world().certificate("doctor")], &[]).to_der();
    let budget = Budget::default();
    let decoder = Decoder::new(&budget);
    let cms = Cms::parse(&decoder, &bytes, 0).unwrap();
    for (document, status) in [(NOTE, SignedDataStatus::Intact), (b"tampered", SignedDataStatus::Broken)] {
        let computed = Hash::Sha1.digest(document);
        let observed = observe_content(&budget, &cms, &Content::Sha1OfDocument(&computed));
        let facts = &observed.only().signer.as_ref().unwrap().signed_data;
        assert_eq!(facts.status, status);
        assert_eq!(facts.claimed.as_ref().unwrap().as_slice(), inner);
        assert_eq!(facts.computed.as_ref().unwrap().as_slice(), computed);
    }
}

#[test]
fn a_content_timestamp_is_compared_with_the_content() {
    let tsu = world().identity("tsu-a");
    let policy = kenin_testkit::TSA_POLICY;
    let signer = Signer::of_data(world().identity("doctor"));
    for (over, expected) in [(NOTE, "Intact"), (b"other", "Broken")] {
        let token = TokenSpec::over(over, tsu, policy, "20240520030405Z").sha512(over).to_der();
        let mut attributes = signer.attributes(NOTE);
        attributes.push(attribute("1.2.840.113549.1.9.16.2.20", &token));
        let data = SignedData::detached(signer.sign(attributes));
        let observed = observe(&data.carrying(&[world().certificate("doctor")], &[]).to_der(), Some(NOTE));
        let [timestamp] = &observed.only().timestamps[..] else { panic!("not one timestamp") };
        assert_eq!((timestamp.id.as_str(), timestamp.kind), ("sig-1-tst-1", TimestampKind::Content));
        assert_eq!(describe::token(&timestamp.token), format!("{expected} Intact as-received []"));
    }
}

#[test]
fn an_unreadable_timestamp_or_signer_does_not_hide_the_others() {
    let mut data = signed_by("doctor");
    let broken = tlv(0x30, &tlv(0x04, b"no token"));
    let token = attribute_of("1.2.840.113549.1.9.16.2.14", &[broken]);
    data.signers[0].unsigned_attributes.push(token);
    let mut second = data.signers[0].clone();
    second.sid = tlv(0x02, &[1]);
    data.signers.push(second);
    let observed = observe(&data.to_der(), None);
    let lines: Vec<String> = observed.signatures.iter().map(signature).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.contains(&"CAdES Intact as-received []".to_owned()), "{lines:?}");
    assert!(lines.contains(&"Cms unreadable [malformed]".to_owned()), "{lines:?}");
    let timestamps = observed.signatures.iter().flat_map(|signature| &signature.timestamps);
    let tokens: Vec<String> = timestamps.map(|timestamp| describe::token(&timestamp.token)).collect();
    assert_eq!(tokens, ["NotChecked unreadable [malformed]"]);
}

#[test]
fn an_attribute_without_value_and_one_that_is_no_attribute_are_found() {
    let signer = Signer::of_data(world().identity("doctor"));
    let sign = |attributes: Vec<Vec<u8>>| {
        let data = SignedData::attached(signer.sign(attributes), NOTE);
        observe(&data.carrying(&[world().certificate("doctor")], &[]).to_der(), None)
    };
    let mut attributes = signer.attributes(NOTE);
    attributes[0] = attribute_of("1.2.840.113549.1.9.3", &[]);
    let expected = "CAdES Intact as-received [attribute-value-count content-type-missing]";
    assert_eq!(signature(sign(attributes).only()), expected);

    let attributes = [signer.attributes(NOTE), vec![tlv(0x30, &tlv(0x05, &[]))]].concat();
    let observed = sign(attributes);
    // Sorted first: nothing behind it is read, and the value still verifies.
    let found = signature(observed.only());
    assert!(found.starts_with("Cms Broken as-received [attribute-malformed "), "{found}");
}

#[test]
fn a_reached_limit_of_signature_checks_is_a_finding() {
    let budget = Budget::new(&Limits { signature_checks: 0, ..Limits::default() });
    let observed = observe_within(&budget, &signed_by("doctor").to_der(), None);
    assert_eq!(signature(observed.only()), "CAdES Intact limit-exceeded [limit-exceeded]");
}

#[test]
fn a_content_type_other_than_data_is_checked_against_the_attribute() {
    let mut data = signed_by("doctor");
    data.content_type = TST_INFO.to_owned();
    let observed = observe(&data.to_der(), None);
    assert_eq!(codes(&observed.only().findings), FindingCode::ContentTypeMismatch.as_str());
}

/// Whatever octet is changed: the value verifies over the original content and attributes, or not at all.
#[test]
fn no_single_change_goes_unnoticed_in_what_is_signed() {
    let original = signed_by("doctor").to_der();
    let parts = |bytes: &[u8]| {
        let budget = Budget::default();
        let decoder = Decoder::new(&budget);
        let cms = Cms::parse(&decoder, bytes, 0).ok()?;
        let observed = observe_content(&budget, &cms, &Content::Attached);
        let signer = observed.signatures.first()?.signer.clone()?;
        let intact = |c: &Candidate| matches!(c.signature, SignatureCheck::Intact(_));
        let verifies = signer.signed_data.status == SignedDataStatus::Intact && signer.candidates.iter().any(intact);
        let content = cms.attached_content()?.octets().ok()?.into_owned();
        verifies.then_some((content, signer.signed_attributes?.octets, signer.signature_value))
    };
    let expected = parts(&original).unwrap();
    let mut unchanged = 0;
    for at in 0..original.len() {
        let mut bytes = original.clone();
        bytes[at] ^= 1 << (at % 8);
        if let Some(found) = parts(&bytes) {
            assert_eq!(found, expected, "octet {at}");
            unchanged += 1;
        }
    }
    // Versions, and what of the certificate is neither its name, its serial number nor its key.
    assert!(unchanged > 0 && unchanged < original.len() / 2, "{unchanged} of {}", original.len());
}

//! Addresses in certificates come from whoever made the document (H1, H2 of the attack cases): nothing is asked of them.

use std::io::ErrorKind;
use std::net::TcpListener;

use kenin_testkit::certificates::CertificateSpec;
use kenin_testkit::cms::{SignedData, Signer, signing_time};
use kenin_testkit::encode::{implicit, oid, sequence, tlv};
use kenin_testkit::extensions::{certificate_policy, distribution_points, healthcare_roles, key_usage};
use kenin_testkit::keys::Key;
use kenin_testkit::names::name;
use kenin_testkit::{SIGNING_POLICY, World};
use x509_cert::der::Decode as _;
use x509_cert::der::asn1::OctetString;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::KeyUsages;

use crate::program::{Folder, verify};

const NOTE: &[u8] = b"DEMO note";

/// id-ad-caIssuers and id-ad-ocsp at one address (RFC 5280 4.2.2.1).
fn authority_information(uri: &str) -> Extension {
    let at = |method: &str| sequence(&[&oid(method), &implicit(6, &tlv(0x04, uri.as_bytes()))]);
    let value = sequence(&[&at("1.3.6.1.5.5.7.48.2"), &at("1.3.6.1.5.5.7.48.1")]);
    let extn_id = x509_cert::der::oid::ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.1.1");
    Extension { extn_id, critical: false, extn_value: OctetString::new(value).unwrap() }
}

/// A note signed with a card whose status and list are to be had at an address alone.
fn signed(uri: &str) -> Vec<u8> {
    let world = World::build();
    let extensions = vec![
        key_usage(&[KeyUsages::NonRepudiation]),
        distribution_points(None, uri),
        authority_information(uri),
        certificate_policy(SIGNING_POLICY),
        healthcare_roles(&[("1.2.392.100495.1.6.1.1", "Medical Doctor")]),
    ];
    let validity = ("2023-03-31T15:00:00Z", "2028-03-31T14:59:59Z");
    let subject = name(&[("CN", "DEMO Card")]);
    let card = CertificateSpec { subject, key: Key::derived("offline card"), serial: 77, validity, extensions };
    let card = card.issue(Some(world.identity("signing-ca")));
    let signer = Signer::of_data(&card);
    let mut attributes = signer.attributes(NOTE);
    attributes.push(signing_time("2024-05-20T01:30:00Z"));
    let certificates = [&card.der, world.certificate("signing-ca"), world.certificate("root")];
    let parsed = x509_cert::Certificate::from_der(&card.der).unwrap();
    assert!(parsed.tbs_certificate.extensions.unwrap().len() > 5, "the addresses are there");
    SignedData::attached(signer.sign(attributes), NOTE).carrying(&certificates, &[world.crl("sarl")]).to_der()
}

#[test]
fn no_address_in_a_document_is_asked() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let folder = Folder::new("offline");
    let list = folder.0.join("list.crl");
    std::fs::write(&list, World::build().crl("signing")).unwrap();
    let addresses = [
        format!("http://127.0.0.1:{port}/list.crl"),
        format!("https://127.0.0.1:{port}/list.crl"),
        format!("ldap://127.0.0.1:{port}/cn=list"),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        format!("file://{}", list.display()),
    ];
    for (number, address) in addresses.iter().enumerate() {
        let path = folder.0.join(format!("{number}.p7m"));
        std::fs::write(&path, signed(address)).unwrap();
        let run = verify(&["--policy", "signature", "--format", "json", path.to_str().unwrap()]);
        let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        // With the list it would be valid.
        assert_eq!(report["signatures"][0]["sub_indication"], "TRY_LATER", "{address}");
        assert_eq!(run.code, Some(2), "{address}");
    }
    let asked = listener.accept().map(|(_, from)| from);
    assert_eq!(asked.unwrap_err().kind(), ErrorKind::WouldBlock);
}

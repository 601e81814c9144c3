//! Damaged structures are errors or other structures, never a panic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

mod common;

use common::*;
use kenin_x509::{AttributeCertificate, Certificate, Crl, Name, OcspResponse, ParseError};
use proptest::prelude::*;

fn samples() -> [Vec<u8>; 3] {
    let root = Party::root("Root", 1);
    let point = distribution_point(&[&full_name(&[&uri("http://demo.example/crl"), &directory_name(&root.name)])]);
    let constraints = extension("2.5.29.30", true, &sequence(&[&tlv(0xa0, &[&sequence(&[&uri("demo")])])]));
    let user = root.intermediate("User", 10, vec![point, constraints, policies(&["1.2.3", "2.5.29.32.0"])]);
    let idp = issuing_distribution_point(&[&full_name(&[&uri("http://demo.example/crl")]), &[0x82, 1, 0xff]]);
    let crl = root.crl(&[entry(1, &[reason(1)]), entry(10, &[])], &[idp]);
    let id = cert_id(&root.name, &root.key.point(), 10);
    let response = ocsp(&root.key, &by_name(&root.name), "20260101", &[single(&id, GOOD, &[])], &[&user.certificate]);
    [user.certificate.der().to_vec(), crl.der().to_vec(), response.der().to_vec()]
}

/// Reads `data` as everything and looks at what was read.
fn read_all(data: &[u8]) -> [bool; 3] {
    let certificate = Certificate::parse(data).map(|certificate| {
        let _ = (certificate.public_key().is_ok(), certificate.subject().to_string(), certificate.serial_hex());
    });
    let crl = Crl::parse(data).map(|crl| crl.lookup_all(&[10]).len());
    let response = OcspResponse::parse(data).map(|response| response.certificates().map(<[u8]>::len).sum::<usize>());
    let _ = (Name::parse(data).is_ok(), AttributeCertificate::parse(data).is_ok());
    [certificate.is_ok(), crl.is_ok(), response.is_ok()]
}

#[test]
fn every_truncation_and_every_trailing_octet_is_an_error() {
    for (index, sample) in samples().iter().enumerate() {
        assert!(read_all(sample)[index]);
        for len in 0..sample.len() {
            assert_eq!(read_all(&sample[..len]), [false; 3], "sample {index} cut at {len}");
        }
        let longer = [&sample[..], &[0]].concat();
        assert_eq!(read_all(&longer), [false; 3], "sample {index}");
    }
    let [certificate, ..] = samples();
    let error = Certificate::parse(&[&certificate[..], &[1, 2, 3]].concat()).unwrap_err();
    assert_eq!(error, ParseError::TrailingBytes { count: 3 });
}

proptest! {
    #[test]
    fn changed_octets_never_panic(
        which in 0usize..3,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut data = samples()[which].clone();
        for (index, value) in changes {
            let at = index.index(data.len());
            data[at] = value;
        }
        read_all(&data);
    }

    #[test]
    fn arbitrary_octets_never_panic(data in proptest::collection::vec(any::<u8>(), 0..200)) {
        read_all(&data);
    }
}

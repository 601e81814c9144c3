//! Finding entries of a CRL by serial number: every list against a plain walk over it, and entries that cannot be read.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

mod common;

use common::*;
use kenin_base::UtcTime;
use kenin_x509::{Crl, GeneralName, Name, RevocationReason, RevokedEntry};
use proptest::prelude::*;

/// What a list says of one entry.
#[derive(Clone, Debug)]
struct Listed {
    /// Content octets of the INTEGER.
    serial: Vec<u8>,
    reason: Option<u8>,
    /// The CA an indirect CRL names.
    issuer: Option<&'static str>,
}

impl Listed {
    fn der(&self) -> Vec<u8> {
        let issuer =
            self.issuer.map(|issuer| extension("2.5.29.29", true, &sequence(&[&directory_name(&name(issuer))])));
        let extensions: Vec<u8> = self.reason.map(reason).into_iter().chain(issuer).flatten().collect();
        let extensions = if extensions.is_empty() { Vec::new() } else { sequence(&[&extensions]) };
        sequence(&[&tlv(0x02, &[&self.serial]), &time("20251224"), &extensions])
    }

    /// The number as a value, whatever octets it was written with.
    fn value(&self) -> i64 {
        value(&self.serial)
    }
}

fn value(serial: &[u8]) -> i64 {
    let start = if serial[0] & 0x80 != 0 { -1 } else { 0 };
    serial.iter().fold(start, |value, octet| value << 8 | i64::from(*octet))
}

/// Few numbers, so that one occurs often; padded and negative ones too.
fn listed() -> impl Strategy<Value = Listed> {
    let serial = prop_oneof![
        proptest::collection::vec(prop::sample::select(vec![0x00, 0x01, 0x7f, 0x80, 0xff]), 1..4),
        proptest::collection::vec(any::<u8>(), 1..8),
    ];
    let issuer = prop::option::weighted(0.2, prop::sample::select(vec!["CA 1", "CA 2"]));
    (serial, prop::option::of(0u8..7), issuer).prop_map(|(serial, reason, issuer)| Listed { serial, reason, issuer })
}

/// Every entry with this value, by a walk over the list; an entry's issuer is the last one named (RFC 5280 5.3.3).
fn walk(list: &[Listed], wanted: i64) -> Vec<RevokedEntry> {
    let mut issuer = None;
    let mut found = Vec::new();
    for entry in list {
        issuer = entry.issuer.or(issuer);
        if entry.value() == wanted {
            found.push(RevokedEntry {
                revocation_date: UtcTime::parse("2025-12-24T00:00:00Z").unwrap(),
                reason: entry.reason.map(|code| RevocationReason::from_code(code.into())),
                invalidity_date: None,
                certificate_issuer: issuer
                    .map(|issuer| [GeneralName::DirectoryName(Name::parse(&name(issuer)).unwrap())].into()),
            });
        }
    }
    found
}

proptest! {
    #[test]
    fn every_number_is_found_as_a_walk_over_the_list_finds_it(
        list in proptest::collection::vec(listed(), 0..60),
        others in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..8), 0..20),
    ) {
        let crl = Party::root("Root", 1).crl(&list.iter().map(Listed::der).collect::<Vec<_>>(), &[]);
        prop_assert_eq!(crl.len(), list.len());
        for serial in list.iter().map(|entry| &entry.serial).chain(&others) {
            let expected = walk(&list, value(serial));
            prop_assert_eq!(&crl.lookup_all(serial), &expected);
            let own = expected.into_iter().rfind(|entry| entry.certificate_issuer.is_none());
            prop_assert_eq!(crl.lookup(serial), own);
        }
    }
}

#[test]
fn one_number_listed_many_times_costs_only_those_who_ask_for_it() {
    const COUNT: u32 = 20_000;
    let many = (0..COUNT).map(|n| Listed { serial: vec![9], reason: Some(n.to_be_bytes()[3] % 7), issuer: None });
    let list: Vec<Listed> = many.chain([Listed { serial: vec![8], reason: None, issuer: None }]).collect();
    let crl = Party::root("Root", 1).crl(&list.iter().map(Listed::der).collect::<Vec<_>>(), &[]);
    let found = crl.lookup_all(&[9]);
    assert_eq!(found, walk(&list, 9));
    assert_eq!((crl.lookup_all(&[8]).len(), crl.lookup_all(&[7]).len()), (1, 0));
}

/// The octets of a CRL with this one entry.
fn crl_of(entry: &[u8]) -> Vec<u8> {
    let root = Party::root("Root", 1);
    let fields = [&integer(1)[..], &ecdsa_sha256(), &root.name, &time("20260101"), &time("20260105")];
    root.key.sign(&sequence(&[&fields.concat(), &sequence(&[entry])]), &[])
}

#[test]
fn an_entry_that_is_no_entry_refuses_the_crl() {
    let (serial, date) = (integer(10), time("20251224"));
    assert_eq!(Crl::parse(&crl_of(&sequence(&[&serial, &date]))).unwrap().len(), 1);
    let no_list = tlv(0x31, &[&reason(1)]);
    let no_octets = sequence(&[&sequence(&[&oid("2.5.29.21"), &integer(1)])]);
    for entry in [
        sequence(&[]),
        sequence(&[&serial]),
        sequence(&[&date, &serial]),
        sequence(&[&tlv(0x02, &[]), &date]),
        sequence(&[&serial, &tlv(0x17, &[b"no time"])]),
        sequence(&[&serial, &date, &no_list]),
        sequence(&[&serial, &date, &no_octets]),
        sequence(&[&serial, &date, &sequence(&[&reason(1)]), &serial]),
        tlv(0x31, &[&serial, &date]),
    ] {
        assert!(Crl::parse(&crl_of(&entry)).is_err(), "{entry:02x?}");
    }
}

/// An entry is never skipped for what it says about itself: the CRL is read and says that it must not be used.
#[test]
fn entry_extensions_that_cannot_be_read_make_the_crl_unusable() {
    let issuer = extension("2.5.29.29", true, &octets(b"no GeneralNames"));
    for (id, extensions) in [
        ("2.5.29.21", vec![extension("2.5.29.21", false, &integer(1))]),
        ("2.5.29.21", vec![reason(1), reason(8)]),
        ("2.5.29.24", vec![extension("2.5.29.24", false, b"")]),
        ("2.5.29.29", vec![reason(1), issuer]),
    ] {
        let crl = Party::root("Root", 1).crl(&[entry(9, &[]), entry(10, &extensions)], &[]);
        assert_eq!(crl.extensions().malformed, [id.parse().unwrap()]);
        assert!(crl.lookup(&[10]).is_some(), "{id}");
    }
}

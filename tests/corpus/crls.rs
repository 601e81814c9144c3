//! The real revocation lists of HPKI and of time-stamping CAs: what each says, and of which certificates at which times.

use std::fs;
use std::path::Path;

use kenin::{Policy, TrustProfile, UtcTime};
use kenin_policy::ExplicitPolicy;
use kenin_validation::{CertificateValidation, Check, CheckStatus, check_ids};
use kenin_x509::{Crl, RevocationReason};
use libtest_mimic::Failed;

use crate::corpus::none;
use crate::judge::{self, Question};

/// A certificate with lists at a time, and the status of each certificate of its path below the anchor.
struct Row {
    certificate: &'static str,
    lists: &'static [&'static str],
    time: &'static str,
    statuses: &'static [&'static str],
}

const GOOD: &str = "good";
const STALE: &str = "good, not fresh";
const UNKNOWN: &str = "unknown";

const DOCTOR_JMA: &str = "end-entity/jma-doctor-8090.cer";
const DOCTOR_MEDIS: &str = "end-entity/medis-2022-doctor-015e.cer";
const MEDIS_2017: &str = "end-entity/medis-2017-6f.cer";
const CA_JMA: &str = "ca/jma-signing-ca-jv2.cer";
const CA_MEDIS: &str = "ca/medis-signing-ca2.cer";
const ROOT: &str = "ca/mhlw-hpki-root-ca-v2.cer";
const CA_AATL: &str = "tsa/globalsign-ca-for-aatl-sha256-g2.cer";
const DIASTAMP: &str = "tsa/mind-diastamp-a2e01-101.cer";
const FINDEX: &str = "tsa/findex-tsa.cer";
const SAMPLE_TSA: &str = "tsa/sample-timestampserver01.cer";

const JMA: &str = "jma-2022-09-29.crl";
const JMA_BEFORE: &str = "jma-2022-09-05.crl";
const MEDIS: &str = "medis-2022-09-28.crl";
const MEDIS_OF_2017: &str = "medis-2017-04-24.crl";
const SARL: &str = "mhlw-root-2022-09-29.crl";
const SARL_BEFORE: &str = "mhlw-root-2022-09-05.crl";
const SARL_2017: &str = "mhlw-root-2017-04-25-a.crl";
const RARL_2017: &str = "mhlw-root-2017-04-25-b.crl";
const AATL: &str = "globalsign-aatl-2019-02-07.crl";
const R3: &str = "globalsign-r3-2019-01-07.crl";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { certificate: DOCTOR_JMA, lists: &[JMA, SARL], time: "2022-09-30T00:00:00Z", statuses: &[GOOD, GOOD] },
    Row { certificate: DOCTOR_MEDIS, lists: &[MEDIS, SARL], time: "2022-09-30T00:00:00Z", statuses: &[GOOD, GOOD] },
    Row { certificate: MEDIS_2017, lists: &[MEDIS_OF_2017, SARL_2017], time: "2017-04-26T00:00:00Z", statuses: &[GOOD, GOOD] },
    // From thisUpdate on and until, not at, nextUpdate: the lists live for 96 hours.
    Row { certificate: DOCTOR_JMA, lists: &[JMA, SARL], time: "2022-09-29T17:00:00Z", statuses: &[UNKNOWN, UNKNOWN] },
    Row { certificate: DOCTOR_JMA, lists: &[JMA, SARL], time: "2022-09-29T17:00:01Z", statuses: &[GOOD, UNKNOWN] },
    Row { certificate: DOCTOR_JMA, lists: &[JMA, SARL], time: "2022-10-03T17:00:00Z", statuses: &[GOOD, GOOD] },
    Row { certificate: DOCTOR_JMA, lists: &[JMA, SARL], time: "2022-10-03T17:00:01Z", statuses: &[STALE, GOOD] },
    Row { certificate: DOCTOR_JMA, lists: &[JMA, SARL], time: "2022-10-03T19:00:00Z", statuses: &[STALE, GOOD] },
    Row { certificate: DOCTOR_JMA, lists: &[JMA, SARL], time: "2022-10-03T19:00:01Z", statuses: &[STALE, STALE] },
    // The newer of two lists decides; alone, the older one is no longer fresh.
    Row { certificate: DOCTOR_JMA, lists: &[JMA_BEFORE, SARL_BEFORE], time: "2022-09-30T00:00:00Z", statuses: &[STALE, STALE] },
    Row { certificate: DOCTOR_JMA, lists: &[JMA_BEFORE, SARL_BEFORE, JMA, SARL], time: "2022-09-30T00:00:00Z", statuses: &[GOOD, GOOD] },
    Row { certificate: DOCTOR_JMA, lists: &[JMA_BEFORE, SARL_BEFORE, JMA, SARL], time: "2022-09-06T00:00:00Z", statuses: &[GOOD, GOOD] },
    // A list speaks of its issuer's certificates alone, although both CAs have the same root.
    Row { certificate: DOCTOR_JMA, lists: &[MEDIS, SARL], time: "2022-09-30T00:00:00Z", statuses: &[UNKNOWN, GOOD] },
    Row { certificate: DOCTOR_MEDIS, lists: &[JMA, SARL], time: "2022-09-30T00:00:00Z", statuses: &[UNKNOWN, GOOD] },
    // The root's lists are for CA certificates: SARL for the subordinate CAs, whose cRLDistributionPoints names it ...
    Row { certificate: CA_JMA, lists: &[SARL], time: "2022-09-30T00:00:00Z", statuses: &[GOOD] },
    Row { certificate: CA_MEDIS, lists: &[SARL], time: "2022-09-30T00:00:00Z", statuses: &[GOOD] },
    Row { certificate: "ca/medis-auth-ca2.cer", lists: &[SARL], time: "2022-09-30T00:00:00Z", statuses: &[GOOD] },
    Row { certificate: CA_MEDIS, lists: &[SARL_2017], time: "2017-04-26T00:00:00Z", statuses: &[GOOD] },
    // ... and not RARL, which differs from it in the directoryName alone.
    Row { certificate: CA_MEDIS, lists: &[RARL_2017], time: "2017-04-26T00:00:00Z", statuses: &[UNKNOWN] },
    Row { certificate: MEDIS_2017, lists: &[MEDIS_OF_2017, RARL_2017], time: "2017-04-26T00:00:00Z", statuses: &[GOOD, UNKNOWN] },
    Row { certificate: DOCTOR_JMA, lists: &[SARL], time: "2022-09-30T00:00:00Z", statuses: &[UNKNOWN, GOOD] },
    // A subordinate CA's list says nothing of the CA, nor of the root.
    Row { certificate: CA_JMA, lists: &[JMA], time: "2022-09-30T00:00:00Z", statuses: &[UNKNOWN] },
    Row { certificate: ROOT, lists: &[RARL_2017], time: "2017-04-26T00:00:00Z", statuses: &[] },
    // Expired in March 2022: the lists of that autumn no longer speak of it, those of 2017 are not fresh.
    Row { certificate: MEDIS_2017, lists: &[MEDIS, SARL], time: "2022-09-30T00:00:00Z", statuses: &[UNKNOWN, GOOD] },
    Row { certificate: MEDIS_2017, lists: &[MEDIS_OF_2017, SARL_2017], time: "2022-09-30T00:00:00Z", statuses: &[STALE, STALE] },
    // Time-stamping CAs.
    Row { certificate: DIASTAMP, lists: &[AATL, R3], time: "2019-02-10T00:00:00Z", statuses: &[GOOD, GOOD] },
    Row { certificate: DIASTAMP, lists: &[AATL, R3], time: "2019-02-14T08:56:03Z", statuses: &[STALE, GOOD] },
    Row { certificate: DIASTAMP, lists: &[R3], time: "2019-02-10T00:00:00Z", statuses: &[UNKNOWN, GOOD] },
    Row { certificate: DIASTAMP, lists: &[AATL, R3], time: "2019-04-14T23:59:59Z", statuses: &[STALE, GOOD] },
    Row { certificate: DIASTAMP, lists: &[AATL, R3], time: "2019-04-15T00:00:00Z", statuses: &[STALE, STALE] },
    // Asked about by itself a CA certificate is the signer's, whose data may be ten days old.
    Row { certificate: CA_AATL, lists: &[R3], time: "2019-01-17T00:00:00Z", statuses: &[GOOD] },
    Row { certificate: CA_AATL, lists: &[R3], time: "2019-01-17T00:00:01Z", statuses: &[STALE] },
    Row { certificate: FINDEX, lists: &["findex-2017-04-27.crl"], time: "2017-05-01T00:00:00Z", statuses: &[GOOD] },
    // Current until 2027, and after ten days too old for an end entity.
    Row { certificate: SAMPLE_TSA, lists: &["sample-tsa-ca-2017-06-21.crl"], time: "2017-07-01T10:28:27Z", statuses: &[GOOD] },
    Row { certificate: SAMPLE_TSA, lists: &["sample-tsa-ca-2017-06-21.crl"], time: "2017-07-01T10:28:28Z", statuses: &[STALE] },
];

/// Every row through `validate_certificate`, under the freshness of `mhlw-6.0`.
pub fn judged_at_the_right_times(corpus: &Path) -> Result<(), Failed> {
    let hpki = corpus.join("hpki");
    none(ROWS.iter().filter_map(|row| {
        let Row { certificate, lists, time, statuses } = row;
        let said = judge(&hpki, row);
        (said != *statuses).then(|| format!("{certificate} with {lists:?} at {time}: {said:?}, expected {statuses:?}"))
    }))
}

fn judge(hpki: &Path, row: &Row) -> Vec<String> {
    let read = |name: &str| fs::read(hpki.join(name)).unwrap();
    let in_folder = |folder: &str| {
        let entries = fs::read_dir(hpki.join(folder)).unwrap();
        entries.map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect::<Vec<_>>()
    };
    let certificates = [in_folder("ca"), in_folder("tsa")].concat();
    let crls: Vec<Vec<u8>> = row.lists.iter().map(|list| read(&format!("crl/{list}"))).collect();
    let anchors =
        [ROOT, "tsa/globalsign-root-r3.cer", "tsa/findex-ca-root.cer", "tsa/sample-test-ca-for-timestampserver.cer"];
    let anchors: String = anchors.iter().map(|anchor| judge::anchor(&read(anchor), "")).collect();
    let mut policy = Policy::mhlw_6_0();
    policy.validation.explicit_policy = ExplicitPolicy::NotRequired;
    let question = Question {
        certificate: &read(row.certificate),
        certificates: &certificates,
        crls: &crls,
        trust: &TrustProfile::from_toml(&format!("name = \"crls\"\n{anchors}")).unwrap(),
        policy: &policy,
        time: UtcTime::parse(row.time).unwrap(),
    };
    statuses(&judge::judge(&question).unwrap())
}

fn statuses(answer: &CertificateValidation) -> Vec<String> {
    let checks = answer.check.children.iter().filter(|check| check.id == check_ids::REVOCATION_STATUS);
    let status = |check: &Check| {
        let stale = check.children.iter().any(|child| child.status != CheckStatus::Passed);
        format!("{}{}", check.params["status"], if stale { ", not fresh" } else { "" })
    };
    checks.map(status).collect()
}

/// What a list holds, as `openssl crl -text` shows it.
struct Content {
    list: &'static str,
    entries: usize,
    /// A serial number and when it was revoked, for cessation of operation as every entry of these CAs.
    entry: Option<(&'static [u8], &'static str)>,
    /// Serial numbers of the certificates of the corpus, none of which is listed.
    absent: &'static [&'static [u8]],
    /// The name by which the issuing distribution point goes, for CA certificates only.
    authority_list: Option<&'static str>,
}

#[rustfmt::skip]
const CONTENTS: &[Content] = &[
    Content { list: JMA, entries: 370, entry: Some((&[0x7a, 0x4f], "2022-03-16T02:03:18Z")), absent: &[&[0x00, 0x80, 0x90], &[0x00, 0x83, 0xe3]], authority_list: None },
    Content { list: JMA, entries: 370, entry: Some((&[0x00, 0x97, 0x9c], "2022-09-27T05:05:11Z")), absent: &[], authority_list: None },
    Content { list: JMA_BEFORE, entries: 355, entry: Some((&[0x7a, 0x4f], "2022-03-16T02:03:18Z")), absent: &[&[0x00, 0x97, 0x9c]], authority_list: None },
    Content { list: MEDIS, entries: 30, entry: Some((&[0x00, 0xdd], "2019-01-17T01:14:57Z")), absent: &[&[0x6f], &[0x01, 0x5e], &[0x01, 0x64]], authority_list: None },
    Content { list: "medis-2022-09-06.crl", entries: 29, entry: Some((&[0x00, 0x9a], "2017-09-20T03:17:23Z")), absent: &[], authority_list: None },
    Content { list: MEDIS_OF_2017, entries: 5, entry: Some((&[0x01], "2016-04-07T07:23:13Z")), absent: &[&[0x6f]], authority_list: None },
    Content { list: SARL, entries: 0, entry: None, absent: &[&[0x02], &[0x04]], authority_list: Some("SARL") },
    Content { list: SARL_BEFORE, entries: 0, entry: None, absent: &[], authority_list: Some("SARL") },
    Content { list: SARL_2017, entries: 0, entry: None, absent: &[], authority_list: Some("SARL") },
    Content { list: RARL_2017, entries: 0, entry: None, absent: &[&[0x01]], authority_list: Some("RARL") },
    Content { list: AATL, entries: 4, entry: None, absent: &[&[0x6d, 0xb5, 0x86, 0xb2, 0x3f, 0xab, 0xb4, 0x96, 0x9e, 0xde, 0x00, 0x2d]], authority_list: None },
    Content { list: R3, entries: 3, entry: None, absent: &[&[0x04, 0, 0, 0, 0, 0x01, 0x44, 0x4f, 0x02, 0x36, 0xb6]], authority_list: None },
    Content { list: "findex-2017-04-27.crl", entries: 0, entry: None, absent: &[&[0x10]], authority_list: None },
    Content { list: "sample-tsa-ca-2017-06-21.crl", entries: 0, entry: None, absent: &[&[0x25]], authority_list: None },
];

/// Entries, scope and extensions of every list.
pub fn read_as_written(corpus: &Path) -> Result<(), Failed> {
    none(CONTENTS.iter().filter_map(|content| {
        let crl = Crl::parse(&fs::read(corpus.join("hpki/crl").join(content.list)).unwrap()).unwrap();
        content.differs(&crl).map(|what| format!("{}: {what}", content.list))
    }))
}

impl Content {
    fn differs(&self, crl: &Crl) -> Option<String> {
        let extensions = crl.extensions();
        let entry = self.entry.map(|(serial, date)| (crl.lookup(serial), UtcTime::parse(date).unwrap()));
        let point = extensions.issuing_distribution_point.as_ref();
        let name = point.and_then(|point| point.name.as_ref()).map(|name| format!("{name:?}"));
        if crl.len() != self.entries {
            Some(format!("{} entries", crl.len()))
        } else if crl.is_delta() || !extensions.unknown_critical.is_empty() || !extensions.malformed.is_empty() {
            Some(format!("{extensions:?}"))
        } else if let Some((found, date)) = entry
            && !found
                .as_ref()
                .is_some_and(|e| e.revocation_date == date && e.reason == Some(RevocationReason::CessationOfOperation))
        {
            Some(format!("{found:?}"))
        } else if self.absent.iter().any(|serial| crl.lookup(serial).is_some()) {
            Some("a certificate of the corpus is listed".to_owned())
        } else if point.is_some_and(|point| point.only_contains_ca_certs) != self.authority_list.is_some() {
            Some(format!("{point:?}"))
        } else {
            let expected = self.authority_list;
            let named = expected.is_none_or(|expected| name.as_ref().is_some_and(|name| name.contains(expected)));
            (!named).then(|| format!("{name:?}"))
        }
    }
}

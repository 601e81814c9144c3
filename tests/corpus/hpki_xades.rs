//! Real e-prescription, dispensing and scan records, signed with HPKI TEST cards, and broken variants of them.
//!
//! The anchors are the HPKI root and the roots of the two time-stamping authorities that the records were made with.
//! The sample authority issued one revocation list for ten years, so that lists of authorities may be that old here.

use std::fs;
use std::path::Path;

use kenin::{Facts, FindingCode, Policy, Report, SignatureReport, Source, TrustProfile, UtcTime, Verifier, observe};
use kenin_facts::Signature;
use libtest_mimic::Failed;

use crate::agreement::{conclusion, name_of};
use crate::corpus::none;
use crate::xades::conclusion_of_timestamp;

/// A record with everything that is said of its signatures.
struct Record {
    file: &'static str,
    time: &'static str,
    signatures: &'static [Signed],
}

/// One signature. What stands several times in a row has its number behind it.
struct Signed {
    path: &'static str,
    part: &'static str,
    references: &'static str,
    value: &'static str,
    timestamps: &'static str,
    conclusion: &'static str,
    findings: &'static str,
}

/// A broken variant: for each signature its conclusion, its findings (that the card is a TEST card left out) and its
/// timestamps.
struct Broken {
    file: &'static str,
    verdict: &'static str,
    signatures: &'static [(&'static str, &'static str, &'static str)],
}

const OCTOBER_2022: &str = "2022-10-01T00:00:00Z";
/// The day after the last archive timestamp of the scan.
const MAY_2017: &str = "2017-05-12T00:00:00Z";

const ALL_INTACT: &str = "data intact, key-info intact, signed-properties intact";
const SCAN: &str = "manifest intact, manifest-member not-found (5), signed-properties intact";
/// TEST cards are issued under a certificate policy that the trust profile does not accept.
const TEST_CARD: &str = "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE";
/// Tokens of 2017 with SHA-1, which the algorithm table ends in 2014.
const SHA_1_TOKENS: &str = "signature intact INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE, \
    xades-archive intact INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE (4)";
const FORMAT: &str = "TOTAL-FAILED/FORMAT_FAILURE";
const HASH: &str = "TOTAL-FAILED/HASH_FAILURE";
const NO_PATH: &str = "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND";

/// The scanned files that the Manifest names are not at hand.
const SCAN_SIGNED: Signed = Signed {
    path: "/ds:Signature",
    part: "none",
    references: SCAN,
    value: "intact",
    timestamps: SHA_1_TOKENS,
    conclusion: "INDETERMINATE/SIGNED_DATA_NOT_FOUND",
    findings: "content-missing (5), test-certificate",
};

const RECORDS: &[Record] = &[
    Record {
        file: "Prescription-004_01.xml",
        time: OCTOBER_2022,
        signatures: &[Signed {
            path: "/Document/Prescription/PrescriptionSign/ds:Signature",
            part: "prescription",
            references: ALL_INTACT,
            value: "intact",
            timestamps: "signature intact PASSED",
            conclusion: TEST_CARD,
            findings: "test-certificate",
        }],
    },
    Record {
        file: "Dispensing-005_03.xml",
        time: OCTOBER_2022,
        signatures: &[
            Signed {
                path: "/Document/Dispensing/ReferencePrescription/PrescriptionSign/ds:Signature",
                part: "prescription",
                references: ALL_INTACT,
                value: "intact",
                timestamps: "signature intact PASSED",
                conclusion: TEST_CARD,
                findings: "test-certificate",
            },
            Signed {
                path: "/Document/DispensingSign/ds:Signature",
                part: "dispensing",
                references: ALL_INTACT,
                value: "intact",
                timestamps: "signature intact PASSED, xades-archive intact PASSED",
                conclusion: TEST_CARD,
                findings: "test-certificate",
            },
        ],
    },
    Record {
        file: "Dispensing-ScanMixed.xml",
        time: OCTOBER_2022,
        signatures: &[
            Signed {
                path: "/Document/Dispensing/ReferencePrescription/PrescriptionSign/ds:Signature",
                part: "prescription",
                references: ALL_INTACT,
                value: "intact",
                timestamps: "signature intact PASSED",
                conclusion: TEST_CARD,
                findings: "test-certificate",
            },
            Signed {
                path: "/Document/DispensingSign/ds:Signature",
                part: "dispensing",
                references: ALL_INTACT,
                value: "intact",
                timestamps: "signature intact PASSED, xades-archive intact PASSED",
                conclusion: TEST_CARD,
                findings: "test-certificate",
            },
            // A scan's signature in a record that it was not made for: by inclusive canonical XML all that it signs
            // takes up the namespaces of the element that it stands in now.
            Signed {
                path: "/Document/ds:Signature",
                part: "none",
                references: "manifest broken, manifest-member not-found (5), signed-properties broken",
                value: "broken",
                timestamps: "signature broken FAILED/HASH_FAILURE, xades-archive broken FAILED/HASH_FAILURE",
                conclusion: HASH,
                findings: "content-missing (5)",
            },
        ],
    },
    Record { file: "Scan_20170511154438586_ESXLA.xml", time: MAY_2017, signatures: &[SCAN_SIGNED] },
    Record { file: "ArchiveTimeStampVerifierTests/MultiATS.xml", time: MAY_2017, signatures: &[SCAN_SIGNED] },
];

#[rustfmt::skip]
const BROKEN: &[Broken] = &[
    // KeyInfo, the Object and the record were taken out: SignedInfo names all three.
    Broken { file: "ArchiveTimeStampVerifierTests/NotFoundKeyInfo.xml", verdict: "invalid", signatures: &[
        (FORMAT, "reference-not-found Reference #Dispensing; reference-not-found Reference #id1840166b-KeyInfo; reference-not-found Reference #idafb3837b-SignedProperties; signing-certificate-attribute-missing; record-part-not-covered", ""),
    ] },
    // The Object and the record were taken out.
    Broken { file: "ArchiveTimeStampVerifierTests/NotFoundObject.xml", verdict: "invalid", signatures: &[
        (FORMAT, "reference-not-found Reference #Dispensing; reference-not-found Reference #idafb3837b-SignedProperties; signing-certificate-attribute-missing; record-part-not-covered", ""),
    ] },
    // SignedInfo has no Reference.
    Broken { file: "ArchiveTimeStampVerifierTests/NotFoundReference.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed /Document/DispensingSign/ds:Signature (Reference)", ""),
    ] },
    // There is no SignatureValue.
    Broken { file: "ArchiveTimeStampVerifierTests/NotFoundSignatureValue.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed /Document/DispensingSign/ds:Signature (SignatureValue)", ""),
    ] },
    // There is no SignedInfo.
    Broken { file: "ArchiveTimeStampVerifierTests/NotFoundSignedInfo.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed /Document/DispensingSign/ds:Signature (SignedInfo)", ""),
    ] },
    // The record was taken out, and the unsigned properties; these a signature may lack.
    Broken { file: "ArchiveTimeStampVerifierTests/NotFoundUnsignedSignatureProperties.xml", verdict: "invalid", signatures: &[
        (FORMAT, "reference-not-found Reference #Dispensing; record-part-not-covered", ""),
    ] },
    // One letter of the first DigestValue differs, the second DigestMethod is sha255, letters of the third are missing.
    Broken { file: "ReferenceVerifierTests/PrescriptionReferenceError.xml", verdict: "invalid", signatures: &[
        (FORMAT, "unknown-digest-algorithm Reference #id6a875f31-KeyInfo (http://www.w3.org/2001/04/xmlenc#sha255); malformed Reference #idc51bfd03-SignedProperties (DigestMethod or DigestValue)", "signature intact PASSED"),
    ] },
    // These have no Reference either, so that nothing they say about timestamps is looked at.
    Broken { file: "SignatureTimeStampVerifierTests/CertsCrlsBase64Error.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed /Document/Prescription/PrescriptionSign/ds:Signature (Reference)", ""),
    ] },
    Broken { file: "SignatureTimeStampVerifierTests/NotFoundSignatureValue.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed /Document/Prescription/PrescriptionSign/ds:Signature (SignatureValue)", ""),
    ] },
    Broken { file: "SignatureTimeStampVerifierTests/NotFoundTimeStamp.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed /Document/Prescription/PrescriptionSign/ds:Signature (Reference)", ""),
    ] },
    Broken { file: "SignatureTimeStampVerifierTests/TimeStampBase64Error.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed /Document/Prescription/PrescriptionSign/ds:Signature (Reference)", ""),
    ] },
    // A CanonicalizationMethod was put into the SignatureTimeStamp, whose imprint is over another canonical form.
    Broken { file: "SignatureTimeStampVerifierTests/TimeStampC14nMethodError.xml", verdict: "indeterminate", signatures: &[
        (NO_PATH, "", "signature broken FAILED/HASH_FAILURE"),
    ] },
    // Letters of the certificate's key were changed: it is no longer the one that is named, nor the KeyInfo that was signed.
    Broken { file: "SignatureValueVerifierTests/KeyInfoError.xml", verdict: "invalid", signatures: &[
        (HASH, "signing-certificate-mismatch sig-1", ""),
    ] },
    // Letters of SignatureValue are missing.
    Broken { file: "SignatureValueVerifierTests/SignatureBase64Error.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed SignatureValue (base64)", ""),
    ] },
    // Written to look up certificates: no Reference has a digest, and SignatureValue is empty.
    Broken { file: "SigningCertificateSignatureXmlTests/FoundAtSigningCertificate.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed Reference #PrescriptionDocument (DigestMethod or DigestValue); malformed Reference #idTEST0006-KeyInfo (DigestMethod or DigestValue); reference-not-found Reference #idTEST0006-KeyInfo; malformed Reference #idTEST0006-SignedProperties (DigestMethod or DigestValue)", ""),
    ] },
    Broken { file: "SigningCertificateSignatureXmlTests/FoundAtSigningCertificateV2.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed Reference #PrescriptionDocument (DigestMethod or DigestValue); malformed Reference #idTEST0005-KeyInfo (DigestMethod or DigestValue); reference-not-found Reference #idTEST0005-KeyInfo; malformed Reference #idTEST0005-SignedProperties (DigestMethod or DigestValue)", ""),
    ] },
    Broken { file: "SigningCertificateSignatureXmlTests/FoundAtX509Certificate.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed Reference #PrescriptionDocument (DigestMethod or DigestValue); malformed Reference #idTEST0001-KeyInfo (DigestMethod or DigestValue); malformed Reference #idTEST0001-SignedProperties (DigestMethod or DigestValue); signing-certificate-attribute-missing", ""),
    ] },
    Broken { file: "SigningCertificateSignatureXmlTests/FoundAtX509IssuerSerial.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed Reference #PrescriptionDocument (DigestMethod or DigestValue); malformed Reference #idTEST0002-KeyInfo (DigestMethod or DigestValue); malformed Reference #idTEST0002-SignedProperties (DigestMethod or DigestValue); signing-certificate-attribute-missing", ""),
    ] },
    Broken { file: "SigningCertificateSignatureXmlTests/NotFoundAnywhere.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed Reference #PrescriptionDocument (DigestMethod or DigestValue); malformed Reference #idTEST0007-KeyInfo (DigestMethod or DigestValue); reference-not-found Reference #idTEST0007-KeyInfo; malformed Reference #idTEST0007-SignedProperties (DigestMethod or DigestValue); signing-certificate-attribute-missing", ""),
    ] },
    Broken { file: "SigningCertificateSignatureXmlTests/UnmatchReferenceKeyInfo.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed Reference #PrescriptionDocument (DigestMethod or DigestValue); malformed Reference #idTEST0003-KeyInfo (DigestMethod or DigestValue); malformed Reference #idTEST0003-SignedProperties (DigestMethod or DigestValue); signing-certificate-attribute-missing", ""),
    ] },
    Broken { file: "SigningCertificateSignatureXmlTests/UnsupportedKeyInfo.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed Reference #PrescriptionDocument (DigestMethod or DigestValue); malformed Reference #idTEST0004-KeyInfo (DigestMethod or DigestValue); reference-not-found Reference #idTEST0004-KeyInfo; malformed Reference #idTEST0004-SignedProperties (DigestMethod or DigestValue); signing-certificate-attribute-missing", ""),
    ] },
    // Written to look up elements: comments stand for the digests, KeyInfo, certificates and timestamps.
    Broken { file: "XAdESStructureVerifierTests/FoundRequiredTag.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed Reference #idTEST0006-KeyInfo (DigestMethod or DigestValue); malformed Reference #idTEST0006-SignedProperties (DigestMethod or DigestValue); signing-certificate-mismatch sig-1; timestamp-empty SignatureTimeStamp; timestamp-empty ArchiveTimeStamp", ""),
    ] },
    Broken { file: "XAdESStructureVerifierTests/NotFoundRequiredTagA.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed Reference #idTEST0006-KeyInfo (DigestMethod or DigestValue); malformed Reference #idTEST0006-SignedProperties (DigestMethod or DigestValue); signing-certificate-mismatch sig-1; timestamp-empty SignatureTimeStamp; timestamp-empty ArchiveTimeStamp", ""),
    ] },
    Broken { file: "XAdESStructureVerifierTests/NotFoundSignedPropertiesType.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed Reference #idTEST0006-KeyInfo (DigestMethod or DigestValue); malformed Reference #idTEST0006-SignedProperties (DigestMethod or DigestValue); signed-properties-type (http://errorTest); signing-certificate-mismatch sig-1; timestamp-empty SignatureTimeStamp; timestamp-empty ArchiveTimeStamp", ""),
    ] },
    // The Signature has no Id that the Target of its QualifyingProperties could name.
    Broken { file: "XAdESStructureVerifierTests/UndefinedSigunatureId.xml", verdict: "invalid", signatures: &[
        (FORMAT, "qualifying-properties-target-missing /Document/Prescription/PrescriptionSign/ds:Signature/ds:Object/xades:QualifyingProperties; malformed Reference #idTEST0006-KeyInfo (DigestMethod or DigestValue); malformed Reference #idTEST0006-SignedProperties (DigestMethod or DigestValue); signing-certificate-mismatch sig-1; timestamp-empty SignatureTimeStamp; timestamp-empty ArchiveTimeStamp", ""),
    ] },
    // CanonicalizationMethod and SignatureMethod are commented out.
    Broken { file: "XmlSchemaTests/XmlSchemaDispensingError.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed /Document/Dispensing/ReferencePrescription/PrescriptionSign/ds:Signature (CanonicalizationMethod)", ""),
        (FORMAT, "malformed /Document/DispensingSign/ds:Signature (SignatureMethod)", ""),
    ] },
    Broken { file: "XmlSchemaTests/XmlSchemaPrescriptionError.xml", verdict: "invalid", signatures: &[
        (FORMAT, "malformed /Document/Prescription/PrescriptionSign/ds:Signature (CanonicalizationMethod)", ""),
    ] },
    // There is no signature.
    Broken { file: "NotFoundSignature.xml", verdict: "no-signature", signatures: &[] },
];

/// Every record: where each signature is, which part it signs, each reference, its value, its timestamps, and whether
/// the card is trusted.
pub fn records(corpus: &Path) -> Result<(), Failed> {
    let hpki = corpus.join("hpki");
    none(RECORDS.iter().flat_map(|record| {
        let (facts, report) = judge(&hpki, record.file, record.time);
        let expected = record.signatures.iter().map(described);
        let pairs = facts.signatures.iter().zip(&report.signatures);
        differences(record.file, expected.collect(), pairs.map(|(facts, report)| found(facts, report)).collect())
    }))
}

/// Every broken variant fails, or is open, for what is broken.
pub fn broken(corpus: &Path) -> Result<(), Failed> {
    let hpki = corpus.join("hpki");
    none(BROKEN.iter().flat_map(|broken| {
        let (_, report) = judge(&hpki, broken.file, OCTOBER_2022);
        let said = broken.signatures.iter().map(|(conclusion, findings, timestamps)| {
            format!("{conclusion}\n    findings {findings}\n    timestamps {timestamps}")
        });
        let expected = [broken.verdict.to_owned()].into_iter().chain(said);
        let actual = [name_of(&report.verdict)].into_iter().chain(report.signatures.iter().map(|signature| {
            let (findings, timestamps) = (reasons(signature), timestamps(signature));
            format!("{}\n    findings {findings}\n    timestamps {timestamps}", conclusion(signature))
        }));
        differences(broken.file, expected.collect(), actual.collect())
    }))
}

fn judge(hpki: &Path, file: &str, time: &str) -> (Facts, Report) {
    let policy = include_str!("../../crates/kenin-policy/data/signature.toml");
    let policy = Policy::from_toml(&policy.replace("tsa_days = 120", "tsa_days = 4000")).unwrap();
    let verifier = Verifier::new(trust(hpki), policy);
    let source = Source::open(hpki.join("xades").join(file)).unwrap();
    let facts = observe(&source, &verifier.observe_options()).unwrap();
    let report = verifier.judge_at(&facts, UtcTime::parse(time).unwrap());
    (facts, report)
}

fn trust(hpki: &Path) -> TrustProfile {
    let pin = |path: &str| kenin_crypto::sha256(&fs::read(hpki.join(path)).unwrap());
    let root = pin("ca/mhlw-hpki-root-ca-v2.cer");
    let mut text = format!(
        "name = \"records\"\n[[signer]]\nname = \"HPKI root\"\npurpose = \"hpki\"\nsha256 = \"{root}\"\n\
         policies = [\"1.2.392.100495.1.5.1.1.3.1\"]\n"
    );
    for path in ["tsa/sample-test-ca-for-timestampserver.cer", "tsa/findex-ca-root.cer"] {
        text.push_str(&format!("[[tsa]]\nname = \"{path}\"\nsha256 = \"{}\"\n", pin(path)));
    }
    TrustProfile::from_toml(&text).unwrap()
}

fn described(expected: &Signed) -> String {
    let Signed { path, part, references, value, timestamps, conclusion, findings } = expected;
    format!(
        "{path}, XAdES, {part}\n    {references}\n    value {value}\n    timestamps {timestamps}\n    {conclusion}\n    \
         findings {findings}"
    )
}

fn found(facts: &Signature, report: &SignatureReport) -> String {
    let Some(xml) = &facts.xml else { return "no XML signature".to_owned() };
    let part = xml.part.as_ref().map_or_else(|| "none".to_owned(), name_of);
    let references = xml.references.iter();
    let references = counted(references.map(|r| format!("{} {}", name_of(&r.kind), name_of(&r.status))));
    let findings = counted(report.findings.iter().map(|finding| finding.code.as_str().to_owned()));
    format!(
        "{}, {}, {part}\n    {references}\n    value {}\n    timestamps {}\n    {}\n    findings {findings}",
        xml.path,
        name_of(&report.format),
        name_of(&report.integrity.signature_value),
        timestamps(report),
        conclusion(report)
    )
}

fn timestamps(signature: &SignatureReport) -> String {
    counted(signature.timestamps.iter().map(|timestamp| {
        format!("{} {} {}", name_of(&timestamp.kind), name_of(&timestamp.imprint), conclusion_of_timestamp(timestamp))
    }))
}

/// The findings with what they are about; that the card is a TEST card breaks nothing.
fn reasons(signature: &SignatureReport) -> String {
    let findings = signature.findings.iter().filter(|finding| finding.code != FindingCode::TestCertificate);
    let reasons = findings.map(|finding| {
        let subject = finding.subject.as_ref().map(|subject| format!(" {subject}")).unwrap_or_default();
        let values: Vec<&str> = finding.params.values().map(String::as_str).collect();
        let values = if values.is_empty() { String::new() } else { format!(" ({})", values.join(", ")) };
        format!("{}{subject}{values}", finding.code.as_str())
    });
    reasons.collect::<Vec<_>>().join("; ")
}

/// Joined, with the number behind what stands several times in a row.
fn counted(texts: impl Iterator<Item = String>) -> String {
    let texts: Vec<String> = texts.collect();
    let runs = texts.chunk_by(|a, b| a == b);
    let runs = runs.map(|run| if run.len() == 1 { run[0].clone() } else { format!("{} ({})", run[0], run.len()) });
    runs.collect::<Vec<_>>().join(", ")
}

fn differences(file: &str, expected: Vec<String>, actual: Vec<String>) -> Option<String> {
    (expected != actual)
        .then(|| format!("{file}\n  expected {}\n  actual   {}", expected.join("\n  "), actual.join("\n  ")))
}

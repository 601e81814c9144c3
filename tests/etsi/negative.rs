//! That the schema says no, and that reading back does: the sample's report with one thing wrong at a time.

use libtest_mimic::{Failed, Trial};

use crate::render::{self, Rendered};
use crate::schema::Schema;
use crate::table;
use crate::{holds, root};

/// A change that makes the report wrong, and whether ETSI's schema forbids it as well (ours is stricter).
struct Wrong {
    name: &'static str,
    from: &'static str,
    to: &'static str,
    by_etsi: bool,
}

const fn wrong(name: &'static str, from: &'static str, to: &'static str) -> Wrong {
    Wrong { name, from, to, by_etsi: true }
}

const fn stricter(name: &'static str, from: &'static str, to: &'static str) -> Wrong {
    Wrong { name, from, to, by_etsi: false }
}

const WRONG: &[Wrong] = &[
    wrong("an-element-removed", "<HashOnly>false</HashOnly>", ""),
    wrong("an-element-twice", "<HashOnly>false</HashOnly>", "<HashOnly>false</HashOnly><HashOnly>false</HashOnly>"),
    wrong(
        "elements-in-another-order",
        "<HashOnly>false</HashOnly>\n      <DocHashOnly>false</DocHashOnly>",
        "<DocHashOnly>false</DocHashOnly>\n      <HashOnly>false</HashOnly>",
    ),
    wrong("an-unknown-element", "<HashOnly>false</HashOnly>", "<HashOnly>false</HashOnly><Invented/>"),
    wrong("no-status", "SignatureValidationStatus>", "SignatureValidationState>"),
    wrong("another-namespace", "19102/v1.4.1#", "19102/v1.2.1#"),
    wrong("no-time", "<POETime>2024-05-20T01:30:05Z</POETime>", "<POETime>yesterday</POETime>"),
    wrong("no-boolean", "<SecureAlgorithm>true<", "<SecureAlgorithm>perhaps<"),
    wrong("no-object-type", "<ObjectType>urn:etsi:019102:validationObject:CRL</ObjectType>", ""),
    wrong("no-reference", " VOReference=\"T-sig-2\"", ""),
    wrong("no-identity", "tsl:Other>", "tsl:Another>"),
    wrong("a-digest-without-algorithm", "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>", ""),
    stricter("a-time-that-is-not-utc", "2024-05-20T01:30:05Z", "2024-05-20T10:30:05+09:00"),
    stricter("an-unknown-main-indication", "mainindication:total-passed", "mainindication:total-success"),
    stricter("a-blocks-indication-for-a-signature", "mainindication:total-passed", "mainindication:passed"),
    stricter("a-signatures-indication-for-an-object", "mainindication:passed", "mainindication:total-passed"),
    stricter("an-unknown-object-type", "validationObject:CRL<", "validationObject:list<"),
    stricter("an-unknown-proof", "poetype:validation", "poetype:hearsay"),
    stricter("an-unknown-constraint-status", "constraintStatus:applied", "constraintStatus:read"),
    stricter("a-reference-to-nothing", "<POEObject VOReference=\"T-sig-2\"/>", "<POEObject VOReference=\"T-sig-9\"/>"),
    stricter("an-id-twice", "<ValidationObject id=\"T-sig-2\">", "<ValidationObject id=\"T-sig-1-tst-1\">"),
    stricter("no-validator", "SignatureValidator>", "Validator>"),
    stricter("an-unknown-extension", "kenin:Axes ", "kenin:Axles "),
    stricter("an-extension-with-an-unknown-attribute", "kenin:Axes integrity", "kenin:Axes integer"),
];

/// Changes that leave the report acceptable and untrue: reading it back must notice.
const UNTRUE: &[Wrong] = &[
    wrong("main-indication", "mainindication:total-passed", "mainindication:total-failed"),
    wrong(
        "main-indication-of-a-timestamp",
        "<MainIndication>urn:etsi:019102:mainindication:passed</MainIndication>\n          <Ass",
        "<MainIndication>urn:etsi:019102:mainindication:failed</MainIndication>\n          <Ass",
    ),
    wrong(
        "sub-indication",
        "total-passed</MainIndication>",
        "total-passed</MainIndication><SubIndication>urn:etsi:019102:subindication:NO_POE</SubIndication>",
    ),
    wrong("validation-time", "<ValidationTime>2024-05-21", "<ValidationTime>2024-05-22"),
    wrong(
        "best-signature-time",
        "<BestSignatureTime>\n        <POETime>2024-05-20T01:30:05Z",
        "<BestSignatureTime>\n        <POETime>2024-05-20T01:30:06Z",
    ),
    wrong("what-proves-it", "<POEObject VOReference=\"T-sig-1-tst-1\"/>", ""),
    wrong("another-proof", "<POEObject VOReference=\"T-sig-1-tst-1\"/>", "<POEObject VOReference=\"T-sig-2\"/>"),
    wrong("proof-of-evidence", "<POEObject VOReference=\"T-sig-2\"/>", "<POEObject VOReference=\"T-sig-1-tst-1\"/>"),
    wrong("what-a-timestamp-proves", "<PAdESFieldName>Signature1<", "<PAdESFieldName>Signature2<"),
    wrong("digest-of-evidence", "<ds:DigestValue>yfsfQHE5", "<ds:DigestValue>yfsfQHE6"),
    wrong("type-of-evidence", "validationObject:CRL<", "validationObject:OCSPResponse<"),
    wrong("a-reference-to-nothing", "VOReference=\"T-sig-2\"", "VOReference=\"T-sig-3\""),
    wrong("an-id-twice", "SignatureIdentifier id=\"sig-2\"", "SignatureIdentifier id=\"sig-1\""),
    wrong("claimed-time", "<Time>2024-05-20T01:30:00Z", "<Time>2024-05-20T01:30:01Z"),
    wrong("a-check", "check/revocation-status<", "check/revocation-freshness<"),
    wrong("a-checks-status", "<Value>passed</Value>", "<Value>warning</Value>"),
    wrong(
        "chain",
        "<IntermediateCertificate VOReference=\"C-5a28164d",
        "<IntermediateCertificate VOReference=\"C-3ba99bf1",
    ),
    wrong("verdict", "verdict=\"valid\"", "verdict=\"invalid\""),
];

/// One trial for each; the report itself is accepted. The first ask a schema.
pub fn trials() -> Vec<Trial> {
    WRONG.iter().map(|wrong| Trial::test(format!("refused::{}", wrong.name), move || refused(wrong))).collect()
}

/// The others read the report.
pub fn readings() -> Vec<Trial> {
    UNTRUE.iter().map(|wrong| Trial::test(format!("noticed::{}", wrong.name), move || noticed(wrong))).collect()
}

fn noticed(untrue: &Wrong) -> Result<(), Failed> {
    let (sound, changed) = changed(untrue)?;
    holds(&sound)?;
    let changed = std::panic::catch_unwind(|| holds(&Rendered { xml: changed, ..sound }).is_err());
    if changed.unwrap_or(true) { Ok(()) } else { Err("nothing was noticed".into()) }
}

/// The sample's report, and its XML with the change made.
fn changed(wrong: &Wrong) -> Result<(Rendered, String), Failed> {
    let cases = table::read(&root().join("tests/cases.toml"));
    let sample: Vec<_> = cases.into_iter().filter(|case| case.id == "discharge-summary").collect();
    let sound = render::cases(&sample).remove(0);
    let changed = sound.xml.replace(wrong.from, wrong.to);
    match changed == sound.xml {
        true => Err(format!("{} is not in the report", wrong.from).into()),
        false => Ok((sound, changed)),
    }
}

fn refused(wrong: &Wrong) -> Result<(), Failed> {
    let (sound, changed) = changed(wrong)?;
    for schema in Schema::all() {
        assert_eq!(schema.refused(&[("sound", &sound.xml)]), Vec::<String>::new());
        if (schema.name == "own" || wrong.by_etsi) && schema.refused(&[("changed", &changed)]).is_empty() {
            return Err(format!("accepted by the schema {}", schema.name).into());
        }
    }
    Ok(())
}

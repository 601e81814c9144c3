//! That the schema says no: the sample's report with one thing wrong at a time.

use libtest_mimic::{Failed, Trial};

use crate::render;
use crate::root;
use crate::schema::Schema;
use crate::table;

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
    wrong("no-base64", "<Digest>", "<Digest>!"),
    wrong("no-object-type", "<ObjectType>urn:etsi:019102:validationObject:CRL</ObjectType>", ""),
    wrong("no-reference", " VOReference=\"T-sig-2\"", ""),
    wrong("no-identity", "tsl:Other>", "tsl:Another>"),
    wrong("a-digest-without-algorithm", "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>", ""),
    stricter("a-time-that-is-not-utc", "2024-05-20T01:30:05Z", "2024-05-20T10:30:05+09:00"),
    stricter("an-unknown-main-indication", "mainindication:total-passed", "mainindication:total-success"),
    stricter("a-blocks-indication-for-a-signature", "mainindication:total-passed", "mainindication:passed"),
    stricter(
        "a-signatures-indication-for-an-object",
        "</AssociatedValidationReportData>\n        </SignatureValidationStatus>\n        <OtherInformation>",
        "</AssociatedValidationReportData><Nothing/>\n        </SignatureValidationStatus>\n        <OtherInformation>",
    ),
    stricter("an-unknown-object-type", "validationObject:CRL<", "validationObject:list<"),
    stricter("an-unknown-proof", "poetype:validation", "poetype:hearsay"),
    stricter("an-unknown-constraint-status", "constraintStatus:applied", "constraintStatus:read"),
    stricter("a-reference-to-nothing", "<POEObject VOReference=\"T-sig-2\"/>", "<POEObject VOReference=\"T-sig-9\"/>"),
    stricter("an-id-twice", "<ValidationObject id=\"T-sig-2\">", "<ValidationObject id=\"T-sig-1-tst-1\">"),
    stricter("no-validator", "SignatureValidator>", "Validator>"),
    stricter("an-unknown-extension", "kenin:Axes ", "kenin:Axles "),
    stricter("an-extension-with-an-unknown-attribute", "kenin:Axes integrity", "kenin:Axes integer"),
];

/// One trial for each; the report itself is accepted.
pub fn trials() -> Vec<Trial> {
    WRONG.iter().map(|wrong| Trial::test(format!("refused::{}", wrong.name), move || refused(wrong))).collect()
}

fn refused(wrong: &Wrong) -> Result<(), Failed> {
    let cases = table::read(&root().join("tests/cases.toml"));
    let sample: Vec<_> = cases.into_iter().filter(|case| case.id == "discharge-summary").collect();
    let rendered = render::cases(&sample);
    let sound = rendered[0].xml.as_str();
    let changed = sound.replace(wrong.from, wrong.to);
    if changed == sound {
        return Err(format!("{} is not in the report", wrong.from).into());
    }
    for schema in Schema::all() {
        assert_eq!(schema.refused(&[("sound", sound)]), Vec::<String>::new());
        if (schema.name == "own" || wrong.by_etsi) && schema.refused(&[("changed", &changed)]).is_empty() {
            return Err(format!("accepted by the schema {}", schema.name).into());
        }
    }
    Ok(())
}

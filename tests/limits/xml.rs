//! XML that is deep, long or many, and small XML that unfolds.
//!
//! Digests fit, or what is broken would be said in place of the limit.

use std::fmt::Write as _;

use kenin_base::Resource;
use kenin_testkit::TSA_POLICY;
use kenin_testkit::algorithms::Hash;
use kenin_testkit::tokens::TokenSpec;
use kenin_testkit::xades::{DSIG, XADES, XADES_141, base64};

use crate::cms::{variant, world};
use crate::{Document, Expected, Row};

const MILLION: usize = 1_000_000;
const MANY: usize = 100_000;
const MIB: usize = 1 << 20;

const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const BASE64: &str = "http://www.w3.org/2000/09/xmldsig#base64";
const XPATH: &str = "http://www.w3.org/TR/1999/REC-xpath-19991116";
const FILTER: &str = "http://www.w3.org/2002/06/xmldsig-filter2";

pub const ROWS: &[Row] = &[
    Row { id: "xml-of-65-mib", expected: Expected::Limit(Resource::XmlBytes), document: long },
    Row { id: "xml-elements-nested", expected: Expected::Limit(Resource::XmlDepth), document: nested },
    Row { id: "xml-counter-signatures-nested", expected: Expected::Limit(Resource::XmlDepth), document: deep_counters },
    Row { id: "xml-elements-4000000", expected: Expected::Limit(Resource::XmlNodes), document: elements },
    Row { id: "xml-attributes-1000000", expected: Expected::Limit(Resource::XmlNodes), document: attributes },
    Row { id: "xml-namespaces-1000000", expected: Expected::Limit(Resource::XmlNodes), document: namespaces },
    Row { id: "xml-claimed-roles-1000000", expected: Expected::Limit(Resource::XmlNodes), document: roles },
    Row { id: "xml-unsigned-properties-1000000", expected: Expected::Limit(Resource::XmlNodes), document: properties },
    Row { id: "xml-signatures-100000", expected: Expected::Limit(Resource::Signatures), document: signatures },
    Row { id: "xml-counter-signatures-10000", expected: Expected::Limit(Resource::Signatures), document: counters },
    Row { id: "xml-timestamps-10000", expected: Expected::Limit(Resource::Signatures), document: timestamps },
    Row { id: "xml-certificates-of-each", expected: Expected::Limit(Resource::Certificates), document: certificates },
    Row { id: "xml-certificate-references", expected: Expected::Limit(Resource::Certificates), document: references },
    Row { id: "xml-references-100000", expected: Expected::Limit(Resource::XmlCanonicalBytes), document: whole },
    Row { id: "xml-references-among-siblings", expected: Expected::Limit(Resource::XmlCanonicalBytes), document: last },
    Row { id: "xml-manifest-of-100000", expected: Expected::Limit(Resource::XmlCanonicalBytes), document: manifest },
    Row { id: "xml-manifest-again", expected: Expected::Limit(Resource::XmlCanonicalBytes), document: again },
    Row { id: "xml-below-a-long-name", expected: Expected::Limit(Resource::XmlCanonicalBytes), document: long_name },
    Row { id: "xml-base64-again", expected: Expected::Limit(Resource::XmlCanonicalBytes), document: decoded },
    Row { id: "xml-xpath-again", expected: Expected::Limit(Resource::XmlCanonicalBytes), document: xpaths },
    Row { id: "xml-filters-100000", expected: Expected::Limit(Resource::XmlCanonicalBytes), document: filters },
    Row { id: "xml-archive-timestamps", expected: Expected::Limit(Resource::XmlCanonicalBytes), document: archive },
    Row { id: "xml-transforms-100000", expected: Expected::Limit(Resource::XmlCanonicalBytes), document: transforms },
    Row { id: "xml-ids-100000-alike", expected: Expected::Finding("invalid", 1, "duplicate-id"), document: ids },
    Row {
        id: "xml-object-sought-for-manifests",
        // Without a digest nothing of it is gone through.
        expected: Expected::Finding("invalid", 1, "unknown-digest-algorithm"),
        document: sought,
    },
    Row {
        id: "xml-held-by-another-signature",
        // What it holds is looked for once, not for each of the others.
        expected: Expected::Finding("invalid", 1, "unknown-digest-algorithm"),
        document: held,
    },
    Row {
        id: "xml-timestamps-over-little",
        expected: Expected::Limit(Resource::XmlCanonicalBytes),
        document: over_little,
    },
    Row {
        id: "xml-text-of-64-mib",
        // It is within every budget.
        expected: Expected::Finding("invalid", 1, "signing-certificate-attribute-missing"),
        document: text,
    },
    Row {
        id: "xml-names-unread-1000000",
        // What cannot be read counts as what can, and is said once.
        expected: Expected::Limit(Resource::Certificates),
        document: malformed,
    },
];

/// What references are to: `TARGET`, and its canonical form, in which it has the namespace of what is around.
const TARGET: &str = r#"<a Id="x"/>"#;

fn target() -> String {
    format!(r#"<a xmlns:ds="{DSIG}" Id="x"></a>"#)
}

fn root(content: &str) -> String {
    format!(r#"<r xmlns:ds="{DSIG}">{content}</r>"#)
}

fn document(content: &str) -> Document {
    Document::Octets(root(content).into_bytes())
}

fn transform(algorithm: &str, content: &str) -> String {
    format!(r#"<ds:Transform Algorithm="{algorithm}">{content}</ds:Transform>"#)
}

/// A reference to what has these octets.
fn reference(uri: &str, transforms: &str, octets: &[u8]) -> String {
    let digest = base64(&Hash::Sha256.digest(octets));
    format!(
        r#"<ds:Reference URI="{uri}"><ds:Transforms>{transforms}</ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"#
    )
}

/// A reference to `TARGET`.
fn usual() -> String {
    reference("#x", &transform("http://www.w3.org/TR/2001/REC-xml-c14n-20010315", ""), target().as_bytes())
}

fn signature(references: &str, rest: &str) -> String {
    format!(
        r#"<ds:Signature Id="s"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>{references}</ds:SignedInfo><ds:SignatureValue>AA==</ds:SignatureValue>{rest}</ds:Signature>"#
    )
}

/// The Object of a signature with these signed and unsigned signature properties.
fn qualifying(signed: &str, unsigned: &str) -> String {
    format!(
        r##"<ds:Object><x:QualifyingProperties xmlns:x="{XADES}" xmlns:y="{XADES_141}" Target="#s">{}<x:UnsignedProperties><x:UnsignedSignatureProperties>{unsigned}</x:UnsignedSignatureProperties></x:UnsignedProperties></x:QualifyingProperties></ds:Object>"##,
        properties_of(signed)
    )
}

fn properties_of(signed: &str) -> String {
    format!(
        r#"<x:SignedProperties Id="p"><x:SignedSignatureProperties>{signed}</x:SignedSignatureProperties></x:SignedProperties>"#
    )
}

/// A document whose signature covers these properties.
fn claiming(signed: &str, unsigned: &str) -> Document {
    let canonical =
        properties_of(signed).replace("<x:SignedProperties ", &format!(r#"<x:SignedProperties xmlns:x="{XADES}" "#));
    let own = reference("#p", &transform(EXCLUSIVE, ""), canonical.as_bytes());
    document(&format!("{TARGET}{}", signature(&format!("{}{own}", usual()), &qualifying(signed, unsigned))))
}

fn counter(inner: &str) -> String {
    format!("<x:CounterSignature>{inner}</x:CounterSignature>")
}

fn long() -> Document {
    Document::Sparse(root(TARGET).into_bytes(), 65 * MIB as u64)
}

fn nested() -> Document {
    document(&format!("{}{}", "<a>".repeat(MILLION), "</a>".repeat(MILLION)))
}

/// In each other, 10,000 deep.
fn deep_counters() -> Document {
    let whole = signature(&usual(), &qualifying("", &counter("|")));
    let (before, after) = whole.split_once('|').unwrap();
    document(&format!("{TARGET}{}{}", before.repeat(10_000), after.repeat(10_000)))
}

fn elements() -> Document {
    document(&format!("{}{}", "<a/>".repeat(4 * MILLION), signature(&usual(), "")))
}

/// One element with numbered attributes.
fn numbered(name: &str, value: &str) -> Document {
    let mut tag = String::new();
    (0..MILLION).for_each(|number| write!(tag, r#" {name}{number}="{value}""#).unwrap());
    document(&format!("<a{tag}/>{TARGET}{}", signature(&usual(), "")))
}

fn attributes() -> Document {
    numbered("a", "")
}

fn namespaces() -> Document {
    numbered("xmlns:a", "urn:a")
}

fn roles() -> Document {
    let roles = "<x:ClaimedRole></x:ClaimedRole>".repeat(MILLION);
    claiming(&format!("<x:SignerRoleV2><x:ClaimedRoles>{roles}</x:ClaimedRoles></x:SignerRoleV2>"), "")
}

fn properties() -> Document {
    claiming("", &"<a/>".repeat(MILLION))
}

fn signatures() -> Document {
    document(&format!("{TARGET}{}", signature(&usual(), "").repeat(MANY)))
}

fn counters() -> Document {
    const VALUE: &str = "<ds:SignatureValue";
    let value = format!(r#"{VALUE} xmlns:ds="{DSIG}" Id="v">AA==</ds:SignatureValue>"#);
    let over = reference("#v", &transform(EXCLUSIVE, ""), value.as_bytes());
    let Document::Octets(octets) = claiming("", &counter(&signature(&over, "")).repeat(10_000)) else {
        panic!("octets")
    };
    Document::Octets(String::from_utf8(octets).unwrap().replacen(VALUE, &format!(r#"{VALUE} Id="v""#), 1).into_bytes())
}

fn token() -> String {
    base64(&TokenSpec::over(b"DEMO note", world().identity("tsu-a"), TSA_POLICY, "20240520013005Z").to_der())
}

fn stamp(name: &str, token: &str) -> String {
    format!("<{name}><x:EncapsulatedTimeStamp>{token}</x:EncapsulatedTimeStamp></{name}>")
}

/// Three hundred timestamps, each over thousands of elements that have next to no octets, below a thousand namespaces.
fn over_little() -> Document {
    let tokens = format!("<x:EncapsulatedTimeStamp>{}</x:EncapsulatedTimeStamp>", token()).repeat(300);
    let method = format!(r#"<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/>"#);
    let stamp = format!("<y:ArchiveTimeStamp>{method}{tokens}</y:ArchiveTimeStamp>");
    let Document::Octets(octets) = claiming("", &format!("{}{stamp}", "<a/>".repeat(4_000))) else { panic!("octets") };
    let mut properties = "<x:UnsignedSignatureProperties".to_owned();
    (0..1_000).for_each(|number| write!(properties, r#" xmlns:n{number}="urn:n{number}""#).unwrap());
    let text = String::from_utf8(octets).unwrap();
    Document::Octets(text.replacen("<x:UnsignedSignatureProperties", &properties, 1).into_bytes())
}

fn timestamps() -> Document {
    claiming("", &stamp("x:SignatureTimeStamp", "AA==").repeat(10_000))
}

/// Each over all that is before it, of which there is more and more.
/// A reference by a digest that nobody knows, so that nothing is made canonical for it.
fn unknown(uri: &str) -> String {
    reference(uri, "", b"").replace("xmlenc#sha256", "xmlenc#none")
}

fn object() -> String {
    format!(r#"<ds:Object Id="o">{}</ds:Object>"#, "<a/>".repeat(MILLION))
}

fn sought() -> Document {
    document(&signature(&unknown("#o").repeat(7_500), &object()))
}

/// Deep in the document, and below what others refer to.
fn held() -> Document {
    let deep = format!("{}{}{}", "<d>".repeat(200), signature(&unknown("#o"), &object()), "</d>".repeat(200));
    let others = signature(&unknown("#r"), "").replace(r#" Id="s""#, "").repeat(2_400);
    document(&format!(r#"<b Id="r">{deep}{others}</b>"#))
}

fn archive() -> Document {
    claiming("", &stamp("y:ArchiveTimeStamp", &token()).repeat(2_000))
}

/// Each signature with all certificates.
fn certificates() -> Document {
    let card = &world().identity("doctor").der;
    let mut data = String::new();
    (0..200)
        .for_each(|n| write!(data, "<ds:X509Certificate>{}</ds:X509Certificate>", base64(&variant(card, n))).unwrap());
    let key_info = format!("<ds:KeyInfo><ds:X509Data>{data}</ds:X509Data></ds:KeyInfo>");
    // By a method that is not verified, so that none of the certificates tells that the value is wrong.
    let one = signature(&usual(), &key_info).replace("#rsa-sha256", "#hmac-sha256");
    document(&format!("{TARGET}{}", one.repeat(100)))
}

fn references() -> Document {
    let digest = base64(&[0; 32]);
    let one = format!(
        r#"<x:Cert><x:CertDigest><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>{digest}</ds:DigestValue></x:CertDigest></x:Cert>"#
    );
    // Exclusive canonicalization declares the prefix of XMLDSig where it is used: for each again.
    let written = format!("<x:SigningCertificateV2>{}</x:SigningCertificateV2>", one.repeat(MANY));
    let declared = |name: &str| (format!("<ds:{name}"), format!(r#"<ds:{name} xmlns:ds="{DSIG}""#));
    let (method, value) = (declared("DigestMethod"), declared("DigestValue"));
    let canonical = written.replace(&method.0, &method.1).replace(&value.0, &value.1);
    let canonical = properties_of(&canonical)
        .replace("<x:SignedProperties ", &format!(r#"<x:SignedProperties xmlns:x="{XADES}" "#));
    let own = reference("#p", &transform(EXCLUSIVE, ""), canonical.as_bytes());
    document(&format!("{TARGET}{}", signature(&format!("{}{own}", usual()), &qualifying(&written, ""))))
}

/// Each to the whole document.
fn whole() -> Document {
    let text = "DEMO ".repeat(MIB / 5);
    let one = reference("", &transform(ENVELOPED, ""), root(&text).as_bytes());
    document(&format!("{text}{}", signature(&one.repeat(MANY), "")))
}

/// Each to the last of a million elements of one name.
fn last() -> Document {
    document(&format!("{}{TARGET}{}", "<a/>".repeat(MILLION), signature(&usual().repeat(MANY), "")))
}

fn manifest_of(members: usize, times: usize) -> Document {
    let inner = usual().repeat(members);
    // As it is in its canonical form: elements with end tags, the namespace declared.
    let inner = inner.replace("#sha256\"/>", "#sha256\"></ds:DigestMethod>");
    let canonical = format!(r#"<ds:Manifest xmlns:ds="{DSIG}" Id="m">{inner}</ds:Manifest>"#);
    let own = reference("#m", &transform(EXCLUSIVE, ""), canonical.as_bytes());
    let object = format!(r#"<ds:Object><ds:Manifest Id="m">{inner}</ds:Manifest></ds:Object>"#);
    document(&format!("{TARGET}{}", signature(&own.repeat(times), &object)))
}

fn manifest() -> Document {
    manifest_of(MANY, 1)
}

/// A thousand references to a Manifest of a thousand.
fn again() -> Document {
    manifest_of(1_000, 1_000)
}

/// Signatures below an element that is called by a megabyte.
fn long_name() -> Document {
    let name = "n".repeat(MIB);
    let content = format!("{TARGET}{}", signature(&usual(), "").repeat(3_000));
    Document::Octets(format!(r#"<{name} xmlns:ds="{DSIG}">{content}</{name}>"#).into_bytes())
}

/// One megabyte of base64, decoded for each reference.
fn decoded() -> Document {
    let content = "A".repeat(MIB);
    let one = reference("#b", &transform(BASE64, ""), &vec![0; MIB / 4 * 3]);
    document(&format!(r#"<b Id="b">{content}</b>{}"#, signature(&one.repeat(10_000), "")))
}

/// Every signature is looked for in the document for each reference.
fn xpaths() -> Document {
    let expression = transform(XPATH, "<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath>");
    let content = "<b></b>".repeat(MANY);
    let one = reference("", &expression, root(&content).as_bytes());
    document(&format!("{content}{}", signature(&one.repeat(10_000), "")))
}

fn filters() -> Document {
    let one = format!(r#"<f:XPath xmlns:f="{FILTER}" Filter="subtract">//b//c</f:XPath>"#);
    let steps = transform(FILTER, &one.repeat(MANY));
    let others = format!("{}{}", "<b/>".repeat(9_000), "<d/>".repeat(MANY));
    document(&format!("{TARGET}{others}{}", signature(&reference("#x", &steps, target().as_bytes()), "")))
}

fn transforms() -> Document {
    let steps = transform("http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "").repeat(MANY);
    document(&format!("{TARGET}{}", signature(&reference("#x", &steps, target().as_bytes()), "")))
}

fn ids() -> Document {
    document(&format!("{}{}", TARGET.repeat(MANY), signature(&usual(), "")))
}

fn text() -> Document {
    let text = "x".repeat(64 * MIB - 4_000);
    let one = reference("", &transform(ENVELOPED, ""), root(&text).as_bytes());
    document(&format!("{text}{}", signature(&one, "")))
}

fn malformed() -> Document {
    let names = "<ds:X509Certificate>!</ds:X509Certificate>".repeat(MILLION);
    let key_info = format!("<ds:KeyInfo><ds:X509Data>{names}</ds:X509Data></ds:KeyInfo>");
    document(&format!("{TARGET}{}", signature(&usual(), &key_info)))
}

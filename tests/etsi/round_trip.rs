//! A report in XML, read back, against the JSON of the same report.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, Node};
use serde_json::Value;

use crate::inside::{child, is, text_of};

const OWN: &str = "https://kenin.invalid/etsi-report/1";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// Everything in which the two differ.
pub fn differences(json: &Value, xml: &Document<'_>, pins: &[String]) -> Vec<String> {
    let mut read = Read { json, xml, objects: BTreeMap::new(), differences: Vec::new() };
    for object in xml.descendants().filter(|node| is(node, "ValidationObject") && node.has_attribute("id")) {
        read.objects.insert(object.attribute("id").unwrap(), object);
    }
    read.objects(pins);
    read.document();
    let entries = array(&json["signatures"]);
    let any_signs = entries.iter().any(signs);
    let tops = xml.descendants().filter(|node| is(node, "SignatureValidationReport")).count();
    let expected = entries.iter().filter(|entry| signs(entry) || !any_signs).count();
    read.same("reports at the top", &tops, &expected.max(1));
    match entries.is_empty() {
        true => read.nothing(),
        false => entries.iter().for_each(|entry| read.entry(entry, signs(entry) || !any_signs)),
    }
    read.differences
}

struct Read<'a, 'i> {
    json: &'a Value,
    xml: &'a Document<'i>,
    objects: BTreeMap<&'a str, Node<'a, 'i>>,
    differences: Vec<String>,
}

impl<'a, 'i> Read<'a, 'i> {
    fn same<T: PartialEq + std::fmt::Debug + ?Sized>(&mut self, what: &str, actual: &T, expected: &T) {
        if actual != expected {
            self.differences.push(format!("{what}: {actual:?} in XML, {expected:?} in JSON"));
        }
    }

    /// Evidence and validation objects are the same things.
    fn objects(&mut self, pins: &[String]) {
        let mut found: BTreeSet<(String, String)> = BTreeSet::new();
        for object in self.objects.values() {
            if let Some(digest) = sha256_of(*object) {
                found.insert((digest, last(text_of(*object, "ObjectType")).to_owned()));
            }
        }
        let mut expected: BTreeSet<(String, String)> = BTreeSet::new();
        for item in array(&self.json["evidence"]) {
            let kind = match text(&item["type"]) {
                "crl" => "CRL",
                "ocsp" => "OCSPResponse",
                "timestamp-token" => "timestamp",
                "attribute-certificate" => "other",
                other => other,
            };
            expected.insert((text(&item["sha256"]).to_owned(), kind.to_owned()));
        }
        let missing: Vec<_> = expected.difference(&found).cloned().collect();
        self.same("evidence without a validation object", &missing, &Vec::new());
        let judged = |kind: &str| matches!(kind, "certificate" | "CRL" | "OCSPResponse" | "timestamp");
        let beyond = found.difference(&expected).filter(|(digest, kind)| judged(kind) && !pins.contains(digest));
        let beyond: Vec<_> = beyond.cloned().collect();
        self.same("validation objects that are no evidence", &beyond, &Vec::new());
        if let Some(digest) = self.json["document"]["sha256"].as_str() {
            let document = found.iter().any(|(found, kind)| {
                found == digest && matches!(kind.as_str(), "signedData" | "other" | "evidencerecord")
            });
            self.same("the document among the validation objects", &document, &true);
        }
    }

    /// The answers about the document as a whole.
    fn document(&mut self) {
        let xml = self.xml;
        for document in xml.descendants().filter(|node| node.has_tag_name((OWN, "Document"))) {
            for name in ["verdict", "conformity"] {
                self.same(name, document.attribute(name).unwrap_or_default(), text(&self.json[name]));
            }
            let error = self.json["error"]["code"].as_str();
            self.same("error", &document.attribute("error"), &error);
        }
        for time in xml.descendants().filter(|node| is(node, "ValidationTime")) {
            self.same("validation time", time.text().unwrap_or_default(), text(&self.json["validation_time"]));
        }
    }

    /// A document without anything to judge.
    fn nothing(&mut self) {
        let root = self.xml.root();
        self.same("main indication", last(text_of(root, "MainIndication")), "indeterminate");
        let code = self.json["error"]["code"].as_str().unwrap_or("no-signature");
        self.same("sub-indication", text_of(root, "SubIndication"), &format!("{OWN}/subindication/{code}"));
        let identifiers = self.xml.descendants().filter(|node| is(node, "SignatureIdentifier")).count();
        self.same("signature identifiers", &identifiers, &0);
    }

    fn entry(&mut self, entry: &Value, top: bool) {
        let name = text(&entry["id"]);
        let about = |node: &Node<'_, '_>| node.has_tag_name((OWN, "Entry")) && node.attribute("name") == Some(name);
        let found: Vec<Node<'a, 'i>> = self.xml.descendants().filter(about).collect();
        self.same(&format!("reports about {name}"), &found.len(), &1);
        let Some(report) = found.first().and_then(|node| node.parent()).and_then(|node| node.parent()) else { return };
        let place = if top { "SignatureValidationReport" } else { "ValidationReport" };
        self.same(&format!("{name}: place"), report.tag_name().name(), place);
        self.status(name, report, entry, top);
        for field in ["kind", "format", "level"] {
            self.same(&format!("{name}: {field}"), found[0].attribute(field).unwrap_or_default(), text(&entry[field]));
        }
        self.best_time(name, report, entry);
        self.claims(name, report, entry);
        self.chain(name, report, entry);
        self.checks(name, report, entry);
        for timestamp in array(&entry["timestamps"]) {
            self.timestamp(name, report, timestamp, signs(entry));
        }
    }

    fn status(&mut self, name: &str, report: Node<'a, 'i>, json: &Value, top: bool) {
        let Some(status) = child(report, "SignatureValidationStatus") else { return };
        let indication = match (text(&json["indication"]), top) {
            ("INDETERMINATE", _) => "indeterminate",
            ("TOTAL-PASSED", true) => "total-passed",
            ("TOTAL-FAILED", true) => "total-failed",
            ("TOTAL-PASSED" | "PASSED", false) => "passed",
            ("TOTAL-FAILED" | "FAILED", false) => "failed",
            other => panic!("{other:?}"),
        };
        let urn = format!("urn:etsi:019102:mainindication:{indication}");
        self.same(&format!("{name}: main indication"), text_of(status, "MainIndication"), &urn);
        let sub = json["sub_indication"].as_str().map(|sub| format!("urn:etsi:019102:subindication:{sub}"));
        let found = child(status, "SubIndication").and_then(|node| node.text()).map(str::to_owned);
        self.same(&format!("{name}: sub-indication"), &found, &sub);
    }

    /// A time that is proven has a timestamp that passed and has that time; one that is not is validation time.
    fn best_time(&mut self, name: &str, report: Node<'a, 'i>, entry: &Value) {
        let Some(best) = report.descendants().find(|node| is(node, "BestSignatureTime")) else {
            self.differences.push(format!("{name}: no best-signature-time"));
            return;
        };
        let by = child(best, "POEObject").and_then(|by| by.attribute("VOReference"));
        match entry["best_signature_time"].as_str() {
            Some(time) => {
                self.same(&format!("{name}: best-signature-time"), text_of(best, "POETime"), time);
                self.same(&format!("{name}: type of proof"), last(text_of(best, "TypeOfProof")), "validation");
                let word = by.and_then(|by| self.objects.get(by)).and_then(|object| child(*object, "POEProvisioning"));
                let Some(word) = word else {
                    self.differences.push(format!("{name}: best-signature-time is proven by nothing ({by:?})"));
                    return;
                };
                self.same(&format!("{name}: time of the proof"), text_of(word, "POETime"), time);
                if signs(entry) {
                    let id = child(report, "SignatureIdentifier").and_then(|node| node.attribute("id"));
                    let field = entry["field"].as_str();
                    let names = |node: Node<'_, '_>| match field {
                        Some(field) => is(&node, "PAdESFieldName") && node.text().unwrap_or_default() == field,
                        None => node.has_tag_name((OWN, "Signature")) && node.attribute("ref") == id,
                    };
                    self.same(&format!("{name}: named by its proof"), &word.descendants().any(names), &true);
                }
            }
            None => {
                let source = if self.json["time_source"] == "given" { "provided" } else { "validation" };
                self.same(&format!("{name}: type of proof"), last(text_of(best, "TypeOfProof")), source);
                let time = text(&self.json["validation_time"]);
                self.same(&format!("{name}: best-signature-time"), text_of(best, "POETime"), time);
                self.same(&format!("{name}: proof"), &by, &None);
            }
        }
    }

    fn claims(&mut self, name: &str, report: Node<'a, 'i>, entry: &Value) {
        let attributes = child(report, "SignatureAttributes");
        let first = |element: &str| {
            let found = attributes.and_then(|attributes| child(attributes, element))?;
            found.children().find(|node| node.is_element() && !is(node, "AttributeObject"))?.text()
        };
        let json = |field: &str| entry[field].as_str();
        self.same(&format!("{name}: claimed time"), &first("SigningTime"), &json("claimed_signing_time"));
        if signs(entry) {
            // Text is shown with pictures for what XML cannot hold, and an empty one has no text node.
            let plain = |text: &&str| !text.is_empty() && !text.chars().any(char::is_control);
            if let Some(reason) = json("claimed_reason").filter(plain) {
                self.same(&format!("{name}: reason"), &first("Reason"), &Some(reason));
            }
            if let Some(location) = json("claimed_location").filter(plain) {
                self.same(&format!("{name}: location"), &first("SignatureProductionPlace"), &Some(location));
            }
        }
    }

    fn chain(&mut self, name: &str, report: Node<'a, 'i>, entry: &Value) {
        let digest = |node: Node<'a, 'i>| {
            let id = node.attribute("VOReference")?;
            sha256_of(*self.objects.get(id)?)
        };
        let signer =
            child(report, "SignerInformation").and_then(|node| child(node, "SignerCertificate")).and_then(digest);
        let chain: Vec<String> = report
            .descendants()
            .find(|node| is(node, "CertificateChain"))
            .into_iter()
            .flat_map(|chain| chain.children().filter(Node::is_element))
            .filter_map(digest)
            .collect();
        let status = child(report, "SignatureValidationStatus");
        let revoked =
            status.iter().flat_map(Node::descendants).filter(|node| is(node, "RevocationStatusInformation")).count();
        self.same(&format!("{name}: signer"), &signer.as_deref(), &entry["signer"]["certificate_sha256"].as_str());
        let mut expected: Vec<String> = Vec::new();
        for link in array(&entry["chain"]) {
            expected.push(text(&link["certificate_sha256"]).to_owned());
        }
        // Its anchor is shown by its pin when it is not at hand; a path of the anchor alone names it twice.
        let mut found = chain.clone();
        if found.len() == expected.len() + 1 {
            found.pop();
        }
        if !expected.is_empty() {
            self.same(&format!("{name}: chain"), &found, &expected);
        }
        let shows = |link: &&Value| {
            array(&link["revocation"])
                .iter()
                .any(|datum| datum["usable"] == true && datum["revocation_date"].is_string())
        };
        let expected = array(&entry["chain"]).iter().filter(shows).count();
        self.same(&format!("{name}: revocations"), &revoked, &expected);
    }

    /// Every check with its status, in order; those of timestamps and records stand in their own reports.
    fn checks(&mut self, name: &str, report: Node<'a, 'i>, entry: &Value) {
        let mut expected = Vec::new();
        for check in array(&entry["checks"]) {
            flatten(check, !signs(entry), &mut expected);
        }
        let evaluation = child(report, "ValidationConstraintsEvaluationReport");
        let constraints =
            evaluation.into_iter().flat_map(|node| node.children()).filter(|node| is(node, "ValidationConstraint"));
        let found: Vec<(String, String)> = constraints
            .map(|node| {
                let status = node
                    .children()
                    .find(|node| text_of(*node, "Type").ends_with("/constraint/status"))
                    .map(|node| text_of(node, "Value").to_owned());
                let asked =
                    child(node, "ValidationStatus").map(|status| last(text_of(status, "MainIndication")).to_owned());
                let status = status.unwrap_or_default();
                let expected = match status.as_str() {
                    "passed" | "warning" => Some("passed"),
                    "failed" => Some("failed"),
                    "indeterminate" => Some("indeterminate"),
                    _ => None,
                };
                assert_eq!(asked.as_deref(), expected);
                (last_part(text_of(node, "ValidationConstraintIdentifier")).to_owned(), status)
            })
            .collect();
        self.same(&format!("{name}: checks"), &found, &expected);
    }

    fn timestamp(&mut self, name: &str, report: Node<'a, 'i>, timestamp: &Value, of_signature: bool) {
        let id = text(&timestamp["id"]);
        let xml_id = format!("T-{id}");
        let Some(object) = self.objects.get(xml_id.as_str()).copied() else {
            self.differences.push(format!("{name}: no validation object for {id}"));
            return;
        };
        // One that stands at the top has its report there.
        if let Some(own) = child(object, "ValidationReport") {
            // A document timestamp's own entry also counts what was changed after it.
            let has_entry = array(&self.json["signatures"]).iter().any(|entry| entry["id"] == id);
            if !has_entry {
                self.status(id, own, timestamp, false);
            }
        }
        let passed = text(&timestamp["indication"]) == "PASSED";
        self.same(&format!("{id}: proves"), &child(object, "POEProvisioning").is_some(), &passed);
        let named = match text(&timestamp["kind"]) {
            "content" => "AllDataObjectsTimeStamp",
            "signature" => "SignatureTimeStamp",
            "cades-c" => "SigAndRefsTimeStamp",
            "certs-crls" => "RefsOnlyTimeStamp",
            "archive-v2" | "archive-v3" => "ArchiveTimeStamp",
            "document" => "DocTimeStamp",
            _ => return,
        };
        let Some(time) = timestamp["gen_time"].as_str().filter(|_| of_signature) else { return };
        let shown = report.descendants().any(|node| {
            is(&node, named)
                && child(node, "AttributeObject").and_then(|node| node.attribute("VOReference")) == Some(&xml_id)
                && text_of(node, "TimeStampValue") == time
        });
        self.same(&format!("{name}: attribute of {id}"), &shown, &true);
    }
}

fn flatten(check: &Value, proof: bool, flat: &mut Vec<(String, String)>) {
    flat.push((text(&check["id"]).to_owned(), text(&check["status"]).to_owned()));
    if proof || !matches!(text(&check["id"]), "timestamp-validation" | "evidence-record-validation") {
        array(&check["children"]).iter().for_each(|check| flatten(check, false, flat));
    }
}

/// The SHA-256 digest that an object is shown by, in hex.
fn sha256_of(object: Node<'_, '_>) -> Option<String> {
    let shown = child(child(object, "ValidationObjectRepresentation")?, "DigestAlgAndValue")?;
    let algorithm = child(shown, "DigestMethod")?.attribute("Algorithm")?;
    let digest = STANDARD.decode(child(shown, "DigestValue")?.text()?).unwrap();
    (algorithm == SHA256).then(|| hex::encode(digest))
}

fn signs(entry: &Value) -> bool {
    matches!(text(&entry["kind"]), "signature" | "counter-signature")
}

fn last(urn: &str) -> &str {
    urn.rsplit(':').next().unwrap_or_default()
}

fn last_part(uri: &str) -> &str {
    uri.rsplit('/').next().unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

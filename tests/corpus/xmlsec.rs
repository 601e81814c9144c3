//! The XML-DSig layer of every XML signature beside xmlsec1: the digests of all references of SignedInfo, and the value.
//!
//! xmlsec1 knows no XAdES, and what a Manifest lists is left out here. Certificates are not validated: the key counts.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kenin::{Policy, SignatureReport, TrustProfile, ValueReport, Verifier, XmlReferenceKind};
use kenin_facts::{Signature, SignedDataStatus};
use libtest_mimic::Failed;
use rayon::prelude::*;
use roxmltree::{Document, Node};

use crate::agreement::conclusion;
use crate::corpus::none;
use crate::exceptions::{self, Divergence};
use crate::expected::{Consensus, Row};

/// Fewer signatures than this decided by xmlsec1 mean that the comparison is broken.
const DECIDED: usize = 195;

const FACT: &str = "value and references";
const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
const IDS: [&str; 3] = ["Id", "ID", "id"];

/// What both say of every signature.
pub struct XmlSignatures {
    answers: Vec<Answer>,
}

struct Answer {
    path: String,
    /// The place of the signature in its document, counted from 1.
    number: String,
    /// `true`, `false`, or `refused`.
    xmlsec: &'static str,
    /// What xmlsec1 complains of first.
    complaint: String,
    kenin: bool,
    conclusion: String,
}

impl Answer {
    fn kenin(&self) -> &'static str {
        if self.kenin { "true" } else { "false" }
    }

    /// What xmlsec1 refuses and kenin finds broken they see alike.
    fn differs(&self) -> bool {
        self.xmlsec != self.kenin() && (self.xmlsec != "refused" || self.kenin)
    }

    fn divergence(&self) -> Divergence<'_> {
        let Self { path, number, xmlsec, .. } = self;
        Divergence { path, field: number, fact: FACT.to_owned(), expected: xmlsec, actual: self.kenin() }
    }
}

impl XmlSignatures {
    /// Asks both about every XML signature of the corpus and of the HPKI records.
    pub fn over(corpus: &Path) -> Self {
        let verifier = Verifier::new(TrustProfile::jp_hpki(), Policy::mhlw_6_0());
        let mut rows = crate::expected::rows(corpus);
        rows.retain(|row| row.format == "xades");
        rows.extend(records(corpus));
        let compared = rows.par_iter().enumerate().map(|(number, row)| compare(corpus, number, row, &verifier));
        let signatures = Self { answers: compared.flatten_iter().collect() };
        println!("{}", signatures.summary());
        signatures
    }

    fn decided(&self) -> usize {
        self.answers.iter().filter(|answer| answer.xmlsec != "refused").count()
    }

    fn divergences(&self) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(|answer| answer.differs())
    }

    fn summary(&self) -> String {
        let mut text = String::new();
        let differ = self.divergences().count();
        writeln!(
            text,
            "\n{} XML signatures: xmlsec1 decides {}, {differ} differ or are refused without a reason in kenin's words",
            self.answers.len(),
            self.decided()
        )
        .unwrap();
        for Answer { path, number, xmlsec, complaint, kenin, conclusion } in self.divergences() {
            writeln!(text, "  {path} [{number}]: xmlsec1 {xmlsec}, kenin {kenin} ({conclusion}): {complaint}").unwrap();
        }
        text
    }
}

/// xmlsec1 decides most signatures, or the comparison says nothing.
pub fn xmlsec_decides(signatures: &XmlSignatures) -> Result<(), Failed> {
    let decided = signatures.decided();
    if decided >= DECIDED {
        Ok(())
    } else {
        Err(format!("xmlsec1 decided {decided} of {}", signatures.answers.len()).into())
    }
}

/// Differences that `xmlsec_exceptions.toml` does not explain.
pub fn every_difference_is_explained(signatures: &XmlSignatures) -> Result<(), Failed> {
    let exceptions = exceptions::of_xmlsec();
    let known = |answer: &&Answer| exceptions.iter().any(|exception| exception.explains(&answer.divergence()));
    none(signatures.divergences().filter(|answer| !known(answer)).map(|answer| {
        let Answer { path, number, xmlsec, complaint, .. } = answer;
        format!("{path} [{number}]: xmlsec1 {xmlsec}, kenin {}: {complaint}", answer.kenin())
    }))
}

/// Entries of `xmlsec_exceptions.toml` that no longer hold.
pub fn no_exception_is_stale(signatures: &XmlSignatures) -> Result<(), Failed> {
    let exceptions = exceptions::of_xmlsec();
    let holds = |answer: &Answer, exception| exceptions::Exception::explains(exception, &answer.divergence());
    let stale = exceptions.iter().filter(|e| !signatures.divergences().any(|answer| holds(answer, e)));
    none(stale.map(|exception| format!("{} [{}]", exception.path, exception.field)))
}

/// The HPKI records, of which the corpus has no facts.
fn records(corpus: &Path) -> Vec<Row> {
    let mut folders = vec![corpus.join("hpki/xades")];
    let mut paths = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                paths.insert(path.strip_prefix(corpus).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    let row = |path| Row {
        path,
        format: "xades".to_owned(),
        detached_content: Vec::new(),
        password: None,
        consensus: Consensus::default(),
    };
    paths.into_iter().map(row).collect()
}

fn compare(corpus: &Path, number: usize, row: &Row, verifier: &Verifier) -> Vec<Answer> {
    let octets = fs::read(corpus.join(&row.path)).unwrap();
    let text = String::from_utf8_lossy(&octets);
    // Document type declarations, which kenin refuses, are not read here either.
    let Ok(document) = Document::parse(text.trim_start_matches('\u{feff}')) else { return Vec::new() };
    let (facts, report) = crate::run::judge(corpus, row, verifier).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("xmlsec").join(number.to_string());
    let question = Question::new(&document, folder);
    question.write(corpus, row, &octets);
    let pairs = facts.signatures.iter().zip(&report.signatures).enumerate();
    pairs
        .map(|(at, (signature, judged))| {
            let (xmlsec, complaint) = question.ask(at + 1);
            Answer {
                path: row.path.clone(),
                number: (at + 1).to_string(),
                xmlsec,
                complaint,
                kenin: holds(signature, judged),
                conclusion: conclusion(judged),
            }
        })
        .collect()
}

fn holds(signature: &Signature, judged: &SignatureReport) -> bool {
    let references = signature.xml.iter().flat_map(|xml| &xml.references);
    let mut own = references.filter(|reference| reference.kind != XmlReferenceKind::ManifestMember).peekable();
    own.peek().is_some()
        && own.all(|reference| reference.status == SignedDataStatus::Intact)
        && judged.integrity.signature_value == ValueReport::Intact
}

/// A document for xmlsec1, with what lies beside it.
struct Question {
    folder: PathBuf,
    /// `--id-attr` for every kind of element that a reference names.
    ids: Vec<String>,
    /// What references of SignedInfo name outside of the document.
    outside: BTreeSet<String>,
}

impl Question {
    fn new(document: &Document<'_>, folder: PathBuf) -> Self {
        let is_reference = |node: &Node<'_, '_>| node.has_tag_name((DSIG, "Reference"));
        let uris: Vec<&str> =
            document.descendants().filter(is_reference).filter_map(|node| node.attribute("URI")).collect();
        let named: BTreeSet<&str> = uris.iter().filter_map(|uri| uri.strip_prefix('#')).collect();
        let mut ids = BTreeSet::new();
        for element in document.descendants().filter(Node::is_element) {
            let is_named = |name: &&&str| element.attribute(**name).is_some_and(|id| named.contains(id));
            let tag = element.tag_name();
            let tag = tag.namespace().map_or_else(|| tag.name().to_owned(), |uri| format!("{uri}:{}", tag.name()));
            ids.extend(IDS.iter().filter(is_named).map(|name| (format!("--id-attr:{name}"), tag.clone())));
        }
        let in_signed_info = |node: &Node<'_, '_>| {
            is_reference(node) && node.parent().is_some_and(|parent| parent.has_tag_name((DSIG, "SignedInfo")))
        };
        let outside = document.descendants().filter(in_signed_info).filter_map(|node| node.attribute("URI"));
        let outside = outside.filter(|uri| !uri.is_empty() && !uri.starts_with('#')).map(str::to_owned).collect();
        Self { folder, ids: ids.into_iter().flat_map(|(option, tag)| [option, tag]).collect(), outside }
    }

    /// Writes the document, and contents under the names that references have for them.
    fn write(&self, corpus: &Path, row: &Row, octets: &[u8]) {
        fs::create_dir_all(&self.folder).unwrap();
        fs::write(self.folder.join("document.xml"), octets).unwrap();
        let lone = self.outside.first().filter(|_| self.outside.len() == 1 && row.detached_content.len() == 1);
        for content in &row.detached_content {
            let name = lone.unwrap_or(&content.name);
            if !name.is_empty() && !name.contains("..") && !name.contains(':') {
                let file = self.folder.join(name);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::copy(corpus.join(&content.path), file).unwrap();
            }
        }
    }

    /// What xmlsec1 says of one signature, and what it complains of first.
    fn ask(&self, number: usize) -> (&'static str, String) {
        // Relative paths are `remote` to xmlsec1, and so is the network, which nothing is asked of.
        let fetches = self.outside.iter().any(|uri| uri.contains(':'));
        let allowed = if fetches { "empty,same-doc" } else { "empty,same-doc,local,remote" };
        let place = format!("(//*[local-name()='Signature' and namespace-uri()='{DSIG}'])[{number}]");
        let mut xmlsec = Command::new("xmlsec1");
        xmlsec.args(["--verify", "--insecure", "--ignore-manifests", "--enabled-reference-uris", allowed]);
        xmlsec.args(&self.ids).args(["--node-xpath", &place]).arg("document.xml");
        let output = xmlsec.current_dir(&self.folder).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        let complaint = said.lines().find(|line| line.starts_with("func=") || line.starts_with("Error"));
        let answer = match () {
            () if output.status.success() => "true",
            () if said.lines().any(|line| line == "FAIL") => "false",
            () => "refused",
        };
        (answer, complaint.unwrap_or_default().to_owned())
    }
}

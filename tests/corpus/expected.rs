//! What independent verifiers agree on: the rows of the corpus' `expected.jsonl`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

/// One file of the corpus.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// Path below the corpus.
    pub path: String,
    /// The corpus' own name of the format: `pades`, `cms`, `tst`, `cert`, …
    pub format: String,
    /// The content of a detached signature.
    #[serde(default)]
    pub detached_content: Vec<Detached>,
    /// The password of an encrypted document.
    pub password: Option<String>,
    /// What the verifiers agree on.
    #[serde(default)]
    pub consensus: Consensus,
}

/// A file that a signature signs from outside.
#[derive(Debug, Deserialize)]
pub struct Detached {
    /// Path below the corpus.
    pub path: String,
    /// The name that the signature knows it by.
    #[serde(default)]
    pub name: String,
}

/// Facts on which the verifiers agree, each with the number of them that spoke.
#[derive(Debug, Default, Deserialize)]
pub struct Consensus {
    /// Signatures, document timestamps not counted.
    pub n_signatures: Option<u64>,
    /// Document timestamps of a PDF.
    pub n_doc_timestamps: Option<u64>,
    /// SignerInfos of a CMS, counted by another tool than `n_signatures`.
    pub n_signer_infos: Option<u64>,
    /// Digest and signature value hold. XAdES and the like give a list here, which rests on one verifier.
    pub crypto_ok: Option<Value>,
    /// The imprint of a token fits the time-stamped bytes.
    pub imprint_ok: Option<bool>,
    /// Number of verifiers behind each of the facts above.
    #[serde(default, rename = "_votes")]
    pub votes: BTreeMap<String, u64>,
    /// The levels that EU DSS gives the signatures of a CMS or XAdES, counter-signatures too. One verifier's word.
    #[serde(default)]
    pub dss_levels: Vec<String>,
    /// By PDF field name.
    #[serde(default)]
    pub signatures: BTreeMap<String, PdfSignature>,
}

/// What is agreed about one signature field of a PDF.
#[derive(Debug, Deserialize)]
pub struct PdfSignature {
    /// Digest (for a document timestamp: the imprint) and signature value hold.
    pub crypto_ok: Option<bool>,
    /// The digest algorithm, written like `SHA256`.
    pub digest_alg: Option<String>,
    /// `sig` or `dts`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Number of verifiers behind each of these.
    pub votes: BTreeMap<String, u64>,
    /// The level that EU DSS gives it: `PAdES-BASELINE-LT`, `PKCS7-T`, … One verifier's word.
    pub dss_level: Option<String>,
    /// pyHanko's `SignatureCoverageLevel`.
    pub pyhanko_coverage: Option<String>,
    /// pyHanko's `ModificationLevel` of what came later: `NONE`, `LTA_UPDATES`, `FORM_FILLING`, `ANNOTATIONS`, `OTHER`.
    pub pyhanko_mod: Option<String>,
}

/// What each verifier said about a file, by path.
pub fn oracles(corpus: &Path) -> BTreeMap<String, Value> {
    let mut text = String::new();
    let packed = fs::File::open(corpus.join("oracles.jsonl.gz")).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.map(|mut line| (line["path"].as_str().unwrap().to_owned(), line["oracle"].take())).collect()
}

/// Every row, in the corpus' order.
pub fn rows(corpus: &Path) -> Vec<Row> {
    let text = fs::read_to_string(corpus.join("expected.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

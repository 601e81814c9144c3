//! `--format etsi-xml`: every case of `tests/cases.toml`, and the corpus, against a schema and read back against the
//! JSON of the same report.
//!
//! `schema/validation-report.xsd` is our own, written down from the published structure; `KENIN_ETSI_XSD=/path/to/official.xsd`
//! has the same documents asked of ETSI's too. Without xmllint the tests that ask a schema are shown as *ignored*.
//!
//!     cargo test --test etsi
// A test program: a failed assumption about its data should stop it, and its counts belong on standard output.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code
)]

#[path = "../support/corpus.rs"]
mod corpus;
#[path = "../corpus/expected.rs"]
mod expected;
mod inside;
mod negative;
mod render;
mod round_trip;
mod schema;
#[path = "../cases/table.rs"]
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use corpus::{Suite, none};
use libtest_mimic::{Arguments, Failed, Trial};
use render::Rendered;
use schema::Schema;

/// Documents of the corpus in which signatures and timestamps are judged.
const FORMATS: &[&str] = &["pades", "pdf", "cms", "smime", "tst", "tsr"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = table::read(&root().join("tests/cases.toml"));
    let ids: Vec<String> = cases.iter().map(|case| case.id.clone()).collect();
    let rendered: Arc<OnceLock<Vec<Rendered>>> = Arc::default();
    let cases = Arc::new(cases);
    let all = {
        let (rendered, cases) = (Arc::clone(&rendered), Arc::clone(&cases));
        move || -> Vec<Rendered> { rendered.get_or_init(|| render::cases(&cases)).clone() }
    };
    let mut trials: Vec<Trial> = Vec::new();
    for (index, id) in ids.into_iter().enumerate() {
        let (rendered, cases) = (Arc::clone(&rendered), Arc::clone(&cases));
        trials.push(Trial::test(format!("round-trip::{id}"), move || {
            let one = &rendered.get_or_init(|| render::cases(&cases))[index];
            holds(one)
        }));
    }
    let missing = !schema::xmllint();
    for schema in Schema::all() {
        let all = all.clone();
        let name = format!("schema::every-case-{}", schema.name);
        trials.push(Trial::test(name, move || schema.accepts_all(&all())).with_ignored_flag(missing));
    }
    trials.extend(negative::trials().into_iter().map(|trial| trial.with_ignored_flag(missing)));
    trials.extend(negative::readings());
    trials.push(Trial::test("without-a-document", without_a_document).with_ignored_flag(missing));
    trials.extend(render::SNAPSHOTS.iter().map(|id| {
        let all = all.clone();
        Trial::test(format!("snapshot::{id}"), move || snapshot(id, &all()))
    }));
    let corpus = Suite::new("corpus", |folder| render::corpus(folder, FORMATS));
    trials.push(
        corpus.trial("round-trip", |rendered| none(rendered.iter().filter_map(|one| holds(one).err()).map(message))),
    );
    let corpus = corpus.needing("xmllint");
    for schema in Schema::all() {
        let name = format!("schema-{}", schema.name);
        trials.push(corpus.trial(&name, move |rendered| {
            println!(
                "corpus: {} reports by {} asked of the schema {}",
                rendered.len(),
                FORMATS.join(", "),
                schema.name
            );
            schema.accepts_all(rendered)
        }));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// That a report in XML says what its JSON says, and that what it says of proofs fits together.
fn holds(one: &Rendered) -> Result<(), Failed> {
    let document = roxmltree::Document::parse(&one.xml).map_err(|error| format!("{}: {error}", one.name))?;
    let mut differences = round_trip::differences(&one.json, &document, &one.pins);
    differences.extend(inside::differences(&document));
    match differences.is_empty() {
        true => Ok(()),
        false => Err(format!("{}\n  {}", one.name, differences.join("\n  ")).into()),
    }
}

fn message(failed: Failed) -> String {
    failed.message().unwrap_or_default().to_owned()
}

/// A document that cannot be read has a report, too.
fn without_a_document() -> Result<(), Failed> {
    let reports = render::failures();
    assert_eq!(reports.len(), 3);
    for report in &reports {
        holds(report)?;
    }
    Schema::all().into_iter().try_for_each(|schema| schema.accepts_all(&reports))
}

fn snapshot(id: &str, all: &[Rendered]) -> Result<(), Failed> {
    let one = all.iter().find(|one| one.name == id).ok_or("no such case")?;
    let version = (r#"name="kenin" version="[^"]*""#, r#"name="kenin" version="[VERSION]""#);
    insta::with_settings!({ prepend_module_to_snapshot => false, filters => vec![version] }, {
        insta::assert_snapshot!(format!("report-{id}"), one.xml);
    });
    Ok(())
}

//! Every verdict of a generated archive is the one that its ledger has by the way the document was made.

use std::collections::BTreeMap;

use kenin_testkit::hospital::{self, Line, Verdict};

use crate::archive::{self, Archive};

/// Three of each defect, and four times as many sound documents.
const DOCUMENTS: u64 = 600;

/// Verdict, sub-indication of the first signature and first open requirement, empty where there is none.
type Row = (String, String, String);

#[test]
fn every_document_gets_the_verdict_of_the_ledger() {
    let archive = Archive::new("ledger");
    let folder = archive.folder.join("hospital");
    let summary = hospital::write(&folder, DOCUMENTS, 7).unwrap();
    let (documents, trust) = (folder.join("documents"), folder.join(&summary.trust));
    let results = archive.results();
    let text = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let run = archive::kenin(&[
        "batch",
        &text(&documents),
        "--results",
        &text(&results),
        "--trust",
        &text(&trust),
        "--policy",
        &summary.policy,
        "--time",
        &summary.time,
    ]);

    let connection = rusqlite::Connection::open(&results).unwrap();
    let sql = "SELECT CAST(d.name AS TEXT), d.verdict, coalesce(s.sub_indication, ''), coalesce(d.requirement, '')
        FROM document d LEFT JOIN signature s ON s.document = d.id AND s.number = 0";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, (row.get(1)?, row.get(2)?, row.get::<_, String>(3)?))));
    let rows: BTreeMap<String, Row> = rows.unwrap().map(Result::unwrap).collect();

    let ledger = std::fs::read_to_string(folder.join("ledger.jsonl")).unwrap();
    let lines: Vec<Line> = ledger.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut wrong = Vec::new();
    for line in &lines {
        let got = &rows[documents.join(&line.path).to_str().unwrap()];
        let right = code(line.verdict) == got.0
            && line.sub_indication.as_ref().is_none_or(|expected| *expected == got.1)
            && line.requirement.as_ref().is_none_or(|expected| *expected == got.2);
        if !right {
            wrong.push(format!("{line:?}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!((rows.len(), summary.files), (lines.len(), lines.len() as u64));

    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    rows.values().for_each(|(verdict, _, _)| *counts.entry(verdict.clone()).or_default() += 1);
    let expected = summary.verdicts.iter().map(|(verdict, count)| (code(*verdict), *count)).collect();
    assert_eq!(counts, expected);
    assert_eq!(counts["valid"], DOCUMENTS / 5 * 4);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
}

fn code(verdict: Verdict) -> String {
    serde_json::to_value(verdict).unwrap().as_str().unwrap().to_owned()
}

//! `kenin batch report`: the page says what the results say, leads to what it names, and is a sound page.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::archive::{self, Archive, Run, TIME, TRUST};
use crate::outline::outline;
use crate::page::{Child, Element, Page};
use crate::sound::{self, Complaints};

/// Results of testdata with dates that fill the calendar, documents that have gone, one that cannot be read, a place that
/// could not be entered, and names of any bytes.
fn archive(name: &str) -> Archive {
    let archive = Archive::new(name);
    archive.batch(&["testdata/ageing", "testdata/pdf", "--jobs", "1"]);
    let shift_jis = [&b"/archive/2021/"[..], b"\x91\xde\x89\x40\x83\x54\x83\x7d\x83\x8a.pdf"].concat();
    let connection = archive.connection();
    let named = |name: &[u8], verdict: &str, at: usize| {
        let sql = "UPDATE document SET name = ?1 WHERE id =
            (SELECT id FROM document WHERE verdict = ?2 ORDER BY name LIMIT 1 OFFSET ?3)";
        assert_eq!(connection.execute(sql, (name, verdict, at)).unwrap(), 1);
    };
    named(b"/archive/<script>alert(\"1\")</script>&amp;\n'two'.pdf", "invalid", 0);
    named(&shift_jis, "invalid", 1);
    named("/archive/読めない.pdf".as_bytes(), "no-signature", 0);
    let change = |sql: &str| assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
    change(
        "UPDATE document SET verdict = 'error', error = 'io', error_reason = 'Permission denied (os error 13)'
        WHERE CAST(name AS TEXT) = '/archive/読めない.pdf'",
    );
    change("DELETE FROM facts WHERE document = (SELECT id FROM document WHERE verdict = 'error')");
    change(
        "UPDATE document SET gone = run
        WHERE id IN (SELECT id FROM document WHERE verdict = 'valid' ORDER BY name DESC LIMIT 2)",
    );
    // From 40 days before to 13 years after.
    change(
        "UPDATE document SET renew_before = strftime('%Y-%m-%dT14:59:59Z', '2024-05-21', d.days)
        FROM (SELECT id, printf('%+d days', (row_number() OVER (ORDER BY name) * 137) % 4790 - 40) AS days
            FROM document WHERE verdict IN ('valid', 'indeterminate')) AS d
        WHERE d.id = document.id",
    );
    change(
        "INSERT INTO trouble SELECT max(id), CAST('/archive/2020' AS BLOB), 'Permission denied (os error 13)' FROM run",
    );
    drop(connection);
    archive
}

impl Archive {
    fn output(&self) -> PathBuf {
        self.folder.join("report")
    }

    fn report(&self, more: &[&str]) -> Run {
        let (results, output) = (self.results(), self.output());
        let fixed =
            ["batch", "report", results.to_str().unwrap(), "--output", output.to_str().unwrap(), "--time", TIME];
        archive::kenin(&[&fixed[..], more].concat())
    }

    fn page(&self) -> Page {
        Page::parse(&fs::read_to_string(self.output().join("index.html")).unwrap())
    }

    /// Documents that have not gone.
    fn count(&self, which: &str) -> usize {
        self.one::<usize>(&format!("SELECT count(*) FROM document WHERE gone IS NULL AND {which}"))
    }
}

/// The row of a table that a cell begins.
fn rows(element: &Element) -> Vec<(String, String)> {
    let rows = element.named("tbody").iter().flat_map(|body| body.named("tr")).collect::<Vec<_>>();
    let text = |elements: Vec<Element>| elements.first().map(Element::text).unwrap_or_default();
    rows.iter().map(|row| (text(row.named("th")), text(row.of_class("amount")))).collect()
}

/// Numbers of the documents that links lead to.
fn linked(tables: &[Element]) -> Vec<i64> {
    let links = tables.iter().flat_map(|table| table.named("a")).filter_map(|link| link.attribute("href"));
    links.map(|href| href.strip_prefix("records/").unwrap().strip_suffix(".html").unwrap().parse().unwrap()).collect()
}

/// The number at the beginning of a text.
fn number(text: &str) -> usize {
    text.split_whitespace().next().unwrap().replace(',', "").parse().unwrap()
}

#[test]
fn numbers_on_the_page_are_those_of_the_results() {
    let archive = archive("report-counts");
    let run = archive.report(&["--lang", "en"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(run.stdout, format!("The report is in {}\n", archive.output().join("index.html").display()));
    let page = archive.page();
    let tables = page.root.of_class("bars");
    let shown: Vec<(String, usize)> =
        rows(&tables[0]).iter().map(|(name, text)| (name.clone(), number(text))).collect();
    let verdicts = [
        ("Invalid", "invalid"),
        ("Unreadable", "error"),
        ("Indeterminate", "indeterminate"),
        ("Valid", "valid"),
        ("Without signature", "no-signature"),
    ];
    let expected = verdicts.map(|(name, code)| (name.to_owned(), archive.count(&format!("verdict = '{code}'"))));
    assert_eq!(shown, expected);
    assert!(shown.iter().all(|(_, count)| *count > 0), "{shown:?}");
    let reasons: usize = rows(&page.root.of_class("reasons")[0]).iter().map(|(_, count)| number(count)).sum();
    assert_eq!(reasons, archive.count("verdict IN ('invalid', 'indeterminate', 'error')"));
    for (table, of) in [(1, "kind = 'signature'"), (2, "tsa IS NOT NULL"), (3, "kind = 'signature'")] {
        let shown: usize = rows(&tables[table]).iter().map(|(_, count)| number(count)).sum();
        let sql =
            format!("SELECT count(*) FROM signature s JOIN document d ON d.id = document WHERE gone IS NULL AND {of}");
        assert_eq!(shown, archive.one::<usize>(&sql), "{of}");
    }
    let about = page.root.named("dl")[0].text();
    let (total, unsigned) = (archive.count("1"), archive.count("verdict = 'no-signature'"));
    let documents = format!("{total} ({} signed or unreadable, {unsigned} without signature)", total - unsigned);
    assert!(about.contains(&documents), "{about}");
    let gone: usize = archive.one("SELECT count(*) FROM document WHERE gone IS NOT NULL");
    let text = page.root.text();
    assert!(gone > 1 && text.contains(&format!("{gone} documents that were verified before are not there any more.")));
    assert!(text.contains("1 place could not be entered or read.") && text.contains("/archive/2020 Permission denied"));
}

#[test]
fn the_calendar_counts_every_date_once_by_the_month_in_japan() {
    let archive = archive("report-calendar");
    // 2024-05-31 in UTC, and June in Japan.
    let june = "UPDATE document SET renew_before = '2024-05-31T15:00:00Z' WHERE id = (SELECT max(id) FROM document
        WHERE renew_before IS NOT NULL AND gone IS NULL)";
    assert_eq!(archive.connection().execute(june, []).unwrap(), 1);
    archive.report(&["--lang", "en"]);
    let page = archive.page();
    let panels: Vec<_> = page.root.of_class("calendar").iter().map(rows).collect();
    assert_eq!(panels.iter().map(Vec::len).collect::<Vec<_>>(), [13, 12, 12]);
    let dated = "renew_before IS NOT NULL";
    let total: usize = panels.iter().flatten().map(|(_, count)| number(count)).sum();
    assert_eq!(total, archive.count(dated));
    let names: Vec<&str> = panels.iter().flatten().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..3], ["Overdue", "2024-05", "2024-06"]);
    assert_eq!(names[23..27], ["2026-03", "2026-04", "2026 from 05", "2027"]);
    assert_eq!(names.last(), Some(&"2037"));
    for (name, count) in panels[..2].iter().flatten() {
        let expected = match name.as_str() {
            "Overdue" => archive.count(&format!("{dated} AND renew_before < '{TIME}'")),
            month => archive.count(&format!(
                "renew_before >= '{TIME}' AND strftime('%Y-%m', renew_before, '+9 hours') = '{month}'"
            )),
        };
        assert_eq!(number(count), expected, "{name}");
    }
    assert!(number(&panels[0][0].1) > 0 && number(&panels[0][2].1) > 0, "{panels:?}");
}

#[test]
fn the_red_list_has_the_invalid_and_the_unreadable_ones_worst_first() {
    let archive = archive("report-red");
    archive.report(&["--lang", "en", "--records", "10000"]);
    let page = archive.page();
    let red = linked(&page.root.of_class("red"));
    let expected: BTreeSet<i64> = archive
        .column("SELECT id FROM document WHERE gone IS NULL AND verdict IN ('invalid', 'error')")
        .into_iter()
        .collect();
    assert_eq!(red.iter().copied().collect::<BTreeSet<_>>(), expected);
    assert_eq!(red.len(), expected.len());
    let of = |id: &i64, column: &str| archive.one::<String>(&format!("SELECT {column} FROM document WHERE id = {id}"));
    assert_eq!(of(red.last().unwrap(), "verdict"), "error");
    let reasons: Vec<String> = page
        .root
        .of_class("red")
        .iter()
        .flat_map(|table| table.named("tbody"))
        .flat_map(|body| body.named("tr").iter().map(|row| row.named("td")[1].text()).collect::<Vec<_>>())
        .collect();
    assert!(reasons[0].ends_with("The signed content was changed after signing."), "{}", reasons[0]);
    assert_eq!(reasons.last().unwrap(), "The file could not be read: Permission denied (os error 13)");
    let changed = |reason: &String| reason.contains("changed") || reason.contains("does not match the signer's key");
    assert!(reasons.iter().take_while(|reason| changed(reason)).count() > 3, "{reasons:#?}");
}

#[test]
fn the_first_ten_renewals_are_the_earliest_and_lead_to_their_reports() {
    let archive = archive("report-renewals");
    archive.report(&["--lang", "ja", "--records", "15"]);
    let page = archive.page();
    let tables = page.root.of_class("renewals");
    let earliest: Vec<i64> = archive.column(
        "SELECT id FROM document WHERE gone IS NULL AND renew_before IS NOT NULL ORDER BY renew_before, id LIMIT 15",
    );
    assert_eq!(linked(&tables[..1]), earliest[..10]);
    assert_eq!(linked(&tables), earliest);
    // One click leads to the list, the next to a report.
    let steps: Vec<_> = page.root.of_class("steps")[0].named("a").iter().filter_map(|a| a.attribute("href")).collect();
    assert!(steps.contains(&"#first".to_owned()), "{steps:?}");
    let heading = page.root.below().into_iter().find(|element| element.attribute("id").as_deref() == Some("first"));
    assert_eq!(heading.unwrap().text(), "先に更新する 10 件");
    let more = archive.count("renew_before IS NOT NULL") - 15;
    assert!(page.root.text().contains(&format!("ほかに {more} 件あります。")), "{more}");
    for id in linked(&page.root.of_class("records")) {
        let record = fs::read_to_string(archive.output().join(format!("records/{id}.html"))).unwrap();
        let name: Vec<u8> = archive.one(&format!("SELECT name FROM document WHERE id = {id}"));
        let shown = String::from_utf8_lossy(&name);
        let title = Page::parse(&record).root.named("title")[0].children();
        assert!(matches!(&title[..], [Child::Text(title)] if title.ends_with(&*shown)), "{shown}");
    }
}

#[test]
fn pages_are_sound_and_say_the_same_in_both_languages() {
    let archive = archive("report-sound");
    let outlines = ["ja", "en"].map(|lang| {
        archive.report(&["--lang", lang, "--records", "30"]);
        let html = fs::read_to_string(archive.output().join("index.html")).unwrap();
        let page = Page::parse(&html);
        let mut complaints = Complaints::default();
        sound::is_well_formed(&page, &mut complaints);
        let leads = |href: &str| href.starts_with("records/") && archive.output().join(href).is_file();
        sound::is_safe(&page, &html, &leads, &mut complaints);
        assert_eq!(complaints.0, Vec::<String>::new(), "{lang}");
        assert_eq!(page.root.named("html")[0].attribute("lang").as_deref(), Some(lang));
        let keys = page.root.text().split_whitespace().filter(|word| word.starts_with("archive-")).count();
        assert_eq!(keys, 0);
        outline(&page)
    });
    insta::assert_snapshot!("archive-page", outlines.join("\n\n"));
}

#[test]
fn names_of_any_bytes_are_shown_and_do_nothing() {
    let archive = archive("report-names");
    archive.report(&["--lang", "en", "--records", "10000"]);
    let names: Vec<String> =
        archive.page().root.of_class("red").iter().flat_map(|table| table.named("th")).map(|th| th.text()).collect();
    let hostile = r#"/archive/<script>alert("1")</script>&amp;\x0a'two'.pdf"#;
    assert!(names.iter().any(|name| name == hostile), "{names:#?}");
    let shift_jis = r"/archive/2021/退院サマリ.pdf /archive/2021/\x91\xde\x89@\x83T\x83}\x83\x8a.pdf";
    assert!(names.iter().any(|name| name == shift_jis), "{names:#?}");
}

#[test]
fn an_earlier_report_is_replaced_and_nothing_else() {
    let archive = archive("report-replace");
    let records = archive.output().join("records");
    let files = || -> BTreeSet<String> {
        let names = fs::read_dir(&records).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    };
    assert_eq!(archive.report(&["--records", "40"]).code, Some(0));
    let many = files().len();
    fs::write(records.join("notes.html"), "mine").unwrap();
    fs::write(records.join("999999.html"), "mine as well").unwrap();
    assert_eq!(archive.report(&["--records", "5"]).code, Some(0));
    let few = files();
    assert!(many > 40 && few.len() <= 12 && few.contains("notes.html") && few.contains("999999.html"), "{few:?}");
    let index = archive.output().join("index.html");
    fs::write(&index, "<!DOCTYPE html><title>mine</title>").unwrap();
    let refused = archive.report(&[]);
    assert_eq!(refused.code, Some(4), "{}", refused.stderr);
    assert!(refused.stderr.contains("was not written by kenin and is left alone"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(&index).unwrap(), "<!DOCTYPE html><title>mine</title>");
    fs::remove_dir_all(archive.output()).unwrap();
    fs::write(archive.output(), "a file").unwrap();
    let refused = archive.report(&[]);
    assert_eq!((refused.code, fs::read_to_string(archive.output()).unwrap().as_str()), (Some(4), "a file"));
    fs::remove_file(archive.output()).unwrap();
    fs::create_dir_all(archive.output()).unwrap();
    fs::write(&index, "mine").unwrap();
    assert_eq!(archive.report(&[]).code, Some(4));
    assert!(!records.exists());
}

#[test]
fn an_unfinished_run_is_reported_and_said() {
    let archive = Archive::new("report-unfinished");
    archive.batch(&["testdata/pdf/pades-lt.pdf"]);
    archive.report(&["--lang", "en"]);
    let finished = archive.page().root.text();
    assert!(finished.contains("Every signed document is valid") && !finished.contains("--resume"), "{finished}");
    archive.connection().execute("UPDATE run SET state = 'running'", []).unwrap();
    assert_eq!(archive.report(&["--lang", "en"]).code, Some(0));
    let page = archive.page();
    assert_eq!(page.root.named("h1")[0].text(), "No document is invalid, but not everything was verified");
    assert!(page.root.of_class("notice")[0].text().starts_with("The last run was interrupted or is still going on."));
    assert!(page.root.of_class("steps")[0].text().contains("kenin batch with --resume"));
}

#[test]
fn results_without_a_document_have_a_page_too() {
    let archive = Archive::new("report-empty");
    let empty = archive.folder.join("documents");
    fs::create_dir(&empty).unwrap();
    archive.batch(&[empty.to_str().unwrap()]);
    assert_eq!(archive.report(&["--lang", "en"]).code, Some(0));
    assert_eq!(archive.page().root.named("h1")[0].text(), "No document has been verified");
    let mut complaints = Complaints::default();
    sound::is_well_formed(&archive.page(), &mut complaints);
    assert_eq!(complaints.0, Vec::<String>::new());
}

#[test]
fn what_cannot_be_reported_on_is_said() {
    let archive = Archive::new("report-nothing");
    let absent = archive.report(&[]);
    assert_eq!(absent.code, Some(5), "{}", absent.stderr);
    assert!(!archive.output().exists());
    fs::write(archive.results(), "a diary").unwrap();
    assert_eq!(archive.report(&[]).code, Some(4));
    assert!(!archive.output().exists());
    assert_eq!(archive.report(&["--format", "pdf"]).code, Some(4));
}

#[test]
fn conditions_that_differ_are_told_apart() {
    let archive = Archive::new("report-conditions");
    archive.batch(&["testdata/pdf/pades-lt.pdf", "testdata/pdf/pades-b.pdf"]);
    let results = archive.results();
    let again =
        ["batch", "testdata/pdf/pades-b.pdf", "--policy", "signature", "--trust", TRUST, "--time", TIME, "--results"];
    archive::kenin(&[&again[..], &[results.to_str().unwrap()]].concat());
    // The first document is not below the roots of the second run.
    archive.connection().execute("UPDATE document SET gone = NULL", []).unwrap();
    archive.report(&["--lang", "en"]);
    let rows: Vec<String> =
        archive.page().root.of_class("conditions")[0].named("tr").iter().map(Element::text).collect();
    let expected = ["mhlw-6.0 demo", "signature demo"];
    assert_eq!(rows.len(), 3);
    assert!(expected.iter().all(|policy| rows.iter().any(|row| row.starts_with(policy))), "{rows:?}");
}

#[test]
fn the_headline_says_what_is_missing() {
    let archive = Archive::new("report-headline");
    let folder = archive.folder.join("documents");
    fs::create_dir(&folder).unwrap();
    let headline = || {
        archive.batch(&[folder.to_str().unwrap()]);
        archive.report(&["--lang", "en"]);
        archive.page().root.named("h1")[0].text()
    };
    fs::write(folder.join("note.txt"), "nothing").unwrap();
    assert_eq!(headline(), "No document is signed");
    for name in ["a.pdf", "b.pdf"] {
        fs::copy(archive::root().join("testdata/pdf/pades-lt.pdf"), folder.join(name)).unwrap();
    }
    assert_eq!(headline(), "Every signed document is valid");
    fs::remove_file(folder.join("a.pdf")).unwrap();
    assert_eq!(headline(), "No document is invalid, but 1 is not there any more");
    for name in ["b.pdf", "note.txt"] {
        fs::remove_file(folder.join(name)).unwrap();
    }
    assert_eq!(headline(), "None of the 3 documents that were verified before is there any more");
}

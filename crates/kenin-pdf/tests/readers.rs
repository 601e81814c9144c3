//! Updates after a signature that one reader takes for what was signed and another for something else. What was once
//! told as nothing stands above the test.

// Helpers outside the test functions are test code all the same.
#![allow(clippy::unwrap_used)]

// Shared with the other tests of updates.
#[allow(dead_code)]
mod made;

use kenin_facts::LaterRevisions;
use made::{PAGE, Pdf, object_stream, stream, with};

/// What an update is told to be.
#[track_caller]
fn assert_told(pdf: Pdf, later: LaterRevisions, changes: &[&str]) {
    assert_eq!(pdf.told(), (later, changes.iter().map(ToString::to_string).collect()));
}

const CONTENT: &str = "BT /F1 16 Tf 72 760 Td (Dose 10 mg daily) Tj ET";

// What one reader decodes to the content that was signed was something else in the next.
#[test]
fn content_that_is_coded_anew_is_the_same_only_where_every_reader_decodes_it() {
    let digits: String = CONTENT.bytes().map(|byte| format!("{byte:02x}")).collect();
    let told = |entries: &str, data: &str| Pdf::signed(&[]).update(&[(5, &stream(entries, data))]).told();
    let hexadecimal = "/Filter/ASCIIHexDecode";
    assert_eq!(told(hexadecimal, &format!("{digits}>")), (LaterRevisions::ValidationMaterialOnly, vec![]));
    let predictor = format!("{hexadecimal}/DecodeParms<</Predictor 12/Columns {}>>", CONTENT.len());
    for (entries, data) in [
        (&*predictor, format!("00{digits}>")),
        (hexadecimal, format!("{digits}xx>")),
        (hexadecimal, digits.clone()),
        ("/Filter[/ASCIIHexDecode null]", format!("{digits}>")),
        ("/Filter[/ASCIIHexDecode]/DecodeParms<<>>", format!("{digits}>")),
        ("/Filter/FlateDecode/Filter/ASCIIHexDecode", format!("{digits}>")),
        ("/Filter/ASCIIHexDecode/Length -1", format!("{digits}>")),
        ("/F/ASCIIHexDecode", format!("{digits}>")),
    ] {
        let (_, changes) = told(entries, &data);
        assert!(changes.iter().any(|change| change.starts_with("page-content: 5 0")), "{entries} {data} {changes:?}");
    }
}

// A catalog or page was null for kenin and something else for others.
#[test]
fn a_member_that_is_not_one_value_is_doubtful() {
    let told = |page: &str| {
        let (entries, data) = object_stream(&[(3, page)]);
        let update = Pdf::signed_packed(&[(3, PAGE)]);
        update.update_packed(&[(20, &stream(&entries, &data))], 21, (20, &[3])).told()
    };
    assert_eq!(told(PAGE), (LaterRevisions::ValidationMaterialOnly, vec![]));
    for page in [&format!("{PAGE} x"), &format!("{PAGE}]"), &PAGE[..PAGE.len() - 2], "2 0 R", &with(PAGE, "/X 1/Y")] {
        assert_eq!(told(page).0, LaterRevisions::Doubtful, "{page}");
    }
}

// A key without a value hid the key after it, and a reference in place of an object led some readers on.
#[test]
fn an_object_that_readers_take_otherwise_is_doubtful() {
    let keys = format!("{}/Foo>>", PAGE.strip_suffix(">>").unwrap());
    assert_told(Pdf::signed(&[]).update(&[(3, &keys)]), LaterRevisions::Doubtful, &[]);
    let content = PAGE.replace("/Contents 5 0 R", "/Contents 20 0 R");
    assert_told(Pdf::signed(&[]).update(&[(3, &content), (20, "5 0 R")]), LaterRevisions::Doubtful, &[]);
}

// The first /Prev led some readers past the signed revision.
#[test]
fn a_repeated_key_of_a_trailer_is_doubtful() {
    let mut update = Pdf::signed(&[]).update(&[(3, PAGE)]);
    let at = update.bytes.windows(6).rposition(|window| window == b"/Prev ").unwrap();
    update.bytes.splice(at..at, b"/Prev 9".iter().copied());
    assert_told(update, LaterRevisions::Doubtful, &[]);
}

// Readers that look for objects had a cross-reference stream in place of the page.
#[test]
fn a_cross_reference_stream_takes_no_number_that_is_in_use() {
    let told = |number: u32| {
        let mut pdf = Pdf::signed(&[]);
        let text = String::from_utf8_lossy(&pdf.bytes).into_owned();
        let previous = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap();
        let entries = format!("/Type/XRef/W[1 1 1]/Index[25 1]/Size 30/Root 1 0 R/Prev {previous}");
        let (at, table) = (pdf.bytes.len(), stream(&entries, "\0\0\0"));
        pdf.bytes.extend(format!("{number} 0 obj\n{table}\nendobj\nstartxref\n{at}\n%%EOF\n").bytes());
        pdf.told()
    };
    assert_eq!(told(22), (LaterRevisions::ValidationMaterialOnly, vec![]));
    assert_eq!(told(3), (LaterRevisions::Doubtful, vec![]));
}

#[test]
fn what_a_reader_takes_from_behind_a_pdf_is_seen() {
    for behind in ["startxref\n9", "trailer<</Root 9 0 R>>", "\n4 0 obj", "(4\t0obj"] {
        assert!(kenin_pdf::overrides_pdf(behind.as_bytes()), "{behind}");
    }
    for behind in ["", "the object", "0 obj", "4 x obj", "xref"] {
        assert!(!kenin_pdf::overrides_pdf(behind.as_bytes()), "{behind}");
    }
}

use kenin_base::{Budget, Limits, Source};

use super::*;
use crate::document::Document;
use crate::object::Reference;

/// A file with these objects, the first of which is the catalog.
pub(crate) fn file(objects: &[(u32, String)]) -> Vec<u8> {
    append(b"%PDF-1.7\n".to_vec(), objects)
}

/// One more revision with these objects; the catalog is always object 1.
pub(crate) fn append(mut file: Vec<u8>, objects: &[(u32, String)]) -> Vec<u8> {
    let text = String::from_utf8_lossy(&file).into_owned();
    let previous = text.rsplit_once("startxref\n").and_then(|(_, rest)| rest.split('\n').next().map(str::to_owned));
    let previous = previous.map(|offset| format!("/Prev {offset}")).unwrap_or_default();
    let mut table = String::from("xref\n0 1\n0000000000 65535 f \n");
    for (number, body) in objects {
        table.push_str(&format!("{number} 1\n{:010} 00000 n \n", file.len()));
        file.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    let at = file.len();
    file.extend(format!("{table}trailer\n<</Size 99/Root 1 0 R{previous}>>\nstartxref\n{at}\n%%EOF\n").bytes());
    file
}

/// A stream with these entries.
pub(crate) fn stream(entries: &str, data: &str) -> String {
    format!("<<{entries}/Length {}>>stream\n{data}\nendstream", data.len())
}

/// A page whose font F1 has A and B, 5 and 6 units wide at size 10.
fn page_of(content: &str) -> Vec<(u32, String)> {
    let mut objects: Vec<(u32, String)> = [
        (1, "<</Type/Catalog/Pages 2 0 R>>"),
        // The page inherits its resources.
        (2, "<</Type/Pages/Kids[3 0 R]/Count 1/Resources 5 0 R>>"),
        (3, "<</Type/Page/Parent 2 0 R/Contents[4 0 R 12 0 R]>>"),
        (5, "<</Font<</F1 6 0 R/F2 7 0 R/F3 8 0 R/F4 9 0 R/F5 13 0 R>>/XObject<</X 10 0 R/Loop 11 0 R>>>>"),
        (6, "<</Type/Font/Subtype/Type1/BaseFont/Some/FirstChar 65/Widths[500 600]>>"),
        (7, "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</W[1[300] 3 4 700]>>]>>"),
        (8, "<</Type/Font/Subtype/Type0/Encoding/Identity-V/DescendantFonts[<<>>]>>"),
        (9, "<</Type/Font/Subtype/Type3/FontMatrix[0.1 0 0 0.1 0 0]/FontBBox[0 -2 8 8]/FirstChar 65/Widths[6]>>"),
        (13, "<</Type/Font/Subtype/Type0/Encoding/90ms-RKSJ-H>>"),
    ]
    .map(|(number, body)| (number, body.to_owned()))
    .to_vec();
    objects.push((4, stream("", content)));
    objects.push((12, stream("", "ET")));
    let own = "/Type/XObject/Subtype/Form/Matrix[2 0 0 2 50 60]/Resources<</Font<</F1 6 0 R>>>>";
    objects.push((10, stream(own, "BT /F1 10 Tf (A) Tj")));
    objects.push((11, stream("/Subtype/Form", "/Loop Do BT /F1 10 Tf (A) Tj ET /Loop Do")));
    objects
}

fn boxes(objects: &[(u32, String)]) -> Result<Vec<Rect>, ReadError> {
    boxes_within(objects, &Limits::default())
}

fn boxes_within(objects: &[(u32, String)], limits: &Limits) -> Result<Vec<Rect>, ReadError> {
    let (source, budget) = (Source::bytes(file(objects)), Budget::new(limits));
    let document = Document::open(&source, &[], &budget).unwrap();
    let view = document.last_view();
    let page = document.reader.load(&view, Reference { number: 3, generation: 0 }).unwrap().object;
    text_boxes(&document.reader, &view, page.as_dictionary().unwrap())
}

fn shown(boxes: &[Rect]) -> String {
    let rounded = |value: f64| (value * 1000.0).round() / 1000.0;
    let shown = boxes.iter().map(|b| {
        Rect { left: rounded(b.left), bottom: rounded(b.bottom), right: rounded(b.right), top: rounded(b.top) }
            .to_string()
    });
    shown.collect::<Vec<_>>().join(" | ")
}

#[test]
fn text_stands_where_the_operators_put_it() {
    for (what, content, expected) in [
        ("Td, widths", "BT /F1 10 Tf 100 200 Td (AB) Tj", "100 197.5 111 208.5"),
        ("Tm", "BT /F1 1 Tf 10 0 0 10 100 200 Tm (A) Tj", "100 197.5 105 208.5"),
        ("Tm, turned", "BT /F1 10 Tf 0 1 -1 0 100 200 Tm (A) Tj", "91.5 200 102.5 205"),
        (
            "q, cm and Q",
            "q 2 0 0 2 10 20 cm BT /F1 10 Tf (A) Tj ET Q BT /F1 10 Tf (A) Tj",
            "10 15 20 37 | 0 -2.5 5 8.5",
        ),
        ("Q brings the font back", "/F1 10 Tf q /F1 90 Tf Q BT (A) Tj", "0 -2.5 5 8.5"),
        ("Q without q", "Q BT /F1 10 Tf (A) Tj", "0 -2.5 5 8.5"),
        ("strings follow each other", "BT /F1 10 Tf (A) Tj (B) Tj", "0 -2.5 5 8.5 | 5 -2.5 11 8.5"),
        (
            "TL, ' and \"",
            "BT /F1 10 Tf 12 TL 0 100 Td (A) ' 2 1 (A A) \" T* (A) Tj",
            "0 85.5 5 96.5 | 0 73.5 19 84.5 | 0 61.5 5 72.5",
        ),
        ("TD sets the leading", "BT /F1 10 Tf 0 -12 TD (A) Tj T* (A) Tj", "0 -14.5 5 -3.5 | 0 -26.5 5 -15.5"),
        ("Tc, Tw", "BT /F1 10 Tf 1 Tc 3 Tw (A A) Tj", "0 -2.5 20 8.5"),
        ("Tz", "BT /F1 10 Tf 50 Tz (AB) Tj", "0 -2.5 5.5 8.5"),
        ("Ts", "BT /F1 10 Tf 5 Ts (A) Tj", "0 2.5 5 13.5"),
        ("a small gap in TJ", "BT /F1 10 Tf [(A) -1000 (A)] TJ", "0 -2.5 20 8.5"),
        ("a wide gap in TJ", "BT /F1 10 Tf [(A) -5000 (A)] TJ", "0 -2.5 5 8.5 | 55 -2.5 60 8.5"),
        ("blanks to fill in hide nothing", "BT /F1 10 Tf ( A____) Tj (......) Tj", "5 -2.5 10 8.5"),
        ("invisible text", "BT /F1 10 Tf 3 Tr (A) Tj 0 Tr (A) Tj", "5 -2.5 10 8.5"),
        ("no font", "BT (A) Tj /None 10 Tf (A) Tj", ""),
        ("two bytes a code, /W and /DW", "BT /F2 10 Tf <00010002> Tj <00030004> Tj", "0 -2.5 13 8.5 | 13 -2.5 27 8.5"),
        ("another coding", "BT /F5 10 Tf <8140> Tj", "0 -2.5 10 8.5"),
        ("downwards", "BT /F3 10 Tf 100 200 Td <00010002> Tj", "95 180 105 200"),
        ("a font with its own units", "BT /F4 10 Tf (A) Tj", "0 -2 6 8"),
        ("a form", "q 1 0 0 1 100 0 cm /X Do Q", "150 55 160 77"),
        ("what is no form", "/None Do 1 Do Do BT /F1 10 Tf (A) Tj", "0 -2.5 5 8.5"),
        ("an inline image", "BI /W 1 /H 1 ID (((\nEI BT /F1 10 Tf (A) Tj", "0 -2.5 5 8.5"),
        ("until it is malformed", "BT /F1 10 Tf (A) Tj [ foo ] TJ (A) Tj", "0 -2.5 5 8.5"),
        ("a string that never ends", "BT /F1 10 Tf (A) Tj (A Tj", "0 -2.5 5 8.5"),
        ("beyond all numbers", "1e9 0 0 99999999999999999999999 0 0 cm BT /F1 10 Tf (A) Tj", ""),
    ] {
        assert_eq!(shown(&boxes(&page_of(content)).unwrap()), expected, "{what}");
    }
}

/// Sixteen levels deep, where the innermost is reached first on each way.
#[test]
fn a_form_that_shows_itself_ends() {
    let found = boxes(&page_of("/Loop Do")).unwrap();
    assert!((100..=10_000).contains(&found.len()), "{}", found.len());
}

#[test]
fn forms_run_again_and_again_are_counted() {
    let mut objects = page_of("/Loop Do");
    objects.retain(|(number, _)| *number != 11);
    objects.push((11, stream("/Subtype/Form", &format!("/Loop Do {} /Loop Do", " ".repeat(10_000)))));
    let limits = Limits { pdf_decoded_bytes: 1 << 20, ..Limits::default() };
    assert!(matches!(boxes_within(&objects, &limits), Err(ReadError::Limit(_))));
}

#[test]
fn garbage_is_survived() {
    let content = b"q 1 0 0 1 9 9 cm BT /F1 10 Tf [(A) -20 <4142>] TJ T* (B\\051) ' ET /X Do BI /W 1 ID ab EI Q";
    let mut seed = 4u32;
    let mut next = |bound: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        usize::try_from(seed >> 8).unwrap() % bound
    };
    for _ in 0..500 {
        let mut bytes = content.to_vec();
        for _ in 0..=next(6) {
            let at = next(bytes.len());
            bytes[at] = b" ()<>[]{}/%0.-q\"'\\T\x7f"[next(20)];
        }
        let found = boxes(&page_of(&String::from_utf8(bytes).unwrap())).unwrap();
        assert!(found.iter().all(|found| !found.is_flat() && found.left.is_finite() && found.top.is_finite()));
    }
}

#[test]
fn covering_more_than_a_tenth_of_a_text_counts() {
    let rect = |left, bottom, right, top| Rect { left, bottom, right, top };
    let text = [rect(0.0, 0.0, 100.0, 10.0), rect(0.0, 50.0, 100.0, 60.0)];
    for (what, rect, expected) in [
        ("all of it", rect(-5.0, -5.0, 200.0, 200.0), true),
        ("its middle", rect(40.0, 2.0, 55.0, 8.1), false),
        ("a little more than a tenth", rect(40.0, 2.0, 60.0, 7.5), true),
        ("its edge", rect(0.0, 9.5, 100.0, 20.0), false),
        ("between two lines", rect(0.0, 10.0, 100.0, 50.0), false),
        ("the second line", rect(0.0, 48.0, 100.0, 52.0), true),
    ] {
        assert_eq!(over_text(&text, &rect), expected, "{what}");
    }
}

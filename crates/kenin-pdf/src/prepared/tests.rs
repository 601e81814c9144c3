use foldhash::HashSet;
use kenin_base::{Budget, Source};

use super::unreachable::references;
use super::*;
use crate::object::Reference;
use crate::page_text::tests::{append, file, stream};

const PAGE: &str = "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[20 0 R 21 0 R]>>";
const FORM: &str = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]";

/// A page that shows one line of text, at 100 to 150 and 97.5 to 108.5, and these objects.
fn objects(more: &[(u32, String)]) -> Vec<(u32, String)> {
    let mut objects = vec![
        (1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[20 0 R]>>>>".to_owned()),
        (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned()),
        (3, PAGE.to_owned()),
        (4, stream("", "BT /F1 10 Tf 100 100 Td (ten glyphs) Tj ET")),
        (5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned()),
    ];
    objects.extend(more.iter().cloned());
    objects
}

fn found_in(bytes: Vec<u8>) -> Vec<String> {
    let (source, budget) = (Source::bytes(bytes), Budget::default());
    let document = Document::open(&source, &[], &budget).unwrap();
    let view = document.last_view();
    let (mut reached, mut pending) = (HashSet::default(), vec![1]);
    while let Some(number) = pending.pop() {
        if reached.insert(number) {
            let loaded = document.reader.load(&view, Reference { number, generation: 0 }).unwrap();
            references(&loaded.object, &mut pending);
        }
    }
    let findings = prepared(&document, &view, &|number| reached.contains(&number)).unwrap();
    let described = |finding: &Finding| {
        let params: String = finding.params.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        format!("{} {}{params}", finding.code, finding.subject.clone().unwrap_or_default())
    };
    findings.iter().map(described).collect()
}

fn found(more: &[(u32, String)]) -> String {
    found_in(file(&objects(more))).join("; ")
}

#[test]
fn content_that_nothing_shows() {
    let plain = |number: u32, body: &str| (number, body.to_owned());
    let form = |number| (number, stream(FORM, "0 0 9 9 re f"));
    let embedded = "<</Type/Font/Subtype/TrueType/FontDescriptor 8 0 R>>";
    let other_pages = "<</Type/Pages/Kids[8 0 R]/Count 1>>";
    for (what, more, expected) in [
        ("nothing", vec![], ""),
        ("a form", vec![form(7)], "prepared-content 7 0 R kind=form"),
        ("a form that paints nothing", vec![(7, stream(FORM, "/Tx BMC q Q EMC"))], ""),
        ("an image", vec![(7, stream("/Subtype/Image", "x"))], "prepared-content 7 0 R kind=image"),
        ("content", vec![(7, stream("", "BT (a) Tj ET"))], "prepared-content 7 0 R kind=content"),
        ("content that paints nothing", vec![(7, stream("", "q 1 0 0 1 0 0 cm Q"))], ""),
        ("a script", vec![(7, stream("", "var S = this; f (1); event.value = S;"))], ""),
        ("metadata", vec![(7, stream("/Type/Metadata/Subtype/XML", "0 0 9 9 re f"))], ""),
        ("an attached file", vec![(7, stream("/Type/EmbeddedFile", "0 0 9 9 re f"))], ""),
        ("a dictionary and a number", vec![plain(7, "<</Some/Thing>>"), plain(8, "9")], ""),
        ("a font that every reader has", vec![plain(7, "<</Type/Font/Subtype/Type1/BaseFont/Arial>>")], ""),
        (
            "a font with its glyphs",
            vec![plain(7, embedded), plain(8, "<</FontFile2 9 0 R>>"), (9, stream("/Length1 1", "x"))],
            "prepared-content 7 0 R kind=font",
        ),
        (
            "a page with what belongs to it",
            vec![
                plain(7, "<</Type/Page/Parent 2 0 R/Contents 8 0 R/Resources<</XObject<</X 9 0 R>>>>>>"),
                form(8),
                form(9),
            ],
            "prepared-content 7 0 R kind=page",
        ),
        (
            "pages",
            vec![plain(7, other_pages), plain(8, "<</Type/Page/Parent 7 0 R/Contents 4 0 R>>")],
            "prepared-content 7 0 R kind=page-tree",
        ),
        ("a catalog left behind", vec![plain(7, "<</Type/Catalog/Pages 2 0 R>>")], ""),
        (
            "a catalog with other pages",
            vec![plain(9, "<</Type/Catalog/Pages 7 0 R>>"), plain(7, other_pages), plain(8, "<</Type/Page>>")],
            "prepared-content 9 0 R kind=catalog",
        ),
        (
            "forms apart from each other",
            vec![form(9), form(7)],
            "prepared-content 7 0 R kind=form; prepared-content 9 0 R kind=form",
        ),
    ] {
        assert_eq!(found(&more), expected, "{what}");
    }
}

#[test]
fn content_that_was_shown_before_is_history() {
    let signed = objects(&[]);
    let other = (7, stream("", "0 0 9 9 re f"));
    let page = (3, PAGE.replace("4 0 R", "7 0 R"));
    let replaced = append(file(&signed), &[page.clone(), other.clone()]);
    assert_eq!(found_in(replaced.clone()), [""; 0], "object 4 was the page's content");

    // Nothing ever led to object 7 in the first of these, and to its newest definition in the second.
    let unused = "prepared-content 7 0 R kind=content";
    let unreferenced = objects(std::slice::from_ref(&other));
    assert_eq!(found_in(append(file(&unreferenced), &[(8, "<<>>".into())])), [unused]);
    let back = append(replaced, &[(3, PAGE.into()), other]);
    assert_eq!(found_in(back), [unused]);
}

#[test]
fn findings_have_an_end() {
    let many: Vec<(u32, String)> = (30..90).map(|number| (number, stream(FORM, "0 0 9 9 re f"))).collect();
    assert_eq!(found_in(file(&objects(&many))).len(), REPORTED);
}

/// A text field below the text, with this appearance.
fn text_field(entries: &str, appearance: &str) -> Vec<(u32, String)> {
    let widget = "/Type/Annot/Subtype/Widget/Rect[0 0 90 9]/AP<</N 22 0 R>>";
    let resources = "/Resources<</Font<</F1 5 0 R/F2 23 0 R/F3 24 0 R>>>>";
    vec![
        (20, format!("<<{widget}/Parent 25 0 R>>")),
        (22, stream(&format!("{FORM}{resources}"), appearance)),
        (23, "<</Type/Font/Subtype/Type0/Encoding/Identity-H>>".into()),
        (24, "<</Type/Font/Subtype/Type1/Encoding<</Differences[65/one/two/g3]>>>>".into()),
        (25, format!("<</T(sum)/Kids[20 0 R]{entries}>>")),
    ]
}

#[test]
fn text_fields_show_their_value() {
    let differs = "appearance-differs 20 0 R field=sum page=1 rect=0 0 90 9";
    for (what, entries, appearance, expected) in [
        ("the value", "/FT/Tx/V(1,000 yen)", "BT /F1 9 Tf (1,000) Tj 0 5 Td (yen) Tj ET", ""),
        ("another", "/FT/Tx/V(1,000)", "BT /F1 9 Tf (9,000) Tj ET", differs),
        ("more", "/FT/Tx/V(1,000)", "BT /F1 9 Tf [(1,000) -9 (,000)] TJ ET", differs),
        ("a part", "/FT/Tx/V(1,000)", "BT /F1 9 Tf (1) Tj ET", differs),
        ("a part, of several lines", "/FT/Tx/Ff 4096/V(first\\rsecond)", "BT /F1 9 Tf (first) Tj ET", ""),
        ("something, without a value", "/FT/Tx", "BT /F1 9 Tf (1) Tj ET", differs),
        ("nothing", "/FT/Tx/V(1,000)", "/Tx BMC EMC", ""),
        ("UTF-16", "/FT/Tx/V<FEFF00310030>", "BT /F1 9 Tf (10) Tj ET", ""),
        ("beyond ASCII", "/FT/Tx/V<FEFF533B5E2B>", "BT /F1 9 Tf (??) Tj ET", ""),
        ("a password", "/FT/Tx/Ff 8192/V(secret)", "BT /F1 9 Tf (****) Tj ET", ""),
        ("a format", "/FT/Tx/V(1000)/AA<</F<</S/JavaScript>>>>", "BT /F1 9 Tf (1,000) Tj ET", ""),
        ("a composite font", "/FT/Tx/V(1,000)", "BT /F2 9 Tf (9,000) Tj ET", ""),
        ("a font of its own", "/FT/Tx/V(12)", "BT /F3 9 Tf (AB) Tj ET", ""),
        ("a font that swaps", "/FT/Tx/V(AB)", "BT /F3 9 Tf (AB) Tj ET", differs),
        ("a glyph of no known name", "/FT/Tx/V(AB)", "BT /F3 9 Tf (ABC) Tj ET", ""),
        ("invisible text", "/FT/Tx/V(1)", "BT /F1 9 Tf 3 Tr (9) Tj ET", ""),
        ("a choice", "/FT/Ch/Ff 131072/Opt[[(a)(Alpha)][(b)(Beta)]]/V(a)", "BT /F1 9 Tf (Alpha) Tj ET", ""),
        ("another choice", "/FT/Ch/Ff 131072/Opt[[(a)(Alpha)][(b)(Beta)]]/V(a)", "BT /F1 9 Tf (Beta) Tj ET", differs),
        ("a list", "/FT/Ch/Opt[(a)(b)]/V(a)", "BT /F1 9 Tf (a) Tj (b) Tj ET", ""),
        ("a push button", "/FT/Btn/Ff 65536", "BT /F1 9 Tf (Send) Tj ET", ""),
        ("a signature", "/FT/Sig", "BT /F1 9 Tf (Signed) Tj ET", ""),
    ] {
        assert_eq!(found(&text_field(entries, appearance)), expected, "{what}");
    }
    let mut hidden = text_field("/FT/Tx/V(1)", "BT /F1 9 Tf (9) Tj ET");
    hidden[0].1 = hidden[0].1.replace("/Parent", "/F 2/Parent");
    assert_eq!(found(&hidden), "");
}

#[test]
fn buttons_show_their_value() {
    let differs = "appearance-differs 20 0 R field=paid page=1 rect=0 0 9 9";
    for (what, entries, expected) in [
        ("on", "/V/Yes/AS/Yes", ""),
        ("off", "/V/Off/AS/Off", ""),
        ("off, without a value", "/AS/Off", ""),
        ("on, without a value", "/AS/Yes", differs),
        ("on, and its value is off", "/V/Off/AS/Yes", differs),
        ("off, and its value is on", "/V/Yes/AS/Off", differs),
        ("a state without an appearance", "/V/Other/AS/Other", differs),
        ("a radio button that another one answers", "/Ff 32768/V/Yes/AS/Off", ""),
        ("a radio button on beside the value", "/Ff 32768/V/Other/AS/Yes", differs),
        ("no state", "/V/Yes", ""),
    ] {
        let widget = "/Subtype/Widget/FT/Btn/T(paid)/Rect[0 0 9 9]/AP<</N<</Yes 22 0 R>>>>";
        let more = [(20, format!("<<{widget}{entries}>>")), (22, stream(FORM, "0 0 9 9 re f"))];
        assert_eq!(found(&more), expected, "{what}");
    }
}

#[test]
fn fields_and_annotations_over_text() {
    let (over, beside) = ("/Rect[120 110 140 95]", "/Rect[120 50 140 60]");
    let text = "/Subtype/Widget/FT/Tx/T(a)";
    let field = "field-over-text 20 0 R field=a page=1 rect=120 95 140 110";
    for (what, entries, appearance, expected) in [
        ("a field", format!("{text}{over}"), "0 0 9 9 re f", field.to_owned()),
        ("a field beside", format!("{text}{beside}"), "0 0 9 9 re f", String::new()),
        ("a field that shows nothing", format!("{text}{over}"), "/Tx BMC EMC", String::new()),
        ("a field that nobody may fill in", format!("{text}{over}/Ff 1"), "0 0 9 9 re f", String::new()),
        ("a hidden field", format!("{text}{over}/F 2"), "0 0 9 9 re f", String::new()),
        ("a field in no view", format!("{text}{over}/F 32"), "0 0 9 9 re f", String::new()),
        ("a signature", format!("/Subtype/Widget/FT/Sig{over}"), "0 0 9 9 re f", String::new()),
        ("a push button", format!("/Subtype/Widget/FT/Btn/Ff 65536{over}"), "0 0 9 9 re f", String::new()),
        ("a stamp", format!("/Subtype/Stamp{over}"), "0 0 9 9 re f", field.replace("field=a", "annotation=Stamp")),
        ("a link", format!("/Subtype/Link{over}"), "0 0 9 9 re f", String::new()),
        ("no place", "/Subtype/Stamp/Rect[1 2 3]".to_owned(), "0 0 9 9 re f", String::new()),
    ] {
        let more = [(20, format!("<<{entries}/AP<</N 22 0 R>>>>")), (22, stream(FORM, appearance))];
        assert_eq!(found(&more), expected, "{what}");
    }
}

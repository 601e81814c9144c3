//! The box of the page that a change shows on, and how the page is turned.

// Helpers outside the test functions are test code all the same.
#![allow(clippy::unwrap_used, clippy::panic)]

// Shared with the other tests of updates.
#[allow(dead_code)]
mod made;

use kenin_base::{Budget, Limits, Source};
use kenin_cms::Observer;
use kenin_facts::{LaterRevisions, Modification, ModificationRule};
use kenin_pdf::{PdfOptions, observe};
use kenin_x509::CertificateCache;
use made::{Objects, Pdf, listing};

const STAMP: &str = "<</Type/Annot/Subtype/Stamp/Rect[100 100 200 200]>>";

/// Page 3 of the tree 2, with these entries.
fn page(entries: &str) -> String {
    format!("<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>{entries}/Annots[6 0 R]>>")
}

fn tree(entries: &str) -> String {
    format!("<</Type/Pages/Count 1/Kids[3 0 R]{entries}>>")
}

/// The box and the rotation of a change's page.
fn shown(made: &Modification) -> String {
    let rotation = made.page_rotate.degrees();
    match made.page_box {
        Some(shown) if rotation == 0 => shown.to_string(),
        Some(shown) => format!("{shown}, turned by {rotation}"),
        None => {
            assert_eq!(rotation, 0);
            "none".to_owned()
        }
    }
}

/// What is told of the page on which an update adds a stamp.
fn stamped(pdf: Pdf) -> String {
    let (_, modifications) = pdf.modifications();
    let added = modifications.iter().find(|made| made.rule == ModificationRule::AnnotationAdded).unwrap();
    assert!(added.page == Some(1) && added.rect.is_some(), "{added:?}");
    shown(added)
}

#[test]
fn the_visible_box_is_the_crop_box_within_the_media_box_inherited_or_own() {
    let (nines, huge) = ("9".repeat(400), format!("17{}", "0".repeat(307)));
    let infinite = format!("/MediaBox[0 0 {nines} 842]");
    let too_wide = format!("/MediaBox[-{huge} 0 {huge} 842]");
    let a4 = "/MediaBox[0 0 595 842]";
    let and_a4 = |entries: &str| format!("{a4}{entries}");
    // What it is, the entries of the page, those of the tree, and what is told.
    let cases: &[(&str, &str, &str, &str)] = &[
        ("own medium", a4, "", "0 0 595 842"),
        ("inherited medium", "", "/MediaBox[0 0 420 595]", "0 0 420 595"),
        ("own before inherited", a4, "/MediaBox[0 0 420 595]", "0 0 595 842"),
        ("null inherits", "/MediaBox null", "/MediaBox[0 0 420 595]", "0 0 420 595"),
        ("fractions", "/MediaBox[0 0 595.276 841.89]", "", "0 0 595.276 841.89"),
        ("indirect", "/MediaBox 21 0 R", "", "0 0 300 400"),
        ("indirect numbers", "/MediaBox[0 0 22 0 R 842]", "", "0 0 300 842"),
        ("origin elsewhere", "/MediaBox[-100 -200 495 642]", "", "-100 -200 495 642"),
        ("flipped", "/MediaBox[595 842 0 0]", "", "0 0 595 842"),
        ("half flipped", "/MediaBox[595 0 -5 842]", "", "-5 0 595 842"),
        ("last of repeated keys", "/MediaBox[0 0 1 1]/MediaBox[0 0 595 842]", "", "0 0 595 842"),
        ("crop", &and_a4("/CropBox[10 20 300 400]"), "", "10 20 300 400"),
        ("inherited crop", a4, "/CropBox[10 20 300 400]", "10 20 300 400"),
        ("flipped crop", &and_a4("/CropBox[300 400 10 20]"), "", "10 20 300 400"),
        ("clipped crop", &and_a4("/CropBox[-100 -100 700 800]"), "", "0 0 595 800"),
        ("crop outside", &and_a4("/CropBox[600 0 700 800]"), "", "0 0 595 842"),
        ("crop without area", &and_a4("/CropBox[10 20 10 400]"), "", "0 0 595 842"),
        ("crop of no numbers", &and_a4("/CropBox[10 20 /X 400]"), "", "0 0 595 842"),
        ("crop of another kind", &and_a4("/CropBox(10 20 300 400)"), "", "0 0 595 842"),
        ("odd crop is not inherited over", &and_a4("/CropBox[1]"), "/CropBox[10 20 300 400]", "0 0 595 842"),
        ("crop alone", "/CropBox[10 20 300 400]", "", "none"),
        ("nothing", "", "", "none"),
        ("three numbers", "/MediaBox[0 0 595]", "", "none"),
        ("five numbers", "/MediaBox[0 0 595 842 1]", "", "none"),
        ("no numbers", "/MediaBox[0 0 (595) 842]", "", "none"),
        ("another kind", "/MediaBox/A4", "", "none"),
        ("odd medium is not inherited over", "/MediaBox/A4", a4, "none"),
        ("without area", "/MediaBox[0 0 595 0]", "", "none"),
        ("not finite", &infinite, "", "none"),
        ("too wide", &too_wide, "", "none"),
        ("turned", &and_a4("/Rotate 90"), "", "0 0 595 842, turned by 90"),
        ("inherited turn", a4, "/Rotate -90", "0 0 595 842, turned by 270"),
        ("more than a turn", &and_a4("/Rotate 540"), "", "0 0 595 842, turned by 180"),
        ("with a fraction of none", &and_a4("/Rotate 90.0"), "", "0 0 595 842, turned by 90"),
        ("no quarter", &and_a4("/Rotate 45"), "", "0 0 595 842"),
        ("no number", &and_a4("/Rotate/X"), "", "0 0 595 842"),
        ("not turned back", &and_a4("/Rotate 0"), "/Rotate 90", "0 0 595 842"),
        ("turned without a box", "/Rotate 90", "", "none"),
        ("parents in a circle", a4, "/Parent 2 0 R", "0 0 595 842"),
    ];
    let numbers: Objects<'_> = &[(21, "[0 0 300 400]"), (22, "300")];
    let mut wrong = Vec::new();
    for (what, own, inherited, expected) in cases {
        let (page, tree) = (page(own), tree(inherited));
        let objects = [&[(2, &*tree), (3, &*page)], numbers].concat();
        let told = stamped(Pdf::signed(&objects).update(&[(3, &listing(&page, "20 0 R")), (20, STAMP)]));
        if told != *expected {
            wrong.push(format!("{what}: {told}, and not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_box_is_that_of_the_revision_that_makes_the_change() {
    let sized = |entries: &str| listing(&page(entries), "20 0 R");
    let pdf = Pdf::signed(&[(3, &page("/MediaBox[0 0 595 842]"))])
        .update(&[(3, &sized("/MediaBox[0 0 595 842]")), (20, STAMP)])
        .update(&[(3, &sized("/MediaBox[0 0 400 400]/Rotate 90"))])
        .update(&[(20, &STAMP.replace("200]", "300]"))])
        // The page is there no more, only its annotation.
        .update(&[(3, "null"), (20, STAMP)]);
    let (_, modifications) = pdf.modifications();
    let told: Vec<String> = modifications
        .iter()
        .map(|made| format!("{}: {}, page {:?}: {}", made.revision, made.rule, made.page, shown(made)))
        .collect();
    assert_eq!(
        told,
        [
            "2: annotation-added, page Some(1): 0 0 595 842",
            "3: page-attributes, page Some(1): 0 0 400 400, turned by 90",
            "3: page-attributes, page Some(1): 0 0 400 400, turned by 90",
            "4: annotation-changed, page Some(1): 0 0 400 400, turned by 90",
            "5: page-tree, page Some(1): none",
            "5: annotation-changed, page Some(1): none",
        ]
    );
}

/// An update that puts a chain of so many nodes above the page; the uppermost has the entries.
fn below(nodes: u32, own: &str, uppermost: &str) -> Pdf {
    let first = 100;
    let last = first + nodes - 1;
    let stamped = listing(&page(own).replace("/Parent 2 0 R", &format!("/Parent {first} 0 R")), "20 0 R");
    let chain: Vec<(u32, String)> = (first..last)
        .map(|number| (number, format!("<</Type/Pages/Parent {} 0 R>>", number + 1)))
        .chain([(last, format!("<</Type/Pages{uppermost}>>"))])
        .collect();
    let objects: Vec<(u32, &str)> =
        [(3, &*stamped), (20, STAMP)].into_iter().chain(chain.iter().map(|(n, body)| (*n, &**body))).collect();
    Pdf::signed(&[(3, &page("/MediaBox[0 0 595 842]"))]).update_of_size(&objects, last + 1)
}

#[test]
fn a_tree_that_goes_on_without_end_gives_no_box() {
    let a5 = "/MediaBox[0 0 420 595]";
    let complete = "/MediaBox[0 0 595 842]/CropBox[10 20 300 400]/Rotate 90";
    assert_eq!(stamped(below(60, "", a5)), "0 0 420 595");
    assert_eq!(stamped(below(70, "", a5)), "none");
    // Nobody can say whether a node above crops it.
    assert_eq!(stamped(below(70, a5, "")), "none");
    assert_eq!(stamped(below(1_000, complete, "")), "10 20 300 400, turned by 90");
    assert_eq!(stamped(below(400_000, a5, "")), "none");
}

#[test]
fn the_search_for_a_box_spends_from_the_budget() {
    let page = page("");
    let tree = tree("/MediaBox[0 0 420 595]");
    let pdf = Pdf::signed(&[(2, &tree), (3, &page)]).update(&[(3, &listing(&page, "20 0 R")), (20, STAMP)]);
    let observed = |pdf_comparisons| {
        let budget = Budget::new(&Limits { pdf_comparisons, ..Limits::default() });
        let cache = CertificateCache::new();
        let source = Source::bytes(pdf.bytes.clone());
        let facts = observe(&source, &PdfOptions::default(), Observer::new(&budget, &cache)).unwrap();
        (facts.signatures.first().and_then(|signature| signature.pdf.clone()), budget)
    };
    let (_, budget) = observed(Limits::default().pdf_comparisons);
    let spent = budget.spent(kenin_base::Resource::PdfComparisons);
    let (enough, _) = observed(spent);
    assert_eq!(enough.unwrap().later_revisions, LaterRevisions::Analysed);
    let (_, reached) = observed(spent - 1);
    assert!(reached.reached().is_some());
}

#[test]
fn changes_of_the_test_data_are_placed() {
    // The file, the kind of change, the revision that makes it, the page, and what is told of it.
    let cases = [
        ("a4-page-replaced", "page-content", 3, Some(1), "0 0 595 842"),
        ("a9-stamp-p3", "annotation-added", 3, Some(1), "0 0 595 842"),
        ("growth-text-field-after-p2", "form-field-value", 3, Some(1), "0 0 595 842"),
        ("growth-metadata", "metadata", 3, None, "none"),
        ("pades-lt", "security-store", 3, None, "none"),
        ("page-media-box", "page-attributes", 3, Some(1), "0 0 595 750"),
        ("page-rotate", "page-attributes", 3, Some(1), "0 0 595 842, turned by 180"),
        ("page-tree-attribute", "page-tree", 3, None, "none"),
    ];
    let mut wrong = Vec::new();
    for (file, rule, revision, page, expected) in cases {
        let path = format!("{}/../../testdata/pdf/{file}.pdf", env!("CARGO_MANIFEST_DIR"));
        let (budget, cache) = (Budget::default(), CertificateCache::new());
        let observer = Observer::new(&budget, &cache);
        let facts = observe(&Source::open(&path).unwrap(), &PdfOptions::default(), observer).unwrap();
        let placed = facts.signatures.iter().find_map(|signature| signature.pdf.clone()).unwrap();
        let told: Vec<_> = placed
            .modifications
            .iter()
            .map(|made| (made.rule.as_str(), made.revision, made.page, shown(made)))
            .collect();
        if !told.contains(&(rule, revision, page, expected.to_owned())) {
            wrong.push(format!("{file}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

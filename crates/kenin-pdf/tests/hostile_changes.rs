//! Updates after a signature that play on objects of two parts, on what is inherited and on where readers disagree.
//! Where one was once told as less than it is, what an attacker gained stands above the test.

mod made;

use kenin_facts::LaterRevisions;
use made::{CATALOG, Objects, PAGE, Pdf, cover, line, listing, object_stream, stream, with};

/// The changes of an update that can be relied upon and does more than preserve the document.
#[track_caller]
fn assert_analysed(pdf: Pdf, changes: &[&str]) {
    assert_told(pdf, LaterRevisions::Analysed, changes);
}

#[track_caller]
fn assert_told(pdf: Pdf, later: LaterRevisions, changes: &[&str]) {
    assert_eq!(pdf.told(), (later, changes.iter().map(ToString::to_string).collect()));
}

// Another page was shown, and the update passed for one that only preserves.
#[test]
fn an_object_stream_that_is_redefined_redefines_the_page_in_it() {
    let update = |page: &str| {
        let (entries, data) = object_stream(&[(3, page)]);
        let content = line("Dose 900 mg");
        let objects: Objects<'_> = &[(10, &stream(&entries, &data)), (20, &content)];
        Pdf::signed_packed(&[(3, PAGE)]).update_packed(objects, 12, (10, &[]))
    };
    let changed = PAGE.replace("/Contents 5 0 R", "/Contents 20 0 R").replace("842", "400");
    let changes = ["page-content: 3 0 /Contents, page 1", "page-attributes: 3 0 /MediaBox [3], page 1"];
    assert_told(update(&changed), LaterRevisions::Doubtful, &changes);
}

// `/DSS Do` drew the new "security store" over the page, even after a certification that permits nothing.
#[test]
fn a_catalog_that_is_a_resource_of_a_page_is_held_against_both() {
    let page = with_x_object("1 0 R");
    let content = stream("", "BT /F1 16 Tf 72 760 Td (Dose 10 mg daily) Tj ET /DSS Do");
    let signed = Pdf::signed(&[(3, &page), (5, &content)]);
    let update = signed.update(&[(1, &with(CATALOG, "/DSS 20 0 R")), (20, &cover())]);
    assert_analysed(update, &["security-store: 1 0 /DSS, page 1", "page-resources: 1 0 /DSS, page 1"]);
}

// `/Metadata Do` drew the new "metadata" over the page.
#[test]
fn a_page_that_is_a_resource_of_itself_is_held_against_both() {
    let page = with_x_object("3 0 R");
    let content = stream("", "BT /F1 16 Tf 72 760 Td (Dose 10 mg daily) Tj ET /Metadata Do");
    let signed = Pdf::signed(&[(3, &page), (5, &content)]);
    let update = signed.update(&[(3, &with(&page, "/Metadata 20 0 R")), (20, &cover())]);
    assert_analysed(update, &["catalog: 3 0 /Metadata, page 1", "page-resources: 3 0 /Metadata, page 1"]);
}

fn with_x_object(reference: &str) -> String {
    PAGE.replace("/Resources<<", &format!("/Resources<</XObject {reference}"))
}

// A locked field showed another value, told as one of the field beside it that is not locked.
#[test]
fn an_appearance_that_two_fields_share_is_no_filling_in_of_one() {
    let field = |name: &str, bottom: u32| {
        let rect = format!("[72 {bottom} 372 {}]", bottom + 22);
        format!("<</Type/Annot/Subtype/Widget/FT/Tx/T({name})/V(10 mg)/P 3 0 R/Rect{rect}/F 4/AP<</N 9 0 R>>>>")
    };
    let appearance = |text: &str| {
        let entries = "/Type/XObject/Subtype/Form/BBox[0 0 300 22]/Resources<</Font<</F1 4 0 R>>>>";
        stream(entries, &format!("/Tx BMC BT /F1 12 Tf 2 5 Td ({text}) Tj ET EMC"))
    };
    // One of the two is named.
    for (order, named, bottom) in [("8 0 R 10 0 R", "Other", 500), ("10 0 R 8 0 R", "Dose", 600)] {
        let signed = Pdf::signed(&[
            (1, &listing(CATALOG, order)),
            (3, &listing(PAGE, order)),
            (8, &field("Dose", 600)),
            (9, &appearance("10 mg")),
            (10, &field("Other", 500)),
        ]);
        let changed = signed.update(&[(9, &appearance("900 mg"))]);
        let place = format!("page 1, at 72 {bottom} 372 {}", bottom + 22);
        assert_analysed(changed, &[&format!("form-field-changed: 9 0, field {named}, {place}")]);
    }
}

// White text and appearances to be made anew: a locked field was blank, told as the form's resources.
#[test]
fn what_fields_inherit_from_the_form_is_no_resource() {
    let form = |entries: &str| CATALOG.replace("/SigFlags", &format!("{entries}/SigFlags"));
    let signed = Pdf::signed(&[(1, &form("/DA(/F1 12 Tf 0 g)"))]);
    let changed = signed.update(&[(1, &form("/NeedAppearances true/DA(/F1 12 Tf 1 g)/Q 2"))]);
    let changes = ["form-defaults: 1 0 /DA", "form-defaults: 1 0 /NeedAppearances", "form-defaults: 1 0 /Q"];
    assert_analysed(changed, &changes);
}

/// An update that adds a signature field as object 20, listed on the page.
fn new_field(signed: Pdf, field: &str, more: Objects<'_>) -> Pdf {
    let (catalog, page) = (listing(CATALOG, "20 0 R"), listing(PAGE, "20 0 R"));
    let field = with(field, "/Type/Annot/Subtype/Widget/FT/Sig/T(S2)");
    let objects: Vec<(u32, &str)> =
        [(1, &*catalog), (3, &*page), (20, &*field)].into_iter().chain(more.iter().copied()).collect();
    signed.update(&objects)
}

// A print-out showed what the signer had not signed, even after a certification that permits nothing.
#[test]
fn a_field_that_only_a_print_out_shows_is_visible() {
    let field =
        |flags: &str| new_field(Pdf::signed(&[]), &format!("<</P 3 0 R/Rect[300 100 400 150]/F {flags}>>"), &[]);
    let hidden = "hidden-signature-field: 20 0, field S2, page 1";
    assert_told(field("32"), LaterRevisions::ValidationMaterialOnly, &[hidden]);
    assert_told(field("38"), LaterRevisions::ValidationMaterialOnly, &[hidden]);
    assert_analysed(field("36"), &["signature-field: 20 0, field S2, page 1, at 300 100 400 150"]);
}

// The second widget covered text unnoticed.
#[test]
fn each_widget_of_a_new_field_is_told() {
    let widget = |rect: &str| format!("<</Type/Annot/Subtype/Widget/Parent 20 0 R/P 3 0 R/Rect{rect}/F 4>>");
    let update = Pdf::signed(&[]).update(&[
        (1, &listing(CATALOG, "20 0 R")),
        (3, &listing(PAGE, "22 0 R 23 0 R")),
        (20, "<</FT/Sig/T(S2)/Kids[22 0 R 23 0 R]>>"),
        (22, &widget("[1 1 2 2]")),
        (23, &widget("[60 720 460 820]")),
    ]);
    let changes = [
        "signature-field: 22 0, field S2, page 1, at 1 1 2 2",
        "signature-field: 23 0, field S2, page 1, at 60 720 460 820, over text",
    ];
    assert_analysed(update, &changes);
}

// Text was covered unnoticed, for want of text in that place of the page that /P names.
#[test]
fn the_page_that_lists_a_widget_shows_it_whatever_the_widget_says() {
    let pages = "<</Type/Pages/Count 2/Kids[3 0 R 8 0 R]>>";
    let signed = Pdf::signed(&[(2, pages), (8, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")]);
    let update = new_field(signed, "<</P 8 0 R/Rect[60 720 460 820]/F 4>>", &[]);
    assert_analysed(update, &["signature-field: 20 0, field S2, page 1, at 60 720 460 820, over text"]);
}

// Text was covered unnoticed, by a rectangle that counted as none.
#[test]
fn a_rectangle_that_readers_may_take_for_another_lies_over_text() {
    let field = |rect: &str| new_field(Pdf::signed(&[]), &format!("<</P 3 0 R/Rect{rect}/F 4>>"), &[]);
    let huge = "signature-field: 20 0, field S2, page 1, at -3000000000 0 595 842, over text";
    assert_analysed(field("[-3000000000 0 595 842]"), &[huge]);
    for rect in ["[60 720 460 820 0]", "[300 100 400]", "[300 100 400 /X]", "(300)"] {
        assert_analysed(field(rect), &["signature-field: 20 0, field S2, page 1, over text"]);
    }
}

// Fields of one name are one field: readers may show the signature in both places.
#[test]
fn a_new_field_with_the_name_of_a_signed_one_changes_the_signature() {
    let field = |rect: &str, flags: &str| {
        let field = format!("<</Type/Annot/Subtype/Widget/FT/Sig/T(S1)/P 3 0 R/Rect{rect}/F {flags}>>");
        Pdf::signed(&[]).update(&[(1, &listing(CATALOG, "20 0 R")), (3, &listing(PAGE, "20 0 R")), (20, &field)])
    };
    let hidden = "signature-changed: 20 0, field S1, page 1";
    assert_analysed(field("[0 0 0 0]", "132"), &[hidden, "annotation-added: 20 0 /Widget, page 1"]);
    let shown = "signature-changed: 20 0, field S1, page 1, at 300 100 400 150";
    let widget = "annotation-added: 20 0 /Widget, page 1, at 300 100 400 150";
    assert_analysed(field("[300 100 400 150]", "4"), &[shown, widget]);
}

// A widget that the page alone lists, below a field that was signed.
#[test]
fn a_widget_that_names_a_signed_field_as_its_own_is_an_annotation() {
    let widget = "<</Type/Annot/Subtype/Widget/Parent 6 0 R/P 3 0 R/Rect[60 720 460 820]/F 4>>";
    let update = Pdf::signed(&[]).update(&[(3, &listing(PAGE, "20 0 R")), (20, widget)]);
    assert_analysed(update, &["annotation-added: 20 0 /Widget, page 1, at 60 720 460 820, over text"]);
}

// An image that nobody had signed for stood on the page, told as a field to be signed.
#[test]
fn an_appearance_without_a_signature_is_noticed() {
    let field = |entries: &str, more: Objects<'_>| {
        new_field(Pdf::signed(&[]), &format!("<</P 3 0 R/Rect[300 100 400 150]/F 4{entries}>>"), more)
    };
    assert_analysed(field("", &[]), &["signature-field: 20 0, field S2, page 1, at 300 100 400 150"]);
    let over_text = "signature-field: 20 0, field S2, page 1, at 300 100 400 150, over text";
    assert_analysed(field("/AP<</N 21 0 R>>", &[(21, &cover())]), &[over_text]);
}

// A script that runs when the document is opened, told as growth of the logical structure.
#[test]
fn a_name_tree_in_the_structure_tree_is_held_against_both() {
    let catalog = with(CATALOG, "/Names<</JavaScript 8 0 R>>/StructTreeRoot 9 0 R");
    let signed = Pdf::signed(&[
        (1, &catalog),
        (8, "<</Kids[10 0 R]>>"),
        (9, "<</Type/StructTreeRoot/ParentTree 8 0 R>>"),
        (10, "<</Names[]>>"),
    ]);
    let update = signed.update(&[
        (8, "<</Kids[10 0 R 20 0 R]>>"),
        (20, "<</Limits[(a)(a)]/Names[(a)21 0 R]>>"),
        (21, "<</S/JavaScript/JS(app.alert\\(1\\))>>"),
    ]);
    assert_analysed(update, &["names: 8 0 /Kids", "structure-growth: 8 0 /Kids"]);
}

// Other content, as an object that nothing seemed to lead to.
#[test]
fn an_object_that_is_a_reference_leads_on() {
    let signed = Pdf::signed(&[(3, &PAGE.replace("/Contents 5", "/Contents 8")), (8, "5 0 R")]);
    assert_analysed(signed.update(&[(5, &line("Dose 900 mg"))]), &["page-content: 5 0, page 1"]);
}

// Other content in readers that take the first of two entries.
#[test]
fn each_value_of_a_repeated_key_counts() {
    let page = |first: &str| PAGE.replace("/Contents 5 0 R", &format!("/Contents {first} 0 R/Contents 8 0 R"));
    let signed = || Pdf::signed(&[(3, &page("5")), (8, &line("Dose 10 mg daily."))]);
    let changed = signed().update(&[(3, &page("20")), (20, &line("Dose 900 mg"))]);
    assert_analysed(changed, &["page-content: 3 0 /Contents, page 1"]);
    assert_told(signed().update(&[(3, &page("5"))]), LaterRevisions::ValidationMaterialOnly, &[]);
}

// A part of the content was missing in readers that go by /Size.
#[test]
fn an_update_of_smaller_size_is_doubtful() {
    let signed = || Pdf::signed(&[(3, &PAGE.replace("/Contents 5 0 R", "/Contents[5 0 R 8 0 R]")), (8, &line("Also"))]);
    let unused = ["unused-object: 20 0"];
    assert_told(signed().update_of_size(&[(20, "1")], 30), LaterRevisions::ValidationMaterialOnly, &unused);
    assert_told(signed().update_of_size(&[(20, "1")], 8), LaterRevisions::Doubtful, &unused);
}

// Work that grew with the square of the number of objects, in a file of some kilobytes.
#[test]
fn many_objects_of_one_object_stream_are_told() {
    let members: Vec<(u32, &str)> = (100..20_100).map(|number| (number, "1")).collect();
    let (later, modifications) = Pdf::signed(&[]).update_compressed(50, &members, 51).modifications();
    assert_eq!(later, LaterRevisions::ValidationMaterialOnly);
    assert_eq!(modifications.len(), 1000);
    assert!(modifications.iter().all(|made| made.rule.as_str() == "unused-object"));
}

// A program to be started when the document is opened, told as a field that is filled in.
#[test]
fn an_action_that_is_a_field_too_is_not_filled_in() {
    let catalog = with(&listing(CATALOG, "8 0 R"), "/OpenAction 8 0 R");
    let field = |file: &str| format!("<</FT/Tx/T(Dose)/S/Launch/F {file}>>");
    let signed = Pdf::signed(&[(1, &catalog), (8, &field("4"))]);
    assert_analysed(signed.update(&[(8, &field("(calc.exe)"))]), &["form-field-changed: 8 0 /F, field Dose"]);
}

#[test]
fn content_that_is_listed_as_a_field_is_content() {
    let signed = Pdf::signed(&[(1, &listing(CATALOG, "5 0 R"))]);
    let changes = ["form-field-changed: 5 0, page 1", "page-content: 5 0, page 1"];
    assert_analysed(signed.update(&[(5, &line("Dose 900 mg"))]), &changes);
    // What is missing in the signed revision may become either.
    let signed = Pdf::signed(&[
        (1, &listing(CATALOG, "8 0 R")),
        (3, &PAGE.replace("/Contents 5 0 R", "/Contents[5 0 R 8 0 R]")),
    ]);
    let changes = ["form-field-added: 8 0, page 1", "page-content: 8 0, page 1"];
    assert_analysed(signed.update(&[(8, &line("Dose 900 mg"))]), &changes);
}

// A page turned over, told as an annotation that changed.
#[test]
fn a_rotation_that_is_listed_as_an_annotation_is_an_attribute() {
    let page = with(&listing(PAGE, "8 0 R"), "/Rotate 8 0 R");
    let signed = Pdf::signed(&[(3, &page), (8, "0")]);
    let changes = ["page-attributes: 8 0, page 1", "annotation-changed: 8 0, page 1"];
    assert_analysed(signed.update(&[(8, "90")]), &changes);
}

#[test]
fn an_array_of_contents_and_annotations_is_content() {
    let page = PAGE.replace("/Contents 5 0 R", "/Contents 8 0 R").replace("/Annots[6 0 R]", "/Annots 8 0 R");
    let signed = Pdf::signed(&[(3, &page), (8, "[5 0 R]")]);
    let update = signed.update(&[(8, "[5 0 R 20 0 R]"), (20, &line("Dose 900 mg"))]);
    assert_analysed(update, &["annotation-added: 20 0, page 1", "page-content: 8 0, page 1"]);
}

// A script of the document, told as a hidden field that preserves it: the kid is a stream, which no widget is.
#[test]
fn a_kid_that_is_no_dictionary_makes_no_signature_field() {
    let leaf = stream("/Limits[(a)(a)]/Names[(a) 23 0 R]", "");
    let catalog = with(&listing(CATALOG, "8 0 R"), "/Names<</JavaScript 8 0 R>>");
    let signed = Pdf::signed(&[(1, &catalog), (8, "<</FT/Sig/T(x)/Kids[]>>")]);
    let update = signed.update(&[
        (8, "<</FT/Sig/T(x)/Kids[20 0 R]>>"),
        (20, "<</FT/Sig/T(S2)/Parent 8 0 R/Kids[22 0 R]>>"),
        (22, &leaf),
        (23, "<</S/JavaScript/JS(x)>>"),
    ]);
    let (later, changes) = update.told();
    assert_eq!(later, LaterRevisions::Analysed);
    assert!(changes.iter().any(|change| change.starts_with("form-field-added: 20 0")), "{changes:?}");
    assert!(changes.iter().any(|change| change.starts_with("names: 8 0")), "{changes:?}");
}

// Content passed as an annotation, which P 3 permits.
#[test]
fn what_is_also_listed_as_an_annotation_keeps_its_other_part() {
    let page = PAGE.replace("/Annots[6 0 R]", "/Annots 8 0 R/CropBox 8 0 R");
    let cropped = Pdf::signed(&[(3, &page), (8, "[0 0 595 842]")]).update(&[(8, "[0 400 595 700]")]);
    let page = with(&listing(PAGE, "8 0 R"), "/Rotate 8 0 R");
    let turned = Pdf::signed(&[(3, &page)]).update(&[(8, "90")]);
    let script = |text: &str| format!("<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/S/JavaScript/JS({text})>>");
    let opening = with(CATALOG, "/OpenAction 8 0 R");
    let signed = Pdf::signed(&[(1, &opening), (3, &listing(PAGE, "8 0 R")), (8, &script("a"))]);
    let scripted = signed.update(&[(8, &script("b"))]);
    for (update, rule) in [(cropped, "page-attributes"), (turned, "page-attributes"), (scripted, "actions")] {
        let (_, changes) = update.told();
        assert!(changes.iter().any(|change| change.starts_with(&format!("{rule}: 8 0"))), "{rule}: {changes:?}");
    }
}

// An appearance written anew in its place showed another dose over the text, without a word about the place.
#[test]
fn an_appearance_redefined_in_place_shows_where_its_widget_does() {
    let widget = "<</Type/Annot/Subtype/Widget/FT/Btn/T(b)/P 3 0 R/Rect[0 700 595 842]/F 4/AP<</N 9 0 R>>>>";
    let objects = [(1, listing(CATALOG, "8 0 R")), (3, listing(PAGE, "8 0 R")), (8, widget.to_owned())];
    let mut objects: Vec<(u32, &str)> = objects.iter().map(|(number, body)| (*number, body.as_str())).collect();
    let empty = stream("/Type/XObject/Subtype/Form/BBox[0 0 595 142]", "");
    objects.push((9, &empty));
    let (later, changes) = Pdf::signed(&objects).update(&[(9, &cover())]).told();
    assert_eq!(later, LaterRevisions::Analysed);
    let [change] = changes.as_slice() else { panic!("{changes:?}") };
    assert!(change.starts_with("form-field-appearance: 9 0, field b, page 1, at 0 700 595 842"), "{change}");
    assert!(change.contains("over text"), "{change}");
}

// The signed file reads in two ways, by the generation of an object: the update chose one, told as nothing.
#[test]
fn an_object_of_another_generation_than_its_entry_leaves_doubt() {
    let page = PAGE.replace("/Contents 5 0 R", "/Contents[5 0 R 8 3 R]");
    let signed = Pdf::signed(&[(3, &page), (8, &line("Dose 900 mg"))]);
    let (later, _) = signed.update(&[(1, CATALOG)]).told();
    assert_eq!(later, LaterRevisions::Doubtful);
}

// The signature of an authority showed in a place and an appearance that it never saw.
#[test]
fn a_signed_field_gains_no_widget() {
    let widget = "<</Type/Annot/Subtype/Widget/P 3 0 R/Rect[300 100 400 150]/F 4/Parent 6 0 R>>";
    let field = "<</Type/Annot/Subtype/Widget/FT/Sig/T(S1)/V 7 0 R/P 3 0 R/Rect[0 0 0 0]/F 132/Kids[20 0 R]>>";
    let page = listing(PAGE, "20 0 R");
    let told = |update: Pdf| {
        let (_, changes) = update.told();
        assert!(changes.iter().any(|change| change.starts_with("signature-changed: 20 0")), "{changes:?}");
    };
    told(Pdf::signed(&[]).update(&[(3, &page), (6, field), (20, widget)]));
    told(Pdf::signed(&[]).update(&[(3, &page), (6, field), (20, &widget.replace("/Parent 6 0 R", ""))]));
    let catalog = listing(CATALOG, "20 0 R");
    told(Pdf::signed(&[]).update(&[(1, &catalog), (3, &page), (20, widget)]));
    // By a field between the two.
    let below = widget.replace("/Parent 6", "/Parent 21");
    told(Pdf::signed(&[]).update(&[(1, &catalog), (3, &page), (20, &below), (21, "<</Parent 6 0 R>>")]));
}

// A note without an area shows its icon, and passed for a hidden signature field.
#[test]
fn a_signature_field_is_no_annotation_of_another_type() {
    let field = |entries: &str| {
        let field = format!("<</Type/Annot/FT/Sig/T(S2)/P 3 0 R{entries}>>");
        Pdf::signed(&[])
            .update(&[(1, &listing(CATALOG, "20 0 R")), (3, &listing(PAGE, "20 0 R")), (20, &field)])
            .told()
            .1
    };
    for entries in ["/Subtype/Text/Rect[300 100 300 100]", "/Subtype/Stamp/Rect[300 100 400 150]", "/Rect[0 0 0 0]"] {
        let changes = field(entries);
        assert!(changes.iter().any(|change| change.starts_with("form-field-added: 20 0")), "{changes:?}");
    }
    let toggled = field("/Subtype/Widget/Rect[300 100 400 150]/F 288");
    assert_eq!(toggled, ["signature-field: 20 0, field S2, page 1, at 300 100 400 150"]);
}

// The appearance of a signature was another one, told as that of a field that is filled in.
#[test]
fn a_signature_field_needs_no_name_to_be_signed() {
    for name in ["", "/T/S1", "/T null", "/T 1"] {
        let field = format!(
            "<</Type/Annot/Subtype/Widget/FT/Sig{name}/V 7 0 R/P 3 0 R/Rect[300 100 400 150]/F 132/AP<</N 9 0 R>>>>"
        );
        let empty = stream("/Type/XObject/Subtype/Form/BBox[0 0 100 50]", "");
        let update = Pdf::signed(&[(6, &field), (9, &empty)]).update(&[(9, &cover())]);
        let (_, changes) = update.told();
        assert!(changes.iter().any(|change| change.starts_with("signature-changed: 9 0")), "{name}: {changes:?}");
    }
}

// Another figure was shown in a locked field, told as a resource that was added.
#[test]
fn an_encoding_of_a_form_font_gains_no_differences() {
    let with_resources = |resources: &str| CATALOG.replace("/SigFlags", &format!("/DR {resources}/SigFlags"));
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding 10 0 R>>";
    let (before, after) = ("<</BaseEncoding/WinAnsiEncoding>>", "<</Differences[49/nine]>>");
    let catalog = with_resources("<</Font<</Fx 9 0 R>>>>");
    let signed = Pdf::signed(&[(1, &catalog), (9, font), (10, before)]);
    let changed = with(before, "/Differences[49/nine]");
    assert_analysed(signed.update(&[(10, &changed)]), &["form-changed: 10 0 /Differences"]);
    // In the place of the dictionary, or a font among others.
    let direct = |encoding: &str| with_resources(&format!("<</Encoding<</E {encoding}>>>>"));
    let update = Pdf::signed(&[(1, &direct(before))]).update(&[(1, &direct(after))]);
    assert_analysed(update, &["form-changed: 1 0 /DR /Encoding /E /BaseEncoding"]);
    let catalog = with_resources("8 0 R");
    let objects: Objects<'_> = &[(1, &catalog), (8, "<</Font 9 0 R>>"), (9, "<</Fx 4 0 R>>")];
    let grown = Pdf::signed(objects).update(&[(9, "<</Fx 4 0 R/Fy 4 0 R>>")]);
    assert_analysed(grown, &["form-resources: 9 0 /Fy"]);
    let grown = Pdf::signed(objects).update(&[(8, "<</Font 9 0 R/Encoding<<>>>>")]);
    assert_analysed(grown, &["form-resources: 8 0 /Encoding"]);
}

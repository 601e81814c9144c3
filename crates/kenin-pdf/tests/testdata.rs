//! Facts of the generated signed PDFs in `testdata/`, and of what attackers append to them.

// Helpers outside the test functions are test code all the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

use kenin_base::{Budget, FindingCode, Limits, Source};
use kenin_cms::Observer;
use kenin_facts::{
    Coverage, Facts, ImprintStatus, LaterRevisions, ModificationClass, Problem, Signature, SignatureCheck,
    SignatureKind, SignedDataStatus,
};
use kenin_pdf::{PdfOptions, XrefKind, looks_like_pdf, observe, structure};
use kenin_x509::CertificateCache;

fn read(name: &str) -> Vec<u8> {
    let path = format!("{}/../../testdata/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn facts_with(bytes: Vec<u8>, limits: &Limits) -> Facts {
    let cache = CertificateCache::new();
    let budget = Budget::new(limits);
    observe(&Source::bytes(bytes), &PdfOptions::default(), Observer::new(&budget, &cache)).unwrap()
}

fn facts(bytes: Vec<u8>) -> Facts {
    facts_with(bytes, &Limits::default())
}

fn later(signature: &Signature) -> LaterRevisions {
    signature.pdf.as_ref().unwrap().later_revisions
}

/// The rules of what later revisions change beyond preserving the document.
fn changed(signature: &Signature) -> Vec<&'static str> {
    let modifications = &signature.pdf.as_ref().unwrap().modifications;
    let more = modifications.iter().filter(|made| made.rule.class() > ModificationClass::Preservation);
    more.map(|made| made.rule.as_str()).collect()
}

fn is_intact(signature: &Signature) -> bool {
    let signer = signature.signer().unwrap();
    signer.signed_data.status == SignedDataStatus::Intact
        && signer.candidates.iter().any(|candidate| matches!(candidate.signature, SignatureCheck::Intact(_)))
        && signature.token.as_ref().is_none_or(|token| token.imprint.status == ImprintStatus::Intact)
}

fn has(findings: &[kenin_base::Finding], code: FindingCode) -> bool {
    findings.iter().any(|finding| finding.code == code)
}

/// Appends an incremental update with these objects, as a classic table.
fn append(mut file: Vec<u8>, objects: &[(u32, &str)]) -> Vec<u8> {
    let text = String::from_utf8_lossy(&file).into_owned();
    let last = |key: &str| text.rsplit(key).next().unwrap().trim_start().to_owned();
    let number = |text: String| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let previous = number(last("startxref"));
    let root = number(last("/Root "));
    let mut table = String::from("xref\n");
    for (number, body) in objects {
        table.push_str(&format!("{number} 1\n{:010} 00000 n \n", file.len()));
        file.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    let at = file.len();
    file.extend(
        format!("{table}trailer\n<</Size 999 /Root {root} 0 R /Prev {previous}>>\nstartxref\n{at}\n%%EOF\n").bytes(),
    );
    file
}

/// The last definition of an object in a file without object streams.
fn body(file: &[u8], number: u32) -> String {
    let text: String = file.iter().copied().map(char::from).collect();
    let start = text.rfind(&format!("\n{number} 0 obj\n")).unwrap();
    let text = &text[start..];
    text[text.find("obj\n").unwrap() + 4..text.find("endobj").unwrap()].trim().to_owned()
}

#[test]
fn the_readme_sample_is_read_through_its_revisions() {
    let facts = facts(read("discharge-summary.pdf"));
    assert_eq!(facts.findings, []);
    assert_eq!(facts.problem, None);
    let [signature, timestamp] = facts.signatures.as_slice() else { panic!("{} signatures", facts.signatures.len()) };
    assert!(is_intact(signature) && is_intact(timestamp));
    assert_eq!((signature.kind, timestamp.kind), (SignatureKind::Signature, SignatureKind::DocumentTimestamp));
    assert_eq!((signature.coverage, timestamp.coverage), (Coverage::EntireRevision, Coverage::EntireFile));
    assert_eq!((later(signature), later(timestamp)), (LaterRevisions::ValidationMaterialOnly, LaterRevisions::None));
    let place = signature.pdf.as_ref().unwrap();
    assert_eq!((place.field.as_str(), place.revision, place.revisions), ("Signature1", 2, 4));
    let covers = &timestamp.token.as_ref().unwrap().covers;
    assert_eq!(covers.signatures, ["sig-1"]);
    let in_store = facts.evidence.iter().filter(|(_, item)| {
        item.sources.iter().any(|source| matches!(source, kenin_facts::EvidenceSource::Dss { revision: 3 }))
    });
    let in_store: Vec<_> = in_store.map(|(key, _)| *key).collect();
    assert!(!in_store.is_empty());
    assert!(in_store.iter().all(|key| covers.evidence.contains(key)));
}

#[test]
fn every_way_to_write_cross_references_gives_the_same_facts() {
    for name in ["pades-lt", "pades-lt-xref-streams", "pades-lt-hybrid", "a18-encrypted-empty-password"] {
        let facts = facts(read(&format!("pdf/{name}.pdf")));
        assert_eq!(facts.signatures.len(), 1, "{name}");
        assert_eq!(facts.findings, [], "{name}");
        assert!(is_intact(&facts.signatures[0]), "{name}");
        assert_eq!(later(&facts.signatures[0]), LaterRevisions::ValidationMaterialOnly, "{name}");
    }
}

#[test]
fn structure_lists_revisions() {
    let source = Source::bytes(read("pdf/pades-lt-hybrid.pdf"));
    let structure = structure(&source, &PdfOptions::default(), &Budget::default()).unwrap();
    let kinds: Vec<_> = structure.revisions.iter().map(|revision| revision.xref_kind).collect();
    assert_eq!(kinds, [XrefKind::Table, XrefKind::Table, XrefKind::Hybrid]);
    assert_eq!(structure.revisions[0].span.start, 0);
    let objects: Vec<_> = structure.revisions.iter().map(|r| (r.added.clone(), r.replaced.clone())).collect();
    assert_eq!(
        objects,
        [((1..=5).collect(), vec![]), (vec![6, 7], vec![1, 3]), ((8..=15).collect(), vec![1])],
        "the signature field; the store and its streams"
    );
    assert!(structure.revisions.iter().all(|revision| revision.freed.is_empty()));
    assert!(structure.revisions.iter().all(|revision| revision.unreachable == Some(vec![])), "{structure:?}");
    for revision in &structure.revisions {
        assert_eq!(revision.line_end, revision.span.end + 1, "a line feed follows %%EOF");
    }
}

/// The numbers that each revision defines and nothing leads to.
fn unreachable(bytes: Vec<u8>) -> Vec<Option<Vec<u32>>> {
    let structure = structure(&Source::bytes(bytes), &PdfOptions::default(), &Budget::default()).unwrap();
    structure.revisions.into_iter().map(|revision| revision.unreachable).collect()
}

#[test]
fn structure_tells_what_nothing_leads_to() {
    let signed = read("pdf/pades-b.pdf");
    let before = unreachable(signed.clone());
    assert_eq!(before, [Some(vec![]), Some(vec![])]);
    let catalog = body(&signed, 1).replacen("<<", "<< /Extra 90 0 R", 1);
    let unused = append(signed.clone(), &[(90, "<< /Next 91 0 R >>"), (91, "(never shown)")]);
    assert_eq!(unreachable(unused.clone()).last(), Some(&Some(vec![90, 91])));
    // Each revision is seen as of itself: what a later one leads to, nothing led to before.
    let used = append(unused, &[(1, &catalog)]);
    assert_eq!(unreachable(used)[2..], [Some(vec![90, 91]), Some(vec![])]);
    // Object and cross-reference streams are used by every reader.
    assert_eq!(unreachable(read("pdf/pades-lt-xref-streams.pdf")), vec![Some(vec![]); 3]);
    let mut many = signed;
    for _ in 0..63 {
        many = append(many, &[(90, "(never shown)")]);
    }
    assert_eq!(unreachable(many), vec![None; 65]);
}

#[test]
fn seed_values_are_read_with_what_is_mandatory() {
    let seeds = |bytes: Vec<u8>| {
        let seeds = facts(bytes).signatures[0].pdf.clone().unwrap().seed_values;
        seeds.into_iter().map(|seed| (seed.name, seed.values.join(" "), seed.mandatory)).collect::<Vec<_>>()
    };
    let seed = |name: &str, value: &str, mandatory| (name.to_owned(), value.to_owned(), mandatory);
    let signed = read("pdf/field-seed-value.pdf");
    assert_eq!(
        seeds(signed.clone()),
        [seed("SubFilter", "ETSI.CAdES.detached", true), seed("DigestMethod", "SHA256", false)]
    );
    let from = signed.windows(4).position(|window| window == b"/SV ").unwrap();
    let until = from + signed[from..].windows(5).position(|window| window == b")] >>").unwrap() + 5;
    let other = b"/SV <</MDP<</P 2>>/TimeStamp<</URL(u)/Ff 1>>/Cert<<>>/AddRevInfo true/Ff 32>>";
    let mut changed = signed;
    changed[from..until].fill(b' ');
    changed[from..from + other.len()].copy_from_slice(other);
    assert_eq!(
        seeds(changed),
        [
            seed("Cert", "", false),
            seed("MDP/P", "2", true),
            seed("TimeStamp/URL", "u", true),
            seed("AddRevInfo", "true", true),
        ]
    );
    assert_eq!(seeds(read("pdf/pades-b.pdf")), []);
}

#[test]
fn format_failures_have_their_findings() {
    use FindingCode as Code;
    for (name, code) in [
        ("a13-octets-after-cms", Code::ContentsTrailingData),
        ("a2-byte-range-empty", Code::ByteRangeMalformed),
        ("a2-byte-range-negative", Code::ByteRangeMalformed),
        ("a2-byte-range-null", Code::ByteRangeMalformed),
        ("a2-byte-range-three", Code::ByteRangeMalformed),
        ("a2-byte-range-zeros", Code::ByteRangeMalformed),
        ("a3-contents-empty", Code::ContentsMalformed),
        ("a3-contents-null", Code::ContentsMalformed),
        ("a3-contents-odd-hex", Code::ContentsMalformed),
        ("a3-contents-one-octet", Code::ContentsMalformed),
        ("a6-second-range-moved", Code::ByteRangeGap),
        ("flipped-gap", Code::ContentsTrailingData),
    ] {
        let facts = facts(read(&format!("pdf/{name}.pdf")));
        assert_eq!(facts.signatures.len(), 1, "{name}");
        assert!(has(&facts.signatures[0].findings, code), "{name}: {:?}", facts.signatures[0].findings);
    }
    // A6: the bytes named are the bytes signed, so the value verifies although the format does not hold.
    let moved = facts(read("pdf/a6-second-range-moved.pdf"));
    assert!(is_intact(&moved.signatures[0]));
    assert_eq!(moved.signatures[0].coverage, Coverage::Unclear);
}

#[test]
fn one_signature_in_two_fields_is_reported() {
    let facts = facts(read("pdf/a16-signature-in-two-fields.pdf"));
    assert_eq!(facts.signatures.len(), 2);
    assert!(has(&facts.signatures[1].findings, FindingCode::SignatureReused));
}

#[test]
fn only_white_space_may_follow_the_last_marker() {
    for (name, junk) in [("a7-trailing-junk", true), ("a7-trailing-zeros", true), ("a7-trailing-white-space", false)] {
        let facts = facts(read(&format!("pdf/{name}.pdf")));
        assert_eq!(has(&facts.signatures[0].findings, FindingCode::TrailingJunk), junk, "{name}");
        assert_eq!(changed(&facts.signatures[0]), [""; 0], "{name}");
    }
}

#[test]
fn later_content_is_not_taken_for_growth() {
    for name in ["later-revision-replaces-text", "later-revision-replaces-text-xref-streams"] {
        let facts = facts(read(&format!("pdf/{name}.pdf")));
        assert_eq!(later(&facts.signatures[0]), LaterRevisions::Analysed, "{name}");
        assert_eq!(changed(&facts.signatures[0]), ["page-content"], "{name}");
    }
}

/// Each of these would change what a reader shows, or lets two readers disagree.
#[test]
fn appended_changes_are_never_growth() {
    let signed = read("pdf/pades-b.pdf");
    let catalog = body(&signed, 1);
    let page = body(&signed, 3);
    let widget = body(&signed, 7);
    let with = |text: &str, extra: &str| format!("{} {extra} >>", text.strip_suffix(">>").unwrap());
    let store = with(&catalog, "/DSS 50 0 R");
    let timestamp =
        "<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161/ByteRange[0 1 2 3]/Contents<00>>>";
    let field = |rectangle: &str, extra: &str| {
        format!("<</Type/Annot/Subtype/Widget/FT/Sig/T(Timestamp1)/V 52 0 R/P 3 0 R/Rect[{rectangle}]/F 132 {extra}>>")
    };
    let with_field = catalog.replace("/Fields [7 0 R]", "/Fields [7 0 R 51 0 R]");
    assert_ne!(with_field, catalog);
    let annotated = page.replace("[7 0 R]", "[7 0 R 51 0 R]");
    assert_ne!(annotated, page);
    let moved = page.replace("842]", "841]");
    let stream = |data: &str| format!("<</Length {}>>\nstream\n{data}\nendstream", data.len());
    type Objects = Vec<(u32, String)>;
    let cases: Vec<(&str, Objects, &[&str])> = vec![
        ("store", vec![(1, store.clone()), (50, "<</Certs[]>>".into())], &[]),
        ("orphan", vec![(50, "<</Type/Font>>".into())], &[]),
        ("same page again", vec![(3, page.clone())], &[]),
        (
            "timestamp",
            vec![(1, with_field.clone()), (3, annotated.clone()), (51, field("0 0 0 0", "")), (52, timestamp.into())],
            &[],
        ),
        (
            "visible timestamp",
            vec![(1, with_field.clone()), (3, annotated.clone()), (51, field("0 0 9 9", "")), (52, timestamp.into())],
            &["signature"],
        ),
        (
            "timestamp with action",
            vec![(1, with_field.clone()), (51, field("0 0 0 0", "/A<</S/JavaScript/JS(x)>>")), (52, timestamp.into())],
            &["form-field-added"],
        ),
        (
            "another signature",
            vec![
                (1, with_field.clone()),
                (51, field("0 0 0 0", "")),
                (52, timestamp.replace("ETSI.RFC3161", "ETSI.CAdES.detached")),
            ],
            &["signature"],
        ),
        ("page box", vec![(3, moved)], &["page-attributes"]),
        ("page content", vec![(5, stream("BT ET"))], &["page-content"]),
        ("open action", vec![(1, with(&catalog, "/OpenAction<</S/JavaScript/JS(x)>>"))], &["actions"]),
        ("field removed", vec![(1, catalog.replace("[7 0 R]", "[]"))], &["form-field-removed"]),
        ("field moved", vec![(7, widget.replace("/Rect [0 0 0 0]", "/Rect [0 0 99 99]"))], &["form-field-changed"]),
        (
            "need appearances",
            vec![(1, catalog.replace("/SigFlags 3", "/SigFlags 3/NeedAppearances true"))],
            &["form-defaults"],
        ),
        (
            "annotation",
            vec![(3, page.replace("[7 0 R]", "[7 0 R 51 0 R]")), (51, "<</Subtype/FreeText/Rect[0 0 9 9]>>".into())],
            &["annotation-added"],
        ),
        ("repeated key", vec![(3, with(&page, "/Contents 50 0 R")), (50, stream("BT ET"))], &["page-content"]),
    ];
    for (name, objects, expected) in cases {
        let objects: Vec<(u32, &str)> = objects.iter().map(|(number, body)| (*number, body.as_str())).collect();
        let facts = facts(append(signed.clone(), &objects));
        let signature = facts.signatures.iter().find(|s| s.pdf.as_ref().unwrap().field == "Signature1").unwrap();
        assert!(is_intact(signature), "{name}");
        assert_eq!(changed(signature), expected, "{name}");
        let later_expected =
            if expected.is_empty() { LaterRevisions::ValidationMaterialOnly } else { LaterRevisions::Analysed };
        assert_eq!(later(signature), later_expected, "{name}");
    }
}

#[test]
fn objects_that_no_section_names_are_a_parser_differential() {
    let mut file = read("pdf/pades-b.pdf");
    file.extend(b"3 0 obj\n<</Type/Page>>\nendobj\n");
    let reaches = |signature: &Signature| -> Vec<String> {
        let found = signature.findings.iter().filter(|finding| finding.code == FindingCode::ParserDifferential);
        found.map(|finding| finding.params["reaches"].clone()).collect()
    };
    let facts = facts(file.clone());
    assert_eq!(reaches(&facts.signatures[0]), ["page"]);
    assert!(has(&facts.signatures[0].findings, FindingCode::TrailingJunk));

    // The same with a proper revision after it, which names nothing of it.
    let text = String::from_utf8_lossy(&file).into_owned();
    let previous = text.rsplit("startxref\n").next().unwrap().split('\n').next().unwrap().to_owned();
    let at = file.len();
    file.extend(
        format!("xref\n0 0\ntrailer\n<</Size 9/Root 1 0 R/Prev {previous}>>\nstartxref\n{at}\n%%EOF\n").bytes(),
    );
    let facts = self::facts(file);
    assert_eq!(reaches(&facts.signatures[0]), ["page"]);
    assert_eq!(later(&facts.signatures[0]), LaterRevisions::Doubtful);
}

/// The reference was there when the document was signed; what it shows came later.
#[test]
fn a_dangling_reference_filled_later_is_a_change() {
    let signed = read("pdf/pades-b.pdf");
    let old = String::from("/Contents 5 0 R");
    let new = String::from("/Contents 8 0 R");
    let text: Vec<u8> = signed;
    let at: Vec<usize> = memchr::memmem::find_iter(&text, old.as_bytes()).collect();
    assert!(!at.is_empty());
    let mut dangling = text.clone();
    for at in at {
        dangling[at..at + new.len()].copy_from_slice(new.as_bytes());
    }
    let before = facts(append(dangling.clone(), &[(50, "<</Orphan true>>")]));
    assert_eq!(later(&before.signatures[0]), LaterRevisions::ValidationMaterialOnly);
    let after = facts(append(dangling, &[(8, "<</Length 5>>\nstream\nBT ET\nendstream")]));
    assert_eq!(changed(&after.signatures[0]), ["page-content"]);
}

/// The signed cross-reference table points behind the end of the signed file, where an attacker then writes.
#[test]
fn an_offset_behind_the_revision_is_filled_by_nobody() {
    let mut signed = read("pdf/pades-b.pdf");
    let text = String::from_utf8_lossy(&signed).into_owned();
    let content = signed.windows(9).position(|window| window == b"\n5 0 obj\n").unwrap() + 1;
    let entry = format!("{content:010} 00000 n");
    let at = signed.windows(entry.len()).position(|window| window == entry.as_bytes()).unwrap();
    let target = signed.len() + 10;
    signed[at..at + 10].copy_from_slice(format!("{target:010}").as_bytes());
    assert!(text.contains("/Contents 5 0 R"));
    signed.resize(target, b'\n');
    signed.extend(b"5 0 obj\n<</Length 5>>\nstream\nBT ET\nendstream\nendobj\n");
    for objects in [&[][..], &[(50, "<</Orphan true>>")]] {
        let after = facts(append(signed.clone(), objects));
        assert_eq!(later(&after.signatures[0]), LaterRevisions::Doubtful);
    }
}

#[test]
fn a_replaced_signature_dictionary_is_found_through_its_own_revision() {
    let signed = read("pdf/pades-b.pdf");
    let facts = facts(append(
        signed,
        &[(6, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 0 0 0]/Contents<00>>>")],
    ));
    let [signature] = facts.signatures.as_slice() else { panic!("{} signatures", facts.signatures.len()) };
    assert!(is_intact(signature));
    assert!(has(&signature.findings, FindingCode::SignatureDictionaryReplaced));
    assert_eq!(signature.pdf.as_ref().unwrap().revision, 2);
    assert_eq!(changed(signature), ["signature-changed"]);
}

#[test]
fn entries_that_pades_demands_and_forbids() {
    let codes = |bytes: Vec<u8>| -> Vec<FindingCode> {
        let facts = facts(bytes);
        let found = facts.signatures[0].findings.iter().map(|finding| finding.code);
        found.filter(|code| matches!(code, FindingCode::PadesCertEntry | FindingCode::PadesDateMissing)).collect()
    };
    let signed = read("pdf/pades-b.pdf");
    assert_eq!(codes(signed.clone()), []);
    let at = memchr::memmem::find(&signed, b"/M (D:").unwrap();
    let mut renamed = signed.clone();
    renamed[at + 1] = b'N';
    assert_eq!(codes(renamed), [FindingCode::PadesDateMissing]);
    let name = b"/Filter /Adobe.PPKLite";
    let at = memchr::memmem::find(&signed, name).unwrap();
    let mut with_certificates = signed;
    with_certificates[at..at + name.len()].copy_from_slice(b"/Cert   (certificates)");
    assert_eq!(codes(with_certificates), [FindingCode::PadesCertEntry]);
}

#[test]
fn an_encrypted_document_without_its_password_is_a_problem() {
    let locked = facts(read("pdf/encrypted-with-password.pdf"));
    assert_eq!(locked.problem, Some(Problem::EncryptedNeedsPassword));
    assert!(has(&locked.findings, FindingCode::EncryptedNeedsPassword));
}

#[test]
fn what_is_no_pdf_or_has_no_signature() {
    assert!(!looks_like_pdf(&Source::bytes(read("bad/zeros.bin"))).unwrap());
    assert!(!looks_like_pdf(&Source::bytes(Vec::new())).unwrap());
    assert!(looks_like_pdf(&Source::bytes(read("pdf/unsigned.pdf"))).unwrap());
    assert_eq!(facts(read("pdf/unsigned.pdf")).signatures.len(), 0);
    assert_eq!(facts(Vec::new()).signatures.len(), 0);
}

/// Rule 12 of the verdicts: the signature dictionary is there, and its byte range reaches beyond the end.
#[test]
fn a_file_cut_after_its_signature_still_claims_one() {
    let facts = facts(read("bad/pdf-truncated-after-signature.pdf"));
    assert_eq!(facts.signatures.len(), 1);
    assert!(has(&facts.signatures[0].findings, FindingCode::ByteRangeBeyondEnd));
    assert_eq!(self::facts(read("bad/pdf-truncated-before-signature.pdf")).signatures.len(), 0);
}

#[test]
fn a_limit_reached_is_a_problem_not_an_error() {
    let limits = Limits { pdf_objects: 3, ..Limits::default() };
    let facts = facts_with(read("pdf/pades-lt.pdf"), &limits);
    assert_eq!(facts.problem, Some(Problem::LimitExceeded));
    assert!(has(&facts.findings, FindingCode::LimitExceeded));
}

struct Positioned(Vec<u8>);

impl kenin_base::ReadAt for Positioned {
    fn len(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_exact_at(&self, offset: u64, buffer: &mut [u8]) -> std::io::Result<()> {
        let start = offset as usize;
        buffer.copy_from_slice(&self.0[start..start + buffer.len()]);
        Ok(())
    }
}

/// A file too large to hold is read in windows and pieces; the facts are the same.
#[test]
fn a_positioned_source_gives_the_same_facts() {
    let names = ["discharge-summary", "pdf/pades-lt-dts-xref-streams", "pdf/a3-contents-null", "pdf/a7-trailing-junk"];
    for name in names {
        let bytes = read(&format!("{name}.pdf"));
        let cache = CertificateCache::new();
        let budget = Budget::default();
        let source = Source::positioned(Positioned(bytes.clone()));
        let positioned = observe(&source, &PdfOptions::default(), Observer::new(&budget, &cache)).unwrap();
        assert_eq!(format!("{positioned:?}"), format!("{:?}", facts(bytes)), "{name}");
    }
}

/// No cut and no flipped byte may panic, and none may pass for the document that was signed.
#[test]
fn cut_and_flipped_files_never_pass() {
    let whole = read("pdf/pades-b.pdf");
    for len in (0..whole.len() - 1).step_by(3) {
        let facts = facts(whole[..len].to_vec());
        let passes =
            facts.signatures.iter().any(|s| s.coverage == Coverage::EntireFile && s.signer().is_some() && is_intact(s));
        assert!(!passes, "cut at {len}");
    }
    let contents = facts(whole.clone()).signatures[0].pdf.as_ref().unwrap().contents.unwrap();
    for at in (0..whole.len()).step_by(3) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x01;
        let facts = facts(flipped);
        let inside = contents.start < at as u64 && (at as u64) < contents.end - 1;
        for signature in &facts.signatures {
            let sound =
                signature.signer().is_some() && is_intact(signature) && signature.coverage == Coverage::EntireFile;
            assert!(inside || !sound, "flipped at {at}");
        }
    }
}

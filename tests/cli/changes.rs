//! Changes to a PDF after signing as people see them, and the revisions of a PDF.

use kenin::render::{TextOptions, text};
use kenin::{
    Facts, Finding, FindingCode, Lang, ModificationRule, Policy, Source, TrustProfile, UtcTime, Verifier, observe,
};
use kenin_facts::{LaterRevisions, Modification, PageRotation, Rect};
use unicode_width::UnicodeWidthStr as _;

use crate::program::{Folder, command, kenin, root, verify};

/// Documents whose timeline is reviewed in both languages.
const TIMELINES: &[&str] =
    &["pdf/pades-two-signatures.pdf", "pdf/pades-lt-hybrid.pdf", "pdf/a8-hide-replace-form-value.pdf"];

/// Documents whose report on what came after signing is reviewed in both languages.
const REPORTS: &[&str] = &[
    "pdf/a9-free-text-p3.pdf",
    "pdf/a10-signature-over-text-p2.pdf",
    "pdf/a11-p1-text-field.pdf",
    "pdf/growth-text-field-after-approval.pdf",
    "pdf/a5-overrides-content.pdf",
    "pdf/a8-replace-form-value.pdf",
    "pdf/a8-hide-replace-form-value.pdf",
];

#[test]
fn timelines_in_japanese_and_english() {
    for file in TIMELINES {
        for lang in ["ja", "en"] {
            let run = kenin(["inspect", &format!("testdata/{file}"), "--lang", lang]);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            let signatures = if lang == "ja" { "\n署名 sig-" } else { "\nSignature sig-" };
            let timeline = run.stdout.split(signatures).next().unwrap();
            assert!(timeline.lines().all(|line| line.width_cjk() <= 80), "{timeline}");
            insta::assert_snapshot!(format!("timeline-{}-{lang}", stem(file)), timeline);
        }
    }
}

#[test]
fn reports_in_japanese_and_english() {
    for file in REPORTS {
        for lang in ["ja", "en"] {
            let judging = ["--trust", "testdata/case-trust.toml", "--time", "2024-05-21T00:00:00Z"];
            let shown = kenin(["verify", &format!("testdata/{file}"), "--lang", lang].iter().chain(&judging)).stdout;
            assert!(shown.lines().all(|line| line.width_cjk() <= 80), "{shown}");
            insta::assert_snapshot!(format!("report-{}-{lang}", stem(file)), shown);
        }
    }
}

fn stem(file: &str) -> &str {
    file.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap()
}

/// Facts of a signed document in which the revision after the signature is said to make these changes.
fn facts(later: LaterRevisions, changes: &[Modification]) -> Facts {
    let source = Source::open(root().join("testdata/pdf/pades-lt.pdf")).unwrap();
    let mut facts = observe(&source, &verifier().observe_options()).unwrap();
    let signature = &mut facts.signatures[0];
    signature.findings.retain(|finding| !finding.code.as_str().starts_with("later-revisions"));
    signature.findings.extend(
        match later {
            LaterRevisions::None => None,
            LaterRevisions::ValidationMaterialOnly => Some(FindingCode::LaterRevisions),
            LaterRevisions::Analysed => Some(FindingCode::LaterRevisionsAnalysed),
            LaterRevisions::Doubtful => Some(FindingCode::LaterRevisionsDoubtful),
            LaterRevisions::NotAnalysed => Some(FindingCode::LaterRevisionsNotAnalysed),
        }
        .map(Finding::new),
    );
    if later == LaterRevisions::None {
        signature.coverage = kenin::Coverage::EntireFile;
    }
    let pdf = signature.pdf.as_mut().unwrap();
    pdf.later_revisions = later;
    pdf.modifications = changes.to_vec();
    facts
}

fn verifier() -> Verifier {
    let trust = std::fs::read_to_string(root().join("testdata/demo-trust.toml")).unwrap();
    Verifier::new(TrustProfile::from_toml(&trust).unwrap(), Policy::mhlw_6_0())
}

fn shown(facts: &Facts, lang: Lang) -> String {
    let report = verifier().judge_at(facts, UtcTime::parse("2024-05-21T00:00:00Z").unwrap());
    let shown = text(&report, lang, &TextOptions::default());
    assert!(shown.lines().all(|line| line.width_cjk() <= 80), "{shown}");
    shown
}

fn change(rule: ModificationRule, object: &str) -> Modification {
    Modification {
        rule,
        revision: 3,
        object: object.to_owned(),
        page: None,
        rect: None,
        page_box: None,
        page_rotate: PageRotation::default(),
        over_text: false,
        field: None,
        what: String::new(),
    }
}

fn on_page(page: u32, change: Modification) -> Modification {
    Modification { page: Some(page), ..change }
}

/// One change of every kind that the list tells apart.
fn mixed() -> Vec<Modification> {
    use ModificationRule as Rule;
    let place = Rect { left: 71.96, bottom: -0.4, right: 200.5, top: 750.0 };
    let field = |name: &str| Some(name.to_owned());
    let mut changes = vec![
        change(Rule::SecurityStore, "1 0"),
        Modification { field: field("Dose"), ..change(Rule::FormFieldValue, "20 0") },
        Modification { field: field("Ward"), ..change(Rule::FormFieldValue, "21 0") },
        on_page(
            2,
            Modification {
                rect: Some(place),
                over_text: true,
                field: field("Approval"),
                ..change(Rule::Signature, "30 0")
            },
        ),
        on_page(1, Modification { rect: Some(place), ..change(Rule::AnnotationAdded, "12 0") }),
        on_page(1, Modification { what: "/Contents".to_owned(), ..change(Rule::PageContent, "4 0") }),
    ];
    changes.extend((0..12).map(|number| change(Rule::OtherObject, &format!("{} 0", 40 + number))));
    changes
}

#[test]
fn a_forbidden_change_in_japanese_and_english() {
    let facts = facts(LaterRevisions::Analysed, &mixed());
    for (lang, name) in [(Lang::Ja, "ja"), (Lang::En, "en")] {
        insta::assert_snapshot!(format!("changes-forbidden-{name}"), shown(&facts, lang));
    }
}

#[test]
fn changes_that_need_a_look_in_japanese_and_english() {
    let changes: Vec<_> = mixed().into_iter().take(4).collect();
    let facts = facts(LaterRevisions::Analysed, &changes);
    for (lang, name) in [(Lang::Ja, "ja"), (Lang::En, "en")] {
        insta::assert_snapshot!(format!("changes-noticed-{name}"), shown(&facts, lang));
    }
}

#[test]
fn what_a_field_asks_of_signers_is_shown() {
    let shown = |lang| kenin(["inspect", "testdata/pdf/field-seed-value.pdf", "--lang", lang]).stdout;
    let english = shown("en");
    assert!(english.contains("Field asks    SubFilter ETSI.CAdES.detached (mandatory)\n"), "{english}");
    assert!(english.contains("                DigestMethod SHA256\n"), "{english}");
    assert!(shown("ja").contains("署名欄の条件  SubFilter ETSI.CAdES.detached（必須）\n"), "{}", shown("ja"));
}

/// The line on tampering, unwrapped.
fn tampering(facts: &Facts) -> String {
    let shown = shown(facts, Lang::En);
    let from = shown.split("  Tampering    ").nth(1).unwrap();
    let until = from.split("\n  Certificate ").next().unwrap();
    until.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_line_on_tampering_says_what_came_after() {
    use LaterRevisions as Later;
    let annotation = [on_page(1, change(ModificationRule::AnnotationAdded, "12 0"))];
    let filled = [change(ModificationRule::FormFieldValue, "20 0")];
    for (later, changes, start) in [
        (Later::None, &[][..], "none: exactly as it was signed"),
        (Later::ValidationMaterialOnly, &[][..], "none; what was added after signing only preserves the signature"),
        (Later::Analysed, &filled[..], "none; what was added after signing is permitted"),
        (Later::Analysed, &mixed()[..4], "none in what was signed; changes were made afterwards that are allowed"),
        (Later::Analysed, &annotation[..], "what was signed is unchanged; something was changed afterwards that the"),
        (Later::Analysed, &mixed()[..], "YES: something was changed after signing that the signature does not permit"),
        (Later::Doubtful, &filled[..], "what was signed is unchanged, but programs may see more"),
        (Later::NotAnalysed, &[][..], "what was signed is unchanged, but the document was extended afterwards"),
    ] {
        let line = tampering(&facts(later, changes));
        assert!(line.starts_with(start), "{later:?}: {line}");
    }
    let mut junk = facts(Later::None, &[]);
    junk.signatures[0].findings.push(Finding::new(FindingCode::TrailingJunk));
    assert!(tampering(&junk).starts_with("YES: bytes that belong to no revision"), "{}", tampering(&junk));
    let mut other = facts(Later::None, &[]);
    other.signatures[0].findings.push(Finding::new(FindingCode::ParserDifferential).with("reaches", "page"));
    assert!(tampering(&other).starts_with("YES: the file holds another page"), "{}", tampering(&other));
}

#[test]
fn what_only_preserves_the_signature_makes_no_list() {
    let store = facts(LaterRevisions::ValidationMaterialOnly, &[change(ModificationRule::SecurityStore, "1 0")]);
    let shown = shown(&store, Lang::En);
    assert!(!shown.contains("ermitted after signing") && !shown.contains("Changed after"), "{shown}");
}

#[test]
fn a_list_is_not_repeated_for_a_later_signature() {
    let mut two = facts(LaterRevisions::Analysed, &mixed()[..5]);
    let again = kenin_facts::Signature { id: "sig-2".to_owned(), ..two.signatures[0].clone() };
    two.signatures.push(again);
    let shown = shown(&two, Lang::En);
    assert_eq!(shown.matches("annotation added: page 1, at 72 0 201 750").count(), 1, "{shown}");
    assert!(shown.contains("Changed after signing: as for sig-1"), "{shown}");
}

#[test]
fn reason_and_place_are_shown_as_claims() {
    let mut claiming = facts(LaterRevisions::None, &[]);
    let pdf = claiming.signatures[0].pdf.as_mut().unwrap();
    (pdf.reason, pdf.location) = (Some("I\u{1b}[31m agree".to_owned()), Some("DEMO-SHI".to_owned()));
    let english = shown(&claiming, Lang::En);
    assert!(english.contains("Claimed      reason “I?[31m agree”, place “DEMO-SHI”; stated by the"), "{english}");
    let japanese = shown(&claiming, Lang::Ja);
    assert!(japanese.contains("申告          理由「I?[31m agree」、場所「DEMO-SHI」"), "{japanese}");
}

#[test]
fn the_page_on_changes_names_every_kind_and_every_key() {
    let page = std::fs::read_to_string(root().join("docs/pdf-changes.md")).unwrap();
    for rule in ModificationRule::ALL {
        assert!(page.contains(&format!("`{rule}`")), "{rule}");
    }
    let policy = Policy::mhlw_6_0();
    let table = policy.text.split("[modifications]").nth(1).unwrap().split("\n[").next().unwrap();
    let keys: Vec<_> = table.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect();
    assert_eq!(keys.len(), 8);
    for key in keys {
        assert!(page.contains(&format!("| `{key}` |")), "{key}");
    }
}

/// Writes revision `number` of a document, and says how that went.
fn extract(file: &str, number: &str, output: &str, more: &[&str]) -> crate::program::Run {
    kenin(["inspect", file, "--revision", number, "--output", output].iter().chain(more))
}

#[test]
fn a_revision_verifies_alone_and_is_what_was_signed() {
    let whole = std::fs::read(root().join("testdata/pdf/pades-two-signatures.pdf")).unwrap();
    let folder = Folder::new("extract");
    let path = folder.0.join("first.pdf");
    let run = extract("testdata/pdf/pades-two-signatures.pdf", "2", path.to_str().unwrap(), &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stdout.contains("Revision 2 of 4") && run.stdout.contains("the bytes that sig-1 covers"),
        "{}",
        run.stdout
    );
    let written = std::fs::read(&path).unwrap();
    assert!(written.len() < whole.len() && whole.starts_with(&written));
    let report = verify(&[path.to_str().unwrap(), "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report.stdout).unwrap();
    let signatures = report["signatures"].as_array().unwrap();
    assert_eq!(signatures.len(), 1);
    assert_eq!(signatures[0]["integrity"]["coverage"], "entire-file");
    // Its validation material came later: whether the card was revoked is not known, the document is whole.
    assert_eq!(signatures[0]["axes"]["integrity"], "passed");
    assert_eq!(signatures[0]["integrity"]["signature_value"], "intact");
    assert_eq!(signatures[0]["integrity"]["modifications"], serde_json::json!([]));
    assert_eq!(
        extract("testdata/pdf/pades-two-signatures.pdf", "4", path.to_str().unwrap(), &["--force"]).code,
        Some(0)
    );
    assert!(std::fs::read(&path).unwrap() == whole, "the last revision is the file");
}

#[test]
fn a_revision_goes_to_standard_output_as_it_is() {
    let whole = std::fs::read(root().join("testdata/pdf/pades-two-signatures.pdf")).unwrap();
    let arguments = ["inspect", "testdata/pdf/pades-two-signatures.pdf", "--revision", "1", "--output", "-"];
    let output = command().args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(whole.starts_with(&output.stdout) && output.stdout.trim_ascii_end().ends_with(b"%%EOF"));
    assert!(output.stdout.len() < 2000, "{}", output.stdout.len());
}

#[test]
fn mistakes_with_revisions_are_said() {
    let folder = Folder::new("extract-mistakes");
    let path = folder.0.join("out.pdf");
    let out = path.to_str().unwrap();
    let file = "testdata/pdf/pades-two-signatures.pdf";
    for number in ["0", "5", "4294967295"] {
        let run = extract(file, number, out, &[]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(4), ""));
        assert!(run.stderr.contains(&format!("has no revision {number}. It has 4.")), "{}", run.stderr);
    }
    let card = extract("testdata/pki/doctor.cer", "1", out, &[]);
    assert_eq!(card.code, Some(4));
    assert!(card.stderr.contains("is not a PDF"), "{}", card.stderr);
    assert_eq!(kenin(["inspect", file, "--revision", "1"]).code, Some(4));
    assert_eq!(kenin(["inspect", file, "--output", out]).code, Some(4));
    assert_eq!(extract("no-such-file.pdf", "1", out, &[]).code, Some(5));
    assert_eq!(extract(file, "1", "/no/such/folder/out.pdf", &[]).code, Some(5));
    assert!(!path.exists());

    std::fs::write(&path, "mine").unwrap();
    assert_eq!(extract(file, "1", out, &[]).code, Some(4));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(extract(file, "1", out, &["--force"]).code, Some(0));
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF-"));
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 1);
}

/// The document that is written may be the one that is read.
#[test]
fn a_document_can_be_cut_back_in_place() {
    let folder = Folder::new("extract-in-place").with("a.pdf", "pdf/pades-two-signatures.pdf");
    let path = folder.0.join("a.pdf");
    let path = path.to_str().unwrap();
    assert_eq!(extract(path, "3", path, &["--force"]).code, Some(0));
    // The revocation data for the second signature came in the revision that is cut off.
    assert_eq!(verify(&["testdata/pdf/pades-two-signatures.pdf"]).code, Some(0));
    assert_eq!(verify(&[path]).code, Some(2));
    assert_eq!(extract(path, "2", path, &["--force"]).code, Some(0));
    assert_eq!(extract(path, "3", path, &["--force"]).code, Some(4));
}

//! A document chooses names, and how many of everything there are. It steers neither the page nor who reads it.

use kenin_base::FindingCode;

use super::super::bounds::{ENTRIES, SIGNATURES};
use super::super::html;
use super::{change, report};
use crate::messages::Lang;
use crate::report::{FindingReport, Report};

/// A report whose every name and free text is `text`.
fn named(text: &str) -> Report {
    let mut report = report("pdf/later-revision-replaces-text.pdf");
    report.document.path = Some(text.to_owned());
    report.findings = vec![finding(text)];
    for signature in &mut report.signatures {
        let name = format!("CN={text}");
        signature.field = Some(text.to_owned());
        signature.claimed_reason = Some(text.to_owned());
        signature.claimed_location = Some(text.to_owned());
        if let Some(signer) = &mut signature.signer {
            signer.subject.clone_from(&name);
            signer.issuer.clone_from(&name);
            signer.roles.iter_mut().for_each(|role| role.name = text.to_owned());
        }
        let stamps = signature.timestamps.iter_mut();
        let links = stamps.flat_map(|stamp| {
            stamp.tsa = Some(name.clone());
            &mut stamp.chain
        });
        links.chain(&mut signature.chain).for_each(|link| link.subject.clone_from(&name));
        for change in signature.integrity.modifications.iter_mut().flatten() {
            change.object = text.to_owned();
            change.what = text.to_owned();
            change.field = Some(text.to_owned());
        }
        signature.findings.push(finding(text));
        signature.checks.iter_mut().for_each(|check| {
            check.params.insert("name", text.to_owned());
        });
    }
    report
}

fn finding(text: &str) -> FindingReport {
    FindingReport {
        code: FindingCode::LimitExceeded,
        subject: Some(text.to_owned()),
        span: None,
        params: [("resource".to_owned(), text.to_owned()), ("limit".to_owned(), text.to_owned())].into(),
        message: String::new(),
    }
}

#[test]
fn no_name_becomes_markup() {
    const NAME: &str =
        "</style></title></svg><script>alert(1)</script><img src=x onerror=\"a\" b='c'>]]>&amp;{{ self }}";
    for lang in Lang::ALL {
        let hostile = html(&named(NAME), lang);
        // As many tags as with a harmless name, and no quote of the name's own ends an attribute.
        let harmless = html(&named("DEMO"), lang);
        let count = |page: &str, mark: char| page.matches(mark).count();
        assert_eq!(count(&hostile, '<'), count(&harmless, '<'));
        assert_eq!(count(&hostile, '>'), count(&harmless, '>'));
        assert_eq!(count(&hostile, '"'), count(&harmless, '"'));
        assert!(!hostile.contains("<script") && !hostile.contains("<img") && !hostile.contains("b='c'"));
        // Every kind of name is there: it is shown, not dropped.
        assert!(hostile.matches("alert(1)").count() >= 20, "{}", hostile.matches("alert(1)").count());
    }
}

#[test]
fn no_name_turns_the_text_around() {
    let page = html(&named("DEMO\u{202e}OMED\u{2066}\u{200f}\u{1b}[31m\u{0}\u{9b}\r"), Lang::Ja);
    let steers = |c: char| {
        c.is_control() && c != '\n'
            || ('\u{200e}'..='\u{202e}').contains(&c) && !('\u{2010}'..='\u{2027}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
    };
    assert_eq!(page.chars().find(|c| steers(*c)), None);
    assert!(page.contains("DEMO?OMED??"));
}

#[test]
fn a_long_name_is_cut_and_the_page_says_so() {
    let long = "\u{85ac}".repeat(10_000);
    let page = html(&named(&long), Lang::Ja);
    let rest = html(&named("DEMO"), Lang::Ja).len();
    assert!(!page.contains(&"\u{85ac}".repeat(1_001)));
    assert!(page.contains("…（以下 9000 文字を省略）"));
    assert!(page.len() < rest + 1_000_000, "{} bytes, {rest} without long names", page.len());
    assert!(html(&named(&long), Lang::En).contains("… (9000 more characters)"));
    assert!(!html(&named(&"x".repeat(1_000 - "CN=".len())), Lang::En).contains("more characters)"));
}

/// A page that is still opened, read and printed, in a time that nobody notices.
#[test]
fn ten_thousand_of_everything_are_a_page_that_says_what_it_leaves_out() {
    const MANY: usize = 10_000;
    let mut report = report("pdf/later-revision-replaces-text.pdf");
    let first = report.signatures[0].clone();
    // The last is the one that decides.
    report.signatures = (0..MANY).map(|_| first.clone()).collect();
    for (index, signature) in report.signatures.iter_mut().enumerate() {
        signature.id = format!("sig-{}", index + 1);
        signature.indication = kenin_validation::Indication::Passed;
        signature.integrity.modifications = None;
    }
    let last = &mut report.signatures[MANY - 1];
    last.indication = kenin_validation::Indication::Failed;
    let numbered =
        |index: usize| crate::report::ModificationReport { object: format!("{index} 0"), ..change([0.0; 4], 0) };
    last.integrity.modifications = Some((0..MANY).map(numbered).collect());
    last.findings = (0..MANY).map(|index| finding(&index.to_string())).collect();
    last.checks = std::iter::repeat_n(last.checks[0].clone(), 2 * MANY).collect();
    last.timestamps = std::iter::repeat_n(last.timestamps.clone(), MANY).flatten().collect();
    report.findings = last.findings.clone();
    report.evidence = std::iter::repeat_n(report.evidence[0].clone(), MANY).collect();
    let before = std::time::Instant::now();
    let page = html(&report, Lang::En);
    let took = before.elapsed();
    assert!(page.len() < 12_000_000, "{} bytes", page.len());
    assert!(took.as_secs() < 20, "{took:?}");
    assert_eq!(page.matches("<section class=\"signature\"").count(), SIGNATURES);
    assert!(page.contains("id=\"sig-10000\"") && page.contains("id=\"sig-99\"") && !page.contains("id=\"sig-100\""));
    let more = |count: usize| page.matches(&format!("and {count} more (see --format json)")).count();
    // The others under the answers; findings of the document, and of the signature.
    assert!(more(MANY - SIGNATURES) >= 1, "signatures");
    assert!(more(MANY - ENTRIES) >= 2, "findings");
    assert!(more(MANY - 1_000) >= 1, "evidence");
    assert!(more(MANY - 50) >= 1, "changes");
}

//! G2: name constraints (RFC 5280 4.2.1.10) against every name form, and against names written so that readers differ.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail by panicking

mod common;

use common::*;
use kenin_x509::path::{PathErrorKind, PathInputs};

const PERMITTED: u8 = 0xa0;
const EXCLUDED: u8 = 0xa1;

fn mail(text: &str) -> Vec<u8> {
    tlv(0x81, &[text.as_bytes()])
}

fn dns(text: &str) -> Vec<u8> {
    tlv(0x82, &[text.as_bytes()])
}

fn ip(octets: &[u8]) -> Vec<u8> {
    tlv(0x87, &[octets])
}

fn other_name(type_id: &str) -> Vec<u8> {
    tlv(0xa0, &[&oid(type_id), &tlv(0xa0, &[&utf8("x")])])
}

/// nameConstraints of one subtree.
fn subtree(side: u8, base: &[u8]) -> Vec<u8> {
    extension("2.5.29.30", true, &sequence(&[&tlv(side, &[&sequence(&[base])])]))
}

fn alternative(name: &[u8]) -> Vec<u8> {
    extension("2.5.29.17", false, &sequence(&[name]))
}

/// The error of a path whose CA has one subtree and whose user has one more name.
fn constrained(side: u8, base: &[u8], name: &[u8]) -> Option<PathErrorKind> {
    let root = Party::root("Root", 1);
    let sub = root.intermediate("Sub", 2, vec![subtree(side, base)]);
    let user = sub.issue("User", 3, vec![alternative(name)]);
    validate(&[&user, &sub, &root], &PathInputs::default()).err()
}

fn is_violation(error: Option<PathErrorKind>) -> bool {
    matches!(error, Some(PathErrorKind::NameConstraints(_)))
}

#[test]
fn a_name_is_inside_or_outside_by_the_rule_of_its_form() {
    for (base, name, inside) in [
        (dns("example.jp"), dns("example.jp"), true),
        (dns("example.jp"), dns("WWW.Example.JP"), true),
        (dns("example.jp"), dns("a.b.example.jp"), true),
        (dns("example.jp"), dns("badexample.jp"), false),
        (dns("example.jp"), dns("example.jp.attacker.example"), false),
        (dns("example.jp"), dns("example"), false),
        (dns(".example.jp"), dns("www.example.jp"), true),
        (dns(".example.jp"), dns("wwwexample.jp"), false),
        (dns(""), dns("anything.example"), true),
        (dns("xn--r8jz45g.jp"), dns("www.XN--R8JZ45G.jp"), true),
        (mail("example.jp"), mail("a@example.jp"), true),
        (mail("example.jp"), mail("a@sub.example.jp"), false),
        (mail("example.jp"), mail("a@badexample.jp"), false),
        (mail(".example.jp"), mail("a@sub.example.jp"), true),
        (mail(".example.jp"), mail("a@example.jp"), false),
        (mail("a@example.jp"), mail("a@EXAMPLE.jp"), true),
        (mail("a@example.jp"), mail("A@example.jp"), false),
        (mail("a@example.jp"), mail("b@example.jp"), false),
        (mail("*@example.jp"), mail("a@example.jp"), false),
        (mail("example.jp"), mail("\"a@example.jp\"@attacker.example"), false),
        (uri("example.jp"), uri("https://example.jp/x"), true),
        (uri("example.jp"), uri("https://EXAMPLE.jp:443?x"), true),
        (uri("example.jp"), uri("https://www.example.jp/"), false),
        (uri("example.jp"), uri("https://example.jp@attacker.example/"), false),
        (uri("example.jp"), uri("https://attacker.example/example.jp"), false),
        (uri("example.jp"), uri("https://attacker.example#@example.jp"), false),
        (uri("example.jp"), uri("https://user:pw@example.jp/"), true),
        (uri(".example.jp"), uri("http://a.example.jp:80/"), true),
        (uri(".example.jp"), uri("http://example.jp/"), false),
        (ip(&[10, 0, 0, 0, 255, 0, 0, 0]), ip(&[10, 9, 9, 9]), true),
        (ip(&[10, 9, 9, 9, 255, 0, 0, 0]), ip(&[10, 0, 0, 1]), true),
        (ip(&[10, 0, 0, 0, 255, 0, 0, 0]), ip(&[11, 0, 0, 1]), false),
        (ip(&[10, 0, 0, 0, 255, 0, 0, 0]), ip(&[0; 16]), false),
        (ip(&[0; 8]), ip(&[192, 0, 2, 1]), true),
    ] {
        let (permitted, excluded) = (constrained(PERMITTED, &base, &name), constrained(EXCLUDED, &base, &name));
        let shown = format!("{} {}", String::from_utf8_lossy(&base), String::from_utf8_lossy(&name));
        assert_eq!((permitted.is_none(), is_violation(permitted)), (inside, !inside), "permitted {shown}");
        assert_eq!((excluded.is_none(), is_violation(excluded)), (!inside, inside), "excluded {shown}");
    }
}

/// A name that readers take for different things is refused on either side.
#[test]
fn names_that_cannot_be_compared_are_refused() {
    for (base, name) in [
        (dns("example.jp"), dns("www.example.jp.")),
        (dns("attacker.example"), dns("example.jp.")),
        (dns("example.jp"), dns(".example.jp")),
        (dns("example.jp"), dns("a..example.jp")),
        (dns("example.jp"), dns("a b.example.jp")),
        (dns("example.jp"), dns("attacker.example\0.example.jp")),
        (dns("example.jp"), dns("例え.example.jp")),
        (dns("example.jp"), dns("w*.example.jp")),
        (dns("example.jp"), dns("www.*.example.jp")),
        (dns("example.jp"), dns("")),
        (mail("example.jp"), mail("no-at-sign")),
        (mail("example.jp"), mail("@example.jp")),
        (mail("example.jp"), mail("a@attacker.example@example.jp")),
        (mail("example.jp"), mail("a@example.jp.")),
        (mail("example.jp"), mail("a@[192.0.2.1]")),
        (mail("example.jp"), mail("a@example.jp\n")),
        (mail("a@example.jp"), mail("\"a\"@example.jp")),
        (uri("example.jp"), uri("urn:example")),
        (uri("example.jp"), uri("https:example.jp")),
        (uri("example.jp"), uri("https:///example.jp")),
        (uri("example.jp"), uri("https://192.0.2.1/")),
        (uri("example.jp"), uri("https://[2001:db8::1]/")),
        (uri("example.jp"), uri("https://localhost/")),
        (uri("example.jp"), uri("https://example.jp./")),
        (uri("example.jp"), uri("https://attacker.example\\@example.jp/")),
        (uri("example.jp"), uri("https://attacker.example%2f@example%2ejp/")),
        (uri("example.jp"), uri("https://attacker.example:x@example.jp:y/")),
        (uri("example.jp"), uri("https://exa\tmple.jp/")),
        (ip(&[10, 0, 0, 0, 255, 0, 0, 0]), ip(&[10, 0, 0])),
        (ip(&[10, 0, 0, 0, 255, 0, 0, 0]), ip(&[10, 0, 0, 1, 255, 255, 255, 255])),
    ] {
        for side in [PERMITTED, EXCLUDED] {
            let shown = format!("{side:02x} {} {}", String::from_utf8_lossy(&base), String::from_utf8_lossy(&name));
            assert!(is_violation(constrained(side, &base, &name)), "{shown}");
        }
    }
}

/// RFC 5280 4.2.1.10: process the constraint or reject the certificate.
#[test]
fn subtrees_that_cannot_be_processed_refuse_names_of_their_form() {
    let mailbox = mail("a@example.jp");
    for (base, name) in [
        (dns("*.example.jp"), dns("www.example.jp")),
        (dns("example.jp."), dns("www.example.jp")),
        (dns("..example.jp"), dns("www.example.jp")),
        (dns("."), dns("www.example.jp")),
        (mail(""), mailbox.clone()),
        (mail("a@b@example.jp"), mailbox.clone()),
        (mail("\"a\"@example.jp"), mailbox.clone()),
        (uri(""), uri("https://example.jp/")),
        (uri("https://example.jp/"), uri("https://example.jp/")),
        (ip(&[10, 0, 0, 0, 255, 0, 255, 0]), ip(&[10, 0, 0, 1])),
        (ip(&[10, 0, 0, 0, 0, 255, 255, 255]), ip(&[10, 0, 0, 1])),
        (ip(&[10, 0, 0, 1]), ip(&[10, 0, 0, 1])),
        (ip(&[10, 0, 0, 0, 255]), ip(&[10, 0, 0, 1])),
        (other_name("1.2.3"), other_name("1.2.3")),
        // registeredID, x400Address, ediPartyName
        (tlv(0x88, &[&[42]]), tlv(0x88, &[&[42]])),
        (tlv(0xa3, &[]), tlv(0xa3, &[])),
        (tlv(0xa5, &[]), tlv(0xa5, &[])),
    ] {
        for side in [PERMITTED, EXCLUDED] {
            let error = constrained(side, &base, &name);
            assert_eq!(error, Some(PathErrorKind::NameConstraintsUnsupported), "{side:02x} {base:?} {name:?}");
        }
    }
    // No name of the form: nothing to process.
    for base in [other_name("1.2.3"), tlv(0x88, &[&[42]]), mail("")] {
        assert_eq!(constrained(EXCLUDED, &base, &dns("www.example.jp")), None);
    }
    // Each type of otherName is a form of its own.
    assert_eq!(constrained(EXCLUDED, &other_name("1.2.3"), &other_name("1.2.4")), None);
}

/// A wildcard stands for every label that may take its place; a leading period never allows more than none.
#[test]
fn wildcards_and_leading_periods_are_read_for_the_worse() {
    for (base, name, permitted, excluded) in [
        ("example.jp", "*.example.jp", true, false),
        ("www.example.jp", "*.example.jp", false, false),
        ("www.example.jp", "*.other.jp", false, true),
        (".example.jp", "*.example.jp", true, false),
        (".example.jp", "example.jp", false, false),
    ] {
        let allowed = [PERMITTED, EXCLUDED].map(|side| constrained(side, &dns(base), &dns(name)).is_none());
        assert_eq!(allowed, [permitted, excluded], "{base} {name}");
    }
}

#[test]
fn the_subject_is_a_directory_name_compared_by_whole_rdns() {
    let any = dns("x.example");
    let organization = sequence(&[&name("User")[2..17]]);
    assert_eq!(constrained(PERMITTED, &directory_name(&organization), &any), None);
    assert!(is_violation(constrained(EXCLUDED, &directory_name(&organization), &any)));
    // A prefix of a value, a longer name, and a suffix of the name are other names.
    for base in [name("Use"), name("User name"), sequence(&[&name("User")[17..]])] {
        assert!(is_violation(constrained(PERMITTED, &directory_name(&base), &any)), "{base:?}");
        assert_eq!(constrained(EXCLUDED, &directory_name(&base), &any), None, "{base:?}");
    }
    // A directoryName of subjectAltName is held against the constraints beside the subject.
    let user = directory_name(&name("User"));
    assert!(is_violation(constrained(PERMITTED, &user, &directory_name(&name("Other")))));
    assert!(is_violation(constrained(EXCLUDED, &directory_name(&name("Other")), &directory_name(&name("Other")))));
}

/// The address in the subject is shown to people, whatever subjectAltName says.
#[test]
fn an_email_address_in_the_subject_is_an_rfc822_name() {
    let subject = |value: &[u8]| sequence(&[&tlv(0x31, &[&sequence(&[&oid("1.2.840.113549.1.9.1"), value])])]);
    let ia5 = |text: &str| tlv(0x16, &[text.as_bytes()]);
    let root = Party::root("Root", 1);
    let sub = root.intermediate("Sub", 2, vec![subtree(PERMITTED, &mail("example.jp"))]);
    let named = |value: &[u8], extensions: Vec<Vec<u8>>| {
        let user = sub.issue_named(subject(value), 3, extensions);
        validate(&[&user, &sub, &root], &PathInputs::default()).err()
    };
    assert_eq!(named(&ia5("a@example.jp"), vec![]), None);
    assert!(is_violation(named(&ia5("a@attacker.example"), vec![])));
    let inside = || vec![alternative(&mail("a@example.jp"))];
    assert!(is_violation(named(&ia5("a@attacker.example"), inside())));
    // Not a string at all: it cannot be compared.
    assert_eq!(named(&integer(1), inside()), Some(PathErrorKind::NameConstraintsUnsupported));
}

/// RFC 5937 3: an anchor's own constraints hold for what it issues, and for self-issued certificates only at the end.
#[test]
fn constraints_of_the_anchor_hold() {
    let constraints = || subtree(PERMITTED, &dns("example.jp"));
    let root = Party::root_with("Root", 1, vec![ca_constraints(), key_usage(0x06), constraints()]);
    let user = |by: &Party, host: &str| by.issue("User", 3, vec![alternative(&dns(host))]);
    let inputs = PathInputs::default();
    assert!(validate(&[&user(&root, "www.example.jp"), &root], &inputs).is_ok());
    assert!(is_violation(validate(&[&user(&root, "www.example.com"), &root], &inputs).err()));
    let outside = vec![alternative(&dns("www.example.com")), ca_constraints(), key_usage(0x06)];
    let renewed = root.issue_named(root.name.clone(), 2, outside.clone());
    assert!(validate(&[&user(&renewed, "www.example.jp"), &renewed, &root], &inputs).is_ok());
    assert!(is_violation(validate(&[&renewed, &root], &inputs).err()));
    let sub = root.issue("Sub", 2, outside);
    assert!(is_violation(validate(&[&user(&sub, "www.example.jp"), &sub, &root], &inputs).err()));
}

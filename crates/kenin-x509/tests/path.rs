//! Path building and RFC 5280 6.1: anchors, loops, same names, constraints, policies, budgets.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

mod common;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::*;
use kenin_base::{Budget, Limits, Oid, Resource, Sha256, UtcTime};
use kenin_x509::path::{
    CertificatePool, PathErrorKind, PathFailure, PathInputs, PathSearch, PolicySet, SearchResult, TrustAnchors,
    validate_path,
};
use kenin_x509::{Certificate, SignatureCache};

const SIGNING: &str = "1.2.392.100495.1.5.1.1.3.1";
const TEST: &str = "1.2.392.100495.1.5.1.1.0.1";
const ANY: &str = "2.5.29.32.0";

fn find_with(
    subject: &Party,
    pool: &[&Party],
    anchors: &[&Party],
    inputs: &PathInputs,
    budget: &Budget,
) -> SearchResult {
    let pool: CertificatePool = pool.iter().map(|party| Arc::clone(&party.certificate)).collect();
    let anchors: TrustAnchors = anchors.iter().map(|party| party.certificate.sha256()).collect();
    let signatures = SignatureCache::new();
    let search = PathSearch { pool: &pool, anchors: &anchors, inputs, signatures: &signatures, budget };
    search.find(&subject.certificate)
}

fn find(subject: &Party, pool: &[&Party], anchors: &[&Party]) -> SearchResult {
    find_with(subject, pool, anchors, &PathInputs::default(), &Budget::default())
}

fn hashes(path: &[Arc<Certificate>]) -> Vec<Sha256> {
    path.iter().map(|certificate| certificate.sha256()).collect()
}

fn parties(path: &[&Party]) -> Vec<Sha256> {
    path.iter().map(|party| party.certificate.sha256()).collect()
}

fn only(list: &[&str]) -> PolicySet {
    PolicySet::Only(list.iter().map(|policy| policy.parse::<Oid>().unwrap()).collect())
}

fn demanding(list: &[&str]) -> PathInputs {
    PathInputs { initial_policies: only(list), require_explicit_policy: true, ..PathInputs::default() }
}

#[test]
fn a_chain_is_found_and_an_anchor_is_a_path_of_its_own() {
    let root = Party::root("Root", 1);
    let sub = root.intermediate("Sub", 2, vec![]);
    let user = sub.issue("User", 3, vec![]);
    let pool = [&root, &sub, &user];
    let result = find(&user, &pool, &[&root]);
    assert_eq!(hashes(&result.best().unwrap().certificates), parties(&[&user, &sub, &root]));
    assert_eq!(result.best().unwrap().outcome.policies, only(&[]));
    assert_eq!((result.paths.len(), result.rejected.len(), result.limit), (1, 0, None));
    // An intermediate as the anchor ends the path there.
    assert_eq!(hashes(&find(&user, &pool, &[&sub]).best().unwrap().certificates), parties(&[&user, &sub]));
    assert_eq!(find(&root, &[], &[&root]).best().unwrap().certificates.len(), 1);
}

#[test]
fn without_an_anchor_the_reason_is_kept() {
    let root = Party::root("Root", 1);
    let sub = root.intermediate("Sub", 2, vec![]);
    let user = sub.issue("User", 3, vec![]);
    let untrusted = find(&user, &[&root, &sub], &[]);
    let [rejected] = &untrusted.rejected[..] else { panic!("{untrusted:?}") };
    assert_eq!(rejected.reason, PathFailure::UntrustedRoot { subject: root.certificate.subject().clone() });
    assert_eq!(hashes(&rejected.certificates), parties(&[&user, &sub, &root]));
    let missing = find(&user, &[&root], &[&root]);
    assert_eq!(missing.rejected[0].reason, PathFailure::IssuerNotFound { issuer: sub.certificate.subject().clone() });
    assert!(!missing.rejected.iter().any(|path| matches!(path.reason, PathFailure::Invalid(_))));
}

#[test]
fn of_cas_with_one_name_the_key_decides_and_key_identifiers_only_suggest() {
    let identifier = |id: &[u8]| extension("2.5.29.14", false, &octets(id));
    let authority = |id: &[u8]| extension("2.5.29.35", false, &sequence(&[&tlv(0x80, &[id])]));
    let root = Party::root("Root", 1);
    let old = root.intermediate("CA", 2, vec![identifier(b"old")]);
    let new = root.intermediate("CA", 3, vec![identifier(b"new")]);
    let user = new.issue("User", 4, vec![authority(b"new")]);
    let result = find(&user, &[&root, &old, &new], &[&root]);
    assert_eq!(hashes(&result.best().unwrap().certificates), parties(&[&user, &new, &root]));
    // The identifier points at the wrong CA: it is tried first, fails, and the right one is found.
    let misled = new.issue("User", 5, vec![authority(b"old")]);
    let result = find(&misled, &[&root, &old, &new], &[&root]);
    assert_eq!(hashes(&result.best().unwrap().certificates), parties(&[&misled, &new, &root]));
    assert_eq!(result.rejected[0].reason, PathFailure::NotSignedBy { issuer: old.certificate.sha256() });
}

#[test]
fn cross_certificates_give_alternatives_without_loops() {
    let (a, b) = (Party::root("A", 1), Party::root("B", 2));
    let cross = |by: &Party, to: &Party, serial: u32| {
        let extensions = vec![ca_constraints(), key_usage(0x06)];
        let template = Template { serial, issuer: &by.name, subject: &to.name, key: &to.key, extensions };
        Party { certificate: issue(&by.key, &template), ..to.clone() }
    };
    let (a_by_b, b_by_a) = (cross(&b, &a, 10), cross(&a, &b, 11));
    let user = a.issue("User", 3, vec![]);
    let pool = [&a, &b, &a_by_b, &b_by_a];
    let result = find(&user, &pool, &[&a, &b]);
    let found: Vec<_> = result.paths.iter().map(|path| hashes(&path.certificates)).collect();
    assert_eq!(found, [parties(&[&user, &a]), parties(&[&user, &a_by_b, &b])]);
    assert_eq!(hashes(&find(&user, &pool, &[&b]).best().unwrap().certificates), parties(&[&user, &a_by_b, &b]));
    assert!(find(&user, &pool, &[]).best().is_none());
}

#[test]
fn validity_is_not_judged_here() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 3, vec![]);
    let preferred_time = UtcTime::parse("2050-01-01T00:00:00Z").ok();
    let inputs = PathInputs { preferred_time, ..PathInputs::default() };
    // Nothing is valid then, and the path is found all the same.
    assert!(find_with(&user, &[&root], &[&root], &inputs, &Budget::default()).best().is_some());
}

#[test]
fn ca_rights_and_path_lengths_are_enforced() {
    let inputs = PathInputs::default();
    let root = Party::root("Root", 1);
    let not_ca = root.issue("Sub", 2, vec![]);
    assert_eq!(error(&[&not_ca.issue("User", 3, vec![]), &not_ca, &root], &inputs), PathErrorKind::NotCa);
    let no_sign = root.issue("Sub", 2, vec![ca_constraints(), key_usage(0x02)]);
    assert_eq!(error(&[&no_sign.issue("User", 3, vec![]), &no_sign, &root], &inputs), PathErrorKind::KeyCertSign);
    let short = extension("2.5.29.19", true, &sequence(&[&[0x01, 0x01, 0xff], &integer(0)]));
    let short = root.issue("Short", 2, vec![short, key_usage(0x06)]);
    assert!(validate(&[&short.issue("User", 3, vec![]), &short, &root], &inputs).is_ok());
    let below = short.intermediate("Below", 4, vec![]);
    let user = below.issue("User", 5, vec![]);
    assert_eq!(error(&[&user, &below, &short, &root], &inputs), PathErrorKind::PathLength);
    // A self-issued certificate does not count (6.1.4 (l)).
    let renewed = short.issue_named(short.name.clone(), 6, vec![ca_constraints(), key_usage(0x06)]);
    assert!(validate(&[&renewed.issue("User", 7, vec![]), &renewed, &short, &root], &inputs).is_ok());
}

/// RFC 5280 4.2.1.9, 4.2.1.3, 4.2, RFC 5937 3: what an anchor's certificate says of those it issues.
#[test]
fn an_anchor_that_forbids_issuing_anchors_nothing() {
    let inputs = PathInputs::default();
    let below = |extensions: Vec<Vec<u8>>| {
        let root = Party::root_with("Root", 1, extensions);
        let user = root.issue("User", 3, vec![]);
        // The certificate itself may be pinned all the same.
        assert!(validate(&[&root], &inputs).is_ok());
        validate(&[&user, &root], &inputs).err()
    };
    let not_ca = || extension("2.5.29.19", true, &sequence(&[]));
    assert_eq!(below(vec![]), Some(PathErrorKind::NotCa));
    assert_eq!(below(vec![not_ca(), key_usage(0x06)]), Some(PathErrorKind::NotCa));
    // digitalSignature and nonRepudiation, as a signer's card has
    assert_eq!(below(vec![key_usage(0xc0)]), Some(PathErrorKind::KeyCertSign));
    assert_eq!(below(vec![ca_constraints(), key_usage(0x02)]), Some(PathErrorKind::KeyCertSign));
    let unknown = extension("1.3.6.1.4.1.99999.1", true, &[5, 0]);
    let expected = PathErrorKind::UnknownCriticalExtension("1.3.6.1.4.1.99999.1".parse().unwrap());
    assert_eq!(below(vec![ca_constraints(), unknown]), Some(expected));
    assert_eq!(below(vec![ca_constraints()]), None);
    // A deployed root of version 3 has keyUsage and no basicConstraints.
    assert_eq!(below(vec![key_usage(0x06)]), None);

    let no_further_ca = extension("2.5.29.19", true, &sequence(&[&[0x01, 0x01, 0xff], &integer(0)]));
    let root = Party::root_with("Root", 1, vec![no_further_ca, key_usage(0x06)]);
    let sub = root.intermediate("Sub", 2, vec![]);
    assert!(validate(&[&root.issue("User", 3, vec![]), &root], &inputs).is_ok());
    assert_eq!(error(&[&sub.issue("User", 3, vec![]), &sub, &root], &inputs), PathErrorKind::PathLength);
}

/// RFC 5280 4.1.2.4: an empty name identifies no issuer.
#[test]
fn an_empty_issuer_name_chains_to_nothing() {
    let key = Key::new(1);
    let empty = sequence(&[]);
    let template =
        Template { serial: 1, issuer: &empty, subject: &empty, key: &key, extensions: vec![ca_constraints()] };
    let root = Party { certificate: issue(&key, &template), name: empty, key };
    assert_eq!(error(&[&root.issue("User", 3, vec![]), &root], &PathInputs::default()), PathErrorKind::NameChaining);
}

/// RFC 5280 4.2: sequences that must not be empty.
#[test]
fn an_extension_that_says_nothing_is_malformed() {
    let root = Party::root("Root", 1);
    for id in ["2.5.29.37", "2.5.29.32", "2.5.29.33", "2.5.29.30"] {
        let user = root.issue("User", 3, vec![extension(id, false, &sequence(&[]))]);
        let expected = PathErrorKind::MalformedExtension(id.parse().unwrap());
        assert_eq!(error(&[&user, &root], &PathInputs::default()), expected);
    }
}

#[test]
fn signatures_names_and_critical_extensions_are_checked() {
    let inputs = PathInputs::default();
    let (root, other) = (Party::root("Root", 1), Party::root("Root", 2));
    let user = root.issue("User", 3, vec![]);
    assert_eq!(error(&[&user, &other], &inputs), PathErrorKind::SignatureBroken);
    let renamed = Party {
        certificate: issue(
            &root.key,
            &Template {
                serial: 1,
                issuer: &name("Renamed"),
                subject: &name("Renamed"),
                key: &root.key,
                extensions: vec![ca_constraints()],
            },
        ),
        ..root.clone()
    };
    assert_eq!(error(&[&user, &renamed], &inputs), PathErrorKind::NameChaining);
    let unknown = "1.3.6.1.4.1.99999.1";
    let critical = root.issue("User", 3, vec![extension(unknown, true, &[5, 0])]);
    let expected = PathErrorKind::UnknownCriticalExtension(unknown.parse().unwrap());
    assert_eq!(error(&[&critical, &root], &inputs), expected);
    let malformed = root.issue("User", 3, vec![extension("2.5.29.19", true, &[0x30, 1])]);
    let expected = PathErrorKind::MalformedExtension("2.5.29.19".parse().unwrap());
    assert_eq!(error(&[&malformed, &root], &inputs), expected);
    let twice = root.issue("User", 3, vec![ca_constraints(), ca_constraints()]);
    let expected = PathErrorKind::DuplicateExtension("2.5.29.19".parse().unwrap());
    assert_eq!(error(&[&twice, &root], &inputs), expected);
}

/// G4: test cards chain to the production root; an explicit policy tells them apart.
#[test]
fn g4_a_test_card_is_refused_under_the_signing_policy() {
    let root = Party::root("Root", 1);
    let sub = root.intermediate("Signing CA", 2, vec![policies(&[SIGNING])]);
    let doctor = sub.issue("Doctor", 3, vec![policies(&[SIGNING])]);
    let card = sub.issue("Test card", 4, vec![policies(&[TEST])]);
    assert_eq!(validate(&[&doctor, &sub, &root], &demanding(&[SIGNING])), Ok(only(&[SIGNING])));
    assert_eq!(error(&[&card, &sub, &root], &demanding(&[SIGNING])), PathErrorKind::ExplicitPolicy);
    assert_eq!(error(&[&card, &sub, &root], &demanding(&[TEST])), PathErrorKind::ExplicitPolicy);
    assert_eq!(validate(&[&card, &sub, &root], &PathInputs::default()), Ok(only(&[])));
    let result = find_with(&card, &[&root, &sub], &[&root], &demanding(&[SIGNING]), &Budget::default());
    let [rejected] = &result.rejected[..] else { panic!("{result:?}") };
    assert_eq!((rejected.reason.code(), result.paths.len()), ("explicit-policy", 0));
    assert_eq!(hashes(&rejected.certificates), parties(&[&card, &sub, &root]));
}

/// G3, the cases that HPKI-like hierarchies meet; the whole of PKITS 4.8 to 4.12 is run elsewhere.
#[test]
fn g3_any_policy_mappings_and_inhibition() {
    let (p1, p2) = ("1.2.3.1", "1.2.3.2");
    let root = Party::root("Root", 1);
    let any = root.intermediate("Any", 2, vec![policies(&[ANY])]);
    let user = any.issue("User", 3, vec![policies(&[p1])]);
    let path = [&user, &any, &root];
    assert_eq!(validate(&path, &demanding(&[p1])), Ok(only(&[p1])));
    assert_eq!(error(&path, &demanding(&[p2])), PathErrorKind::ExplicitPolicy);
    let inhibited = PathInputs { inhibit_any_policy: true, ..demanding(&[p1]) };
    assert_eq!(error(&path, &inhibited), PathErrorKind::ExplicitPolicy);
    let all = any.issue("User", 4, vec![policies(&[ANY])]);
    assert_eq!(validate(&[&all, &any, &root], &demanding(&[p1, p2])), Ok(only(&[p1, p2])));
    assert_eq!(validate(&[&all, &any, &root], &PathInputs::default()), Ok(PolicySet::Any));

    let mapping = |from: &str, to: &str| extension("2.5.29.33", true, &sequence(&[&sequence(&[&oid(from), &oid(to)])]));
    let mapped = root.intermediate("Mapped", 5, vec![policies(&[p1]), mapping(p1, p2)]);
    let user = mapped.issue("User", 6, vec![policies(&[p2])]);
    assert_eq!(validate(&[&user, &mapped, &root], &demanding(&[p1])), Ok(only(&[p1])));
    assert_eq!(error(&[&user, &mapped, &root], &demanding(&[p2])), PathErrorKind::ExplicitPolicy);
    let inhibited = PathInputs { inhibit_policy_mapping: true, ..demanding(&[p1]) };
    assert_eq!(error(&[&user, &mapped, &root], &inhibited), PathErrorKind::ExplicitPolicy);
    let wild = root.intermediate("Wild", 7, vec![policies(&[p1]), mapping(p1, ANY)]);
    let user = wild.issue("User", 8, vec![policies(&[p1])]);
    assert_eq!(error(&[&user, &wild, &root], &PathInputs::default()), PathErrorKind::AnyPolicyMapped);

    // policyConstraints in the path demands what the caller did not.
    let required = extension("2.5.29.36", true, &sequence(&[&[0x80, 1, 0]]));
    let strict = root.intermediate("Strict", 9, vec![policies(&[p1]), required]);
    let none = strict.issue("User", 10, vec![]);
    assert_eq!(error(&[&none, &strict, &root], &PathInputs::default()), PathErrorKind::ExplicitPolicy);
}

/// Two hundred keys of one name, as JPKI has three: the right one is found at once by its identifier, or by issuer and
/// serial number, with one signature check a link.
#[test]
fn the_right_one_of_two_hundred_namesakes_is_tried_first() {
    let root = Party::root("Root", 1);
    let identifier = |n: u32| extension("2.5.29.14", false, &octets(&n.to_be_bytes()));
    let by_key = |n: u32| extension("2.5.29.35", false, &sequence(&[&tlv(0x80, &[&n.to_be_bytes()])]));
    let with_identifiers: Vec<Party> =
        (0..200).map(|n| root.intermediate("CA", 1000 + n, vec![identifier(n)])).collect();
    let without: Vec<Party> = (0..200).map(|n| root.intermediate("CA", 1000 + n, vec![])).collect();
    let issuer = tlv(0xa1, &[&directory_name(&root.name)]);
    let serial = [&[0x82][..], &integer(1199)[1..]].concat();
    let by_serial = extension("2.5.29.35", false, &sequence(&[&issuer, &serial]));
    for (authorities, hint) in [(&with_identifiers, by_key(199)), (&without, by_serial)] {
        let user = authorities[199].issue("User", 3, vec![hint]);
        let pool: Vec<&Party> = authorities.iter().chain([&root]).collect();
        let budget = Budget::new(&Limits { path_signature_checks: 2, ..Limits::default() });
        let result = find_with(&user, &pool, &[&root], &PathInputs::default(), &budget);
        assert_eq!(hashes(&result.best().unwrap().certificates), parties(&[&user, &authorities[199], &root]));
        assert!(result.rejected.is_empty());
    }
}

#[test]
fn of_many_failures_the_telling_ones_are_kept() {
    let root = Party::root("Root", 1);
    let impostors: Vec<Party> = (0..60).map(|n| root.intermediate("CA", 1000 + n, vec![])).collect();
    let (right, stray) = (root.intermediate("CA", 2, vec![]), Party::root("Stray", 5));
    // The same key as the right one's, certified by a CA that is not at hand.
    let extensions = vec![ca_constraints(), key_usage(0x06)];
    let template = Template { serial: 6, issuer: &stray.name, subject: &right.name, key: &right.key, extensions };
    let unknown = Party { certificate: issue(&stray.key, &template), ..right.clone() };
    let user = right.issue("User", 3, vec![policies(&[TEST])]);
    let pool: Vec<&Party> = impostors.iter().chain([&unknown, &right, &root]).collect();
    let result = find_with(&user, &pool, &[&root], &demanding(&[SIGNING]), &Budget::default());
    let codes: Vec<&str> = result.rejected.iter().map(|path| path.reason.code()).collect();
    assert_eq!((codes.len(), result.limit), (32, None));
    assert_eq!(codes[..30], ["not-signed-by"; 30]);
    assert_eq!(codes[30..], ["issuer-not-found", "explicit-policy"]);
}

/// G1: many cross-signed CAs of one name, none of which leads anywhere.
#[test]
fn g1_two_hundred_cross_signed_cas_end_at_the_budget() {
    let root = Party::root("Root", 1);
    let keys: Vec<Party> = (0..200).map(|n| Party::root("Mesh", 1000 + n)).collect();
    let mesh: Vec<Party> = (0..200)
        .map(|n| {
            let (by, to) = (&keys[n], &keys[(n + 1) % 200]);
            let extensions = vec![ca_constraints(), key_usage(0x06)];
            let serial = u32::try_from(n).unwrap();
            let template = Template { serial, issuer: &by.name, subject: &to.name, key: &to.key, extensions };
            Party { certificate: issue(&by.key, &template), ..to.clone() }
        })
        .collect();
    let user = keys[0].issue("User", 3, vec![]);
    let pool: Vec<&Party> = mesh.iter().chain([&root]).collect();
    let budget = Budget::default();
    let start = Instant::now();
    let result = find_with(&user, &pool, &[&root], &PathInputs::default(), &budget);
    assert!(start.elapsed() < Duration::from_millis(200), "{:?}", start.elapsed());
    assert_eq!(result.limit.map(|limit| limit.resource), Some(Resource::PathSignatureChecks));
    assert!(result.best().is_none() && !result.rejected.is_empty());
    assert!(budget.spent(Resource::SignatureChecks) <= 101);
}

/// Links that cannot be verified (here: keys on a curve of another size) are not free either.
#[test]
fn g1_unverifiable_links_spend_the_budget() {
    let keys: Vec<Party> = (0..40).map(|n| Party::root("Mesh", 1000 + n)).collect();
    let pool: Vec<Party> = keys
        .iter()
        .map(|party| {
            let good = party.certificate.der().to_vec();
            let curve = oid("1.2.840.10045.3.1.7");
            let at = good.windows(curve.len()).position(|window| window == curve).unwrap();
            let mut der = good;
            der[at + curve.len() - 1] = 0x7f;
            Party { certificate: Arc::new(Certificate::parse(&der).unwrap()), ..party.clone() }
        })
        .collect();
    let user = keys[0].issue("User", 3, vec![]);
    let start = Instant::now();
    let pool: Vec<&Party> = pool.iter().collect();
    let result = find(&user, &pool, &[]);
    assert!(start.elapsed() < Duration::from_millis(200), "{:?}", start.elapsed());
    assert_eq!(result.limit.map(|limit| limit.resource), Some(Resource::PathSignatureChecks));
}

/// G1: a policy tree that doubles at each of twenty levels (CVE-2023-0464) is a graph of two nodes a level.
#[test]
fn g1_an_exploding_policy_tree_stays_small() {
    let (p1, p2) = ("1.2.3.1", "1.2.3.2");
    let pair = |from: &str, to: &str| sequence(&[&oid(from), &oid(to)]);
    let both = sequence(&[&pair(p1, p1), &pair(p1, p2), &pair(p2, p1), &pair(p2, p2)]);
    let extensions = || vec![policies(&[p1, p2]), extension("2.5.29.33", true, &both)];
    let mut path = vec![Party::root("Root", 1)];
    for level in 0..20 {
        let next = path[0].intermediate(&format!("Level {level}"), 10 + level, extensions());
        path.insert(0, next);
    }
    let user = path[0].issue("User", 3, vec![policies(&[p1])]);
    path.insert(0, user);
    let path: Vec<&Party> = path.iter().collect();
    let start = Instant::now();
    assert_eq!(validate(&path, &demanding(&[p1, p2])), Ok(only(&[p1, p2])));
    assert!(start.elapsed() < Duration::from_millis(200), "{:?}", start.elapsed());

    let certificates: Vec<_> = path.iter().map(|party| Arc::clone(&party.certificate)).collect();
    let budget = Budget::new(&Limits { policy_nodes: 50, ..Limits::default() });
    let error = validate_path(&certificates, &demanding(&[p1]), &SignatureCache::new(), &budget).unwrap_err();
    assert!(matches!(error.kind, PathErrorKind::Limit(limit) if limit.resource == Resource::PolicyNodes));
}

#[test]
fn a_cache_changes_no_answer_and_no_budget() {
    let root = Party::root("Root", 1);
    let user = root.issue("User", 3, vec![]);
    let path = [Arc::clone(&user.certificate), Arc::clone(&root.certificate)];
    let signatures = SignatureCache::new();
    let inputs = PathInputs::default();
    let mut answers = BTreeSet::new();
    for _ in 0..3 {
        let budget = Budget::default();
        let result = validate_path(&path, &inputs, &signatures, &budget);
        answers.insert((format!("{result:?}"), budget.spent(Resource::PathSignatureChecks)));
    }
    assert_eq!(answers.len(), 1);
}

/// RFC 5280 4.2.1.4: qualifiers are read for people, and one that cannot be read spoils nothing.
#[test]
fn policy_qualifiers_are_read() {
    use kenin_x509::PolicyQualifier::{CpsUri, Other, UserNotice};
    let root = Party::root("Root", 1);
    let ia5 = |text: &str| tlv(0x16, &[text.as_bytes()]);
    let qualifier = |id: &str, value: &[u8]| sequence(&[&oid(id), value]);
    let (cps, notice) = ("1.3.6.1.5.5.7.2.1", "1.3.6.1.5.5.7.2.2");
    let list = sequence(&[
        &qualifier(cps, &ia5("http://demo.example/cps")),
        &qualifier(notice, &sequence(&[&utf8("検証用")])),
        &qualifier(notice, &sequence(&[])),
        &qualifier(notice, &integer(1)),
        &qualifier("1.2.3", &integer(1)),
    ]);
    let value = sequence(&[&sequence(&[&oid(SIGNING), &list])]);
    let user = root.issue("User", 10, vec![extension("2.5.29.32", true, &value)]);
    let policies = user.certificate.extensions().certificate_policies.clone().unwrap().policies;
    let expected = [
        CpsUri("http://demo.example/cps".into()),
        UserNotice { explicit_text: Some("検証用".into()) },
        UserNotice { explicit_text: None },
        Other(notice.parse().unwrap()),
        Other("1.2.3".parse().unwrap()),
    ];
    assert_eq!(policies[0].qualifiers, expected);
    assert_eq!(validate(&[&user, &root], &demanding(&[SIGNING])), Ok(only(&[SIGNING])));
}

/// Many certificates of one name: weighing them, and trying their keys, is bounded over all searches of a document.
#[test]
fn a_crowd_of_namesakes_ends_the_searches_of_a_document_and_not_its_time() {
    let root = Party::root("Root", 1);
    let crowd: Vec<Party> = (0..400).map(|n| root.issue_named(name("CA"), 1000 + n, vec![ca_constraints()])).collect();
    let stranger = Party::root("CA", 7);
    let user = stranger.issue("User", 10, vec![]);
    let pool: CertificatePool = crowd.iter().map(|party| Arc::clone(&party.certificate)).collect();
    let (anchors, inputs) = ([root.certificate.sha256()].into_iter().collect(), PathInputs::default());
    let signatures = SignatureCache::new();
    let three_searches = |limits: Limits| -> Vec<Option<Resource>> {
        let budget = &Budget::new(&limits);
        let search = PathSearch { pool: &pool, anchors: &anchors, inputs: &inputs, signatures: &signatures, budget };
        (0..3).map(|_| search.find(&user.certificate).limit.map(|limit| limit.resource)).collect()
    };
    let checks = Some(Resource::PathSignatureChecks);
    let candidates = three_searches(Limits { path_candidates: 1_000, ..Limits::default() });
    assert_eq!(candidates, [checks, checks, Some(Resource::PathCandidates)]);
    let broken = three_searches(Limits { path_broken_links: 250, ..Limits::default() });
    assert_eq!(broken, [checks, checks, Some(Resource::PathBrokenLinks)]);
}

//! What must not count as proof: timestamps over something else, from somebody else, or over too little.

use kenin_testkit::certificates::CertificateSpec;
use kenin_testkit::cms::{SignedData, Signer, attribute, ocsp_revocation, signing_time};
use kenin_testkit::extensions as ext;
use kenin_testkit::keys::Key;
use kenin_testkit::names::authority;
use kenin_testkit::ocsp::{ResponseSpec, Single, no_check};

use crate::case::{Case, NEVER, case};
use crate::documents::{
    File, IN_2016, IN_2021, NOTE, Page, RENEWED, Record, SIGNED, card_2016, list, naming, of_2021, root_2016, tsa_2016,
    world,
};

/// id-aa-ets-contentTimestamp.
const CONTENT_TIME_STAMP: &str = "1.2.840.113549.1.9.16.2.20";

pub fn cases() -> Vec<Case> {
    [other_objects(), other_signers(), responders(), detached(), algorithms(), sunsets()].concat()
}

fn of_2016() -> [Vec<u8>; 3] {
    [card_2016(), root_2016(), tsa_2016()]
}

/// A timestamp proves what it is over, and nothing else.
fn other_objects() -> Vec<Case> {
    let content_stamped = || {
        let signer = Signer::of_data(world().identity("doctor"));
        let mut attributes = signer.attributes(NOTE);
        attributes.push(signing_time("2016-05-10T01:30:00Z"));
        attributes.push(attribute(CONTENT_TIME_STAMP, &world().token("tsu-1", NOTE, SIGNED).to_der()));
        let chain = world().certificates(&["doctor", "ca", "root"]);
        let data = SignedData::attached(signer.sign(attributes), NOTE).carrying(&chain, &[]);
        Record { data }.with(of_2016()).with(of_2021())
    };
    let unstamped = || Record::signed_by("doctor", &["ca", "root"]).with(of_2016()).with(of_2021());
    vec![
        case("content-timestamp-of-2016", content_stamped().file(), "2016-05-12T00:00:00Z")
            .passes(NEVER)
            .timestamps(&["passed"])
            .because("5.3: a content timestamp is older than the signature and proves nothing of its age"),
        case("content-timestamp-when-the-card-ended", content_stamped().file(), "2021-03-02T00:00:00Z")
            .open("?", NEVER)
            .timestamps(&["passed"])
            .because("the card ended in January, and the signature may be of yesterday"),
        case("unstamped-when-the-card-ended", unstamped().file(), "2021-03-02T00:00:00Z")
            .open("?", NEVER)
            .because("the signing-time attribute is a claim"),
        case("archived-after-the-card-ended", unstamped().archived("tsu-2", RENEWED).file(), "2021-03-02T00:00:00Z")
            .open("?", IN_2021)
            .timestamps(&["passed"])
            .because("proven two months after the card ended"),
        case(
            "signature-after-the-document-timestamp",
            Page::stamped_then_signed(SIGNED).with(of_2016()).with(of_2021()).file(),
            "2021-03-02T00:00:00Z",
        )
        .open("?", NEVER)
        .because(
            "validation-rules 9: a document timestamp proves what lies in its ByteRange; the signature came later",
        ),
        case(
            "signature-after-the-document-timestamp-renewed",
            Page::stamped_then_signed(SIGNED).with(of_2016()).with(of_2021()).archived("tsu-2", RENEWED).file(),
            "2021-03-02T00:00:00Z",
        )
        .open("?", IN_2021)
        .because("the second document timestamp covers the signature, after the card ended"),
        case(
            "index-without-the-signature-timestamp",
            Record::lt().with(of_2021()).archived_without_attributes("tsu-2", RENEWED).file(),
            "2023-05-02T00:00:00Z",
        )
        .beside([list("tsa", "2023-04-30T00:00:00Z", "2023-07-30T00:00:00Z")])
        .open("OUT_OF_BOUNDS_NO_POE", IN_2021)
        .timestamps(&["not passed", "passed"])
        .because("I1: what the index leaves out is not covered; the signature itself is"),
    ]
}

/// Proof comes from time-stamping authorities that the profile names, and from keys nobody else has.
fn other_signers() -> Vec<Case> {
    let unit = |issuer: &str| {
        let extensions = vec![
            ext::key_usage(&[x509_cert::ext::pkix::KeyUsages::DigitalSignature]),
            ext::extended_key_usage(&[ext::TIME_STAMPING], true),
            ext::certificate_policy(kenin_testkit::SIGNING_POLICY),
        ];
        let spec = CertificateSpec {
            subject: authority("DEMO Medical Association", "DEMO Certificate Center", "DEMO unit of the signing CA"),
            key: Key::derived("records unit of the signing CA"),
            serial: 77,
            validity: ("2016-01-01T00:00:00Z", "2040-01-01T00:00:00Z"),
            extensions,
        };
        spec.issue(Some(world().identity(issuer)))
    };
    let both = [
        naming("tsa", ("2021-04-20T00:00:00Z", "2021-07-20T00:00:00Z"), ("tsu-1", "2017-01-01T00:00:00Z", Some(1))),
        naming(
            "lasting-ca",
            ("2018-05-10T00:00:00Z", "2018-05-14T00:00:00Z"),
            ("lasting-doctor", "2018-05-01T00:00:00Z", Some(4)),
        ),
    ];
    vec![
        case(
            "timestamp-below-a-signer-anchor",
            Record::signed_by("lasting-doctor", &["lasting-ca", "root"])
                .stamped_by(&unit("lasting-ca"), SIGNED)
                .with([list("lasting-ca", "2016-05-10T17:00:01Z", "2016-05-14T17:00:01Z"), root_2016()])
                .file(),
            "2016-05-12T00:00:00Z",
        )
        .passes(NEVER)
        .timestamps(&["NO_CERTIFICATE_CHAIN_FOUND"])
        .because("verdicts rule 2: signer and TSA anchors never mix; everything is fresh at validation time"),
        case(
            "unit-compromised-and-card-superseded",
            Record::lasting()
                .with([list("root", "2021-02-25T00:00:00Z", "2021-05-25T00:00:00Z")])
                .archived("tsu-2", RENEWED)
                .file(),
            "2021-05-02T00:00:00Z",
        )
        .beside(both)
        .open("REVOKED_NO_POE", IN_2021)
        .timestamps(&["REVOKED_NO_POE", "passed"])
        .because("5.5.4 (4a): what is left proves 2021, and the card was revoked in 2018"),
    ]
}

/// An OCSP response by a responder whose certificate lived for a month.
fn responders() -> Vec<Case> {
    let (card, ca) = (world().identity("lasting-doctor"), world().identity("lasting-ca"));
    let responder = CertificateSpec {
        subject: authority("DEMO Medical Association", "DEMO Certificate Center", "DEMO responder of May 2016"),
        key: Key::derived("records responder"),
        serial: 78,
        validity: ("2016-05-01T00:00:00Z", "2016-06-01T00:00:00Z"),
        extensions: vec![
            ext::key_usage(&[x509_cert::ext::pkix::KeyUsages::DigitalSignature]),
            ext::extended_key_usage(&["1.3.6.1.5.5.7.3.9"], false),
            no_check(),
        ],
    };
    let responder = responder.issue(Some(ca));
    let single = Single {
        this_update: "2016-05-10T06:00:00Z",
        next_update: Some("2016-05-14T06:00:00Z"),
        ..Single::good(card, ca)
    };
    let response = ocsp_revocation(&ResponseSpec::by_delegate(&responder, single).to_der());
    let draft =
        || {
            let mut record = Record::signed_by("lasting-doctor", &["lasting-ca", "root"])
                .stamped("tsu-1", SIGNED)
                .with([root_2016(), tsa_2016(), response.clone()]);
            record.data.version = 5;
            record
        };
    let kept = || draft().archived("tsu-1", "20160512010000Z");
    let in_2023 = || [list("tsa", "2023-04-30T00:00:00Z", "2023-07-30T00:00:00Z")];
    vec![
        case("response-while-its-responder-lives", draft().file(), "2016-05-12T00:00:00Z")
            .passes(IN_2016)
            .because("5.5: the response is fresh"),
        case("response-whose-responder-ended", draft().file(), "2016-06-02T00:00:00Z")
            .open("REVOCATION_OUT_OF_BOUNDS_NO_POE", IN_2016)
            .because("D34: a datum whose signer has ended counts only when it is proven to be from before"),
        case("response-proven-in-time", kept().file(), "2016-06-02T00:00:00Z")
            .passes(IN_2016)
            .because("5.6.2.4 (1): proven in May, while the responder lived"),
        case(
            "response-proven-in-time-renewed",
            kept().with(of_2021()).archived("tsu-2", RENEWED).file(),
            "2023-05-02T00:00:00Z",
        )
        .beside(in_2023())
        .passes(IN_2016)
        .timestamps(&["passed", "passed", "passed"])
        .because("5.6.2.4 (1): its lowest proof is of 2016, through the archive timestamp of 2021"),
        case(
            "response-proven-too-late",
            draft().with(of_2021()).archived("tsu-2", RENEWED).file(),
            "2023-05-02T00:00:00Z",
        )
        .beside(in_2023())
        .open("REVOCATION_OUT_OF_BOUNDS_NO_POE", IN_2016)
        .timestamps(&["passed", "passed"])
        .because("5.6.2.4 (1): proven in 2021 only, when anybody might have had the responder's key"),
    ]
}

/// Archive timestamps over content that lies elsewhere.
fn detached() -> Vec<Case> {
    let apart = |mut record: Record| {
        record.data.content = None;
        File { name: "record.p7s", bytes: record.data.to_der() }
    };
    let version_2 = || {
        let mut record = Record::lt().with(of_2021());
        record.data.content = None;
        apart(record.archived_v2_over("tsu-2", RENEWED, NOTE))
    };
    let version_3 = || apart(Record::renewed());
    let judged = |id, file, content: &[u8]| {
        let mut case = case(id, file, "2023-05-02T00:00:00Z").beside([list(
            "tsa",
            "2023-04-30T00:00:00Z",
            "2023-07-30T00:00:00Z",
        )]);
        case.question.content = Some(content.to_vec());
        case
    };
    vec![
        judged("detached-version-2", version_2(), NOTE)
            .passes(IN_2016)
            .timestamps(&["passed", "passed"])
            .because("validation-rules 8: the content octets follow encapContentInfo"),
        judged("detached-version-3", version_3(), NOTE)
            .passes(IN_2016)
            .timestamps(&["passed", "passed"])
            .because("validation-rules 8: the hash of the content"),
        judged("detached-other-content-version-2", version_2(), b"something else")
            .fails("HASH_FAILURE")
            .because("verdicts row 1"),
        judged("detached-other-content-version-3", version_3(), b"something else")
            .fails("HASH_FAILURE")
            .because("verdicts row 1"),
    ]
}

/// The algorithm of every key here ends with 2024, under a policy of its own.
fn algorithms() -> Vec<Case> {
    let ending = |id, record: Record, time| {
        let table = "[[algorithm]]\nname = \"SHA-256\"\n[[algorithm]]\nname = \"ECDSA\"\nmin_bits = 256\n\
                     until = \"2025-01-01T00:00:00Z\"\n[modifications] ";
        case(id, record.file(), time).with_policy("[modifications] ", table).beside([list(
            "tsa",
            "2024-12-30T00:00:00Z",
            "2025-03-30T00:00:00Z",
        )])
    };
    vec![
        ending("algorithm-in-its-last-second", Record::renewed(), "2024-12-31T23:59:59Z")
            .passes(IN_2016)
            .because("`until` is the first instant at which it is not accepted"),
        ending("algorithm-ended", Record::renewed(), "2025-01-01T00:00:00Z")
            .open("?", NEVER)
            .timestamps(&["not passed", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"])
            .because("5.4: no token under it proves anything any more, and nothing stronger renewed them"),
    ]
}

/// Anchors that are trusted up to a date (EN 319 102-1 5.2.6.4 (1), 5.6.2.2).
fn sunsets() -> Vec<Case> {
    let signer = |case: Case, sunset| case.with_trust("purpose = \"hpki\"\n", sunset);
    let in_2018 = "purpose = \"hpki\"\nnot_after = \"2018-01-01T00:00:00Z\"\n";
    let kept = || Record::lt().archived("tsu-1", "20160512010000Z").with(of_2021()).archived("tsu-2", RENEWED);
    let without_ca = || {
        let record = Record::signed_by("doctor", &["root"]).stamped("tsu-1", SIGNED).with(of_2016());
        record.archived("tsu-1", "20160512010000Z").with(of_2021()).archived("tsu-2", RENEWED)
    };
    let time = "2021-05-02T00:00:00Z";
    vec![
        signer(case("sunset-after-proof", kept().file(), time), in_2018)
            .passes(IN_2016)
            .timestamps(&["passed", "passed", "passed"])
            .because("certificates and lists are proven in 2016, before the sunset, where sliding begins"),
        signer(case("sunset-before-proof", Record::renewed().file(), time), in_2018)
            .open("NO_CERTIFICATE_CHAIN_FOUND_NO_POE", IN_2016)
            .timestamps(&["passed", "passed"])
            .because("5.6.2.2 a: certificates and lists are proven in 2021 only, after the sunset"),
        signer(case("sunset-before-the-authority-is-proven", without_ca().file(), time), in_2018)
            .beside(world().certificates(&["ca"]).into_iter().map(<[u8]>::to_vec))
            .open("NO_CERTIFICATE_CHAIN_FOUND_NO_POE", IN_2016)
            .because("5.6.2.2 a: the lists are proven in 2016, but the CA's certificate came with the question"),
        signer(
            case("sunset-before-signing", kept().file(), time),
            "purpose = \"hpki\"\nnot_after = \"2016-05-01T00:00:00Z\"\n",
        )
        .open("NO_CERTIFICATE_CHAIN_FOUND_NO_POE", IN_2016)
        .because("the anchor was not trusted any more when the signature was made"),
        case("sunset-of-the-time-stamping-authority", kept().file(), time)
            .with_trust("accreditation =", "not_after = \"2020-01-01T00:00:00Z\"\naccreditation =")
            .open("?", NEVER)
            .timestamps(&["not passed", "not passed", "NO_CERTIFICATE_CHAIN_FOUND_NO_POE"])
            .because(
                "the archive timestamp of 2021 is younger than the sunset of its anchor, and nothing proves the others",
            ),
    ]
}

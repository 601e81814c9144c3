//! Archive timestamps over one another: which of them proves what (EN 319 102-1 5.6.3; decisions D7, D11, D31, D32), and
//! the older long-term forms.

use kenin_testkit::archive::{add_values, refer, stamp_references, stamp_signature_and_references};

use crate::case::{Case, NEVER, case};
use crate::documents::{
    IN_2016, IN_2021, IN_2026, Page, RENEWED, RENEWED_AGAIN, Record, SIGNED, card_2016, list, naming, of_2021,
    root_2016, tsa_2016, tsa_2026, world,
};

pub fn cases() -> Vec<Case> {
    [authorities_of_units(), compromised_units(), broken(), order(), stores(), extended_forms()].concat()
}

fn tsa_2023() -> Vec<u8> {
    list("tsa", "2023-04-30T00:00:00Z", "2023-07-30T00:00:00Z")
}

/// A signature timestamp of a unit whose own CA ends in 2024, renewed in 2021.
fn authorities_of_units() -> Vec<Case> {
    let old_2021 = || list("old-tsa", "2021-02-25T00:00:00Z", "2021-05-25T00:00:00Z");
    let draft = || {
        Record::signed_by("doctor", &["ca", "root"])
            .stamped("old-tsu", SIGNED)
            .with([card_2016(), root_2016(), tsa_2016()])
            .with([list("old-tsa", "2016-05-11T00:00:00Z", "2016-08-11T00:00:00Z"), old_2021()])
            .with(of_2021())
    };
    let renewed = || draft().archived("tsu-2", RENEWED).file();
    let tsa_2025 = || list("tsa", "2025-04-30T00:00:00Z", "2025-07-30T00:00:00Z");
    let revoked = |date| naming("tsa", ("2023-04-30T00:00:00Z", "2023-07-30T00:00:00Z"), ("old-tsa", date, Some(2)));
    let uncovered = || {
        let both = [old_2021(), list("old-tsa", "2016-05-11T00:00:00Z", "2016-08-11T00:00:00Z")];
        draft().archived_without("tsu-2", RENEWED, &both).file()
    };
    vec![
        case("old-unit-ended", renewed(), "2023-05-02T00:00:00Z")
            .beside([tsa_2023()])
            .passes(IN_2016)
            .timestamps(&["passed", "passed"])
            .because("5.6.3 (5) (c): past validation of the token, proven since 2021"),
        case("old-authority-ended", renewed(), "2025-05-02T00:00:00Z")
            .beside([tsa_2025()])
            .passes(IN_2016)
            .timestamps(&["passed", "passed"])
            .because(
                "5.6.2.2: the lists about unit and authority are proven since 2021 and good until May of that year",
            ),
        case("old-unit-ended-list-uncovered", uncovered(), "2023-05-02T00:00:00Z")
            .beside([tsa_2023()])
            .passes(IN_2016)
            .timestamps(&["passed", "passed"])
            .because("the unit's list needs no proof while its issuer lives"),
        case("old-authority-ended-list-uncovered", uncovered(), "2025-05-02T00:00:00Z")
            .beside([tsa_2025()])
            .open("OUT_OF_BOUNDS_NO_POE", IN_2021)
            .timestamps(&["not passed", "passed"])
            .because(
                "5.6.2.2 a: no proven list about the unit; the signature is proven in 2021 only, after the card ended",
            ),
        case("old-authority-revoked-after-renewal", renewed(), "2023-05-02T00:00:00Z")
            .beside([revoked("2022-06-01T00:00:00Z")])
            .passes(IN_2016)
            .timestamps(&["passed", "passed"])
            .because("5.6.2.4 (3): the unit's list is proven before the revocation"),
        case("old-authority-revoked-before-renewal", renewed(), "2023-05-02T00:00:00Z")
            .beside([revoked("2020-06-01T00:00:00Z")])
            .open("OUT_OF_BOUNDS_NO_POE", IN_2021)
            .timestamps(&["REVOKED_CA_NO_POE", "passed"])
            .because("5.6.2.4 (3): no list about the unit is proven before the revocation"),
    ]
}

/// The unit of 2021 named on a list of 2027, in a record renewed in 2021 and 2026.
fn compromised_units() -> Vec<Case> {
    let named = |id, date, reason| {
        let revoked = naming("tsa", ("2027-04-30T00:00:00Z", "2027-07-30T00:00:00Z"), ("tsu-2", date, reason));
        case(id, Record::renewed_twice().file(), "2027-05-02T00:00:00Z").beside([revoked])
    };
    let before = "2023-04-01T00:00:00Z";
    let lost: &[&str] = &["not passed", "REVOKED_NO_POE", "passed"];
    let kept: &[&str] = &["passed", "passed", "passed"];
    vec![
        named("unit-compromised-before-renewal", before, Some(1))
            .open("OUT_OF_BOUNDS_NO_POE", IN_2026)
            .timestamps(lost)
            .because("renewed too late: in 2026 the key of 2021 could sign anything; the rest is proven in 2026 only"),
        named("unit-compromised-after-renewal", "2026-06-01T00:00:00Z", Some(1))
            .passes(IN_2016)
            .timestamps(kept)
            .because("5.6.3 (5) (c): the token of 2021 is proven in March 2026"),
        named("unit-compromised-when-renewed", IN_2026, Some(1))
            .open("OUT_OF_BOUNDS_NO_POE", IN_2026)
            .timestamps(lost)
            .because("5.5.4 (4a), 5.6.2.4: revoked at the proven time is revoked"),
        named("unit-superseded", before, Some(4))
            .passes(IN_2016)
            .timestamps(kept)
            .because("D7: RFC 3161 section 4, genTime before the revocation, reason superseded"),
        named("unit-revoked-for-no-reason", before, None)
            .open("OUT_OF_BOUNDS_NO_POE", IN_2026)
            .timestamps(lost)
            .because("D7: the reason must be stated"),
        named("unit-superseded-strictly", before, Some(4))
            .with_policy("tsa_revocation = \"rfc3161\"", "tsa_revocation = \"strict\"")
            .open("OUT_OF_BOUNDS_NO_POE", IN_2026)
            .timestamps(lost)
            .because("tsa-revocation = strict"),
        named("unit-superseded-before-it-stamped", "2021-02-01T00:00:00Z", Some(4))
            .open("OUT_OF_BOUNDS_NO_POE", IN_2026)
            .timestamps(lost)
            .because("D7: genTime must be before the revocation"),
    ]
}

/// Archive timestamps that do not stand.
fn broken() -> Vec<Case> {
    let in_2026 = "2026-05-02T00:00:00Z";
    let middle = Record::lt().with(of_2021()).archived_by_impostor("tsu-2", RENEWED);
    vec![
        case(
            "newest-signed-by-another-key",
            Record::renewed().with([tsa_2026()]).archived_by_impostor("tsu-3", RENEWED_AGAIN).file(),
            in_2026,
        )
        .passes(IN_2016)
        .timestamps(&["passed", "passed", "SIG_CRYPTO_FAILURE"])
        .because("5.6.3 (5) (d): ignored; the unit of 2021 lives"),
        case(
            "middle-signed-by-another-key",
            middle.with([tsa_2026()]).archived("tsu-3", RENEWED_AGAIN).file(),
            in_2026,
        )
        .open("OUT_OF_BOUNDS_NO_POE", IN_2026)
        .timestamps(&["not passed", "SIG_CRYPTO_FAILURE", "passed"])
        .because("nothing proves anything before 2026, and all of 2016 had ended"),
        case(
            "renewed-too-late",
            Record::lt().with(of_2021()).archived("tsu-2", "20230301010000Z").file(),
            "2023-05-02T00:00:00Z",
        )
        .beside([tsa_2023()])
        .open("OUT_OF_BOUNDS_NO_POE", "2023-03-01T01:00:00Z")
        .timestamps(&["not passed", "passed"])
        .because("the unit of 2016 ended in 2022, before its token was proven"),
        case("never-renewed", Record::lt().file(), "2023-05-02T00:00:00Z")
            .beside([tsa_2023()])
            .open("OUT_OF_BOUNDS_NO_POE", NEVER)
            .timestamps(&["not passed"])
            .because("D8: the CA ended; the token proves nothing once its unit has"),
        case(
            "list-about-the-ca-missing",
            Record::lt().with([of_2021()[1].clone()]).archived("tsu-2", RENEWED).file(),
            "2023-05-02T00:00:00Z",
        )
        .beside([tsa_2023()])
        .open("OUT_OF_BOUNDS_NO_POE", IN_2016)
        .timestamps(&["passed", "passed"])
        .because(
            "5.6.2.2 a: the list of 2016 about the CA ends control-time in 2016; card and its list are proven in 2021",
        ),
        case(
            "list-about-the-card-proven-too-late",
            Record::lt()
                .archived_without("tsu-1", "20160512010000Z", &[card_2016()])
                .with([of_2021()[1].clone()])
                .archived("tsu-2", RENEWED)
                .file(),
            "2023-05-02T00:00:00Z",
        )
        .beside([tsa_2023()])
        .open("OUT_OF_BOUNDS_NO_POE", IN_2016)
        .timestamps(&["passed", "passed", "passed"])
        .because("5.6.2.2 a: as before, with every certificate proven in 2016: the card's list is not"),
        case("newest-lies-ahead", Record::renewed_twice().file(), "2021-03-02T00:00:00Z")
            .passes(IN_2016)
            .timestamps(&["passed", "passed", "TIMESTAMP_ORDER_FAILURE"])
            .because("verdicts rule 7: more than a minute ahead of validation time is not counted, and harms nothing"),
        case("newest-without-fresh-list", Record::renewed_twice().file(), "2030-05-02T00:00:00Z")
            .open("OUT_OF_BOUNDS_NO_POE", NEVER)
            .timestamps(&["TRY_LATER", "TRY_LATER", "TRY_LATER"])
            .because("verdicts rule 7: the last one needs fresh data at validation time; without it nothing is proven"),
        case("newest-list-expired-a-second-ago", Record::renewed_twice().file(), "2026-05-25T00:00:00Z")
            .open("OUT_OF_BOUNDS_NO_POE", NEVER)
            .timestamps(&["TRY_LATER", "TRY_LATER", "TRY_LATER"])
            .because("D3: t < nextUpdate"),
        case("newest-list-in-its-last-second", Record::renewed_twice().file(), "2026-05-24T23:59:59Z")
            .passes(IN_2016)
            .timestamps(&["passed", "passed", "passed"])
            .because("D3: t < nextUpdate"),
        case(
            "two-generations-of-version-2",
            Record::lt()
                .with(of_2021())
                .with([tsa_2026()])
                .archived_v2("tsu-2", RENEWED)
                .archived_v2("tsu-3", RENEWED_AGAIN)
                .file(),
            "2034-05-02T00:00:00Z",
        )
        .beside([list("tsa", "2034-04-30T00:00:00Z", "2034-07-30T00:00:00Z")])
        .passes(IN_2016)
        .timestamps(&["passed", "passed", "passed"])
        .because("I2: the newer is over the older"),
        case(
            "version-3-over-version-2",
            Record::lt()
                .with(of_2021())
                .archived_v2("tsu-2", RENEWED)
                .with([tsa_2026()])
                .archived("tsu-3", RENEWED_AGAIN)
                .file(),
            "2034-05-02T00:00:00Z",
        )
        .beside([list("tsa", "2034-04-30T00:00:00Z", "2034-07-30T00:00:00Z")])
        .open("OUT_OF_BOUNDS_NO_POE", IN_2026)
        .because(
            "a list added after version 2 changes what that is over: its imprint is broken, and 2021 proves nothing",
        ),
    ]
}

/// An archive timestamp that claims to be older than the signature timestamp it is over.
fn order() -> Vec<Case> {
    let archived = |gen_time| Record::lt().archived("tsu-1", gen_time).file();
    vec![
        case("archived-two-seconds-before", archived("20160510013003Z"), "2016-05-12T00:00:00Z")
            .passes("2016-05-10T01:30:03Z")
            .because("D11: within the sum of both accuracies; D31: the lowest proven time"),
        case("archived-three-seconds-before", archived("20160510013002Z"), "2016-05-12T00:00:00Z")
            .open("TIMESTAMP_ORDER_FAILURE", "?")
            .because("D11: an archive timestamp cannot be older than what it protects"),
    ]
}

/// PDF: only what lies before a document timestamp is covered by it.
fn stores() -> Vec<Case> {
    let of_2016 = || [card_2016(), root_2016(), tsa_2016()];
    let late = || Page::t().archived("tsu-2", RENEWED).with(of_2016()).with(of_2021());
    let kept = || Page::t().with(of_2016()).with(of_2021()).archived("tsu-2", RENEWED);
    vec![
        case("store-before-timestamp", kept().file(), "2023-05-02T00:00:00Z")
            .beside([tsa_2023()])
            .passes(IN_2016)
            .timestamps(&["passed", "passed"])
            .levels("LTA", "LTA")
            .because("the document timestamp covers the lists"),
        case("store-after-timestamp", late().file(), "2023-05-02T00:00:00Z")
            .beside([tsa_2023()])
            .open("OUT_OF_BOUNDS_NO_POE", IN_2016)
            .timestamps(&["passed", "passed"])
            .because(
                "validation-rules 9: DSS data counts as proven only when it precedes the timestamp; the CA has ended",
            ),
        case("store-after-timestamp-while-the-ca-lives", late().file(), "2021-05-02T00:00:00Z")
            .passes(IN_2016)
            .because("the card's list needs no proof while its CA lives"),
        case(
            "store-renewed-twice",
            kept().with([tsa_2026()]).archived("tsu-3", RENEWED_AGAIN).file(),
            "2034-05-02T00:00:00Z",
        )
        .beside([list("tsa", "2034-04-30T00:00:00Z", "2034-07-30T00:00:00Z")])
        .passes(IN_2016)
        .timestamps(&["passed", "passed", "passed"])
        .because("each document timestamp covers the store that verifies the one before"),
        case(
            "store-for-the-older-unit-too-late",
            kept().archived("tsu-3", RENEWED_AGAIN).with([tsa_2026()]).file(),
            "2034-05-02T00:00:00Z",
        )
        .beside([list("tsa", "2034-04-30T00:00:00Z", "2034-07-30T00:00:00Z")])
        .passes(IN_2016)
        .because("the list about the unit of 2021 is by an anchor, whose own data needs no proof (D34, D6)"),
    ]
}

/// What is added to a record for these certificates and lists.
type Steps = fn(&mut Record, &[&[u8]], &[&[u8]]);

/// ES-C and ES-X (TS 101 733 6): references, timestamps over them, values.
fn extended_forms() -> Vec<Case> {
    let certificates = || world().certificates(&["ca", "root", "tsa"]);
    let lists = || [card_2016(), root_2016(), tsa_2016()];
    let extended = |steps: Steps| {
        let (mut record, lists) = (Record::t(), lists());
        let lists: Vec<&[u8]> = lists.iter().map(Vec::as_slice).collect();
        steps(&mut record, &certificates(), &lists);
        record.file()
    };
    let then = "2016-05-13T00:00:00Z";
    vec![
        case("form-c", extended(|record, certificates, lists| refer(&mut record.data, certificates, lists)), then)
            .beside(lists())
            .passes(IN_2016)
            .levels("C", "C")
            .because("complete references; the lists are at hand"),
        case(
            "form-c-alone",
            extended(|record, certificates, lists| refer(&mut record.data, certificates, lists)),
            then,
        )
        .open("TRY_LATER", NEVER)
        .because("a reference is no list"),
        case(
            "form-x-type-1",
            extended(|record, certificates, lists| {
                refer(&mut record.data, certificates, lists);
                stamp_signature_and_references(&mut record.data, kept_in_2016);
            }),
            then,
        )
        .beside(lists())
        .passes(IN_2016)
        .levels("X", "X")
        .timestamps(&["passed", "passed"])
        .because("validation-rules 8: CAdES-C-timestamp"),
        case(
            "form-x-type-2",
            extended(|record, certificates, lists| {
                refer(&mut record.data, certificates, lists);
                stamp_references(&mut record.data, kept_in_2016);
            }),
            then,
        )
        .beside(lists())
        .passes(IN_2016)
        .levels("X", "X")
        .timestamps(&["passed", "passed"])
        .because("validation-rules 8: time-stamped-certs-crls-references"),
        case(
            "form-x-long-type-2",
            extended(|record, certificates, lists| {
                refer(&mut record.data, certificates, lists);
                stamp_references(&mut record.data, kept_in_2016);
                add_values(&mut record.data, certificates, lists);
            }),
            then,
        )
        .passes(IN_2016)
        .levels("XL", "XL")
        .timestamps(&["passed", "passed"])
        .because("the values are inside, and the references to them time-stamped"),
        case(
            "form-x-long-type-2-proves-its-list",
            extended(|record, _, lists| {
                let certificates = world().certificates(&["doctor", "ca", "root"]);
                refer(&mut record.data, &certificates, lists);
                stamp_references(&mut record.data, |over| world().token("tsu-2", over, RENEWED).to_der());
                add_values(&mut record.data, &certificates, lists);
            }),
            "2021-07-02T00:00:00Z",
        )
        .beside(of_2021())
        .beside([list("tsa", "2021-07-01T00:00:00Z", "2021-10-01T00:00:00Z")])
        .passes(IN_2016)
        .because("the CA ended in June; a timestamp of March covers, by SHA-256, the card's list that it refers to"),
    ]
}

/// A token of two days after signing.
fn kept_in_2016(over: &[u8]) -> Vec<u8> {
    world().token("tsu-1", over, "20160512010000Z").to_der()
}

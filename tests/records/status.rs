//! What was known of the signer's certificate when it signed: freshness to the second, revocation before and after, and
//! what models and sliding change (EN 319 102-1 5.5; decisions D2 to D4, D33 to D35).

use crate::case::{Case, NEVER, case};
use crate::documents::{IN_2016, Record, card_2016, list, naming, of_2021, root_2016, tsa_2016, world};

/// Two days after signing.
const THEN: &str = "2016-05-12T00:00:00Z";
/// Lists from the day after signing.
const NEXT_DAY: (&str, &str) = ("2016-05-11T12:00:00Z", "2016-05-15T12:00:00Z");

pub fn cases() -> Vec<Case> {
    [freshness(), revocation(), models()].concat()
}

/// The lists given beside a CAdES-T, all but one of them as they should be.
fn freshness() -> Vec<Case> {
    let with_card_list =
        |id, from, to| case(id, Record::t().file(), THEN).beside([list("ca", from, to), root_2016(), tsa_2016()]);
    let with_root_list = |id, from| {
        case(id, Record::t().file(), THEN).beside([card_2016(), list("root", from, "2017-01-01T00:00:00Z"), tsa_2016()])
    };
    let with_tsa_list = |id, from| {
        case(id, Record::t().file(), THEN).beside([card_2016(), root_2016(), list("tsa", from, "2017-01-01T00:00:00Z")])
    };
    vec![
        with_card_list("card-list-ten-days-old", "2016-04-30T01:30:05Z", "2016-07-01T00:00:00Z")
            .passes(IN_2016)
            .because("D3: t - thisUpdate is at most ten days; stale since, so that 5.5.4 (6) asks again at BST"),
        with_card_list("card-list-ten-days-and-a-second-old", "2016-04-30T01:30:04Z", "2016-07-01T00:00:00Z")
            .open("TRY_LATER", IN_2016)
            .because("D3: older than ten days at BST, and stale at validation time"),
        with_card_list("card-list-ends-when-signed", "2016-05-08T00:00:00Z", IN_2016)
            .open("TRY_LATER", IN_2016)
            .because("D3: t < nextUpdate"),
        with_card_list("card-list-ends-a-second-later", "2016-05-08T00:00:00Z", "2016-05-10T01:30:06Z")
            .passes(IN_2016)
            .because("D3: t < nextUpdate"),
        with_card_list("card-list-issued-when-signed", IN_2016, "2016-05-10T01:30:06Z")
            .passes(IN_2016)
            .because("D3: thisUpdate at BST; that it ended long ago says nothing about BST"),
        with_root_list("ca-list-120-days-old", "2016-01-11T01:30:05Z").passes(IN_2016).because("D3: CA 120 days"),
        with_root_list("ca-list-older", "2016-01-11T01:30:04Z").open("TRY_LATER", IN_2016).because("D3: CA 120 days"),
        case("ca-list-missing", Record::t().file(), THEN)
            .beside([card_2016(), tsa_2016()])
            .open("TRY_LATER", IN_2016)
            .because("D2: for the signer and every CA a datum fresh at BST or later"),
        with_tsa_list("tsa-list-120-days-old", "2016-01-13T00:00:00Z")
            .passes(IN_2016)
            .timestamps(&["passed"])
            .because("verdicts rule 7: fresh at validation time; D3: TSA 120 days"),
        with_tsa_list("tsa-list-older", "2016-01-12T23:59:59Z")
            .passes(NEVER)
            .timestamps(&["TRY_LATER"])
            .because("the token proves nothing; everything else is fresh at validation time, which is BST then"),
    ]
}

/// A CAdES-LT beside a later list that names the card.
fn revocation() -> Vec<Case> {
    let named = |id, date, reason| {
        case(id, Record::lt().file(), THEN).beside([naming("ca", NEXT_DAY, ("doctor", date, reason))])
    };
    let before = "2016-05-09T01:30:05Z";
    let a_second_later = "2016-05-10T01:30:06Z";
    vec![
        named("revoked-when-signed", IN_2016, Some(4))
            .open("REVOKED_NO_POE", IN_2016)
            .because("5.5.4 (4a): revoked at BST; verdicts row 8"),
        named("revoked-a-second-later", a_second_later, Some(4))
            .passes(IN_2016)
            .because("5.5.4 (4a): revoked after BST"),
        named("compromised-a-second-later", a_second_later, Some(1))
            .passes(IN_2016)
            .because("5.5.4 (4a): revoked after BST, whatever the reason; without an invalidityDate"),
        named("revoked-for-no-reason", a_second_later, None).passes(IN_2016).because("5.5.4 (4a)"),
        named("on-hold-when-signed", before, Some(6))
            .open("TRY_LATER", IN_2016)
            .because("5.2.6: on hold is TRY_LATER; 5.5.4 (7): BST is not before the suspension"),
        named("on-hold-a-second-later", a_second_later, Some(6))
            .passes(IN_2016)
            .because("5.5.4 (7): BST before the suspension; the list is later than BST and names no earlier time"),
        case("revoked-in-an-older-list", Record::lt().file(), THEN)
            .beside([
                naming("ca", ("2016-05-10T02:00:00Z", "2016-05-14T02:00:00Z"), ("doctor", before, Some(4))),
                list("ca", NEXT_DAY.0, NEXT_DAY.1),
            ])
            .open("REVOKED_NO_POE", IN_2016)
            .because("D4: a later good list does not undo it"),
        named("revoked-before-in-the-hybrid-model", before, Some(4))
            .with_policy("model = \"shell\"", "model = \"hybrid\"")
            .open("REVOKED_NO_POE", IN_2016)
            .because(
                "D33: past validation asks that the certificate was good at the proven time; the model moves CT only",
            ),
        named("revoked-before-in-the-chain-model", before, Some(4))
            .with_policy("model = \"shell\"", "model = \"chain\"")
            .open("REVOKED_NO_POE", IN_2016)
            .because("as by the hybrid model"),
    ]
}

/// The CA of the card has ended.
fn models() -> Vec<Case> {
    // The unit of 2016 still lives, and its list is fresh.
    let tsa_list = || list("tsa", "2021-07-01T00:00:00Z", "2021-10-01T00:00:00Z");
    let under = |id, record: Record, model| {
        let case = case(id, record.file(), "2021-07-02T00:00:00Z").beside([tsa_list()]);
        if model == "model = \"shell\"" { case } else { case.with_policy("model = \"shell\"", model) }
    };
    let (shell, hybrid, chain) = ("model = \"shell\"", "model = \"hybrid\"", "model = \"chain\"");
    let issuance = |case: Case| case.with_policy("slide = \"fresh-until\"", "slide = \"issuance\"");
    let in_2023 = || list("tsa", "2023-04-30T00:00:00Z", "2023-07-30T00:00:00Z");
    let later = [
        list("root", "2021-05-20T00:00:00Z", "2021-08-20T00:00:00Z"),
        list("tsa", "2021-12-20T00:00:00Z", "2022-03-20T00:00:00Z"),
    ];
    vec![
        under("ca-ended-shell", Record::lt(), shell)
            .open("OUT_OF_BOUNDS_NO_POE", IN_2016)
            .because("D8; 5.6.2.2 a: the card's list is by an ended CA, and nothing shows that it is older than that"),
        under("ca-ended-hybrid", Record::lt(), hybrid)
            .open("REVOCATION_OUT_OF_BOUNDS_NO_POE", IN_2016)
            .because("5.2.6.4: the CA need not live, but the issuer of the card's list has ended at validation time"),
        under("ca-ended-chain", Record::lt(), chain)
            .open("REVOCATION_OUT_OF_BOUNDS_NO_POE", IN_2016)
            .because("as by the hybrid model"),
        under("ca-ended-renewed-shell", Record::renewed(), shell).passes(IN_2016).because("proven in March 2021"),
        under("ca-ended-renewed-hybrid", Record::renewed(), hybrid).passes(IN_2016).because("proven in March 2021"),
        under("ca-ended-renewed-chain", Record::renewed(), chain).passes(IN_2016).because("proven in March 2021"),
        issuance(case("slide-to-issuance", Record::renewed().file(), "2023-05-02T00:00:00Z").beside([in_2023()]))
            .open("OUT_OF_BOUNDS_NO_POE", crate::documents::IN_2021)
            .timestamps(&["not passed", "passed"])
            .because("D34: the lists of 2021 precede the archive timestamp, and by issuance they show nothing after"),
        issuance(
            case(
                "slide-to-issuance-of-later-lists",
                Record::lt().archived("tsu-2", crate::documents::RENEWED).with(later).file(),
                "2023-05-02T00:00:00Z",
            )
            .beside([in_2023()]),
        )
        .passes(IN_2016)
        .timestamps(&["passed", "passed"])
        .because("D34: lists issued after the archive timestamp, just before what they are about ended; anchors' own"),
        case("lists-of-2021-alone", Record::lt().with(of_2021()).file(), "2021-03-02T00:00:00Z")
            .passes(IN_2016)
            .levels("LT", "LT")
            .because("5.5: card ended, CA and unit live; the card's list needs no proof while its CA lives"),
        case("unit-in-its-last-second", Record::lasting().file(), "2022-01-01T00:00:00Z")
            .beside([list("tsa", "2021-12-20T00:00:00Z", "2022-03-20T00:00:00Z")])
            .passes(IN_2016)
            .timestamps(&["passed"])
            .because("RFC 5280 4.1.2.5: notAfter itself is inside"),
        case("unit-a-second-later", Record::lasting().file(), "2022-01-01T00:00:01Z")
            .beside([list("tsa", "2021-12-20T00:00:00Z", "2022-03-20T00:00:00Z")])
            .open("?", NEVER)
            .timestamps(&["not passed"])
            .because("the unit has ended, and nothing proves that its token is older"),
        case(
            "stamped-before-the-card",
            Record::signed_by("doctor", &["ca", "root"])
                .stamped("tsu-1", "20151231235959Z")
                .with([
                    list("ca", "2016-01-02T00:00:00Z", "2016-01-06T00:00:00Z"),
                    list("root", "2015-12-30T00:00:00Z", "2016-03-30T00:00:00Z"),
                ])
                .with(of_2021())
                .archived("tsu-2", crate::documents::RENEWED)
                .file(),
            "2023-05-02T00:00:00Z",
        )
        .beside([in_2023()])
        .fails("NOT_YET_VALID")
        .because("5.5.4 (4b), 5.6.2.4 (3): a second before notBefore"),
        case("ca-superseded-in-the-chain-model", Record::renewed().file(), "2021-04-02T00:00:00Z")
            .beside([naming(
                "root",
                ("2021-03-25T00:00:00Z", "2021-06-25T00:00:00Z"),
                ("ca", "2018-03-20T00:00:00Z", Some(4)),
            )])
            .with_policy(shell, chain)
            .open("REVOKED_CA_NO_POE", IN_2016)
            .because(
                "5.6.2.4 (3): no list about the card is proven before the revocation, though CT stays where it was",
            ),
        case(
            "stamped-days-after-the-card-ended",
            Record::signed_by("doctor", &["ca", "root"])
                .stamped("tsu-1", "20210105000000Z")
                .with([
                    list("ca", "2020-12-30T00:00:00Z", "2021-01-20T00:00:00Z"),
                    list("root", "2020-12-30T00:00:00Z", "2021-03-30T00:00:00Z"),
                ])
                .with(of_2021())
                .archived("tsu-2", crate::documents::RENEWED)
                .file(),
            "2023-05-02T00:00:00Z",
        )
        .beside([in_2023()])
        .open("OUT_OF_BOUNDS_NO_POE", "2021-01-05T00:00:00Z")
        .timestamps(&["passed", "passed"])
        .because("5.6.2.4 (3): the card's list is fresh for ten days, beyond the card's end; BST is after that end"),
        case("ca-revoked-later-unproven", Record::lasting().file(), "2018-05-02T00:00:00Z")
            .beside([
                naming(
                    "root",
                    ("2018-05-01T00:00:00Z", "2018-08-01T00:00:00Z"),
                    ("lasting-ca", "2017-01-01T00:00:00Z", Some(2)),
                ),
                world().crl("tsa", "2018-05-01T00:00:00Z", "2018-08-01T00:00:00Z"),
            ])
            .open("REVOKED_CA_NO_POE", IN_2016)
            .because("5.6.2.4 (3): revoked after BST, but nothing proves that the card's list is older than that"),
    ]
}

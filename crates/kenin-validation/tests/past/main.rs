//! EN 319 102-1 5.6 in a world that ages: every outcome follows from the standard and from `docs/decisions.md` D31 to
//! D38, never from what the program prints.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail by panicking

mod forecast;
mod records;
mod world;

use kenin_policy::{Slide, ValidityModel};
use kenin_validation::{SignatureValidation, SubIndication};
use world::{Made, World};

/// The CRLs of 2016: the card's from the day after signing, the CA's of that winter, the TSU's.
fn signed<'w>(world: &'w World) -> Made<'w> {
    Made::new(world)
        .crl("card", world.crl("ca", "2016-05-11T00:00:00Z", "2016-05-15T00:00:00Z", vec![]))
        .crl("arl", world.crl("root", "2016-05-01T00:00:00Z", "2016-08-01T00:00:00Z", vec![]))
        .crl("tsl", world.crl("tsa", "2016-05-11T00:00:00Z", "2016-08-11T00:00:00Z", vec![]))
        .signature_timestamp("tst-1", "tsu-1", "2016-05-10")
}

/// Renewed in March 2021 with the authorities' CRLs of that time, and again in 2031.
fn renewed<'w>(world: &'w World) -> Made<'w> {
    in_2021(signed(world), world)
        .crl("tsl-31", world.crl("tsa", "2030-12-20T00:00:00Z", "2031-03-20T00:00:00Z", vec![]))
        .archive_timestamp(
            "ats-31",
            "tsu-3",
            "2031-01-01",
            &["tst-1", "ats-21"],
            &["card", "arl-21", "tsl-21", "tsl-31"],
        )
}

fn in_2021<'w>(made: Made<'w>, world: &'w World) -> Made<'w> {
    made.crl("arl-21", world.crl("root", "2021-02-25T00:00:00Z", "2021-05-25T00:00:00Z", vec![]))
        .crl("tsl-21", world.crl("tsa", "2021-02-25T00:00:00Z", "2021-05-25T00:00:00Z", vec![]))
        .archive_timestamp("ats-21", "tsu-2", "2021-03-01", &["tst-1"], &["card", "arl-21", "tsl-21"])
}

/// The time-stamping authority's CRL of a validation time.
fn tsa_crl(world: &World, from: &'static str, to: &'static str) -> Vec<u8> {
    world.crl("tsa", from, to, vec![])
}

fn passed() -> (String, String) {
    ("PASSED".to_owned(), "2016-05-10".to_owned())
}

fn timestamp(judged: &SignatureValidation, id: &str) -> Option<SubIndication> {
    judged.timestamps.iter().find(|t| t.id == id).unwrap().conclusion.sub_indication
}

#[test]
fn a_renewed_signature_stands_when_everything_of_its_time_has_expired() {
    let world = World::new();
    let made = renewed(&world).supplied("now", tsa_crl(&world, "2034-01-01T00:00:00Z", "2034-04-01T00:00:00Z"));
    assert_eq!(made.outcome("2034-01-02"), passed());
    let judged = made.judged("2034-01-02");
    assert!(judged.past, "the CA expired in 2021");
    for timestamp in &judged.timestamps {
        assert!(timestamp.conclusion.passed(), "{}", timestamp.id);
        assert_eq!(timestamp.proven_at.is_some(), timestamp.id != "ats-31", "{}", timestamp.id);
    }
}

#[test]
fn without_the_last_renewal_its_unit_proves_nothing_after_it_expired() {
    let world = World::new();
    let made = in_2021(signed(&world), &world)
        .supplied("now", tsa_crl(&world, "2034-01-01T00:00:00Z", "2034-04-01T00:00:00Z"));
    // While the second unit lives, with fresh data, the signature stands.
    let before = in_2021(signed(&world), &world)
        .supplied("now", tsa_crl(&world, "2030-01-01T00:00:00Z", "2030-04-01T00:00:00Z"));
    assert_eq!(before.outcome("2030-01-02"), passed());
    let (sub, time) = made.outcome("2034-01-02");
    assert_eq!((sub.as_str(), time.as_str()), ("OUT_OF_BOUNDS_NO_POE", "2034-01-02"));
    let judged = made.judged("2034-01-02");
    // No list of 2034 speaks of certificates that had expired: revocation comes before validity (5.2.6.4).
    assert_eq!(timestamp(&judged, "ats-21"), Some(SubIndication::TryLater));
    assert_eq!(timestamp(&judged, "tst-1"), Some(SubIndication::TryLater));
}

/// Without fresh data about the newest unit nothing is proven (verdicts rule 7).
#[test]
fn the_newest_timestamp_needs_fresh_data() {
    let world = World::new();
    let judged = renewed(&world).judged("2034-01-02");
    assert_eq!(timestamp(&judged, "ats-31"), Some(SubIndication::TryLater));
    assert!(!judged.conclusion.passed());
}

/// 5.6.2.2 a: the card's CRL is signed by a CA that has expired; nothing but a timestamp shows that it is from before.
#[test]
fn a_crl_that_no_timestamp_covers_is_worth_nothing_once_its_ca_expired() {
    let world = World::new();
    let uncovered = |date| {
        signed(&world)
            .crl("arl-21", world.crl("root", "2021-02-25T00:00:00Z", "2021-05-25T00:00:00Z", vec![]))
            .crl("tsl-21", world.crl("tsa", "2021-02-25T00:00:00Z", "2021-05-25T00:00:00Z", vec![]))
            .archive_timestamp("ats-21", "tsu-2", "2021-03-01", &["tst-1"], &["arl-21", "tsl-21"])
            .supplied("now", world.crl("tsa", date, "2029-01-01T00:00:00Z", vec![]))
    };
    // The CA lives: its CRL needs no proof.
    assert_eq!(uncovered("2021-05-01T00:00:00Z").outcome("2021-05-02"), passed());
    let (sub, time) = uncovered("2022-05-01T00:00:00Z").outcome("2022-05-02");
    assert_eq!((sub.as_str(), time.as_str()), ("OUT_OF_BOUNDS_NO_POE", "2016-05-10"));
}

/// 5.6.2.2 c by both policies: the standard's rule takes the data's issuance for the end of what it shows.
#[test]
fn sliding_goes_to_the_end_of_freshness_or_to_issuance() {
    let world = World::new();
    let now = || tsa_crl(&world, "2022-05-01T00:00:00Z", "2022-08-01T00:00:00Z");
    let mut made = in_2021(signed(&world), &world).supplied("now", now());
    assert_eq!(made.outcome("2022-05-02"), passed());
    // arl-21 precedes the timestamp that proves the card's CRL.
    made.policy.validation.slide = Slide::Issuance;
    assert_eq!(made.outcome("2022-05-02").0, "OUT_OF_BOUNDS_NO_POE");
    // One issued later, just before the CA expired, shows more; the token's data must be later too.
    let mut later = in_2021(signed(&world), &world)
        .crl("arl-late", world.crl("root", "2021-05-20T00:00:00Z", "2021-08-20T00:00:00Z", vec![]))
        .crl("tsl-late", world.crl("tsa", "2021-05-20T00:00:00Z", "2021-08-20T00:00:00Z", vec![]))
        .supplied("now", now());
    later.policy.validation.slide = Slide::Issuance;
    assert_eq!(later.outcome("2022-05-02"), passed());
}

#[test]
fn a_revoked_ca_is_mended_only_by_data_from_before() {
    let world = World::new();
    let revoked = |date: &'static str| {
        in_2021(signed(&world), &world)
            .crl(
                "arl-revoked",
                world.crl("root", "2021-04-01T00:00:00Z", "2021-07-01T00:00:00Z", world.revoked("ca", date, 2)),
            )
            .supplied("now", tsa_crl(&world, "2021-05-01T00:00:00Z", "2021-08-01T00:00:00Z"))
    };
    assert_eq!(revoked("2021-03-20T00:00:00Z").outcome("2021-05-02"), passed());
    // Revoked before the card's CRL is proven to have existed.
    assert_eq!(revoked("2021-02-01T00:00:00Z").outcome("2021-05-02").0, "REVOKED_CA_NO_POE");
    // Revoked before it was signed.
    assert_eq!(revoked("2016-05-09T00:00:00Z").outcome("2021-05-02").0, "REVOKED_CA_NO_POE");
}

#[test]
fn a_compromised_unit_is_mended_by_a_timestamp_from_before() {
    let world = World::new();
    let compromised = |made: Made<'_>| {
        made.supplied("now", world.crl("tsa", "2023-05-01T00:00:00Z", "2023-08-01T00:00:00Z", vec![]))
            .supplied(
                "revoked",
                world.crl(
                    "tsa",
                    "2021-12-20T00:00:00Z",
                    "2022-03-20T00:00:00Z",
                    world.revoked("tsu-1", "2021-12-10T00:00:00Z", 1),
                ),
            )
            .judged("2023-05-02")
    };
    let judged = compromised(in_2021(signed(&world), &world));
    assert_eq!((judged.conclusion.sub_indication, timestamp(&judged, "tst-1")), (None, None));
    let alone = compromised(signed(&world));
    assert_eq!(timestamp(&alone, "tst-1"), Some(SubIndication::RevokedNoPoe));
    assert!(!alone.conclusion.passed());
}

#[test]
fn an_archive_timestamp_older_than_what_it_covers_breaks_the_order() {
    let world = World::new();
    let made = signed(&world)
        .archive_timestamp("ats", "tsu-1", "2016-05-09", &["tst-1"], &["card", "arl", "tsl"])
        .supplied("now", tsa_crl(&world, "2016-05-12T00:00:00Z", "2016-08-12T00:00:00Z"));
    assert_eq!(made.outcome("2016-05-13").0, "TIMESTAMP_ORDER_FAILURE");
}

/// D34, and the models: by the chain model the CA need only have been valid when it issued the card, but its CRL must be
/// from when it could sign one.
#[test]
fn models_differ_about_a_ca_that_expired() {
    let world = World::new();
    let now = || tsa_crl(&world, "2021-07-01T00:00:00Z", "2021-10-01T00:00:00Z");
    let judged = |made: Made<'_>, model: ValidityModel| {
        let mut made = made.supplied("now", now());
        made.policy.validation.model = model;
        made.outcome("2021-07-02").0
    };
    for (model, uncovered) in [
        (ValidityModel::Shell, "OUT_OF_BOUNDS_NO_POE"),
        (ValidityModel::Hybrid, "REVOCATION_OUT_OF_BOUNDS_NO_POE"),
        (ValidityModel::Chain, "REVOCATION_OUT_OF_BOUNDS_NO_POE"),
    ] {
        assert_eq!(judged(signed(&world), model), uncovered, "{model:?}");
        assert_eq!(judged(in_2021(signed(&world), &world), model), "PASSED", "{model:?}");
    }
}

/// 5.3.4 (4): a content timestamp proves that the signature is younger.
#[test]
fn a_content_timestamp_after_the_end_is_proof() {
    let world = World::new();
    let made = |crl| {
        Made::new(&world)
            .crl("card", crl)
            .crl("arl", world.crl("root", "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z", vec![]))
            .supplied("now", tsa_crl(&world, "2021-05-01T00:00:00Z", "2021-08-01T00:00:00Z"))
            .content_timestamp("content", "tsu-2", "2021-02-01")
    };
    let good = world.crl("ca", "2020-12-30T00:00:00Z", "2021-01-03T00:00:00Z", vec![]);
    assert_eq!(made(good).outcome("2021-05-02").0, "EXPIRED");
    let revoked = world.crl(
        "ca",
        "2020-12-30T00:00:00Z",
        "2021-01-03T00:00:00Z",
        world.revoked("doctor", "2020-06-01T00:00:00Z", 4),
    );
    assert_eq!(made(revoked).outcome("2021-05-02").0, "REVOKED");
}

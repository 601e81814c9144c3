//! The forecast agrees with what the validator says the day before and the day after.

use kenin_validation::ForecastReason;

use super::world::{Made, World, at};
use super::{in_2021, renewed, signed, tsa_crl};

fn forecast(made: &Made<'_>, date: &str) -> (Option<String>, ForecastReason) {
    let forecast = made.judged(date).forecast.unwrap();
    (forecast.until.map(|until| until.to_string()[..10].to_owned()), forecast.because)
}

#[test]
fn the_newest_unit_ends_a_renewed_signature() {
    let world = World::new();
    let made = renewed(&world).supplied("now", tsa_crl(&world, "2034-01-01T00:00:00Z", "2034-04-01T00:00:00Z"));
    assert_eq!(forecast(&made, "2034-01-02"), (Some("2037-01-01".to_owned()), ForecastReason::TsaCertificateExpiry));
    // The day before and the day after, with the data of that day.
    let then = |from, to| renewed(&world).supplied("then", tsa_crl(&world, from, to));
    assert!(then("2036-12-20T00:00:00Z", "2037-03-20T00:00:00Z").judged("2036-12-31").conclusion.passed());
    assert!(!then("2036-12-20T00:00:00Z", "2037-03-20T00:00:00Z").judged("2037-01-02").conclusion.passed());
}

#[test]
fn a_ca_ends_a_signature_whose_crl_is_not_covered() {
    let world = World::new();
    let made = signed(&world).supplied("now", tsa_crl(&world, "2018-01-01T00:00:00Z", "2018-04-01T00:00:00Z"));
    assert_eq!(forecast(&made, "2018-01-02"), (Some("2021-06-01".to_owned()), ForecastReason::CaCertificateExpiry));
    let then = || {
        signed(&world)
            .supplied("tsl", tsa_crl(&world, "2021-05-20T00:00:00Z", "2021-08-20T00:00:00Z"))
            .supplied("arl", world.crl("root", "2021-05-20T00:00:00Z", "2021-08-20T00:00:00Z", vec![]))
    };
    assert!(then().judged("2021-05-31").conclusion.passed());
    assert!(!then().judged("2021-06-02").conclusion.passed());
    // Renewed in time it lasts as long as the second unit.
    let renewed = in_2021(signed(&world), &world)
        .supplied("now", tsa_crl(&world, "2022-01-01T00:00:00Z", "2022-04-01T00:00:00Z"));
    assert_eq!(forecast(&renewed, "2022-01-02"), (Some("2032-01-01".to_owned()), ForecastReason::TsaCertificateExpiry));
}

#[test]
fn what_was_only_given_beside_the_document_is_missing_from_it() {
    let world = World::new();
    // Fresh data can be had while the card is valid, and not after.
    let supplied = || {
        Made::new(&world)
            .signature_timestamp("tst-1", "tsu-1", "2016-05-10")
            .supplied("card", world.crl("ca", "2016-05-11T00:00:00Z", "2016-05-15T00:00:00Z", vec![]))
            .supplied("arl", world.crl("root", "2016-05-01T00:00:00Z", "2016-08-01T00:00:00Z", vec![]))
            .supplied("tsl", world.crl("tsa", "2016-05-11T00:00:00Z", "2016-08-11T00:00:00Z", vec![]))
    };
    assert_eq!(forecast(&supplied(), "2016-05-12"), (Some("2021-01-01".to_owned()), ForecastReason::MissingMaterial));
}

#[test]
fn a_forecast_is_about_what_stands_now() {
    let world = World::new();
    let made = signed(&world);
    assert_eq!(made.judged("2034-01-02").forecast, None);
    let passing = made.judged_at(at("2016-05-12"));
    assert!(passing.conclusion.passed());
    assert!(passing.forecast.is_some());
}

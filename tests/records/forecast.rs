//! What a report says about the future (`preservation`), held against judgements made in that future: with fresh lists of
//! those days the signature passes up to the last second named, and not one second later.

use libtest_mimic::Failed;
use serde_json::Value;

use kenin_base::UtcTime;

use crate::documents::{
    File, IN_2016, Page, RENEWED, RENEWED_AGAIN, Record, card_2016, list, of_2021, root_2016, tsa_2016, tsa_2026, world,
};
use crate::program::Question;

/// A file that passes at a time, and what its report must say of the future.
pub struct Forecast {
    pub id: &'static str,
    question: Question,
    until: &'static str,
    because: &'static str,
    why: &'static str,
}

pub fn cases() -> Vec<Forecast> {
    let forecast = |id, file: File, time: &'static str, until, because, why| Forecast {
        id,
        question: Question::new(file, time),
        until,
        because,
        why,
    };
    let beside = |mut forecast: Forecast, evidence: Vec<u8>| {
        forecast.question.evidence.push(evidence);
        forecast
    };
    let tsa_2023 = || list("tsa", "2023-04-30T00:00:00Z", "2023-07-30T00:00:00Z");
    let tsa_2034 = || list("tsa", "2034-04-30T00:00:00Z", "2034-07-30T00:00:00Z");
    let of_2016 = || [card_2016(), root_2016(), tsa_2016()];
    let (unit_1, unit_2, unit_3) = ("2022-01-01T00:00:00Z", "2032-01-01T00:00:00Z", "2037-01-01T00:00:00Z");
    let (then, tsa_ends, ca_ends) = ("2016-05-12T00:00:00Z", "tsa-certificate-expiry", "ca-certificate-expiry");
    vec![
        forecast("lt", Record::lt().file(), then, "2021-06-01T00:00:00Z", ca_ends, "the card's list is not proven"),
        forecast("lt-lasting-ca", Record::lasting().file(), then, unit_1, tsa_ends, "the token is not proven"),
        forecast(
            "renewed-then",
            Record::renewed().file(),
            "2021-03-02T00:00:00Z",
            unit_2,
            tsa_ends,
            "everything but the newest unit's token is proven",
        ),
        beside(
            forecast("renewed-in-2023", Record::renewed().file(), "2023-05-02T00:00:00Z", unit_2, tsa_ends, "as then"),
            tsa_2023(),
        ),
        forecast(
            "renewed-twice-then",
            Record::renewed_twice().file(),
            "2026-03-02T00:00:00Z",
            unit_3,
            tsa_ends,
            "as after the first renewal",
        ),
        beside(
            forecast(
                "renewed-twice-in-2034",
                Record::renewed_twice().file(),
                "2034-05-02T00:00:00Z",
                unit_3,
                tsa_ends,
                "",
            ),
            tsa_2034(),
        ),
        forecast(
            "card-list-not-indexed",
            Record::lt().with(of_2021()).archived_without("tsu-2", RENEWED, &[card_2016()]).file(),
            "2021-03-02T00:00:00Z",
            "2021-06-01T00:00:00Z",
            ca_ends,
            "the archive timestamp does not cover the card's list",
        ),
        forecast(
            "newest-broken",
            Record::renewed().with([tsa_2026()]).archived_by_impostor("tsu-3", RENEWED_AGAIN).file(),
            "2026-03-02T00:00:00Z",
            unit_2,
            tsa_ends,
            "a broken archive timestamp prolongs nothing",
        ),
        forecast(
            "version-2",
            Record::lt().with(of_2021()).archived_v2("tsu-2", RENEWED).file(),
            "2021-03-02T00:00:00Z",
            unit_2,
            tsa_ends,
            "as version 3",
        ),
        forecast(
            "pdf-renewed",
            Page::t().with(of_2016()).with(of_2021()).archived("tsu-2", RENEWED).file(),
            "2021-03-02T00:00:00Z",
            unit_2,
            tsa_ends,
            "a document timestamp does the same",
        ),
        forecast(
            "pdf-store-after-timestamp",
            Page::t().archived("tsu-2", RENEWED).with(of_2016()).with(of_2021()).file(),
            "2021-03-02T00:00:00Z",
            "2021-06-01T00:00:00Z",
            ca_ends,
            "the document timestamp does not cover the store",
        ),
        forecast(
            "pdf-renewed-twice",
            Page::t()
                .with(of_2016())
                .with(of_2021())
                .archived("tsu-2", RENEWED)
                .with([tsa_2026()])
                .archived("tsu-3", RENEWED_AGAIN)
                .file(),
            "2026-03-02T00:00:00Z",
            unit_3,
            tsa_ends,
            "two document timestamps",
        ),
    ]
}

impl Forecast {
    pub fn check(&self) -> Result<(), Failed> {
        let report = self.question.ask(&format!("forecast-{}", self.id))?;
        let signature = &report["signatures"][0];
        if signature["indication"] != "TOTAL-PASSED" || signature["best_signature_time"] != IN_2016 {
            return Err(format!("does not pass now: {}", signature["sub_indication"]).into());
        }
        let said = &signature["preservation"];
        if said["verifiable_until"] != self.until || said["because"] != self.because {
            let expected = (self.until, self.because, self.why);
            return Err(format!("expected {expected:?}, got {said}").into());
        }
        let until = self.until.parse::<UtcTime>().map_err(|error| error.to_string())?;
        let day = 86_400;
        let mut wrong = Vec::new();
        for (seconds, expected) in [(-day, true), (0, true), (1, false), (day, false)] {
            let time = until.plus_seconds(seconds);
            let (passed, outcome) = self.judged(time)?;
            if passed != expected {
                wrong.push(format!("{time}: expected passed = {expected}, got {outcome}"));
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
    }

    /// Whether the file passes at `time`, as old as it is now, with the lists of an hour before of every authority that then
    /// still lives.
    fn judged(&self, time: UtcTime) -> Result<(bool, Value), Failed> {
        let at = |seconds| -> &'static str { Box::leak(time.plus_seconds(seconds).to_string().into_boxed_str()) };
        let authorities = [
            ("root", "2045-01-01T00:00:00Z"),
            ("ca", "2021-06-01T00:00:00Z"),
            ("lasting-ca", "2045-01-01T00:00:00Z"),
            ("tsa", "2045-01-01T00:00:00Z"),
        ];
        let living = authorities.into_iter().filter(|(_, end)| at(0) <= *end);
        let mut question = Question { time: at(0).to_owned(), ..self.question.clone() };
        question.evidence = living.map(|(name, _)| world().crl(name, at(-3600), at(7 * 86_400))).collect();
        let report = question.ask(&format!("forecast-{}-{}", self.id, at(0).replace(':', "")))?;
        let signature = &report["signatures"][0];
        let passed = signature["indication"] == "TOTAL-PASSED" && signature["best_signature_time"] == IN_2016;
        Ok((passed, serde_json::json!([signature["indication"], signature["sub_indication"], signature["timestamps"]])))
    }
}

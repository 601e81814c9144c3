//! What a report says about the future (`preservation`) of records that lack something, held against judgements made in that
//! future: with fresh lists of those days the signature passes up to the last second named, and not one second later. Those of
//! complete records are in `tests/ageing`.

use libtest_mimic::Failed;
use serde_json::Value;

use kenin_base::UtcTime;

use crate::documents::{File, IN_2016, Page, RENEWED, Record, SIGNED, card_2016, of_2021, root_2016, tsa_2016, world};
use crate::program::Question;

/// A file that passes at a time, and what its report must say of the future.
pub struct Forecast {
    pub id: &'static str,
    question: Question,
    until: &'static str,
    because: &'static str,
    why: &'static str,
    /// Lists given beside the file that are not forgotten later: what they revoke stays revoked.
    known: Vec<Vec<u8>>,
}

pub fn cases() -> Vec<Forecast> {
    let forecast = |id, file: File, time: &str, until, because, why| {
        let question = Question::new(file, time);
        Forecast { id, question, until, because, why, known: Vec::new() }
    };
    let of_2016 = || [card_2016(), root_2016(), tsa_2016()];
    let (tsa_ends, ca_ends) = ("tsa-certificate-expiry", "ca-certificate-expiry");
    let (then, renewed) = ("2016-05-12T00:00:00Z", "2021-03-02T00:00:00Z");
    let mut ending = forecast(
        "algorithm",
        Record::renewed_twice().file(),
        "2026-03-02T00:00:00Z",
        "2028-12-31T23:59:59Z",
        "algorithm-horizon",
        "the policy ends the algorithm of every key with 2028",
    );
    ending.question.policy.push((
        "[modifications] ",
        "[[algorithm]]\nname = \"SHA-256\"\n[[algorithm]]\nname = \"ECDSA\"\nmin_bits = 256\n\
         until = \"2029-01-01T00:00:00Z\"\n[modifications] ",
    ));
    let [root, tsa] = of_2021();
    let mut unlisted = forecast(
        "list-about-the-unit-missing",
        Record::lt().with([root]).archived("tsu-2", RENEWED).file(),
        renewed,
        "2022-01-01T00:00:00Z",
        tsa_ends,
        "no list of 2021 about the unit of 2016 inside: once that ended nothing shows that it was good when it was proven",
    );
    unlisted.question.evidence.push(tsa);
    let [of_card, root_2018, tsa_2018] = [
        ("lasting-ca", "2016-05-10T17:00:01Z", "2016-05-14T17:00:01Z"),
        ("root", "2018-05-10T00:00:00Z", "2018-08-10T00:00:00Z"),
        ("tsa", "2018-05-10T00:00:00Z", "2018-08-10T00:00:00Z"),
    ]
    .map(|(issuer, from, to)| world().crl(issuer, from, to));
    let mut revoked = forecast(
        "unit-revoked-by-a-list-beside",
        Record::signed_by("lasting-doctor", &["lasting-ca", "root"])
            .stamped("tsu-0", SIGNED)
            .with([of_card, root_2016(), tsa_2016(), root_2018, tsa_2018])
            .archived("tsu-1", "20180511010000Z")
            .file(),
        "2019-07-01T00:00:00Z",
        "2022-01-01T00:00:00Z",
        tsa_ends,
        "the unit that lasts to 2034 was revoked in 2019, as only a list beside the file says",
    );
    let (from, to) = ("2019-06-01T00:00:00Z", "2019-09-01T00:00:00Z");
    let compromised = world().revoked("tsu-0", "2019-05-01T00:00:00Z", 1);
    revoked.known.push(world().crl_with("tsa", from, to, compromised));
    revoked.question.evidence = vec![revoked.known[0].clone(), world().crl("root", from, to)];
    vec![
        revoked,
        forecast(
            "unit",
            Record::lasting().file(),
            then,
            "2022-01-01T00:00:00Z",
            tsa_ends,
            "the CA outlives the unit, whose token nothing proves",
        ),
        forecast(
            "card-list-not-indexed",
            Record::lt().with(of_2021()).archived_without("tsu-2", RENEWED, &[card_2016()]).file(),
            renewed,
            "2021-06-01T00:00:00Z",
            ca_ends,
            "the archive timestamp does not cover the card's list",
        ),
        forecast(
            "store-after-timestamp",
            Page::t().archived("tsu-2", RENEWED).with(of_2016()).with(of_2021()).file(),
            renewed,
            "2021-06-01T00:00:00Z",
            ca_ends,
            "the document timestamp does not cover the store",
        ),
        unlisted,
        ending,
    ]
}

impl Forecast {
    pub fn check(&self) -> Result<(), Failed> {
        let signature = self.question.ask(&format!("forecast-{}", self.id))?;
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

    /// Whether the file passes at `time`, as old as it is now, with the lists that every authority then alive issues at that
    /// instant: they say nothing of what has ended.
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
        let fresh = living.map(|(name, _)| world().crl(name, at(0), at(7 * 86_400)));
        question.evidence = fresh.chain(self.known.iter().cloned()).collect();
        let signature = question.ask(&format!("forecast-{}-{}", self.id, at(0).replace(':', "")))?;
        let passed = signature["indication"] == "TOTAL-PASSED" && signature["best_signature_time"] == IN_2016;
        Ok((passed, serde_json::json!([signature["indication"], signature["sub_indication"], signature["timestamps"]])))
    }
}

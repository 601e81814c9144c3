use kenin::{Sha256, UtcTime};
use kenin_policy::TsaAnchor;
use kenin_x509::Certificate;

use super::Doctor;
use super::chain::Use;
use crate::resolve::Judging;

/// What ends within this is said.
const SOON_SECONDS: i64 = 90 * 86_400;

impl Doctor<'_> {
    /// The profile by itself: anchors that have ended or soon will, that match nothing, that leave 14①2(1) open.
    pub(super) fn profile(&mut self, judging: &Judging) {
        let trust = self.trust;
        let time = judging.time.time();
        let certificates: Vec<_> =
            judging.evidence.iter().filter_map(|object| Certificate::parse(object.der()).ok()).collect();
        let values = [("name", (&trust.name).into()), ("description", (&trust.description).into())];
        self.sheet.heading(&self.catalogue.text("trust-profile", &values));
        for anchor in &trust.signer {
            let ends = self.ends(anchor.not_after, Some(anchor.sha256), &certificates, time);
            let over = !ends.is_empty();
            self.anchor(&anchor.name, ends);
            if over {
                self.remedies.anchor(Use::Signer);
            }
        }
        for anchor in &trust.tsa {
            let mut problems = self.ends(anchor.not_after, anchor.sha256, &certificates, time);
            problems.extend(self.service(anchor, time));
            let over = !problems.is_empty();
            self.anchor(&anchor.name, problems);
            if over {
                self.remedies.accreditation();
            }
        }
    }

    fn anchor(&mut self, name: &str, problems: Vec<String>) {
        if problems.is_empty() {
            return;
        }
        self.missing = true;
        self.sheet.paragraph(name);
        problems.iter().for_each(|problem| self.sheet.more(problem));
    }

    /// That the anchor's sunset date or its certificate, where it is at hand, has ended or soon will.
    fn ends(
        &self,
        sunset: Option<UtcTime>,
        pin: Option<Sha256>,
        certificates: &[Certificate],
        time: UtcTime,
    ) -> Vec<String> {
        let certificate = certificates.iter().find(|certificate| Some(certificate.sha256()) == pin);
        let ends = [
            (sunset, "doctor-sunset-over", "doctor-sunset-soon"),
            (certificate.map(Certificate::not_after), "doctor-expired", "doctor-expires-soon"),
        ];
        let said = ends.into_iter().filter_map(|(end, over, soon)| {
            let end = end.filter(|end| *end < time.plus_seconds(SOON_SECONDS))?;
            let key = if end < time { over } else { soon };
            Some(self.catalogue.text(key, &[("time", (&end.to_string()).into())]))
        });
        said.collect()
    }

    /// What a timestamp service's entry leaves open.
    fn service(&self, anchor: &TsaAnchor, time: UtcTime) -> Option<String> {
        if anchor.sha256.is_none() {
            return Some(self.say("trust-no-pin"));
        }
        if anchor.accredited == Some(false) {
            return None;
        }
        if anchor.accreditation.is_empty() {
            return Some(self.say("trust-accreditation-unknown"));
        }
        let soon = time.plus_seconds(SOON_SECONDS);
        let end = anchor.accreditation.iter().map(|interval| interval.to).max_by_key(|to| (to.is_none(), *to));
        let end = end.flatten().filter(|end| *end < soon)?;
        let key = if end <= time { "doctor-accreditation-over" } else { "doctor-accreditation-soon" };
        Some(self.catalogue.text(key, &[("time", (&end.to_string()).into())]))
    }
}

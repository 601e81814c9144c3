use kenin_base::{FindingCode, UtcTime};
use kenin_facts::{Coverage, ModificationRule, SignatureKind};
use kenin_hpki::RoleKind;
use kenin_validation::{CheckStatus, SubIndication, check_ids};

use super::requirements::shown_id;
use super::step;
use super::superseded::Superseded;
use super::tone::Tone;
use crate::messages::{Catalogue, common_name};
use crate::render::personal::WITHHELD;
use crate::render::serde_name;
use crate::report::{
    AxisStatus, CheckReport, FindingReport, Grade, ImprintReport, Report, RequirementStatus, RoleReport,
    SignatureReport, SignedDataReport, TimestampReport, ValueReport,
};

/// A question that a reader has about a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// 誰が（資格）
    Who,
    /// いつ（何が証明するか）
    When,
    /// 改ざん
    Tampering,
    /// 証明書
    Certificate,
    /// ガイドライン
    Guideline,
    /// 申告
    Claims,
}

impl Question {
    /// The catalogue's key of its short name.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Who => "text-who",
            Self::When => "text-when",
            Self::Tampering => "text-tampering",
            Self::Certificate => "text-certificate",
            Self::Guideline => "text-guideline",
            Self::Claims => "text-claims",
        }
    }
}

/// The answer to a question.
pub(crate) struct Answer {
    pub question: Question,
    pub tone: Tone,
    pub text: String,
    /// What the reader should do about it; nothing where nothing is to be done.
    pub next: Option<String>,
}

/// The requirements that only a timestamp meets.
const PROOF: &[&str] = &["14-1-2", "14-1-2(1)"];

/// A text and how it is to be seen.
pub(super) type Said = (Tone, String);

/// Whether this is a timestamp of its own rather than somebody's signature.
pub(crate) fn is_stamp(signature: &SignatureReport) -> bool {
    use SignatureKind::{DocumentTimestamp, EvidenceRecord, Timestamp};
    matches!(signature.kind, DocumentTimestamp | Timestamp | EvidenceRecord)
}

/// The answers about one signature, in one language.
pub(crate) struct Answers<'a> {
    report: &'a Report,
    signature: &'a SignatureReport,
    catalogue: &'a Catalogue,
    superseded: Option<Superseded<'a>>,
}

impl<'a> Answers<'a> {
    pub(crate) fn new(report: &'a Report, signature: &'a SignatureReport, catalogue: &'a Catalogue) -> Self {
        Self { report, signature, catalogue, superseded: Superseded::of(signature) }
    }

    /// The five answers, fewer about a timestamp, and what the signer claims. Nobody signs an evidence record: who stands
    /// behind its timestamps is told with them.
    pub(crate) fn all(&self) -> Vec<Answer> {
        let signed = || self.signature.kind != SignatureKind::EvidenceRecord || self.signature.signer.is_some();
        let guideline = (!is_stamp(self.signature) && !self.report.requirements.is_empty()).then(|| self.guideline());
        let answers = [
            (Question::Who, signed().then(|| self.who())),
            (Question::When, Some(self.when())),
            (Question::Tampering, Some(self.tampering())),
            (Question::Certificate, signed().then(|| self.certificate())),
            (Question::Guideline, guideline.flatten()),
            (Question::Claims, self.claims()),
        ];
        let answer = |(question, said): (Question, Option<Said>)| {
            let (tone, text) = said?;
            let next = step::step_for(question, tone, self.report, self.signature, self.catalogue);
            Some(Answer { question, tone, text, next })
        };
        answers.into_iter().filter_map(answer).collect()
    }

    /// 誰が（資格）
    fn who(&self) -> Said {
        let Some(signer) = &self.signature.signer else {
            return self.answer(self.at_worst(&["14-1-1(1)"]), "who-unknown", &[]);
        };
        let name = self.signer_name(&signer.subject);
        let who = if is_stamp(self.signature) {
            name
        } else if signer.roles.is_empty() {
            let unreadable = self.signature.findings.iter().any(|f| f.code == FindingCode::HcRoleMalformed);
            let key = if unreadable { "who-role-unreadable" } else { "who-no-role" };
            self.catalogue.text(key, &[("name", (&name).into())])
        } else {
            self.catalogue
                .text("who-licence", &[("name", (&name).into()), ("roles", (&self.roles(&signer.roles)).into())])
        };
        if self.broken() {
            let key = if is_stamp(self.signature) { "who-stamp-not-shown" } else { "who-not-shown" };
            return self.answer(Tone::Bad, key, &[("who", &who)]);
        }
        if self.signature.anchor.is_none() || self.certificate_problem().is_some() {
            return self.answer(Tone::Unsure, "who-not-trusted", &[("who", &who)]);
        }
        match &self.superseded {
            Some(then) => {
                let key = if is_stamp(self.signature) { "who-stamped-superseded" } else { "who-superseded" };
                let values = [("who", who.as_str()), ("revision", then.revision), ("revisions", then.revisions)];
                self.answer(Tone::Unsure, key, &values)
            }
            None if self.is_unprotected() => self.answer(Tone::Unsure, "who-unprotected", &[("who", &who)]),
            None => (self.licence_tone(), who),
        }
    }

    /// Whether nothing in the signature keeps its certificate from being replaced by another one of the same key, which may
    /// state another licence.
    fn is_unprotected(&self) -> bool {
        let missing = [FindingCode::SignedAttributesMissing, FindingCode::SigningCertificateAttributeMissing];
        self.signature.findings.iter().any(|finding| missing.contains(&finding.code))
    }

    /// How bad an open answer is: as bad as what it does to one of these requirements.
    fn at_worst(&self, requirements: &[&str]) -> Tone {
        match step::open_requirement(self.signature, requirements).map(|requirement| requirement.status) {
            Some(RequirementStatus::NotSatisfied) => Tone::Bad,
            _ => Tone::Unsure,
        }
    }

    /// How the signature stands against the licence that the policy asks for.
    fn licence_tone(&self) -> Tone {
        match step::open_requirement(self.signature, &["14-1-1(2)"]) {
            Some(_) => self.at_worst(&["14-1-1(2)"]),
            None => Tone::Plain,
        }
    }

    /// Whether the signature fails as such, so that the certificate says nothing about the content.
    fn broken(&self) -> bool {
        self.signature.axes.integrity == AxisStatus::Failed && self.superseded.is_none()
    }

    /// Name and licence in as few words as possible.
    pub(crate) fn short_who(&self) -> String {
        let Some(signer) = &self.signature.signer else { return String::new() };
        let name = self.signer_name(&signer.subject);
        let Some(licence) = signer.roles.iter().find(|role| role.kind == RoleKind::NationalLicence) else {
            return name;
        };
        let role = role_name(licence, "role-short", self.catalogue);
        self.catalogue.text("who-short", &[("name", (&name).into()), ("role", (&role).into())])
    }

    fn signer_name(&self, subject: &str) -> String {
        if subject == WITHHELD { self.catalogue.text("who-redacted", &[]) } else { common_name(subject) }
    }

    fn roles(&self, roles: &[RoleReport]) -> String {
        self.catalogue.join(roles.iter().map(|role| role_text(role, self.catalogue)))
    }

    /// いつ（何が証明するか）
    fn when(&self) -> Said {
        if is_stamp(self.signature) {
            return self.when_stamped();
        }
        if self.broken() {
            return self.answer(Tone::Bad, "when-not-shown", &[]);
        }
        let Some(best) = self.signature.best_signature_time else {
            let tone = self.at_worst(PROOF);
            let about = match self.signature.timestamps.as_slice() {
                [] => "",
                // Decidably bad, or bad enough that there is nothing to decide.
                stamps if tone == Tone::Bad || stamps.iter().all(|stamp| stamp.grade == Grade::None) => "-stamp-bad",
                _ => "-stamp-open",
            };
            return match self.signature.claimed_signing_time.map(|time| self.catalogue.time(time)) {
                Some(time) => self.answer(tone, &format!("when-claimed{about}"), &[("time", &time)]),
                None => self.answer(tone, &format!("when-unknown{about}"), &[]),
            };
        };
        let time = self.catalogue.time(best);
        let proves = |stamp: &&TimestampReport| stamp.gen_time == Some(best) && stamp.grade >= Grade::Trusted;
        let proof = self.signature.timestamps.iter().filter(proves).max_by_key(|stamp| stamp.grade);
        let tsa = proof.and_then(stamp_name).unwrap_or_default();
        self.of_revision(match proof.map(|stamp| stamp.grade) {
            Some(Grade::Accredited) => {
                self.answer(Tone::Plain, "when-proven-accredited", &[("time", &time), ("tsa", &tsa)])
            }
            Some(_) => {
                let tone = self.at_worst(PROOF);
                let key = if tone == Tone::Bad { "when-proven-not-accredited" } else { "when-proven-trusted" };
                self.answer(tone, key, &[("time", &time), ("tsa", &tsa)])
            }
            None => self.answer(Tone::Plain, "when-proven", &[("time", &time)]),
        })
    }

    /// An answer about time, with the revision that it is about where that is not the document as it is now.
    fn of_revision(&self, (tone, when): Said) -> Said {
        match &self.superseded {
            Some(then) => self.answer(Tone::Unsure, "when-superseded", &[("when", &when), ("revision", then.revision)]),
            None => (tone, when),
        }
    }

    fn when_stamped(&self) -> Said {
        // How a document timestamp was judged stands with the signatures that it covers.
        let mut stamps = self.report.signatures.iter().flat_map(|signature| &signature.timestamps);
        let own = stamps.find(|stamp| stamp.id == self.signature.id);
        let checked = || self.signature.checks.iter().find_map(checked_gen_time);
        match (own.and_then(|stamp| stamp.gen_time).or_else(checked), own) {
            (Some(time), _) if self.broken() => {
                self.answer(Tone::Bad, "when-stamp-broken", &[("time", &self.catalogue.time(time))])
            }
            (Some(time), Some(stamp)) => {
                let grade = self.catalogue.text(&format!("grade-{}", serde_name(&stamp.grade)), &[]);
                let tone = if stamp.grade == Grade::Accredited { Tone::Plain } else { Tone::Unsure };
                let time = self.catalogue.time(time);
                self.of_revision(self.answer(tone, "when-stamped", &[("time", &time), ("grade", &grade)]))
            }
            (Some(time), None) => self.of_revision((Tone::Plain, self.catalogue.time(time))),
            (None, _) => self.answer(Tone::Unsure, "when-unreadable", &[]),
        }
    }

    /// 改ざん
    fn tampering(&self) -> Said {
        let integrity = &self.signature.integrity;
        match self.signature.imprint {
            Some(ImprintReport::Broken) => return self.answer(Tone::Bad, "tampering-stamp-changed", &[]),
            Some(ImprintReport::NotChecked) => return self.answer(Tone::Unsure, "tampering-stamp-not-checked", &[]),
            Some(ImprintReport::Intact) | None => {}
        }
        match (integrity.signed_data, integrity.signature_value) {
            (SignedDataReport::Broken, _) if integrity.coverage == Coverage::Detached => {
                self.answer(Tone::Bad, "tampering-changed-detached", &[])
            }
            (SignedDataReport::Broken, _) => self.answer(Tone::Bad, "tampering-changed", &[]),
            (_, ValueReport::Broken) => self.answer(Tone::Bad, "tampering-signature-broken", &[]),
            _ if integrity.coverage == Coverage::Unclear => self.answer(Tone::Bad, "tampering-unclear", &[]),
            (SignedDataReport::NotFound, _) => self.answer(Tone::Unsure, "tampering-not-found", &[]),
            (_, ValueReport::Unknown) => self.answer(Tone::Unsure, "tampering-unknown", &[]),
            (SignedDataReport::Intact, ValueReport::Intact) => self.untouched(),
        }
    }

    /// What was signed is as it was: what lies beyond it?
    fn untouched(&self) -> Said {
        let found = |code| self.signature.findings.iter().any(|finding| finding.code == code);
        let after = match self.superseded.as_ref().map(|then| then.cause) {
            Some(FindingCode::ModificationForbidden) => Some("tampering-later-forbidden"),
            Some(FindingCode::ParserDifferential) => Some("tampering-differential"),
            Some(FindingCode::TrailingJunk) => Some("tampering-trailing"),
            _ => None,
        };
        if let Some(key) = after {
            return self.answer(Tone::Bad, key, &[]);
        }
        let (tone, key) = match (self.signature.integrity.coverage, self.signature.axes.integrity) {
            (Coverage::Partial, _) => (Tone::Unsure, "tampering-partial"),
            _ if found(FindingCode::ModificationUnclear) => (Tone::Unsure, "tampering-later-unclear"),
            _ if found(FindingCode::LaterRevisionsNotAnalysed) => (Tone::Unsure, "tampering-later-unknown"),
            _ if found(FindingCode::LaterRevisionsDoubtful) => (Tone::Unsure, "tampering-later-doubtful"),
            (_, AxisStatus::Indeterminate | AxisStatus::Failed) => (Tone::Unsure, "tampering-unprotected"),
            _ if found(FindingCode::ModificationNoticed) => (Tone::Unsure, "tampering-later-noticed"),
            _ if self.shows_another_value() => (Tone::Unsure, "tampering-later-appearance"),
            _ if found(FindingCode::LaterRevisionsAnalysed) => (Tone::Good, "tampering-later-permitted"),
            _ if found(FindingCode::LaterRevisions) => (Tone::Good, "tampering-later-material"),
            (Coverage::EntireRevision, _) => (Tone::Unsure, "tampering-later"),
            (Coverage::Elements, _) => (Tone::Good, "tampering-elements"),
            _ if is_stamp(self.signature) => (Tone::Good, "tampering-stamp-none"),
            _ => (Tone::Good, "tampering-none"),
        };
        self.answer(tone, key, &[])
    }

    /// Whether a field that was given a new appearance after signing now shows something other than its value.
    fn shows_another_value(&self) -> bool {
        let changes = || self.signature.integrity.modifications.iter().flatten();
        let shown_anew = |field: Option<&str>| {
            changes()
                .any(|change| change.rule == ModificationRule::FormFieldAppearance && change.field.as_deref() == field)
        };
        self.signature.findings.iter().any(|finding| {
            let field = finding.params.get("field").map(String::as_str);
            finding.code == FindingCode::AppearanceDiffers && shown_anew(field)
        })
    }

    /// 申告: what the signature dictionary says of reason and place, which nothing proves.
    fn claims(&self) -> Option<Said> {
        let claims =
            [("claim-reason", &self.signature.claimed_reason), ("claim-location", &self.signature.claimed_location)];
        let said = claims.into_iter().filter_map(|(key, text)| {
            let text = text.as_ref().filter(|text| !text.is_empty())?;
            let text = if text == WITHHELD { self.catalogue.text("claim-withheld", &[]) } else { text.clone() };
            Some(self.catalogue.text(key, &[("text", (&text).into())]))
        });
        let said = said.collect::<Vec<_>>();
        let text = self.catalogue.join(&said);
        (!said.is_empty()).then(|| self.answer(Tone::Plain, "claims-unproven", &[("claims", &text)]))
    }

    /// 証明書
    fn certificate(&self) -> Said {
        let signature = self.signature;
        if signature.signer.is_none() {
            return self.answer(self.at_worst(&["14-1-1(1)"]), "certificate-missing", &[]);
        }
        if let Some(problem) = self.certificate_problem() {
            let failed = signature.axes.identity == AxisStatus::Failed || wrong_card(signature).is_some();
            return (if failed { Tone::Bad } else { self.at_worst(&["14-1-3"]) }, problem);
        }
        if let Some(open) = step::open_requirement(signature, &["14-1-3"])
            && open.reason == "invalidity-date-before-timestamp"
        {
            // The certificate was good by the standard, and what is known since says otherwise.
            return (self.at_worst(&["14-1-3"]), open.message.clone());
        }
        match (&signature.anchor, signature.best_signature_time) {
            (Some(anchor), Some(time)) => {
                let (time, revoked) = (self.catalogue.time(time), self.revoked_later());
                let values = [("time", time.as_str()), ("anchor", anchor), ("date", revoked.as_deref().unwrap_or(""))];
                let key = if revoked.is_some() { "certificate-good-revoked-later" } else { "certificate-good" };
                self.answer(Tone::Good, key, &values)
            }
            (Some(anchor), None) => self.answer(Tone::Good, "certificate-good-now", &[("anchor", anchor)]),
            (None, _) if self.broken() => self.answer(Tone::Unsure, "certificate-not-judged", &[]),
            (None, _) => self.answer(Tone::Unsure, "certificate-no-anchor", &[]),
        }
    }

    /// When the certificate was revoked, if that was after the signature.
    fn revoked_later(&self) -> Option<String> {
        let finding =
            self.signature.findings.iter().find(|finding| finding.code == FindingCode::RevokedAfterSigning)?;
        finding.params.get("date").and_then(|date| UtcTime::parse(date).ok()).map(|date| self.catalogue.time(date))
    }

    /// That the wrong kind of card was used, else the message of the innermost check about the certificate that did
    /// not pass, else the sub-indication's where it is about the certificate.
    fn certificate_problem(&self) -> Option<String> {
        if let Some(finding) = wrong_card(self.signature) {
            return Some(finding.message.clone());
        }
        let check = own_checks(self.signature).next();
        if let Some(check) = check {
            return Some(innermost(check).message.clone());
        }
        let sub = self.signature.sub_indication.filter(|sub| {
            matches!(sub, SubIndication::NoSigningCertificateFound | SubIndication::NoCertificateChainFound)
        });
        sub.map(|sub| self.catalogue.sub_indication(sub))
    }

    /// ガイドライン, for this signature alone.
    fn guideline(&self) -> Option<Said> {
        let blocking = || self.signature.requirements.iter().filter(|requirement| requirement.blocking);
        blocking().next()?;
        for (status, conformity, tone) in [
            (RequirementStatus::NotSatisfied, "conformity-non-conforming", Tone::Bad),
            (RequirementStatus::Undetermined, "conformity-undetermined", Tone::Unsure),
        ] {
            let open: Vec<_> = blocking().filter(|r| r.status == status).collect();
            let Some(first) = open.first() else { continue };
            let word = self.catalogue.text(conformity, &[]);
            let ids = self.catalogue.join(open.iter().map(|requirement| shown_id(requirement.id, self.catalogue)));
            let values = [("word", word.as_str()), ("ids", &ids), ("reason", &first.message)];
            return Some(self.answer(tone, "conformity-because", &values));
        }
        Some(self.answer(Tone::Good, "conformity-conforming", &[]))
    }

    fn answer(&self, tone: Tone, key: &str, values: &[(&str, &str)]) -> Said {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
        (tone, self.catalogue.text(key, &values))
    }
}

/// A role with what the licence table makes of it.
pub(crate) fn role_text(role: &RoleReport, catalogue: &Catalogue) -> String {
    let shown = role_name(role, "role-name", catalogue);
    match role.kind {
        RoleKind::NationalLicence => shown,
        RoleKind::Manager => catalogue.text("role-manager", &[("name", (&shown).into())]),
        RoleKind::Unrecognised => catalogue.text("role-unrecognised", &[("name", (&shown).into())]),
    }
}

/// A role in the words of the licence table, else as the certificate writes it.
fn role_name(role: &RoleReport, key: &str, catalogue: &Catalogue) -> String {
    match &role.name_ja {
        Some(ja) => catalogue.text(key, &[("name", (&role.name).into()), ("name_ja", ja.into())]),
        None => role.name.clone(),
    }
}

/// The authority behind a timestamp, by the trust profile's name or its certificate's.
pub(crate) fn stamp_name(stamp: &TimestampReport) -> Option<String> {
    stamp.tsa.as_deref().map(common_name).or_else(|| stamp.anchor.clone())
}

/// That the card was one for tests or for logging in.
pub(super) fn wrong_card(signature: &SignatureReport) -> Option<&FindingReport> {
    let wrong = [FindingCode::TestCertificate, FindingCode::AuthenticationCertificate];
    signature.findings.iter().find(|finding| wrong.contains(&finding.code))
}

/// Checks about the certificate of the signature itself that did not pass. The certificate of a timestamp over it is
/// another one.
pub(super) fn own_checks(signature: &SignatureReport) -> impl Iterator<Item = &CheckReport> {
    let about = |id: &str| matches!(id, "x509-certificate-validation" | "status-at-best-signature-time");
    let of_stamps = [check_ids::TIMESTAMP_VALIDATION, check_ids::EVIDENCE_RECORD_VALIDATION];
    let own = move |check: &&CheckReport| is_stamp(signature) || !of_stamps.contains(&check.id);
    signature.checks.iter().filter(own).filter_map(move |check| find(check, &about))
}

/// genTime as the check of it names it.
fn checked_gen_time(check: &CheckReport) -> Option<UtcTime> {
    let own = check.params.get("gen_time").filter(|_| check.id == check_ids::TIMESTAMP_GEN_TIME);
    own.and_then(|text| UtcTime::parse(text).ok()).or_else(|| check.children.iter().find_map(checked_gen_time))
}

fn find<'c>(check: &'c CheckReport, wanted: &dyn Fn(&str) -> bool) -> Option<&'c CheckReport> {
    if wanted(check.id.0) && open(check.status) {
        return Some(check);
    }
    check.children.iter().find_map(|child| find(child, wanted))
}

/// The check inside that is open, to the last; below one that passed there may be one that did not, such as the freshness
/// of a list that says good.
pub(super) fn innermost(check: &CheckReport) -> &CheckReport {
    let itself = check.children.iter().find(|child| open(child.status));
    let inside = || check.children.iter().find(|child| holds_open(child));
    itself.or_else(inside).map_or(check, innermost)
}

fn holds_open(check: &CheckReport) -> bool {
    check.children.iter().any(|child| open(child.status) || holds_open(child))
}

pub(super) fn open(status: CheckStatus) -> bool {
    matches!(status, CheckStatus::Failed | CheckStatus::Indeterminate)
}

use kenin::{ObserveOptions, Verifier};
use kenin_hpki::{CertificateKind, HcRole, RoleKind, classify, known_ca, profile_findings};
use kenin_validation::CheckStatus;
use kenin_x509::{AD_OCSP, Certificate, DistributionPointName, GeneralName, PolicyInformation, PolicyQualifier};

use super::View;
use crate::resolve::Judging;

impl View<'_> {
    /// A certificate: whose, for what, with which licence, until when, and whether it is trusted.
    pub(super) fn certificate(&mut self, certificate: &Certificate, judging: &Judging) {
        self.heading("inspect-certificate");
        let kind = if certificate.is_ca() { "certificate-kind-ca".to_owned() } else { kind_key(certificate) };
        let mut kind = self.say(&kind);
        if let Some(ca) = known_ca(&certificate.sha256()) {
            let values = [("kind", (&kind).into()), ("label", ca.label.into()), ("label_ja", ca.label_ja.into())];
            kind = self.catalogue.text("inspect-known-ca", &values);
        }
        self.row("inspect-kind", &kind);
        self.row("inspect-subject", &self.subject(certificate));
        if !self.withheld(certificate) {
            self.rows("inspect-alternative-name", alternative_names(certificate));
        }
        self.roles(certificate);
        self.row("inspect-issuer", &certificate.issuer().to_string());
        self.row("inspect-serial", &certificate.serial_hex());
        self.validity(certificate, judging.time.time());
        let key = certificate.public_key().map_or_else(|error| error.to_string(), |key| key.algorithm().to_string());
        self.row("inspect-key", &key);
        let extensions = certificate.extensions();
        let usage = extensions.key_usage.map(|usage| self.catalogue.join(usage.names()));
        self.row("inspect-key-usage", &usage.unwrap_or_default());
        let purposes = extensions.extended_key_usage.iter().flat_map(|eku| &eku.purposes);
        self.rows("inspect-purposes", purposes.map(ToString::to_string));
        let policies = extensions.certificate_policies.iter().flat_map(|policies| &policies.policies);
        self.rows("inspect-policies", policies.map(policy_text));
        let points = extensions.crl_distribution_points.iter().filter_map(|point| point.name.as_ref());
        self.rows("inspect-crl-at", points.flat_map(point_names));
        let access = extensions.authority_info_access.iter().filter(|access| access.method == AD_OCSP);
        self.rows("inspect-ocsp-at", access.map(|access| name_text(&access.location)));
        if CertificateKind::of(certificate) != CertificateKind::Other && !certificate.is_ca() {
            let departures = profile_findings(certificate);
            self.rows("inspect-departures", departures.into_iter().map(|finding| finding.code().to_owned()));
        }
        self.row("SHA-256", &certificate.sha256().to_string());
        self.chain(certificate, judging);
    }

    /// Whether a signer's certificate is trusted under the profile and policy, with the evidence given. A CA
    /// certificate is not asked: what it is good for depends on what it issued.
    fn chain(&mut self, certificate: &Certificate, judging: &Judging) {
        if certificate.is_ca() {
            return;
        }
        let verifier = Verifier::new(judging.trust.clone(), judging.policy.clone());
        let options = ObserveOptions { evidence: judging.evidence.clone(), ..verifier.observe_options() };
        let time = judging.time.time();
        let Ok(judged) = verifier.judge_certificate(certificate.der(), &options, time) else { return };
        let Some(sub) = judged.conclusion.sub_indication else {
            let anchor = judged.check.children.iter().find_map(|check| check.params.get("anchor"));
            let values = [("anchor", anchor.cloned().unwrap_or_default()), ("time", time.to_string())];
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.into())).collect();
            let text = self.catalogue.text("inspect-chain-good", &values);
            return self.row("inspect-chain", &text);
        };
        let head = self.catalogue.conclusion(judged.conclusion.indication.block(), sub);
        self.row("inspect-chain", &head);
        for check in judged.check.children.iter().filter(|check| check.status != CheckStatus::Passed) {
            let mut params = check.params.clone();
            if let Some(subject) = params.get_mut("subject").filter(|_| self.withheld(certificate)) {
                *subject = self.say("who-redacted");
            }
            let message = self.catalogue.check(check.id, check.status, &params);
            self.sheet.more(&message);
        }
    }

    fn roles(&mut self, certificate: &Certificate) {
        if certificate.is_ca() {
            return;
        }
        let roles = match HcRole::of(certificate) {
            Ok(found) => found.roles,
            Err(_) => return self.row("inspect-roles", &self.say("inspect-role-unreadable")),
        };
        if roles.is_empty() {
            return self.row("inspect-roles", &self.say("inspect-no-role"));
        }
        let shown: Vec<_> = roles
            .iter()
            .map(|role| {
                let text = role.text.clone().or_else(|| role.code_value.clone()).unwrap_or_default();
                let (kind, licence) = classify(role);
                let name = match licence {
                    Some(licence) => {
                        let values = [("name", (&text).into()), ("name_ja", licence.name_ja.into())];
                        self.catalogue.text("role-name", &values)
                    }
                    None => text,
                };
                let values = [("name", (&name).into())];
                match kind {
                    RoleKind::NationalLicence => name,
                    RoleKind::Manager => self.catalogue.text("role-manager", &values),
                    RoleKind::Unrecognised => self.catalogue.text("role-unrecognised", &values),
                }
            })
            .collect();
        self.rows("inspect-roles", shown);
    }

    fn validity(&mut self, certificate: &Certificate, time: kenin::UtcTime) {
        let key = if time < certificate.not_before() {
            "inspect-not-yet-valid"
        } else if time > certificate.not_after() {
            "inspect-expired"
        } else {
            "inspect-valid"
        };
        let (from, to) = (certificate.not_before().to_string(), certificate.not_after().to_string());
        let text = self.catalogue.text(key, &[("from", (&from).into()), ("to", (&to).into())]);
        self.row("inspect-validity", &text);
    }
}

fn kind_key(certificate: &Certificate) -> String {
    let kind = match CertificateKind::of(certificate) {
        CertificateKind::Signing => "signing",
        CertificateKind::Test => "test",
        CertificateKind::Authentication => "authentication",
        CertificateKind::Other => "other",
    };
    format!("certificate-kind-{kind}")
}

/// Names people read; otherName values of JPKI hold address and birth date and are not shown.
fn alternative_names(certificate: &Certificate) -> impl Iterator<Item = String> {
    let names = certificate.extensions().subject_alt_names.iter();
    names.filter(|name| !matches!(name, GeneralName::OtherName { .. })).map(name_text)
}

/// A policy with what the CA wants people to read about it.
fn policy_text(information: &PolicyInformation) -> String {
    let qualifiers = information.qualifiers.iter().filter_map(|qualifier| match qualifier {
        PolicyQualifier::CpsUri(uri) => Some(uri.clone()),
        PolicyQualifier::UserNotice { explicit_text } => explicit_text.clone(),
        PolicyQualifier::Other(_) => None,
    });
    std::iter::once(information.policy.to_string()).chain(qualifiers).collect::<Vec<_>>().join(" ")
}

/// The names of a distribution point.
pub(super) fn point_names(name: &DistributionPointName) -> Vec<String> {
    match name {
        DistributionPointName::FullName(names) => names.iter().map(name_text).collect(),
        DistributionPointName::RelativeToIssuer(_) => Vec::new(),
    }
}

/// A general name as people write it.
pub(super) fn name_text(name: &GeneralName) -> String {
    match name {
        GeneralName::Rfc822Name(text) | GeneralName::DnsName(text) | GeneralName::Uri(text) => text.clone(),
        GeneralName::DirectoryName(name) => name.to_string(),
        GeneralName::RegisteredId(oid) => oid.to_string(),
        other => format!("[{}]", other.tag()),
    }
}

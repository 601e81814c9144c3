use std::sync::Arc;

use kenin::{CertificateReport, RevocationReport, Sha256, WantedEvidence};
use kenin_x509::Certificate;

use super::Doctor;
use crate::inspect::{hex, names_a_person};

/// Longer paths are not shown.
const MAX_LENGTH: usize = 16;

/// What a chain of certificates is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Signing documents.
    Signer,
    /// Time-stamping.
    Tsa,
}

/// The certificates that one signature or timestamp rests on.
pub(super) struct Chain<'c> {
    /// What rests on them.
    pub heading: String,
    /// How it came out.
    pub conclusion: String,
    /// Why no path was found.
    pub problem: Option<String>,
    /// From the certificate up to and with the anchor, or as far as the report has them.
    pub links: &'c [CertificateReport],
    /// The anchor's name in the trust profile.
    pub anchor: Option<&'c str>,
    /// What the certificates are for.
    pub purpose: Use,
    /// Whether the profile does not say if the service was accredited.
    pub accreditation_unknown: bool,
}

impl Doctor<'_> {
    /// Shows a chain and notes what is missing in it.
    pub(super) fn chain(&mut self, chain: &Chain<'_>) {
        self.sheet.heading(&chain.heading);
        self.row("doctor-conclusion", &chain.conclusion);
        for (index, link) in chain.links.iter().enumerate() {
            let is_anchor = chain.anchor.is_some() && index + 1 == chain.links.len();
            let key = match index {
                _ if is_anchor => "doctor-anchor",
                0 => "doctor-certificate",
                _ => "doctor-ca",
            };
            let subject = chain.anchor.filter(|_| is_anchor).unwrap_or(&link.subject);
            self.row(key, subject);
            if is_anchor {
                self.sheet.more(&link.certificate_sha256.to_string());
            } else {
                self.revocation(link);
            }
        }
        if chain.anchor.is_none() {
            self.unfinished(chain);
        }
        if chain.accreditation_unknown {
            self.missing = true;
            self.row("doctor-missing", &self.say("doctor-accreditation"));
            self.remedies.accreditation();
        }
    }

    /// What is known of a certificate's revocation, or why it is not.
    fn revocation(&mut self, link: &CertificateReport) {
        let wanted = self.wanted.iter().find_map(|wanted| match wanted {
            WantedEvidence::Revocation { certificate, crl_uris, ocsp_uris, .. }
                if *certificate == link.certificate_sha256 =>
            {
                Some((crl_uris.clone(), ocsp_uris.clone()))
            }
            _ => None,
        });
        let Some((crl_uris, ocsp_uris)) = wanted else {
            let known = link.revocation.iter().find(|datum| datum.status != "good");
            let known = known.or_else(|| link.revocation.iter().find(|datum| datum.usable));
            if let Some(datum) = known {
                let text = self.datum(&format!("doctor-{}", datum.status), datum);
                self.sheet.more(&text);
            }
            return;
        };
        let text = self.say(if link.revocation.is_empty() { "doctor-no-data" } else { "doctor-no-usable-data" });
        self.row("doctor-missing", &text);
        for datum in &link.revocation {
            let text = self.datum("doctor-datum", datum);
            self.sheet.more(&text);
        }
        let known = self.remedies.revocation(link.certificate_sha256, &crl_uris);
        let asked = ocsp_uris.iter().filter(|uri| super::remedy::is_http(uri)).collect::<Vec<_>>();
        for uri in &asked {
            let text = self.catalogue.text("doctor-ocsp-at", &[("uri", (*uri).into())]);
            self.sheet.more(&text);
        }
        if !known && asked.is_empty() {
            let text = self.say("doctor-no-address");
            self.sheet.more(&text);
        }
    }

    /// A revocation datum that was considered, and why it does not do.
    fn datum(&self, key: &str, datum: &RevocationReport) -> String {
        let why = format!("datum-{}", datum.why);
        let why = self.catalogue.find(&why, &[]).unwrap_or_else(|| datum.why.clone());
        let time = |time: Option<kenin::UtcTime>| time.map_or_else(|| "-".to_owned(), |time| time.to_string());
        let mut sha256 = datum.datum_sha256.to_string();
        sha256.truncate(8);
        let values = [
            ("why", why),
            ("datum", sha256),
            ("time", time(datum.this_update)),
            ("next", time(datum.next_update)),
            ("date", time(datum.revocation_date)),
        ];
        self.catalogue.text(key, &values.each_ref().map(|(name, value)| (*name, value.into())))
    }

    /// A chain that reaches no anchor: as far as it goes, and what would continue it.
    fn unfinished(&mut self, chain: &Chain<'_>) {
        self.missing = true;
        let mut last = chain.links.last().map(|link| link.certificate_sha256);
        for issuer in last.map(|last| self.issuers_above(last)).unwrap_or_default() {
            let subject = self.subject(&issuer);
            self.row("doctor-ca", &subject);
            last = Some(issuer.sha256());
        }
        let wanted = last.and_then(|last| self.wanted_issuer(last));
        let Some((certificate, issuer, uris)) = wanted else {
            let problem = chain.problem.clone().unwrap_or_else(|| self.say("doctor-no-anchor"));
            self.row("doctor-missing", &problem);
            return self.remedies.anchor(chain.purpose);
        };
        let text = self.catalogue.text("doctor-issuer", &[("holder", (&issuer).into())]);
        self.row("doctor-missing", &text);
        let key = self.certificates.get(&certificate).and_then(|found| {
            let identifier = found.extensions().authority_key_identifier.as_ref()?.key_identifier.as_deref();
            identifier.map(hex)
        });
        if let Some(key) = key {
            let text = self.catalogue.text("doctor-issuer-key", &[("key", (&key).into())]);
            self.sheet.more(&text);
        }
        if !self.remedies.issuer(certificate, &uris) {
            let text = self.say("doctor-no-address");
            self.sheet.more(&text);
        }
    }

    fn wanted_issuer(&self, last: Sha256) -> Option<(Sha256, String, Vec<String>)> {
        self.wanted.iter().find_map(|wanted| match wanted {
            WantedEvidence::Issuer { certificate, issuer, uris } if *certificate == last => {
                Some((*certificate, issuer.clone(), uris.clone()))
            }
            _ => None,
        })
    }

    /// Certificates at hand that may have issued a certificate, one above the other, up to the one whose issuer is
    /// wanted. They are shown and not judged.
    fn issuers_above(&self, certificate: Sha256) -> Vec<Arc<Certificate>> {
        let mut above: Vec<Arc<Certificate>> = Vec::new();
        let mut last = self.certificates.get(&certificate).cloned();
        while let Some(current) = last.take()
            && above.len() < MAX_LENGTH
            && self.wanted_issuer(current.sha256()).is_none()
        {
            let seen = |candidate: &Certificate| above.iter().any(|known| **known == *candidate);
            let issues = |candidate: &&Arc<Certificate>| {
                candidate.subject() == current.issuer() && **candidate != current && !seen(candidate) && {
                    let wanted = current.extensions().authority_key_identifier.as_ref();
                    let wanted = wanted.and_then(|key| key.key_identifier.as_ref());
                    let found = candidate.extensions().subject_key_identifier.as_ref();
                    wanted.zip(found).is_none_or(|(wanted, found)| wanted == found)
                }
            };
            last = self.certificates.values().find(issues).cloned();
            above.extend(last.clone());
        }
        above
    }

    /// A certificate's subject, unless it is a person's in JPKI.
    pub(super) fn subject(&self, certificate: &Certificate) -> String {
        if names_a_person(certificate) { self.say("who-redacted") } else { certificate.subject().to_string() }
    }
}

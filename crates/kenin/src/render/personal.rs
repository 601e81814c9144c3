use kenin_base::FindingCode;

use crate::report::{CheckReport, FindingReport, Report, SignatureReport, WantedEvidence};

/// What stands in place of a withheld name.
pub const WITHHELD: &str = "REDACTED";

/// Certificate policies of JPKI (公的個人認証) lie below this object identifier.
const JPKI_POLICIES: &str = "1.2.392.200149.8.5.1.";

/// Whether a certificate under this policy (dotted decimal) is a JPKI certificate, whose names are withheld unless
/// asked for.
pub fn is_personal(policy: &str) -> bool {
    policy.starts_with(JPKI_POLICIES)
}

impl Report {
    /// Withholds the names of JPKI certificate holders, wherever the report has them, and says so by the finding
    /// `personal-data-redacted`. HPKI subjects stay: the guideline asks who signed.
    pub fn redact_personal(&mut self) {
        let names: Vec<String> = self.signatures.iter().filter_map(jpki_name).map(str::to_owned).collect();
        if names.is_empty() {
            return;
        }
        for signature in &mut self.signatures {
            if jpki_name(signature).is_some() {
                withhold(signature);
            }
            // One signature may speak of the holder of another, which it countersigns or stands beside.
            redact(signature, &names);
        }
        redact_findings(&mut self.findings, &names);
        for requirement in &mut self.requirements {
            redact_checks(&mut requirement.checks, &names);
        }
        for wanted in &mut self.wanted {
            match wanted {
                WantedEvidence::Revocation { subject, .. } => replace(subject, &names),
                WantedEvidence::Issuer { issuer, .. } => replace(issuer, &names),
            }
        }
    }
}

fn jpki_name(signature: &SignatureReport) -> Option<&str> {
    let signer = signature.signer.as_ref().filter(|s| s.policies.iter().any(|policy| is_personal(policy)));
    signer.map(|s| s.subject.as_str()).filter(|subject| !subject.is_empty())
}

/// What the holder's own signature says of the holder.
fn withhold(signature: &mut SignatureReport) {
    if let Some(signer) = &mut signature.signer {
        WITHHELD.clone_into(&mut signer.subject);
    }
    // Free text of the person's own.
    for claim in signature.claimed_reason.iter_mut().chain(&mut signature.claimed_location) {
        WITHHELD.clone_into(claim);
    }
    let entries = signature.details.pdf.as_mut().and_then(|pdf| pdf.name.as_mut());
    for claim in signature.details.claimed_attributes.iter_mut().chain(entries) {
        WITHHELD.clone_into(claim);
    }
    signature.findings.push(FindingReport {
        code: FindingCode::PersonalDataRedacted,
        subject: None,
        span: None,
        params: Default::default(),
        message: String::new(),
    });
}

fn redact(signature: &mut SignatureReport, names: &[String]) {
    // It is the holder's certificate that ends first where nothing protects the signature any longer.
    signature.preservation.subject.iter_mut().for_each(|subject| replace(subject, names));
    for certificate in &mut signature.chain {
        replace(&mut certificate.subject, names);
    }
    for missing in signature.next_level.iter_mut().flat_map(|next| &mut next.missing) {
        missing.subject.iter_mut().for_each(|subject| replace(subject, names));
    }
    for requirement in &mut signature.requirements {
        redact_checks(&mut requirement.checks, names);
    }
    redact_checks(&mut signature.checks, names);
    redact_findings(&mut signature.findings, names);
}

fn redact_findings(findings: &mut [FindingReport], names: &[String]) {
    for finding in findings {
        finding.subject.iter_mut().chain(finding.params.values_mut()).for_each(|text| replace(text, names));
    }
}

fn redact_checks(checks: &mut [CheckReport], names: &[String]) {
    for check in checks {
        check.params.values_mut().for_each(|text| replace(text, names));
        redact_checks(&mut check.children, names);
    }
}

fn replace(text: &mut String, names: &[String]) {
    for name in names {
        if text.contains(name.as_str()) {
            *text = text.replace(name.as_str(), WITHHELD);
        }
    }
}

#[cfg(test)]
mod tests {
    use kenin_base::{Sha256, UtcTime};
    use kenin_policy::{Policy, TrustProfile};

    use super::*;
    use crate::report::{Level, MissingReport, NextLevelReport, SignerReport, TimeSource, What};
    use crate::{Source, Verifier, observe};

    const NAME: &str = "CN=DEMO KOJIN,L=DEMO-SHI,C=JP";

    /// A report on a signed sample whose signer is made a holder of a certificate under `policy`.
    fn report(policy: &str) -> Report {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/pdf/pades-b.pdf");
        let verifier = Verifier::new(TrustProfile::jp_hpki(), Policy::mhlw_6_0());
        let facts = observe(&Source::open(sample).unwrap(), &verifier.observe_options()).unwrap();
        let mut report = verifier.judge_at(&facts, UtcTime::parse("2024-05-21T00:00:00Z").unwrap());
        assert_eq!(report.time_source, TimeSource::Given);
        report.signatures[0].signer = Some(SignerReport {
            subject: NAME.to_owned(),
            issuer: "C=JP".to_owned(),
            serial: "01".to_owned(),
            certificate_sha256: Sha256([1; 32]),
            not_before: UtcTime::parse("2024-01-01T00:00:00Z").unwrap(),
            not_after: UtcTime::parse("2025-01-01T00:00:00Z").unwrap(),
            policies: vec![policy.to_owned()],
            roles: Vec::new(),
        });
        report.signatures[0].claimed_location = Some("DEMO-SHI".to_owned());
        report.signatures[0].details.pdf.as_mut().unwrap().name = Some("DEMO KOJIN".to_owned());
        report.signatures[0].details.claimed_attributes = vec!["DEMO KOJIN".to_owned()];
        report.signatures[0].checks[0].params.insert("subject", format!("<{NAME}>"));
        report.signatures[0].preservation.subject = Some(NAME.to_owned());
        report.findings.push(FindingReport {
            code: FindingCode::LimitExceeded,
            subject: Some(NAME.to_owned()),
            span: None,
            params: [("name".to_owned(), NAME.to_owned())].into(),
            message: String::new(),
        });
        report.signatures[0].next_level = Some(NextLevelReport {
            level: Level::LT,
            missing: vec![MissingReport {
                what: What::RevocationData,
                certificate: Some(Sha256([1; 32])),
                subject: Some(NAME.to_owned()),
            }],
        });
        report.wanted.push(WantedEvidence::Revocation {
            certificate: Sha256([1; 32]),
            subject: NAME.to_owned(),
            crl_uris: vec!["http://demo.example/".to_owned()],
            ocsp_uris: Vec::new(),
        });
        report
    }

    #[test]
    fn nothing_of_a_jpki_name_is_left_and_the_report_says_so() {
        let mut report = report("1.2.392.200149.8.5.1.1.20");
        report.redact_personal();
        let shown = format!("{report:?}");
        assert!(!shown.contains("KOJIN") && !shown.contains("DEMO-SHI"), "{shown}");
        let xml = crate::render::etsi_xml(&report);
        assert!(!xml.contains("KOJIN") && !xml.contains("DEMO-SHI") && xml.contains(WITHHELD), "{xml}");
        for lang in crate::Lang::ALL {
            let page = crate::render::html(&report, lang);
            assert!(!page.contains("KOJIN") && !page.contains("DEMO-SHI"), "{page}");
        }
        let codes: Vec<_> = report.signatures[0].findings.iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&FindingCode::PersonalDataRedacted));
    }

    #[test]
    fn other_names_stay() {
        let mut report = report("1.2.392.100495.1.5.1.1.3.1");
        let before = format!("{report:?}");
        assert!(crate::render::etsi_xml(&report).contains("KOJIN"));
        report.redact_personal();
        assert_eq!(format!("{report:?}"), before);
        assert!(crate::render::html(&report, crate::Lang::En).contains("DEMO KOJIN"));
    }
}

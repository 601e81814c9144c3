use kenin_base::FindingCode;

use crate::report::{CheckReport, FindingReport, Report, SignatureReport};

/// What stands in place of a withheld name.
pub(crate) const WITHHELD: &str = "REDACTED";

/// Certificate policies of JPKI (公的個人認証) lie below this object identifier.
const JPKI_POLICIES: &str = "1.2.392.200149.8.5.1.";

impl Report {
    /// Withholds the names of JPKI certificate holders, wherever the report has them, and says so by the finding
    /// `personal-data-redacted`. HPKI subjects stay: the guideline asks who signed.
    pub fn redact_personal(&mut self) {
        for signature in &mut self.signatures {
            let names = jpki_names(signature);
            if names.is_empty() {
                continue;
            }
            redact(signature, &names);
            for requirement in &mut self.requirements {
                redact_checks(&mut requirement.checks, &names);
            }
        }
    }
}

fn jpki_names(signature: &SignatureReport) -> Vec<String> {
    let signer = signature.signer.iter();
    let jpki = signer.filter(|s| s.policies.iter().any(|policy| policy.starts_with(JPKI_POLICIES)));
    jpki.map(|s| s.subject.clone()).filter(|subject| !subject.is_empty()).collect()
}

fn redact(signature: &mut SignatureReport, names: &[String]) {
    if let Some(signer) = &mut signature.signer {
        WITHHELD.clone_into(&mut signer.subject);
    }
    for certificate in &mut signature.chain {
        replace(&mut certificate.subject, names);
    }
    for requirement in &mut signature.requirements {
        redact_checks(&mut requirement.checks, names);
    }
    redact_checks(&mut signature.checks, names);
    for finding in &mut signature.findings {
        finding.subject.iter_mut().chain(finding.params.values_mut()).for_each(|text| replace(text, names));
    }
    signature.findings.push(FindingReport {
        code: FindingCode::PersonalDataRedacted,
        subject: None,
        span: None,
        params: Default::default(),
        message: String::new(),
    });
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

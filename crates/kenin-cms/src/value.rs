use std::sync::Arc;

use kenin_base::{Finding, Resource, Sha256};
use kenin_crypto::SignatureScheme;
use kenin_facts::{AttributeForm, Candidate, CertificateReference};
use kenin_x509::Certificate;

use crate::check::{Check, Form, Signed};
use crate::findings::of_limit;
use crate::signed_attributes::Problems;
use crate::signer::note_candidates;
use crate::{NotChecked, Observer, candidates};

/// A signature value in another syntax than CMS, such as that of an XML signature, with what names its certificate.
#[derive(Debug)]
pub struct SignatureValue<'s> {
    /// The algorithm, or why the value is not checked.
    pub scheme: Result<SignatureScheme, NotChecked>,
    /// The octets that were signed.
    pub signed: Vec<u8>,
    /// The value, in the form that the scheme says.
    pub value: &'s [u8],
    /// The certificates that the signature names outside of what it covers.
    pub named: Vec<Arc<Certificate>>,
    /// The references to its certificate that it covers.
    pub references: &'s [CertificateReference],
    /// The certificates carried beside it.
    pub carried: &'s [Sha256],
}

/// Checks a signature value under the key of every certificate at hand that may be its signer's, as
/// [`observe_signatures`](crate::observe_signatures) does for CMS. What is odd about the certificates goes to `findings`;
/// `subject` says whose value it is.
pub fn observe_value(
    observer: &mut Observer<'_>,
    value: SignatureValue<'_>,
    subject: &str,
    findings: &mut Vec<Finding>,
) -> Vec<Candidate> {
    let SignatureValue { scheme, signed, value, named, references, carried } = value;
    let found = candidates::among(observer, named, references);
    let mut check = Check::new(scheme, vec![Form::new(AttributeForm::SignedInfo, Signed::Octets(signed))], value);
    let mut checked = Vec::new();
    for (mut candidate, certificate) in found {
        candidate.signature = check.run(observer.budget(), &certificate);
        checked.push((candidate, certificate));
    }
    findings.extend(check.limit.map(|limit| of_limit(limit, subject)));
    // Every signature lists its certificates again, so each list spends like the first.
    let count = u64::try_from(carried.len()).unwrap_or(u64::MAX);
    findings.extend(observer.budget().spend(Resource::Certificates, count).err().map(|limit| of_limit(limit, subject)));
    let mut out = Problems { subject: subject.to_owned(), findings };
    note_candidates(observer, &checked, references, carried, &mut out);
    checked.into_iter().map(|(candidate, _)| candidate).collect()
}

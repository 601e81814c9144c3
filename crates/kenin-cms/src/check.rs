use std::cell::OnceCell;

use kenin_base::{Budget, DigestAlgorithm, LimitExceeded, Resource};
use kenin_crypto::{Message, SignatureScheme, Verification, digest, verify};
use kenin_facts::{AttributeForm, SignatureCheck};
use kenin_x509::Certificate;

use crate::NotChecked;

/// The check of one signature value, made under one candidate's key after another. Each form of what was signed
/// is hashed at most once.
pub(crate) struct Check<'s> {
    scheme: Result<SignatureScheme, NotChecked>,
    forms: Vec<Form<'s>>,
    signature: &'s [u8],
    /// The budget that stopped a check, if one did.
    pub limit: Option<LimitExceeded>,
}

/// One form of what was signed.
pub(crate) struct Form<'s> {
    form: AttributeForm,
    signed: Signed<'s>,
    digest: OnceCell<Option<Vec<u8>>>,
}

/// Octets, or content that may be known by its digests alone.
pub(crate) enum Signed<'s> {
    Octets(Vec<u8>),
    Content { digest: &'s dyn Fn(DigestAlgorithm) -> Option<Vec<u8>>, octets: Option<&'s [u8]> },
}

impl<'s> Form<'s> {
    pub fn new(form: AttributeForm, signed: Signed<'s>) -> Self {
        Self { form, signed, digest: OnceCell::new() }
    }

    fn message(&self, scheme: &SignatureScheme) -> Option<Message<'_>> {
        let Some(algorithm) = scheme.digest() else {
            let octets = match &self.signed {
                Signed::Octets(octets) => Some(octets.as_slice()),
                Signed::Content { octets, .. } => *octets,
            };
            return octets.map(Message::Octets);
        };
        let compute = || match &self.signed {
            Signed::Octets(octets) => digest(algorithm, octets).ok(),
            Signed::Content { digest, .. } => digest(algorithm),
        };
        self.digest.get_or_init(compute).as_deref().map(Message::Digest)
    }
}

impl<'s> Check<'s> {
    pub fn new(scheme: Result<SignatureScheme, NotChecked>, forms: Vec<Form<'s>>, signature: &'s [u8]) -> Self {
        Self { scheme, forms, signature, limit: None }
    }

    /// Whether the value verifies under the certificate's key, over which form.
    pub fn run(&mut self, budget: &Budget, certificate: &Certificate) -> SignatureCheck {
        match self.verified_form(budget, certificate) {
            Ok(Some(form)) => SignatureCheck::Intact(form),
            Ok(None) => SignatureCheck::Broken,
            Err(reason) => reason.into(),
        }
    }

    fn verified_form(
        &mut self,
        budget: &Budget,
        certificate: &Certificate,
    ) -> Result<Option<AttributeForm>, NotChecked> {
        let scheme = self.scheme?;
        let key = certificate.public_key().map_err(|_| NotChecked::UnsupportedKey)?;
        for form in &self.forms {
            let message = form.message(&scheme).ok_or(NotChecked::ContentNotFound)?;
            let paid = budget.spend(Resource::SignatureChecks, cost(&message));
            let paid = paid.and_then(|()| budget.spend(Resource::SignatureCost, key.algorithm().verification_cost()));
            if let Err(limit) = paid {
                self.limit = Some(limit);
                return Err(NotChecked::LimitExceeded);
            }
            match verify(key, &scheme, message, self.signature) {
                Verification::Intact => return Ok(Some(form.form)),
                Verification::Broken => {}
                Verification::Refused(refusal) => return Err(refusal.into()),
            }
        }
        Ok(None)
    }
}

/// EdDSA reads the whole message under every key, so a long one costs a check per mebibyte.
fn cost(message: &Message<'_>) -> u64 {
    match message {
        Message::Octets(octets) => 1 + u64::try_from(octets.len() >> 20).unwrap_or(u64::MAX >> 1),
        Message::Digest(_) => 1,
    }
}

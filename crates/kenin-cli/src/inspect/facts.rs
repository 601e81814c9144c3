use kenin::Facts;
use kenin_base::Oid;
use kenin_facts::{
    EvidenceItem, EvidenceKind, ImprintStatus, PdfPlacement, Signature, SignatureCheck, SignaturePolicy,
    SignedDataStatus, Signer, SignerAttribute, Timestamp, Token, XmlPlacement,
};
use kenin_pdf::Structure;
use kenin_x509::{Certificate, Crl};

use super::View;

impl View<'_> {
    /// A signed document as observed: nothing here is judged.
    pub(super) fn facts(&mut self, facts: &Facts, structure: Option<&Structure>) {
        self.heading("inspect-document");
        let format = self.catalogue.text(&format!("format-{}", name(&facts.document.format)), &[]);
        self.row("inspect-kind", &format);
        let size = self.catalogue.text("text-bytes", &[("size", facts.document.size.into())]);
        self.row("SHA-256", &facts.document.sha256.to_string());
        self.sheet.more(&size);
        self.findings(&facts.findings);
        if let Some(structure) = structure {
            self.revisions(facts, &structure.revisions);
        }
        for signature in &facts.signatures {
            self.signature(facts, signature);
        }
        self.evidence(facts);
    }

    fn signature(&mut self, facts: &Facts, signature: &Signature) {
        let kind = self.say(&format!("kind-{}", name(&signature.kind)));
        self.titled(&kind, &signature.id);
        self.row("inspect-kind", &name(&signature.format));
        if let Some(pdf) = &signature.pdf {
            self.placement(pdf);
            self.limits(pdf);
            self.seed_values(pdf);
            self.claims(facts, signature, pdf);
        }
        if let Some(xml) = &signature.xml {
            self.xml(xml);
        }
        self.row("inspect-coverage", &self.say(&format!("coverage-{}", name(&signature.coverage))));
        if let Some(signer) = &signature.signer {
            self.signer(facts, signer);
            self.stated(facts, signature, signer);
        }
        if let Some(token) = &signature.token {
            self.token(facts, token);
        }
        self.findings(&signature.findings);
        for timestamp in &signature.timestamps {
            self.timestamp(facts, timestamp);
        }
    }

    fn titled(&mut self, kind: &str, id: &str) {
        self.sheet.heading(&self.catalogue.text("text-signature-title", &[("kind", kind.into()), ("id", id.into())]));
    }

    fn placement(&mut self, pdf: &PdfPlacement) {
        let field = self.catalogue.text("text-field", &[("field", (&pdf.field).into())]);
        let sub_filter = pdf.sub_filter.as_deref().unwrap_or("-");
        let values = [("field", (&field).into()), ("object", (&pdf.object).into()), ("filter", sub_filter.into())];
        self.sheet.more(&self.catalogue.text("inspect-placement", &values));
        let values = [("revision", u64::from(pdf.revision).into()), ("revisions", u64::from(pdf.revisions).into())];
        self.row("inspect-revision", &self.catalogue.text("inspect-revision-of", &values));
        let range: Vec<_> = pdf.byte_range.iter().map(ToString::to_string).collect();
        self.row("inspect-byte-range", &range.join(" "));
    }

    /// Where an XML signature is, and what it references.
    fn xml(&mut self, xml: &XmlPlacement) {
        self.row("inspect-xml-path", &xml.path);
        if let Some(part) = xml.part {
            self.row("inspect-xml-part", &self.say(&format!("record-part-{}", name(&part))));
        }
        let shown = xml.references.iter().map(|reference| {
            let status = self.say(&format!("signed-data-{}", name(&reference.status)));
            let kind = self.say(&format!("reference-kind-{}", name(&reference.kind)));
            let what = reference.element.as_ref().or(reference.uri.as_ref()).map_or("-", String::as_str);
            let algorithm = reference.digest_name();
            let values = [("what", what.into()), ("kind", (&kind).into()), ("algorithm", algorithm.into())];
            let values: Vec<_> = values.into_iter().chain([("status", (&status).into())]).collect();
            self.catalogue.text("inspect-reference", &values)
        });
        let shown: Vec<_> = shown.collect();
        self.rows("inspect-references", shown);
        self.row("inspect-canonicalization", &xml.canonicalization);
        self.rows("inspect-signed-properties", xml.signed_properties.iter().cloned());
        self.rows("inspect-unsigned-properties", xml.unsigned_properties.iter().cloned());
    }

    /// What the signature permits and locks.
    fn limits(&mut self, pdf: &PdfPlacement) {
        let mut shown = Vec::new();
        for (key, level) in [("inspect-certifies", pdf.doc_mdp), ("inspect-lock-level", pdf.lock_mdp)] {
            shown.extend(level.map(|level| self.catalogue.text(key, &[("level", u64::from(level).into())])));
        }
        if let Some(lock) = &pdf.field_lock {
            let fields = self.catalogue.join(&lock.fields);
            let key = format!("inspect-lock-{}", name(&lock.action));
            shown.push(self.catalogue.text(&key, &[("fields", (&fields).into())]));
        }
        self.rows("inspect-limits", shown);
    }

    /// What the field asks of signing software; nothing is judged by it.
    fn seed_values(&mut self, pdf: &PdfPlacement) {
        let shown = pdf.seed_values.iter().map(|seed| {
            let key = if seed.mandatory { "inspect-seed-mandatory" } else { "inspect-seed-preferred" };
            let asked = if seed.values.is_empty() {
                seed.name.clone()
            } else {
                format!("{} {}", seed.name, self.catalogue.join(&seed.values))
            };
            self.catalogue.text(key, &[("asked", (&asked).into())])
        });
        let shown: Vec<_> = shown.collect();
        self.rows("inspect-seed-values", shown);
    }

    /// What the signature dictionary says of itself; nothing proves it.
    fn claims(&mut self, facts: &Facts, signature: &Signature, pdf: &PdfPlacement) {
        let certificate = self.signing_certificate(facts, signature);
        let withheld = certificate.is_some_and(|certificate| self.withheld(&certificate));
        let texts = [("claim-name", &pdf.name), ("claim-reason", &pdf.reason), ("claim-location", &pdf.location)];
        let mut shown = Vec::new();
        for (key, text) in texts {
            if let Some(text) = text.as_ref().filter(|text| !text.is_empty()) {
                let text = if withheld { self.say("claim-withheld") } else { text.clone() };
                shown.push(self.catalogue.text(key, &[("text", (&text).into())]));
            }
        }
        shown.extend(
            pdf.claimed_time.map(|time| self.catalogue.text("claim-time", &[("time", (&time.to_string()).into())])),
        );
        self.rows("inspect-claims", shown);
    }

    /// The certificate whose key made the signature, else the first that could have.
    pub(super) fn signing_certificate(&self, facts: &Facts, signature: &Signature) -> Option<Certificate> {
        let candidates = &signature.signer()?.candidates;
        let intact = candidates.iter().find(|candidate| matches!(candidate.signature, SignatureCheck::Intact(_)));
        let found = facts.evidence.get(&intact.or(candidates.first())?.certificate)?;
        Certificate::parse(found.der.as_slice()).ok()
    }

    fn signer(&mut self, facts: &Facts, signer: &Signer) {
        self.row(
            "inspect-algorithm",
            &self.catalogue.join([signer.digest_algorithm.name(), signer.signature_algorithm.name.to_string()]),
        );
        let content = match signer.signed_data.status {
            SignedDataStatus::Intact => "inspect-intact",
            SignedDataStatus::Broken => "inspect-broken",
            SignedDataStatus::NotFound => "inspect-not-found",
        };
        self.row("inspect-content", &self.say(content));
        for candidate in &signer.candidates {
            let subject =
                facts.evidence.get(&candidate.certificate).map(|item| self.item_subject(item)).unwrap_or_default();
            self.row("inspect-signer", &subject);
            let value = match &candidate.signature {
                SignatureCheck::Intact(_) => self.say("inspect-intact"),
                SignatureCheck::Broken => self.say("inspect-broken"),
                SignatureCheck::Refused(reason) => self.catalogue.text("inspect-refused", &[("reason", reason.into())]),
            };
            self.row("inspect-value", &value);
        }
        let claimed = signer.claimed_signing_time.map(kenin::UtcTime::to_jst_string);
        self.row("inspect-claimed-time", &claimed.unwrap_or_default());
        let types = signer.signed_attributes.iter().flat_map(|attributes| &attributes.types);
        self.rows("inspect-attributes", types.map(attribute_name));
    }

    /// What the signed attributes state of the policy, the commitments and the signer; nothing proves it.
    fn stated(&mut self, facts: &Facts, signature: &Signature, signer: &Signer) {
        if let Some(policy) = &signer.signature_policy {
            let shown = self.policy(policy);
            self.rows("inspect-signature-policy", shown);
        }
        self.rows("inspect-commitments", signer.commitments.iter().map(commitment_name));
        let certificate = self.signing_certificate(facts, signature);
        let withheld = certificate.is_some_and(|certificate| self.withheld(&certificate));
        let shown = signer.signer_attributes.iter().map(|attribute| match attribute {
            SignerAttribute::Claimed { .. } if withheld => self.say("claim-withheld"),
            SignerAttribute::Claimed { kind, text } => {
                let (kind, text) = (kind.to_string(), self.catalogue.join(text));
                let values = [("kind", (&kind).into()), ("text", (&text).into())];
                let key = if text.is_empty() { "inspect-attribute-claimed-kind" } else { "inspect-attribute-claimed" };
                self.catalogue.text(key, &values)
            }
            SignerAttribute::Certified { .. } => self.say("inspect-attribute-certified"),
            SignerAttribute::Other { kind } => kind.to_string(),
        });
        let shown: Vec<_> = shown.collect();
        self.rows("inspect-signer-attributes", shown);
    }

    fn policy(&self, policy: &SignaturePolicy) -> Vec<String> {
        let SignaturePolicy::Identified { id, digest_algorithm, uri, store_matches, .. } = policy else {
            return vec![self.say("inspect-policy-implied")];
        };
        let (id, digest) = (id.to_string(), digest_algorithm.name());
        let values = [("id", (&id).into()), ("digest", (&digest).into())];
        let mut shown = vec![self.catalogue.text("inspect-policy-id", &values)];
        shown.extend(uri.clone());
        let stored = |matches| if matches { "inspect-policy-stored" } else { "inspect-policy-stored-other" };
        shown.extend(store_matches.map(|matches| self.say(stored(matches))));
        shown
    }

    fn timestamp(&mut self, facts: &Facts, timestamp: &Timestamp) {
        let kind = self.say(&format!("timestamp-kind-{}", name(&timestamp.kind)));
        self.titled(&kind, &timestamp.id);
        self.token(facts, &timestamp.token);
    }

    fn token(&mut self, facts: &Facts, token: &Token) {
        if let Some(info) = &token.tst_info {
            self.row("inspect-time", &info.gen_time.to_jst_string());
            self.row("inspect-policies", &info.policy.to_string());
            self.row("inspect-serial", &info.serial);
            let fit = match token.imprint.status {
                ImprintStatus::Intact => "inspect-intact",
                ImprintStatus::Broken => "inspect-broken",
                ImprintStatus::NotChecked => "inspect-not-found",
            };
            let (algorithm, fit) = (info.imprint_algorithm.name(), self.say(fit));
            let values = [("algorithm", (&algorithm).into()), ("fit", (&fit).into())];
            self.row("inspect-imprint", &self.catalogue.text("inspect-imprint-fit", &values));
        }
        if let Some(signer) = &token.signer {
            self.signer(facts, signer);
        }
        self.findings(&token.findings);
    }

    fn findings(&mut self, findings: &[kenin::Finding]) {
        let shown = |finding: &kenin::Finding| {
            let message = self.catalogue.text(&format!("finding-{}", finding.code), &[]);
            let code = finding.code.to_string();
            self.catalogue.text("text-finding", &[("message", (&message).into()), ("code", (&code).into())])
        };
        let shown: Vec<_> = findings.iter().map(shown).collect();
        self.rows("text-findings", shown);
    }

    fn evidence(&mut self, facts: &Facts) {
        if facts.evidence.iter().next().is_none() {
            return;
        }
        self.heading("inspect-evidence");
        for (sha256, item) in facts.evidence.iter() {
            let label = self.say(&format!("inspect-evidence-{}", name(&item.kind)));
            self.sheet.row(&label, &self.item_subject(item));
            self.sheet.more(&sha256.to_string());
        }
    }

    /// Whose the object is.
    fn item_subject(&self, item: &EvidenceItem) -> String {
        let der = item.der.as_slice();
        let found = match item.kind {
            EvidenceKind::Certificate => Certificate::parse(der).ok().map(|found| self.subject(&found)),
            EvidenceKind::Crl => Crl::parse(der).ok().map(|crl| {
                let (holder, time) = (crl.issuer().to_string(), crl.this_update().to_string());
                self.catalogue.text("inspect-crl-of", &[("holder", (&holder).into()), ("time", (&time).into())])
            }),
            _ => None,
        };
        found.unwrap_or_else(|| "-".to_owned())
    }
}

/// An attribute type by its name in RFC 5652, RFC 5035, RFC 6211 or RFC 5126, else as an object identifier.
fn attribute_name(oid: &Oid) -> String {
    const NAMES: &[(&str, &str)] = &[
        ("1.2.840.113549.1.9.3", "content-type"),
        ("1.2.840.113549.1.9.4", "message-digest"),
        ("1.2.840.113549.1.9.5", "signing-time"),
        ("1.2.840.113549.1.9.52", "cms-algorithm-protection"),
        ("1.2.840.113549.1.9.16.2.12", "signing-certificate"),
        ("1.2.840.113549.1.9.16.2.47", "signing-certificate-v2"),
        ("1.2.840.113549.1.9.16.2.15", "signature-policy-identifier"),
        ("1.2.840.113549.1.9.16.2.16", "commitment-type-indication"),
        ("1.2.840.113549.1.9.16.2.18", "signer-attributes"),
        ("0.4.0.19122.1.1", "signer-attributes-v2"),
        ("1.2.840.113549.1.9.16.2.20", "content-time-stamp"),
    ];
    name_of(oid, NAMES)
}

/// The standard's name of a commitment type (EN 319 122-1 5.2.3), or its identifier.
fn commitment_name(oid: &Oid) -> String {
    const NAMES: &[(&str, &str)] = &[
        ("1.2.840.113549.1.9.16.6.1", "proof-of-origin"),
        ("1.2.840.113549.1.9.16.6.2", "proof-of-receipt"),
        ("1.2.840.113549.1.9.16.6.3", "proof-of-delivery"),
        ("1.2.840.113549.1.9.16.6.4", "proof-of-sender"),
        ("1.2.840.113549.1.9.16.6.5", "proof-of-approval"),
        ("1.2.840.113549.1.9.16.6.6", "proof-of-creation"),
    ];
    name_of(oid, NAMES)
}

fn name_of(oid: &Oid, names: &[(&str, &str)]) -> String {
    let text = oid.to_string();
    let name = names.iter().find(|(known, _)| *known == text).map(|(_, name)| (*name).to_owned());
    name.unwrap_or(text)
}

/// A vocabulary word as reports write it.
pub fn name(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

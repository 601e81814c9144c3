use kenin_asn1::{AlgorithmIdentifier, Decoder, Element, Error, Tag};
use kenin_base::{Budget, Finding, FindingCode, Oid};
use kenin_crypto::digest;
use kenin_facts::{DigestFact, EvidenceKind, EvidenceSource, SignaturePolicy, Signer, SignerAttribute};
use kenin_x509::GeneralName;

use crate::attributes::{Attribute, AttributeSet};
use crate::digest_identifier::digest_fact;
use crate::findings::of_problem;
use crate::signed_attributes::Problems;
use crate::signer_info::SignerInfo;
use crate::{Observer, oids};

/// Reads what a signature states about itself beyond what validation needs: its policy, commitments, and the attributes
/// of its signer. What is stated is shown and decides nothing, so that commitments and attributes that cannot be read break no
/// format either; a policy that cannot be read does, since it may bind who validates.
pub(crate) fn observe(
    observer: &mut Observer<'_>,
    info: &SignerInfo<'_, '_>,
    id: &str,
    signer: &mut Signer,
    out: &mut Problems<'_>,
) {
    if let Some(set) = &info.signed_attributes {
        signer.signature_policy = out.read(set, &oids::SIGNATURE_POLICY_IDENTIFIER, policy);
        signer.commitments = claims(set, &oids::COMMITMENT_TYPE_INDICATION, commitment, out);
        let mut claimed = claims(set, &oids::SIGNER_ATTRIBUTES, attributes_v1, out);
        claimed.extend(claims(set, &oids::SIGNER_ATTRIBUTES_V2, attributes_v2, out));
        signer.signer_attributes = claimed.into_iter().flatten().map(|stated| stated.keep(observer, id)).collect();
    }
    if let Some(set) = &info.unsigned_attributes {
        compare_store(set, signer.signature_policy.as_mut(), out);
    }
}

/// ```text
/// SignaturePolicyIdentifier ::= CHOICE { signaturePolicyId SignaturePolicyId, signaturePolicyImplied NULL }
/// SignaturePolicyId ::= SEQUENCE { sigPolicyId OBJECT IDENTIFIER, sigPolicyHash OtherHashAlgAndValue,
///     sigPolicyQualifiers SEQUENCE SIZE (1..MAX) OF SigPolicyQualifierInfo OPTIONAL }
/// OtherHashAlgAndValue ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, hashValue OCTET STRING }
/// ```
/// (EN 319 122-1 5.2.9.1)
fn policy(value: Element<'_, '_>) -> Result<SignaturePolicy, Error> {
    if value.tag == Tag::NULL {
        return Ok(SignaturePolicy::Implied);
    }
    let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
    let id = fields.expect(Tag::OID)?.oid()?;
    let mut hash = fields.expect(Tag::SEQUENCE)?.children()?;
    let digest_algorithm = digest_fact(&AlgorithmIdentifier::parse(hash.element()?)?);
    let hash_value = hash.expect(Tag::OCTET_STRING)?.octet_string()?;
    hash.finish()?;
    let uri = fields.optional(Tag::SEQUENCE)?.map(policy_uri).transpose()?.flatten();
    fields.finish()?;
    let hash = hash_value.into_owned().into();
    Ok(SignaturePolicy::Identified { id: id.to_string(), digest_algorithm, hash, uri, store_matches: None })
}

/// The first SPuri among `SigPolicyQualifierInfo ::= SEQUENCE { sigPolicyQualifierId OBJECT IDENTIFIER, qualifier ANY
/// OPTIONAL }` (EN 319 122-1 5.2.9.2).
fn policy_uri(qualifiers: Element<'_, '_>) -> Result<Option<String>, Error> {
    let mut qualifiers = qualifiers.children()?;
    let mut uri = None;
    while !qualifiers.is_empty() {
        let mut fields = qualifiers.expect(Tag::SEQUENCE)?.children()?;
        let kind = fields.expect(Tag::OID)?.oid()?;
        if kind == oids::ID_SPQ_ETS_URI && uri.is_none() {
            uri = Some(fields.element()?.text()?);
        }
    }
    Ok(uri)
}

/// Every value of an attribute that can be read: signers make several commitments by several values.
fn claims<'d, 'a, T>(
    set: &AttributeSet<'d, 'a>,
    kind: &Oid,
    read: impl Fn(Element<'d, 'a>) -> Result<T, Error>,
    out: &mut Problems<'_>,
) -> Vec<T> {
    let mut found = Vec::new();
    for value in set.of(kind).flat_map(|attribute| &attribute.values) {
        match read(*value) {
            Ok(claim) => found.push(claim),
            Err(error) => {
                let finding = of_problem(FindingCode::SignerClaimMalformed, &error, "signedAttrs").at(value.span);
                out.push(finding.with("attribute", kind));
            }
        }
    }
    found
}

/// `CommitmentTypeIndication ::= SEQUENCE { commitmentTypeId OBJECT IDENTIFIER, commitmentTypeQualifier SEQUENCE OF …
/// OPTIONAL }` (EN 319 122-1 5.2.3)
fn commitment(value: Element<'_, '_>) -> Result<Oid, Error> {
    let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
    let kind = fields.expect(Tag::OID)?.oid()?;
    fields.optional(Tag::SEQUENCE)?;
    fields.finish()?;
    Ok(kind)
}

/// One entry of signer-attributes before what it carries is kept.
enum Stated<'a> {
    Fact(SignerAttribute),
    /// The octets of an attribute certificate.
    Certificate(&'a [u8]),
}

impl Stated<'_> {
    fn keep(self, observer: &mut Observer<'_>, id: &str) -> SignerAttribute {
        match self {
            Self::Fact(fact) => fact,
            Self::Certificate(octets) => {
                let source = EvidenceSource::SignedData { signature: id.to_owned() };
                let certificate = observer.add_opaque(EvidenceKind::AttributeCertificate, octets, source);
                SignerAttribute::Certified { certificate }
            }
        }
    }
}

/// ```text
/// SignerAttribute ::= SEQUENCE OF CHOICE { claimedAttributes [0] ClaimedAttributes,
///     certifiedAttributes [1] AttributeCertificate }
/// ```
/// (RFC 5126 5.11.3; explicit tags)
fn attributes_v1<'a>(value: Element<'_, 'a>) -> Result<Vec<Stated<'a>>, Error> {
    let mut choices = value.with_tag(Tag::SEQUENCE)?.children()?;
    let mut stated = Vec::new();
    while !choices.is_empty() {
        let choice = choices.element()?;
        match choice.tag {
            tag if tag == Tag::context(0) => claimed(choice.explicit()?, &mut stated)?,
            tag if tag == Tag::context(1) => stated.push(certificate(choice)?),
            _ => return Err(choice.invalid("SignerAttribute")),
        }
    }
    Ok(stated)
}

/// ```text
/// SignerAttributeV2 ::= SEQUENCE { claimedAttributes [0] ClaimedAttributes OPTIONAL,
///     certifiedAttributesV2 [1] SEQUENCE OF CHOICE { attributeCertificate [0] AttributeCertificate,
///         otherAttributeCertificate [1] OtherAttributeCertificate } OPTIONAL,
///     signedAssertions [2] SEQUENCE OF SignedAssertion OPTIONAL }
/// ```
/// (EN 319 122-1 5.2.6.1; explicit tags)
fn attributes_v2<'a>(value: Element<'_, 'a>) -> Result<Vec<Stated<'a>>, Error> {
    let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
    let mut stated = Vec::new();
    if let Some(attributes) = fields.optional(Tag::context(0))? {
        claimed(attributes.explicit()?, &mut stated)?;
    }
    if let Some(certified) = fields.optional(Tag::context(1))? {
        let mut choices = certified.explicit()?.with_tag(Tag::SEQUENCE)?.children()?;
        while !choices.is_empty() {
            let choice = choices.element()?;
            stated.push(match choice.tag {
                tag if tag == Tag::context(0) => certificate(choice)?,
                tag if tag == Tag::context(1) => other(choice.explicit()?)?,
                _ => return Err(choice.invalid("CertifiedAttributesV2")),
            });
        }
    }
    if let Some(assertions) = fields.optional(Tag::context(2))? {
        let mut assertions = assertions.explicit()?.with_tag(Tag::SEQUENCE)?.children()?;
        while !assertions.is_empty() {
            stated.push(other(assertions.element()?)?);
        }
    }
    fields.finish()?;
    Ok(stated)
}

/// `ClaimedAttributes ::= SEQUENCE OF Attribute`
fn claimed(list: Element<'_, '_>, stated: &mut Vec<Stated<'_>>) -> Result<(), Error> {
    let mut attributes = list.with_tag(Tag::SEQUENCE)?.children()?;
    while !attributes.is_empty() {
        let attribute = Attribute::parse(attributes.element()?)?;
        let text = attribute.values.iter().filter_map(text_of).collect();
        stated.push(Stated::Fact(SignerAttribute::Claimed { kind: attribute.kind, text }));
    }
    Ok(())
}

/// A value as text: a string, or the name in `RoleSyntax ::= SEQUENCE { roleAuthority [0] GeneralNames OPTIONAL,
/// roleName [1] GeneralName }` (RFC 5755 4.4.5).
fn text_of(value: &Element<'_, '_>) -> Option<String> {
    if let Ok(text) = value.text() {
        return Some(text);
    }
    let mut fields = value.with_tag(Tag::SEQUENCE).ok()?.children().ok()?;
    fields.optional(Tag::context(0)).ok()?;
    let name = fields.expect(Tag::context(1)).ok()?.explicit().ok()?;
    match GeneralName::parse(name.bytes).ok()? {
        GeneralName::Rfc822Name(text) | GeneralName::DnsName(text) | GeneralName::Uri(text) => Some(text),
        GeneralName::DirectoryName(name) => Some(name.to_string()),
        _ => None,
    }
}

fn certificate<'a>(choice: Element<'_, 'a>) -> Result<Stated<'a>, Error> {
    Ok(Stated::Certificate(choice.explicit()?.with_tag(Tag::SEQUENCE)?.bytes))
}

/// OtherAttributeCertificate and SignedAssertion: `SEQUENCE { OBJECT IDENTIFIER, ANY OPTIONAL }`.
fn other<'a>(element: Element<'_, '_>) -> Result<Stated<'a>, Error> {
    let kind = element.with_tag(Tag::SEQUENCE)?.children()?.expect(Tag::OID)?.oid()?;
    Ok(Stated::Fact(SignerAttribute::Other { kind }))
}

/// Compares the documents in signature-policy-store (EN 319 122-1 5.2.10) with the hash that is signed. Whoever stores a
/// signature can add one, so what is wrong with it says nothing against the signature's format.
fn compare_store(set: &AttributeSet<'_, '_>, mut policy: Option<&mut SignaturePolicy>, out: &mut Problems<'_>) {
    for value in set.of(&oids::SIGNATURE_POLICY_STORE).flat_map(|attribute| &attribute.values) {
        let mismatch = Finding::new(FindingCode::SignaturePolicyStoreMismatch).at(value.span);
        let document = match stored_document(*value) {
            Ok(Some(document)) => document,
            Ok(None) => continue,
            Err(error) => {
                out.push(mismatch.with("problem", error));
                continue;
            }
        };
        let Some(SignaturePolicy::Identified { digest_algorithm, hash, store_matches, .. }) = policy.as_deref_mut()
        else {
            out.push(mismatch);
            continue;
        };
        let Some(matches) = has_hash(document, *digest_algorithm, hash.as_slice()) else { continue };
        if !matches {
            out.push(mismatch);
        }
        *store_matches = Some(matches && *store_matches != Some(false));
    }
}

/// The document of `SignaturePolicyStore ::= SEQUENCE { spDocSpec SPDocSpecification, spDocument CHOICE { sigPolicyEncoded
/// OCTET STRING, sigPolicyLocalURI IA5String } }`, as its OCTET STRING; `None` for one that lies elsewhere.
fn stored_document<'d, 'a>(value: Element<'d, 'a>) -> Result<Option<Element<'d, 'a>>, Error> {
    let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
    fields.element()?;
    let document = fields.element()?;
    fields.finish()?;
    if document.tag == Tag::OCTET_STRING {
        return Ok(Some(document));
    }
    document.text()?;
    Ok(None)
}

/// Whether the policy document has this hash; `None` where there is no telling: an unknown algorithm, or the zero-hash value
/// by which a signer says that it knew none (EN 319 122-1 5.2.9.1).
fn has_hash(document: Element<'_, '_>, algorithm: DigestFact, hash: &[u8]) -> Option<bool> {
    if hash.iter().all(|octet| *octet == 0) {
        return None;
    }
    let algorithm = algorithm.algorithm?;
    let octets = document.octet_string().ok()?;
    let matches = |octets: &[u8]| digest(algorithm, octets).ok().map(|computed| computed == hash);
    if matches(&octets)? {
        return Some(true);
    }
    Some(hashed_fields(&octets, document.budget()).is_some_and(|fields| matches(fields) == Some(true)))
}

/// What is hashed of `SignaturePolicy ::= SEQUENCE { signPolicyHashAlg AlgorithmIdentifier, signPolicyInfo SignPolicyInfo,
/// signPolicyHash OCTET STRING OPTIONAL }`: the first two fields, without tag and length around them (TS 101 733 5.8.1, RFC
/// 3125 3.2).
fn hashed_fields<'a>(document: &'a [u8], budget: &Budget) -> Option<&'a [u8]> {
    let decoder = Decoder::new(budget);
    let policy = decoder.reader(document, 0).expect(Tag::SEQUENCE).ok()?;
    let mut fields = policy.children().ok()?;
    AlgorithmIdentifier::parse(fields.element().ok()?).ok()?;
    fields.expect(Tag::SEQUENCE).ok()?;
    policy.content.get(..policy.content.len().checked_sub(fields.remaining().len())?)
}

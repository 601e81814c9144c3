//! What the signed properties of XAdES claim (EN 319 132-1 5.2).

use foldhash::{HashMap, HashSet};
use kenin_base::{Finding, FindingCode, Oid, Resource, UtcTime};
use kenin_cms::Observer;
use kenin_facts::{CertificateReference, EvidenceKind, EvidenceSource, SignaturePolicy, SignerAttribute};
use roxmltree::Node;

use crate::findings::{malformed, note, of_limit};
use crate::key_info;
use crate::names::{
    base64, digest_value, ds_child, ds_children, is_any_xades, is_ds, is_xades, property_name, text, token,
    xades_child, xades_children, xades_path,
};
use crate::unsigned_properties::KEPT;

/// id-at-role (X.520): what kind of claim the text of a claimed role is.
const ROLE: Oid = Oid::new(&[2, 5, 4, 72]);

/// The types of commitment that EN 319 132-1 5.2.3 names by URI, which are those of EN 319 122-1 5.2.3.
const COMMITMENTS: [&str; 6] =
    ["ProofOfOrigin", "ProofOfReceipt", "ProofOfDelivery", "ProofOfSender", "ProofOfApproval", "ProofOfCreation"];

/// What is claimed.
#[derive(Default)]
pub(crate) struct Claims {
    pub names: Vec<String>,
    pub signing_time: Option<UtcTime>,
    pub has_signing_certificate: bool,
    pub references: Vec<CertificateReference>,
    pub policy: Option<SignaturePolicy>,
    pub commitments: Vec<Oid>,
    pub attributes: Vec<SignerAttribute>,
    pub formats: Vec<DataObjectFormat>,
}

/// DataObjectFormat (EN 319 132-1 5.2.4).
pub(crate) struct DataObjectFormat {
    /// The Id of the Reference that it describes.
    pub describes: Option<String>,
    pub media_type: Option<String>,
    /// Whether it says anything, and nothing else than the Object that it describes.
    pub is_sound: bool,
}

impl DataObjectFormat {
    fn read(property: Node<'_, '_>, objects: &Objects<'_, '_>) -> Self {
        let describes = property.attribute("ObjectReference").and_then(|id| id.strip_prefix('#'));
        let child = |name| xades_child(property, name).map(token).filter(|text| !text.is_empty());
        let (media_type, encoding) = (child("MimeType"), child("Encoding"));
        let says =
            media_type.is_some() || ["Description", "ObjectIdentifier"].into_iter().any(|name| child(name).is_some());
        let object = describes.and_then(|id| objects.get(id)).copied();
        let agrees = |name: &str, stated: &Option<String>| {
            let of_object = object.and_then(|object| object.attribute(name));
            of_object.is_none() || stated.is_none() || of_object == stated.as_deref()
        };
        let is_sound = says && agrees("MimeType", &media_type) && agrees("Encoding", &encoding);
        Self { describes: describes.map(str::to_owned), media_type, is_sound }
    }
}

/// The Objects of a signature by the Ids of the References to them.
type Objects<'n, 't> = HashMap<&'n str, Node<'n, 't>>;

fn objects_of<'n, 't>(property: Node<'n, 't>) -> Objects<'n, 't> {
    let Some(signature) = property.ancestors().find(|above| is_ds(*above, "Signature")) else {
        return HashMap::default();
    };
    let objects = ds_children(signature, "Object");
    let by_id: HashMap<&str, Node<'n, 't>> =
        objects.filter_map(|object| Some((object.attribute("Id")?, object))).collect();
    let references = ds_child(signature, "SignedInfo").into_iter().flat_map(|info| ds_children(info, "Reference"));
    let described = references.filter_map(|reference| {
        let object = by_id.get(reference.attribute("URI")?.strip_prefix('#')?)?;
        Some((reference.attribute("Id")?, *object))
    });
    described.collect()
}

impl Claims {
    /// Reads SignedProperties that the signature covers.
    pub fn read(observer: &mut Observer<'_>, signed: Node<'_, '_>, id: &str, out: &mut Vec<Finding>) -> Self {
        let mut claims = Self::default();
        let (mut seen, mut objects) = (HashSet::default(), None);
        let groups = signed.children().filter(|child| is_any_xades(*child));
        for property in groups.flat_map(|group| group.children()).filter(Node::is_element) {
            let name = property.tag_name().name();
            if is_any_xades(property) && !seen.insert(name) && is_single(name) {
                note(out, Finding::new(FindingCode::AttributeDuplicated).about(name));
                continue;
            }
            if let Err(limit) = observer.budget().spend(Resource::XmlNodes, KEPT) {
                out.push(of_limit(limit, "SignedProperties"));
                break;
            }
            claims.names.push(property_name(property));
            if is_xades(property, "DataObjectFormat") {
                let objects = objects.get_or_insert_with(|| objects_of(property));
                claims.formats.push(DataObjectFormat::read(property, objects));
            }
            claims.take(observer, property, id, out);
        }
        claims
    }

    fn take(&mut self, observer: &mut Observer<'_>, property: Node<'_, '_>, id: &str, out: &mut Vec<Finding>) {
        if !is_any_xades(property) {
            return;
        }
        match property.tag_name().name() {
            "SigningTime" => {
                self.signing_time = time(&token(property));
                if self.signing_time.is_none() {
                    note(out, malformed("SigningTime", "no dateTime with a time zone"));
                }
            }
            name @ ("SigningCertificate" | "SigningCertificateV2") => {
                let version = if name == "SigningCertificate" { 1 } else { 2 };
                self.has_signing_certificate = true;
                self.references.extend(key_info::references(observer, property, version, out));
            }
            "SignaturePolicyIdentifier" => self.policy = policy(property, out),
            "CommitmentTypeIndication" => {
                let identifier = xades_path(property, &["CommitmentTypeId", "Identifier"]).map(token);
                self.commitments.extend(identifier.as_deref().and_then(commitment));
            }
            "SignerRole" | "SignerRoleV2" => self.take_roles(observer, property, id, out),
            _ => {}
        }
    }

    fn take_roles(&mut self, observer: &mut Observer<'_>, property: Node<'_, '_>, id: &str, out: &mut Vec<Finding>) {
        for role in
            xades_child(property, "ClaimedRoles").into_iter().flat_map(|roles| xades_children(roles, "ClaimedRole"))
        {
            if let Err(limit) = observer.budget().spend(Resource::XmlNodes, KEPT) {
                out.push(of_limit(limit, "ClaimedRoles"));
                return;
            }
            let words: String = role.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
            let text = vec![words.split_whitespace().collect::<Vec<_>>().join(" ")];
            self.attributes.push(SignerAttribute::Claimed { kind: ROLE, text });
        }
        let source = EvidenceSource::SignedData { signature: id.to_owned() };
        let certified = property
            .children()
            .filter(|child| is_xades(*child, "CertifiedRoles") || is_xades(*child, "CertifiedRolesV2"));
        let certificates = certified.flat_map(|roles| roles.descendants()).filter(|node| {
            is_xades(*node, "CertifiedRole") && !node.children().any(|child| child.is_element())
                || is_xades(*node, "X509AttributeCertificate")
        });
        for certificate in certificates {
            match base64(&text(certificate)) {
                Some(der) => {
                    if let Err(limit) = observer.budget().spend(Resource::Certificates, 1) {
                        out.push(of_limit(limit, "CertifiedRoles"));
                        return;
                    }
                    let key = observer.add_opaque(EvidenceKind::AttributeCertificate, &der, source.clone());
                    self.attributes.push(SignerAttribute::Certified { certificate: key });
                }
                None => note(out, Finding::new(FindingCode::SignerClaimMalformed).about("CertifiedRoles")),
            }
        }
    }
}

/// Properties that occur at most once (EN 319 132-1 annex D, the schema of SignedSignatureProperties).
fn is_single(name: &str) -> bool {
    matches!(
        name,
        "SigningTime"
            | "SigningCertificate"
            | "SigningCertificateV2"
            | "SignaturePolicyIdentifier"
            | "SignatureProductionPlace"
            | "SignatureProductionPlaceV2"
            | "SignerRole"
            | "SignerRoleV2"
    )
}

/// xsd:dateTime. Without a time zone it is no claim of a point in time; UTC is what such writers mean.
fn time(text: &str) -> Option<UtcTime> {
    UtcTime::parse(text).or_else(|_| UtcTime::parse(&format!("{text}Z"))).ok()
}

/// SignaturePolicyIdentifier (EN 319 132-1 5.2.9).
fn policy(property: Node<'_, '_>, out: &mut Vec<Finding>) -> Option<SignaturePolicy> {
    if xades_child(property, "SignaturePolicyImplied").is_some() {
        return Some(SignaturePolicy::Implied);
    }
    let policy = xades_child(property, "SignaturePolicyId")?;
    let identifier = xades_path(policy, &["SigPolicyId", "Identifier"]).map(token);
    let digest = xades_child(policy, "SigPolicyHash").and_then(digest_value);
    let (Some(id), Some((digest_algorithm, hash))) = (identifier, digest) else {
        out.push(Finding::new(FindingCode::SignerClaimMalformed).about("SignaturePolicyIdentifier"));
        return None;
    };
    let uri = policy.descendants().find(|node| is_xades(*node, "SPURI")).map(token);
    let id = id.strip_prefix("urn:oid:").unwrap_or(&id).to_owned();
    Some(SignaturePolicy::Identified { id, digest_algorithm, hash: hash.into(), uri, store_matches: None })
}

/// id-cti-ets-* (EN 319 122-1 5.2.3).
fn commitment(identifier: &str) -> Option<Oid> {
    if let Some(oid) = identifier.strip_prefix("urn:oid:") {
        return oid.parse().ok();
    }
    let (_, name) = identifier.rsplit_once('#')?;
    let number = COMMITMENTS.iter().position(|known| *known == name)?;
    Some(Oid::new(&[1, 2, 840, 113549, 1, 9, 16, 6, u64::try_from(number).ok()?.checked_add(1)?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commitments_have_the_identifiers_of_cades() {
        let of =
            |name: &str| commitment(&format!("http://uri.etsi.org/01903/v1.2.2#{name}")).map(|oid| oid.to_string());
        assert_eq!(of("ProofOfApproval").as_deref(), Some("1.2.840.113549.1.9.16.6.5"));
        assert_eq!(of("Other"), None);
    }
}

//! ds:Signature with QualifyingProperties.

use super::algorithms::{base64, sign, signature_method};
use super::canonical::{Canonicalization, canonical};
use super::element::{Element, Namespace, Path};
use super::reference::{Reference, SIGNED_PROPERTIES};
use super::{DSIG, XADES, XADES_141, properties};
use crate::algorithms::{Hash, SignatureAlgorithm};
use crate::certificates::Identity;

/// The prefixes of a signature.
#[derive(Clone, Copy)]
pub struct Names {
    /// XMLDSig.
    pub ds: Namespace,
    /// XAdES.
    pub xades: Namespace,
    /// XAdES 1.4.1.
    pub xades_141: Namespace,
}

impl Names {
    /// As e-prescriptions have them.
    pub const PRESCRIPTION: Names = Names::of("xs", "xa", "xa141");
    /// As the standards have them.
    pub const USUAL: Names = Names::of("ds", "xades", "xades141");
    /// Each as the default namespace, as scans have them.
    pub const DEFAULT: Names = Names::of("", "", "");

    const fn of(ds: &'static str, xades: &'static str, xades_141: &'static str) -> Names {
        Names {
            ds: Namespace { prefix: ds, uri: DSIG },
            xades: Namespace { prefix: xades, uri: XADES },
            xades_141: Namespace { prefix: xades_141, uri: XADES_141 },
        }
    }
}

/// What a signature states, before it is made. The parts it names itself have Ids that begin with its own.
#[derive(Clone)]
pub struct SignatureSpec<'a> {
    /// Id of the Signature.
    pub id: &'a str,
    /// Prefixes.
    pub names: Names,
    /// The signing certificate and key.
    pub signer: &'a Identity,
    /// The signature algorithm.
    pub algorithm: SignatureAlgorithm,
    /// Identifier in SignatureMethod.
    pub method: &'static str,
    /// CanonicalizationMethod of SignedInfo.
    pub canonicalization: Canonicalization,
    /// References, in order.
    pub references: Vec<Reference>,
    /// Certificates in KeyInfo; without any there is no KeyInfo.
    pub key_info: Vec<Vec<u8>>,
    /// Objects before the one with QualifyingProperties.
    pub objects: Vec<Element>,
    /// SignedSignatureProperties; without any there are no QualifyingProperties.
    pub signature_properties: Vec<Element>,
    /// SignedDataObjectProperties.
    pub data_object_properties: Vec<Element>,
}

impl<'a> SignatureSpec<'a> {
    /// XAdES-B over `references` in the shape of e-prescriptions: by exclusive canonicalization, with KeyInfo and
    /// SignedProperties signed, and the certificate named by SigningCertificateV2 without IssuerSerialV2.
    #[must_use]
    pub fn new(id: &'a str, names: Names, signer: &'a Identity, references: Vec<Reference>) -> SignatureSpec<'a> {
        let mut spec = SignatureSpec::plain(id, names, signer, references);
        let own = |part: &str| Reference::to(&format!("#{id}-{part}")).exclusive();
        spec.references.extend([own("KeyInfo"), own("SignedProperties").typed(SIGNED_PROPERTIES)]);
        spec.signature_properties = vec![
            properties::signing_time(names, "2024-05-20T01:30:00Z"),
            properties::signing_certificate_v2(names, signer, Hash::Sha256, false),
        ];
        spec
    }

    /// XMLDSig alone, over `references`.
    #[must_use]
    pub fn plain(id: &'a str, names: Names, signer: &'a Identity, references: Vec<Reference>) -> SignatureSpec<'a> {
        let algorithm = signer.key.usual_algorithm();
        SignatureSpec {
            id,
            names,
            signer,
            algorithm,
            method: signature_method(algorithm),
            canonicalization: Canonicalization::Exclusive,
            references,
            key_info: vec![signer.der.clone()],
            objects: Vec::new(),
            signature_properties: Vec::new(),
            data_object_properties: Vec::new(),
        }
    }

    /// Signs by another algorithm.
    #[must_use]
    pub fn by(self, algorithm: SignatureAlgorithm) -> SignatureSpec<'a> {
        SignatureSpec { algorithm, method: signature_method(algorithm), ..self }
    }

    /// The Signature with empty values.
    #[must_use]
    pub fn element(&self) -> Element {
        let (ds, id) = (self.names.ds, self.id);
        let part = |local: &str| Element::new(ds, local).with("Id", &format!("{id}-{local}"));
        let algorithm = |local: &str, uri: &str| Element::new(ds, local).with("Algorithm", uri);
        let signed_info = part("SignedInfo")
            .child(algorithm("CanonicalizationMethod", self.canonicalization.uri()))
            .child(algorithm("SignatureMethod", self.method))
            .children(self.references.iter().map(|reference| reference.element(ds)));
        let mut signature =
            Element::new(ds, "Signature").with("Id", id).child(signed_info).child(part("SignatureValue"));
        if !self.key_info.is_empty() {
            let certificates = self.key_info.iter().map(|der| Element::new(ds, "X509Certificate").text(&base64(der)));
            signature.push(part("KeyInfo").child(Element::new(ds, "X509Data").children(certificates)));
        }
        signature = signature.children(self.objects.clone());
        if !self.signature_properties.is_empty() {
            signature.push(self.qualifying_properties());
        }
        signature
    }

    /// The Object with QualifyingProperties.
    fn qualifying_properties(&self) -> Element {
        let (names, id) = (self.names, self.id);
        let group = |local: &str, of: &[Element]| Element::new(names.xades, local).children(of.to_vec());
        let mut signed = Element::new(names.xades, "SignedProperties")
            .with("Id", &format!("{id}-SignedProperties"))
            .child(group("SignedSignatureProperties", &self.signature_properties));
        if !self.data_object_properties.is_empty() {
            signed.push(group("SignedDataObjectProperties", &self.data_object_properties));
        }
        let qualifying =
            Element::new(names.xades, "QualifyingProperties").with("Target", &format!("#{id}")).child(signed);
        let object = Element::new(names.ds, "Object");
        // Where both are default namespaces the declaration belongs on the inner element.
        let object = if names.xades.prefix.is_empty() { object } else { object.declaring(names.xades) };
        object.child(qualifying)
    }

    /// Puts the Signature into the element at `parent`, and seals it.
    pub fn sign(&self, document: &mut Element, parent: &Path) {
        self.place(document, parent);
        self.seal(document);
    }

    /// Puts the Signature with empty values into the element at `parent`.
    pub fn place(&self, document: &mut Element, parent: &Path) {
        document.at_mut(parent).push(self.element());
    }

    /// Fills in digests and value.
    pub fn seal(&self, document: &mut Element) {
        self.fill_digests(document);
        self.fill_value(document);
    }

    /// Fills in the DigestValue of every Reference.
    pub fn fill_digests(&self, document: &mut Element) {
        let signature = document.path_to(self.id);
        let signed_info = document.path_below(&signature, &["SignedInfo"]);
        for (index, reference) in self.references.iter().enumerate() {
            let octets = reference.octets(document, &signature, Canonicalization::Inclusive);
            // CanonicalizationMethod and SignatureMethod stand before the references.
            let element = [signed_info.as_slice(), &[index + 2]].concat();
            let value = document.path_below(&element, &["DigestValue"]);
            document.at_mut(&value).set_text(&base64(&(reference.digest.digest)(&octets)));
        }
    }

    /// Fills in SignatureValue.
    pub fn fill_value(&self, document: &mut Element) {
        let value = sign(self.signer, self.algorithm, &self.signed_octets(document));
        self.set_value(document, &value);
    }

    /// What SignatureValue is over: SignedInfo by its own CanonicalizationMethod (XMLDSig 1.1 3.1.2).
    #[must_use]
    pub fn signed_octets(&self, document: &Element) -> Vec<u8> {
        let signed_info = document.path_below(&document.path_to(self.id), &["SignedInfo"]);
        canonical(document, &signed_info, self.canonicalization, None)
    }

    /// Writes these octets into SignatureValue.
    pub fn set_value(&self, document: &mut Element, value: &[u8]) {
        let path = document.path_below(&document.path_to(self.id), &["SignatureValue"]);
        document.at_mut(&path).set_text(&base64(value));
    }

    /// Adds unsigned signature properties after those that are there.
    pub fn add_unsigned(&self, document: &mut Element, added: impl IntoIterator<Item = Element>) {
        let path = self.qualifying_path(document);
        let qualifying = document.at_mut(&path);
        if qualifying.elements().all(|element| element.local != "UnsignedProperties") {
            let inner = Element::new(self.names.xades, "UnsignedSignatureProperties");
            qualifying.push(Element::new(self.names.xades, "UnsignedProperties").child(inner));
        }
        let path = document.path_below(&path, &["UnsignedProperties", "UnsignedSignatureProperties"]);
        for property in added {
            document.at_mut(&path).push(property);
        }
    }

    /// Where QualifyingProperties is: in the last Object.
    pub fn qualifying_path(&self, document: &Element) -> Path {
        let mut path = document.path_to(self.id);
        path.push(document.at(&path).children.len() - 1);
        document.path_below(&path, &["QualifyingProperties"])
    }
}

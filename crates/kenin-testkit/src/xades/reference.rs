//! References and what they digest (XMLDSig 1.1 4.4.3).

use super::algorithms::{DigestMethod, SHA256, base64};
use super::canonical::{Canonicalization, canonical};
use super::element::{Element, Namespace, Path};

/// Type of the reference to SignedProperties (EN 319 132-1 4.4.2).
pub const SIGNED_PROPERTIES: &str = "http://uri.etsi.org/01903#SignedProperties";
/// Type of a countersignature's reference (EN 319 132-1 5.2.7).
pub const COUNTERSIGNED: &str = "http://uri.etsi.org/01903#CountersignedSignature";
/// Type of a reference to a Manifest (XMLDSig 1.1 5.1).
pub const MANIFEST: &str = "http://www.w3.org/2000/09/xmldsig#Manifest";

/// A transform.
#[derive(Clone)]
pub enum Transform {
    /// A canonicalization.
    Canonical(Canonicalization),
    /// Without the signature itself (XMLDSig 1.1 6.6.4).
    Enveloped,
    /// Another algorithm with its content; what is digested is as if it were not there.
    Other(&'static str, Option<Element>),
}

/// A Reference, before its digest is known.
#[derive(Clone)]
pub struct Reference {
    /// Id.
    pub id: Option<&'static str>,
    /// URI.
    pub uri: String,
    /// Type.
    pub kind: Option<&'static str>,
    /// Transforms.
    pub transforms: Vec<Transform>,
    /// DigestMethod.
    pub digest: DigestMethod,
    /// The octets of what is not in the document.
    pub outside: Option<Vec<u8>>,
}

impl Reference {
    /// A reference to `uri` without transforms, by SHA-256.
    #[must_use]
    pub fn to(uri: &str) -> Reference {
        Reference { id: None, uri: uri.to_owned(), kind: None, transforms: Vec::new(), digest: SHA256, outside: None }
    }

    /// A reference to the file `uri` with these octets.
    #[must_use]
    pub fn to_file(uri: &str, octets: &[u8]) -> Reference {
        Reference { outside: Some(octets.to_vec()), ..Reference::to(uri) }
    }

    /// With an Id.
    #[must_use]
    pub fn named(self, id: &'static str) -> Reference {
        Reference { id: Some(id), ..self }
    }

    /// With a Type.
    #[must_use]
    pub fn typed(self, kind: &'static str) -> Reference {
        Reference { kind: Some(kind), ..self }
    }

    /// With one more transform.
    #[must_use]
    pub fn through(mut self, transform: Transform) -> Reference {
        self.transforms.push(transform);
        self
    }

    /// Through exclusive canonicalization.
    #[must_use]
    pub fn exclusive(self) -> Reference {
        self.through(Transform::Canonical(Canonicalization::Exclusive))
    }

    /// What is digested, in a document whose signature is at `signature`: a node-set that no transform made octets is
    /// canonicalized by `last` (XMLDSig 1.1 4.4.3.2).
    pub fn octets(&self, document: &Element, signature: &Path, last: Canonicalization) -> Vec<u8> {
        if let Some(octets) = &self.outside {
            return octets.clone();
        }
        let path = if self.uri.is_empty() { Path::new() } else { document.path_to(self.uri.trim_start_matches('#')) };
        let method = self.transforms.iter().rev().find_map(|transform| match transform {
            Transform::Canonical(method) => Some(*method),
            _ => None,
        });
        let enveloped = self.transforms.iter().any(|transform| matches!(transform, Transform::Enveloped));
        canonical(document, &path, method.unwrap_or(last), enveloped.then_some(signature))
    }

    /// The element with an empty DigestValue.
    pub fn element(&self, ds: Namespace) -> Element {
        let mut element = Element::new(ds, "Reference");
        if let Some(id) = self.id {
            element = element.with("Id", id);
        }
        if let Some(kind) = self.kind {
            element = element.with("Type", kind);
        }
        element = element.with("URI", &self.uri);
        if !self.transforms.is_empty() {
            let transforms = self.transforms.iter().map(|transform| transform.element(ds));
            element.push(Element::new(ds, "Transforms").children(transforms));
        }
        element.children(self.digest.elements(ds, &[]))
    }
}

impl Transform {
    fn element(&self, ds: Namespace) -> Element {
        let (algorithm, content) = match self {
            Transform::Canonical(method) => (method.uri(), None),
            Transform::Enveloped => ("http://www.w3.org/2000/09/xmldsig#enveloped-signature", None),
            Transform::Other(algorithm, content) => (*algorithm, content.clone()),
        };
        Element::new(ds, "Transform").with("Algorithm", algorithm).children(content)
    }
}

impl DigestMethod {
    /// DigestMethod and DigestValue.
    pub fn elements(&self, ds: Namespace, value: &[u8]) -> [Element; 2] {
        let method = Element::new(ds, "DigestMethod").with("Algorithm", self.uri);
        [method, Element::new(ds, "DigestValue").text(&base64(value))]
    }
}

/// A Manifest of files (XMLDSig 1.1 5.1).
#[must_use]
pub fn manifest(ds: Namespace, id: &str, files: &[Reference]) -> Element {
    let references = files.iter().map(|file| {
        let mut element = file.element(ds);
        let value = (file.digest.digest)(file.outside.as_deref().unwrap_or_default());
        let path = element.path_below(&Path::new(), &["DigestValue"]);
        element.at_mut(&path).set_text(&base64(&value));
        element
    });
    Element::new(ds, "Manifest").with("Id", id).children(references)
}

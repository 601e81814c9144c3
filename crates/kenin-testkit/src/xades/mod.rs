//! XML signatures (XMLDSig 1.1) with XAdES properties (TS 101 903, EN 319 132-1), with every field open.
//!
//! Documents are trees of [`Element`]s that are written, never read. Because the tree knows which namespaces are in
//! scope where, it also gives the canonical octets of any element of it ([`canonical`]), so that no parser has a part in
//! what is hashed. A signature is put into its document with empty values ([`SignatureSpec::place`]) and then sealed in
//! steps ([`SignatureSpec::fill_digests`], [`SignatureSpec::fill_value`]), between which a case may bend it.

mod algorithms;
mod canonical;
mod element;
mod evidence_references;
pub mod properties;
mod reference;
mod signature;
mod timestamps;

pub use algorithms::{DigestMethod, MD5, SHA1, base64, hmac_sha256};
pub use canonical::{Canonicalization, canonical};
pub use element::{Element, Namespace, Node, Path, document};
pub use evidence_references::{complete_certificate_references, complete_revocation_references};
pub use reference::{COUNTERSIGNED, MANIFEST, Reference, SIGNED_PROPERTIES, Transform, manifest};
pub use signature::{Names, SignatureSpec};
pub use timestamps::{Covered, imprint, timestamp};

/// XMLDSig.
pub const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
/// XAdES of TS 101 903 v1.3.2.
pub const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
/// What TS 101 903 v1.4.1 added.
pub const XADES_141: &str = "http://uri.etsi.org/01903/v1.4.1#";

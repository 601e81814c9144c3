//! Digests and public-key verification over OpenSSL, with limits on keys and parameters.
//!
//! * [`MultiDigest`] feeds one pass over the data to every digest algorithm asked for; [`digest`] and
//!   [`sha256`] serve data at hand.
//! * [`PublicKey`] is built from the components of a SubjectPublicKeyInfo, once, after its sizes were checked.
//! * [`SignatureScheme`] is what an AlgorithmIdentifier of a certificate ([`SignatureScheme::from_x509`]) or of a
//!   SignerInfo ([`SignatureScheme::from_cms`]) means, parameters included.
//! * [`verify`] answers whether a signature value is [`Verification::Intact`], [`Verification::Broken`], or
//!   cannot be checked ([`Verification::Refused`]).
//!
//! Nothing here judges whether an algorithm is good enough: policies are dated, mathematics is not. OpenSSL is
//! the only backend; its error queue is emptied after every operation.

mod curve;
mod digest;
mod dsa;
mod key;
mod openssl_errors;
mod recognised;
mod rsa;
mod scheme;
mod spki;
mod verify;

pub use curve::Curve;
pub use digest::{Digests, MultiDigest, UnavailableDigest, digest, sha256};
pub use key::{KeyAlgorithm, KeyError, PublicKey};
pub use recognised::recognised_algorithm;
pub use scheme::{SchemeError, SignatureScheme};
pub use spki::PssRestriction;
pub use verify::{Message, Refusal, Verification, verify};

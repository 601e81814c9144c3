//! A deterministic miniature of the world kenin judges: an HPKI-shaped PKI, time-stamping services, medical
//! documents, good signatures over them and bad ones.
//!
//! [`World`] issues every certificate and CRL from the committed keys; [`cms`], [`tokens`], [`pdf`] and [`xades`] write
//! signatures, time-stamp tokens, PDF and XML files with every field open to a case that wants to bend it;
//! [`fixtures`] names every file of `testdata/`. Nothing here reads anything, and nothing here is shared with the
//! crates that verify: structures come from the `der` and `x509-cert` encoders and from a PDF writer of its own,
//! so that one mistake cannot hide in both.
//!
//! Two runs give the same bytes: keys are files, ECDSA nonces on P-256 follow RFC 6979, and what else would be random comes from
//! [`keys::Seeded`].
// This crate encodes its own constants only: a failure is a bug in a fixture and should stop the generator at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_possible_truncation
)]

pub mod ageing;
pub mod algorithms;
pub mod archive;
pub mod certificates;
pub mod chain_extensions;
pub mod cms;
pub mod crl;
pub mod dsa;
pub mod encode;
pub mod evidence_records;
pub mod extensions;
pub mod fixtures;
pub mod folder;
pub mod forgery;
pub mod hospital;
pub mod keys;
pub mod mutate;
pub mod names;
pub mod ocsp;
pub mod pdf;
pub mod tokens;
pub mod unsignable;
pub mod weierstrass;
mod world;
pub mod xades;

pub use world::{AUTHENTICATION_POLICY, SIGNING_POLICY, TEST_POLICY, TSA_CA_POLICY, TSA_POLICY, World};

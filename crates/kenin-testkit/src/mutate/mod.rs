//! Changes to signed documents: of elements of DER with every length put right again, and of PDF files with a
//! cross-reference section that fits.
//!
//! Bytes changed at random mostly end in the first parser. These changes leave what is around them well-formed, so that what
//! is behind it is reached: `tests/soundness` makes all of them, the fuzzer's mutators draw from them.

pub mod der;
pub mod pdf;

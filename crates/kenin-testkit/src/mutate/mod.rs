//! Changes to signed documents: of elements of DER with every length put right again, of PDF files with a
//! cross-reference section that fits, and of elements of XML as wholes.
//!
//! Bytes changed at random mostly end in the first parser. These changes leave what is around them well-formed, so that what
//! is behind it is reached: `tests/soundness` makes all of them, the fuzzer's mutators draw from them.

pub mod der;
pub mod pdf;
pub mod xml;

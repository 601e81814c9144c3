//! Canonical XML (1.0, 1.1, exclusive), XML signatures (XMLDSig) and XAdES (EN 319 132-1), read into facts.

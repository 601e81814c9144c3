//! Extensions that constrain certification paths (RFC 5280 4.2.1.4 to 4.2.1.14), with every field open.

use x509_cert::ext::Extension;

use crate::encode::{boolean, explicit, implicit, integer, oid, sequence, tlv};
use crate::extensions::extension;

/// anyPolicy.
pub const ANY_POLICY: &str = "2.5.29.32.0";

/// Critical certificatePolicies without qualifiers.
#[must_use]
pub fn policies(policies: &[&str]) -> Extension {
    let policies: Vec<u8> = policies.iter().flat_map(|policy| sequence(&[&oid(policy)])).collect();
    extension("2.5.29.32", true, sequence(&[&policies]))
}

/// Critical policyMappings from `(issuerDomainPolicy, subjectDomainPolicy)`.
#[must_use]
pub fn policy_mappings(mappings: &[(&str, &str)]) -> Extension {
    let mappings: Vec<u8> = mappings.iter().flat_map(|(from, to)| sequence(&[&oid(from), &oid(to)])).collect();
    extension("2.5.29.33", true, sequence(&[&mappings]))
}

/// Critical policyConstraints: requireExplicitPolicy and inhibitPolicyMapping.
#[must_use]
pub fn policy_constraints(require_explicit: Option<u64>, inhibit_mapping: Option<u64>) -> Extension {
    let field = |number, skip: Option<u64>| skip.map_or_else(Vec::new, |skip| implicit(number, &integer(skip)));
    extension("2.5.29.36", true, sequence(&[&field(0, require_explicit), &field(1, inhibit_mapping)]))
}

/// Critical inhibitAnyPolicy.
#[must_use]
pub fn inhibit_any_policy(skip: u64) -> Extension {
    extension("2.5.29.54", true, integer(skip))
}

/// Critical basicConstraints of a CA with pathLenConstraint.
#[must_use]
pub fn authority_with_path_length(length: u64) -> Extension {
    extension("2.5.29.19", true, sequence(&[&boolean(true), &integer(length)]))
}

/// Critical nameConstraints from encoded GeneralNames.
#[must_use]
pub fn name_constraints(permitted: &[Vec<u8>], excluded: &[Vec<u8>]) -> Extension {
    let subtrees = |number: u8, names: &[Vec<u8>]| {
        let bases: Vec<u8> = names.iter().flat_map(|name| sequence(&[name])).collect();
        if bases.is_empty() { Vec::new() } else { tlv(0xa0 | number, &bases) }
    };
    extension("2.5.29.30", true, sequence(&[&subtrees(0, permitted), &subtrees(1, excluded)]))
}

/// subjectAltName from encoded GeneralNames.
#[must_use]
pub fn alternative_names(names: &[Vec<u8>]) -> Extension {
    extension("2.5.29.17", false, sequence(&[&names.concat()]))
}

/// GeneralName rfc822Name.
#[must_use]
pub fn mailbox(text: &str) -> Vec<u8> {
    tlv(0x81, text.as_bytes())
}

/// GeneralName dNSName.
#[must_use]
pub fn dns(text: &str) -> Vec<u8> {
    tlv(0x82, text.as_bytes())
}

/// GeneralName directoryName from an encoded Name.
#[must_use]
pub fn directory(name: &[u8]) -> Vec<u8> {
    explicit(4, name)
}

/// GeneralName uniformResourceIdentifier.
#[must_use]
pub fn uri(text: &str) -> Vec<u8> {
    tlv(0x86, text.as_bytes())
}

/// GeneralName otherName of a type in the documentation arc (RFC 5612).
#[must_use]
pub fn other_name(text: &str) -> Vec<u8> {
    implicit(0, &sequence(&[&oid("1.3.6.1.4.1.32473.8.1"), &explicit(0, &crate::encode::utf8(text))]))
}

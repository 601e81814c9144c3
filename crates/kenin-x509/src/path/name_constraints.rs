use std::fmt;

use super::error::PathErrorKind;
use super::name_forms::{Incomparable, Side, is_within, same_form};
use crate::extensions::NameConstraints;
use crate::name::EMAIL_ADDRESS;
use crate::{Certificate, GeneralName};

/// Names times subtrees that one certificate may ask to be compared.
const MAX_COMPARISONS: usize = 1 << 18;

/// The context tag of rfc822Name.
const RFC822_NAME: u32 = 1;

/// RFC 5280 6.1.3 (b) and (c): every name of `certificate` against the constraints of every CA above it.
///
/// Each CA's permitted subtrees of a name form must hold the name, which is the intersection that 6.1.4 (g)
/// builds; excluded subtrees add up.
pub(crate) fn check(constraints: &[&NameConstraints], certificate: &Certificate) -> Result<(), PathErrorKind> {
    if constraints.is_empty() {
        return Ok(());
    }
    let names = names_of(certificate);
    let subtrees: usize = constraints.iter().map(|c| c.permitted.len().saturating_add(c.excluded.len())).sum();
    if names.len().saturating_mul(subtrees) > MAX_COMPARISONS {
        return Err(PathErrorKind::NameConstraintsTooLarge);
    }
    for constraint in constraints {
        for name in &names {
            check_name(constraint, name)?;
        }
    }
    Ok(())
}

fn check_name(constraints: &NameConstraints, name: &GeneralName) -> Result<(), PathErrorKind> {
    let of_form = |base: &&GeneralName| same_form(base, name);
    let violated = || PathErrorKind::NameConstraints(Shown(name).to_string());
    let within = |base: &GeneralName, side: Side| {
        is_within(name, base, side).map_err(|incomparable| match incomparable {
            Incomparable::Name => violated(),
            Incomparable::Base => PathErrorKind::NameConstraintsUnsupported,
        })
    };
    let applies = constraints.permitted.iter().chain(&constraints.excluded).any(|base| of_form(&base));
    // A distance other than "the whole subtree" is outside RFC 5280's profile and cannot be ignored safely.
    if applies && constraints.has_distances {
        return Err(PathErrorKind::NameConstraintsUnsupported);
    }
    for base in constraints.excluded.iter().filter(of_form) {
        if within(base, Side::Excluded)? {
            return Err(violated());
        }
    }
    let mut permitted = constraints.permitted.iter().filter(of_form).peekable();
    if permitted.peek().is_none() {
        return Ok(());
    }
    for base in permitted {
        if within(base, Side::Permitted)? {
            return Ok(());
        }
    }
    Err(violated())
}

/// The subject when not empty, every subjectAltName, and the subject's emailAddress as an rfc822Name. RFC 5280 4.2.1.10
/// asks for the last only without a subjectAltName, but the subject's address is shown to people either way.
fn names_of(certificate: &Certificate) -> Vec<GeneralName> {
    let mut names = certificate.extensions().subject_alt_names.clone();
    if !certificate.subject().is_empty() {
        names.push(GeneralName::DirectoryName(certificate.subject().clone()));
    }
    let attributes = certificate.subject().attributes().iter();
    let mailboxes = attributes.filter(|attribute| attribute.attribute_type == EMAIL_ADDRESS);
    names.extend(mailboxes.map(|attribute| match &attribute.text {
        Some(text) => GeneralName::Rfc822Name(text.clone()),
        None => GeneralName::Other { tag: RFC822_NAME, content: attribute.der.clone() },
    }));
    names
}

/// A general name as an error shows it.
struct Shown<'a>(&'a GeneralName);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            GeneralName::DirectoryName(name) => write!(f, "{name}"),
            GeneralName::Rfc822Name(text) | GeneralName::DnsName(text) | GeneralName::Uri(text) => {
                write!(f, "{}", text.escape_debug())
            }
            GeneralName::IpAddress(octets) => f.write_str(&hex::encode(octets)),
            other => write!(f, "[{}]", other.tag()),
        }
    }
}

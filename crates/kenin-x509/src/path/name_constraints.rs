use std::fmt;

use super::error::PathErrorKind;
use crate::extensions::NameConstraints;
use crate::name::EMAIL_ADDRESS;
use crate::{Certificate, GeneralName};

/// Names times subtrees that one certificate may ask to be compared.
const MAX_COMPARISONS: usize = 1 << 18;

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
    let same_form = |base: &&GeneralName| base.tag() == name.tag();
    let violated = || PathErrorKind::NameConstraints(Shown(name).to_string());
    let applies = constraints.permitted.iter().chain(&constraints.excluded).any(|base| same_form(&base));
    // A distance other than "the whole subtree" is outside RFC 5280's profile and cannot be ignored safely.
    if applies && constraints.has_distances {
        return Err(PathErrorKind::NameConstraintsUnsupported);
    }
    for base in constraints.excluded.iter().filter(same_form) {
        if matches(base, name)? {
            return Err(violated());
        }
    }
    let mut permitted = constraints.permitted.iter().filter(same_form).peekable();
    if permitted.peek().is_none() {
        return Ok(());
    }
    for base in permitted {
        if matches(base, name)? {
            return Ok(());
        }
    }
    Err(violated())
}

/// The subject when not empty, every subjectAltName, and the subject's emailAddress as an rfc822Name where there is
/// no rfc822Name (RFC 5280 4.2.1.10).
fn names_of(certificate: &Certificate) -> Vec<GeneralName> {
    let mut names = certificate.extensions().subject_alt_names.clone();
    let has_mailbox = names.iter().any(|name| name.tag() == 1);
    if !certificate.subject().is_empty() {
        names.push(GeneralName::DirectoryName(certificate.subject().clone()));
    }
    if !has_mailbox {
        let attributes = certificate.subject().attributes().iter();
        let mailboxes = attributes.filter(|attribute| attribute.attribute_type == EMAIL_ADDRESS);
        names.extend(mailboxes.filter_map(|attribute| attribute.text.clone()).map(GeneralName::Rfc822Name));
    }
    names
}

/// Whether `name` lies in the subtree `base` of the same form.
fn matches(base: &GeneralName, name: &GeneralName) -> Result<bool, PathErrorKind> {
    let malformed = || PathErrorKind::NameConstraints(Shown(name).to_string());
    match (base, name) {
        (GeneralName::DirectoryName(base), GeneralName::DirectoryName(name)) => Ok(name.is_within(base)),
        (GeneralName::DnsName(base), GeneralName::DnsName(name)) => Ok(dns_matches(base, name)),
        (GeneralName::Rfc822Name(base), GeneralName::Rfc822Name(name)) => {
            let (local, host) = name.rsplit_once('@').ok_or_else(malformed)?;
            Ok(match base.rsplit_once('@') {
                Some((base_local, base_host)) => base_local == local && base_host.eq_ignore_ascii_case(host),
                None => host_matches(base, host),
            })
        }
        (GeneralName::Uri(base), GeneralName::Uri(name)) => {
            // A URI without a host name cannot be compared: reject (RFC 5280 4.2.1.10).
            let host = uri_host(name).ok_or_else(malformed)?;
            Ok(host_matches(base, host))
        }
        (GeneralName::IpAddress(base), GeneralName::IpAddress(name)) => ip_matches(base, name).ok_or_else(malformed),
        // otherName, x400Address, ediPartyName, registeredID, or a name that cannot be read
        _ => Err(PathErrorKind::NameConstraintsUnsupported),
    }
}

/// dNSName: labels may be added on the left. A leading period, which deployed CAs write, asks for at least one.
fn dns_matches(base: &str, name: &str) -> bool {
    if base.is_empty() || base.starts_with('.') {
        return base.is_empty() || host_matches(base, name);
    }
    host_matches(base, name) || ends_with_labels(name, base)
}

/// The host rule of rfc822Name and URI: with a leading period any host below the domain, else exactly this host.
fn host_matches(base: &str, host: &str) -> bool {
    match base.strip_prefix('.') {
        Some(domain) => ends_with_labels(host, domain),
        None => base.eq_ignore_ascii_case(host),
    }
}

fn ends_with_labels(host: &str, domain: &str) -> bool {
    let Some(split) = host.len().checked_sub(domain.len()) else { return false };
    let (Some(labels), Some(tail)) = (host.get(..split), host.get(split..)) else { return false };
    labels.len() > 1 && labels.ends_with('.') && tail.eq_ignore_ascii_case(domain)
}

/// The host name of `scheme://[user@]host[:port]…`; `None` for an address or no authority.
fn uri_host(uri: &str) -> Option<&str> {
    let authority = uri.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let is_name = host.contains(|c: char| c.is_ascii_alphabetic()) && !host.starts_with('[');
    is_name.then_some(host)
}

/// An address against `network ‖ mask`; `None` when the constraint has no valid form.
fn ip_matches(base: &[u8], address: &[u8]) -> Option<bool> {
    let (network, mask) = base.split_at_checked(base.len() / 2).filter(|_| matches!(base.len(), 8 | 32))?;
    // A mask is ones followed by zeros (RFC 4632).
    let bit = |n: usize| mask.get(n / 8).is_some_and(|octet| octet & (0x80 >> (n % 8)) != 0);
    if (1..mask.len() * 8).any(|n| bit(n) && !bit(n - 1)) {
        return None;
    }
    let same = |((a, n), m): ((&u8, &u8), &u8)| a & m == n & m;
    Some(address.len() == network.len() && address.iter().zip(network).zip(mask).all(same))
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

//! Subtrees of each name form of RFC 5280 4.2.1.10. A name or base that is not of its form's syntax is never compared:
//! whichever way a reader takes it, somebody else takes it the other way.

use crate::GeneralName;

/// On which side of the constraints a subtree stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Whatever the name stands for must lie inside.
    Permitted,
    /// Nothing the name stands for may lie inside.
    Excluded,
}

/// Why a name cannot be held against a subtree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Incomparable {
    /// The name is malformed, or has no host.
    Name,
    /// The subtree is malformed, or of a form that is not processed.
    Base,
}

/// Whether both names are of one form. An otherName is a form for each of its types.
pub(super) fn same_form(base: &GeneralName, name: &GeneralName) -> bool {
    match (base, name) {
        (GeneralName::OtherName { type_id: base, .. }, GeneralName::OtherName { type_id: name, .. }) => base == name,
        _ => base.tag() == name.tag(),
    }
}

/// Whether `name` lies in the subtree `base` of the same form.
pub(super) fn is_within(name: &GeneralName, base: &GeneralName, side: Side) -> Result<bool, Incomparable> {
    match (base, name) {
        (GeneralName::DirectoryName(base), GeneralName::DirectoryName(name)) => Ok(name.is_within(base)),
        (GeneralName::DnsName(base), GeneralName::DnsName(name)) => dns_name(name, base, side),
        (GeneralName::Rfc822Name(base), GeneralName::Rfc822Name(name)) => mailbox(name, base),
        (GeneralName::Uri(base), GeneralName::Uri(name)) => {
            host_in(uri_host(name).ok_or(Incomparable::Name)?, base).ok_or(Incomparable::Base)
        }
        (GeneralName::IpAddress(base), GeneralName::IpAddress(name)) => address(name, base),
        // otherName, x400Address, ediPartyName, registeredID, or a name that cannot be read
        _ => Err(Incomparable::Base),
    }
}

/// dNSName: labels may be added on the left. A leading period, which deployed CAs write, asks for at least one more; to
/// exclude only what is below a domain is not in RFC 5280, so that there it excludes the domain too.
fn dns_name(name: &str, base: &str, side: Side) -> Result<bool, Incomparable> {
    // A wildcard stands for any one label (RFC 6125 6.4.3).
    let (host, wildcard) = name.strip_prefix("*.").map_or((name, false), |host| (host, true));
    if !is_host_name(host) {
        return Err(Incomparable::Name);
    }
    if base.is_empty() {
        return Ok(true);
    }
    let domain = base.strip_prefix('.').unwrap_or(base);
    if !is_host_name(domain) {
        return Err(Incomparable::Base);
    }
    let itself = host.eq_ignore_ascii_case(domain);
    let itself = itself && (wildcard || side == Side::Excluded || domain.len() == base.len());
    let stands_for_it = wildcard && side == Side::Excluded && is_below(domain, host);
    Ok(itself || stands_for_it || is_below(host, domain))
}

/// rfc822Name: a mailbox, a host, or with a leading period the hosts of a domain.
fn mailbox(name: &str, base: &str) -> Result<bool, Incomparable> {
    let (local, host) = parts_of_mailbox(name).ok_or(Incomparable::Name)?;
    if !base.contains('@') {
        return host_in(host, base).ok_or(Incomparable::Base);
    }
    let (base_local, base_host) = parts_of_mailbox(base).ok_or(Incomparable::Base)?;
    // One local part may be quoted in many ways.
    if base_local.starts_with('"') {
        return Err(Incomparable::Base);
    }
    if local.starts_with('"') {
        return Err(Incomparable::Name);
    }
    Ok(local == base_local && host.eq_ignore_ascii_case(base_host))
}

/// Local part and host of a mailbox (RFC 5321 4.1.2); `None` for anything else, address literals included.
fn parts_of_mailbox(text: &str) -> Option<(&str, &str)> {
    let (local, host) = text.rsplit_once('@').filter(|(_, host)| is_host_name(host))?;
    let quoted = local.strip_prefix('"').and_then(|local| local.strip_suffix('"'));
    let allowed = match quoted {
        Some(inside) => inside.bytes().all(|c| matches!(c, b' '..=b'~') && !matches!(c, b'"' | b'\\')),
        None => !local.is_empty() && local.bytes().all(|c| c.is_ascii_graphic() && !b"()<>[]:;@\\,\"".contains(&c)),
    };
    allowed.then_some((local, host))
}

/// The host rule of rfc822Name and URI: with a leading period any host below the domain, else exactly this host.
/// `None` when the base is no host name.
fn host_in(host: &str, base: &str) -> Option<bool> {
    let domain = base.strip_prefix('.');
    is_host_name(domain.unwrap_or(base)).then(|| match domain {
        Some(domain) => is_below(host, domain),
        None => host.eq_ignore_ascii_case(base),
    })
}

/// The fully qualified host name of `scheme://[user@]host[:port]…`; `None` for an address or no authority, which
/// cannot be compared (RFC 5280 4.2.1.10).
fn uri_host(uri: &str) -> Option<&str> {
    // Characters that no URI has are where readers part ways about its host.
    if !uri.bytes().all(|c| c.is_ascii_graphic() && !matches!(c, b'\\' | b'<' | b'>' | b'"')) {
        return None;
    }
    let authority = uri.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((host, port)) => port.bytes().all(|c| c.is_ascii_digit()).then_some(host)?,
        None => host,
    };
    let top = host.rsplit_once('.')?.1;
    let is_address = top.bytes().all(|c| c.is_ascii_digit());
    (is_host_name(host) && !is_address).then_some(host)
}

/// Labels of letters, digits and hyphens (RFC 1034 3.5), and underscores, which deployed names have; IDNs as A-labels
/// (RFC 5280 7.2), no trailing period.
fn is_host_name(host: &str) -> bool {
    let is_label = |label: &str| {
        matches!(label.len(), 1..=63) && label.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'))
    };
    host.len() <= 253 && host.split('.').all(is_label)
}

/// Whether `host` is `domain` with one or more labels before it.
fn is_below(host: &str, domain: &str) -> bool {
    let Some(split) = host.len().checked_sub(domain.len()) else { return false };
    let (Some(labels), Some(tail)) = (host.get(..split), host.get(split..)) else { return false };
    labels.len() > 1 && labels.ends_with('.') && tail.eq_ignore_ascii_case(domain)
}

/// iPAddress: an address against `network ‖ mask`.
fn address(address: &[u8], base: &[u8]) -> Result<bool, Incomparable> {
    if !matches!(address.len(), 4 | 16) {
        return Err(Incomparable::Name);
    }
    let halves = base.split_at_checked(base.len() / 2).filter(|_| matches!(base.len(), 8 | 32));
    let (network, mask) = halves.ok_or(Incomparable::Base)?;
    // A mask is ones followed by zeros (RFC 4632).
    let bit = |n: usize| mask.get(n / 8).is_some_and(|octet| octet & (0x80 >> (n % 8)) != 0);
    if (1..mask.len() * 8).any(|n| bit(n) && !bit(n - 1)) {
        return Err(Incomparable::Base);
    }
    let same = |((a, n), m): ((&u8, &u8), &u8)| a & m == n & m;
    Ok(address.len() == network.len() && address.iter().zip(network).zip(mask).all(same))
}

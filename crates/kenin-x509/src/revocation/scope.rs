use super::rejected::RejectedDatum;
use crate::{
    Certificate, Crl, DistributionPoint, DistributionPointName, GeneralName, IssuingDistributionPoint, Name,
    ReasonFlags,
};

/// Names of distribution points that are compared, each with each; real ones have a handful.
const MAX_COMPARISONS: usize = 1 << 16;

/// Whether the CRL's scope holds the certificate (RFC 5280 6.3.3 (b)); if so, the reasons it answers for (the
/// interim_reasons_mask of (d)). The signature is checked elsewhere.
pub(crate) fn reasons_covered(certificate: &Certificate, crl: &Crl) -> Result<ReasonFlags, RejectedDatum> {
    let none = IssuingDistributionPoint::default();
    let idp = crl.extensions().issuing_distribution_point.as_ref().unwrap_or(&none);
    if idp.only_contains_attribute_certs {
        return Err(RejectedDatum::CrlOnlyAttributeCerts);
    }
    if idp.only_contains_user_certs && certificate.is_ca() {
        return Err(RejectedDatum::CrlOnlyUserCerts);
    }
    if idp.only_contains_ca_certs && !certificate.is_ca() {
        return Err(RejectedDatum::CrlOnlyCaCerts);
    }
    let of_crl = idp.only_some_reasons.unwrap_or(ReasonFlags::ALL);
    let points = &certificate.extensions().crl_distribution_points;
    let names =
        |point: &DistributionPoint| point.name.as_ref().map_or(0, name_count).max(point.crl_issuer.len()).max(1);
    let of_certificate: usize = points.iter().map(names).sum();
    if of_certificate.saturating_mul(idp.name.as_ref().map_or(1, name_count)) > MAX_COMPARISONS {
        return Err(RejectedDatum::CrlDistributionPoint);
    }
    let covered = points.iter().filter(|point| matches(point, certificate, crl, idp));
    let covered = covered.map(|point| point.reasons.unwrap_or(ReasonFlags::ALL).and(of_crl));
    // A CRL of the certificate's own issuer counts as for an implicit distribution point named like that issuer, with
    // every reason (6.3.3, last paragraph).
    let implicit = own_issuer(certificate, crl) && named(idp, &implicit_names(certificate), crl);
    let covered = covered.chain(implicit.then_some(of_crl));
    // The CRL that serves several of the distribution points answers for the reasons of each.
    match covered.reduce(ReasonFlags::or) {
        Some(reasons) => Ok(reasons),
        None if concerns(crl, certificate) => Err(RejectedDatum::CrlDistributionPoint),
        None => Err(RejectedDatum::CrlOtherIssuer),
    }
}

fn matches(point: &DistributionPoint, certificate: &Certificate, crl: &Crl, idp: &IssuingDistributionPoint) -> bool {
    if point.crl_issuer.is_empty() {
        if !own_issuer(certificate, crl) {
            return false;
        }
    } else if !has_name(&point.crl_issuer, crl.issuer()) || !(idp.indirect_crl || own_issuer(certificate, crl)) {
        return false;
    }
    let names = match &point.name {
        // A relative name is completed with the CRL issuer's name (4.2.1.13).
        Some(name) => name.resolve(crl.issuer()),
        None => point.crl_issuer.clone(),
    };
    named(idp, &names, crl)
}

/// Whether one of `names` is among those of the issuing distribution point; one without names is for all.
fn named(idp: &IssuingDistributionPoint, names: &[GeneralName], crl: &Crl) -> bool {
    match &idp.name {
        None => true,
        Some(name) => {
            let of_list = name.resolve(crl.issuer());
            of_list.iter().any(|name| names.iter().any(|other| is_same(name, other)))
        }
    }
}

fn is_same(one: &GeneralName, other: &GeneralName) -> bool {
    match (one, other) {
        (GeneralName::Uri(one), GeneralName::Uri(other)) => is_same_uri(one, other),
        _ => one == other,
    }
}

/// Scheme and host are compared without regard to case, all else as it is (RFC 5280 7.4).
fn is_same_uri(one: &str, other: &str) -> bool {
    if !one.eq_ignore_ascii_case(other) {
        return false;
    }
    // What separates the parts is at the same places in both.
    let Some((scheme, rest)) = one.split_once("://") else { return one == other };
    let authority = scheme.len() + 3;
    let end = authority + rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = authority + one.get(authority..end).and_then(|part| part.rfind('@')).map_or(0, |at| at + 1);
    one.get(authority..host) == other.get(authority..host) && one.get(end..) == other.get(end..)
}

fn name_count(name: &DistributionPointName) -> usize {
    match name {
        DistributionPointName::FullName(names) => names.len(),
        DistributionPointName::RelativeToIssuer(_) => 1,
    }
}

/// Whether the CRL may be meant for the certificate at all: its issuer is the certificate's, or is named as a cRLIssuer
/// of its distribution points.
pub(crate) fn concerns(crl: &Crl, certificate: &Certificate) -> bool {
    own_issuer(certificate, crl) || names_crl_issuer(certificate, crl)
}

fn own_issuer(certificate: &Certificate, crl: &Crl) -> bool {
    certificate.issuer() == crl.issuer()
}

fn implicit_names(certificate: &Certificate) -> [GeneralName; 1] {
    [GeneralName::DirectoryName(certificate.issuer().clone())]
}

/// Whether the certificate's distribution points name the CRL's issuer as a cRLIssuer.
pub(crate) fn names_crl_issuer(certificate: &Certificate, crl: &Crl) -> bool {
    certificate.extensions().crl_distribution_points.iter().any(|point| has_name(&point.crl_issuer, crl.issuer()))
}

pub(crate) fn has_name(names: &[GeneralName], wanted: &Name) -> bool {
    names.iter().any(|name| matches!(name, GeneralName::DirectoryName(name) if name == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_counts_behind_the_host_of_a_uri_and_nowhere_before() {
        let point = "http://crl.example.jp/Cards/1.crl";
        for same in [point, "HTTP://CRL.example.JP/Cards/1.crl"] {
            assert!(is_same_uri(point, same), "{same}");
        }
        let others = [
            "http://crl.example.jp/cards/1.crl",
            "https://crl.example.jp/Cards/1.crl",
            "http://a@crl.example.jp/Cards/1.crl",
            "http://crl.example.jp",
            "CRL.example.jp/Cards/1.crl",
            "",
        ];
        for other in others {
            assert!(!is_same_uri(point, other), "{other}");
        }
        assert!(!is_same_uri("http://A@crl.example.jp/", "http://a@crl.example.jp/"));
        assert!(is_same_uri("urn:CRL", "urn:CRL") && !is_same_uri("urn:CRL", "urn:crl"));
    }
}

//! The identifiers of digests and signature methods (XMLDSig 1.1 6, RFC 6931, RFC 9231).

use kenin_base::{DigestAlgorithm, Oid};
use kenin_crypto::SignatureScheme;
use kenin_facts::{DigestFact, SignatureAlgorithm};
use roxmltree::Node;

use crate::names::{DS, algorithm, ds_child, token};

/// What is said of an algorithm that has no object identifier here.
const NONE: Oid = Oid::new(&[0, 0]);

const DIGESTS: &[(&str, DigestAlgorithm)] = {
    use DigestAlgorithm::{
        Md5, Ripemd160, Sha1, Sha3_224, Sha3_256, Sha3_384, Sha3_512, Sha224, Sha256, Sha384, Sha512,
    };
    &[
        ("http://www.w3.org/2000/09/xmldsig#sha1", Sha1),
        ("http://www.w3.org/2001/04/xmldsig-more#md5", Md5),
        ("http://www.w3.org/2001/04/xmldsig-more#sha224", Sha224),
        ("http://www.w3.org/2001/04/xmlenc#sha256", Sha256),
        ("http://www.w3.org/2001/04/xmldsig-more#sha384", Sha384),
        ("http://www.w3.org/2001/04/xmlenc#sha512", Sha512),
        ("http://www.w3.org/2001/04/xmlenc#ripemd160", Ripemd160),
        ("http://www.w3.org/2007/05/xmldsig-more#sha3-224", Sha3_224),
        ("http://www.w3.org/2007/05/xmldsig-more#sha3-256", Sha3_256),
        ("http://www.w3.org/2007/05/xmldsig-more#sha3-384", Sha3_384),
        ("http://www.w3.org/2007/05/xmldsig-more#sha3-512", Sha3_512),
    ]
};

/// The digest that an identifier names.
pub(crate) fn digest(uri: &str) -> Option<DigestAlgorithm> {
    DIGESTS.iter().find(|row| row.0 == uri).map(|row| row.1)
}

/// The fact for an identifier.
pub(crate) fn digest_fact(uri: &str) -> DigestFact {
    let algorithm = digest(uri);
    DigestFact { oid: algorithm.map_or(NONE, DigestAlgorithm::oid), algorithm }
}

/// The prefixes under which methods are named, and what is left of the name.
const PREFIXES: [&str; 5] = [
    DS,
    "http://www.w3.org/2001/04/xmldsig-more#",
    "http://www.w3.org/2007/05/xmldsig-more#",
    "http://www.w3.org/2009/xmldsig11#",
    "http://www.w3.org/2021/04/xmldsig-more#",
];

/// The scheme of a SignatureMethod; `None` for one that is unknown or has parameters which are. XMLDSig 1.1 6.4.3 and 6.4.1
/// write ECDSA and DSA values as `r ‖ s`.
pub(crate) fn scheme(method: Node<'_, '_>) -> Option<SignatureScheme> {
    use SignatureScheme::{Dsa, EcdsaPlain, Ed448, Ed25519, RsaPkcs1v15};
    let uri = algorithm(method);
    let name = PREFIXES.iter().find_map(|prefix| uri.strip_prefix(prefix))?;
    Some(match name {
        "rsa-pss" => return pss(method),
        "eddsa-ed25519" => Ed25519,
        "eddsa-ed448" => Ed448,
        _ => {
            if let Some(digest) = name.strip_suffix("-rsa-MGF1").and_then(named) {
                return Some(salted(digest, digest, None));
            }
            let (key, digest) = name.split_once('-')?;
            let digest = named(digest)?;
            match key {
                "rsa" => RsaPkcs1v15(digest),
                "ecdsa" => EcdsaPlain(digest),
                "dsa" => Dsa(digest),
                _ => return None,
            }
        }
    })
}

/// The digest in the name of a method.
fn named(name: &str) -> Option<DigestAlgorithm> {
    let of_name = |row: &&(&str, DigestAlgorithm)| row.0.rsplit_once('#').is_some_and(|(_, own)| own == name);
    DIGESTS.iter().find(of_name).map(|row| row.1)
}

/// RSASSA-PSS with its parameters as elements (RFC 9231 2.3.9). Defaults are those of RFC 8017 but for SHA-256.
fn pss(method: Node<'_, '_>) -> Option<SignatureScheme> {
    let params = method.children().find(|child| child.is_element() && child.tag_name().name() == "RSAPSSParams");
    let Some(params) = params else {
        return Some(salted(DigestAlgorithm::Sha256, DigestAlgorithm::Sha256, None));
    };
    let own = |name: &str| params.children().find(|child| child.is_element() && child.tag_name().name() == name);
    let method_of = |node: Node<'_, '_>| ds_child(node, "DigestMethod").map(|method| digest(algorithm(method)));
    let message = match ds_child(params, "DigestMethod") {
        Some(method) => digest(algorithm(method))?,
        None => DigestAlgorithm::Sha256,
    };
    let mask = match own("MaskGenerationFunction").and_then(method_of) {
        Some(mask) => mask?,
        None => message,
    };
    let salt = match own("SaltLength") {
        Some(length) => Some(token(length).parse().ok()?),
        None => None,
    };
    Some(salted(message, mask, salt))
}

fn salted(digest: DigestAlgorithm, mgf_digest: DigestAlgorithm, salt_len: Option<u32>) -> SignatureScheme {
    let whole = u32::try_from(digest.output_len()).unwrap_or_default();
    SignatureScheme::RsaPss { digest, mgf_digest, salt_len: salt_len.unwrap_or(whole) }
}

/// How facts name the algorithm of a method.
pub(crate) fn name_of(method: Node<'_, '_>, scheme: Option<SignatureScheme>) -> SignatureAlgorithm {
    SignatureAlgorithm {
        oid: scheme.and_then(|scheme| scheme.oid()).unwrap_or(NONE),
        name: scheme.map_or_else(|| algorithm(method).to_owned(), |scheme| scheme.to_string()),
        digest: scheme.and_then(|scheme| scheme.digest()),
    }
}

/// A DSA value as `r ‖ s` of equal length, in the DER form that its scheme has; other values as they are.
pub(crate) fn value_for(scheme: Option<SignatureScheme>, value: Vec<u8>) -> Vec<u8> {
    if !matches!(scheme, Some(SignatureScheme::Dsa(_))) || !value.len().is_multiple_of(2) {
        return value;
    }
    let (r, s) = value.split_at(value.len() / 2);
    let integers = [integer(r), integer(s)].concat();
    [&[0x30][..], &kenin_asn1::definite_length(integers.len()), &integers].concat()
}

fn integer(octets: &[u8]) -> Vec<u8> {
    let start = octets.iter().position(|octet| *octet != 0).unwrap_or(octets.len());
    let minimal = octets.get(start..).unwrap_or_default();
    let sign: &[u8] = if minimal.first().is_none_or(|octet| octet & 0x80 != 0) { &[0] } else { &[] };
    let content = [sign, minimal].concat();
    [&[0x02][..], &kenin_asn1::definite_length(content.len()), &content].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(uri: &str) -> Option<SignatureScheme> {
        let text = format!("<m Algorithm='{uri}'/>");
        let tree = roxmltree::Document::parse(&text).unwrap();
        scheme(tree.root_element())
    }

    #[test]
    fn methods_are_named_by_their_identifiers() {
        use DigestAlgorithm::{Sha1, Sha3_256, Sha256, Sha512};
        assert_eq!(of("http://www.w3.org/2000/09/xmldsig#rsa-sha1"), Some(SignatureScheme::RsaPkcs1v15(Sha1)));
        assert_eq!(of("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"), Some(SignatureScheme::RsaPkcs1v15(Sha256)));
        assert_eq!(
            of("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"),
            Some(SignatureScheme::EcdsaPlain(Sha512))
        );
        assert_eq!(of("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"), Some(salted(Sha256, Sha256, None)));
        let sha3 = Some(salted(Sha3_256, Sha3_256, Some(32)));
        assert_eq!(of("http://www.w3.org/2007/05/xmldsig-more#sha3-256-rsa-MGF1"), sha3);
        for refused in
            ["http://www.w3.org/2000/09/xmldsig#hmac-sha1", "http://www.w3.org/2001/04/xmldsig-more#rsa-none", ""]
        {
            assert_eq!(of(refused), None, "{refused}");
        }
    }

    #[test]
    fn a_dsa_value_becomes_der() {
        let scheme = Some(SignatureScheme::Dsa(DigestAlgorithm::Sha1));
        let value = [&[0, 0x7f][..], &[0x80, 1]].concat();
        assert_eq!(value_for(scheme, value), [0x30, 8, 2, 1, 0x7f, 2, 3, 0, 0x80, 1]);
    }
}

//! OpenSSL's notation, brought to the form in which fields are compared.

use kenin_x509::NameAttribute;

/// Attribute types by OpenSSL's short name.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("C", "2.5.4.6"),
    ("CN", "2.5.4.3"),
    ("DC", "0.9.2342.19200300.100.1.25"),
    ("GN", "2.5.4.42"),
    ("INN", "1.2.643.3.131.1.1"),
    ("L", "2.5.4.7"),
    ("O", "2.5.4.10"),
    ("OGRN", "1.2.643.100.1"),
    ("OU", "2.5.4.11"),
    ("SN", "2.5.4.4"),
    ("ST", "2.5.4.8"),
    ("businessCategory", "2.5.4.15"),
    ("dnQualifier", "2.5.4.46"),
    ("emailAddress", "1.2.840.113549.1.9.1"),
    ("generationQualifier", "2.5.4.44"),
    ("initials", "2.5.4.43"),
    ("jurisdictionC", "1.3.6.1.4.1.311.60.2.1.3"),
    ("jurisdictionL", "1.3.6.1.4.1.311.60.2.1.1"),
    ("jurisdictionST", "1.3.6.1.4.1.311.60.2.1.2"),
    ("organizationIdentifier", "2.5.4.97"),
    ("postalCode", "2.5.4.17"),
    ("pseudonym", "2.5.4.65"),
    ("serialNumber", "2.5.4.5"),
    ("street", "2.5.4.9"),
    ("title", "2.5.4.12"),
    ("x500UniqueIdentifier", "2.5.4.45"),
];

/// Signature algorithms by OpenSSL's long name.
const SIGNATURE_ALGORITHMS: &[(&str, &str)] = &[
    ("ED25519", "1.3.101.112"),
    ("ED448", "1.3.101.113"),
    ("GOST R 34.11-94 with GOST R 34.10-2001", "1.2.643.2.2.3"),
    ("SM2-with-SM3", "1.2.156.10197.1.501"),
    ("dsaWithSHA1", "1.2.840.10040.4.3"),
    ("dsa_with_SHA256", "2.16.840.1.101.3.4.3.2"),
    ("ecdsa-with-SHA256", "1.2.840.10045.4.3.2"),
    ("ecdsa-with-SHA384", "1.2.840.10045.4.3.3"),
    ("ecdsa-with-SHA512", "1.2.840.10045.4.3.4"),
    ("ecdsa_with_SHA3-224", "2.16.840.1.101.3.4.3.9"),
    ("ecdsa_with_SHA3-256", "2.16.840.1.101.3.4.3.10"),
    ("ecdsa_with_SHA3-384", "2.16.840.1.101.3.4.3.11"),
    ("ecdsa_with_SHA3-512", "2.16.840.1.101.3.4.3.12"),
    ("md2WithRSAEncryption", "1.2.840.113549.1.1.2"),
    ("md5WithRSAEncryption", "1.2.840.113549.1.1.4"),
    ("rsaEncryption", "1.2.840.113549.1.1.1"),
    ("rsassaPss", "1.2.840.113549.1.1.10"),
    ("sha1WithRSA", "1.3.14.3.2.29"),
    ("sha1WithRSAEncryption", "1.2.840.113549.1.1.5"),
    ("sha256WithRSAEncryption", "1.2.840.113549.1.1.11"),
    ("sha384WithRSAEncryption", "1.2.840.113549.1.1.12"),
    ("sha512WithRSAEncryption", "1.2.840.113549.1.1.13"),
];

/// Key types by OpenSSL's long name.
const KEY_ALGORITHMS: &[(&str, &str)] = &[
    ("ED25519", "Ed25519"),
    ("ED448", "Ed448"),
    ("GOST R 34.10-2001", "1.2.643.2.2.19"),
    ("X25519", "1.3.101.110"),
    ("dsaEncryption", "DSA"),
    ("id-ecPublicKey", "EC"),
    // Two identifiers of one key type: X.509's own and PKCS #1's.
    ("rsa", "2.5.8.1.1"),
    ("rsaEncryption", "RSA"),
    ("rsassaPss", "RSASSA-PSS"),
];

/// A field as compared; `None` for what OpenSSL says is not there.
pub fn normal(field: &str, text: &str) -> Option<String> {
    let text = text.trim();
    if matches!(text, "NONE" | "<NONE>") {
        return None;
    }
    Some(match field {
        "subject" | "issuer" => rfc2253(text),
        "responder" if text.contains(" = ") => oneline(text),
        "responder" => text.to_lowercase(),
        "serial" | "crlnumber" => hex(text),
        "sha256_fingerprint" | "sha2-256_fingerprint" => text.replace(':', "").to_lowercase(),
        "sig_alg" => look_up(SIGNATURE_ALGORITHMS, text),
        "key_alg" => look_up(KEY_ALGORITHMS, text),
        "notbefore" | "notafter" | "lastupdate" | "nextupdate" | "produced_at" | "this_update" | "next_update" => {
            time(text)
        }
        _ => text.to_owned(),
    })
}

/// A name as compared: each attribute's type as OID and its text, or its DER where it is none.
pub fn name<'a>(attributes: impl Iterator<Item = &'a NameAttribute>) -> String {
    let shown = attributes.map(|attribute| {
        let der = || format!("#{}", super::hex_of(&attribute.der));
        format!("{}={:?}", attribute.attribute_type, attribute.text.clone().unwrap_or_else(der))
    });
    shown.collect::<Vec<_>>().join(",")
}

/// A two's complement number as sign and lowercase hexadecimal magnitude.
pub fn signed_hex(octets: &[u8]) -> String {
    if octets.first().is_none_or(|first| first & 0x80 == 0) {
        return hex(&super::hex_of(octets));
    }
    let mut carry = true;
    let mut magnitude: Vec<u8> = octets
        .iter()
        .rev()
        .map(|octet| {
            let (negated, carried) = (!octet).overflowing_add(u8::from(carry));
            carry = carried;
            negated
        })
        .collect();
    magnitude.reverse();
    format!("-{}", hex(&super::hex_of(&magnitude)))
}

/// Hexadecimal without prefix and leading zeros, the sign kept.
fn hex(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let digits = digits.strip_prefix("0x").unwrap_or(digits).trim_start_matches('0').to_lowercase();
    if digits.is_empty() { "0".to_owned() } else { format!("{sign}{digits}") }
}

fn look_up(table: &[(&str, &str)], text: &str) -> String {
    table.iter().find(|(name, _)| *name == text).map_or(text, |(_, known)| known).to_owned()
}

/// `Feb  7 09:37:12 2019 GMT` as RFC 3339.
fn time(text: &str) -> String {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let parts: Vec<&str> = text.split_whitespace().collect();
    let [month, day, clock, year, "GMT"] = parts.as_slice() else { return text.to_owned() };
    let month = MONTHS.find(month).unwrap() / 3 + 1;
    format!("{year}-{month:02}-{day:0>2}T{clock}Z")
}

/// `CN=a\\, b+OU=c,O=d` with RFC 2253's escapes, as [`name`] writes it.
fn rfc2253(text: &str) -> String {
    let octets = text.as_bytes();
    let mut attributes = Vec::new();
    let mut value = Vec::new();
    let mut kind = String::new();
    let mut at = 0;
    let mut in_value = false;
    while at < octets.len() {
        match octets[at] {
            b'=' if !in_value => {
                kind = String::from_utf8(std::mem::take(&mut value)).unwrap();
                in_value = true;
            }
            b',' | b'+' if in_value => {
                attributes.push((std::mem::take(&mut kind), std::mem::take(&mut value)));
                in_value = false;
            }
            b'\\' => {
                let escaped = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
                value.push(escaped.unwrap_or(octets[at + 1]));
                at += if escaped.is_some() { 2 } else { 1 };
            }
            octet => value.push(octet),
        }
        at += 1;
    }
    if in_value {
        attributes.push((kind, value));
    }
    let shown = attributes.into_iter().map(|(kind, value)| attribute(&kind, &String::from_utf8_lossy(&value)));
    shown.collect::<Vec<_>>().join(",")
}

/// `C = SK, O = Disig a.s.`, as [`name`] writes it.
fn oneline(text: &str) -> String {
    let mut attributes: Vec<(String, String)> = Vec::new();
    for part in text.split(", ") {
        match (part.split_once(" = "), attributes.last_mut()) {
            (Some((kind, value)), _) => attributes.push((kind.to_owned(), value.to_owned())),
            // A comma of the value before.
            (None, Some((_, value))) => value.extend([", ", part]),
            (None, None) => {}
        }
    }
    attributes.iter().map(|(kind, value)| attribute(kind, value)).collect::<Vec<_>>().join(",")
}

fn attribute(kind: &str, value: &str) -> String {
    let dump = value.starts_with('#').then(|| value.to_lowercase());
    format!("{}={:?}", look_up(ATTRIBUTES, kind), dump.as_deref().unwrap_or(value))
}

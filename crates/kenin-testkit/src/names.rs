//! Distinguished names with the string types HPKI uses: PrintableString for C and serialNumber, UTF8String else.

use der::asn1::{Any, ObjectIdentifier, PrintableStringRef, SetOfVec, Utf8StringRef};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};

/// A name from `(attribute, value)` pairs in order; attributes are `C`, `O`, `OU`, `CN`, `serialNumber`.
///
/// # Panics
/// On another attribute name.
#[must_use]
pub fn name(attributes: &[(&str, &str)]) -> Name {
    RdnSequence(attributes.iter().map(|(attribute, value)| rdn(attribute, value)).collect())
}

fn rdn(attribute: &str, value: &str) -> RelativeDistinguishedName {
    let (oid, printable) = match attribute {
        "C" => ("2.5.4.6", true),
        "O" => ("2.5.4.10", false),
        "OU" => ("2.5.4.11", false),
        "CN" => ("2.5.4.3", false),
        "serialNumber" => ("2.5.4.5", true),
        other => panic!("no attribute {other}"),
    };
    let value = if printable {
        Any::from(PrintableStringRef::new(value).unwrap())
    } else {
        Any::from(Utf8StringRef::new(value).unwrap())
    };
    let attribute = AttributeTypeAndValue { oid: ObjectIdentifier::new_unwrap(oid), value };
    RelativeDistinguishedName(SetOfVec::try_from(vec![attribute]).unwrap())
}

/// The demo name of a CA or service: C=JP, O, OU, CN.
#[must_use]
pub fn authority(organisation: &str, unit: &str, common: &str) -> Name {
    name(&[("C", "JP"), ("O", organisation), ("OU", unit), ("CN", common)])
}

/// The demo name of a card holder as HPKI writes it: C=JP, perhaps O and OU, CN, serialNumber.
#[must_use]
pub fn person(organisation: Option<&str>, unit: Option<&str>, common: &str, serial: &str) -> Name {
    let mut attributes = vec![("C", "JP")];
    attributes.extend(organisation.map(|value| ("O", value)));
    attributes.extend(unit.map(|value| ("OU", value)));
    attributes.extend([("CN", common), ("serialNumber", serial)]);
    name(&attributes)
}

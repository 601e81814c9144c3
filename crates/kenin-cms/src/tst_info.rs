use kenin_asn1::{AlgorithmIdentifier, Asn1Time, Decoder, Element, Error, Tag};
use kenin_base::{Budget, Finding, FindingCode};
use kenin_facts::{DigestFact, TstInfo};

use crate::digest_identifier::digest_fact;
use crate::integer::serial_hex;

/// Longest serial number RFC 3161 2.4.2 asks readers to accept, in octets.
const MAX_SERIAL_OCTETS: usize = 20;

/// Decodes TSTInfo (RFC 3161 2.4.2) and says what is odd about it.
///
/// # Errors
/// [`Error`] with offsets from the first octet of the TSTInfo.
pub(crate) fn parse(octets: &[u8], budget: &Budget) -> Result<(TstInfo, Vec<Finding>), Error> {
    let decoder = Decoder::new(budget);
    let mut reader = decoder.reader(octets, 0);
    let whole = reader.expect(Tag::SEQUENCE)?;
    reader.finish()?;
    let mut findings = Vec::new();
    let mut fields = whole.children()?;

    let version = fields.expect(Tag::INTEGER)?.integer_i64()?;
    if version != 1 {
        findings.push(Finding::new(FindingCode::TstInfoVersion).with("version", version));
    }
    let policy = fields.expect(Tag::OID)?.oid()?;
    let mut imprint_fields = fields.expect(Tag::SEQUENCE)?.children()?;
    let imprint_algorithm = digest_fact(&AlgorithmIdentifier::parse(imprint_fields.element()?)?);
    let imprint = imprint_fields.expect(Tag::OCTET_STRING)?.octet_string()?;
    imprint_fields.finish()?;
    findings.extend(imprint_finding(imprint_algorithm, imprint.len()));

    let serial = serial_hex(fields.expect(Tag::INTEGER)?.integer()?);
    // Deployed TSAs use longer ones, and nothing depends on the number.
    if serial.len() > 2 * MAX_SERIAL_OCTETS {
        findings.push(Finding::new(FindingCode::TstInfoSerialLength).with("octets", serial.len() / 2));
    }
    let gen_time = fields.expect(Tag::GENERALIZED_TIME)?;
    let Asn1Time { time, der } = gen_time.time()?;
    if !der {
        let text = String::from_utf8_lossy(gen_time.content).into_owned();
        findings.push(Finding::new(FindingCode::GenTimeNotDer).with("time", text));
    }
    let accuracy_nanos = fields.optional(Tag::SEQUENCE)?.map(accuracy).transpose()?;
    let ordering = fields.optional(Tag::BOOLEAN)?.map(|e| e.boolean()).transpose()?.unwrap_or(false);
    let nonce = fields.optional(Tag::INTEGER)?.map(|e| e.integer()).transpose()?.map(serial_hex);
    let tsa = fields.optional(Tag::context(0))?.map(|e| e.explicit()).transpose()?;
    if let Some(extensions) = fields.optional(Tag::context(1))? {
        critical_extensions(extensions, &mut findings)?;
    }
    fields.finish()?;

    let info = TstInfo {
        version,
        policy,
        imprint_algorithm,
        imprint: imprint.into_owned().into(),
        serial,
        gen_time: time,
        accuracy_nanos,
        ordering,
        nonce,
        tsa: tsa.map(|name| name.bytes.to_vec().into()),
    };
    Ok((info, findings))
}

fn imprint_finding(algorithm: DigestFact, len: usize) -> Option<Finding> {
    let Some(known) = algorithm.algorithm else {
        return Some(Finding::new(FindingCode::ImprintAlgorithmUnknown).with("algorithm", algorithm.oid));
    };
    let length = || Finding::new(FindingCode::ImprintLength).with("algorithm", known).with("octets", len);
    (len != known.output_len()).then(length)
}

/// ```text
/// Accuracy ::= SEQUENCE { seconds INTEGER OPTIONAL, millis [0] INTEGER (1..999) OPTIONAL,
///     micros [1] INTEGER (1..999) OPTIONAL }
/// ```
/// (RFC 3161 2.4.2); a zero part is written by some TSAs and means what absence means.
fn accuracy(element: Element<'_, '_>) -> Result<u64, Error> {
    let mut fields = element.children()?;
    let mut part = |tag: Tag, range: std::ops::RangeInclusive<i64>, nanos: u64| -> Result<u64, Error> {
        let Some(field) = fields.optional(tag)? else { return Ok(0) };
        let value = field.implicit(Tag::INTEGER).integer_i64()?;
        let value = Some(value).filter(|v| range.contains(v)).and_then(|v| u64::try_from(v).ok());
        Ok(value.ok_or_else(|| field.invalid("accuracy"))?.saturating_mul(nanos))
    };
    let seconds = part(Tag::INTEGER, 0..=i64::MAX, 1_000_000_000)?;
    let millis = part(Tag::context(0), 0..=999, 1_000_000)?;
    let micros = part(Tag::context(1), 0..=999, 1_000)?;
    fields.finish()?;
    Ok(seconds.saturating_add(millis).saturating_add(micros))
}

/// Extensions (RFC 5280 4.2). None is understood in a TSTInfo, so every critical one is found.
fn critical_extensions(extensions: Element<'_, '_>, findings: &mut Vec<Finding>) -> Result<(), Error> {
    let mut list = extensions.children()?;
    while !list.is_empty() {
        let mut fields = list.expect(Tag::SEQUENCE)?.children()?;
        let oid = fields.expect(Tag::OID)?.oid()?;
        let critical = fields.optional(Tag::BOOLEAN)?.map(|e| e.boolean()).transpose()?.unwrap_or(false);
        fields.expect(Tag::OCTET_STRING)?;
        fields.finish()?;
        if critical {
            findings.push(Finding::new(FindingCode::TstInfoCriticalExtension).with("extension", oid));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TSTInfo with a SHA-1 imprint, this serial number, genTime 2024-05-20T03:04:05Z, and what follows it.
    fn encode(serial: &[u8], rest: &[&[u8]]) -> Vec<u8> {
        let element = |tag: u8, content: &[u8]| {
            let len = u8::try_from(content.len()).unwrap();
            let length = if len < 0x80 { vec![len] } else { vec![0x81, len] };
            [&[tag], &length[..], content].concat()
        };
        let imprint = [&hex::decode("300906052b0e03021a05000414").unwrap()[..], &[7; 20]].concat();
        let head = [&[2, 1, 1, 6, 2, 0x2a, 3][..], &element(0x30, &imprint), &element(2, serial)].concat();
        let gen_time = element(0x18, b"20240520030405Z");
        element(0x30, &[&head, &gen_time[..], &rest.concat()].concat())
    }

    fn read(serial: &[u8], rest: &[&[u8]]) -> Result<(TstInfo, Vec<&'static str>), Error> {
        let (info, findings) = parse(&encode(serial, rest), &Budget::default())?;
        Ok((info, findings.iter().map(|finding| finding.code.as_str()).collect()))
    }

    #[test]
    fn every_optional_field_may_be_absent() {
        let (info, findings) = read(&[0, 0x80], &[]).unwrap();
        assert_eq!(findings, [""; 0]);
        assert_eq!((info.serial.as_str(), info.policy.to_string().as_str()), ("80", "1.2.3"));
        assert_eq!((info.accuracy_nanos, info.ordering, info.nonce, info.tsa), (None, false, None, None));
    }

    #[test]
    fn accuracy_adds_its_parts_and_refuses_what_is_out_of_range() {
        let accuracy = |bytes: &[u8]| read(&[1], &[bytes]).map(|(info, _)| info.accuracy_nanos);
        assert_eq!(accuracy(&[0x30, 9, 2, 1, 2, 0x80, 1, 3, 0x81, 1, 4]), Ok(Some(2_003_004_000)));
        assert_eq!(accuracy(&[0x30, 0]), Ok(Some(0)));
        assert_eq!(accuracy(&[0x30, 4, 0x80, 2, 3, 0xe7]), Ok(Some(999_000_000)));
        assert!(accuracy(&[0x30, 4, 0x80, 2, 3, 0xe8]).is_err());
        assert!(accuracy(&[0x30, 3, 2, 1, 0xff]).is_err());
        assert!(accuracy(&[0x30, 6, 0x81, 1, 4, 0x80, 1, 3]).is_err(), "order");
    }

    #[test]
    fn a_serial_number_beyond_160_bits_is_a_finding() {
        let twenty = [&[0][..], &[0xff; 20]].concat();
        assert_eq!(read(&twenty, &[]).unwrap().1, [""; 0]);
        assert_eq!(read(&[0x11; 21], &[]).unwrap().1, ["tst-info-serial-length"]);
    }

    #[test]
    fn only_critical_extensions_are_found() {
        let extensions = |critical: u8| {
            let mut bytes = hex::decode("a10d300b06022a040101ff04020500").unwrap();
            bytes[10] = critical;
            read(&[1], &[&bytes]).unwrap().1
        };
        assert_eq!(extensions(0xff), ["tst-info-critical-extension"]);
        assert_eq!(extensions(0), [""; 0]);
    }

    #[test]
    fn fields_out_of_order_and_octets_behind_are_refused() {
        assert!(read(&[1], &[&[2, 1, 9], &[1, 1, 0xff]]).is_err());
        let (info, _) = read(&[1], &[&[1, 1, 0xff], &[2, 1, 9]]).unwrap();
        assert_eq!((info.ordering, info.nonce.as_deref()), (true, Some("09")));
        let behind = [encode(&[1], &[]), vec![5, 0]].concat();
        assert!(parse(&behind, &Budget::default()).is_err());
    }
}

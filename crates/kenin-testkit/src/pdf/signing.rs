//! Signature fields, document timestamps (ISO 32000-1 12.8, EN 319 142-1) and the document security store.

use super::Document;
use crate::algorithms::Hash;

/// /SubFilter of a signature dictionary.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SubFilter {
    /// ETSI.CAdES.detached.
    Pades,
    /// adbe.pkcs7.detached.
    Pkcs7,
    /// ETSI.RFC3161, in a dictionary of type /DocTimeStamp.
    DocumentTimestamp,
}

/// One signature field and the dictionary it is filled with.
#[derive(Clone)]
pub struct SignatureField<'a> {
    /// Partial field name.
    pub name: &'a str,
    /// Kind of signature.
    pub sub_filter: SubFilter,
    /// Octets set aside for /Contents.
    pub reserve: usize,
    /// /M as a PDF date.
    pub date: &'a str,
    /// Octets put after /Contents and left out of the signed ranges although they are no part of it.
    pub gap: &'a str,
}

impl<'a> SignatureField<'a> {
    /// A PAdES signature field.
    #[must_use]
    pub fn pades(name: &'a str, reserve: usize) -> SignatureField<'a> {
        let date = "D:20240520103000+09'00'";
        SignatureField { name, sub_filter: SubFilter::Pades, reserve, date, gap: "" }
    }

    /// A legacy `adbe.pkcs7.detached` signature field.
    #[must_use]
    pub fn pkcs7(name: &'a str, reserve: usize) -> SignatureField<'a> {
        SignatureField { sub_filter: SubFilter::Pkcs7, ..SignatureField::pades(name, reserve) }
    }

    /// A document timestamp field.
    #[must_use]
    pub fn timestamp(name: &'a str, reserve: usize) -> SignatureField<'a> {
        SignatureField { sub_filter: SubFilter::DocumentTimestamp, ..SignatureField::pades(name, reserve) }
    }
}

impl Document {
    /// Appends a revision with a signature: `make` gets the octets of both ranges and returns the CMS.
    /// Returns the whole /Contents value, zero padding included (the input of the VRI key).
    pub fn sign(&mut self, field: &SignatureField, make: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
        let signature = self.pdf.reserve();
        let widget = self.pdf.reserve();
        let (kind, sub_filter) = match field.sub_filter {
            SubFilter::Pades => ("Sig", "ETSI.CAdES.detached"),
            SubFilter::Pkcs7 => ("Sig", "adbe.pkcs7.detached"),
            SubFilter::DocumentTimestamp => ("DocTimeStamp", "ETSI.RFC3161"),
        };
        let date = if field.sub_filter == SubFilter::DocumentTimestamp {
            String::new()
        } else {
            format!("/M {} ", self.pdf.string(signature, field.date))
        };
        let head = format!(
            "<< /Type /{kind} /Filter /Adobe.PPKLite /SubFilter /{sub_filter} {date}/ByteRange [{:<46}] /Contents ",
            "0"
        );
        let contents = format!("<{}>", "0".repeat(field.reserve * 2));
        self.pdf.set(signature, format!("{head}{contents}{} >>", field.gap));
        self.attach_widget(signature, widget, field.name);

        let begin = self.pdf.offset(signature) + format!("{signature} 0 obj\n").len() + head.len();
        let end = begin + contents.len() + field.gap.len();
        let total = self.pdf.bytes().len();
        let range = format!("{:<46}", format!("0 {begin} {end} {}", total - end));
        let range_at = begin - "] /Contents ".len() - range.len();
        let bytes = self.pdf.bytes_mut();
        bytes[range_at..range_at + range.len()].copy_from_slice(range.as_bytes());

        let covered = [&bytes[..begin], &bytes[end..]].concat();
        let mut value = make(&covered);
        assert!(value.len() <= field.reserve, "{} octets do not fit into {}", value.len(), field.reserve);
        value.resize(field.reserve, 0);
        bytes[begin + 1..begin + 1 + value.len() * 2].copy_from_slice(hex::encode(&value).as_bytes());
        value
    }

    /// Appends a revision with a signature field filled with the same dictionary object as an earlier one.
    pub fn reuse_signature(&mut self, signature: u32, name: &str) {
        let widget = self.pdf.reserve();
        self.attach_widget(signature, widget, name);
    }

    /// The object number of the newest signature dictionary.
    #[must_use]
    pub fn newest_signature(&self) -> u32 {
        self.fields.last().unwrap() - 1
    }

    fn attach_widget(&mut self, signature: u32, widget: u32, name: &str) {
        let title = self.pdf.string(widget, name);
        let body = format!(
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T {title} /V {signature} 0 R /P {} 0 R /Rect [0 0 0 0] /F 132 >>",
            self.page
        );
        self.pdf.set(widget, body);
        self.fields.push(widget);
        self.touch_catalog();
        self.touch_page();
        self.pdf.finish_revision(self.layout);
    }

    /// Appends a revision with a DSS holding `certificates` and `crls`, and a VRI entry for `contents`.
    pub fn add_dss(&mut self, certificates: &[&[u8]], crls: &[&[u8]], contents: &[u8]) {
        let mut streams = |list: &[&[u8]]| -> String {
            let numbers: Vec<String> = list.iter().map(|der| format!("{} 0 R", self.pdf.add_stream("", der))).collect();
            format!("[{}]", numbers.join(" "))
        };
        let (certificates, crls) = (streams(certificates), streams(crls));
        let key = hex::encode_upper(Hash::Sha1.digest(contents));
        let body = format!(
            "<< /Type /DSS /Certs {certificates} /CRLs {crls} /VRI << /{key} << /Type /VRI /Cert {certificates} /CRL {crls} >> >> >>"
        );
        self.dss = Some(self.pdf.add(body));
        self.touch_catalog();
        self.pdf.finish_revision(self.layout);
    }
}

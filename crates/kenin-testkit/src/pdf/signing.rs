//! Signature fields, document timestamps (ISO 32000-1 12.8, EN 319 142-1) and the document security store.

use super::Document;
use super::forms::{Rectangle, array};
use crate::algorithms::Hash;

/// /SubFilter of a signature dictionary.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SubFilter {
    /// ETSI.CAdES.detached.
    Pades,
    /// adbe.pkcs7.detached.
    Pkcs7,
    /// adbe.pkcs7.sha1: a CMS whose content is the SHA-1 digest of the ranges.
    Pkcs7Sha1,
    /// adbe.x509.rsa_sha1: a PKCS #1 value, the certificates in /Cert.
    X509RsaSha1,
    /// ETSI.RFC3161, in a dictionary of type /DocTimeStamp.
    DocumentTimestamp,
}

impl SubFilter {
    fn name(self) -> &'static str {
        match self {
            SubFilter::Pades => "ETSI.CAdES.detached",
            SubFilter::Pkcs7 => "adbe.pkcs7.detached",
            SubFilter::Pkcs7Sha1 => "adbe.pkcs7.sha1",
            SubFilter::X509RsaSha1 => "adbe.x509.rsa_sha1",
            SubFilter::DocumentTimestamp => "ETSI.RFC3161",
        }
    }
}

/// How field, widget and signature dictionary are spread over objects (12.7.3, 12.5.6.19).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Field and widget in one object, the signature dictionary in another.
    Merged,
    /// The signature dictionary directly inside /V.
    Direct,
    /// The widget in an object of its own, the only one of /Kids.
    SeparateWidget,
    /// A parent, `Group`, that has /FT.
    InheritedType,
    /// A parent, `Group`, that has /FT and /V.
    InheritedValue,
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
    /// Entries of the signature dictionary before /ByteRange.
    pub entries: &'a str,
    /// Entries of the signature dictionary after /Contents.
    pub last_entries: &'a str,
    /// /ByteRange as made from where the gap begins, where it ends and how long the file is.
    pub byte_range: fn(usize, usize, usize) -> String,
    /// Further entries of the field: /Lock, /SV.
    pub field_entries: &'a str,
    /// Where its widget shows, and the appearance stream: nowhere, unless given.
    pub visible: Option<(Rectangle, u32)>,
    /// How it is spread over objects.
    pub shape: Shape,
    /// An existing merged field to fill instead of a new one.
    pub existing: Option<u32>,
    /// Whether the catalog names it as the certification (12.8.4).
    pub certifies: bool,
}

impl<'a> SignatureField<'a> {
    /// A PAdES signature field.
    #[must_use]
    pub fn pades(name: &'a str, reserve: usize) -> SignatureField<'a> {
        let date = "D:20240520103000+09'00'";
        SignatureField {
            name,
            sub_filter: SubFilter::Pades,
            reserve,
            date,
            gap: "",
            entries: "",
            last_entries: "",
            byte_range: |begin, end, total| format!("0 {begin} {end} {}", total - end),
            field_entries: "",
            visible: None,
            shape: Shape::Merged,
            existing: None,
            certifies: false,
        }
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
        let widget = field.existing.unwrap_or_else(|| self.pdf.reserve());
        // In an encrypted file the key of a string is that of the object it stands in.
        let container = if field.shape == Shape::Direct { widget } else { signature };
        let is_timestamp = field.sub_filter == SubFilter::DocumentTimestamp;
        let kind = if is_timestamp { "DocTimeStamp" } else { "Sig" };
        let date = if is_timestamp { String::new() } else { format!("/M {} ", self.pdf.string(container, field.date)) };
        let head = format!(
            "<< /Type /{kind} /Filter /Adobe.PPKLite /SubFilter /{} {date}{}/ByteRange [{:<46}] /Contents ",
            field.sub_filter.name(),
            field.entries,
            "0"
        );
        let contents = format!("<{}>", "0".repeat(field.reserve * 2));
        let dictionary = format!("{head}{contents}{}{} >>", field.gap, field.last_entries);
        if field.certifies {
            self.catalog_entries.push_str(&format!(" /Perms << /DocMDP {signature} 0 R >>"));
        }
        let before = if field.shape == Shape::Direct {
            let before = self.attach(widget, "", field, "");
            self.pdf.set(widget, format!("{before} /V {dictionary} >>"));
            before.len() + " /V ".len()
        } else {
            self.pdf.set(signature, dictionary);
            let body = self.attach(widget, &format!(" /V {signature} 0 R"), field, " >>");
            self.pdf.set(widget, body);
            self.newest_signature = signature;
            0
        };
        if field.existing.is_none() || field.certifies {
            self.touch_catalog();
        }
        if field.existing.is_none() {
            self.touch_page();
        }
        self.finish();

        let begin = self.pdf.offset(container) + self.pdf.object_line(container).len() + before + head.len();
        let end = begin + contents.len() + field.gap.len();
        let total = self.pdf.bytes().len();
        let range = format!("{:<46}", (field.byte_range)(begin, end, total));
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
        let body = self.attach(widget, &format!(" /V {signature} 0 R"), &SignatureField::pades(name, 0), " >>");
        self.pdf.set(widget, body);
        self.touch_catalog();
        self.touch_page();
        self.finish();
    }

    /// The object number of the newest signature dictionary.
    #[must_use]
    pub fn newest_signature(&self) -> u32 {
        self.newest_signature
    }

    /// Adds an empty signature field to the open revision and returns its number.
    pub fn add_empty_signature_field(&mut self, field: &SignatureField) -> u32 {
        let widget = self.pdf.reserve();
        let body = self.attach(widget, "", field, " >>");
        self.pdf.set(widget, body);
        self.touch_catalog();
        self.touch_page();
        widget
    }

    /// Puts a signature field among the form's fields and the page's annotations; returns the body of the object
    /// `widget`, with `value` at its place and `close` at the end, and writes the other objects it consists of.
    fn attach(&mut self, widget: u32, value: &str, field: &SignatureField, close: &str) -> String {
        let title = self.pdf.string(widget, field.name);
        let page = self.page;
        let rect = array(field.visible.map_or([0; 4], |(rectangle, _)| rectangle));
        let appearance = field.visible.map_or_else(String::new, |(_, stream)| format!(" /AP << /N {stream} 0 R >>"));
        let look = format!("/P {page} 0 R /Rect {rect} /F 132{appearance}");
        let more = field.field_entries;
        if field.existing.is_none() {
            self.annotations.push(widget);
        }
        let (root, body) = match field.shape {
            Shape::Merged | Shape::Direct => {
                let head = "<< /Type /Annot /Subtype /Widget /FT /Sig /T";
                (widget, format!("{head} {title}{value} {look}{more}{close}"))
            }
            Shape::SeparateWidget => {
                let parent = self.pdf.reserve();
                self.pdf.set(parent, format!("<< /FT /Sig /T {title}{value} /Kids [{widget} 0 R]{more} >>"));
                (parent, format!("<< /Type /Annot /Subtype /Widget /Parent {parent} 0 R {look}{close}"))
            }
            Shape::InheritedType | Shape::InheritedValue => {
                let parent = self.pdf.reserve();
                let (above, below) = if field.shape == Shape::InheritedType { ("", value) } else { (value, "") };
                self.pdf.set(parent, format!("<< /FT /Sig /T (Group){above} /Kids [{widget} 0 R] >>"));
                let head = format!("<< /Type /Annot /Subtype /Widget /Parent {parent} 0 R /T {title}");
                (parent, format!("{head}{below} {look}{more}{close}"))
            }
        };
        if field.existing.is_none() {
            self.fields.push(root);
        }
        body
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

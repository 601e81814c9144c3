//! One signed record of an archive, sound or bent in one way.

use rand_core::RngCore as _;

use crate::World;
use crate::algorithms::SignatureAlgorithm;
use crate::cms::{SignedData, Signer};
use crate::fixtures::recipes::{RESERVE, Recipes};
use crate::keys::Seeded;
use crate::pdf::{Document, Layout, SignatureField, helvetica, line};

const REFERRAL: &str = include_str!("../../assets/referral.xml");
/// The patient number and the document number in that letter.
const PATIENT: &str = "DEMO-0000123";
const LETTER: &str = "DEMO-REF-0001";
/// Octets in a row of the scanned picture.
const ROW: usize = 100;
/// Months over which an archive spreads, from April 2014 on.
const MONTHS: u32 = 120;
/// Octets that revocation lists inside the CMS need beside [`RESERVE`].
const LISTS: usize = 2500;

/// A record and what all its files have in common.
pub(super) struct Record<'w> {
    world: &'w World,
    gen_time: String,
    patient: String,
    /// Year, month and day of the visit; the record was scanned and signed later.
    date: (u32, u32, u32),
    scan: Vec<u8>,
}

/// How a signature is made.
#[derive(Clone, Copy)]
pub(super) struct Spec {
    /// Whose card signs.
    pub card: &'static str,
    /// How, unless as the key usually does.
    pub algorithm: Option<SignatureAlgorithm>,
    /// The signature timestamp.
    pub stamp: Stamp,
    /// Whether the revocation lists are there.
    pub lists: bool,
    /// Whether the signing-certificate attribute is.
    pub reference: bool,
    /// What is done to the signature when it is finished.
    pub bend: fn(&mut SignedData),
}

/// A signature timestamp.
#[derive(Clone, Copy)]
pub(super) enum Stamp {
    Absent,
    /// A good one of this unit.
    By(&'static str),
    OverOtherBytes,
    Broken,
}

/// A doctor's signature with everything that it needs.
pub(super) const SOUND: Spec =
    Spec { card: "doctor", algorithm: None, stamp: Stamp::By("tsu-a"), lists: true, reference: true, bend: |_| {} };

/// What is added to a signed PDF file, and where its revocation lists are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Nothing; lists inside the CMS.
    T,
    /// A DSS with the lists.
    Lt,
    /// A document timestamp over that.
    Lta,
}

impl<'w> Record<'w> {
    /// The record `number`, with a scanned picture of `scan` octets or a few more.
    pub fn new(world: &'w World, seed: u64, number: u64, scan: Option<usize>) -> Record<'w> {
        let subject = [seed.to_be_bytes(), number.to_be_bytes()].concat();
        let mut random = Seeded::new("hospital-record", &subject);
        let month = random.next_u32() % MONTHS + 3;
        let date = (2014 + month / 12, month % 12 + 1, random.next_u32() % 28 + 1);
        let rows = scan.map_or(10 + random.next_u32() as usize % 160, |octets| octets.div_ceil(ROW));
        let mut scan = vec![0; rows * ROW];
        random.fill_bytes(&mut scan);
        // After the signing time that CAdES signatures claim, before the document timestamps.
        let second = number % 600;
        let gen_time = format!("202405200{}{:02}Z", 130 + second / 60, second % 60);
        Record { world, gen_time, patient: format!("DEMO-{number:07}"), date, scan }
    }

    /// Where its files lie, without their endings.
    pub fn path(&self) -> String {
        let (year, month, _) = self.date;
        format!("{year}/{month:02}/{}", self.patient)
    }

    /// The picture alone.
    pub fn scan(&self) -> &[u8] {
        &self.scan
    }

    /// What the page says, up to a date which can be changed.
    fn text(&self) -> String {
        let (year, month, day) = self.date;
        format!("DEMO {} discharged {year}-{month:02}-{day:02}", self.patient)
    }

    fn page_content(&self, text: &str) -> Vec<u8> {
        [&line(text)[..], b"q 451 0 0 640 72 90 cm /Scan Do Q\n"].concat()
    }

    /// The page, unsigned.
    pub fn page(&self, layout: Layout) -> Document {
        Document::new(layout, &self.page_content(&self.text()), |pdf| {
            let fonts = helvetica(pdf);
            let entries = format!(
                "/Type /XObject /Subtype /Image /Width {ROW} /Height {} /ColorSpace /DeviceGray /BitsPerComponent 8",
                self.scan.len() / ROW
            );
            let scan = pdf.add_stream(&entries, &self.scan);
            format!("{fonts} /XObject << /Scan {scan} 0 R >>")
        })
    }

    /// The page, signed.
    pub fn pdf(&self, level: Level, layout: Layout, spec: Spec) -> Document {
        let mut document = self.page(layout);
        let contents = self.sign(&mut document, "Signature1", level, spec);
        if level != Level::T {
            self.add_dss(&mut document, &contents, spec);
        }
        if level == Level::Lta {
            self.recipes().timestamp_document(&mut document);
        }
        document
    }

    /// The page with two signatures, LT.
    pub fn signed_twice(&self, first: Spec, second: Spec) -> Document {
        let mut document = self.page(Layout::Classic);
        self.sign(&mut document, "Signature1", Level::Lt, first);
        let contents = self.sign(&mut document, "Signature2", Level::Lt, second);
        self.add_dss(&mut document, &contents, second);
        document
    }

    /// The page, LT without a signature timestamp, with a document timestamp over something else.
    pub fn document_timestamp_over_other_bytes(&self) -> Document {
        let mut document = self.pdf(Level::Lt, Layout::Classic, Spec { stamp: Stamp::Absent, ..SOUND });
        document.sign(&SignatureField::timestamp("Timestamp1", 3000), |_| {
            self.recipes().token("tsu-a", self.patient.as_bytes()).to_der()
        });
        document
    }

    /// `document` with a revision that shows another patient.
    pub fn with_text_replaced(&self, mut document: Document) -> Document {
        document.pdf.set_stream(document.content, "", &self.page_content("DEMO another patient"));
        document.finish();
        document
    }

    /// The file with one bit of its text changed.
    pub fn with_text_flipped(&self, document: Document) -> Vec<u8> {
        let mut bytes = document.into_bytes();
        let text = self.text();
        let at = bytes.windows(text.len()).position(|window| window == text.as_bytes()).unwrap();
        bytes[at + text.len() - 1] ^= 1;
        bytes
    }

    /// A referral letter.
    pub fn letter(&self) -> Vec<u8> {
        let picture = format!("<!-- {} -->\n</ClinicalDocument>", hex::encode(&self.scan));
        let letter = REFERRAL.replace(PATIENT, &self.patient).replace(LETTER, &format!("REF-{}", self.patient));
        letter.replace("</ClinicalDocument>", &picture).into_bytes()
    }

    /// CAdES over the letter, without it.
    pub fn detached(&self, spec: Spec) -> SignedData {
        let content = self.letter();
        self.signed(spec, &content, true, |recipes, signer| recipes.cades_attributes(signer, &content))
    }

    /// CAdES over the letter, with it.
    pub fn attached(&self, spec: Spec) -> SignedData {
        let mut data = self.detached(spec);
        data.content = Some(self.letter());
        data
    }

    fn sign(&self, document: &mut Document, field: &str, level: Level, spec: Spec) -> Vec<u8> {
        let (lists, reserve) = if level == Level::T { (true, RESERVE + LISTS) } else { (false, RESERVE) };
        document.sign(&SignatureField::pades(field, reserve), |covered| {
            self.signed(spec, covered, lists, |_, signer| signer.attributes(covered)).to_der()
        })
    }

    fn add_dss(&self, document: &mut Document, contents: &[u8], spec: Spec) {
        let material = self.recipes().material(spec.card);
        let lists: &[&[u8]] = if spec.lists { &material.crls } else { &[] };
        document.add_dss(&material.certificates, lists, contents);
    }

    /// Detached SignedData over `content`.
    fn signed(
        &self,
        spec: Spec,
        content: &[u8],
        lists: bool,
        attributes: impl FnOnce(Recipes, &Signer) -> Vec<Vec<u8>>,
    ) -> SignedData {
        let recipes = self.recipes();
        let usual = Signer::of_data(self.world.identity(spec.card));
        let signer = Signer { algorithm: spec.algorithm.unwrap_or(usual.algorithm), ..usual };
        let mut attributes = attributes(recipes, &signer);
        if !spec.reference {
            attributes.remove(2);
        }
        let info = signer.sign(attributes);
        let token = |tsu| recipes.token(tsu, &info.signature);
        let token = match spec.stamp {
            Stamp::Absent => None,
            Stamp::By(tsu) => Some(token(tsu).signed_data()),
            Stamp::OverOtherBytes => Some(recipes.token("tsu-a", content).signed_data()),
            Stamp::Broken => {
                let mut token = token("tsu-a").signed_data();
                token.signers[0].signature[100] ^= 1;
                Some(token)
            }
        };
        let info = match token {
            Some(token) => info.with_timestamp(&token.to_der()),
            None => info,
        };
        let material = recipes.material(spec.card);
        let lists: &[&[u8]] = if lists && spec.lists { &material.crls } else { &[] };
        let mut data = SignedData::detached(info).carrying(&material.certificates, lists);
        (spec.bend)(&mut data);
        data
    }

    fn recipes(&self) -> Recipes<'_> {
        Recipes { gen_time: &self.gen_time, ..Recipes::new(self.world) }
    }
}

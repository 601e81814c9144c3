//! What records of an archive are like, and what is to be said of each.

use rand_core::RngCore as _;

use super::ledger::Line;
use super::ledger::Verdict::{self, Indeterminate, Invalid, NoSignature, Valid};
use super::record::{Level, Record, SOUND, Spec, Stamp};
use crate::algorithms::{Hash, SignatureAlgorithm};
use crate::cms::SignedData;
use crate::keys::Seeded;
use crate::pdf::Layout;

/// A kind of record.
pub(super) struct Kind {
    /// Its name in the ledger.
    pub name: &'static str,
    /// What it is made as: `pdf`, `cms` or `other`.
    pub format: &'static str,
    /// Of [`PERIOD`] records, how many are of this kind.
    pub share: usize,
    /// What is to be said of it.
    pub expected: Expected,
    /// Makes its files. The last one is the record; a file before it is what it signs.
    pub make: Make,
}

/// The ending and the octets of a file.
pub(super) type File = (&'static str, Vec<u8>);

/// Makes the files of a record.
type Make = fn(&Record) -> Vec<File>;

/// What is to be said of a record, by the case of `tests/cases.toml` that is made alike. `None` where nothing fixes it, an
/// empty string where there is none.
#[derive(Clone, Copy)]
pub(super) struct Expected {
    /// The verdict.
    pub verdict: Verdict,
    /// Sub-indication of the first signature.
    pub sub_indication: Option<&'static str>,
    /// The first blocking requirement that is not met, else the first that is not decided.
    pub requirement: Option<&'static str>,
}

impl Kind {
    /// The line of a record of this kind.
    pub fn line(&self, path: String) -> Line {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Line {
            path,
            kind: self.name.to_owned(),
            format: self.format.to_owned(),
            verdict: self.expected.verdict,
            sub_indication: text(self.expected.sub_indication),
            requirement: text(self.expected.requirement),
        }
    }
}

/// Records after which each kind has come as often as its share says: four fifths are sound.
pub(super) const PERIOD: usize = 200;

const PERSON: Option<&str> = Some("14-1-1(1)");
const LICENCE: Option<&str> = Some("14-1-1(2)");
const STAMPED: Option<&str> = Some("14-1-2");
const ACCREDITED: Option<&str> = Some("14-1-2(1)");
const UNREVOKED: Option<&str> = Some("14-1-3");
const NONE: Option<&str> = Some("");

const fn sound(name: &'static str, format: &'static str, share: usize, make: Make) -> Kind {
    let expected = Expected { verdict: Valid, sub_indication: NONE, requirement: NONE };
    Kind { name, format, share, expected, make }
}

/// One of [`PERIOD`] records.
const fn defect(name: &'static str, format: &'static str, said: Said, make: Make) -> Kind {
    let (verdict, sub_indication, requirement) = said;
    Kind { name, format, share: 1, expected: Expected { verdict, sub_indication, requirement }, make }
}

/// The fields of [`Expected`].
type Said = (Verdict, Option<&'static str>, Option<&'static str>);

/// A PDF file by a card that differs from the doctor's in one thing.
macro_rules! card {
    ($name:literal, $card:literal, $said:expr) => {
        defect($name, "pdf", $said, |record| pdf(record, Level::T, Spec { card: $card, ..SOUND }))
    };
}

/// A PDF file with such a timestamp.
macro_rules! stamp {
    ($name:literal, $stamp:expr, $said:expr) => {
        defect($name, "pdf", $said, |record| pdf(record, Level::T, Spec { stamp: $stamp, ..SOUND }))
    };
}

/// Every kind. Names follow the cases.
pub(super) const KINDS: &[Kind] = &[
    sound("pades-t", "pdf", 40, |record| pdf(record, Level::T, SOUND)),
    sound("pades-t-xref-streams", "pdf", 10, |record| laid_out(record, Level::T, Layout::Streams)),
    sound("pades-t-p256", "pdf", 4, |record| pdf(record, Level::T, Spec { card: "doctor-p256", ..SOUND })),
    sound("pades-t-pss", "pdf", 4, |record| {
        pdf(record, Level::T, Spec { algorithm: Some(SignatureAlgorithm::RsaPss(Hash::Sha256)), ..SOUND })
    }),
    sound("licence-pharmacist", "pdf", 4, |record| pdf(record, Level::T, Spec { card: "pharmacist", ..SOUND })),
    sound("licence-nurse", "pdf", 4, |record| pdf(record, Level::T, Spec { card: "nurse", ..SOUND })),
    sound("tsa-by-issuing-ca", "pdf", 4, |record| pdf(record, Level::T, Spec { stamp: Stamp::By("tsu-b"), ..SOUND })),
    sound("pades-lt", "pdf", 30, |record| laid_out(record, Level::Lt, Layout::Classic)),
    sound("pades-lt-hybrid", "pdf", 6, |record| laid_out(record, Level::Lt, Layout::Hybrid)),
    sound("pades-lt-xref-streams", "pdf", 6, |record| laid_out(record, Level::Lt, Layout::Streams)),
    sound("pades-lt-dts", "pdf", 20, |record| laid_out(record, Level::Lta, Layout::Classic)),
    sound("pades-two-signatures", "pdf", 6, |record| {
        one(".pdf", record.signed_twice(SOUND, Spec { card: "pharmacist", ..SOUND }).into_bytes())
    }),
    sound("cades-t-attached", "cms", 10, |record| attached(record, SOUND)),
    sound("cades-t-p256", "cms", 2, |record| attached(record, Spec { card: "doctor-p256", ..SOUND })),
    sound("cades-t-detached", "cms", 10, |record| detached(record, record.letter())),
    // The document.
    defect("a1-flipped-text", "pdf", (Invalid, Some("HASH_FAILURE"), PERSON), |record| {
        one(".pdf", record.with_text_flipped(record.pdf(Level::Lt, Layout::Classic, SOUND)))
    }),
    defect("pdf-flipped-signature", "pdf", (Invalid, Some("SIG_CRYPTO_FAILURE"), PERSON), |record| {
        pdf(record, Level::Lt, Spec { bend: flip, ..SOUND })
    }),
    defect("later-revision-replaces-text", "pdf", (Invalid, Some("FORMAT_FAILURE"), PERSON), |record| {
        let signed = record.pdf(Level::Lt, Layout::Classic, SOUND);
        one(".pdf", record.with_text_replaced(signed).into_bytes())
    }),
    defect("a7-trailing-junk", "pdf", (Invalid, Some("FORMAT_FAILURE"), PERSON), |record| {
        let signed = record.pdf(Level::T, Layout::Classic, SOUND).into_bytes();
        one(".pdf", [&signed, record.scan()].concat())
    }),
    defect("flipped-content", "cms", (Invalid, Some("HASH_FAILURE"), PERSON), |record| {
        let mut data = record.attached(SOUND);
        data.content.iter_mut().for_each(|content| content[500] ^= 1);
        one(".xml.p7m", data.to_der())
    }),
    defect("flipped-signature", "cms", (Invalid, Some("SIG_CRYPTO_FAILURE"), PERSON), |record| {
        attached(record, Spec { bend: flip, ..SOUND })
    }),
    defect("detached-with-other-content", "cms", (Invalid, Some("HASH_FAILURE"), PERSON), |record| {
        detached(record, [&record.letter()[..], b"\n"].concat())
    }),
    defect("detached-without-content", "cms", (Indeterminate, Some("SIGNED_DATA_NOT_FOUND"), None), |record| {
        one(".xml.p7s", record.detached(SOUND).to_der())
    }),
    // The signer's certificate and its revocation.
    card!("revoked-before-timestamp", "revoked", (Invalid, Some("REVOKED_NO_POE"), UNREVOKED)),
    card!("revoked-key-compromise", "key-compromise", (Invalid, Some("REVOKED_NO_POE"), UNREVOKED)),
    card!("certificate-on-hold", "on-hold", (Indeterminate, Some("TRY_LATER"), UNREVOKED)),
    card!("no-licence", "staff", (Invalid, NONE, LICENCE)),
    card!("manager-role-only", "director", (Invalid, NONE, LICENCE)),
    card!("wrong-coding-scheme", "wrong-scheme", (Invalid, NONE, LICENCE)),
    card!("unrecognised-role", "unrecognised", (Indeterminate, NONE, LICENCE)),
    card!("test-card", "test-card", (Invalid, Some("CHAIN_CONSTRAINTS_FAILURE"), LICENCE)),
    card!("authentication-certificate", "auth-person", (Invalid, Some("CHAIN_CONSTRAINTS_FAILURE"), LICENCE)),
    card!("root-not-pinned", "unknown-root-doctor", (Indeterminate, Some("NO_CERTIFICATE_CHAIN_FOUND"), PERSON)),
    card!("intermediate-expired", "expired-ca-doctor", (Indeterminate, Some("OUT_OF_BOUNDS_NO_POE"), None)),
    card!("certificate-expired-before-timestamp", "expired", (Invalid, Some("OUT_OF_BOUNDS_NOT_REVOKED"), UNREVOKED)),
    // Row 4 of the verdict table decides; how the certificate fails at the validation time does not matter.
    defect("certificate-expired-without-timestamp", "pdf", (Invalid, None, STAMPED), |record| {
        pdf(record, Level::T, Spec { card: "expired", stamp: Stamp::Absent, ..SOUND })
    }),
    defect("pades-t-no-evidence", "pdf", (Indeterminate, Some("TRY_LATER"), UNREVOKED), |record| {
        pdf(record, Level::T, Spec { lists: false, ..SOUND })
    }),
    defect("no-revocation-data", "cms", (Indeterminate, Some("TRY_LATER"), UNREVOKED), |record| {
        attached(record, Spec { lists: false, ..SOUND })
    }),
    defect("no-signing-certificate", "cms", (Indeterminate, Some("SIG_CONSTRAINTS_FAILURE"), PERSON), |record| {
        attached(record, Spec { reference: false, ..SOUND })
    }),
    defect("cades-revoked-before-timestamp", "cms", (Invalid, Some("REVOKED_NO_POE"), UNREVOKED), |record| {
        attached(record, Spec { card: "revoked", ..SOUND })
    }),
    defect("cades-no-licence", "cms", (Invalid, NONE, LICENCE), |record| {
        attached(record, Spec { card: "staff", ..SOUND })
    }),
    // The timestamp.
    stamp!("pades-b", Stamp::Absent, (Invalid, NONE, STAMPED)),
    stamp!("timestamp-over-other-bytes", Stamp::OverOtherBytes, (Invalid, NONE, STAMPED)),
    stamp!("timestamp-signature-broken", Stamp::Broken, (Invalid, NONE, STAMPED)),
    stamp!("tsa-untrusted", Stamp::By("tsu-i"), (Indeterminate, NONE, STAMPED)),
    stamp!("tsa-accreditation-ended", Stamp::By("tsu-c"), (Invalid, NONE, ACCREDITED)),
    stamp!("tsa-accreditation-unknown", Stamp::By("tsu-d"), (Indeterminate, NONE, ACCREDITED)),
    defect("dts-over-other-bytes", "pdf", (Invalid, NONE, STAMPED), |record| {
        one(".pdf", record.document_timestamp_over_other_bytes().into_bytes())
    }),
    defect("cades-b-detached", "cms", (Invalid, NONE, STAMPED), |record| {
        let data = record.detached(Spec { stamp: Stamp::Absent, ..SOUND });
        vec![(".xml", record.letter()), (".xml.p7s", data.to_der())]
    }),
    // What is no signature, or no longer.
    defect("pdf-truncated-after-signature", "pdf", (Invalid, None, None), |record| {
        let signed = record.pdf(Level::T, Layout::Classic, SOUND).into_bytes();
        one(".pdf", signed[..signed.len() - 100].to_vec())
    }),
    defect("pdf-truncated-before-signature", "pdf", (NoSignature, None, None), |record| {
        let signed = record.pdf(Level::T, Layout::Classic, SOUND).into_bytes();
        one(".pdf", signed[..record.scan().len()].to_vec())
    }),
    defect("cms-truncated", "cms", (NoSignature, None, None), |record| {
        let signed = record.attached(SOUND).to_der();
        one(".xml.p7m", signed[..signed.len() / 2].to_vec())
    }),
    defect("unsigned-pdf", "pdf", (NoSignature, None, None), |record| {
        one(".pdf", record.page(Layout::Classic).into_bytes())
    }),
    defect("not-a-pdf", "other", (NoSignature, None, None), |record| one(".pdf", record.letter())),
    defect("garbage", "other", (NoSignature, None, None), |record| {
        one(".jpg", [b"\xff\xd8\xff\xe0", record.scan()].concat())
    }),
];

/// The kind of record `number`: each run of [`PERIOD`] is shuffled anew.
pub(super) fn kind_of(seed: u64, number: u64) -> &'static Kind {
    let (run, place) = (number / PERIOD as u64, number as usize % PERIOD);
    let mut order: Vec<&Kind> = KINDS.iter().flat_map(|kind| std::iter::repeat_n(kind, kind.share)).collect();
    let mut random = Seeded::new("hospital-order", &[seed.to_be_bytes(), run.to_be_bytes()].concat());
    for last in (1..order.len()).rev() {
        order.swap(last, random.next_u32() as usize % (last + 1));
    }
    order[place]
}

fn one(ending: &'static str, bytes: Vec<u8>) -> Vec<File> {
    vec![(ending, bytes)]
}

fn pdf(record: &Record, level: Level, spec: Spec) -> Vec<File> {
    one(".pdf", record.pdf(level, Layout::Classic, spec).into_bytes())
}

fn laid_out(record: &Record, level: Level, layout: Layout) -> Vec<File> {
    one(".pdf", record.pdf(level, layout, SOUND).into_bytes())
}

fn attached(record: &Record, spec: Spec) -> Vec<File> {
    one(".xml.p7m", record.attached(spec).to_der())
}

/// A sound signature over the letter beside `content`.
fn detached(record: &Record, content: Vec<u8>) -> Vec<File> {
    vec![(".xml", content), (".xml.p7s", record.detached(SOUND).to_der())]
}

fn flip(data: &mut SignedData) {
    data.signers[0].signature[100] ^= 1;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn each_kind_has_its_share_of_a_period() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        (PERIOD..2 * PERIOD).for_each(|number| *counts.entry(kind_of(5, number as u64).name).or_default() += 1);
        assert_eq!(counts, KINDS.iter().map(|kind| (kind.name, kind.share)).collect());
        let sound = KINDS.iter().filter(|kind| kind.expected.verdict == Valid).map(|kind| kind.share);
        assert_eq!(sound.sum::<usize>() * 5, PERIOD * 4);
    }
}

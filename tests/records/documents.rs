//! Records of 2016 made in memory, one step after the other, and the revocation lists of any day.

use kenin_testkit::TSA_POLICY;
use kenin_testkit::ageing::Ageing;
use kenin_testkit::algorithms::Hash;
use kenin_testkit::archive::{self, IndexVersion};
use kenin_testkit::certificates::Identity;
use kenin_testkit::cms::{SignedData, Signer, attribute, signing_time};
use kenin_testkit::crl::Revoked;
use kenin_testkit::pdf::{Document, Layout, SignatureField};
use kenin_testkit::tokens::TokenSpec;

/// What is signed.
pub const NOTE: &[u8] = b"DEMO note of 2016, kept for as long as the guideline asks.\n";

/// genTime of the signature timestamp, of the renewals five and ten years later, and the same as reports have them.
pub const SIGNED: &str = "20160510013005Z";
pub const RENEWED: &str = "20210301010000Z";
pub const RENEWED_AGAIN: &str = "20260301010000Z";
pub const IN_2016: &str = "2016-05-10T01:30:05Z";
pub const IN_2021: &str = "2021-03-01T01:00:00Z";
pub const IN_2026: &str = "2026-03-01T01:00:00Z";

/// A list of `issuer` that names nobody.
pub fn list(issuer: &str, from: &'static str, to: &'static str) -> Vec<u8> {
    world().crl(issuer, from, to)
}

/// A list that names `name` since `date`, for a CRLReason code if any.
pub fn naming(
    issuer: &str,
    (from, to): (&'static str, &'static str),
    (name, date, reason): (&str, &'static str, Option<u8>),
) -> Vec<u8> {
    let entry = Revoked { reason, ..Revoked::new(world().identity(name), date, 0) };
    world().crl_with(issuer, from, to, vec![entry])
}

/// The lists of the days around signing: about the card, its CA, the time-stamping unit.
pub fn card_2016() -> Vec<u8> {
    list("ca", "2016-05-10T17:00:01Z", "2016-05-14T17:00:01Z")
}

pub fn root_2016() -> Vec<u8> {
    list("root", "2016-05-01T00:00:00Z", "2016-08-01T00:00:00Z")
}

pub fn tsa_2016() -> Vec<u8> {
    list("tsa", "2016-05-11T00:00:00Z", "2016-08-11T00:00:00Z")
}

/// Those of the days before the first renewal.
pub fn of_2021() -> [Vec<u8>; 2] {
    ["root", "tsa"].map(|issuer| list(issuer, "2021-02-25T00:00:00Z", "2021-05-25T00:00:00Z"))
}

/// That of the days before the second.
pub fn tsa_2026() -> Vec<u8> {
    list("tsa", "2026-02-25T00:00:00Z", "2026-05-25T00:00:00Z")
}

pub fn world() -> &'static Ageing {
    static WORLD: std::sync::OnceLock<Ageing> = std::sync::OnceLock::new();
    WORLD.get_or_init(Ageing::build)
}

/// A CAdES signature over [`NOTE`] with the certificates of its chain.
#[derive(Clone)]
pub struct Record {
    pub data: SignedData,
}

impl Record {
    /// Signed by a card, without a timestamp.
    pub fn signed_by(card: &str, authorities: &[&str]) -> Record {
        let signer = Signer::of_data(world().identity(card));
        let mut attributes = signer.attributes(NOTE);
        attributes.push(signing_time("2016-05-10T01:30:00Z"));
        let chain = world().certificates(&[&[card], authorities].concat());
        Record { data: SignedData::attached(signer.sign(attributes), NOTE).carrying(&chain, &[]) }
    }

    /// CAdES-T by the doctor whose CA ends in 2021.
    pub fn t() -> Record {
        Record::signed_by("doctor", &["ca", "root"]).stamped("tsu-1", SIGNED)
    }

    /// The same with the lists of its time.
    pub fn lt() -> Record {
        Record::t().with([card_2016(), root_2016(), tsa_2016()])
    }

    /// The same with those of 2021, renewed then.
    pub fn renewed() -> Record {
        Record::lt().with(of_2021()).archived("tsu-2", RENEWED)
    }

    /// The same renewed once more.
    pub fn renewed_twice() -> Record {
        Record::renewed().with([tsa_2026()]).archived("tsu-3", RENEWED_AGAIN)
    }

    /// LT by the doctor whose CA outlives every record.
    pub fn lasting() -> Record {
        let of_card = list("lasting-ca", "2016-05-10T17:00:01Z", "2016-05-14T17:00:01Z");
        Record::signed_by("lasting-doctor", &["lasting-ca", "root"]).stamped("tsu-1", SIGNED).with([
            of_card,
            root_2016(),
            tsa_2016(),
        ])
    }

    /// A signature timestamp.
    pub fn stamped(mut self, unit: &str, gen_time: &str) -> Record {
        let signer = &mut self.data.signers[0];
        let token = world().token(unit, &signer.signature, gen_time).to_der();
        *signer = signer.clone().with_timestamp(&token);
        self
    }

    /// The same by a unit outside the ageing world.
    pub fn stamped_by(mut self, unit: &Identity, gen_time: &str) -> Record {
        let signer = &mut self.data.signers[0];
        let token = TokenSpec::over(&signer.signature, unit, TSA_POLICY, gen_time).to_der();
        *signer = signer.clone().with_timestamp(&token);
        self
    }

    /// Revocation lists.
    pub fn with(mut self, lists: impl IntoIterator<Item = Vec<u8>>) -> Record {
        self.data.crls.extend(lists);
        self
    }

    /// An archive-time-stamp v3 over everything so far.
    pub fn archived(self, unit: &str, gen_time: &str) -> Record {
        self.archived_without(unit, gen_time, &[])
    }

    /// The same whose index leaves these lists out.
    pub fn archived_without(mut self, unit: &str, gen_time: &str, left_out: &[Vec<u8>]) -> Record {
        let left_out: Vec<Vec<u8>> = left_out.iter().map(|der| Hash::Sha256.digest(der)).collect();
        archive::stamp_v3(
            &mut self.data,
            NOTE,
            IndexVersion::V3,
            |index| index.crls.retain(|hash| !left_out.contains(hash)),
            |over| world().token(unit, over, gen_time),
        );
        self
    }

    /// The same whose index leaves the unsigned attributes out.
    pub fn archived_without_attributes(mut self, unit: &str, gen_time: &str) -> Record {
        let leave_out = |index: &mut archive::HashIndex| index.unsigned.clear();
        archive::stamp_v3(&mut self.data, NOTE, IndexVersion::V3, leave_out, |over| {
            world().token(unit, over, gen_time)
        });
        self
    }

    /// An archive-time-stamp v3 in the name of `unit`, signed with another key.
    pub fn archived_by_impostor(mut self, unit: &str, gen_time: &str) -> Record {
        let impostor = Identity { key: world().identity("doctor").key.clone(), ..world().identity(unit).clone() };
        archive::stamp_v3(
            &mut self.data,
            NOTE,
            IndexVersion::V3,
            |_| {},
            |over| {
                let mut token = world().token(unit, over, gen_time);
                token.tsu = Box::leak(Box::new(impostor));
                token
            },
        );
        self
    }

    /// An archive-time-stamp v2 over everything so far.
    pub fn archived_v2(mut self, unit: &str, gen_time: &str) -> Record {
        archive::stamp_v2(&mut self.data, true, |over| world().token(unit, over, gen_time).to_der());
        self
    }

    /// The same over content that lies elsewhere.
    pub fn archived_v2_over(mut self, unit: &str, gen_time: &str, content: &[u8]) -> Record {
        let content_info = self.data.encapsulated().len();
        archive::stamp_v2(&mut self.data, true, |over| {
            let (before, after) = over.split_at(content_info);
            world().token(unit, &[before, content, after].concat(), gen_time).to_der()
        });
        self
    }

    /// One more unsigned attribute.
    pub fn with_attribute(mut self, kind: &str, value: &[u8]) -> Record {
        self.data.signers[0].unsigned_attributes.push(attribute(kind, value));
        self
    }

    pub fn file(&self) -> File {
        File { name: "record.p7m", bytes: self.data.to_der() }
    }
}

/// A PDF with a PAdES-T signature of 2016.
#[derive(Clone)]
pub struct Page {
    document: Document,
    contents: Vec<u8>,
    lists: Vec<Vec<u8>>,
    stamps: usize,
}

impl Page {
    pub fn t() -> Page {
        let document = Document::one_line(Layout::Classic, "DEMO note of 2016, kept.");
        let page = Page { document, contents: Vec::new(), lists: Vec::new(), stamps: 0 };
        page.signed(true)
    }

    /// With a document timestamp first and a signature without one of its own.
    pub fn stamped_then_signed(gen_time: &str) -> Page {
        let document = Document::one_line(Layout::Classic, "DEMO note of 2016, kept.");
        let page = Page { document, contents: Vec::new(), lists: Vec::new(), stamps: 0 };
        page.archived("tsu-1", gen_time).signed(false)
    }

    fn signed(mut self, stamped: bool) -> Page {
        let signer = Signer::of_data(world().identity("doctor"));
        self.contents = self.document.sign(&SignatureField::pades("Signature1", 5000), |covered| {
            let mut info = signer.sign(signer.attributes(covered));
            if stamped {
                let token = world().token("tsu-1", &info.signature, SIGNED).to_der();
                info = info.with_timestamp(&token);
            }
            let chain = world().certificates(&["doctor", "ca", "root"]);
            SignedData::detached(info).carrying(&chain, &[]).to_der()
        });
        self
    }

    /// A security store that holds these lists too.
    pub fn with(mut self, lists: impl IntoIterator<Item = Vec<u8>>) -> Page {
        self.lists.extend(lists);
        let certificates = world().certificates(&["doctor", "ca", "root", "tsu-1", "tsu-2", "tsu-3", "tsa"]);
        let lists: Vec<&[u8]> = self.lists.iter().map(Vec::as_slice).collect();
        self.document.add_dss(&certificates, &lists, &self.contents);
        self
    }

    /// A document timestamp.
    pub fn archived(mut self, unit: &str, gen_time: &str) -> Page {
        self.stamps += 1;
        let name = format!("Timestamp{}", self.stamps);
        self.document
            .sign(&SignatureField::timestamp(&name, 3000), |covered| world().token(unit, covered, gen_time).to_der());
        self
    }

    pub fn file(self) -> File {
        File { name: "record.pdf", bytes: self.document.into_bytes() }
    }
}

/// A file to be judged.
#[derive(Clone)]
pub struct File {
    pub name: &'static str,
    pub bytes: Vec<u8>,
}

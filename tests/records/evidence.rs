//! Evidence records (RFC 4998) inside a signature and beside it: what they prove, and when they prove nothing (D36).

use kenin_testkit::algorithms::Hash;
use kenin_testkit::evidence_records::{
    ArchiveTimestamp, INTERNAL_EVIDENCE_RECORDS, archive_timestamp, chain, record, renewed,
};

use crate::case::{Case, NEVER, case};
use crate::documents::{
    IN_2016, Page, RENEWED, RENEWED_AGAIN, Record, card_2016, list, of_2021, tsa_2016, tsa_2026, world,
};

/// genTime of the initial archive timestamp.
const KEPT: &str = "20160512010000Z";
const IN_2034: &str = "2034-05-02T00:00:00Z";

pub fn cases() -> Vec<Case> {
    let inside = |id, bend: fn(&mut Draft)| {
        let (data, mut draft) = (signed(), Draft::new());
        bend(&mut draft);
        let der = draft.record(&data.data.to_der());
        case(id, data.with_attribute(INTERNAL_EVIDENCE_RECORDS, &der).file(), IN_2034).beside([tsa_2034()])
    };
    let beside = |id, file: crate::documents::File| {
        let der = Draft::new().record(&file.bytes);
        case(id, file, IN_2034).beside([tsa_2034(), der])
    };
    let kept = |case: Case| case.passes(IN_2016);
    let lost = |case: Case| case.open("OUT_OF_BOUNDS_NO_POE", NEVER);
    vec![
        kept(inside("record-inside", |_| {})).levels("A", "A").because("5.6.3 (1): everything is proven in 2016"),
        lost(inside("record-without-renewals", |draft| draft.renewals = 0))
            .because("the unit of the initial archive timestamp ended in 2022"),
        lost(inside("record-renewed-too-late", |draft| draft.times[1] = "20230301010000Z"))
            .because("RFC 4998 5.3: renewed in 2023, after the first unit had ended"),
        lost(inside("record-out-of-order", |draft| draft.times[0] = "20210301020000Z"))
            .because("RFC 4998 5.3: a renewal cannot be older than what it renews; D36: then nothing is proven"),
        lost(inside("record-by-another-key", |draft| draft.impostor = true)).because("D36: every token must hold"),
        lost(inside("record-over-something-else", |draft| draft.elsewhere = true))
            .because("D36: the first list holds no hash of this object; that breaks nothing and proves nothing"),
        kept(beside("record-beside-a-signature", signed().file()))
            .because("D36: over the file, so over everything in it"),
        kept(beside("record-beside-a-pdf", Page::t().with([card_2016()]).with(of_2021()).file()))
            .because("D36: over the file, so over everything in it"),
        lost(
            case("record-beside-another-file", signed().file(), IN_2034)
                .beside([tsa_2034(), Draft::new().record(b"something else")]),
        )
        .because("the record is over another file"),
    ]
}

/// CAdES-T with the lists that the record is to prove; those about the units lie in its tokens.
fn signed() -> Record {
    let [root, _] = of_2021();
    Record::t().with([card_2016(), root])
}

fn tsa_2034() -> Vec<u8> {
    list("tsa", "2034-04-30T00:00:00Z", "2034-07-30T00:00:00Z")
}

/// A record about to be made: an initial archive timestamp, a timestamp renewal and a hash-tree renewal to SHA-512.
struct Draft {
    /// genTime of each.
    times: [&'static str; 3],
    /// How many renewals there are.
    renewals: usize,
    /// Whether another key signed the first renewal.
    impostor: bool,
    /// Whether it is over something else.
    elsewhere: bool,
}

impl Draft {
    fn new() -> Draft {
        Draft { times: [KEPT, RENEWED, RENEWED_AGAIN], renewals: 2, impostor: false, elsewhere: false }
    }

    fn record(&self, data: &[u8]) -> Vec<u8> {
        let data = if self.elsewhere { b"something else" } else { data };
        let (short, long) = (Hash::Sha256, Hash::Sha512);
        let mut first = vec![archive_timestamp(
            short,
            &short.digest(data),
            b"DEMO 1",
            b"DEMO 2",
            self.token(short, 0, vec![tsa_2016(), of_2021()[1].clone()]),
        )];
        if self.renewals == 0 {
            return record(&[short], &[chain(&first)]);
        }
        let over = short.digest(&first[0].token);
        first.push(archive_timestamp(short, &over, b"DEMO 3", b"DEMO 4", self.token(short, 1, vec![tsa_2026()])));
        let over = renewed(long, data, &[chain(&first)]);
        let tree: ArchiveTimestamp =
            archive_timestamp(long, &over, b"DEMO 5", b"DEMO 6", self.token(long, 2, Vec::new()));
        record(&[short, long], &[chain(&first), chain(&[tree])])
    }

    fn token(&self, hash: Hash, generation: usize, lists: Vec<Vec<u8>>) -> impl FnOnce(Vec<u8>) -> Vec<u8> {
        move |root| {
            let mut spec = world().token(["tsu-1", "tsu-2", "tsu-3"][generation], b"", self.times[generation]);
            (spec.imprint_algorithm, spec.imprint, spec.crls) = (hash.identifier(), root, lists);
            let mut token = spec.signed_data();
            if self.impostor && generation == 1 {
                token.signers[0].signature[8] ^= 1;
            }
            token.to_der()
        }
    }
}

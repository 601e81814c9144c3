//! Evidence records: all or nothing (D36).

use kenin_facts::{
    ArchiveTimestamp, ArchiveTimestampChain, Covered, DigestFact, EvidenceRecord, Facts, ImprintStatus, Incorporation,
};
use kenin_validation::{SignatureValidation, SubIndication};

use super::tsa_crl;
use super::world::{Made, World, at, judge};

/// A signature without timestamps of its own, its CRLs, and a record of 2016 that was renewed in 2021 and, in a second
/// chain, in 2031.
fn archived(world: &World) -> (Made<'_>, EvidenceRecord) {
    let made = Made::new(world)
        .crl("card", world.crl("ca", "2016-05-11T00:00:00Z", "2016-05-15T00:00:00Z", vec![]))
        .crl("arl", world.crl("root", "2021-02-25T00:00:00Z", "2021-05-25T00:00:00Z", vec![]))
        .crl("tsl-21", world.crl("tsa", "2021-02-25T00:00:00Z", "2021-05-25T00:00:00Z", vec![]))
        .crl("tsl-31", world.crl("tsa", "2030-12-20T00:00:00Z", "2031-03-20T00:00:00Z", vec![]))
        .supplied("now", tsa_crl(world, "2034-01-01T00:00:00Z", "2034-04-01T00:00:00Z"));
    let stamp = |number: usize, unit: &str, gen_time: &str| ArchiveTimestamp {
        id: format!("er-1-tst-{number}"),
        token: made.make_token(unit, gen_time, Covered::default()),
        protects: ImprintStatus::Intact,
    };
    let chain = |timestamps| ArchiveTimestampChain {
        digest_algorithm: DigestFact::from_oid("2.16.840.1.101.3.4.2.1".parse().unwrap()),
        timestamps,
    };
    let chains = vec![
        chain(vec![stamp(1, "tsu-1", "2016-05-12"), stamp(2, "tsu-2", "2021-03-01")]),
        chain(vec![stamp(3, "tsu-3", "2031-01-01")]),
    ];
    let evidence = made.facts().evidence.iter().map(|(key, _)| *key).collect();
    let covers = Covered { signatures: vec!["sig-1".to_owned()], timestamps: vec![], evidence };
    let record = EvidenceRecord {
        id: "er-1".to_owned(),
        incorporation: Incorporation::Detached,
        version: 1,
        chains,
        covers,
        findings: vec![],
    };
    (made, record)
}

fn judged(world: &World, edit: impl FnOnce(&mut EvidenceRecord)) -> SignatureValidation {
    let (made, mut record) = archived(world);
    edit(&mut record);
    let facts = Facts { evidence_records: vec![record], ..made.facts() };
    judge(&facts, world, &made.policy, at("2034-01-02"))
}

#[test]
fn a_record_that_stands_proves_the_initial_time() {
    let world = World::new();
    let judged = judged(&world, |_| {});
    assert_eq!(judged.evidence_records[0].conclusion.sub_indication, None);
    assert_eq!(judged.best_signature_time, at("2016-05-12"));
    assert_eq!(judged.conclusion.sub_indication, None);
}

#[test]
fn a_record_with_one_broken_renewal_proves_nothing() {
    let world = World::new();
    let broken = |chain: usize, position: usize, status: ImprintStatus| {
        move |record: &mut EvidenceRecord| record.chains[chain].timestamps[position].protects = status
    };
    for (edit, expected) in [
        (broken(0, 0, ImprintStatus::Broken), SubIndication::HashFailure),
        (broken(0, 1, ImprintStatus::Broken), SubIndication::HashFailure),
        (broken(1, 0, ImprintStatus::Broken), SubIndication::HashFailure),
        (broken(0, 0, ImprintStatus::NotChecked), SubIndication::SignedDataNotFound),
    ] {
        let judged = judged(&world, edit);
        assert_eq!(judged.evidence_records[0].conclusion.sub_indication, Some(expected));
        assert_eq!(judged.best_signature_time, at("2034-01-02"));
        assert_eq!(judged.conclusion.sub_indication, Some(SubIndication::OutOfBoundsNoPoe));
    }
}

#[test]
fn a_record_out_of_order_proves_nothing() {
    let world = World::new();
    let judged = judged(&world, |record| {
        let later = at("2031-06-01");
        record.chains[0].timestamps[1].token.tst_info.as_mut().unwrap().gen_time = later;
    });
    assert_eq!(judged.evidence_records[0].conclusion.sub_indication, Some(SubIndication::TimestampOrderFailure));
    assert!(!judged.conclusion.passed());
}

/// The units of 2016 and 2021 have expired: without the last renewal there is nothing left of the record.
#[test]
fn a_record_that_was_not_renewed_in_time_is_indeterminate() {
    let world = World::new();
    let judged = judged(&world, |record| {
        record.chains.pop();
    });
    assert_eq!(judged.evidence_records[0].conclusion.sub_indication, Some(SubIndication::TryLater));
    assert!(!judged.conclusion.passed());
}

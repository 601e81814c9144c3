use kenin_facts::{ImprintStatus, TimestampKind};
use kenin_validation::{StatusAtTime, TimestampValidation};

use super::gap::{Basis, Subject, is_archive};
use crate::report::Level;

/// The level that the signature reaches as validated: the highest below or at the claimed one whose timestamps passed,
/// whose data was found usable, and whose archive timestamps cover what they must.
pub(crate) fn reached_level(subject: &Subject<'_>, claimed: Level) -> Level {
    let validation = subject.validation;
    if claimed == Level::None || !validation.integrity.intact() || validation.certificate.is_none() {
        return Level::None;
    }
    // Downwards; what a legacy signature does not claim (references, their timestamps) it does not fall back to.
    let ladder: &[Level] = match claimed {
        Level::None | Level::B => &[],
        Level::T => &[Level::T],
        Level::LT => &[Level::LT, Level::T],
        Level::LTA => &[Level::LTA, Level::LT, Level::T],
        Level::C => &[Level::C, Level::T],
        Level::X => &[Level::X, Level::C, Level::T],
        Level::XL => &[Level::XL, Level::X, Level::C, Level::T],
        Level::A => &[Level::A, Level::XL, Level::X, Level::C, Level::T],
    };
    let claims = |level: &Level| match level {
        Level::C => subject.has_references(),
        Level::X | Level::XL if claimed == Level::A => subject.has_references() && subject.has_references_timestamp(),
        _ => true,
    };
    ladder.iter().copied().filter(claims).find(|level| reaches(subject, *level)).unwrap_or(Level::B)
}

fn reaches(subject: &Subject<'_>, level: Level) -> bool {
    let time = || passed(subject).any(|stamp| proves_time(stamp, subject));
    let references = || {
        let over = [TimestampKind::CadesC, TimestampKind::CertsCrls];
        subject.has_stamped_references() && passed(subject).any(|stamp| over.contains(&stamp.kind))
    };
    let data = || proven(subject) && subject.missing(Level::LT, Basis::Judged).is_empty();
    match level {
        Level::T | Level::C => time(),
        Level::X => time() && references(),
        Level::LT => time() && data(),
        Level::XL => time() && references() && data(),
        Level::LTA => time() && data() && archived(subject),
        Level::A => time() && proven(subject) && archived(subject),
        Level::B | Level::None => true,
    }
}

/// The timestamps that stand, at validation time or as proven in the past (EN 319 102-1 5.6).
fn passed<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a TimestampValidation> {
    subject.stamps.iter().filter(|stamp| stamp.stands() && stamp.imprint == ImprintStatus::Intact)
}

/// Whether a timestamp is over the signature value, so that it proves when the signature existed. What a kind is over
/// by definition needs no list.
fn proves_time(stamp: &TimestampValidation, subject: &Subject<'_>) -> bool {
    let listed = || stamp.covers.signatures.contains(&subject.signature.id);
    match stamp.kind {
        TimestampKind::Signature | TimestampKind::CadesC => true,
        TimestampKind::Content | TimestampKind::CertsCrls => false,
        _ => listed(),
    }
}

/// Whether the signer's certificate is shown to have been good at the time of a timestamp over the signature: an earlier
/// one over the content says nothing of when it was signed. Where no timestamp says so, the whole validation may have
/// come to it (EN 319 102-1 5.6), but not against what one of them says.
fn proven(subject: &Subject<'_>) -> bool {
    let over = passed(subject).filter(|stamp| proves_time(stamp, subject));
    let statuses: Vec<StatusAtTime> = over.filter_map(|stamp| stamp.signer_status).collect();
    let open = || statuses.iter().all(|status| *status == StatusAtTime::Unknown);
    statuses.contains(&StatusAtTime::Good) || (subject.validation.conclusion.passed() && open())
}

/// Whether archive timestamps that passed cover the signature, every other timestamp but the last, and the data that
/// the verdict rests on.
fn archived(subject: &Subject<'_>) -> bool {
    let archives: Vec<_> = passed(subject).filter(|stamp| is_archive(stamp.kind)).collect();
    let over_signature = archives.iter().any(|stamp| proves_time(stamp, subject));
    let times =
        subject.data_needing().filter(|stamp| stamp.kind != TimestampKind::Content && stamp.conclusion.passed());
    let covered = |id: &String| archives.iter().any(|a| a.covers.timestamps.contains(id));
    let over_times = times.map(|stamp| &stamp.id).all(|id| subject.stamps.len() == 1 || covered(id));
    over_signature && over_times && subject.missing_archive(&archives, Basis::Judged).is_empty()
}

//! The level that a signature claims by structure, the one it reaches as validated, and what the next one takes.
//!
//! EN 319 122-1 6, EN 319 132-1 6 and EN 319 142-1 6 for the baseline levels, EN 319 122-2 and EN 319 132-2 for C, X, XL
//! and A. `docs/levels.md` has
//! the readings.

mod embedded;
mod gap;
mod names;
mod reached;

use kenin_facts::{SignatureFormat, SignatureKind, TimestampKind};

use crate::report::{Level, NextLevelReport};

pub(crate) use embedded::Embedded;
pub(crate) use gap::Subject;
pub(crate) use names::level_names;
pub(crate) use reached::reached_level;

use gap::Basis;

/// The level that the structure claims.
pub(crate) fn claimed_level(subject: &Subject<'_>) -> Level {
    let kinds = [SignatureKind::Signature, SignatureKind::CounterSignature];
    if !kinds.contains(&subject.signature.kind) {
        return Level::None;
    }
    match subject.signature.format {
        // A CMS signature of ISO 32000-1 has the levels' timestamps and material without being PAdES; the format says so.
        SignatureFormat::PAdES | SignatureFormat::PdfCms => baseline(subject),
        SignatureFormat::CAdES | SignatureFormat::XAdES => advanced(subject),
        _ => Level::None,
    }
}

fn has(subject: &Subject<'_>, level: Level) -> bool {
    subject.missing(level, Basis::Structure).is_empty()
}

fn baseline(subject: &Subject<'_>) -> Level {
    let ladder = [Level::T, Level::LT, Level::LTA];
    ladder.into_iter().take_while(|level| has(subject, *level)).last().unwrap_or(Level::B)
}

/// CAdES and XAdES: the same ladder of levels over the same kinds of evidence.
fn advanced(subject: &Subject<'_>) -> Level {
    if !subject.names_certificate() || subject.describes_nothing() {
        return Level::None;
    }
    let whole = has(subject, Level::LT);
    if !has(subject, Level::T) {
        Level::B
    } else if whole && subject.has_evidence_record() {
        // E-ERS of EN 319 122-2 and EN 319 132-2
        Level::A
    } else if !subject.has_legacy_attributes() {
        match baseline(subject) {
            // LTA is a baseline level: with archive timestamps of the older form alone, or over signed attributes of
            // another profile, it is A.
            Level::LT if subject.has(TimestampKind::ArchiveV2) => Level::A,
            Level::LTA if !subject.is_baseline() => Level::A,
            level => level,
        }
    } else if whole && has(subject, Level::A) {
        Level::A
    } else if !has(subject, Level::C) {
        if whole { Level::LT } else { Level::T }
    } else if !has(subject, Level::X) {
        Level::C
    } else if whole {
        Level::XL
    } else {
        Level::X
    }
}

/// The next level up and what the document lacks for it: the first level with a gap. `None` where there is no level
/// or no gap.
pub(crate) fn next_level(subject: &Subject<'_>, claimed: Level) -> Option<NextLevelReport> {
    // Each level with what it is made of.
    let ladder: &[(Level, Level)] = match claimed {
        Level::None => &[],
        Level::C | Level::X | Level::XL => &[(Level::X, Level::X), (Level::XL, Level::XL), (Level::A, Level::A)],
        Level::A => &[(Level::A, Level::T), (Level::A, Level::XL), (Level::A, Level::A)],
        Level::B | Level::T | Level::LT | Level::LTA => {
            &[(Level::T, Level::T), (Level::LT, Level::LT), (Level::LTA, Level::LTA)]
        }
    };
    ladder.iter().find_map(|(level, part)| {
        let missing = subject.missing(*part, Basis::Judged);
        (!missing.is_empty()).then_some(NextLevelReport { level: *level, missing })
    })
}

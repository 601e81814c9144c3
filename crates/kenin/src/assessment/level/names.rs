use kenin_facts::SignatureFormat;

use super::gap::Subject;
use crate::report::Level;

/// What standards call the claimed level: ETSI's baseline or extended level, then the profiles of ISO 14533 and
/// JIS X 5092. `docs/levels.md` says which of these names were confirmed.
pub(crate) fn level_names(subject: &Subject<'_>, claimed: Level) -> Vec<String> {
    let names: Vec<&str> = match subject.signature.format {
        SignatureFormat::PAdES => pades(claimed),
        SignatureFormat::CAdES => cades(subject, claimed),
        SignatureFormat::XAdES => xades(subject, claimed),
        _ => Vec::new(),
    };
    names.into_iter().map(str::to_owned).collect()
}

fn pades(claimed: Level) -> Vec<&'static str> {
    match claimed {
        Level::B => vec!["PAdES-BASELINE-B"],
        Level::T => vec!["PAdES-BASELINE-T", "ISO 14533-3 PAdES-T"],
        Level::LT => vec!["PAdES-BASELINE-LT", "ISO 14533-3 PAdES-T"],
        Level::LTA => vec!["PAdES-BASELINE-LTA", "ISO 14533-3 PAdES-A"],
        _ => Vec::new(),
    }
}

/// The profiles of JIS X 5092 know the signature, its timestamp and its archive; a higher form without an archive
/// timestamp is still ES-T.
fn cades(subject: &Subject<'_>, claimed: Level) -> Vec<&'static str> {
    let baseline = subject.is_baseline();
    let etsi = match claimed {
        Level::None => return Vec::new(),
        Level::B if baseline => "CAdES-BASELINE-B",
        Level::B if subject.signature.signer.as_ref().is_some_and(|signer| signer.signature_policy.is_some()) => {
            "CAdES-EPES"
        }
        Level::B => "CAdES-BES",
        Level::T if baseline => "CAdES-BASELINE-T",
        Level::T => "CAdES-T",
        Level::LT if baseline && !subject.has_legacy_attributes() => "CAdES-BASELINE-LT",
        Level::LT => "CAdES-LT",
        Level::LTA => "CAdES-BASELINE-LTA",
        Level::C => "CAdES-C",
        Level::X => "CAdES-X",
        Level::XL => "CAdES-X-L",
        Level::A if subject.has_evidence_record() => "CAdES-E-ERS",
        Level::A => "CAdES-A",
    };
    let japanese: &[&str] = match claimed {
        Level::B => &["JIS X 5092 ES"],
        Level::LTA | Level::A => &["JIS X 5092 ES-A", "ISO 14533-1 CAdES-A"],
        _ => &["JIS X 5092 ES-T", "ISO 14533-1 CAdES-T"],
    };
    [etsi].into_iter().chain(japanese.iter().copied()).collect()
}

/// As for CAdES; the profiles are those of JIS X 5093 and ISO 14533-2.
fn xades(subject: &Subject<'_>, claimed: Level) -> Vec<&'static str> {
    let baseline = subject.is_baseline() && !subject.has_legacy_attributes();
    let etsi = match claimed {
        Level::None => return Vec::new(),
        Level::B if baseline => "XAdES-BASELINE-B",
        Level::B if subject.signature.signer.as_ref().is_some_and(|signer| signer.signature_policy.is_some()) => {
            "XAdES-EPES"
        }
        Level::B => "XAdES-BES",
        Level::T if baseline => "XAdES-BASELINE-T",
        Level::T => "XAdES-T",
        Level::LT if baseline => "XAdES-BASELINE-LT",
        Level::LT => "XAdES-LT",
        Level::LTA => "XAdES-BASELINE-LTA",
        Level::C => "XAdES-C",
        Level::X => "XAdES-X",
        Level::XL => "XAdES-X-L",
        Level::A if subject.has_evidence_record() => "XAdES-E-ERS",
        Level::A => "XAdES-A",
    };
    let japanese: &[&str] = match claimed {
        Level::B => &["JIS X 5093 ES"],
        Level::LTA | Level::A => &["JIS X 5093 ES-A", "ISO 14533-2 XAdES-A"],
        _ => &["JIS X 5093 ES-T", "ISO 14533-2 XAdES-T"],
    };
    [etsi].into_iter().chain(japanese.iter().copied()).collect()
}

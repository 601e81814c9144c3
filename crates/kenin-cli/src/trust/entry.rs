//! The entry of a trust profile that a `trust import` asks for.

use std::fmt::Write as _;

use kenin::UtcTime;
use kenin_base::Oid;
use kenin_policy::{Accreditation, Certainty, Purpose, Scheme, SignerAnchor, TrustProfile, TsaAnchor};
use kenin_x509::Certificate;

use crate::args::{ImportArgs, PurposeArg, RoleArg, SchemeArg};
use crate::exit::Failure;
use crate::files;

/// What all certificates of one import have in common.
pub struct Template {
    name: String,
    role: Role,
    policies: Vec<Oid>,
}

enum Role {
    Signer(Purpose),
    Tsa(Option<Accreditation>),
}

/// One anchor to be added.
pub enum Entry {
    /// `[[signer]]`
    Signer(SignerAnchor),
    /// `[[tsa]]`
    Tsa(TsaAnchor),
}

impl Template {
    /// Checks the arguments against each other. An archive is always a timestamp service's, and accredited.
    pub fn of(args: &ImportArgs, archive: bool) -> Result<Self, Failure> {
        let role = match (args.role, archive) {
            (Some(RoleArg::Signer), true) => return Err(Failure::usage("usage-import-archive-signer", [])),
            (None, false) => return Err(Failure::usage("usage-import-role", [])),
            (Some(RoleArg::Signer), false) if args.accredited_from.is_some() => {
                return Err(Failure::usage("usage-import-accredited-signer", []));
            }
            (Some(RoleArg::Signer), false) => Role::Signer(purpose(args.purpose)),
            _ if args.purpose.is_some() => return Err(Failure::usage("usage-import-purpose-tsa", [])),
            _ => Role::Tsa(accreditation(args)?),
        };
        if archive && args.accredited_from.is_none() {
            return Err(Failure::usage("usage-import-archive-accredited", []));
        }
        let policy = |text: &String| text.parse().map_err(|_| Failure::usage("usage-oid", [("value", text.clone())]));
        let policies = args.policy_oid.iter().map(policy).collect::<Result<_, _>>()?;
        // A name is shown in every report, so what would be taken out there is taken out here.
        Ok(Self { name: kenin::render::sanitised(&args.name), role, policies })
    }

    /// The entry for a certificate; of several under one name each is told apart by its common name.
    pub fn entry(&self, certificate: &Certificate, one_of_many: bool) -> Entry {
        let mut name = self.name.clone();
        if let Some(common) = certificate.subject().common_name().filter(|_| one_of_many) {
            let _ = write!(name, " ({})", kenin::render::sanitised(common));
        }
        let (sha256, policies, known) = (certificate.sha256(), self.policies.clone(), Certainty::Configured);
        match &self.role {
            Role::Signer(purpose) => Entry::Signer(SignerAnchor {
                name,
                purpose: *purpose,
                sha256,
                policies,
                require_explicit_policy: None,
                inhibit_policy_mapping: false,
                inhibit_any_policy: false,
                purposes: Vec::new(),
                not_after: None,
                known,
            }),
            Role::Tsa(accreditation) => Entry::Tsa(TsaAnchor {
                name,
                sha256: Some(sha256),
                policies,
                accreditation: accreditation.iter().cloned().collect(),
                accredited: None,
                not_after: None,
                known,
            }),
        }
    }
}

fn purpose(typed: Option<PurposeArg>) -> Purpose {
    match typed {
        Some(PurposeArg::Hpki) => Purpose::Hpki,
        Some(PurposeArg::AccreditedCa) => Purpose::AccreditedCa,
        Some(PurposeArg::Jpki) => Purpose::Jpki,
        Some(PurposeArg::Other) | None => Purpose::Other,
    }
}

fn accreditation(args: &ImportArgs) -> Result<Option<Accreditation>, Failure> {
    let Some(from) = &args.accredited_from else { return Ok(None) };
    let scheme = match args.scheme {
        Some(SchemeArg::Dekyo) => Scheme::Dekyo,
        Some(SchemeArg::Mic146) | None => Scheme::Mic146,
    };
    let to = args.accredited_to.as_deref().map(day_or_time).transpose()?;
    Ok(Some(Accreditation { from: day_or_time(from)?, to, scheme }))
}

/// A time, or the beginning of a day in Japan, as the Ministry publishes days.
fn day_or_time(text: &str) -> Result<UtcTime, Failure> {
    let day = || UtcTime::parse(&format!("{text}T00:00:00+09:00"));
    UtcTime::parse(text).or_else(|_| day()).map_err(|_| Failure::usage("usage-day", [("value", text.to_owned())]))
}

impl Entry {
    /// The name that reports show.
    pub fn name(&self) -> &str {
        match self {
            Self::Signer(anchor) => &anchor.name,
            Self::Tsa(anchor) => &anchor.name,
        }
    }

    /// The entry as text of a profile, under comment lines that say what it is. What has its default is left out.
    pub fn to_toml(&self, comment: &str) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let (table, mut lines, policies) = match self {
            Self::Signer(SignerAnchor { purpose, sha256, policies, .. }) => {
                let purpose = toml::Value::try_from(purpose).map(|purpose| purpose.to_string()).unwrap_or_default();
                ("signer", vec![format!("purpose = {purpose}"), format!("sha256 = \"{sha256}\"")], policies)
            }
            Self::Tsa(TsaAnchor { sha256, policies, .. }) => {
                ("tsa", sha256.iter().map(|sha256| format!("sha256 = \"{sha256}\"")).collect(), policies)
            }
        };
        lines.insert(0, format!("name = {}", quoted(self.name())));
        if !policies.is_empty() {
            let policies: Vec<_> = policies.iter().map(|policy| format!("\"{policy}\"")).collect();
            lines.push(format!("policies = [{}]", policies.join(", ")));
        }
        if let Self::Tsa(TsaAnchor { accreditation, .. }) = self
            && !accreditation.is_empty()
        {
            let interval = |a: &Accreditation| {
                let to = a.to.map(|to| format!(", to = \"{to}\"")).unwrap_or_default();
                format!("{{ from = \"{}\"{to}, scheme = {} }}", a.from, quoted(a.scheme.as_str()))
            };
            let intervals: Vec<_> = accreditation.iter().map(interval).collect();
            lines.push(format!("accreditation = [{}]", intervals.join(", ")));
        }
        format!("{}[[{table}]]\n{}\n", files::comment(comment), lines.join("\n"))
    }

    /// Whether a profile has exactly this entry, last.
    pub fn is_last_of(&self, profile: &TrustProfile) -> bool {
        match self {
            Self::Signer(anchor) => profile.signer.last() == Some(anchor),
            Self::Tsa(anchor) => profile.tsa.last() == Some(anchor),
        }
    }

    /// Whether a profile pins the certificate for the same use already: with the same content, or another.
    pub fn standing(&self, profile: &TrustProfile) -> Standing {
        let (pinned, same): (bool, Option<&String>) = match self {
            Self::Signer(new) => {
                let same = |old: &&SignerAnchor| {
                    SignerAnchor { name: old.name.clone(), known: old.known, ..new.clone() } == **old
                };
                let pinned = || profile.signer.iter().filter(|old| old.sha256 == new.sha256);
                (pinned().next().is_some(), pinned().find(same).map(|old| &old.name))
            }
            Self::Tsa(new) => {
                let same =
                    |old: &&TsaAnchor| TsaAnchor { name: old.name.clone(), known: old.known, ..new.clone() } == **old;
                let pinned = || profile.tsa.iter().filter(|old| old.sha256 == new.sha256);
                (pinned().next().is_some(), pinned().find(same).map(|old| &old.name))
            }
        };
        match (pinned, same) {
            (false, _) => Standing::New,
            (true, Some(name)) => Standing::There(name.clone()),
            (true, None) => Standing::Different,
        }
    }
}

/// How an entry stands to a profile.
pub enum Standing {
    /// The profile does not pin the certificate for this use.
    New,
    /// It does, and says the same of it, under this name.
    There(String),
    /// It does, and says something else.
    Different,
}

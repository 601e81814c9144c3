use kenin_base::Sha256;
use serde::{Deserialize, Serialize};

use crate::error::{from_toml, is_name_of};
use crate::{AlgorithmEntry, AlgorithmTable, Modifications, PolicyError};

const BUILT_IN: &[(&str, &str)] =
    &[("mhlw-6.0", include_str!("../data/mhlw-6.0.toml")), ("signature", include_str!("../data/signature.toml"))];
const ALGORITHMS: &str = include_str!("../data/algorithms.toml");
const REQUIREMENTS_ALONE: &str = "a [requirements] table needs the line `guideline = \"mhlw-6.0\"`, without which \
                                  nothing is asked; to judge the signature alone leave the table out";

/// What is asked of a signature: validation constraints (EN 319 102-1 5.2.4) and, for a guideline policy, the
/// requirements of its chapters 14/15.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Short name, as `--policy` takes it.
    pub name: String,
    /// English title.
    pub title: String,
    /// Japanese title.
    pub title_ja: String,
    /// The guideline edition that is assessed; `None` judges the signature alone.
    pub guideline: Option<String>,
    /// Inputs of the guideline requirements.
    pub requirements: Requirements,
    /// Validation constraints.
    pub validation: Validation,
    /// What becomes of a PDF signature when something follows its revision.
    pub modifications: Modifications,
    /// Greatest age of revocation data.
    pub freshness: Freshness,
    /// Which algorithms are acceptable when.
    pub algorithms: AlgorithmTable,
    /// SHA-256 of the texts the policy was read from (and the embedded algorithm table, where it is used).
    pub sha256: Sha256,
    /// Those texts, as `policy show` prints and `policy export` writes them.
    pub text: String,
}

/// Inputs of the guideline requirements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirements {
    /// Whether a national licence must be shown (14①1(2)).
    pub licence: Needed,
    /// Licence names of which one must be shown; empty means any national licence.
    pub required_roles: Vec<String>,
    /// Whether a timestamp over document and signature must be there (14①2).
    pub timestamp: Needed,
    /// Which timestamps satisfy 14①2.
    pub timestamp_basis: TimestampBasis,
    /// Statutory retention period in years (14①2(2)).
    pub retention_years: u32,
    /// Licences that parts of an electronic prescription's record ask for.
    #[serde(default)]
    pub parts: PartRoles,
}

/// Who may sign which part of an electronic prescription's record: licence names of which one must be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PartRoles {
    /// The prescription. By default a doctor or a dentist (医師法 22, 歯科医師法 21).
    pub prescription: Vec<String>,
    /// What was dispensed. By default a pharmacist (薬剤師法 26, 28).
    pub dispensing: Vec<String>,
}

impl Requirements {
    /// Holds the licences asked for against those there are, given by the name in certificates and the Japanese one. Names
    /// are compared exactly, as in certificates: one that is misspelt would be held by nobody, and fail every document.
    ///
    /// # Errors
    /// [`PolicyError::NoLicence`] with the names there are.
    pub fn check_licences(&self, known: &[(&str, &str)]) -> Result<(), PolicyError> {
        for (list, names) in self.licence_lists() {
            if let Some(name) = names.iter().find(|name| !known.iter().any(|(known, _)| known == name)) {
                let known: Vec<_> = known.iter().map(|(name, name_ja)| format!("{name} ({name_ja})")).collect();
                return Err(PolicyError::NoLicence { list, name: name.clone(), known: known.join(", ") });
            }
        }
        Ok(())
    }

    /// Every list of licences under its key in a policy file.
    fn licence_lists(&self) -> [(&'static str, &[String]); 3] {
        [
            ("required_roles", &self.required_roles),
            ("requirements.parts.prescription", &self.parts.prescription),
            ("requirements.parts.dispensing", &self.parts.dispensing),
        ]
    }
}

impl Default for PartRoles {
    fn default() -> Self {
        let these = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self { prescription: these(&["Medical Doctor", "Dentist"]), dispensing: these(&["Pharmacist"]) }
    }
}

/// Whether something is demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Needed {
    /// It must be there.
    Required,
    /// It is looked at and reported, and its absence fails nothing.
    NotRequired,
}

/// Which timestamps satisfy 14①2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimestampBasis {
    /// A signature timestamp or a document timestamp.
    Any,
    /// Only a document or archive timestamp over the whole document.
    DocumentTimestamp,
}

/// Validation constraints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validation {
    /// Whether signed attributes must be there even in plain CMS.
    pub signed_attributes: Needed,
    /// Whether a signing-certificate attribute must be there.
    pub signing_certificate: Needed,
    /// Where the initial explicit policy of RFC 5280 6.1.1 comes from.
    pub explicit_policy: ExplicitPolicy,
    /// Tokens of a TSA certificate that was revoked later.
    pub tsa_revocation: TsaRevocation,
    /// How far genTime may lie after the validation time, in seconds.
    pub future_tolerance_seconds: u32,
    /// When the CA certificates of a signer's path must have been valid.
    #[serde(default)]
    pub model: ValidityModel,
    /// Where control-time goes when revocation data is not fresh (EN 319 102-1 5.6.2.2).
    #[serde(default)]
    pub slide: Slide,
}

/// The validity model of a signer's path (EN 319 102-1 5.2.6.4, 5.6.2.2). Paths of time-stamping authorities are always
/// judged by the shell model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValidityModel {
    /// Every certificate at the same time.
    #[default]
    Shell,
    /// CA certificates when they issued the certificate below; their revocation counts as in the shell model.
    Hybrid,
    /// CA certificates when they issued the certificate below; a revocation reaches back only for a compromise.
    Chain,
}

/// What control-time becomes where revocation data is not fresh at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slide {
    /// The end of the time for which the data was fresh.
    #[default]
    FreshUntil,
    /// thisUpdate, as the standard has it.
    Issuance,
}

/// Whether anchors' certificate policies are demanded of the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExplicitPolicy {
    /// The anchor's policies in the trust profile are the user-initial-policy-set, and one must be valid.
    TrustProfile,
    /// Certificate policies are processed and none is demanded.
    NotRequired,
}

/// What becomes of tokens whose TSA certificate was revoked after genTime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TsaRevocation {
    /// RFC 3161 section 4: accepted for reasonCode unspecified, affiliationChanged, superseded or cessationOfOperation.
    Rfc3161,
    /// Never accepted without a proof of existence before the revocation.
    Strict,
}

/// Greatest age of revocation data, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freshness {
    /// For the signer's certificate.
    pub end_entity_days: u32,
    /// For CA certificates.
    pub ca_days: u32,
    /// For TSA certificates.
    pub tsa_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    name: String,
    title: String,
    title_ja: Option<String>,
    guideline: Option<String>,
    requirements: Option<Requirements>,
    validation: Validation,
    #[serde(default)]
    modifications: Modifications,
    freshness: Freshness,
    algorithm: Option<Vec<AlgorithmEntry>>,
}

#[derive(Deserialize)]
struct AlgorithmFile {
    algorithm: Vec<AlgorithmEntry>,
}

impl PolicyFile {
    /// What the file says in vain or cannot mean, and what to write instead.
    fn check(&self) -> Result<(), String> {
        match (self.guideline.as_deref(), &self.requirements) {
            (Some(guideline), _) if guideline != "mhlw-6.0" => {
                return Err(format!("guideline `{guideline}` is not known; known: mhlw-6.0"));
            }
            (Some(_), None) => return Err("a policy with `guideline` needs a [requirements] table".into()),
            (None, Some(_)) => return Err(REQUIREMENTS_ALONE.into()),
            _ => {}
        }
        let lists = self.requirements.iter().flat_map(Requirements::licence_lists);
        if let Some((list, _)) = lists.skip(1).find(|(_, names)| names.is_empty()) {
            return Err(format!(
                "{list} is empty: name the licences, or leave the key out for those that the law names"
            ));
        }
        if !(1..=3).contains(&self.modifications.without_certification) {
            return Err("modifications.without_certification is a DocMDP level: 1, 2 or 3".into());
        }
        Ok(())
    }
}

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// [`PolicyError::Syntax`] with the place in the text, or [`PolicyError::Meaning`] for an unknown guideline, a guideline
    /// policy without `[requirements]`, requirements without a guideline, a part that no licence is named for, and rows of the
    /// algorithm table that no algorithm meets or that are there twice.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        let file: PolicyFile = from_toml("policy", text)?;
        let meaning = |reason: String| PolicyError::Meaning { what: "policy", reason };
        file.check().map_err(meaning)?;
        let (entries, text) = match file.algorithm {
            Some(entries) => (entries, text.to_owned()),
            None => (from_toml::<AlgorithmFile>("policy", ALGORITHMS)?.algorithm, format!("{text}\n{ALGORITHMS}")),
        };
        Ok(Self {
            title_ja: file.title_ja.unwrap_or_else(|| file.title.clone()),
            name: file.name,
            title: file.title,
            guideline: file.guideline,
            requirements: file.requirements.unwrap_or(Requirements {
                licence: Needed::NotRequired,
                required_roles: Vec::new(),
                timestamp: Needed::NotRequired,
                timestamp_basis: TimestampBasis::Any,
                retention_years: 0,
                parts: PartRoles::default(),
            }),
            validation: file.validation,
            modifications: file.modifications,
            freshness: file.freshness,
            algorithms: AlgorithmTable::new(entries).map_err(meaning)?,
            sha256: kenin_crypto::sha256(text.as_bytes()),
            text,
        })
    }

    /// Reads a policy of one's own: one that has a built-in's name has to say what that says, as an exported copy does.
    /// What a program kept from an earlier run is for [`Policy::from_toml`], since built-ins change with versions.
    ///
    /// # Errors
    /// Those of [`Policy::from_toml`], and [`PolicyError::TakenName`].
    pub fn of_ones_own(text: &str) -> Result<Self, PolicyError> {
        let policy = Self::from_toml(text)?;
        match BUILT_IN.iter().find(|(name, _)| is_name_of(&policy.name, name)) {
            Some((_, built_in)) if !policy.says_what(&Self::from_toml(built_in)?) => {
                Err(PolicyError::TakenName { what: "policy", name: policy.name })
            }
            _ => Ok(policy),
        }
    }

    /// Whether two texts have the same meaning.
    fn says_what(&self, other: &Self) -> bool {
        Self { sha256: other.sha256, text: other.text.clone(), ..self.clone() } == *other
    }

    /// A built-in policy by name.
    ///
    /// # Errors
    /// [`PolicyError::UnknownName`] with the names there are.
    pub fn built_in(name: &str) -> Result<Self, PolicyError> {
        let unknown = || PolicyError::UnknownName {
            what: "policy",
            name: name.to_owned(),
            known: Self::built_in_names().collect::<Vec<_>>().join(", "),
        };
        BUILT_IN.iter().find(|(known, _)| *known == name).ok_or_else(unknown).and_then(|(_, t)| Self::from_toml(t))
    }

    /// The names of the built-in policies.
    pub fn built_in_names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// Signature and guideline, edition 6.0 of 2023-05. The default.
    #[allow(clippy::expect_used)] // embedded data; a unit test reads every built-in
    pub fn mhlw_6_0() -> Self {
        Self::built_in("mhlw-6.0").expect("embedded policy is valid")
    }

    /// The signature alone.
    #[allow(clippy::expect_used)] // embedded data; a unit test reads every built-in
    pub fn signature() -> Self {
        Self::built_in("signature").expect("embedded policy is valid")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_can_be_read_and_exported_again() {
        for name in Policy::built_in_names() {
            let policy = Policy::built_in(name).unwrap();
            assert_eq!(policy.name, name);
            let again = Policy::from_toml(&policy.text).unwrap();
            assert_eq!((again.sha256, again.algorithms), (policy.sha256, policy.algorithms), "{name}");
        }
        assert_eq!(Policy::signature().guideline, None);
        // A policy of one's own without the table is judged like the built-in ones.
        assert_eq!(Policy::mhlw_6_0().modifications, Modifications::default());
        assert_eq!(Policy::mhlw_6_0().freshness.end_entity_days, 10);
    }

    #[test]
    fn requirements_without_a_guideline_are_refused() {
        let text = Policy::mhlw_6_0().text;
        let without = text.replace("guideline = \"mhlw-6.0\"\n", "");
        let refused = Policy::from_toml(&without).unwrap_err().to_string();
        assert!(refused.contains("guideline = \"mhlw-6.0\""), "{refused}");
        assert!(Policy::from_toml(&text).is_ok() && Policy::from_toml(&Policy::signature().text).is_ok());
    }

    /// Reports name a policy by its name.
    #[test]
    fn a_built_ins_name_stands_for_the_built_in() {
        for name in Policy::built_in_names() {
            let text = Policy::built_in(name).unwrap().text;
            let copy = Policy::of_ones_own(&format!("# a comment\n{text}")).unwrap();
            assert!(copy.says_what(&Policy::built_in(name).unwrap()), "{name}");
            let changed = text.replace("ca_days = 120", "ca_days = 4000");
            let names = [name.to_owned(), name.to_ascii_uppercase(), format!("{name} ")];
            for taken in names {
                let text = changed.replace(&format!("name = \"{name}\""), &format!("name = \"{taken}\""));
                let refused = Policy::of_ones_own(&text).unwrap_err();
                assert!(matches!(refused, PolicyError::TakenName { .. }), "{taken}: {refused}");
            }
            let named = changed.replace(&format!("name = \"{name}\""), "name = \"our-policy\"");
            assert_eq!(Policy::of_ones_own(&named).unwrap().name, "our-policy");
            assert!(Policy::from_toml(&changed).is_ok(), "what an earlier version kept");
        }
    }

    /// No list at all is the default; an empty one would let anybody dispense.
    #[test]
    fn a_part_that_asks_for_no_licence_is_refused() {
        let with = |parts: &str| {
            let parts = format!("[requirements.parts]\n{parts}\n\n[validation]");
            Policy::from_toml(&Policy::mhlw_6_0().text.replace("[validation]", &parts))
        };
        assert_eq!(with("dispensing = [\"Pharmacist\"]").unwrap().requirements.parts, PartRoles::default());
        for part in ["prescription", "dispensing"] {
            let refused = with(&format!("{part} = []")).unwrap_err().to_string();
            assert!(refused.contains(&format!("requirements.parts.{part} is empty")), "{refused}");
        }
    }

    #[test]
    fn mistakes_say_what_to_write() {
        let unknown = Policy::built_in("mhlw-9.9").unwrap_err().to_string();
        assert!(unknown.contains("mhlw-6.0, signature"), "{unknown}");
        let typo = Policy::mhlw_6_0().text.replace("ca_days", "ca_dayz");
        assert!(Policy::from_toml(&typo).unwrap_err().to_string().contains("ca_dayz"));
        let edition = Policy::mhlw_6_0().text.replace("guideline = \"mhlw-6.0\"", "guideline = \"mhlw-8\"");
        assert!(matches!(Policy::from_toml(&edition), Err(PolicyError::Meaning { .. })));
        let level = Policy::mhlw_6_0().text.replace("without_certification = 2", "without_certification = 4");
        assert!(matches!(Policy::from_toml(&level), Err(PolicyError::Meaning { .. })));
    }
}

use kenin_base::{Oid, Sha256, UtcTime};
use serde::{Deserialize, Serialize};

use crate::PolicyError;
use crate::error::{from_toml, is_name_of};

const NAME: &str = "jp-hpki";
const JP_HPKI: &str = include_str!("../data/jp-hpki.toml");

/// Whom to believe: trust anchors by purpose. Signer and time-stamping anchors are different sets and never mix.
///
/// An anchor is a SHA-256 pin of a certificate. The certificate itself may be found in the document or given as
/// evidence; the pin alone decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustProfile {
    /// Short name, as `--trust` takes it.
    pub name: String,
    /// What the profile is for.
    pub description: String,
    /// Anchors for signers' certificates.
    pub signer: Vec<SignerAnchor>,
    /// Anchors for time-stamping authorities.
    pub tsa: Vec<TsaAnchor>,
    /// SHA-256 of the text the profile was read from.
    pub sha256: Sha256,
    /// That text.
    pub text: String,
}

/// A trust anchor for signers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignerAnchor {
    /// Name shown to people.
    pub name: String,
    /// What its certificates are for; only `hpki` carries licences in certificates.
    pub purpose: Purpose,
    /// SHA-256 of the certificate's DER.
    pub sha256: Sha256,
    /// The user-initial-policy-set (RFC 5280 6.1.1 (c)); empty means any policy.
    #[serde(default)]
    pub policies: Vec<Oid>,
    /// initial-explicit-policy (RFC 5280 6.1.1 (f)); by default required exactly when `policies` are named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub require_explicit_policy: Option<bool>,
    /// initial-policy-mapping-inhibit (RFC 5280 6.1.1 (e)).
    #[serde(default)]
    pub inhibit_policy_mapping: bool,
    /// initial-any-policy-inhibit (RFC 5280 6.1.1 (g)).
    #[serde(default)]
    pub inhibit_any_policy: bool,
    /// Key purposes the anchor is trusted for: a signer's extendedKeyUsage, where present, must allow one of them.
    /// Empty means any purpose under which documents may be signed.
    #[serde(default)]
    pub purposes: Vec<Oid>,
    /// Trusted until this instant, the sunset date of EN 319 102-1 5.2.6; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_after: Option<UtcTime>,
    /// How the entry is known.
    #[serde(default)]
    pub known: Certainty,
}

impl SignerAnchor {
    /// initial-explicit-policy (RFC 5280 6.1.1 (f)).
    pub fn requires_explicit_policy(&self) -> bool {
        self.require_explicit_policy.unwrap_or(!self.policies.is_empty())
    }
}

/// What a signer anchor's certificates are for: the routes of requirement 14①1(2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Route (a): HPKI, the licence is in the certificate.
    Hpki,
    /// Route (b): an accredited or other certification business.
    AccreditedCa,
    /// Route (c): the public individual certification service (JPKI).
    Jpki,
    /// None of these: identity can be shown, a licence cannot.
    Other,
}

/// A trust anchor for time-stamping authorities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TsaAnchor {
    /// Name shown to people.
    pub name: String,
    /// SHA-256 of the DER of the TSU certificate, or of the CA that issues it. Without it the entry matches nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256>,
    /// TSA policies of which a token must carry one; empty accepts any.
    #[serde(default)]
    pub policies: Vec<Oid>,
    /// When the service was accredited.
    #[serde(default)]
    pub accreditation: Vec<Accreditation>,
    /// `false`: the service is known not to be accredited, whatever else the profile says of it. `true` says nothing that
    /// intervals do not, and is refused without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accredited: Option<bool>,
    /// Trusted until this instant, the sunset date of EN 319 102-1 5.2.6; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_after: Option<UtcTime>,
    /// How the entry is known.
    #[serde(default)]
    pub known: Certainty,
}

/// An interval of accreditation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accreditation {
    /// First instant.
    pub from: UtcTime,
    /// First instant after it; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<UtcTime>,
    /// Under which scheme.
    pub scheme: Scheme,
}

/// Whose accreditation the guideline knows (14①2(1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scheme {
    /// The Ministry's: 令和3年総務省告示第146号.
    #[serde(rename = "mic-146")]
    Mic146,
    /// The Japan Data Communications Association's (日本データ通信協会), which counts for the time being.
    #[serde(rename = "dekyo")]
    Dekyo,
}

impl Scheme {
    /// The scheme as profiles and reports write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mic146 => "mic-146",
            Self::Dekyo => "dekyo",
        }
    }
}

/// How a piece of shipped data is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// The profile's author answers for it.
    #[default]
    Configured,
    /// Read off real objects.
    Seen,
    /// Secondary sources that agree.
    Second,
}

/// What the profile says about a service's accreditation at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccreditationStatus {
    /// An interval holds the time.
    Accredited,
    /// The profile excludes it: an explicit entry, or a closed interval that ended before the time.
    NotAccredited,
    /// The profile does not say.
    Unknown,
}

impl TsaAnchor {
    /// What the entry says of accreditation in vain, and what to write instead.
    fn check(&self) -> Result<(), String> {
        let name = &self.name;
        if self.accreditation.iter().any(|a| a.to.is_some_and(|to| to <= a.from)) {
            return Err(format!("accreditation of `{name}` ends before it starts"));
        }
        if self.accredited == Some(true) && self.accreditation.is_empty() {
            return Err(format!(
                "`{name}` is `accredited = true` without saying since when: write `accreditation = [{{ from = \
                 \"2022-04-01T00:00:00+09:00\", scheme = \"mic-146\" }}]` instead, with the day of its accreditation"
            ));
        }
        Ok(())
    }

    /// Whether the service was accredited at `time`. Absence from an incomplete list is unknown; only a closed
    /// interval or an explicit entry excludes.
    pub fn accreditation_at(&self, time: UtcTime) -> AccreditationStatus {
        let holds = |a: &Accreditation| a.from <= time && a.to.is_none_or(|to| time < to);
        if self.accredited == Some(false) {
            AccreditationStatus::NotAccredited
        } else if self.accreditation.iter().any(holds) {
            AccreditationStatus::Accredited
        } else if self.accreditation.iter().any(|a| a.to.is_some_and(|to| to <= time)) {
            AccreditationStatus::NotAccredited
        } else {
            AccreditationStatus::Unknown
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    signer: Vec<SignerAnchor>,
    #[serde(default)]
    tsa: Vec<TsaAnchor>,
}

impl TrustProfile {
    /// Reads a trust profile.
    ///
    /// # Errors
    /// [`PolicyError::Syntax`] with the place in the text; [`PolicyError::Meaning`] when an accreditation ends
    /// before it starts or has no interval, or one certificate is an anchor for signers and for time-stamping.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        let ProfileFile { name, description, signer, tsa } = from_toml("trust profile", text)?;
        let meaning = |reason: String| PolicyError::Meaning { what: "trust profile", reason };
        for anchor in &tsa {
            anchor.check().map_err(meaning)?;
            if let Some(both) = signer.iter().find(|s| Some(s.sha256) == anchor.sha256) {
                return Err(meaning(format!(
                    "`{}` and `{}` pin the same certificate; signer and TSA anchors must differ",
                    both.name, anchor.name
                )));
            }
        }
        let sha256 = kenin_crypto::sha256(text.as_bytes());
        Ok(Self { name, description, signer, tsa, sha256, text: text.to_owned() })
    }

    /// Reads a profile of one's own: one that has the built-in's name has to say what that says. What a program kept from
    /// an earlier run is for [`TrustProfile::from_toml`], since the built-in changes with versions.
    ///
    /// # Errors
    /// Those of [`TrustProfile::from_toml`], and [`PolicyError::TakenName`].
    pub fn of_ones_own(text: &str) -> Result<Self, PolicyError> {
        let (profile, built_in) = (Self::from_toml(text)?, Self::from_toml(JP_HPKI)?);
        let says_that = || Self { sha256: built_in.sha256, text: built_in.text.clone(), ..profile.clone() } == built_in;
        if Self::is_built_in_name(&profile.name) && !says_that() {
            return Err(PolicyError::TakenName { what: "trust profile", name: profile.name });
        }
        Ok(profile)
    }

    /// Whether readers take a name for the built-in's.
    pub fn is_built_in_name(name: &str) -> bool {
        is_name_of(name, NAME)
    }

    /// A built-in profile by name.
    ///
    /// # Errors
    /// [`PolicyError::UnknownName`] with the names there are.
    pub fn built_in(name: &str) -> Result<Self, PolicyError> {
        match name {
            NAME => Self::from_toml(JP_HPKI),
            _ => Err(PolicyError::UnknownName { what: "trust profile", name: name.to_owned(), known: NAME.to_owned() }),
        }
    }

    /// HPKI and JPKI signers and Japanese time-stamping authorities. The default.
    #[allow(clippy::expect_used)] // embedded data; a unit test reads it
    pub fn jp_hpki() -> Self {
        Self::from_toml(JP_HPKI).expect("embedded trust profile is valid")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tsa(text: &str) -> TsaAnchor {
        let pin = "ab".repeat(32);
        let profile = format!("name = \"t\"\n[[tsa]]\nname = \"T\"\nsha256 = \"{pin}\"\n{text}");
        TrustProfile::from_toml(&profile).unwrap().tsa.remove(0)
    }

    #[test]
    fn the_built_in_profile_pins_the_hpki_root_under_the_signing_policy() {
        let profile = TrustProfile::jp_hpki();
        let hpki: Vec<_> = profile.signer.iter().filter(|a| a.purpose == Purpose::Hpki).collect();
        assert_eq!(hpki.len(), 1);
        assert_eq!(hpki[0].policies, ["1.2.392.100495.1.5.1.1.3.1".parse().unwrap()]);
        assert_eq!(TrustProfile::built_in("jp-hpki").unwrap(), profile);
    }

    #[test]
    fn constraints_of_an_anchor_default_to_what_its_policies_say() {
        let pin = "ab".repeat(32);
        let anchor = |text: &str| {
            let profile = format!("name=\"t\"\n[[signer]]\nname=\"S\"\npurpose=\"other\"\nsha256=\"{pin}\"\n{text}");
            TrustProfile::from_toml(&profile).unwrap().signer.remove(0)
        };
        assert!(!anchor("").requires_explicit_policy());
        assert!(anchor("policies = [\"1.2.3\"]").requires_explicit_policy());
        assert!(!anchor("policies = [\"1.2.3\"]\nrequire_explicit_policy = false").requires_explicit_policy());
        let limited = anchor("not_after = \"2030-01-01T00:00:00Z\"\npurposes = [\"1.3.6.1.5.5.7.3.36\"]");
        assert_eq!(limited.not_after, Some(UtcTime::parse("2030-01-01T00:00:00Z").unwrap()));
        assert!(!limited.inhibit_any_policy && !limited.inhibit_policy_mapping);
    }

    #[test]
    fn only_positive_knowledge_excludes_a_service() {
        let at = |t: &str| UtcTime::parse(t).unwrap();
        let closed = tsa(
            "accreditation = [{ from = \"2020-01-01T00:00:00Z\", to = \"2023-01-01T00:00:00Z\", scheme = \"dekyo\" }]",
        );
        assert_eq!(closed.accreditation_at(at("2019-12-31T23:59:59Z")), AccreditationStatus::Unknown);
        assert_eq!(closed.accreditation_at(at("2020-01-01T00:00:00Z")), AccreditationStatus::Accredited);
        assert_eq!(closed.accreditation_at(at("2023-01-01T00:00:00Z")), AccreditationStatus::NotAccredited);
        assert_eq!(tsa("").accreditation_at(at("2024-01-01T00:00:00Z")), AccreditationStatus::Unknown);
        let excluded = tsa("accredited = false");
        assert_eq!(excluded.accreditation_at(at("2024-01-01T00:00:00Z")), AccreditationStatus::NotAccredited);
    }

    /// 14①2(1) knows two schemes; what says nothing of the time decides nothing.
    #[test]
    fn accreditation_is_under_a_known_scheme_and_since_a_time() {
        let pin = "ab".repeat(32);
        let read = |text: &str| {
            TrustProfile::from_toml(&format!("name = \"t\"\n[[tsa]]\nname = \"T\"\nsha256 = \"{pin}\"\n{text}"))
        };
        let interval = |scheme: &str| {
            read(&format!("accreditation = [{{ from = \"2020-01-01T00:00:00Z\", scheme = \"{scheme}\" }}]"))
        };
        for scheme in [Scheme::Mic146, Scheme::Dekyo] {
            assert_eq!(interval(scheme.as_str()).unwrap().tsa[0].accreditation[0].scheme, scheme);
        }
        for scheme in ["", "mic146", "eidas"] {
            let refused = interval(scheme).unwrap_err().to_string();
            assert!(refused.contains("expected `mic-146` or `dekyo`"), "{refused}");
        }
        let refused = read("accredited = true").unwrap_err().to_string();
        assert!(refused.contains("accreditation = [{ from = "), "{refused}");
        let both = "accredited = true\naccreditation = [{ from = \"2020-01-01T00:00:00Z\", scheme = \"dekyo\" }]";
        assert!(read(both).is_ok());
    }

    /// Reports name a profile by its name.
    #[test]
    fn the_built_ins_name_stands_for_the_built_in() {
        let text = TrustProfile::jp_hpki().text;
        assert_eq!(
            TrustProfile::of_ones_own(&format!("# a copy\n{text}")).unwrap().signer,
            TrustProfile::jp_hpki().signer
        );
        for name in ["jp-hpki", "JP-HPKI", " jp-hpki"] {
            let refused = TrustProfile::of_ones_own(&format!("name = \"{name}\"")).unwrap_err();
            assert!(matches!(refused, PolicyError::TakenName { .. }), "{name}: {refused}");
        }
        assert!(TrustProfile::of_ones_own("name = \"ours\"").is_ok());
        assert!(TrustProfile::from_toml("name = \"jp-hpki\"").is_ok(), "what an earlier version kept");
    }

    #[test]
    fn an_anchor_cannot_serve_both_purposes() {
        let pin = "cd".repeat(32);
        let text = format!(
            "name=\"t\"\n[[signer]]\nname=\"S\"\npurpose=\"hpki\"\nsha256=\"{pin}\"\n[[tsa]]\nname=\"T\"\nsha256=\"{pin}\"\n"
        );
        assert!(matches!(TrustProfile::from_toml(&text), Err(PolicyError::Meaning { .. })));
    }
}

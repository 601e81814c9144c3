//! A world that ages: a signing CA from 2011 to 2021, cards from 2016 to 2021, three time-stamping units one after the
//! other, and revocation lists of any date.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use x509_cert::ext::Extension;
use x509_cert::ext::pkix::KeyUsages;

use crate::certificates::{CertificateSpec, Identity};
use crate::crl::{CrlSpec, Revoked};
use crate::extensions as ext;
use crate::extensions::HPKI_CODING_SCHEME;
use crate::keys::Key;
use crate::names::{authority, person};
use crate::tokens::TokenSpec;
use crate::{SIGNING_POLICY, TSA_POLICY};

/// Every certificate of the ageing world, by name.
pub struct Ageing {
    identities: BTreeMap<&'static str, Identity>,
}

/// The certificates that a signature of this world needs, its time-stamping units included.
pub const CHAINS: [&str; 7] = ["doctor", "ca", "root", "tsu-1", "tsu-2", "tsu-3", "tsa"];

impl Ageing {
    /// Issues every certificate; keys are derived from names.
    #[must_use]
    pub fn build() -> Ageing {
        let mut world = Ageing { identities: BTreeMap::new() };
        let ca = || vec![ext::certification_authority(), ext::key_usage(&[KeyUsages::KeyCertSign, KeyUsages::CRLSign])];
        let unit = || {
            vec![ext::key_usage(&[KeyUsages::DigitalSignature]), ext::extended_key_usage(&[ext::TIME_STAMPING], true)]
        };
        let card = || {
            vec![
                ext::key_usage(&[KeyUsages::NonRepudiation]),
                ext::certificate_policy(SIGNING_POLICY),
                ext::healthcare_roles(&[(HPKI_CODING_SCHEME, "Medical Doctor")]),
            ]
        };
        let long = ("2010-01-01T00:00:00Z", "2045-01-01T00:00:00Z");
        world.issue("root", 1, long, ca(), None);
        let mut signing = ca();
        signing.push(ext::certificate_policy(SIGNING_POLICY));
        world.issue("ca", 2, ("2011-01-01T00:00:00Z", "2021-06-01T00:00:00Z"), signing, Some("root"));
        world.issue("doctor", 3, ("2016-01-01T00:00:00Z", "2021-01-01T00:00:00Z"), card(), Some("ca"));
        // The same under a CA that outlives every record.
        let mut lasting = ca();
        lasting.push(ext::certificate_policy(SIGNING_POLICY));
        world.issue("lasting-ca", 4, long, lasting, Some("root"));
        world.issue("lasting-doctor", 5, ("2016-01-01T00:00:00Z", "2021-01-01T00:00:00Z"), card(), Some("lasting-ca"));
        world.issue("tsa", 1, long, ca(), None);
        // Keys that lived before anybody retired SHA-1.
        world.issue("tsu-0", 10, ("2010-06-01T00:00:00Z", "2034-12-31T00:00:00Z"), unit(), Some("tsa"));
        world.issue("tsu-1", 11, ("2015-01-01T00:00:00Z", "2022-01-01T00:00:00Z"), unit(), Some("tsa"));
        world.issue("tsu-2", 12, ("2020-01-01T00:00:00Z", "2032-01-01T00:00:00Z"), unit(), Some("tsa"));
        world.issue("tsu-3", 13, ("2025-01-01T00:00:00Z", "2037-01-01T00:00:00Z"), unit(), Some("tsa"));
        // A unit whose issuer is no anchor, and ends.
        world.issue("old-tsa", 14, ("2012-01-01T00:00:00Z", "2024-01-01T00:00:00Z"), ca(), Some("tsa"));
        world.issue("old-tsu", 15, ("2015-01-01T00:00:00Z", "2022-01-01T00:00:00Z"), unit(), Some("old-tsa"));
        world
    }

    fn issue(
        &mut self,
        name: &'static str,
        serial: u64,
        validity: (&'static str, &'static str),
        extensions: Vec<Extension>,
        issuer: Option<&str>,
    ) {
        let subject = match name {
            "doctor" => person(None, None, "Nagai DEMO", "DEMO201601"),
            "root" => authority("DEMO Ministry of Health", "DEMO HPKI", "DEMO HPKI Root CA of 2010"),
            "ca" => authority("DEMO Medical Association", "DEMO Certificate Center", "DEMO HPKI-10-SignCA"),
            "lasting-ca" => authority("DEMO Medical Association", "DEMO Certificate Center", "DEMO HPKI-20-SignCA"),
            "lasting-doctor" => person(None, None, "Nagaku DEMO", "DEMO201602"),
            "tsa" => authority("DEMO Time Authority", "DEMO TSA", "DEMO TSA CA of 2010"),
            "old-tsa" => authority("DEMO Time Authority", "DEMO TSA", "DEMO TSA CA of 2012"),
            unit => authority("DEMO Time Authority", "DEMO TSA", &format!("DEMO ageing {unit}")),
        };
        let key = Key::derived(&format!("ageing {name}"));
        let issuer = issuer.map(|issuer| self.identity(issuer).clone());
        let spec = CertificateSpec { subject, key, serial, validity, extensions };
        self.identities.insert(name, spec.issue(issuer.as_ref()));
    }

    /// The identity called `name`.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn identity(&self, name: &str) -> &Identity {
        self.identities.get(name).unwrap_or_else(|| panic!("no identity {name}"))
    }

    /// The DER certificates called `names`.
    #[must_use]
    pub fn certificates(&self, names: &[&str]) -> Vec<&[u8]> {
        names.iter().map(|name| self.identity(name).der.as_slice()).collect()
    }

    /// A revocation list of `issuer` from one instant to another.
    #[must_use]
    pub fn crl(&self, issuer: &str, from: &'static str, to: &'static str) -> Vec<u8> {
        self.crl_with(issuer, from, to, Vec::new())
    }

    /// The same listing `revoked`.
    #[must_use]
    pub fn crl_with(&self, issuer: &str, from: &'static str, to: &'static str, revoked: Vec<Revoked>) -> Vec<u8> {
        let spec = CrlSpec { this_update: from, next_update: Some(to), number: 1, revoked, extensions: Vec::new() };
        spec.issue(self.identity(issuer))
    }

    /// An entry for the certificate called `name`.
    #[must_use]
    pub fn revoked(&self, name: &str, date: &'static str, reason: u8) -> Vec<Revoked> {
        vec![Revoked::new(self.identity(name), date, reason)]
    }

    /// A token of a unit over `data`, with its issuers' certificates.
    #[must_use]
    pub fn token<'a>(&'a self, unit: &str, data: &[u8], gen_time: &'a str) -> TokenSpec<'a> {
        let mut token = TokenSpec::over(data, self.identity(unit), TSA_POLICY, gen_time);
        if unit == "old-tsu" {
            token.certificates.push(self.identity("old-tsa").der.clone());
        }
        token.certificates.push(self.identity("tsa").der.clone());
        token
    }

    /// The trust profile of this world, as TOML: the root, and the time-stamping CA, accredited since 2015. `extra` is
    /// put after it.
    #[must_use]
    pub fn trust_profile(&self, extra: &str) -> String {
        let mut out = String::from(
            "# Trust profile of the demo world that ages. Its private keys are public: never use it for real documents.\n\
             name = \"demo-ageing\"\n\
             description = \"DEMO trust anchors for testdata/ageing/\"\n",
        );
        let (root, tsa) = (self.identity("root").fingerprint(), self.identity("tsa").fingerprint());
        write!(
            out,
            "\n[[signer]]\nname = \"DEMO HPKI Root CA of 2010\"\npurpose = \"hpki\"\nsha256 = \"{root}\"\n\
             policies = [\"{SIGNING_POLICY}\"]\n\
             \n[[tsa]]\nname = \"DEMO TSA CA of 2010\"\nsha256 = \"{tsa}\"\npolicies = [\"{TSA_POLICY}\"]\n\
             accreditation = [ {{ from = \"2010-01-01T00:00:00Z\", scheme = \"dekyo\" }} ]\n{extra}"
        )
        .unwrap();
        out
    }
}

//! The demo world: every certificate and revocation list, by name.

mod archive;

use std::collections::BTreeMap;

use x509_cert::ext::Extension;
use x509_cert::ext::pkix::KeyUsages;
use x509_cert::name::Name;

use crate::certificates::{CertificateSpec, Identity};
use crate::crl::{CrlSpec, Revoked};
use crate::extensions as ext;
use crate::extensions::{HPKI_CODING_SCHEME, Scope};
use crate::keys::Key;
use crate::names::{authority, name, person};

/// HPKI signing policy.
pub const SIGNING_POLICY: &str = "1.2.392.100495.1.5.1.1.3.1";
/// HPKI signing policy of TEST certificates.
pub const TEST_POLICY: &str = "1.2.392.100495.1.5.1.1.0.1";
/// HPKI authentication policy for persons.
pub const AUTHENTICATION_POLICY: &str = "1.2.392.100495.1.5.1.2.3.1";
/// Time-stamping policy of the services pinned by TSU certificate (documentation arc, RFC 5612).
pub const TSA_POLICY: &str = "1.3.6.1.4.1.32473.1.1";
/// Time-stamping policy of the service recognised by its issuing CA.
pub const TSA_CA_POLICY: &str = "1.3.6.1.4.1.32473.1.2";

/// Validity of roots and CAs.
const LONG: (&str, &str) = ("2014-01-16T15:00:00Z", "2060-01-16T14:59:59Z");
/// Validity of signing cards: five years between JST midnights.
const CARD: (&str, &str) = ("2023-03-31T15:00:00Z", "2028-03-31T14:59:59Z");
/// Validity of long-lived time-stamping units.
const TSU: (&str, &str) = ("2023-12-31T15:00:00Z", "2054-12-31T14:59:59Z");

/// A card holder of the signing CA: key name, CN, O, OU, serial number and roles.
struct Card {
    key: &'static str,
    common: &'static str,
    organisation: Option<&'static str>,
    unit: Option<&'static str>,
    serial: u64,
    roles: &'static [(&'static str, &'static str)],
}

const fn card(
    key: &'static str,
    common: &'static str,
    serial: u64,
    roles: &'static [(&'static str, &'static str)],
) -> Card {
    Card { key, common, organisation: None, unit: None, serial, roles }
}

const DOCTOR: &[(&str, &str)] = &[(HPKI_CODING_SCHEME, "Medical Doctor")];

/// Ordinary cards under the signing CA; the irregular ones are issued in [`World::build`].
const CARDS: &[Card] = &[
    card("pharmacist", "Yakko DEMO", 0x8102, &[(HPKI_CODING_SCHEME, "Pharmacist")]),
    Card {
        key: "director",
        common: "Incho DEMO",
        organisation: Some("DEMO General Hospital"),
        unit: Some("Director"),
        serial: 0x8103,
        roles: &[(HPKI_CODING_SCHEME, "Director of Hospital")],
    },
    card("nurse", "Kango DEMO", 0x8104, &[(HPKI_CODING_SCHEME, "General Nurse")]),
    card("staff", "Jimu DEMO", 0x8105, &[]),
    Card {
        key: "two-roles",
        common: "Kanri DEMO",
        organisation: Some("DEMO General Hospital"),
        unit: Some("Director"),
        serial: 0x8106,
        roles: &[(HPKI_CODING_SCHEME, "Medical Doctor"), (HPKI_CODING_SCHEME, "Director of Hospital")],
    },
    card("unrecognised", "Fumei DEMO", 0x8107, &[(HPKI_CODING_SCHEME, "Medical Docter")]),
    card("wrong-scheme", "Betsu DEMO", 0x8108, &[("1.3.6.1.4.1.32473.9.1", "Medical Doctor")]),
    card("revoked", "Shikko DEMO", 0x810b, DOCTOR),
    card("key-compromise", "Roei DEMO", 0x810c, DOCTOR),
    card("on-hold", "Horyu DEMO", 0x810d, DOCTOR),
    card("doctor-p256", "Kyokusen DEMO", 0x8110, DOCTOR),
    card("doctor-ed25519", "Edo DEMO", 0x8111, DOCTOR),
    card("doctor-e3", "Rippo DEMO", 0x8120, DOCTOR),
    card("doctor-pss", "Shio DEMO", 0x8121, DOCTOR),
    card("doctor-p384", "Nobe DEMO", 0x8122, DOCTOR),
    card("doctor-p521", "Sosu DEMO", 0x8123, DOCTOR),
    card("doctor-brainpool-p256", "Zuno DEMO", 0x8124, DOCTOR),
    card("doctor-dsa", "Taisu DEMO", 0x8125, DOCTOR),
    card("rsa-16384", "Kyodai DEMO", 0x8126, DOCTOR),
    card("rsa-huge-exponent", "Shisu DEMO", 0x8127, DOCTOR),
    card("ml-dsa-65", "Koshi DEMO", 0x8128, DOCTOR),
];

/// Every identity and revocation list of the demo world.
pub struct World {
    identities: BTreeMap<&'static str, Identity>,
    crls: BTreeMap<&'static str, Vec<u8>>,
}

impl World {
    /// Issues everything from the committed keys.
    #[must_use]
    pub fn build() -> World {
        let mut world = World { identities: BTreeMap::new(), crls: BTreeMap::new() };
        world.issue_authorities();
        world.issue_cards();
        world.issue_time_stamping_units();
        world.issue_crls();
        world.issue_archive();
        world
    }

    /// The identity called `name`.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn identity(&self, name: &str) -> &Identity {
        self.identities.get(name).unwrap_or_else(|| panic!("no identity {name}"))
    }

    /// The DER certificate of the identity called `name`.
    #[must_use]
    pub fn certificate(&self, name: &str) -> &[u8] {
        &self.identity(name).der
    }

    /// The DER revocation list called `name`.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn crl(&self, name: &str) -> &[u8] {
        self.crls.get(name).unwrap_or_else(|| panic!("no CRL {name}"))
    }

    /// Every identity with its name.
    pub fn identities(&self) -> impl Iterator<Item = (&'static str, &Identity)> {
        self.identities.iter().map(|(name, identity)| (*name, identity))
    }

    /// Every revocation list with its name.
    pub fn crls(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.crls.iter().map(|(name, der)| (*name, der.as_slice()))
    }

    fn issue(&mut self, name: &'static str, spec: CertificateSpec, issuer: Option<&str>) {
        let issuer = issuer.map(|issuer| self.identity(issuer).clone());
        self.identities.insert(name, spec.issue(issuer.as_ref()));
    }

    fn issue_authorities(&mut self) {
        let root = authority("DEMO Ministry of Health", "DEMO HPKI", "DEMO HPKI Root CA");
        self.issue_root("root", root, 1);
        self.issue_ca("signing-ca", ("DEMO HPKI-01-SignCA-forNonRepudiation", 2), LONG, SIGNING_POLICY);
        self.issue_ca(
            "auth-ca",
            ("DEMO HPKI-01-AuthCA-forAuthentication-forIndividual", 3),
            LONG,
            AUTHENTICATION_POLICY,
        );
        self.issue_ca(
            "expired-ca",
            ("DEMO HPKI-00-SignCA-forNonRepudiation", 4),
            ("2014-01-16T15:00:00Z", "2024-04-30T14:59:59Z"),
            SIGNING_POLICY,
        );
        self.issue_root("unknown-root", authority("DEMO Unknown", "DEMO HPKI", "DEMO Unknown Root CA"), 1);
        self.issue_root("tsa-ca", authority("DEMO Time Authority", "DEMO TSA", "DEMO TSA CA"), 1);
        self.issue_root("public-ca", authority("DEMO Public Trust", "DEMO CA", "DEMO Public Documents CA"), 1);
        self.issue_root("untrusted-tsa-root", authority("DEMO Elsewhere", "DEMO TSA", "DEMO Untrusted TSA Root"), 1);
    }

    fn issue_root(&mut self, key: &'static str, subject: Name, serial: u64) {
        let extensions = vec![ca_key_usage(), ext::certification_authority()];
        self.issue(key, CertificateSpec { subject, key: Key::named(key), serial, validity: LONG, extensions }, None);
    }

    fn issue_ca(
        &mut self,
        key: &'static str,
        (common, serial): (&str, u64),
        validity: (&'static str, &'static str),
        policy: &str,
    ) {
        let extensions = vec![
            ext::certification_authority(),
            ext::certificate_policy(policy),
            ca_key_usage(),
            ext::distribution_points(Some(&sarl_name()), "http://demo.example/rlist/sarl.crl"),
        ];
        let subject = authority("DEMO Medical Association", "DEMO Certificate Center", common);
        self.issue(key, CertificateSpec { subject, key: Key::named(key), serial, validity, extensions }, Some("root"));
    }

    fn issue_cards(&mut self) {
        for card in CARDS {
            let subject = person(card.organisation, card.unit, card.common, &format!("DEMO{:06}", card.serial));
            self.issue(card.key, card_spec(card.key, subject, card.serial, card.roles), Some("signing-ca"));
        }

        let subject = person(Some("DEMO General Hospital"), None, "Taro DEMO", "DEMO033025");
        let kanji = name(&[("C", "JP"), ("O", "デモ総合病院"), ("CN", "見本　太郎"), ("serialNumber", "DEMO033025")]);
        let mut spec = card_spec("doctor", subject, 0x8101, DOCTOR);
        spec.extensions.insert(1, ext::alternative_directory_name(&kanji));
        self.issue("doctor", spec, Some("signing-ca"));

        // B10: another person's certificate over the doctor's own key.
        let spec = card_spec(
            "doctor",
            person(None, None, "Kagi DEMO", "DEMO033055"),
            0x8112,
            &[(HPKI_CODING_SCHEME, "Pharmacist")],
        );
        self.issue("doctor-key-twin", spec, Some("signing-ca"));

        let subject = person(None, None, "Shiken DEMO", "DEMO033033");
        let spec = card_with_policy("test-card", subject, 0x8109, DOCTOR, TEST_POLICY);
        self.issue("test-card", spec, Some("signing-ca"));

        let mut spec = card_spec("expired", person(None, None, "Kigen DEMO", "DEMO033034"), 0x810a, DOCTOR);
        spec.validity = ("2019-05-19T15:00:00Z", "2024-05-19T14:59:59Z");
        self.issue("expired", spec, Some("signing-ca"));

        let mut extensions =
            vec![ext::key_usage(&[KeyUsages::DigitalSignature]), ext::certificate_policy(AUTHENTICATION_POLICY)];
        extensions.push(ext::distribution_points(None, "http://demo.example/crl/auth.crl"));
        extensions.push(ext::healthcare_roles(DOCTOR));
        let subject = person(Some("DEMO General Hospital"), None, "Taro DEMO", "DEMO033025");
        let spec =
            CertificateSpec { subject, key: Key::named("auth-person"), serial: 0x201, validity: CARD, extensions };
        self.issue("auth-person", spec, Some("auth-ca"));

        for (key, common, issuer) in
            [("unknown-root-doctor", "Michi DEMO", "unknown-root"), ("expired-ca-doctor", "Furui DEMO", "expired-ca")]
        {
            let spec = card_spec(key, person(None, None, common, "DEMO000301"), 0x301, DOCTOR);
            self.issue(key, spec, Some(issuer));
        }
    }

    fn issue_time_stamping_units(&mut self) {
        let right = || vec![ext::extended_key_usage(&[ext::TIME_STAMPING], true)];
        self.issue_tsu("tsu-a", ("DEMO TSU A", 0x0a), "public-ca", TSU, right());
        self.issue_tsu("tsu-b", ("DEMO TSU B", 0x0b), "tsa-ca", TSU, right());
        self.issue_tsu("tsu-c", ("DEMO TSU C", 0x0c), "public-ca", TSU, right());
        self.issue_tsu("tsu-d", ("DEMO TSU D", 0x0d), "public-ca", TSU, right());
        let ended = ("2013-05-31T15:00:00Z", "2024-05-31T14:59:59Z");
        self.issue_tsu("tsu-e", ("DEMO TSU E", 0x0e), "tsa-ca", ended, right());
        self.issue_tsu("tsu-f", ("DEMO TSU F", 0x0f), "public-ca", TSU, Vec::new());
        let extra = ext::extended_key_usage(&[ext::TIME_STAMPING, "1.3.6.1.5.5.7.3.4"], true);
        self.issue_tsu("tsu-g", ("DEMO TSU G", 0x10), "public-ca", TSU, vec![extra]);
        let lenient = ext::extended_key_usage(&[ext::TIME_STAMPING], false);
        self.issue_tsu("tsu-h", ("DEMO TSU H", 0x11), "public-ca", TSU, vec![lenient]);
        self.issue_tsu("tsu-i", ("DEMO TSU I", 0x12), "untrusted-tsa-root", TSU, right());
        let young = ("2024-05-20T06:00:00Z", "2054-12-31T14:59:59Z");
        self.issue_tsu("tsu-j", ("DEMO TSU J", 0x13), "public-ca", young, right());
        self.issue_tsu("tsu-k", ("DEMO TSU K", 0x14), "public-ca", TSU, right());
    }

    fn issue_tsu(
        &mut self,
        key: &'static str,
        (common, serial): (&str, u64),
        issuer: &str,
        validity: (&'static str, &'static str),
        purposes: Vec<Extension>,
    ) {
        let mut extensions = vec![ext::key_usage(&[KeyUsages::DigitalSignature])];
        extensions.extend(purposes);
        if issuer == "tsa-ca" {
            extensions.push(ext::distribution_points(None, "http://demo.example/crl/tsa.crl"));
        }
        let subject = authority("DEMO Time Authority", "DEMO TSU", common);
        self.issue(key, CertificateSpec { subject, key: Key::named(key), serial, validity, extensions }, Some(issuer));
    }

    fn issue_crls(&mut self) {
        let sarl = |this_update, next_update, number, revoked| CrlSpec {
            this_update,
            next_update: Some(next_update),
            number,
            revoked,
            extensions: vec![ext::issuing_distribution_point(&Scope {
                directory: Some(&sarl_name()),
                ca_certificates: true,
                ..Scope::default()
            })],
        };
        let daily = |number, revoked| CrlSpec {
            this_update: "2024-05-18T17:00:01Z",
            next_update: Some("2024-05-22T17:00:01Z"),
            number,
            revoked,
            extensions: Vec::new(),
        };
        let later = |number, revoked| CrlSpec {
            this_update: "2024-06-09T17:00:01Z",
            next_update: Some("2024-06-13T17:00:01Z"),
            number,
            revoked,
            extensions: Vec::new(),
        };
        let standing = vec![
            Revoked::new(self.identity("revoked"), "2024-05-10T02:03:18Z", 5),
            Revoked::new(self.identity("key-compromise"), "2024-05-12T05:14:28Z", 1),
            Revoked::new(self.identity("on-hold"), "2024-05-13T00:52:45Z", 6),
        ];
        let doctor = Revoked::new(self.identity("doctor"), "2024-06-05T01:00:00Z", 5);
        let backdated = Revoked { invalidity: Some("2024-05-01T00:00:00Z"), reason: Some(1), ..doctor.clone() };
        let tsu = Revoked::new(self.identity("tsu-b"), "2024-06-01T00:00:00Z", 4);
        let silent = Revoked { reason: None, ..tsu.clone() };
        let compromised = Revoked { reason: Some(1), ..tsu.clone() };
        let tsa = |number, revoked| CrlSpec {
            this_update: "2024-05-18T18:00:00Z",
            next_update: Some("2024-07-17T18:00:00Z"),
            number,
            revoked,
            extensions: Vec::new(),
        };
        let tsa_later = |number, revoked| CrlSpec {
            this_update: "2024-06-09T18:00:00Z",
            next_update: Some("2024-08-08T18:00:00Z"),
            number,
            revoked,
            extensions: Vec::new(),
        };
        let ca_revoked = Revoked::new(self.identity("signing-ca"), "2024-05-15T00:00:00Z", 5);
        let with = |extra: Revoked| [standing.clone(), vec![extra]].concat();
        let quarter = ("2024-05-18T19:00:01Z", "2024-09-05T19:00:01Z");
        let specs: Vec<(&'static str, &str, CrlSpec)> = vec![
            ("sarl", "root", sarl(quarter.0, quarter.1, 3293, vec![])),
            ("sarl-signing-ca-revoked", "root", sarl(quarter.0, quarter.1, 3294, vec![ca_revoked])),
            ("signing", "signing-ca", daily(4021, standing.clone())),
            ("signing-later", "signing-ca", later(4043, standing.clone())),
            ("signing-later-doctor-revoked", "signing-ca", later(4043, with(doctor))),
            ("signing-later-doctor-backdated", "signing-ca", later(4043, with(backdated))),
            ("signing-later-empty", "signing-ca", later(4043, vec![])),
            (
                "signing-stale",
                "signing-ca",
                CrlSpec {
                    this_update: "2024-05-01T17:00:01Z",
                    next_update: Some("2024-05-05T17:00:01Z"),
                    number: 4004,
                    revoked: Vec::new(),
                    extensions: Vec::new(),
                },
            ),
            ("auth", "auth-ca", daily(2011, vec![])),
            ("expired-ca", "expired-ca", daily(988, vec![])),
            ("unknown-root", "unknown-root", daily(12, vec![])),
            ("tsa", "tsa-ca", tsa(301, vec![])),
            ("tsa-later-tsu-superseded", "tsa-ca", tsa_later(302, vec![tsu])),
            ("tsa-later-tsu-no-reason", "tsa-ca", tsa_later(302, vec![silent])),
            ("tsa-later-tsu-compromised", "tsa-ca", tsa_later(302, vec![compromised])),
        ];
        for (name, issuer, spec) in specs {
            let der = spec.issue(self.identity(issuer));
            self.crls.insert(name, der);
        }
        let version_1 = daily(0, vec![]).issue_version_1(self.identity("public-ca"));
        self.crls.insert("public-ca-v1", version_1);
    }
}

/// The name in the SARL's issuing distribution point and in the CA certificates' distribution points.
fn sarl_name() -> Name {
    name(&[
        ("C", "JP"),
        ("O", "DEMO Ministry of Health"),
        ("OU", "DEMO HPKI"),
        ("CN", "DEMO HPKI Root CA"),
        ("CN", "SARL"),
    ])
}

fn ca_key_usage() -> Extension {
    ext::key_usage(&[KeyUsages::KeyCertSign, KeyUsages::CRLSign])
}

fn card_spec(key: &'static str, subject: Name, serial: u64, roles: &[(&str, &str)]) -> CertificateSpec {
    card_with_policy(key, subject, serial, roles, SIGNING_POLICY)
}

/// The HPKI signing profile: keyUsage nonRepudiation alone, no extendedKeyUsage, no basicConstraints, no AIA.
fn card_with_policy(
    key: &'static str,
    subject: Name,
    serial: u64,
    roles: &[(&str, &str)],
    policy: &str,
) -> CertificateSpec {
    let mut extensions = vec![
        ext::key_usage(&[KeyUsages::NonRepudiation]),
        ext::distribution_points(None, "http://demo.example/crl/sign.crl"),
    ];
    if !roles.is_empty() {
        extensions.push(ext::healthcare_roles(roles));
    }
    extensions.push(ext::certificate_policy(policy));
    CertificateSpec { subject, key: Key::named(key), serial, validity: CARD, extensions }
}

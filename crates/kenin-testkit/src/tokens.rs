//! Time-stamp tokens and responses (RFC 3161, RFC 5816).

use der::Encode;

use crate::algorithms::{Hash, SignatureAlgorithm};
use crate::certificates::Identity;
use crate::cms::{
    SignedData, Signer, TST_INFO, content_type, ess_cert_id, ess_cert_id_v2, message_digest, signing_certificate,
    signing_certificate_v2, signing_time,
};
use crate::encode::{explicit, generalized_time, implicit, integer, octets, oid, sequence, tlv, unsigned, utf8};
use crate::keys::Seeded;

/// The signing-certificate attribute of a token.
#[derive(Clone)]
pub enum Ess {
    /// signing-certificate with one SHA-1 ESSCertID.
    V1,
    /// signing-certificate-v2 with one SHA-256 ESSCertIDv2.
    V2,
    /// Neither attribute.
    Absent,
    /// signing-certificate-v2 naming these certificates in order.
    V2Naming(Vec<Identity>),
}

/// What a token states, before it is signed.
#[derive(Clone)]
pub struct TokenSpec<'a> {
    /// The time-stamping unit.
    pub tsu: &'a Identity,
    /// AlgorithmIdentifier of the imprint.
    pub imprint_algorithm: Vec<u8>,
    /// The imprint octets.
    pub imprint: Vec<u8>,
    /// TSTInfo version.
    pub version: u64,
    /// TSA policy.
    pub policy: &'a str,
    /// genTime characters, `YYYYMMDDhhmmss[.f]Z`.
    pub gen_time: &'a str,
    /// accuracy: seconds and milliseconds.
    pub accuracy: Option<(u64, u8)>,
    /// Whether a nonce is echoed.
    pub nonce: bool,
    /// Whether the tsa field names the subject of the TSU certificate.
    pub tsa_name: bool,
    /// signing-certificate attribute.
    pub ess: Ess,
    /// Signature algorithm.
    pub algorithm: SignatureAlgorithm,
    /// Further certificates beside the TSU's.
    pub certificates: Vec<Vec<u8>>,
    /// Revocation data inside the token.
    pub crls: Vec<Vec<u8>>,
    /// Octets after TSTInfo inside eContent.
    pub trailing: Vec<u8>,
}

impl<'a> TokenSpec<'a> {
    /// A good token over `data`: SHA-256, accuracy 1 s, nonce, tsa name, ESSCertIDv2.
    #[must_use]
    pub fn over(data: &[u8], tsu: &'a Identity, policy: &'a str, gen_time: &'a str) -> TokenSpec<'a> {
        TokenSpec {
            tsu,
            imprint_algorithm: Hash::Sha256.identifier(),
            imprint: Hash::Sha256.digest(data),
            version: 1,
            policy,
            gen_time,
            accuracy: Some((1, 0)),
            nonce: true,
            tsa_name: true,
            ess: Ess::V2,
            algorithm: tsu.key.usual_algorithm(),
            certificates: Vec::new(),
            crls: Vec::new(),
            trailing: Vec::new(),
        }
    }

    /// The same with a SHA-512 imprint and SHA-512/RSA signature.
    #[must_use]
    pub fn sha512(mut self, data: &[u8]) -> TokenSpec<'a> {
        self.imprint_algorithm = Hash::Sha512.identifier();
        self.imprint = Hash::Sha512.digest(data);
        self.algorithm = SignatureAlgorithm::RsaPkcs1(Hash::Sha512);
        self
    }

    /// TSTInfo (RFC 3161 2.4.2).
    #[must_use]
    pub fn tst_info(&self) -> Vec<u8> {
        let accuracy = self.accuracy.map_or_else(Vec::new, |(seconds, millis)| {
            let millis = if millis == 0 { Vec::new() } else { implicit(0, &integer(u64::from(millis))) };
            sequence(&[&integer(seconds), &millis])
        });
        let nonce = if self.nonce { unsigned(&Seeded::positive::<8>("nonce", &self.imprint)) } else { Vec::new() };
        let tsa =
            if self.tsa_name { explicit(0, &explicit(4, &self.tsu.subject.to_der().unwrap())) } else { Vec::new() };
        sequence(&[
            &integer(self.version),
            &oid(self.policy),
            &sequence(&[&self.imprint_algorithm, &octets(&self.imprint)]),
            &unsigned(&Seeded::positive::<8>("token-serial", &self.imprint)),
            &generalized_time(self.gen_time),
            &accuracy,
            &nonce,
            &tsa,
        ])
    }

    /// The token with every field open.
    #[must_use]
    pub fn signed_data(&self) -> SignedData {
        let tst_info = [self.tst_info(), self.trailing.clone()].concat();
        let signer = Signer { identity: self.tsu, algorithm: self.algorithm, content_type: TST_INFO };
        let digits = self.gen_time;
        let claimed =
            format!("{}-{}-{}T{}:{}:00Z", &digits[..4], &digits[4..6], &digits[6..8], &digits[8..10], &digits[10..12]);
        let mut attributes = vec![
            content_type(TST_INFO),
            signing_time(&claimed),
            message_digest(&self.algorithm.hash().digest(&tst_info)),
        ];
        match &self.ess {
            Ess::V1 => attributes.push(signing_certificate(&[ess_cert_id(self.tsu, true)])),
            Ess::V2 => attributes.push(signing_certificate_v2(&[ess_cert_id_v2(self.tsu, Hash::Sha256)])),
            Ess::Absent => {}
            Ess::V2Naming(identities) => {
                let ids: Vec<_> = identities.iter().map(|identity| ess_cert_id_v2(identity, Hash::Sha256)).collect();
                attributes.push(signing_certificate_v2(&ids));
            }
        }
        let mut data = SignedData::attached(signer.sign(attributes), &tst_info);
        data.version = 3;
        data.content_type = TST_INFO.to_owned();
        data.certificates.push(self.tsu.der.clone());
        data.certificates.extend(self.certificates.clone());
        data.crls.clone_from(&self.crls);
        data
    }

    /// The encoded token.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        self.signed_data().to_der()
    }
}

/// TimeStampResp (RFC 3161 2.4.2) with a PKIStatus, an optional status text and an optional token.
#[must_use]
pub fn response(status: u64, text: Option<&str>, token: Option<&[u8]>) -> Vec<u8> {
    let text = text.map_or_else(Vec::new, |text| sequence(&[&utf8(text)]));
    // PKIFailureInfo badRequest (bit 2), present whenever the request was refused.
    let failure = if status >= 2 { tlv(0x03, &[5, 0x20]) } else { Vec::new() };
    let information = sequence(&[&integer(status), &text, &failure]);
    sequence(&[&information, token.unwrap_or_default()])
}

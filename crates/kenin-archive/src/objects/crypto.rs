use object_store::client::{
    CryptoProvider, DigestAlgorithm, DigestContext, HmacContext, Signer as RequestSigner, SigningAlgorithm,
};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::sha::Sha256;
use openssl::sign::Signer;

/// What signs requests: OpenSSL, which kenin links anyway, in place of a second cryptographic library.
#[derive(Debug)]
pub(super) struct OpenSsl;

impl CryptoProvider for OpenSsl {
    fn digest(&self, algorithm: DigestAlgorithm) -> object_store::Result<Box<dyn DigestContext>> {
        match algorithm {
            DigestAlgorithm::Sha256 => Ok(Box::new(Digest { state: Sha256::new(), value: [0; 32] })),
            other => Err(unknown(&other)),
        }
    }

    fn hmac(&self, algorithm: DigestAlgorithm, secret: &[u8]) -> object_store::Result<Box<dyn HmacContext>> {
        match algorithm {
            DigestAlgorithm::Sha256 => {
                let key = PKey::hmac(secret).map_err(failed)?;
                Ok(Box::new(Hmac { key, message: Vec::new(), value: Vec::new() }))
            }
            other => Err(unknown(&other)),
        }
    }

    fn sign(&self, algorithm: SigningAlgorithm, pem: &[u8]) -> object_store::Result<Box<dyn RequestSigner>> {
        match algorithm {
            SigningAlgorithm::RS256 => Ok(Box::new(Key(PKey::private_key_from_pem(pem).map_err(failed)?))),
            other => Err(unknown(&other)),
        }
    }
}

struct Digest {
    state: Sha256,
    value: [u8; 32],
}

impl DigestContext for Digest {
    fn update(&mut self, data: &[u8]) {
        self.state.update(data);
    }

    fn finish(&mut self) -> object_store::Result<&[u8]> {
        self.value = self.state.clone().finish();
        Ok(&self.value)
    }
}

/// Messages are a request's headers, some hundred bytes.
struct Hmac {
    key: PKey<Private>,
    message: Vec<u8>,
    value: Vec<u8>,
}

impl HmacContext for Hmac {
    fn update(&mut self, data: &[u8]) {
        self.message.extend_from_slice(data);
    }

    fn finish(&mut self) -> object_store::Result<&[u8]> {
        self.value = signed(&self.key, &self.message)?;
        Ok(&self.value)
    }
}

/// A Google service account's.
struct Key(PKey<Private>);

impl RequestSigner for Key {
    fn sign(&self, string_to_sign: &[u8]) -> object_store::Result<Vec<u8>> {
        signed(&self.0, string_to_sign)
    }
}

fn signed(key: &PKey<Private>, message: &[u8]) -> object_store::Result<Vec<u8>> {
    let mut signer = Signer::new(MessageDigest::sha256(), key).map_err(failed)?;
    signer.sign_oneshot_to_vec(message).map_err(failed)
}

fn failed(error: ErrorStack) -> object_store::Error {
    object_store::Error::Generic { store: "OpenSSL", source: Box::new(error) }
}

fn unknown(algorithm: &dyn std::fmt::Debug) -> object_store::Error {
    object_store::Error::NotSupported { source: format!("{algorithm:?}").into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    #[test]
    fn hmac_is_the_standards() {
        let mut hmac = OpenSsl.hmac(DigestAlgorithm::Sha256, b"Jefe").unwrap();
        hmac.update(b"what do ya want ");
        hmac.update(b"for nothing?");
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex::encode(hmac.finish().unwrap()), expected);
    }

    #[test]
    fn a_digest_is_openssls() {
        let mut digest = OpenSsl.digest(DigestAlgorithm::Sha256).unwrap();
        digest.update(b"a");
        digest.update(b"bc");
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex::encode(digest.finish().unwrap()), expected);
    }

    #[test]
    fn a_service_accounts_signature_verifies_under_its_key() {
        let key = PKey::from_rsa(openssl::rsa::Rsa::generate(2048).unwrap()).unwrap();
        let signer = OpenSsl.sign(SigningAlgorithm::RS256, &key.private_key_to_pem_pkcs8().unwrap()).unwrap();
        let signature = signer.sign(b"header.claims").unwrap();
        let mut verifier = openssl::sign::Verifier::new(MessageDigest::sha256(), &key).unwrap();
        assert!(verifier.verify_oneshot(&signature, b"header.claims").unwrap());
    }

    #[test]
    fn what_is_no_key_is_an_error() {
        assert!(OpenSsl.sign(SigningAlgorithm::RS256, b"no key").is_err());
    }
}

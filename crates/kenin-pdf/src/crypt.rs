//! The standard security handler (ISO 32000-1 7.6.3, ISO 32000-2 7.6.4), as far as reading needs it.

use std::rc::Rc;

use openssl::hash::{MessageDigest, hash};
use openssl::symm::{Cipher, Crypter, Mode};

use crate::filter::Filter;
use crate::object::{Dictionary, Object, PdfString, Reference, Stream};

/// Padding of passwords up to revision 4 (7.6.3.3, algorithm 2).
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

/// How strings or streams are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Identity,
    Rc4,
    Aes128,
    Aes256,
}

/// Decrypts the strings and streams of a document whose password is known.
#[derive(Debug)]
pub(crate) struct Decryptor {
    key: Vec<u8>,
    strings: Method,
    streams: Method,
    encrypt_metadata: bool,
}

impl Decryptor {
    /// Tries the passwords in turn, as user and as owner password. `None` when none fits, or when the handler or
    /// its version is not supported. `encrypt` must have its entries resolved.
    pub(crate) fn open(encrypt: &Dictionary, first_id: &[u8], passwords: &[&[u8]]) -> Option<Self> {
        if !encrypt.has_name(b"Filter", b"Standard") {
            return None;
        }
        let handler = Handler::read(encrypt, first_id)?;
        let (strings, streams) = methods(encrypt, handler.version)?;
        let key = passwords.iter().find_map(|password| handler.key(password))?;
        Some(Self { key, strings, streams, encrypt_metadata: handler.encrypt_metadata })
    }

    /// The object with its strings in clear. /Contents of a signature dictionary is never encrypted (7.6.1).
    pub(crate) fn decrypt_strings(&self, object: &Object, reference: Reference) -> Object {
        if self.strings == Method::Identity {
            return object.clone();
        }
        self.decrypt_object(object, reference, &self.object_key(reference, self.strings))
    }

    fn decrypt_object(&self, object: &Object, reference: Reference, key: &[u8]) -> Object {
        match object {
            Object::String(string) => {
                let bytes = decipher(self.strings, key, &string.bytes);
                Object::String(Rc::new(PdfString { bytes, ..PdfString::clone(string) }))
            }
            Object::Array(items) => {
                let items = items.iter().map(|item| self.decrypt_object(item, reference, key)).collect();
                Object::Array(Rc::new(items))
            }
            Object::Dictionary(dictionary) => {
                Object::Dictionary(Rc::new(self.decrypt_dictionary(dictionary, reference, key)))
            }
            Object::Stream(stream) if !stream.dictionary.has_name(b"Type", b"XRef") => {
                let dictionary = self.decrypt_dictionary(&stream.dictionary, reference, key);
                Object::Stream(Rc::new(Stream { dictionary, ..Stream::clone(stream) }))
            }
            other => other.clone(),
        }
    }

    fn decrypt_dictionary(&self, dictionary: &Dictionary, reference: Reference, key: &[u8]) -> Dictionary {
        let is_signature = dictionary.get(b"ByteRange").is_some();
        let entries = dictionary.entries.iter().map(|(name, value)| {
            let exempt = is_signature && **name == *b"Contents";
            let value = if exempt { value.clone() } else { self.decrypt_object(value, reference, key) };
            (Rc::clone(name), value)
        });
        Dictionary { entries: entries.collect(), span: dictionary.span }
    }

    /// The stream data in clear, still encoded by its filters.
    pub(crate) fn decrypt_stream(
        &self,
        data: &[u8],
        dictionary: &Dictionary,
        filters: &[Filter],
        reference: Reference,
    ) -> Vec<u8> {
        let own_filter = filters.first().is_some_and(|(name, _)| name == b"Crypt");
        let clear_metadata = !self.encrypt_metadata && dictionary.has_name(b"Type", b"Metadata");
        // A stream's own crypt filter is Identity in practice (7.4.10).
        if own_filter || clear_metadata || dictionary.has_name(b"Type", b"XRef") || self.streams == Method::Identity {
            return data.to_vec();
        }
        decipher(self.streams, &self.object_key(reference, self.streams), data)
    }

    /// The key of one object (7.6.2, algorithm 1); AES-256 uses the file key as it is.
    fn object_key(&self, reference: Reference, method: Method) -> Vec<u8> {
        if method == Method::Aes256 {
            return self.key.clone();
        }
        let mut input = self.key.clone();
        input.extend(reference.number.to_le_bytes().iter().take(3));
        input.extend(reference.generation.to_le_bytes().iter().take(2));
        if method == Method::Aes128 {
            input.extend(b"sAlT");
        }
        let mut key = md5(&input);
        key.truncate((self.key.len() + 5).min(16));
        key
    }
}

/// The entries of the encryption dictionary (tables 20 and 21).
struct Handler<'a> {
    version: i64,
    revision: i64,
    key_bytes: usize,
    owner: &'a [u8],
    user: &'a [u8],
    owner_key: &'a [u8],
    user_key: &'a [u8],
    permissions: [u8; 4],
    first_id: &'a [u8],
    encrypt_metadata: bool,
}

impl<'a> Handler<'a> {
    fn read(encrypt: &'a Dictionary, first_id: &'a [u8]) -> Option<Self> {
        let integer = |key: &[u8]| encrypt.get(key).and_then(Object::as_integer);
        let string = |key: &[u8]| encrypt.get(key).and_then(Object::as_string).map_or(&[][..], |s| &s.bytes);
        let (version, revision) = (integer(b"V").unwrap_or(0), integer(b"R")?);
        let bits = match version {
            1 => 40,
            4 => 128,
            _ => integer(b"Length").filter(|bits| (40..=256).contains(bits)).unwrap_or(40),
        };
        // /P is a 32-bit value, written signed or unsigned.
        let low = integer(b"P")?.rem_euclid(1 << 32);
        let permissions = u32::try_from(low).ok()?.to_le_bytes();
        Some(Self {
            version,
            revision,
            key_bytes: usize::try_from(bits / 8).ok()?.min(16),
            owner: string(b"O"),
            user: string(b"U"),
            owner_key: string(b"OE"),
            user_key: string(b"UE"),
            permissions,
            first_id,
            encrypt_metadata: !matches!(encrypt.get(b"EncryptMetadata"), Some(Object::Boolean(false))),
        })
    }

    /// The file key, if the password is the user's or the owner's.
    fn key(&self, password: &[u8]) -> Option<Vec<u8>> {
        match self.revision {
            2..=4 => self.key_as_user(password).or_else(|| self.key_as_user(&self.user_password(password))),
            5 | 6 => self.key_256(password),
            _ => None,
        }
    }

    /// Algorithms 2, 4, 5 and 6 (7.6.3.3, 7.6.3.4).
    fn key_as_user(&self, password: &[u8]) -> Option<Vec<u8>> {
        let mut input = padded(password);
        input.extend(self.owner.get(..32)?);
        input.extend(self.permissions);
        input.extend(self.first_id);
        if self.revision >= 4 && !self.encrypt_metadata {
            input.extend([0xff; 4]);
        }
        let length = if self.revision == 2 { 5 } else { self.key_bytes };
        let mut key = md5(&input);
        key.truncate(length);
        if self.revision == 2 {
            return (rc4(&key, &PADDING) == self.user.get(..32)?).then_some(key);
        }
        for _ in 0..50 {
            key = md5(&key);
            key.truncate(length);
        }
        let mut check = md5(&[&PADDING[..], self.first_id].concat());
        for round in 0..20u8 {
            check = rc4(&key.iter().map(|byte| byte ^ round).collect::<Vec<_>>(), &check);
        }
        (check == self.user.get(..16)?).then_some(key)
    }

    /// The user password that an owner password opens (algorithm 7).
    fn user_password(&self, owner_password: &[u8]) -> Vec<u8> {
        let mut key = md5(&padded(owner_password));
        if self.revision == 2 {
            key.truncate(5);
            return rc4(&key, self.owner);
        }
        for _ in 0..50 {
            key = md5(&key);
        }
        key.truncate(self.key_bytes);
        (0..20u8).rev().fold(self.owner.to_vec(), |value, round| {
            rc4(&key.iter().map(|byte| byte ^ round).collect::<Vec<_>>(), &value)
        })
    }

    /// Algorithm 2.A of ISO 32000-2 7.6.4.3.3.
    fn key_256(&self, password: &[u8]) -> Option<Vec<u8>> {
        let password = password.get(..127).unwrap_or(password);
        let user = self.user.get(..48)?;
        for (entry, wrapped, extra) in [(user, self.user_key, &[][..]), (self.owner, self.owner_key, user)] {
            let (value, validation, key_salt) = (entry.get(..32)?, entry.get(32..40)?, entry.get(40..48)?);
            if self.hash_256(password, validation, extra)? == value {
                let key = self.hash_256(password, key_salt, extra)?;
                return cbc(Cipher::aes_256_cbc(), Mode::Decrypt, &key, &[0; 16], wrapped.get(..32)?);
            }
        }
        None
    }

    /// SHA-256 in revision 5; algorithm 2.B of ISO 32000-2 7.6.4.3.4 in revision 6.
    fn hash_256(&self, password: &[u8], salt: &[u8], extra: &[u8]) -> Option<Vec<u8>> {
        let digest = |algorithm, data: &[u8]| hash(algorithm, data).ok().map(|value| value.to_vec());
        let mut value = digest(MessageDigest::sha256(), &[password, salt, extra].concat())?;
        if self.revision == 5 {
            return Some(value);
        }
        let mut round = 0u32;
        loop {
            let block = [password, &value, extra].concat().repeat(64);
            let encrypted = cbc(Cipher::aes_128_cbc(), Mode::Encrypt, value.get(..16)?, value.get(16..32)?, &block)?;
            // The first 16 bytes as a number, modulo 3: 256 is 1 modulo 3, so their sum.
            let remainder = encrypted.iter().take(16).map(|byte| u32::from(*byte)).sum::<u32>() % 3;
            let algorithm = match remainder {
                0 => MessageDigest::sha256(),
                1 => MessageDigest::sha384(),
                _ => MessageDigest::sha512(),
            };
            value = digest(algorithm, &encrypted)?;
            round += 1;
            if round >= 64 && u32::from(*encrypted.last()?) <= round - 32 {
                value.truncate(32);
                return Some(value);
            }
        }
    }
}

/// The methods for strings and streams (7.6.5); `None` for a version that is not supported.
fn methods(encrypt: &Dictionary, version: i64) -> Option<(Method, Method)> {
    match version {
        1 | 2 => Some((Method::Rc4, Method::Rc4)),
        4 | 5 => {
            let filters = encrypt.get(b"CF").and_then(Object::as_dictionary);
            let method = |key: &[u8]| {
                let name = encrypt.get(key).and_then(Object::as_name).unwrap_or(b"Identity");
                if name == b"Identity" {
                    return Some(Method::Identity);
                }
                let filter = filters?.get(name)?.as_dictionary()?;
                match filter.get(b"CFM").and_then(Object::as_name) {
                    Some(b"V2") => Some(Method::Rc4),
                    Some(b"AESV2") => Some(Method::Aes128),
                    Some(b"AESV3") => Some(Method::Aes256),
                    Some(b"None") | None => Some(Method::Identity),
                    _ => None,
                }
            };
            method(b"StrF").zip(method(b"StmF"))
        }
        _ => None,
    }
}

fn decipher(method: Method, key: &[u8], data: &[u8]) -> Vec<u8> {
    let cipher = match method {
        Method::Identity => return data.to_vec(),
        Method::Rc4 => return rc4(key, data),
        Method::Aes128 => Cipher::aes_128_cbc(),
        Method::Aes256 => Cipher::aes_256_cbc(),
    };
    let Some((vector, body)) = data.split_at_checked(16) else { return Vec::new() };
    let whole = body.get(..body.len() / 16 * 16).unwrap_or_default();
    let mut clear = cbc(cipher, Mode::Decrypt, key, vector, whole).unwrap_or_default();
    // PKCS #7 padding; where it is damaged the data is kept.
    if let Some(pad) = clear.last().map(|last| usize::from(*last)).filter(|pad| (1..=16).contains(pad)) {
        clear.truncate(clear.len().saturating_sub(pad));
    }
    clear
}

fn cbc(cipher: Cipher, mode: Mode, key: &[u8], vector: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    if key.len() != cipher.key_len() {
        return None;
    }
    let mut crypter = Crypter::new(cipher, mode, key, Some(vector)).ok()?;
    crypter.pad(false);
    let mut output = vec![0; data.len() + cipher.block_size()];
    let count = crypter.update(data, &mut output).ok()?;
    let rest = crypter.finalize(output.get_mut(count..)?).ok()?;
    output.truncate(count + rest);
    Some(output)
}

fn padded(password: &[u8]) -> Vec<u8> {
    password.iter().chain(&PADDING).copied().take(32).collect()
}

fn md5(data: &[u8]) -> Vec<u8> {
    hash(MessageDigest::md5(), data).map(|value| value.to_vec()).unwrap_or_default()
}

/// RC4, which OpenSSL 3 keeps in a provider that is not loaded by default.
fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    if key.is_empty() {
        return data.to_vec();
    }
    let mut state: [u8; 256] = std::array::from_fn(|index| u8::try_from(index).unwrap_or_default());
    let at = |state: &[u8; 256], index: u8| state.get(usize::from(index)).copied().unwrap_or_default();
    let mut j = 0u8;
    for (i, byte) in (0..=255u8).zip(key.iter().cycle()) {
        j = j.wrapping_add(at(&state, i)).wrapping_add(*byte);
        state.swap(usize::from(i), usize::from(j));
    }
    let (mut i, mut j) = (0u8, 0u8);
    let mut next = || {
        i = i.wrapping_add(1);
        j = j.wrapping_add(at(&state, i));
        state.swap(usize::from(i), usize::from(j));
        at(&state, at(&state, i).wrapping_add(at(&state, j)))
    };
    data.iter().map(|byte| byte ^ next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6229, 40-bit key 0x0102030405, first 16 octets.
    #[test]
    fn rc4_keystream_of_rfc_6229() {
        let stream = rc4(&[1, 2, 3, 4, 5], &[0; 16]);
        assert_eq!(
            stream,
            [0xb2, 0x39, 0x63, 0x05, 0xf0, 0x3d, 0xc0, 0x27, 0xcc, 0xc3, 0x52, 0x4a, 0x0a, 0x11, 0x18, 0xa8]
        );
    }

    #[test]
    fn aes_data_shorter_than_its_vector_is_empty() {
        assert_eq!(decipher(Method::Aes128, &[0; 16], &[1; 15]), b"");
    }
}

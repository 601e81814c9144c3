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

/// Whether the document is encrypted for the holders of certificates (7.6.4), which no password opens.
pub(crate) fn is_public_key_handler(encrypt: &Dictionary) -> bool {
    let sub_filter = encrypt.get(b"SubFilter").and_then(Object::as_name).unwrap_or_default();
    encrypt.has_name(b"Filter", b"Adobe.PubSec")
        || matches!(sub_filter, b"adbe.pkcs7.s3" | b"adbe.pkcs7.s4" | b"adbe.pkcs7.s5")
}

/// Decrypts the strings and streams of a document whose password is known.
#[derive(Debug)]
pub(crate) struct Decryptor {
    key: Vec<u8>,
    methods: Methods,
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
        let methods = Methods::read(encrypt, handler.version)?;
        let key = passwords.iter().find_map(|password| handler.key(password))?;
        Some(Self { key, methods, encrypt_metadata: handler.encrypt_metadata })
    }

    /// The object with its strings in clear. /Contents of a signature dictionary is never encrypted (7.6.1).
    pub(crate) fn decrypt_strings(&self, object: &Object, reference: Reference) -> Object {
        let method = self.methods.strings;
        if method == Method::Identity {
            return object.clone();
        }
        self.decrypt_object(object, reference, &self.object_key(reference, method))
    }

    fn decrypt_object(&self, object: &Object, reference: Reference, key: &[u8]) -> Object {
        match object {
            Object::String(string) => {
                let bytes = decipher(self.methods.strings, key, &string.bytes);
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
        match self.stream_method(dictionary, filters) {
            Method::Identity => data.to_vec(),
            method => decipher(method, &self.object_key(reference, method), data),
        }
    }

    /// How a stream is encrypted: as its own crypt filter says (7.4.10), else by what it is (7.6.5).
    fn stream_method(&self, dictionary: &Dictionary, filters: &[Filter]) -> Method {
        if dictionary.has_name(b"Type", b"XRef") {
            return Method::Identity;
        }
        if let Some((_, parameters)) = filters.first().filter(|(name, _)| name == b"Crypt") {
            let name = parameters.as_ref().and_then(|p| p.get(b"Name")).and_then(Object::as_name);
            return self.methods.named(name.unwrap_or(b"Identity")).unwrap_or(Method::Identity);
        }
        match dictionary.get(b"Type").and_then(Object::as_name) {
            Some(b"Metadata") if !self.encrypt_metadata => Method::Identity,
            Some(b"EmbeddedFile") => self.methods.embedded_files,
            _ => self.methods.streams,
        }
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
            _ => match integer(b"Length") {
                Some(bits @ 40..=256) => bits,
                // Written in bytes by some.
                Some(bytes @ 5..=32) => bytes * 8,
                _ => 40,
            },
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
            // Meaningful from version 4 on (table 21).
            encrypt_metadata: version < 4 || !matches!(encrypt.get(b"EncryptMetadata"), Some(Object::Boolean(false))),
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

/// What is encrypted how (7.6.5).
#[derive(Debug)]
struct Methods {
    strings: Method,
    streams: Method,
    embedded_files: Method,
    /// Those that crypt filters name; `None` for one that is not supported.
    filters: Vec<(Vec<u8>, Option<Method>)>,
}

impl Methods {
    /// `None` for a version, or a method of strings or streams, that is not supported.
    fn read(encrypt: &Dictionary, version: i64) -> Option<Self> {
        match version {
            1 | 2 => {
                let (strings, streams, embedded_files) = (Method::Rc4, Method::Rc4, Method::Rc4);
                Some(Self { strings, streams, embedded_files, filters: Vec::new() })
            }
            4 | 5 => {
                let filters = encrypt.get(b"CF").and_then(Object::as_dictionary);
                let filters = filters.iter().flat_map(|filters| &filters.entries);
                let filters = filters.map(|(name, filter)| (name.to_vec(), method_of(filter))).collect();
                let mut methods = Self {
                    strings: Method::Identity,
                    streams: Method::Identity,
                    embedded_files: Method::Identity,
                    filters,
                };
                let named = |key: &[u8]| encrypt.get(key).and_then(Object::as_name);
                methods.strings = methods.named(named(b"StrF").unwrap_or(b"Identity"))?;
                methods.streams = methods.named(named(b"StmF").unwrap_or(b"Identity"))?;
                methods.embedded_files = named(b"EFF").map_or(Some(methods.streams), |name| methods.named(name))?;
                Some(methods)
            }
            _ => None,
        }
    }

    fn named(&self, name: &[u8]) -> Option<Method> {
        if name == b"Identity" {
            return Some(Method::Identity);
        }
        self.filters.iter().rev().find(|(known, _)| known == name).and_then(|(_, method)| *method)
    }
}

/// The method of a crypt filter (table 25).
fn method_of(filter: &Object) -> Option<Method> {
    match filter.as_dictionary()?.get(b"CFM").and_then(Object::as_name) {
        Some(b"V2") => Some(Method::Rc4),
        Some(b"AESV2") => Some(Method::Aes128),
        Some(b"AESV3") => Some(Method::Aes256),
        Some(b"None") | None => Some(Method::Identity),
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
    use kenin_base::Budget;

    use super::*;
    use crate::parser::Parser;

    const ID: [u8; 1] = [0x00];

    /// Encryption dictionaries that qpdf 11 wrote for the user password `user` and the owner password `owner`, with
    /// the string `kenin` of object 2 0: RC4 of 40 and 128 bits, AES-128, AES-256 of revisions 5 and 6, the last
    /// two kinds with clear metadata too.
    #[rustfmt::skip]
    const BY_QPDF: [(&str, &str); 8] = [
        ("<< /Filter/Standard /Length 40 /O<94e8094419662a774442fb072e3d9f19e9d130ec09a4d0061e78fe920f7ab62f> /P -4 /R 2 /U<1a26553e7c13196634966769e128bc48e9c2dc7d40cbffc4a005e7400d1ad514> /V 1 >>",
         "<00f05cd1d2>"),
        ("<< /Filter/Standard /Length 128 /O<0ba3835f88f90388e74e54584125ce142be0de24c6b0d37746e075b891756671> /P -4 /R 3 /U<8b806a3a2fc05dbd4022c8346bb9bb460122456a91bae5134273a6db134c87c4> /V 2 >>",
         "<2c652f8116>"),
        ("<< /CF<< /StdCF<< /CFM /V2 /Length 16 >> >> /Filter/Standard /Length 128 /O<0ba3835f88f90388e74e54584125ce142be0de24c6b0d37746e075b891756671> /P -4 /R 4 /StmF /StdCF /StrF /StdCF /U<8b806a3a2fc05dbd4022c8346bb9bb460122456a91bae5134273a6db134c87c4> /V 4 >>",
         "<2c652f8116>"),
        ("<< /CF<< /StdCF<< /CFM /AESV2 /Length 16 >> >> /Filter/Standard /Length 128 /O<0ba3835f88f90388e74e54584125ce142be0de24c6b0d37746e075b891756671> /P -4 /R 4 /StmF /StdCF /StrF /StdCF /U<8b806a3a2fc05dbd4022c8346bb9bb460122456a91bae5134273a6db134c87c4> /V 4 >>",
         "<0e1c2a38465462707e8c9aa8b6c4d2e0a52109637529eddcca9b18c3053159d6>"),
        ("<< /CF<< /StdCF<< /CFM /AESV2 /Length 16 >> >> /EncryptMetadata false /Filter/Standard /Length 128 /O<0ba3835f88f90388e74e54584125ce142be0de24c6b0d37746e075b891756671> /P -4 /R 4 /StmF /StdCF /StrF /StdCF /U<fede0110819856d5e9169d0adfa6a3c50122456a91bae5134273a6db134c87c4> /V 4 >>",
         "<0e1c2a38465462707e8c9aa8b6c4d2e03000c4010b30cfb346bffb42c392d6b4>"),
        ("<< /CF<< /StdCF<< /CFM /AESV3 /Length 32 >> >> /Filter/Standard /Length 256 /O<25a073d1856f1cc1c69bf4010f1d7dbee40c67f19be6381c187997df34c7b84b481a596b29517ec9ebc87c6b8e3c9d3a> /OE<2c53f4554f2928d5967c48982da4150fd93101d3a5a721d94790dd3e86fec2a4> /P -4 /Perms<d01dcbbbad8b688954845ba0a7e03881> /R 5 /StmF /StdCF /StrF /StdCF /U<8766557bcd237c45681867bcbcf534ec3c494ec9786314b6a366ffd7a5609f142e11f1e9cf834c01ebf3151646fa54a3> /UE<ef4ee16ccd2ff90c3c5a90daf40bd020d9d067505c2f1e96348b2583dc12b282> /V 5 >>",
         "<0e1c2a38465462707e8c9aa8b6c4d2e09e27a7fc16280d369b79ae7f7ca67680>"),
        ("<< /CF<< /StdCF<< /CFM /AESV3 /Length 32 >> >> /Filter/Standard /Length 256 /O<42cf3cf23159d291919ac6e08eb1b573ffd2b85a7e93ffd14eba339cd8c75e1a95847fb20a4a3cedd2f1b7099b3a7fd9> /OE<fe05120d11980b9675b718f5d20f79e0d519c14f9926c3c08a803137d27cdd3c> /P -4 /Perms<bba212ca8ec9c5b7a9f08c42e90880a8> /R 6 /StmF /StdCF /StrF /StdCF /U<811b1d8995641c70dd7fd12ed505a7b38afe1671aafd7154cff5d08c34b9041551b7c0d70d51c8640002feca89aef198> /UE<5c8331c0b3217edf16968388d5c35939aa491f00786b83b82981657acc0e9621> /V 5 >>",
         "<0e1c2a38465462707e8c9aa8b6c4d2e0f2d538380277fa576f231bdfb50b8e4b>"),
        ("<< /CF<< /StdCF<< /CFM /AESV3 /Length 32 >> >> /EncryptMetadata false /Filter/Standard /Length 256 /O<ca15f0a1cc23fe4b58afde3feb957d582913f07ccc1f5151a839f288f8212fe8e9bf59e5c718f5d831156c69188c76e1> /OE<384772a49ddda7a1eeabc94a3047cb482ea5662eb58754dc9adab04cbe912757> /P -4 /Perms<6f59782556aa68ce6aa05ef7d55c2e25> /R 6 /StmF /StdCF /StrF /StdCF /U<823c0db69202d13b0a8e68d75c8787017363a9956e7d8b6650aa1c84f573cde4fa810ddf66a53d60932c12c1d7aa8ca6> /UE<96922cacba853fe6d6c8907a1e0dfb7406bf02273ed71fe2f5f67da80fb5a9a9> /V 5 >>",
         "<0e1c2a38465462707e8c9aa8b6c4d2e066ca62f3e6d0e434cd0cc0f853fd2e4f>"),
    ];

    fn parsed(text: &str) -> Object {
        Parser::new(text.as_bytes(), 0, true, &Budget::default()).object(0).unwrap()
    }

    fn dictionary(text: &str) -> Dictionary {
        parsed(text).as_dictionary().unwrap().clone()
    }

    #[test]
    fn user_and_owner_passwords_open_what_qpdf_encrypted() {
        let reference = Reference { number: 2, generation: 0 };
        for (encrypt, title) in BY_QPDF {
            let mut encrypt = dictionary(encrypt);
            let open = |encrypt: &Dictionary, password: &[u8]| Decryptor::open(encrypt, &ID, &[b"", password]);
            for password in [&b"user"[..], b"owner"] {
                let clear = open(&encrypt, password).unwrap().decrypt_strings(&parsed(title), reference);
                assert_eq!(clear.as_string().unwrap().bytes, b"kenin", "{encrypt:?}");
            }
            assert!(open(&encrypt, b"other").is_none());
            // Whether metadata is encrypted goes into the key of revision 4 (algorithm 2, step f), and of no other.
            let revision = encrypt.get(b"R").and_then(Object::as_integer).unwrap();
            let clear = encrypt.get(b"EncryptMetadata").is_some();
            encrypt.entries.push((Rc::from(&b"EncryptMetadata"[..]), Object::Boolean(clear)));
            assert_eq!(open(&encrypt, b"user").is_none(), revision == 4, "{encrypt:?}");
        }
    }

    #[test]
    fn each_stream_has_its_own_method() {
        let encrypt =
            BY_QPDF[4].0.replace("/StrF /StdCF", "/StrF/Identity/EFF/Rc").replace("/CF<< ", "/CF<</Rc<</CFM/V2>>");
        let decryptor = Decryptor::open(&dictionary(&encrypt), &ID, &[b"user"]).unwrap();
        let filter = |text: &str| vec![(b"Crypt".to_vec(), Some(dictionary(text)))];
        for (stream, filters, method) in [
            ("<<>>", vec![], Method::Aes128),
            ("<</Type/XRef>>", vec![], Method::Identity),
            ("<</Type/EmbeddedFile>>", vec![], Method::Rc4),
            ("<</Type/Metadata>>", vec![], Method::Identity),
            ("<</Type/Metadata>>", filter("<</Name/StdCF>>"), Method::Aes128),
            ("<<>>", filter("<</Name/Rc>>"), Method::Rc4),
            ("<<>>", filter("<</Name/Identity>>"), Method::Identity),
            ("<<>>", filter("<<>>"), Method::Identity),
        ] {
            assert_eq!(decryptor.stream_method(&dictionary(stream), &filters), method, "{stream} {filters:?}");
        }
        assert_eq!(decryptor.methods.strings, Method::Identity);
    }

    #[test]
    fn contents_of_a_signature_stay_as_they_are() {
        let decryptor = Decryptor::open(&dictionary(BY_QPDF[1].0), &ID, &[b"user"]).unwrap();
        let reference = Reference { number: 2, generation: 0 };
        let signature =
            parsed("<</ByteRange[0 1 2 3]/Contents<30313233>/Name<2c652f8116>/Inner<</Contents<2c652f8116>>>>>");
        let clear = decryptor.decrypt_strings(&signature, reference);
        let clear = clear.as_dictionary().unwrap();
        let text =
            |dictionary: &Dictionary, key: &[u8]| dictionary.get(key).unwrap().as_string().unwrap().bytes.clone();
        assert_eq!(text(clear, b"Contents"), b"0123");
        assert_eq!(text(clear, b"Name"), b"kenin");
        assert_eq!(text(clear.get(b"Inner").unwrap().as_dictionary().unwrap(), b"Contents"), b"kenin");
    }

    #[test]
    fn public_key_handlers_are_known_by_filter_or_format() {
        for (encrypt, expected) in [
            ("<</Filter/Adobe.PubSec/V 4>>", true),
            ("<</Filter/Other/SubFilter/adbe.pkcs7.s5>>", true),
            ("<</Filter/Standard/V 4>>", false),
        ] {
            assert_eq!(is_public_key_handler(&dictionary(encrypt)), expected, "{encrypt}");
        }
    }

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

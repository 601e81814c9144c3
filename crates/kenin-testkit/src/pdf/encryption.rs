//! The standard security handler with RC4, AES-128 and AES-256 (ISO 32000-1 7.6.3, ISO 32000-2 7.6.4).

use aes::cipher::consts::U16;
use aes::cipher::{BlockCipherEncrypt, BlockSizeUser, KeyInit};
use aes::{Aes128, Aes256};
use md5::{Digest as _, Md5};

use crate::algorithms::Hash;

/// Padding of passwords (7.6.3.3, Algorithm 2 step a).
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];
const PERMISSIONS: i32 = -44;

/// The cipher of a file, and with it the revision of the handler.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cipher {
    /// RC4 with 40 bits, revision 2.
    Rc4Short,
    /// RC4 with 128 bits, revision 3.
    Rc4,
    /// AES-128 in CBC mode, revision 4.
    Aes128,
    /// AES-256 in CBC mode, revision 6 (ISO 32000-2).
    Aes256,
}

/// A file encryption key with the dictionary values that let a password recover it.
#[derive(Clone)]
pub struct Encryption {
    cipher: Cipher,
    key: Vec<u8>,
    dictionary: String,
}

impl Encryption {
    /// Encryption whose user password is `user` (may be empty) and whose owner password is `owner`.
    #[must_use]
    pub fn new(cipher: Cipher, user: &str, owner: &str) -> Encryption {
        match cipher {
            Cipher::Aes256 => Encryption::revision_6(user, owner),
            _ => Encryption::up_to_revision_4(cipher, user, owner),
        }
    }

    fn up_to_revision_4(cipher: Cipher, user: &str, owner: &str) -> Encryption {
        let identifier = &Hash::Sha256.digest(b"kenin demo document")[..16];
        let (length, rounds, repeats) = if cipher == Cipher::Rc4Short { (5, 1, 0) } else { (16, 20, 50) };
        let obfuscate = |key: &[u8], data: &mut [u8]| {
            for round in 0..rounds {
                rc4(&key.iter().map(|octet| octet ^ round).collect::<Vec<u8>>(), data);
            }
        };

        // Algorithm 3: the /O value.
        let owner_key = strengthen(&Md5::digest(padded(owner)), repeats, length);
        let mut owner = padded(user);
        obfuscate(&owner_key, &mut owner);

        // Algorithm 2: the file key.
        let digest = Md5::new()
            .chain_update(padded(user))
            .chain_update(owner)
            .chain_update(PERMISSIONS.to_le_bytes())
            .chain_update(identifier)
            .finalize();
        let key = strengthen(&digest, repeats, length);

        // Algorithms 4 and 5: the /U value.
        let mut user = PADDING;
        if cipher == Cipher::Rc4Short {
            rc4(&key, &mut user);
        } else {
            let mut check: [u8; 16] = Md5::new().chain_update(PADDING).chain_update(identifier).finalize().into();
            obfuscate(&key, &mut check);
            user = [0; 32];
            user[..16].copy_from_slice(&check);
        }
        let version = match cipher {
            Cipher::Rc4Short => "/V 1 /R 2",
            Cipher::Rc4 => "/V 2 /R 3 /Length 128",
            _ => {
                "/V 4 /R 4 /Length 128 /CF << /StdCF << /CFM /AESV2 /AuthEvent /DocOpen /Length 16 >> >> \
                 /StmF /StdCF /StrF /StdCF"
            }
        };
        let (owner, user) = (hex::encode(owner), hex::encode(user));
        let dictionary = format!("<< /Filter /Standard {version} /P {PERMISSIONS} /O <{owner}> /U <{user}> >>");
        Encryption { cipher, key, dictionary }
    }

    /// ISO 32000-2 7.6.4.4.7 to 7.6.4.4.9, algorithms 8 to 10.
    fn revision_6(user: &str, owner: &str) -> Encryption {
        let key = Hash::Sha256.digest(b"kenin demo file key");
        let salt = |label: &str| Hash::Sha256.digest(label.as_bytes())[..8].to_vec();
        let entry = |password: &str, label: &str, user_value: &[u8]| {
            let (validation, own) = (salt(&format!("{label} validation")), salt(&format!("{label} key")));
            let check = hardened([password.as_bytes(), &validation].concat(), password, user_value);
            let wrapping = hardened([password.as_bytes(), &own].concat(), password, user_value);
            ([check, validation, own].concat(), cbc(&wrapping, &[0; 16], &key))
        };
        let (user_value, user_key) = entry(user, "user", &[]);
        let (owner_value, owner_key) = entry(owner, "owner", &user_value);
        let permissions = [&PERMISSIONS.to_le_bytes()[..], &[0xff; 4], b"Tadbdemo"].concat();
        let permissions = cbc(&key, &[0; 16], &permissions);
        let text = |octets: &[u8]| hex::encode(octets);
        let dictionary = format!(
            "<< /Filter /Standard /V 5 /R 6 /Length 256 /CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> \
             /StmF /StdCF /StrF /StdCF /P {PERMISSIONS} /O <{}> /U <{}> /OE <{}> /UE <{}> /Perms <{}> >>",
            text(&owner_value),
            text(&user_value),
            text(&owner_key),
            text(&user_key),
            text(&permissions)
        );
        Encryption { cipher: Cipher::Aes256, key, dictionary }
    }

    /// The encryption dictionary.
    #[must_use]
    pub fn dictionary(&self) -> String {
        self.dictionary.clone()
    }

    /// Encrypts a string or stream of object `number`, generation 0 (7.6.2, Algorithm 1).
    #[must_use]
    pub fn encrypt(&self, number: u32, data: &[u8]) -> Vec<u8> {
        let octets = &number.to_le_bytes()[..3];
        let object_key = || {
            let key = Md5::new().chain_update(&self.key).chain_update(octets).chain_update([0, 0]);
            let key = if self.cipher == Cipher::Aes128 { key.chain_update(b"sAlT") } else { key };
            key.finalize()[..(self.key.len() + 5).min(16)].to_vec()
        };
        let key = match self.cipher {
            Cipher::Rc4Short | Cipher::Rc4 => {
                let mut out = data.to_vec();
                rc4(&object_key(), &mut out);
                return out;
            }
            Cipher::Aes128 => object_key(),
            Cipher::Aes256 => self.key.clone(),
        };
        let vector = &Hash::Sha256.digest(&[octets, data].concat())[..16];
        let padding = 16 - data.len() % 16;
        let padded = [data, &vec![padding as u8; padding]].concat();
        [vector, &cbc(&key, vector, &padded)].concat()
    }
}

/// ISO 32000-2 7.6.4.3.4, Algorithm 2.B, from the input of its first digest.
fn hardened(input: Vec<u8>, password: &str, user_value: &[u8]) -> Vec<u8> {
    let mut value = Hash::Sha256.digest(&[&input[..], user_value].concat());
    for round in 0u8.. {
        let block = [password.as_bytes(), &value, user_value].concat().repeat(64);
        let encrypted = cbc(&value[..16], &value[16..32], &block);
        let remainder: u32 = encrypted[..16].iter().map(|octet| u32::from(*octet)).sum::<u32>() % 3;
        value = [Hash::Sha256, Hash::Sha384, Hash::Sha512][remainder as usize].digest(&encrypted);
        if round >= 63 && *encrypted.last().unwrap() <= round - 31 {
            break;
        }
    }
    value[..32].to_vec()
}

/// AES in CBC mode without padding; the length of `key` says which AES.
fn cbc(key: &[u8], vector: &[u8], data: &[u8]) -> Vec<u8> {
    match key.len() {
        16 => cbc_with(&Aes128::new_from_slice(key).unwrap(), vector, data),
        _ => cbc_with(&Aes256::new_from_slice(key).unwrap(), vector, data),
    }
}

fn cbc_with<C>(cipher: &C, vector: &[u8], data: &[u8]) -> Vec<u8>
where
    C: BlockCipherEncrypt + BlockSizeUser<BlockSize = U16>,
{
    let mut previous: [u8; 16] = vector.try_into().unwrap();
    let mut out = Vec::with_capacity(data.len());
    for block in data.chunks_exact(16) {
        let mut block = std::array::from_fn(|index| block[index] ^ previous[index]).into();
        cipher.encrypt_block(&mut block);
        previous = block.into();
        out.extend(previous);
    }
    out
}

fn padded(password: &str) -> [u8; 32] {
    let mut out = [0; 32];
    let text = [password.as_bytes(), &PADDING].concat();
    out.copy_from_slice(&text[..32]);
    out
}

fn strengthen(digest: &[u8], repeats: usize, length: usize) -> Vec<u8> {
    let mut key = digest[..length].to_vec();
    (0..repeats).for_each(|_| key = Md5::digest(&key)[..length].to_vec());
    key
}

fn rc4(key: &[u8], data: &mut [u8]) {
    let mut state: [u8; 256] = std::array::from_fn(|index| index as u8);
    let mut other = 0u8;
    for index in 0..256 {
        other = other.wrapping_add(state[index]).wrapping_add(key[index % key.len()]);
        state.swap(index, usize::from(other));
    }
    let (mut index, mut other) = (0u8, 0u8);
    for octet in data {
        index = index.wrapping_add(1);
        other = other.wrapping_add(state[usize::from(index)]);
        state.swap(usize::from(index), usize::from(other));
        let sum = state[usize::from(index)].wrapping_add(state[usize::from(other)]);
        *octet ^= state[usize::from(sum)];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rc4_matches_the_published_vector() {
        let mut data = *b"Plaintext";
        rc4(b"Key", &mut data);
        assert_eq!(hex::encode_upper(data), "BBF316E8D940AF0AD3");
    }

    #[test]
    fn short_passwords_are_padded_and_long_ones_cut() {
        assert_eq!(padded(""), PADDING);
        assert_eq!(padded("demo")[..8], *b"demo\x28\xbf\x4e\x5e");
        assert_eq!(padded(&"x".repeat(40)), [b'x'; 32]);
    }
}

//! The standard security handler, revision 3: RC4 with a 128-bit key (ISO 32000-1 7.6.3).

use md5::{Digest as _, Md5};

use crate::algorithms::Hash;

/// Padding of passwords (7.6.3.3, Algorithm 2 step a).
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];
const PERMISSIONS: i32 = -44;

/// A file encryption key with the dictionary values that let a password recover it.
pub struct Encryption {
    key: [u8; 16],
    owner: [u8; 32],
    user: [u8; 32],
}

impl Encryption {
    /// Encryption whose user password is `user` (may be empty) and whose owner password is `owner`.
    #[must_use]
    pub fn new(user: &str, owner: &str) -> Encryption {
        let identifier = &Hash::Sha256.digest(b"kenin demo document")[..16];

        // Algorithm 3: the /O value.
        let owner_key = strengthen(&Md5::digest(padded(owner)));
        let mut owner = padded(user);
        (0..20).for_each(|round| rc4(&owner_key.map(|octet| octet ^ round), &mut owner));

        // Algorithm 2: the file key.
        let digest = Md5::new()
            .chain_update(padded(user))
            .chain_update(owner)
            .chain_update(PERMISSIONS.to_le_bytes())
            .chain_update(identifier)
            .finalize();
        let key = strengthen(&digest);

        // Algorithm 5: the /U value.
        let mut check: [u8; 16] = Md5::new().chain_update(PADDING).chain_update(identifier).finalize().into();
        (0..20).for_each(|round| rc4(&key.map(|octet| octet ^ round), &mut check));
        let mut user = [0; 32];
        user[..16].copy_from_slice(&check);
        Encryption { key, owner, user }
    }

    /// The encryption dictionary.
    #[must_use]
    pub fn dictionary(&self) -> String {
        format!(
            "<< /Filter /Standard /V 2 /R 3 /Length 128 /P {PERMISSIONS} /O <{}> /U <{}> >>",
            hex::encode(self.owner),
            hex::encode(self.user)
        )
    }

    /// Encrypts a string or stream of object `number`, generation 0 (7.6.2, Algorithm 1).
    #[must_use]
    pub fn encrypt(&self, number: u32, data: &[u8]) -> Vec<u8> {
        let key = Md5::new().chain_update(self.key).chain_update(&number.to_le_bytes()[..3]).chain_update([0, 0]);
        let mut out = data.to_vec();
        rc4(&key.finalize(), &mut out);
        out
    }
}

fn padded(password: &str) -> [u8; 32] {
    let mut out = [0; 32];
    let text = [password.as_bytes(), &PADDING].concat();
    out.copy_from_slice(&text[..32]);
    out
}

fn strengthen(digest: &[u8]) -> [u8; 16] {
    let mut key: [u8; 16] = digest.try_into().unwrap();
    (0..50).for_each(|_| key = Md5::digest(key).into());
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

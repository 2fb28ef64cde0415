//! Keys and secrets that nobody guesses twice: for measuring, for trying an installation out.

use std::fs::File;
use std::io::Read as _;

use anyhow::Result;

/// Random numbers for keys: quick, and different in every thread and every run.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// Seeded by the system.
    ///
    /// # Errors
    /// When the system has none.
    pub fn new() -> Result<Self> {
        let mut seed = [0; 8];
        File::open("/dev/urandom")?.read_exact(&mut seed)?;
        Ok(Self(u64::from_le_bytes(seed)))
    }

    /// The next number (splitmix64).
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A secret.
    pub fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_exact_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes());
        }
        bytes
    }

    /// A random UUID (version 4).
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        let (first, second, third) = (high >> 32, high >> 16 & 0xffff, high & 0xfff);
        let (fourth, fifth) = (low >> 48 & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
        format!("{first:08x}-{second:04x}-4{third:03x}-{fourth:04x}-{fifth:012x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_uuids() {
        let mut random = Random(7);
        let (one, two) = (random.uuid(), random.uuid());
        assert_ne!(one, two);
        let parts: Vec<_> = one.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert!(one[14..].starts_with('4') && "89ab".contains(&one[19..20]));
    }
}

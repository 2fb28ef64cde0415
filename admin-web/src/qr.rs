//! QR codes as drawings: bytes at level L, versions 1 to 5, which holds any address of ours. In a tenth of the code that
//! all of the standard (ISO/IEC 18004) takes; the tests hold it against a complete one.

use std::fmt::Write as _;

/// Modules of white around the code, as the standard asks for.
const QUIET: usize = 4;
/// Tenths of a unit on each side of the drawing.
const SIDE: usize = 1_000;
/// Bytes of data and of correction in each version; all in one block.
const VERSIONS: [(usize, usize); 5] = [(19, 7), (34, 10), (55, 15), (80, 20), (108, 26)];
/// Level L with mask 0, as the standard protects it.
const FORMAT: u32 = 0x77C4;

/// The path of a drawing of 100 × 100 with its quiet zone; empty for a text too long for a code.
#[must_use]
pub fn picture(text: &str) -> String {
    let mut path = String::new();
    let Some(code) = Code::of(text.as_bytes()) else { return path };
    let at = |module: usize| {
        let tenths = (module + QUIET) * SIDE / (code.size + 2 * QUIET);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    for y in 0..code.size {
        for x in (0..code.size).filter(|x| code.is_dark(*x, y)) {
            // Writing to a text never fails.
            let _ = write!(path, "M{} {}H{}V{}H{}Z", at(x), at(y), at(x + 1), at(y + 1), at(x));
        }
    }
    path
}

struct Code {
    size: usize,
    /// Row by row; what is fixed by the version knows its colour, the rest waits for data.
    modules: Vec<Option<bool>>,
}

impl Code {
    fn of(text: &[u8]) -> Option<Self> {
        // Mode and length take a byte and a half.
        let version = VERSIONS.iter().position(|(room, _)| text.len() + 2 <= *room)?;
        let (room, correction) = VERSIONS[version];
        let size = 21 + 4 * version;
        let mut code = Self { size, modules: vec![None; size * size] };
        code.patterns(version);
        code.format();
        let mut bytes = data(text, room);
        bytes.extend(remainder(&bytes, correction));
        code.fill(&bytes);
        Some(code)
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        self.modules[y * self.size + x] == Some(true)
    }

    fn set(&mut self, x: usize, y: usize, dark: bool) {
        self.modules[y * self.size + x] = Some(dark);
    }

    /// A square of rings around a centre, as far as it lies inside.
    fn rings(&mut self, x: usize, y: usize, reach: usize, is_dark: fn(usize) -> bool) {
        for row in y.saturating_sub(reach)..=(y + reach).min(self.size - 1) {
            for column in x.saturating_sub(reach)..=(x + reach).min(self.size - 1) {
                self.set(column, row, is_dark(row.abs_diff(y).max(column.abs_diff(x))));
            }
        }
    }

    fn patterns(&mut self, version: usize) {
        for at in 0..self.size {
            self.set(6, at, at % 2 == 0);
            self.set(at, 6, at % 2 == 0);
        }
        let far = self.size - 4;
        for (x, y) in [(3, 3), (far, 3), (3, far)] {
            self.rings(x, y, 4, |ring| ring != 2 && ring != 4);
        }
        if version > 0 {
            self.rings(self.size - 7, self.size - 7, 2, |ring| ring != 1);
        }
    }

    fn format(&mut self) {
        let size = self.size;
        for place in 0..15 {
            let dark = FORMAT >> place & 1 == 1;
            match place {
                0..=5 => self.set(8, place, dark),
                6 | 7 => self.set(8, place + 1, dark),
                8 => self.set(7, 8, dark),
                _ => self.set(14 - place, 8, dark),
            }
            if place < 8 { self.set(size - 1 - place, 8, dark) } else { self.set(8, size - 15 + place, dark) }
        }
        self.set(8, size - 8, true);
    }

    /// In two-module columns from the right, up and down by turns, around what is fixed.
    fn fill(&mut self, bytes: &[u8]) {
        let mut bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1));
        let columns = (0..self.size).rev().filter(|x| *x != 6).collect::<Vec<_>>();
        for (pair, columns) in columns.chunks(2).enumerate() {
            for step in 0..self.size {
                let y = if pair % 2 == 0 { self.size - 1 - step } else { step };
                for x in columns {
                    if self.modules[y * self.size + x].is_none() {
                        let dark = bits.next().unwrap_or(false);
                        self.set(*x, y, dark != ((x + y) % 2 == 0));
                    }
                }
            }
        }
    }
}

/// Mode, length, the text, and what fills the room.
fn data(text: &[u8], room: usize) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
    // Everything stands half a byte further than in the text.
    let mut halves = vec![4, length >> 4, length & 15];
    halves.extend(text.iter().flat_map(|byte| [byte >> 4, byte & 15]));
    halves.push(0);
    let mut bytes: Vec<u8> = halves.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    let fillers = [0xEC, 0x11].into_iter().cycle();
    bytes.extend(fillers.take(room - bytes.len()));
    bytes
}

/// Reed–Solomon correction over GF(256).
fn remainder(data: &[u8], count: usize) -> Vec<u8> {
    let mut divisor = vec![0; count];
    divisor[count - 1] = 1;
    let mut root = 1;
    for _ in 0..count {
        for place in 0..count {
            let next = divisor.get(place + 1).copied().unwrap_or(0);
            divisor[place] = times(divisor[place], root) ^ next;
        }
        root = times(root, 2);
    }
    let mut rest = vec![0; count];
    for byte in data {
        let factor = byte ^ rest.remove(0);
        rest.push(0);
        for (place, part) in rest.iter_mut().zip(&divisor) {
            *place ^= times(*part, factor);
        }
    }
    rest
}

fn times(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0, |product: u8, bit| {
        let shifted = (product << 1) ^ ((product >> 7) * 0x1D);
        shifted ^ (((b >> bit) & 1) * a)
    })
}

#[cfg(test)]
mod tests {
    use fast_qr::{ECL, Mask, Mode, QRBuilder, Version};
    use proptest::prelude::*;

    use super::{Code, picture};

    fn by_others(text: &str, size: usize) -> Vec<bool> {
        let versions = [Version::V01, Version::V02, Version::V03, Version::V04, Version::V05];
        let mut builder = QRBuilder::new(text);
        builder.ecl(ECL::L).mode(Mode::Byte).mask(Mask::Checkerboard).version(versions[(size - 21) / 4]);
        let code = builder.build().unwrap();
        (0..size * size).map(|at| code[at / size][at % size].value()).collect()
    }

    proptest! {
        #[test]
        fn each_module_is_as_others_draw_it(text in "[ -~]{1,106}") {
            let code = Code::of(text.as_bytes()).unwrap();
            let ours: Vec<_> = (0..code.size * code.size).map(|at| code.is_dark(at % code.size, at / code.size)).collect();
            prop_assert_eq!(ours, by_others(&text, code.size));
        }
    }

    #[test]
    fn a_code_is_drawn_inside_its_quiet_zone() {
        let path = picture("http://192.168.0.20:8080/");
        // Version 2: 25 modules and 4 on each side; the first corner's first square.
        assert!(path.starts_with("M12.1 12.1H15.1V15.1H12.1Z"), "{}", &path[..40]);
        assert_eq!(picture(&"x".repeat(107)), "");
    }
}

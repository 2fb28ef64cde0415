//! What the JPEG decoder forgives and we do not: files that break off, and files made to keep it busy for hours.

/// Scans of one picture, at most. Progressive pictures have about ten; every scan costs a walk over all pixels,
/// however few bytes it has.
const MAX_SCANS: u32 = 100;

/// Whether a JPEG goes on to its end marker, with a sane number of scans. What follows the end does not count.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    let mut scans = 0;
    while let Some((marker, after)) = next_marker(rest) {
        rest = match marker {
            END => return scans > 0,
            RESTART_FIRST..=RESTART_LAST | TEMPORARY => after,
            _ => {
                let Some(after) = after_segment(after) else { return false };
                after
            }
        };
        if marker == SCAN {
            scans += 1;
            if scans > MAX_SCANS {
                return false;
            }
        }
    }
    false
}

const TEMPORARY: u8 = 0x01;
const RESTART_FIRST: u8 = 0xD0;
const RESTART_LAST: u8 = 0xD7;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;

/// The next marker and what follows it. Skips compressed data, in which 0xFF is always followed by 0.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let mut place = 0;
    loop {
        place += bytes.get(place..)?.iter().position(|byte| *byte == 0xFF)? + 1;
        match *bytes.get(place)? {
            0 | 0xFF => {}
            marker => return Some((marker, bytes.get(place + 1..)?)),
        }
    }
}

/// What follows a segment that begins with its own length.
fn after_segment(bytes: &[u8]) -> Option<&[u8]> {
    let length = u16::from_be_bytes([*bytes.first()?, *bytes.get(1)?]);
    bytes.get(usize::from(length).max(2)..)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: [u8; 2] = [0xFF, 0xD8];
    /// A segment whose content looks like the end, then a scan with a restart and an escaped 0xFF.
    const BODY: [u8; 18] = [0xFF, 0xE1, 0, 4, 0xFF, 0xD9, 0xFF, 0xDA, 0, 3, 1, 7, 0xFF, 0, 0xFF, 0xD0, 9, 9];
    const FINISH: [u8; 2] = [0xFF, 0xD9];

    #[test]
    fn goes_on_to_the_end() {
        assert!(is_whole(&[&START[..], &BODY, &FINISH].concat()));
        assert!(is_whole(&[&START[..], &BODY, &FINISH, b"PK and more"].concat()));
        for cut in 0..BODY.len() {
            assert!(!is_whole(&[&START[..], &BODY[..cut]].concat()), "{cut}");
        }
        assert!(!is_whole(&[&START[..], &FINISH].concat()), "no picture in it");
        assert!(!is_whole(&[&START[..], &[0xFF, 0xE1, 0xFF, 0xFF], &FINISH].concat()), "a segment too long");
    }

    #[test]
    fn has_no_more_scans_than_cameras_make() {
        let scans = |count| [&START[..], &BODY.repeat(count), &FINISH].concat();
        assert!(is_whole(&scans(100)));
        assert!(!is_whole(&scans(101)));
    }
}

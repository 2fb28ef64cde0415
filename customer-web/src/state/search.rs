//! Finding a dish by a part of its name, or by its initial consonants: ㅂㅂㅂ finds 비빔밥.

use shared_types::menu::Menu;

const FIRST: u32 = '가' as u32;
const LAST: u32 = '힣' as u32;
/// Syllables per initial consonant.
const PER_INITIAL: u32 = 588;
/// Syllables per initial consonant and vowel: without a final consonant and with each of 27.
const PER_VOWEL: u32 = 28;
const INITIALS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ',
    'ㅍ', 'ㅎ',
];

/// Whether any of the dish's names has what was typed. Case and blanks do not count.
#[must_use]
pub fn finds(menu: &Menu, typed: &str) -> bool {
    let wanted = plain(typed);
    let mut names = std::iter::once(menu.name.as_str())
        .chain(menu.translations.values().map(|translation| translation.name.as_str()));
    wanted.is_empty() || names.any(|name| contains(&plain(name), &wanted))
}

fn plain(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect()
}

fn contains(name: &[char], wanted: &[char]) -> bool {
    name.windows(wanted.len()).any(|part| {
        part.iter().zip(wanted).enumerate().all(|(place, (have, want))| {
            let last = place + 1 == wanted.len();
            have == want || initial(*have) == Some(*want) || (last && is_begun(*have, *want))
        })
    })
}

fn initial(syllable: char) -> Option<char> {
    let code = u32::from(syllable);
    if !(FIRST..=LAST).contains(&code) {
        return None;
    }
    INITIALS.get(usize::try_from((code - FIRST) / PER_INITIAL).ok()?).copied()
}

/// Whether `typed` is `whole` before its final consonant is typed: 비 on the way to 빔.
fn is_begun(whole: char, typed: char) -> bool {
    let (whole, typed) = (u32::from(whole), u32::from(typed));
    let hangul = FIRST..=LAST;
    hangul.contains(&whole)
        && hangul.contains(&typed)
        && (typed - FIRST).is_multiple_of(PER_VOWEL)
        && (whole - FIRST) / PER_VOWEL == (typed - FIRST) / PER_VOWEL
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared_types::menu::Translation;

    use super::*;
    use crate::state::fixtures::dish;

    fn named(name: &str) -> Menu {
        Menu { name: name.to_owned(), ..dish(1, 1_000) }
    }

    #[test]
    fn finds_by_parts_and_initials() {
        for (name, typed) in [
            ("돌솥비빔밥", "비빔"),
            ("돌솥비빔밥", "ㅂㅂㅂ"),
            ("돌솥비빔밥", "ㄷㅅ"),
            ("돌솥비빔밥", "비비"),
            ("돌솥비빔밥", "돌소"),
            ("묵은지 김치찌개", "지김"),
            ("묵은지 김치찌개", "김ㅊ"),
            ("떡볶이", "ㄸ"),
            ("생맥주 500", "500"),
            ("Cola", "cOl"),
            ("물냉면", "  "),
        ] {
            assert!(finds(&named(name), typed), "{typed} in {name}");
        }
    }

    #[test]
    fn does_not_find_what_is_not_there() {
        for (name, typed) in
            [("돌솥비빔밥", "빔비"), ("떡볶이", "ㄷ"), ("김치", "김밥"), ("비빔밥", "빔바밥"), ("밥", "밥밥")]
        {
            assert!(!finds(&named(name), typed), "{typed} in {name}");
        }
    }

    #[test]
    fn finds_by_other_languages() {
        let mut menu = named("소불고기");
        menu.translations.insert("en".into(), Translation { name: "Bulgogi".into(), description: None });
        assert!(finds(&menu, "bulg"));
    }

    proptest! {
        #[test]
        fn every_part_of_a_name_finds_it(name in "[가-힣a-zA-Z]{1,12}", from in 0_usize..12, long in 1_usize..12) {
            let chars: Vec<char> = name.chars().collect();
            let from = from.min(chars.len() - 1);
            let part: String = chars[from..(from + long).min(chars.len())].iter().collect();
            prop_assert!(finds(&named(&name), &part));
            let initials: String = part.chars().map(|c| initial(c).unwrap_or(c)).collect();
            prop_assert!(finds(&named(&name), &initials));
        }

        #[test]
        fn never_panics(name in "\\PC*", typed in "\\PC*") {
            let _ = finds(&named(&name), &typed);
        }
    }
}

//! What a dish contains that some guests must not eat: the 19 groups that food labels in Korea name.

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{Lang, text_enum};

/// One of the 19 groups. Their order here is the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Allergen {
    /// Eggs of poultry.
    Eggs,
    /// Milk.
    Milk,
    /// Buckwheat.
    Buckwheat,
    /// Peanuts.
    Peanuts,
    /// Soybeans.
    Soybeans,
    /// Wheat.
    Wheat,
    /// Mackerel.
    Mackerel,
    /// Crab.
    Crab,
    /// Shrimp.
    Shrimp,
    /// Pork.
    Pork,
    /// Peach.
    Peach,
    /// Tomato.
    Tomato,
    /// Sulphites, from 10 mg per kg.
    Sulphites,
    /// Walnuts.
    Walnuts,
    /// Chicken.
    Chicken,
    /// Beef.
    Beef,
    /// Squid.
    Squid,
    /// Shellfish: oysters, abalones and mussels among them.
    Shellfish,
    /// Pine nuts.
    PineNuts,
}

text_enum!(Allergen {
    Eggs => "eggs", Milk => "milk", Buckwheat => "buckwheat", Peanuts => "peanuts", Soybeans => "soybeans",
    Wheat => "wheat", Mackerel => "mackerel", Crab => "crab", Shrimp => "shrimp", Pork => "pork",
    Peach => "peach", Tomato => "tomato", Sulphites => "sulphites", Walnuts => "walnuts",
    Chicken => "chicken", Beef => "beef", Squid => "squid", Shellfish => "shellfish",
    PineNuts => "pine_nuts",
});

/// What guests call them, in the order of [`Lang::ALL`] and of the list.
const NAMES: [[&str; 19]; 4] = [
    [
        "달걀",
        "우유",
        "메밀",
        "땅콩",
        "대두",
        "밀",
        "고등어",
        "게",
        "새우",
        "돼지고기",
        "복숭아",
        "토마토",
        "아황산류",
        "호두",
        "닭고기",
        "쇠고기",
        "오징어",
        "조개류",
        "잣",
    ],
    [
        "eggs",
        "milk",
        "buckwheat",
        "peanuts",
        "soy",
        "wheat",
        "mackerel",
        "crab",
        "shrimp",
        "pork",
        "peach",
        "tomato",
        "sulphites",
        "walnuts",
        "chicken",
        "beef",
        "squid",
        "shellfish",
        "pine nuts",
    ],
    [
        "卵",
        "乳",
        "そば",
        "落花生",
        "大豆",
        "小麦",
        "さば",
        "かに",
        "えび",
        "豚肉",
        "もも",
        "トマト",
        "亜硫酸塩",
        "くるみ",
        "鶏肉",
        "牛肉",
        "いか",
        "貝類",
        "松の実",
    ],
    [
        "鸡蛋",
        "牛奶",
        "荞麦",
        "花生",
        "大豆",
        "小麦",
        "鲭鱼",
        "螃蟹",
        "虾",
        "猪肉",
        "桃子",
        "番茄",
        "亚硫酸盐",
        "核桃",
        "鸡肉",
        "牛肉",
        "鱿鱼",
        "贝类",
        "松子",
    ],
];

impl Allergen {
    /// What guests call it.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        NAMES[lang as usize][self as usize]
    }

    /// In the order of the list, each once: as dishes keep them.
    #[must_use]
    pub fn sorted(mut allergens: Vec<Self>) -> Vec<Self> {
        allergens.sort_unstable();
        allergens.dedup();
        allergens
    }
}

/// By the names above instead of derived: the guests' app downloads a table and a loop, not 19 comparisons.
impl<'de> Deserialize<'de> for Allergen {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        let text = String::deserialize(value)?;
        let known = Self::ALL.iter().find(|allergen| allergen.as_str() == text);
        known.copied().ok_or_else(|| de::Error::unknown_variant(&text, &[]))
    }
}

#[cfg(test)]
mod tests {
    use super::Allergen;
    use crate::Lang;

    #[test]
    fn the_wire_names_are_those_that_are_written() {
        assert_eq!(Allergen::ALL.len(), 19);
        for allergen in Allergen::ALL {
            let text = serde_json::to_string(allergen).unwrap();
            assert_eq!(text, format!("\"{allergen}\""));
            assert_eq!(serde_json::from_str::<Allergen>(&text).unwrap(), *allergen);
        }
        assert!(serde_json::from_str::<Allergen>("\"Eggs\"").is_err());
    }

    #[test]
    fn every_language_names_each() {
        for (place, lang) in Lang::ALL.iter().enumerate() {
            assert_eq!(*lang as usize, place);
            let mut names: Vec<_> = Allergen::ALL.iter().map(|allergen| allergen.name(*lang)).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), Allergen::ALL.len());
        }
        assert_eq!(Allergen::ALL.last().map(|allergen| *allergen as usize), Some(18));
        assert_eq!((Allergen::PineNuts.name(Lang::Ko), Allergen::Crab.name(Lang::En)), ("잣", "crab"));
    }

    #[test]
    fn each_once_in_the_order_of_the_list() {
        let mixed = vec![Allergen::PineNuts, Allergen::Milk, Allergen::Eggs, Allergen::Milk];
        assert_eq!(Allergen::sorted(mixed), [Allergen::Eggs, Allergen::Milk, Allergen::PineNuts]);
    }
}

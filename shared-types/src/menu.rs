//! The menu as guests see it, and the rule that says whether a choice of options is complete.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::errors::Lang;
use crate::{Allergen, CategoryId, ErrorCode, MenuId, Money, OptionGroupId, OptionId, text_enum};

/// A name in other languages than the store's own: `{"en": {"name": "Bulgogi"}}`.
pub type Translations = BTreeMap<String, Translation>;

/// One translation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Translation {
    /// The name, at most 100 characters; blank: not translated.
    #[cfg_attr(feature = "openapi", schema(max_length = 100, example = "Bulgogi"))]
    pub name: String,
    /// The description, at most 1,000 characters; absent where the thing has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    pub description: Option<String>,
}

/// `GET /api/menus`: categories and dishes, each in the order in which they are shown. Sold-out dishes are
/// left out unless `?include_unavailable=true`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuBoard {
    /// Grows with every change of the store's menu.
    #[cfg_attr(feature = "openapi", schema(example = 42))]
    pub version: i64,
    /// In display order.
    pub categories: Vec<Category>,
    /// In display order within each category.
    pub menus: Vec<Menu>,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Category {
    /// The category.
    pub id: CategoryId,
    /// In the store's own language.
    #[cfg_attr(feature = "openapi", schema(example = "식사"))]
    pub name: String,
    /// In others.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Lang, Translation>))]
    pub translations: Translations,
}

/// A short remark on a dish's card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MenuBadge {
    /// Often ordered.
    Popular,
    /// New on the menu.
    New,
}

text_enum!(MenuBadge { Popular => "popular", New => "new" });

/// A dish or drink.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Menu {
    /// The dish.
    pub id: MenuId,
    /// Its category.
    pub category_id: CategoryId,
    /// In the store's own language.
    #[cfg_attr(feature = "openapi", schema(example = "소불고기"))]
    pub name: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// In others.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Lang, Translation>))]
    pub translations: Translations,
    /// Without options.
    pub price: Money,
    /// The widest picture; `media::at_width` gives the others. Absent: the app draws a bowl.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "/api/images/0f3a9c-960.webp"))]
    pub image_url: Option<String>,
    /// False: sold out.
    pub is_available: bool,
    /// Remarks on the card.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub badges: Vec<MenuBadge>,
    /// 0 (mild) to 3 (very hot).
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 3))]
    pub spicy_level: i16,
    /// What it contains that some guests must not eat, in the order of the list, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_items = 19))]
    pub allergens: Vec<Allergen>,
    /// What to ask the guest, in display order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub option_groups: Vec<OptionGroup>,
}

/// A question about a dish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OptionGroup {
    /// The group.
    pub id: OptionGroupId,
    /// In the store's own language.
    #[cfg_attr(feature = "openapi", schema(example = "맵기"))]
    pub name: String,
    /// In others.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Lang, Translation>))]
    pub translations: Translations,
    /// At least so many must be chosen; 1 or more makes the group required.
    pub min_choices: u32,
    /// At most so many may be chosen.
    pub max_choices: u32,
    /// In display order.
    pub options: Vec<MenuOption>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuOption {
    /// The option.
    pub id: OptionId,
    /// In the store's own language.
    #[cfg_attr(feature = "openapi", schema(example = "보통맛"))]
    pub name: String,
    /// In others.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Lang, Translation>))]
    pub translations: Translations,
    /// Added to the dish's price; 0 or more.
    pub price: Money,
    /// False: cannot be chosen today.
    pub is_available: bool,
}

/// Why a choice of options cannot be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceError {
    /// The choice breaks a rule of the group: too few, too many, or one twice.
    Rule(OptionGroupId, ErrorCode),
    /// The option is not one of this dish's, or no longer.
    Unknown(OptionId),
    /// The option is sold out.
    Unavailable(OptionId),
}

impl Menu {
    /// The chosen options with their groups, in display order, when the choice obeys every rule.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn choose(&self, chosen: &[OptionId]) -> Result<Vec<(&OptionGroup, &MenuOption)>, ChoiceError> {
        let known = |id: &OptionId| self.option_groups.iter().any(|g| g.options.iter().any(|o| o.id == *id));
        if let Some(id) = chosen.iter().find(|id| !known(id)) {
            return Err(ChoiceError::Unknown(*id));
        }
        let mut picked = Vec::with_capacity(chosen.len());
        for group in &self.option_groups {
            let before = picked.len();
            for option in &group.options {
                match chosen.iter().filter(|id| **id == option.id).count() {
                    0 => {}
                    1 if option.is_available => picked.push((group, option)),
                    1 => return Err(ChoiceError::Unavailable(option.id)),
                    _ => return Err(ChoiceError::Rule(group.id, ErrorCode::DuplicateOption)),
                }
            }
            let count = picked.len() - before;
            if count < group.min_choices as usize {
                return Err(ChoiceError::Rule(group.id, ErrorCode::TooFewOptions));
            }
            if count > group.max_choices as usize {
                return Err(ChoiceError::Rule(group.id, ErrorCode::TooManyOptions));
            }
        }
        Ok(picked)
    }

    /// The price of one, with these options.
    #[must_use]
    pub fn unit_price(&self, chosen: &[(&OptionGroup, &MenuOption)]) -> Option<Money> {
        chosen.iter().try_fold(self.price, |sum, (_, option)| sum.checked_add(option.price))
    }
}

macro_rules! translated {
    ($($type:ty),+) => {$(
        impl $type {
            /// The name in a language, or in the store's own where it is not translated.
            #[must_use]
            pub fn name_in(&self, lang: Lang) -> &str {
                match self.translations.get(lang.as_str()) {
                    Some(translation) if !translation.name.is_empty() => &translation.name,
                    _ => &self.name,
                }
            }
        }
    )+};
}

translated!(Category, Menu, OptionGroup, MenuOption);

impl Menu {
    /// The description in a language, or in the store's own where it is not translated.
    #[must_use]
    pub fn description_in(&self, lang: Lang) -> Option<&str> {
        let translated = self.translations.get(lang.as_str()).and_then(|t| t.description.as_deref());
        translated.or(self.description.as_deref())
    }
}

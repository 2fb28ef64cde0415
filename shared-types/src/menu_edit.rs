//! Changing the menu: what managers send. Partial updates: what is absent stays; `null` is allowed only where
//! a thing may be without.

use serde::{Deserialize, Deserializer, Serialize};

use crate::errors::{FieldErrors, Lang};
#[cfg(feature = "openapi")]
use crate::menu::Translation;
use crate::menu::{Category, MenuBadge, Translations};
use crate::{Allergen, CategoryId, ErrorCode, MenuId, Money, OptionGroupId, OptionId};

/// Characters in a category's, option group's or option's name.
pub const SHORT_NAME_MAX: usize = 50;
/// Characters in a dish's name.
pub const MENU_NAME_MAX: usize = 100;
/// Characters in a translated name, whatever it names.
pub const TRANSLATED_NAME_MAX: usize = 100;
/// Characters in a description.
pub const DESCRIPTION_MAX: usize = 1000;
/// Option groups of a dish, at most.
pub const MAX_GROUPS: usize = 20;
/// Options of a group, at most.
pub const MAX_GROUP_OPTIONS: usize = 50;

/// A field that may be absent (stays) or `null` (is removed).
fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(value: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// `GET /api/admin/categories`, in display order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CategoryList {
    /// In display order.
    pub categories: Vec<Category>,
}

/// `POST /api/admin/categories`: appended after the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCategory {
    /// 1 to 50 characters, unique in the store.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 50, example = "계절 메뉴"))]
    pub name: String,
    /// In other languages.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Lang, Translation>))]
    pub translations: Translations,
}

/// `PUT /api/admin/categories/{id}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CategoryUpdate {
    /// See [`NewCategory::name`].
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 50, nullable = false))]
    pub name: Option<String>,
    /// Replaces all translations.
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Lang, Translation>, nullable = false))]
    pub translations: Option<Translations>,
}

/// `PUT /api/admin/categories/order`: every category, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CategoryOrder {
    /// In the new order.
    pub category_ids: Vec<CategoryId>,
}

/// `PUT /api/admin/menus/order`: every dish of one category, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuOrder {
    /// The category.
    pub category_id: CategoryId,
    /// In the new order.
    pub menu_ids: Vec<MenuId>,
}

/// An option group in a new or changed dish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OptionGroupEdit {
    /// Of a group that stays; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<OptionGroupId>,
    /// 1 to 50 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 50, example = "맵기"))]
    pub name: String,
    /// In other languages.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Lang, Translation>))]
    pub translations: Translations,
    /// 0 to 50; 1 or more makes the group required.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 50))]
    pub min_choices: u32,
    /// 1 to the number of options, not below `min_choices`.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 50))]
    pub max_choices: u32,
    /// 1 to 50 options in display order.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 50))]
    pub options: Vec<OptionEdit>,
}

/// An option in a new or changed dish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OptionEdit {
    /// Of an option that stays; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<OptionId>,
    /// 1 to 50 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 50, example = "보통맛"))]
    pub name: String,
    /// In other languages.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Lang, Translation>))]
    pub translations: Translations,
    /// Added to the dish's price, 0 to 100,000,000.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = i64, minimum = 0, maximum = 100_000_000, example = 500))]
    pub price: Money,
    /// False: cannot be chosen today.
    #[serde(default = "yes")]
    pub is_available: bool,
}

fn yes() -> bool {
    true
}

/// `POST /api/admin/menus`: appended to its category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMenu {
    /// A category of this store.
    pub category_id: CategoryId,
    /// 1 to 100 characters, unique in the store.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100, example = "갈비탕"))]
    pub name: String,
    /// At most 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    pub description: Option<String>,
    /// In other languages.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Lang, Translation>))]
    pub translations: Translations,
    /// 1 to 100,000,000.
    #[cfg_attr(feature = "openapi", schema(value_type = i64, minimum = 1, maximum = 100_000_000, example = 15000))]
    pub price: Money,
    /// As answered by the image upload.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(pattern = r"^([\s\S]*/)?[0-9a-f]{32}-[^/-]*$"))]
    pub image_url: Option<String>,
    /// False: sold out.
    #[serde(default = "yes")]
    pub is_available: bool,
    /// Remarks on the card.
    #[serde(default)]
    pub badges: Vec<MenuBadge>,
    /// 0 (mild) to 3 (very hot).
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 3))]
    pub spicy_level: i16,
    /// What it contains that some guests must not eat; kept in the order of the list, each once.
    #[serde(default)]
    pub allergens: Vec<Allergen>,
    /// At most 20, in display order.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
    pub option_groups: Vec<OptionGroupEdit>,
}

/// `PUT /api/admin/menus/{id}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuUpdate {
    /// Moves the dish to the end of another category.
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub category_id: Option<CategoryId>,
    /// See [`NewMenu::name`].
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100, nullable = false))]
    pub name: Option<String>,
    /// `null` removes it.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, max_length = 1000))]
    pub description: Option<Option<String>>,
    /// Replaces all translations.
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<Lang, Translation>, nullable = false))]
    pub translations: Option<Translations>,
    /// See [`NewMenu::price`].
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = i64, minimum = 1, maximum = 100_000_000, nullable = false))]
    pub price: Option<Money>,
    /// `null` removes it.
    #[serde(default, deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, pattern = r"^([\s\S]*/)?[0-9a-f]{32}-[^/-]*$"))]
    pub image_url: Option<Option<String>>,
    /// False: sold out.
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub is_available: Option<bool>,
    /// Replaces all remarks.
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub badges: Option<Vec<MenuBadge>>,
    /// 0 to 3.
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 3, nullable = false))]
    pub spicy_level: Option<i16>,
    /// Replaces all allergens.
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub allergens: Option<Vec<Allergen>>,
    /// Replaces all option groups; those with an id keep it.
    #[serde(default, deserialize_with = "crate::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_items = 20, nullable = false))]
    pub option_groups: Option<Vec<OptionGroupEdit>>,
}

impl NewCategory {
    /// What is wrong with the fields.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        CategoryUpdate { name: Some(self.name.clone()), translations: Some(self.translations.clone()) }
            .check()
    }
}

impl CategoryUpdate {
    /// What is wrong with the fields.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if let Some(name) = &self.name {
            errors.text("name", name, SHORT_NAME_MAX);
        }
        if let Some(translations) = &self.translations {
            check_translations(&mut errors, "translations", translations);
        }
        errors
    }
}

impl From<NewMenu> for MenuUpdate {
    fn from(menu: NewMenu) -> Self {
        Self {
            category_id: Some(menu.category_id),
            name: Some(menu.name),
            description: Some(menu.description),
            translations: Some(menu.translations),
            price: Some(menu.price),
            image_url: Some(menu.image_url),
            is_available: Some(menu.is_available),
            badges: Some(menu.badges),
            spicy_level: Some(menu.spicy_level),
            allergens: Some(menu.allergens),
            option_groups: Some(menu.option_groups),
        }
    }
}

impl MenuUpdate {
    /// What is wrong with the fields; the same for a new dish, which is an update of everything.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if let Some(name) = &self.name {
            errors.text("name", name, MENU_NAME_MAX);
        }
        if let Some(Some(description)) = &self.description {
            errors.optional_text("description", description, DESCRIPTION_MAX);
        }
        if let Some(translations) = &self.translations {
            check_translations(&mut errors, "translations", translations);
        }
        if self.price.is_some_and(|price| !(Money(1)..=Money::MAX_PRICE).contains(&price)) {
            errors.add("price", ErrorCode::OutOfRange);
        }
        if self.spicy_level.is_some_and(|level| !(0..=3).contains(&level)) {
            errors.add("spicy_level", ErrorCode::OutOfRange);
        }
        if let Some(Some(url)) = &self.image_url
            && crate::media::key_of(url).is_none()
        {
            errors.add("image_url", ErrorCode::InvalidFormat);
        }
        for (place, group) in self.option_groups.iter().flatten().enumerate() {
            group.check(&mut errors, &format!("option_groups[{place}]"));
        }
        if self.option_groups.as_ref().is_some_and(|groups| groups.len() > MAX_GROUPS) {
            errors.add("option_groups", ErrorCode::TooLong);
        }
        errors
    }
}

impl OptionGroupEdit {
    fn check(&self, errors: &mut FieldErrors, path: &str) {
        errors.text(&format!("{path}.name"), &self.name, SHORT_NAME_MAX);
        check_translations(errors, &format!("{path}.translations"), &self.translations);
        let count = u32::try_from(self.options.len()).unwrap_or(u32::MAX);
        if self.options.is_empty() {
            errors.add(format!("{path}.options"), ErrorCode::Required);
        } else if self.options.len() > MAX_GROUP_OPTIONS {
            errors.add(format!("{path}.options"), ErrorCode::TooLong);
        }
        if self.min_choices > count {
            errors.add(format!("{path}.min_choices"), ErrorCode::OutOfRange);
        }
        if self.max_choices < self.min_choices.max(1) || self.max_choices > count {
            errors.add(format!("{path}.max_choices"), ErrorCode::OutOfRange);
        }
        for (place, option) in self.options.iter().enumerate() {
            let path = format!("{path}.options[{place}]");
            errors.text(&format!("{path}.name"), &option.name, SHORT_NAME_MAX);
            check_translations(errors, &format!("{path}.translations"), &option.translations);
            if !(Money::ZERO..=Money::MAX_PRICE).contains(&option.price) {
                errors.add(format!("{path}.price"), ErrorCode::OutOfRange);
            }
        }
    }
}

fn check_translations(errors: &mut FieldErrors, path: &str, translations: &Translations) {
    for (lang, translation) in translations {
        if lang.parse::<Lang>().is_err() {
            errors.add(path, ErrorCode::InvalidFormat);
            continue;
        }
        errors.optional_text(&format!("{path}.{lang}.name"), &translation.name, TRANSLATED_NAME_MAX);
        if let Some(description) = &translation.description {
            errors.optional_text(&format!("{path}.{lang}.description"), description, DESCRIPTION_MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_is_refused_where_a_value_is_needed() {
        assert!(serde_json::from_str::<MenuUpdate>(r#"{"name":null}"#).is_err());
        assert!(serde_json::from_str::<MenuUpdate>(r#"{"price":null}"#).is_err());
        let update: MenuUpdate = serde_json::from_str(r#"{"description":null}"#).unwrap();
        assert_eq!(update, MenuUpdate { description: Some(None), ..MenuUpdate::default() });
        assert_eq!(serde_json::from_str::<MenuUpdate>("{}").unwrap(), MenuUpdate::default());
    }

    #[test]
    fn bounds() {
        let field =
            |json: &str, name: &str| serde_json::from_str::<MenuUpdate>(json).unwrap().check().of(name);
        assert_eq!(field(r#"{"price":0}"#, "price"), Some(ErrorCode::OutOfRange));
        assert_eq!(field(r#"{"price":100000001}"#, "price"), Some(ErrorCode::OutOfRange));
        assert_eq!(field(r#"{"name":"  "}"#, "name"), Some(ErrorCode::Required));
        assert_eq!(
            field(r#"{"image_url":"https://elsewhere/x.png"}"#, "image_url"),
            Some(ErrorCode::InvalidFormat)
        );
        let group =
            r#"{"option_groups":[{"name":"a","min_choices":0,"max_choices":2,"options":[{"name":"b"}]}]}"#;
        assert_eq!(field(group, "option_groups[0].max_choices"), Some(ErrorCode::OutOfRange));
    }
}

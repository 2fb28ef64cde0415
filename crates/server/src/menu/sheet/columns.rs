//! The columns of the menu's sheet: what each says of a dish, and how it is read back.

use std::collections::HashMap;

use shared_types::menu::{Menu, MenuBadge, Translation};
use shared_types::{Allergen, CategoryId, ErrorCode, Lang, Money};

/// A column. Option groups and pictures stand in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Category,
    Name,
    Description,
    Price,
    Available,
    Badges,
    SpicyLevel,
    Allergens,
    NameIn(Lang),
    DescriptionIn(Lang),
}

/// Category names by id, and ids by lower-case name.
pub(super) struct Categories {
    pub names: HashMap<CategoryId, String>,
    pub ids: HashMap<String, CategoryId>,
}

impl Column {
    /// Every column in the order of the sheet.
    pub fn all() -> Vec<Self> {
        use Column as C;
        let first = [C::Id, C::Category, C::Name, C::Description, C::Price, C::Available];
        let last = [C::Badges, C::SpicyLevel, C::Allergens];
        let languages = Lang::ALL.iter().flat_map(|lang| [C::NameIn(*lang), C::DescriptionIn(*lang)]);
        first.into_iter().chain(last).chain(languages).collect()
    }

    /// Its heading.
    pub fn heading(self) -> String {
        match self {
            Self::Id => "id".to_owned(),
            Self::Category => "category".to_owned(),
            Self::Name => "name".to_owned(),
            Self::Description => "description".to_owned(),
            Self::Price => "price".to_owned(),
            Self::Available => "available".to_owned(),
            Self::Badges => "badges".to_owned(),
            Self::SpicyLevel => "spicy_level".to_owned(),
            Self::Allergens => "allergens".to_owned(),
            Self::NameIn(lang) => format!("name_{lang}"),
            Self::DescriptionIn(lang) => format!("description_{lang}"),
        }
    }

    /// What it says of a dish.
    pub fn cell(self, menu: &Menu, categories: &Categories) -> String {
        let translated = |lang: Lang| menu.translations.get(lang.as_str());
        match self {
            Self::Id => menu.id.to_string(),
            Self::Category => categories.names.get(&menu.category_id).cloned().unwrap_or_default(),
            Self::Name => menu.name.clone(),
            Self::Description => menu.description.clone().unwrap_or_default(),
            Self::Price => menu.price.0.to_string(),
            Self::Available => menu.is_available.to_string(),
            Self::Badges => spaced(&menu.badges),
            Self::SpicyLevel => menu.spicy_level.to_string(),
            Self::Allergens => spaced(&menu.allergens),
            Self::NameIn(lang) => translated(lang).map(|t| t.name.clone()).unwrap_or_default(),
            Self::DescriptionIn(lang) => {
                translated(lang).and_then(|t| t.description.clone()).unwrap_or_default()
            }
        }
    }

    /// Puts what a cell says into a dish. An empty one removes what may be missing and leaves the rest.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(self, cell: &str, menu: &mut Menu, categories: &Categories) -> Result<(), ErrorCode> {
        let filled = (!cell.is_empty()).then(|| cell.to_owned());
        match self {
            // Which dish it is was looked at before.
            Self::Id => {}
            Self::Category if cell.is_empty() => return Err(ErrorCode::Required),
            Self::Category => {
                menu.category_id = *categories.ids.get(&cell.to_lowercase()).ok_or(ErrorCode::NotFound)?;
            }
            Self::Name => cell.clone_into(&mut menu.name),
            Self::Description => menu.description = filled,
            Self::Price if cell.is_empty() => return Err(ErrorCode::Required),
            Self::Price => menu.price = Money(cell.parse().map_err(|_| ErrorCode::InvalidFormat)?),
            Self::Available if cell.is_empty() => {}
            // Spreadsheets write TRUE.
            Self::Available => {
                menu.is_available = cell.to_lowercase().parse().map_err(|_| ErrorCode::InvalidFormat)?;
            }
            Self::Badges => menu.badges = words::<MenuBadge>(cell)?,
            Self::SpicyLevel if cell.is_empty() => menu.spicy_level = 0,
            Self::SpicyLevel => menu.spicy_level = cell.parse().map_err(|_| ErrorCode::InvalidFormat)?,
            Self::Allergens => menu.allergens = Allergen::sorted(words(cell)?),
            Self::NameIn(lang) => translate(menu, lang, |t| cell.clone_into(&mut t.name)),
            Self::DescriptionIn(lang) => translate(menu, lang, |t| t.description = filled),
        }
        Ok(())
    }
}

/// What is the same in two sheets: blanks around a text and kinds of line breaks do not count.
pub(super) fn normal(cell: &str) -> String {
    cell.replace("\r\n", "\n").trim().to_owned()
}

fn spaced<T: ToString>(values: &[T]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn words<T: std::str::FromStr>(cell: &str) -> Result<Vec<T>, ErrorCode> {
    cell.split_whitespace().map(|word| word.parse().map_err(|_| ErrorCode::InvalidFormat)).collect()
}

fn translate(menu: &mut Menu, lang: Lang, change: impl FnOnce(&mut Translation)) {
    let translation = menu.translations.entry(lang.as_str().to_owned()).or_default();
    change(translation);
    if *translation == Translation::default() {
        menu.translations.remove(lang.as_str());
    }
}

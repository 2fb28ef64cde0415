//! A dish as it stands in the form: everything as it is typed.

use std::collections::BTreeSet;

use shared_types::allergens::Allergen;
use shared_types::errors::FieldErrors;
use shared_types::menu::{Menu, MenuBadge, MenuOption, OptionGroup, Translation, Translations};
use shared_types::menu_edit::{MenuUpdate, NewMenu, OptionEdit, OptionGroupEdit};
use shared_types::{CategoryId, ErrorCode, MenuId, Money, OptionGroupId, OptionId};

/// The languages besides the store's own, as the form shows them.
pub const OTHERS: [&str; 3] = ["en", "ja", "zh"];

/// A name, and where there is one a description, in each of [`OTHERS`].
pub type Words = [(String, String); 3];

/// A dish in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The dish that is changed; absent for a new one.
    pub id: Option<MenuId>,
    /// Its category; absent only while the store has none.
    pub category: Option<CategoryId>,
    /// In the store's language.
    pub name: String,
    /// As typed, with or without separators.
    pub price: String,
    /// In the store's language.
    pub description: String,
    /// As answered by the upload.
    pub image_url: Option<String>,
    /// False: sold out.
    pub is_available: bool,
    /// Remarks on the card.
    pub badges: Vec<MenuBadge>,
    /// 0 to 3.
    pub spicy_level: i16,
    /// What some guests must not eat.
    pub allergens: BTreeSet<Allergen>,
    /// In other languages.
    pub words: Words,
    /// Questions to the guest.
    pub groups: Vec<GroupDraft>,
}

/// A question in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupDraft {
    id: Option<OptionGroupId>,
    /// In the store's language.
    pub name: String,
    /// At least so many.
    pub min: String,
    /// At most so many.
    pub max: String,
    /// In other languages.
    pub words: Words,
    /// The answers.
    pub options: Vec<OptionDraft>,
}

/// An answer in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionDraft {
    id: Option<OptionId>,
    /// In the store's language.
    pub name: String,
    /// Added to the dish's price.
    pub price: String,
    /// False: cannot be chosen today.
    pub is_available: bool,
    /// In other languages.
    pub words: Words,
}

impl Default for OptionDraft {
    fn default() -> Self {
        let (name, price) = (String::new(), String::from("0"));
        Self { id: None, name, price, is_available: true, words: Words::default() }
    }
}

impl Draft {
    /// A new dish.
    #[must_use]
    pub fn new(category: Option<CategoryId>) -> Self {
        Self { category, is_available: true, ..Self::default() }
    }

    /// A dish as it is.
    #[must_use]
    pub fn of(menu: &Menu) -> Self {
        Self {
            id: Some(menu.id),
            category: Some(menu.category_id),
            name: menu.name.clone(),
            price: menu.price.to_string(),
            description: menu.description.clone().unwrap_or_default(),
            image_url: menu.image_url.clone(),
            is_available: menu.is_available,
            badges: menu.badges.clone(),
            spicy_level: menu.spicy_level,
            allergens: menu.allergens.iter().copied().collect(),
            words: typed(&menu.translations),
            groups: menu.option_groups.iter().map(GroupDraft::of).collect(),
        }
    }

    /// Another dish that begins like this one, under another name: names are unique.
    #[must_use]
    pub fn copy(mut self, name: String) -> Self {
        (self.id, self.name) = (None, name);
        for group in &mut self.groups {
            group.id = None;
            group.options.iter_mut().for_each(|option| option.id = None);
        }
        self
    }

    /// A question more, with one answer.
    pub fn add_group(&mut self) {
        let (min, max) = (String::from("0"), String::from("1"));
        self.groups.push(GroupDraft {
            min,
            max,
            options: vec![OptionDraft::default()],
            ..GroupDraft::default()
        });
    }

    /// The price that a guest would see; none while it is not a number.
    #[must_use]
    pub fn shown_price(&self) -> Option<Money> {
        number(&self.price).map(Money)
    }

    /// How many answers each question has: the form is built anew only when this changes.
    #[must_use]
    pub fn shape(&self) -> Vec<usize> {
        self.groups.iter().map(|group| group.options.len()).collect()
    }

    /// What to send, or what is wrong with which field.
    ///
    /// # Errors
    /// The fields, named as the API names them.
    pub fn finish(&self) -> Result<NewMenu, FieldErrors> {
        let mut faults = FieldErrors::default();
        let groups = self.groups.iter().enumerate();
        let groups = groups.map(|(place, group)| group.finish(place, &mut faults)).collect();
        let price = required(&self.price, "price", &mut faults);
        let Some(category_id) = self.category else {
            faults.add("category_id", ErrorCode::Required);
            return Err(faults);
        };
        let menu = NewMenu {
            category_id,
            name: self.name.trim().to_owned(),
            description: some(&self.description),
            translations: translations(&self.words, some(&self.description).is_some()),
            price: Money(price),
            image_url: self.image_url.clone(),
            is_available: self.is_available,
            badges: self.badges.clone(),
            spicy_level: self.spicy_level,
            allergens: self.allergens.iter().copied().collect(),
            option_groups: groups,
        };
        for (field, codes) in MenuUpdate::from(menu.clone()).check().0 {
            // What is not a number has been told.
            if faults.of(&field).is_none() {
                codes.into_iter().for_each(|code| faults.add(field.clone(), code));
            }
        }
        if faults.is_empty() { Ok(menu) } else { Err(faults) }
    }
}

impl GroupDraft {
    fn of(group: &OptionGroup) -> Self {
        Self {
            id: Some(group.id),
            name: group.name.clone(),
            min: group.min_choices.to_string(),
            max: group.max_choices.to_string(),
            words: typed(&group.translations),
            options: group.options.iter().map(OptionDraft::of).collect(),
        }
    }

    fn finish(&self, place: usize, faults: &mut FieldErrors) -> OptionGroupEdit {
        let path = format!("option_groups[{place}]");
        let mut count = |text: &str, field: &str| {
            u32::try_from(required(text, &format!("{path}.{field}"), faults)).unwrap_or(u32::MAX)
        };
        let (min_choices, max_choices) = (count(&self.min, "min_choices"), count(&self.max, "max_choices"));
        let options = self.options.iter().enumerate().map(|(place, option)| OptionEdit {
            id: option.id,
            name: option.name.trim().to_owned(),
            translations: translations(&option.words, false),
            price: Money(required(&option.price, &format!("{path}.options[{place}].price"), faults)),
            is_available: option.is_available,
        });
        OptionGroupEdit {
            id: self.id,
            name: self.name.trim().to_owned(),
            translations: translations(&self.words, false),
            min_choices,
            max_choices,
            options: options.collect(),
        }
    }
}

impl OptionDraft {
    fn of(option: &MenuOption) -> Self {
        Self {
            id: Some(option.id),
            name: option.name.clone(),
            price: option.price.to_string(),
            is_available: option.is_available,
            words: typed(&option.translations),
        }
    }
}

/// What a form changes of the dish that it was opened with; everything where that is not known.
#[must_use]
pub fn changes(opened: Option<&Draft>, menu: NewMenu) -> MenuUpdate {
    fn changed<T: PartialEq>(field: &mut Option<T>, before: &Option<T>) {
        if *field == *before {
            *field = None;
        }
    }
    let mut update = MenuUpdate::from(menu);
    let Some(before) = opened.and_then(|opened| opened.finish().ok()).map(MenuUpdate::from) else {
        return update;
    };
    changed(&mut update.category_id, &before.category_id);
    changed(&mut update.name, &before.name);
    changed(&mut update.description, &before.description);
    changed(&mut update.translations, &before.translations);
    changed(&mut update.price, &before.price);
    changed(&mut update.image_url, &before.image_url);
    changed(&mut update.is_available, &before.is_available);
    changed(&mut update.badges, &before.badges);
    changed(&mut update.spicy_level, &before.spicy_level);
    changed(&mut update.allergens, &before.allergens);
    changed(&mut update.option_groups, &before.option_groups);
    update
}

/// Translations as the form shows them.
#[must_use]
pub fn typed(translations: &Translations) -> Words {
    OTHERS.map(|lang| {
        let found = translations.get(lang).cloned().unwrap_or_default();
        (found.name, found.description.unwrap_or_default())
    })
}

/// Translations as the API takes them; those without any word are left out.
#[must_use]
pub fn translations(words: &Words, with_description: bool) -> Translations {
    let words = OTHERS.into_iter().zip(words);
    let words = words.map(|(lang, (name, description))| {
        let description = some(description).filter(|_| with_description);
        (lang.to_owned(), Translation { name: name.trim().to_owned(), description })
    });
    words.filter(|(_, words)| !words.name.is_empty() || words.description.is_some()).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A whole number, with or without separators.
pub(super) fn number(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    digits.parse().ok()
}

fn required(text: &str, field: &str, faults: &mut FieldErrors) -> i64 {
    number(text).unwrap_or_else(|| {
        let code = if text.trim().is_empty() { ErrorCode::Required } else { ErrorCode::InvalidFormat };
        faults.add(field, code);
        // Whatever else is wrong with it has no need to be told.
        1
    })
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;

//! What a guest has chosen in the dialog of one dish.

use shared_types::menu::{Menu, MenuOption, OptionGroup};
use shared_types::{Money, OptionGroupId, OptionId};

/// How a group is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Exactly one: radio buttons.
    One,
    /// Any number within the bounds: checkboxes.
    Some,
}

/// What must be said about a group's bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// One must be chosen.
    One,
    /// Exactly so many, more than one.
    Exactly(u32),
    /// From … to ….
    Between(u32, u32),
    /// None needed, at most so many.
    UpTo(u32),
}

/// The chosen options of one dish, and how many of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The chosen options.
    pub options: Vec<OptionId>,
    /// How many of the dish.
    pub quantity: u32,
}

impl Default for Choice {
    fn default() -> Self {
        Self { options: Vec::new(), quantity: 1 }
    }
}

/// How a group is asked.
#[must_use]
pub fn asks(group: &OptionGroup) -> Asks {
    if group.min_choices == 1 && group.max_choices == 1 { Asks::One } else { Asks::Some }
}

/// What must be said about a group's bounds.
#[must_use]
pub fn rule(group: &OptionGroup) -> Rule {
    match (group.min_choices, group.max_choices) {
        (1, 1) => Rule::One,
        (0, max) => Rule::UpTo(max),
        (min, max) if min == max => Rule::Exactly(min),
        (min, max) => Rule::Between(min, max),
    }
}

/// Whether a dish can go into the cart without a question.
#[must_use]
pub fn needs_answer(menu: &Menu) -> bool {
    menu.option_groups.iter().any(|group| group.min_choices > 0)
}

impl Choice {
    /// Chooses an option, or takes it back. Beyond the group's bound nothing happens.
    pub fn toggle(&mut self, group: &OptionGroup, option: &MenuOption) {
        if let Some(place) = self.options.iter().position(|id| *id == option.id) {
            if asks(group) == Asks::Some {
                self.options.remove(place);
            }
            return;
        }
        if !option.is_available {
            return;
        }
        if asks(group) == Asks::One {
            self.options.retain(|id| group.options.iter().all(|other| other.id != *id));
        } else if self.is_full(group) {
            return;
        }
        self.options.push(option.id);
    }

    /// Whether an option is chosen.
    #[must_use]
    pub fn has(&self, option: OptionId) -> bool {
        self.options.contains(&option)
    }

    /// How many of a group are chosen.
    #[must_use]
    pub fn count(&self, group: &OptionGroup) -> u32 {
        group.options.iter().map(|option| u32::from(self.has(option.id))).sum()
    }

    /// Whether no more of a group may be chosen.
    #[must_use]
    pub fn is_full(&self, group: &OptionGroup) -> bool {
        self.count(group) >= group.max_choices
    }

    /// The first group that still needs an answer, and how many.
    #[must_use]
    pub fn missing(&self, menu: &Menu) -> Option<(OptionGroupId, u32)> {
        menu.option_groups.iter().find_map(|group| {
            let missing = group.min_choices.saturating_sub(self.count(group));
            (missing > 0).then_some((group.id, missing))
        })
    }

    /// What it costs so far: the dish, the chosen options, times the quantity.
    #[must_use]
    pub fn price(&self, menu: &Menu) -> Money {
        let options = menu.option_groups.iter().flat_map(|group| &group.options);
        let extra = options.filter(|option| self.has(option.id)).map(|option| option.price);
        Money::checked_sum(extra)
            .and_then(|extra| menu.price.checked_add(extra))
            .and_then(|unit| unit.checked_mul(self.quantity))
            .unwrap_or_default()
    }

    /// Forgets options that the dish no longer offers: the menu changed while the dialog was open.
    pub fn fit(&mut self, menu: &Menu) {
        self.options.retain(|id| {
            let mut options = menu.option_groups.iter().flat_map(|group| &group.options);
            options.any(|option| option.id == *id && option.is_available)
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::state::fixtures::{dish, group, option_ids};

    fn menu() -> Menu {
        let mut menu = dish(1, 10_000);
        menu.option_groups = vec![
            group(10, 1, 1, &[(11, 0), (12, 500)]),
            group(20, 0, 2, &[(21, 1_000), (22, 2_000), (23, 3_000)]),
        ];
        menu
    }

    #[test]
    fn one_of_a_required_group_replaces_the_other() {
        let menu = menu();
        let (hot, group) = (&menu.option_groups[0].options, &menu.option_groups[0]);
        let mut choice = Choice::default();
        assert_eq!(choice.missing(&menu), Some((group.id, 1)));
        choice.toggle(group, &hot[0]);
        choice.toggle(group, &hot[1]);
        choice.toggle(group, &hot[1]);
        assert_eq!(choice.options, option_ids(&[12]));
        assert_eq!(choice.missing(&menu), None);
        choice.quantity = 2;
        assert_eq!(choice.price(&menu), Money(21_000));
    }

    #[test]
    fn rules_read_as_a_waiter_would_say_them() {
        assert_eq!(rule(&group(1, 1, 1, &[])), Rule::One);
        assert_eq!(rule(&group(1, 2, 2, &[])), Rule::Exactly(2));
        assert_eq!(rule(&group(1, 1, 3, &[])), Rule::Between(1, 3));
        assert_eq!(rule(&group(1, 0, 3, &[])), Rule::UpTo(3));
    }

    #[test]
    fn what_is_no_longer_offered_is_forgotten() {
        let mut menu = menu();
        let mut choice = Choice { options: option_ids(&[11, 21]), quantity: 1 };
        menu.option_groups[1].options[0].is_available = false;
        choice.fit(&menu);
        assert_eq!(choice.options, option_ids(&[11]));
    }

    proptest! {
        /// Whatever is tapped, a choice without a missing answer is one that the contract accepts, at that price.
        #[test]
        fn a_complete_choice_can_be_ordered(taps in prop::collection::vec((0_usize..2, 0_usize..3), 0..30)) {
            let menu = menu();
            let mut choice = Choice::default();
            for (group, option) in taps {
                let group = &menu.option_groups[group];
                choice.toggle(group, &group.options[option % group.options.len()]);
            }
            let ordered = menu.choose(&choice.options);
            prop_assert_eq!(ordered.is_ok(), choice.missing(&menu).is_none());
            if let Ok(chosen) = ordered {
                prop_assert_eq!(menu.unit_price(&chosen), Some(choice.price(&menu)));
            }
        }
    }
}

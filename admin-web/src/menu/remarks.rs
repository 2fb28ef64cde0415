//! What a dish's form asks besides the basics: remarks on the card, and other languages.

use leptos::prelude::*;
use shared_types::allergens::Allergen;
use shared_types::menu::MenuBadge;
use web_kit::i18n;
use web_kit::ui::{Icon, Svg};

use super::fields::{Look, chip, field};
use super::store::MenuDesk;
use crate::state::draft::{Draft, OTHERS};
use crate::{say, tr, words};

/// Badges, how hot it is, and what some guests must not eat.
pub fn remarks(desk: MenuDesk) -> AnyView {
    let badge = |badge: MenuBadge, label| {
        let turn = move |draft: &mut Draft| match draft.badges.iter().position(|known| *known == badge) {
            Some(at) => drop(draft.badges.remove(at)),
            None => draft.badges.push(badge),
        };
        chip(desk, label, move |draft| draft.badges.contains(&badge), turn)
    };
    let spicy = |level: i16| {
        let label =
            words::text(move || if level == 0 { say!(menu.mild) } else { say!(menu.spicy, level = level) });
        chip(desk, label, move |draft| draft.spicy_level == level, move |draft| draft.spicy_level = level)
    };
    let allergen = |allergen: &Allergen| {
        let allergen = *allergen;
        let label = words::text(move || allergen.name(i18n::lang()).to_owned());
        let turn = move |draft: &mut Draft| {
            if !draft.allergens.remove(&allergen) {
                draft.allergens.insert(allergen);
            }
        };
        chip(desk, label, move |draft| draft.allergens.contains(&allergen), turn)
    };
    view! {
        <div class="chips wrap" role="group" aria-label=tr!(menu.remarks)>
            {badge(MenuBadge::Popular, tr!(menu.popular))}
            {badge(MenuBadge::New, tr!(menu.new))}
        </div>
        <div class="chips wrap" role="group" aria-label=tr!(menu.spiciness)>
            {(0..=3).map(spicy).collect::<Vec<_>>()}
        </div>
        <details>
            <summary>
                {tr!(menu.allergens)}
                <Svg icon=Icon::Down />
            </summary>
            <div class="chips wrap">{Allergen::ALL.iter().map(allergen).collect::<Vec<_>>()}</div>
        </details>
    }
    .into_any()
}

/// Each language beside the others.
pub fn translations(desk: MenuDesk) -> AnyView {
    let names = [tr!(menu.in_en), tr!(menu.in_ja), tr!(menu.in_zh)];
    let language = |(place, heading): (usize, crate::words::Text)| {
        let lang = OTHERS[place];
        let name = field(
            desk,
            format!("translations.{lang}.name"),
            tr!(menu.name),
            Look::Line,
            Box::new(move |draft| Some(&mut draft.words[place].0)),
        );
        let description = field(
            desk,
            format!("translations.{lang}.description"),
            tr!(menu.description),
            Look::Area,
            Box::new(move |draft| Some(&mut draft.words[place].1)),
        );
        view! {
            <fieldset class="stack" lang=lang>
                <legend class="label">{heading}</legend>
                {name}
                {description}
            </fieldset>
        }
        .into_any()
    };
    view! {
        <details>
            <summary>
                {tr!(menu.translations)}
                <Svg icon=Icon::Down />
            </summary>
            <div class="two">{names.into_iter().enumerate().map(language).collect::<Vec<_>>()}</div>
        </details>
    }
    .into_any()
}

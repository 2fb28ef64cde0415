//! The questions about a dish: one group each, real radios and checkboxes.

use leptos::prelude::*;
use shared_types::menu::{MenuOption, OptionGroup};
use shared_types::{MenuId, Money, OptionGroupId};
use wasm_bindgen::JsCast;
use web_kit::i18n;
use web_kit::lean::{memo, on};
use web_kit::ui::{Icon, Svg};

use super::MenuStore;
use crate::shell::Price;
use crate::state::choice::{Asks, Choice, Rule, asks, rule};
use crate::{tr, txt};

/// Every question about a dish. `asked`: the guest has tried to go on, so that missing answers are named.
pub fn view_groups(id: MenuId, choice: RwSignal<Choice>, asked: RwSignal<bool>) -> AnyView {
    let menu = MenuStore::expect();
    let groups = move || {
        let groups = menu.read(id, |dish| dish.option_groups.clone()).unwrap_or_default();
        groups.into_iter().map(|group| view_group(group, choice, asked)).collect::<Vec<_>>()
    };
    view! { <div class="item-groups">{move || groups()}</div> }.into_any()
}

fn anchor(id: OptionGroupId) -> String {
    format!("g-{id}")
}

/// Brings a question that needs an answer into sight and gives it the focus.
pub fn scroll_to_group(id: OptionGroupId) {
    let Some(group) = document().get_element_by_id(&anchor(id)) else { return };
    group.scroll_into_view();
    if let Ok(Some(input)) = group.query_selector("input:not(:disabled)") {
        // It is on the page, so it takes the focus.
        let _ = input.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

fn view_group(group: OptionGroup, choice: RwSignal<Choice>, asked: RwSignal<bool>) -> AnyView {
    let id = group.id;
    let error_id = format!("e-{id}");
    let name = group.name_in(i18n::lang()).to_owned();
    let pair = group.options.len() == 2 && group.options.iter().all(|option| option.price == Money::ZERO);
    let missing = {
        let group = group.clone();
        move || {
            let missing = group.min_choices.saturating_sub(choice.with(|choice| choice.count(&group)));
            (asked.get() && missing > 0).then_some(missing)
        }
    };
    let fault = {
        let (error_id, name, single) = (error_id.clone(), name.clone(), asks(&group) == Asks::One);
        move || {
            missing().map(|missing| {
                let text = if single {
                    txt!(item.missing, group = name.clone())
                } else {
                    txt!(item.missing_more, count = missing)
                };
                view! {
                    <p class="error" id=error_id.clone() data-testid="option-error">
                        <Svg icon=Icon::Warning />
                        {text}
                    </p>
                }
                .into_any()
            })
        }
    };
    let tag = view_rule(rule(&group));
    let options: Vec<_> =
        group.options.iter().map(|option| view_option(&group, option.clone(), choice)).collect();
    view! {
        <fieldset id=anchor(id) aria-describedby=error_id data-testid="option-group">
            <legend>{name} {tag}</legend>
            <div class=if pair { "pair" } else { "" }>{options}</div>
            <div aria-live="polite">{move || fault()}</div>
        </fieldset>
    }
    .into_any()
}

fn view_rule(rule: Rule) -> AnyView {
    let must = !matches!(rule, Rule::UpTo(_));
    let text = move || match rule {
        Rule::One => txt!(item.required).to_owned(),
        Rule::Exactly(count) => txt!(item.exactly, count = count),
        Rule::Between(min, max) => txt!(item.between, min = min, max = max),
        Rule::UpTo(count) => txt!(item.max, count = count),
    };
    view! { <span class=if must { "tag must" } else { "tag" }>{move || text()}</span> }.into_any()
}

fn view_option(group: &OptionGroup, option: MenuOption, choice: RwSignal<Choice>) -> AnyView {
    let (id, price, available) = (option.id, option.price, option.is_available);
    let kind = if asks(group) == Asks::One { "radio" } else { "checkbox" };
    let name = option.name_in(i18n::lang()).to_owned();
    let field = group.id.to_string();
    let chosen = memo(move || choice.with(|choice| choice.has(id)));
    let full = {
        let group = group.clone();
        memo(move || {
            asks(&group) == Asks::Some && choice.with(|choice| !choice.has(id) && choice.is_full(&group))
        })
    };
    let toggle = {
        let group = group.clone();
        move |_| choice.update(|choice| choice.toggle(&group, &option))
    };
    let side = match (available, price) {
        (false, _) => Some(view! { <span>{tr!(menu.sold_out)}</span> }.into_any()),
        (true, Money::ZERO) => None,
        (true, price) => Some(view! { <span class="plus"><Price amount=price /></span> }.into_any()),
    };
    view! {
        <label class="opt" data-testid="option">
            <input
                type=kind
                name=field
                disabled=move || !available || full.get()
                prop:checked=chosen
                on:change=on(toggle)
            />
            <span class="grow">{name}</span>
            {side}
        </label>
    }
    .into_any()
}

//! A dish's dialog: picture left, questions right, the price in the button.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use shared_types::MenuId;
use shared_types::menu::Menu;
use shared_types::text::NOTE_MAX;
use web_kit::i18n;
use web_kit::lean::{after_paint, effect, later, memo, on};
use web_kit::ui::{Dialog, DialogShape, Icon, Stepper, StepperWords, Svg, use_toasts};

use super::MenuStore;
use super::options::{scroll_to_group, view_groups};
use super::picture::Picture;
use crate::cart::CartStore;
use crate::shell::Price;
use crate::state::cart::Wanted;
use crate::state::choice::Choice;
use crate::{say, tr, txt};

/// The dialog of the dish that is open.
#[component]
pub fn ItemDialog() -> impl IntoView {
    let menu = MenuStore::expect();
    let open = memo(move || menu.open.with(Option::is_some));
    let close = Callback::new(move |()| menu.open.set(None));
    view! {
        <Dialog open on_close=close labelled_by="item-h" shape=DialogShape::Item testid="item-dialog">
            {move || menu.open.get().map(|id| view! { <Item id close /> }.into_any())}
        </Dialog>
    }
}

#[component]
fn Item(id: MenuId, close: Callback<()>) -> impl IntoView {
    let (menu, cart, toasts) = (MenuStore::expect(), CartStore::expect(), use_toasts());
    let replaces = menu.replaces.get_untracked();
    let start = replaces.and_then(|line| cart.line_now(line));
    let choice = RwSignal::new(start.as_ref().map_or_else(Choice::default, |line| Choice {
        options: line.options.clone(),
        quantity: line.quantity,
    }));
    let note = RwSignal::new(start.and_then(|line| line.note).unwrap_or_default());
    let asked = RwSignal::new(false);
    // A second tap before the dialog has closed adds nothing.
    let done = StoredValue::new(false);
    // The menu may change under the guest's finger.
    effect(move || {
        menu.read(id, |dish| choice.update(|choice| choice.fit(dish)));
    });
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(dish) = menu.dish_now(id).filter(|dish| dish.is_available) else { return };
        let chosen = choice.get_untracked();
        if let Some((group, _)) = chosen.missing(&dish) {
            asked.set(true);
            scroll_to_group(group);
            return;
        }
        let note = note.get_untracked();
        let wanted = Wanted::of(&dish, chosen.quantity, &chosen.options, Some(&note), i18n::lang_untracked());
        let Some(wanted) = wanted else { return };
        let name = wanted.seen.name.clone();
        if done.get_value() || !cart.put_or_tell(replaces, wanted, toasts) {
            return;
        }
        done.set_value(true);
        after_paint(move || {
            close.run(());
            toasts.success(match replaces {
                Some(_) => say!(item.updated, name = name),
                None => say!(item.added, name = name),
            });
        });
    };
    view! {
        <form class="item-form" novalidate on:submit=on(add)>
            <div class="item-scroll">
                <Photo id />
                <div class="item-body">
                    <About id />
                    {later(move || view! { <Questions id choice asked note /> })}
                </div>
            </div>
            <footer class="item-foot">
                {later(move || view! { <Foot id choice replaces=replaces.is_some() /> })}
            </footer>
            <button
                type="button"
                class="btn icon item-close"
                aria-label=tr!(app.close)
                data-testid="dialog-close"
                on:click=on(move |_| close.run(()))
            >
                <Svg icon=Icon::Close />
            </button>
        </form>
    }
}

/// What can be chosen, and a word to the kitchen.
#[component]
fn Questions(
    id: MenuId,
    choice: RwSignal<Choice>,
    asked: RwSignal<bool>,
    note: RwSignal<String>,
) -> impl IntoView {
    view! {
        {view_groups(id, choice, asked)}
        <fieldset>
            <legend>
                <label for="item-note">{tr!(item.note)}</label>
            </legend>
            <textarea
                class="input"
                id="item-note"
                maxlength=NOTE_MAX
                placeholder=tr!(item.note_hint)
                data-testid="item-note"
                prop:value=note
                on:input:target=move |event| note.set(event.target().value())
            ></textarea>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Photo(id: MenuId) -> impl IntoView {
    let menu = MenuStore::expect();
    let url = memo(move || menu.read(id, |dish| dish.image_url.clone()).flatten());
    view! { <Picture url class="item-pic" sizes="(max-width: 820px) 100vw, 432px" eager=true /> }
}

#[component]
fn About(id: MenuId) -> impl IntoView {
    let menu = MenuStore::expect();
    let name = move || menu.read(id, |dish| dish.name_in(i18n::lang()).to_owned());
    let about = move || menu.read(id, |dish| dish.description_in(i18n::lang()).map(str::to_owned)).flatten();
    let price = memo(move || menu.read(id, |dish| dish.price).unwrap_or_default());
    let allergens = move || menu.read(id, allergens_of).flatten();
    view! {
        <h2 id="item-h" tabindex="-1" autofocus=true>
            {move || name().unwrap_or_else(|| txt!(item.gone).to_owned())}
        </h2>
        <p>{move || about()}</p>
        <p class="item-price">
            <Price amount=price />
        </p>
        {move || allergens().map(view_allergens)}
    }
}

fn view_allergens(names: String) -> AnyView {
    view! {
        <p class="item-allergens" data-testid="allergens">
            <b>{tr!(item.allergens)}</b>
            {names}
        </p>
    }
    .into_any()
}

/// What some guests must not eat, in the page's language.
fn allergens_of(dish: &Menu) -> Option<String> {
    let names: Vec<_> = dish.allergens.iter().map(|allergen| allergen.name(i18n::lang())).collect();
    (!names.is_empty()).then(|| names.join(" · "))
}

/// How many, and what it costs together.
#[component]
fn Foot(id: MenuId, choice: RwSignal<Choice>, replaces: bool) -> impl IntoView {
    let (menu, cart) = (MenuStore::expect(), CartStore::expect());
    let quantity = memo(move || choice.with(|choice| choice.quantity));
    let step = move |to: u32| choice.update(|choice| choice.quantity = to);
    let price = move |dish: &Menu| choice.with(|choice| choice.price(dish));
    let total = memo(move || menu.read(id, price).unwrap_or_default());
    let sold_out = memo(move || !menu.read(id, |dish| dish.is_available).unwrap_or_default());
    let words = StepperWords {
        less: tr!(item.less).into(),
        more: tr!(item.more).into(),
        value: tr!(item.quantity).into(),
    };
    let frozen = cart.frozen();
    let off = move || (sold_out.get() || frozen.get()).then_some("true");
    view! {
        <Stepper value=quantity on_change=step words large=true disabled=sold_out />
        <button class="btn primary lg split" type="submit" aria-disabled=off data-testid="add-to-cart">
            <span>
                {move || match (sold_out.get(), replaces) {
                    (true, _) => txt!(menu.sold_out),
                    (false, true) => txt!(item.update),
                    (false, false) => txt!(item.add),
                }}
            </span>
            <Price amount=total />
        </button>
    }
}

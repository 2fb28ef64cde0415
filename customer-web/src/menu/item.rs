//! A dish's dialog: picture left, questions right, the price in the button.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use shared_types::MenuId;
use shared_types::menu::Menu;
use shared_types::text::NOTE_MAX;
use web_kit::i18n;
use web_kit::lean::{effect, memo, on};
use web_kit::ui::{Dialog, DialogShape, Icon, Stepper, StepperWords, Svg, use_toasts};

use super::MenuStore;
use super::options::{OptionGroups, scroll_to_group};
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
            {move || menu.open.get().map(|id| view! { <Item id close /> })}
        </Dialog>
    }
}

#[component]
fn Item(id: MenuId, close: Callback<()>) -> impl IntoView {
    let (menu, cart, toasts) = (MenuStore::expect(), CartStore::expect(), use_toasts());
    let dish = memo(move || menu.dish(id));
    let replaces = menu.replaces.get_untracked();
    let start = replaces.and_then(|line| cart.line_now(line));
    let choice = RwSignal::new(start.as_ref().map_or_else(Choice::default, |line| Choice {
        options: line.options.clone(),
        quantity: line.quantity,
    }));
    let note = RwSignal::new(start.and_then(|line| line.note).unwrap_or_default());
    let asked = RwSignal::new(false);
    // The menu may change under the guest's finger.
    effect(move || {
        dish.with(|dish| dish.as_ref().map(|dish| choice.update(|choice| choice.fit(dish))));
    });
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(dish) = dish.get_untracked().filter(|dish| dish.is_available) else { return };
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
        if let Some(line) = replaces {
            cart.remove(line);
        }
        if cart.add_or_tell(wanted, toasts) {
            close.run(());
            toasts.success(say!(item.added, name = name));
        }
    };
    view! {
        <form class="item-form" novalidate on:submit=on(add)>
            <div class="item-scroll">
                <Photo dish />
                <div class="item-body">
                    <About dish />
                    <OptionGroups dish choice asked />
                    <fieldset>
                        <legend>
                            <label for="item-note">{move || txt!(item.note)}</label>
                        </legend>
                        <textarea
                            class="input"
                            id="item-note"
                            maxlength=NOTE_MAX
                            placeholder=move || txt!(item.note_hint)
                            data-testid="item-note"
                            prop:value=note
                            on:input:target=move |event| note.set(event.target().value())
                        ></textarea>
                    </fieldset>
                </div>
            </div>
            <Foot dish choice replaces=replaces.is_some() />
            <button
                type="button"
                class="btn icon item-close"
                aria-label=move || txt!(app.close)
                data-testid="dialog-close"
                on:click=on(move |_| close.run(()))
            >
                <Svg icon=Icon::Close />
            </button>
        </form>
    }
}

#[component]
fn Photo(dish: Memo<Option<Menu>>) -> impl IntoView {
    let url = memo(move || dish.with(|dish| dish.as_ref()?.image_url.clone()));
    view! { <Picture url class="item-pic" sizes="(max-width: 820px) 100vw, 432px" eager=true /> }
}

#[component]
fn About(dish: Memo<Option<Menu>>) -> impl IntoView {
    let name = move || dish.with(|dish| dish.as_ref().map(|dish| dish.name_in(i18n::lang()).to_owned()));
    let about = move || dish.with(|dish| dish.as_ref()?.description_in(i18n::lang()).map(str::to_owned));
    let price = memo(move || dish.with(|dish| dish.as_ref().map(|dish| dish.price).unwrap_or_default()));
    view! {
        <h2 id="item-h" tabindex="-1" autofocus=true>
            {move || name().unwrap_or_else(|| txt!(item.gone).to_owned())}
        </h2>
        {move || about().map(|about| view! { <p>{about}</p> })}
        <p class="item-price">
            <Price amount=price />
        </p>
    }
}

/// How many, and what it costs together.
#[component]
fn Foot(dish: Memo<Option<Menu>>, choice: RwSignal<Choice>, replaces: bool) -> impl IntoView {
    let cart = CartStore::expect();
    let quantity = memo(move || choice.with(|choice| choice.quantity));
    let step = move |to: u32| choice.update(|choice| choice.quantity = to);
    let total = memo(move || {
        dish.with(|dish| {
            dish.as_ref().map(|dish| choice.with(|choice| choice.price(dish))).unwrap_or_default()
        })
    });
    let sold_out = memo(move || dish.with(|dish| dish.as_ref().is_none_or(|dish| !dish.is_available)));
    let words = StepperWords {
        less: tr!(item.less).into(),
        more: tr!(item.more).into(),
        value: tr!(item.quantity).into(),
    };
    let frozen = cart.frozen();
    let off = move || (sold_out.get() || frozen.get()).then_some("true");
    view! {
        <footer class="item-foot">
            <Stepper value=quantity on_change=step words large=true disabled=sold_out />
            <button class="btn primary lg split" type="submit" aria-disabled=move || off() data-testid="add-to-cart">
                <span>
                    {move || match (sold_out.get(), replaces) {
                        (true, _) => txt!(menu.sold_out),
                        (false, true) => txt!(item.update),
                        (false, false) => txt!(item.add),
                    }}
                </span>
                <Price amount=total />
            </button>
        </footer>
    }
}

//! A dish's card. The whole card opens the dish; the button on it adds one at once where nothing has to be asked.

use leptos::prelude::*;
use shared_types::MenuId;
use shared_types::menu::{Menu, MenuBadge};
use web_kit::i18n;
use web_kit::lean::{memo, on, show};
use web_kit::ui::{Icon, Svg, use_toasts};

use super::MenuStore;
use super::picture::Picture;
use crate::cart::CartStore;
use crate::shell::Price;
use crate::state::cart::Wanted;
use crate::state::choice::needs_answer;
use crate::{say, txt};

/// A dish's card. It follows the menu: sold out, repriced, renamed.
#[component]
pub fn DishCard(
    /// Which one.
    id: MenuId,
    /// Whether it takes two places.
    large: Memo<bool>,
) -> impl IntoView {
    let menu = MenuStore::expect();
    let dish = memo(move || menu.dish(id));
    let available = memo(move || dish.with(|dish| dish.as_ref().is_some_and(|dish| dish.is_available)));
    let url = memo(move || dish.with(|dish| dish.as_ref()?.image_url.clone()));
    let price = memo(move || dish.with(|dish| dish.as_ref().map(|dish| dish.price).unwrap_or_default()));
    let name = memo(move || named(dish));
    let about = move || dish.with(|dish| dish.as_ref()?.description_in(i18n::lang()).map(str::to_owned));
    let class = move || {
        format!(
            "dish{}{}",
            if large.get() { " feature" } else { "" },
            if available.get() { "" } else { " sold" }
        )
    };
    view! {
        <li class=move || class() data-testid=format!("menu-card-{id}") data-dish=name>
            <div class="dish-top">
                <Picture url class="dish-pic" sizes="(max-width: 820px) 46vw, 300px" />
                <Tags dish />
                {show(move || !available.get(), move || view! { <div class="dish-sold" data-testid="sold-out">
                        <span>{move || txt!(menu.sold_out)}</span>
                    </div> })}
            </div>
            <div class="dish-body">
                <h3 class="dish-name">
                    <button
                        type="button"
                        class="dish-open"
                        data-testid="dish-open"
                        aria-haspopup="dialog"
                        on:click=on(move |_| menu.show(id))
                    >
                        {name}
                    </button>
                </h3>
                <p class="dish-desc">{move || about()}</p>
                <p class="dish-price">
                    <Price amount=price />
                </p>
            </div>
            {show(move || available.get(), move || view! { <AddButton id name /> })}
        </li>
    }
    .into_any()
}

fn named(dish: Memo<Option<Menu>>) -> String {
    dish.with(|dish| dish.as_ref().map(|dish| dish.name_in(i18n::lang()).to_owned()).unwrap_or_default())
}

/// What is remarkable about it.
#[component]
fn Tags(dish: Memo<Option<Menu>>) -> impl IntoView {
    let tags = move || {
        dish.with(|dish| {
            let mut tags = Vec::new();
            if let Some(dish) = dish {
                tags.extend(dish.badges.iter().map(|badge| match badge {
                    MenuBadge::Popular => txt!(menu.popular).to_owned(),
                    MenuBadge::New => txt!(menu.new).to_owned(),
                }));
                if dish.spicy_level > 0 {
                    tags.push(txt!(menu.spicy, level = dish.spicy_level));
                }
            }
            tags.into_iter().map(|tag| view! { <span class="tag">{tag}</span> }).collect_view()
        })
    };
    view! { <div class="dish-tags">{move || tags()}</div> }
}

/// Adds one, and shows how many are in the cart.
#[component]
fn AddButton(id: MenuId, name: Memo<String>) -> impl IntoView {
    let (menu, cart, toasts) = (MenuStore::expect(), CartStore::expect(), use_toasts());
    let count = memo(move || cart.count_of(id));
    let label = move || match count.get() {
        0 => txt!(menu.add, name = name.get()),
        count => txt!(menu.add_more, name = name.get(), count = count),
    };
    let class = move || if count.get() == 0 { "dish-add" } else { "dish-add has" };
    let add = move |_| {
        let Some(dish) = menu.dish_now(id) else { return };
        let wanted = Wanted::of(&dish, 1, &[], None, i18n::lang_untracked());
        match wanted.filter(|_| !needs_answer(&dish)) {
            None => menu.show(id),
            Some(wanted) => {
                if cart.add_or_tell(wanted, toasts) {
                    toasts.success(say!(item.added, name = name.get_untracked()));
                }
            }
        }
    };
    view! {
        <button
            type="button"
            class=move || class()
            aria-label=move || label()
            data-testid="dish-add"
            on:click=on(add)
        >
            {move || match count.get() {
                0 => view! { <Svg icon=Icon::Plus /> }.into_any(),
                count => count.into_any(),
            }}
        </button>
    }
}

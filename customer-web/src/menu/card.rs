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
use crate::{say, tr, txt};

/// A dish's card. It follows the menu: sold out, repriced, renamed.
#[component]
pub fn DishCard(
    /// Which one.
    id: MenuId,
    /// Whether it takes two places.
    large: Memo<bool>,
) -> impl IntoView {
    let menu = MenuStore::expect();
    let available = memo(move || menu.read(id, |dish| dish.is_available).unwrap_or_default());
    let url = memo(move || menu.read(id, |dish| dish.image_url.clone()).flatten());
    let price = memo(move || menu.read(id, |dish| dish.price).unwrap_or_default());
    let name = memo(move || menu.read(id, |dish| dish.name_in(i18n::lang()).to_owned()).unwrap_or_default());
    // How wide the picture is, as in `styles/dishes.css`.
    let sizes = match large.get_untracked() {
        true => "(max-width: 640px) 92vw, (max-width: 820px) 38vw, 340px",
        false => "(max-width: 640px) 44vw, (max-width: 820px) 32vw, 290px",
    };
    let eager = menu.is_first(id);
    let class = move || match (large.get(), available.get()) {
        (true, true) => "dish feature",
        (true, false) => "dish feature sold",
        (false, true) => "dish",
        (false, false) => "dish sold",
    };
    view! {
        <li class=class data-testid=format!("menu-card-{id}") data-dish=name>
            <div class="dish-top">
                <Picture url class="dish-pic" sizes eager />
                <div class="dish-tags">{move || view_tags(menu, id)}</div>
                {show(move || !available.get(), view_sold_out)}
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
                <p class="dish-desc">{move || about(menu, id)}</p>
                <p class="dish-price">
                    <Price amount=price />
                </p>
            </div>
            {show(move || available.get(), move || view! { <AddButton id name /> })}
        </li>
    }
    .into_any()
}

fn about(menu: MenuStore, id: MenuId) -> Option<String> {
    menu.read(id, |dish| dish.description_in(i18n::lang()).map(str::to_owned)).flatten()
}

fn view_sold_out() -> impl IntoView {
    view! {
        <div class="dish-sold" data-testid="sold-out">
            <span>{tr!(menu.sold_out)}</span>
        </div>
    }
}

/// What is remarkable about it.
fn view_tags(menu: MenuStore, id: MenuId) -> Vec<AnyView> {
    let tags = menu.read(id, tags).unwrap_or_default();
    tags.into_iter().map(|tag| view! { <span class="tag">{tag}</span> }.into_any()).collect()
}

fn tags(dish: &Menu) -> Vec<String> {
    let badge = |badge: &MenuBadge| match badge {
        MenuBadge::Popular => txt!(menu.popular).to_owned(),
        MenuBadge::New => txt!(menu.new).to_owned(),
    };
    let spicy = (dish.spicy_level > 0).then(|| txt!(menu.spicy, level = dish.spicy_level));
    dish.badges.iter().map(badge).chain(spicy).collect()
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
                if cart.put_or_tell(None, wanted, toasts) {
                    toasts.success(say!(item.added, name = name.get_untracked()));
                }
            }
        }
    };
    let face = move || match count.get() {
        0 => view! { <Svg icon=Icon::Plus /> }.into_any(),
        count => count.to_string().into_any(),
    };
    view! {
        <button
            type="button"
            class=class
            aria-label=label
            data-testid="dish-add"
            on:click=on(add)
        >
            {move || face()}
        </button>
    }
    .into_any()
}

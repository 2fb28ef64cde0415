//! The menu: one section per category, or what the search found.

use leptos::prelude::*;
use shared_types::{CategoryId, MenuId};
use web_kit::lean::{gradually, list, memo, spawn, switch};
use web_kit::ui::{Button, ButtonVariant, Skeleton};

use super::MenuStore;
use super::card::DishCard;
use super::spy;
use crate::shell::Empty;
use crate::{tr, txt, words};

/// Cards of a group that are made in one frame: a row.
const AT_ONCE: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Loading,
    Failed,
    Empty,
    Searching,
    Sections,
}

/// The menu.
#[component]
pub fn MenuList() -> impl IntoView {
    let menu = MenuStore::expect();
    let state = move || {
        menu.with(|shelf| match shelf {
            None if menu.failure().is_some() => State::Failed,
            None => State::Loading,
            Some(_) if menu.is_searching() => State::Searching,
            Some(shelf) if shelf.categories().next().is_none() => State::Empty,
            Some(_) => State::Sections,
        })
    };
    let view = |state| match state {
        State::Loading => view! { <Loading /> }.into_any(),
        State::Failed => view! { <Failed /> }.into_any(),
        State::Empty => view! { <Empty title=tr!(menu.empty) hint=tr!(menu.empty_hint) /> }.into_any(),
        State::Searching => view! { <Found /> }.into_any(),
        State::Sections => view! { <Sections /> }.into_any(),
    };
    view! {
        <main class="shop-main" id="main" aria-busy=move || (state() == State::Loading).then_some("true")>
            {switch(state, |state| *state as u32, view)}
        </main>
    }
    .into_any()
}

#[component]
fn Sections() -> impl IntoView {
    let menu = MenuStore::expect();
    spy::follow_scrolling(menu);
    list(gradually(move || menu.category_ids(), 1), |id| view! { <Section id /> })
}

#[component]
fn Section(id: CategoryId) -> impl IntoView {
    let menu = MenuStore::expect();
    // The first tab's dishes begin at once; its heading is for screen readers.
    let class = move || if menu.category_ids().first() == Some(&id) { "sr" } else { "" };
    let dishes = move || menu.with(|shelf| shelf.map(|shelf| shelf.dish_ids(id)).unwrap_or_default());
    let heading = format!("h-{id}");
    let labelled = heading.clone();
    view! {
        <section id=spy::anchor(id) aria-labelledby=labelled>
            <h2 id=heading class=class>
                {move || menu.category_name(id)}
            </h2>
            {view_dishes(dishes, move || menu.with(|shelf| shelf?.large(id)))}
        </section>
    }
    .into_any()
}

/// A grid of dishes; `large` takes two places.
fn view_dishes(
    dishes: impl Fn() -> Vec<MenuId> + Copy + Send + Sync + 'static,
    large: impl Fn() -> Option<MenuId> + Copy + Send + Sync + 'static,
) -> AnyView {
    let card = move |id| view! { <DishCard id large=memo(move || large() == Some(id)) /> };
    view! { <ul class="dishes">{list(gradually(dishes, AT_ONCE), card)}</ul> }.into_any()
}

#[component]
fn Found() -> impl IntoView {
    let menu = MenuStore::expect();
    let count = move || menu.found().len();
    let nothing = || view! { <Empty title=tr!(menu.not_found) hint=tr!(menu.not_found_hint) /> }.into_any();
    let something = move || view_dishes(move || menu.found(), || None);
    view! {
        <section aria-labelledby="found-h">
            <h2 id="found-h" class=move || if count() == 0 { "sr" } else { "" } role="status" data-testid="search-count">
                {move || txt!(menu.found, count = count())}
            </h2>
            {switch(move || count() == 0, |none| u32::from(*none), move |none| {
                if none { nothing() } else { something() }
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Failed() -> impl IntoView {
    let menu = MenuStore::expect();
    let hint = move || menu.failure().map(|failure| words::failure(&failure)).unwrap_or_default();
    let retry = move |()| spawn(async move { drop(menu.refetch().await) });
    view! {
        <Empty title=tr!(menu.failed) hint=hint>
            <Button variant=ButtonVariant::Primary on_press=retry attr:data-testid="retry">
                {tr!(app.retry)}
            </Button>
        </Empty>
    }
}

/// The boxes of `index.html` again, so that nothing moves when the program takes over.
#[component]
fn Loading() -> impl IntoView {
    let card = |large: bool| {
        view! {
            <li class=if large { "dish feature" } else { "dish" } aria-hidden="true">
                <div class="dish-top">
                    <div class="dish-pic skel"></div>
                </div>
                <div class="dish-body">
                    <Skeleton class="skel-name" />
                    <Skeleton class="skel-desc" />
                    <Skeleton class="skel-price" />
                </div>
            </li>
        }
        .into_any()
    };
    view! {
        <p class="sr" role="status">
            {tr!(app.loading)}
        </p>
        <section>
            <h2 class="sr">{tr!(menu.title)}</h2>
            <ul class="dishes">{Vec::from([true, false, false, false, false].map(card))}</ul>
        </section>
    }
}

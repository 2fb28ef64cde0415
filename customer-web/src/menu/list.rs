//! The menu: one section per category, or what the search found.

use leptos::prelude::*;
use shared_types::menu::Category;
use shared_types::{CategoryId, MenuId};
use web_kit::i18n;
use web_kit::lean::{choose, memo, spawn};
use web_kit::ui::{Button, ButtonVariant, Skeleton};

use super::MenuStore;
use super::card::DishCard;
use super::spy;
use crate::shell::Empty;
use crate::state::shelf::{Shelf, begins_large};
use crate::{tr, txt, words};

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
    let state = memo(move || {
        menu.with(|shelf| match shelf {
            None if menu.failure().is_some() => State::Failed,
            None => State::Loading,
            Some(_) if !menu.query.with(|query| query.trim().is_empty()) => State::Searching,
            Some(shelf) if shelf.categories().next().is_none() => State::Empty,
            Some(_) => State::Sections,
        })
    });
    view! {
        <main class="shop-main" id="main" aria-busy=move || (state.get() == State::Loading).then_some("true")>
            {move || match state.get() {
                State::Loading => view! { <Loading /> }.into_any(),
                State::Failed => view! { <Failed /> }.into_any(),
                State::Empty => view! { <Empty title=tr!(menu.empty) hint=tr!(menu.empty_hint) /> }.into_any(),
                State::Searching => view! { <Found /> }.into_any(),
                State::Sections => view! { <Sections /> }.into_any(),
            }}
        </main>
    }
}

#[component]
fn Sections() -> impl IntoView {
    let menu = MenuStore::expect();
    let ids = memo(move || {
        menu.with(|shelf| {
            shelf
                .map(|shelf| shelf.categories().map(|category| category.id).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    spy::follow_scrolling(menu, ids);
    view! {
        <For each=move || ids.get() key=|id| *id let:id>
            <Section id />
        </For>
    }
}

#[component]
fn Section(id: CategoryId) -> impl IntoView {
    let menu = MenuStore::expect();
    let name = move || {
        let in_lang = |category: &Category| category.name_in(i18n::lang()).to_owned();
        menu.with(|shelf| shelf?.board.categories.iter().find(|category| category.id == id).map(in_lang))
    };
    let first = memo(move || menu.with(|shelf| shelf?.categories().next().map(|first| first.id)) == Some(id));
    let dishes = memo(move || {
        menu.with(|shelf| {
            shelf.map(|shelf| shelf.dishes_of(id).map(|menu| menu.id).collect()).unwrap_or_default()
        })
    });
    let heading = format!("h-{id}");
    let labelled = heading.clone();
    view! {
        <section id=spy::anchor(id) aria-labelledby=labelled>
            <h2 id=heading class=move || if first.get() { "sr" } else { "" }>
                {move || name()}
            </h2>
            <Dishes dishes />
        </section>
    }
}

#[component]
fn Dishes(dishes: Memo<Vec<MenuId>>) -> impl IntoView {
    let menu = MenuStore::expect();
    let large = memo(move || {
        dishes.with(|dishes| {
            let first = *dishes.first()?;
            let has_picture = |shelf: Option<&Shelf>| shelf?.dish(first)?.image_url.as_ref().map(|_| ());
            begins_large(dishes.len(), menu.with(has_picture).is_some()).then_some(first)
        })
    });
    view! {
        <ul class="dishes">
            <For each=move || dishes.get() key=|id| *id let:id>
                <DishCard id large=memo(move || large.get() == Some(id)) />
            </For>
        </ul>
    }
}

#[component]
fn Found() -> impl IntoView {
    let menu = MenuStore::expect();
    let found = memo(move || menu.found());
    let count = memo(move || found.with(Vec::len));
    view! {
        <section aria-labelledby="found-h">
            <h2 id="found-h" role="status" data-testid="search-count">
                {move || txt!(menu.found, count = count.get())}
            </h2>
            {choose(move || count.get() != 0, move || view! { <ul class="dishes">
                    <For each=move || found.get() key=|id| *id let:id>
                        <DishCard id large=memo(|| false) />
                    </For>
                </ul> }, || view! { <Empty title=tr!(menu.not_found) hint=tr!(menu.not_found_hint) /> })}
        </section>
    }
}

#[component]
fn Failed() -> impl IntoView {
    let menu = MenuStore::expect();
    let hint = move || menu.failure().map(|failure| words::failure(&failure)).unwrap_or_default();
    let retry = move |()| spawn(async move { drop(menu.refetch().await) });
    view! {
        <Empty title=tr!(menu.failed) hint=hint>
            <Button variant=ButtonVariant::Primary on_press=retry attr:data-testid="retry">
                {move || txt!(app.retry)}
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
                <div class="dish-pic skel"></div>
                <div class="dish-body">
                    <Skeleton class="skel-name" />
                    <Skeleton class="skel-desc" />
                    <Skeleton class="skel-price" />
                </div>
            </li>
        }
    };
    view! {
        <p class="sr" role="status">
            {move || txt!(app.loading)}
        </p>
        <section>
            <h2 class="sr">{move || txt!(menu.title)}</h2>
            <ul class="dishes">{[true, false, false, false, false].map(card).into_iter().collect_view()}</ul>
        </section>
    }
}

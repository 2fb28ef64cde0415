//! `/menus`: what is on sale, in the order in which guests see it.

use leptos::prelude::*;
use shared_types::menu::{Category, Menu};
use web_kit::lean::{effect, on, part, show};
use web_kit::ui::{Icon, Svg};

use super::bulk::BulkDialog;
use super::categories::{CATEGORIES, CategoriesDialog};
use super::chosen::{Chosen, bar};
use super::drag::Drag;
use super::form::DishDrawer;
use super::row::row;
use super::sheet::{SHEET, SheetDialog};
use super::store::{MenuDesk, NEW};
use crate::board::Desk;
use crate::route::{Page, Place};
use crate::shell::head;
use crate::tr;
use crate::ui::{Press, remote_view};

/// The page.
#[component]
pub fn MenuPage() -> impl IntoView {
    let (desk, place) = (expect_context::<MenuDesk>(), expect_context::<Place>());
    let changes = expect_context::<Desk>().feed.menu_changes;
    // Another screen, or an import, has changed it.
    effect(move || {
        changes.track();
        desk.fetch();
    });
    let chosen = Chosen::provide();
    chosen.keep(desk);
    let choosing = move || chosen.on.get();
    let many = Press::new("btn", tr!(bulk.title)).pressed(choosing).id("bulk").act(move || chosen.turn());
    let acts = view! {
        {many}
        {Press::new("btn", tr!(sheet.title)).id("sheet").act(move || place.show(SHEET))}
        {Press::new("btn", tr!(menu.categories)).id("categories").act(move || place.show(CATEGORIES))}
        {Press::new("btn primary", tr!(menu.add)).icon(Icon::Plus).id("add-dish").act(move || place.open(NEW))}
    };
    let search = RwSignal::new(String::new());
    let content = move || part(move || sections(desk, &search.get())).into_any();
    view! {
        {head(Page::Menu, acts.into_any())}
        <main class="page" id="main" tabindex="-1">
            <div class="toolbar">
                <p class="small dim grow">{tr!(menu.hint)}</p>
                <div class="search">
                    <Svg icon=Icon::Search />
                    <input
                        class="input"
                        type="search"
                        aria-label=tr!(menu.search)
                        placeholder=tr!(menu.search)
                        data-testid="search"
                        prop:value=search
                        on:input=on(move |event| search.set(event_target_value(&event)))
                    />
                </div>
            </div>
            {remote_view(desk.board, "skel skel-row", move || desk.fetch(), content)}
            {bar(chosen)}
        </main>
        <DishDrawer />
        <CategoriesDialog />
        <BulkDialog chosen />
        <SheetDialog />
    }
}

fn sections(desk: MenuDesk, typed: &str) -> AnyView {
    let typed = typed.trim().to_lowercase();
    let categories = desk.categories();
    if categories.is_empty() {
        return view! {
            <div class="queue-empty" data-testid="no-menu">
                <b>{tr!(menu.empty)}</b>
                <p>{tr!(menu.empty_text)}</p>
            </div>
        }
        .into_any();
    }
    let drag = Drag::new(desk);
    let found = |menu: &Menu| menu.name.to_lowercase().contains(&typed);
    let sections = categories.into_iter().filter_map(|category| {
        let dishes: Vec<_> = desk.dishes(category.id).into_iter().filter(found).collect();
        // A search shows only where something was found.
        (typed.is_empty() || !dishes.is_empty()).then(|| section(desk, drag, category, dishes))
    });
    let sections: Vec<_> = sections.collect();
    if sections.is_empty() {
        return view! { <p class="queue-empty" data-testid="nothing-found">{tr!(menu.no_match)}</p> }
            .into_any();
    }
    view! { <div class="menu-list" data-testid="menu-list">{sections}</div> }.into_any()
}

fn section(desk: MenuDesk, drag: Drag, category: Category, dishes: Vec<Menu>) -> AnyView {
    let (id, count, chosen) = (category.id, dishes.len(), expect_context::<Chosen>());
    let all = move || {
        let press = Press::new("btn quiet sm", tr!(bulk.all)).id("bulk-all");
        press.act(move || chosen.toggle_all(desk, id))
    };
    let empty =
        dishes.is_empty().then(|| view! { <p class="dim small menu-none">{tr!(menu.none)}</p> }.into_any());
    view! {
        <section class="card list">
            <h2>
                {category.name}
                <span class="dim grow">{count}</span>
                {show(move || chosen.on.get(), all)}
            </h2>
            {empty}
            <ul>{dishes.into_iter().map(|dish| row(desk, drag, dish)).collect::<Vec<_>>()}</ul>
        </section>
    }
    .into_any()
}

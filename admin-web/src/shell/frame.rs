//! Navigation beside the page. It stays while pages change, and with it the stream of events.

use leptos::prelude::*;
use web_kit::lean::{effect, switch};

use super::Link;
use super::ending::Ending;
use super::rail::Rail;
use crate::board::{Announcer, BoardPage, Desk};
use crate::kitchen::KitchenPage;
use crate::menu::MenuPage;
use crate::orders::DeleteDialog;
use crate::route::{Page, Place};
use crate::store::StorePage;
use crate::tables::TablesPage;
use crate::today::TodayPage;
use crate::{say, tr, words};

/// What a signed-in manager sees.
#[component]
pub fn Frame() -> impl IntoView {
    let (place, desk) = (expect_context::<Place>(), expect_context::<Desk>());
    desk.feed.follow();
    effect(move || {
        let unseen = desk.unseen.with(|unseen| unseen.len());
        let title = format!("{} · {}", words::page(place.page.get()), say!(app.title));
        document().set_title(&if unseen > 0 { format!("({unseen}) {title}") } else { title });
    });
    let view = |page| match page {
        Page::Board | Page::Login => view! { <BoardPage /> }.into_any(),
        Page::Kitchen => view! { <KitchenPage /> }.into_any(),
        Page::Menu => view! { <MenuPage /> }.into_any(),
        Page::Today => view! { <TodayPage /> }.into_any(),
        Page::Store => view! { <StorePage /> }.into_any(),
        Page::Tables => view! { <TablesPage /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    };
    view! {
        <Announcer />
        <div class="admin">
            <Rail />
            <div class="admin-main">
                <Ending />
                {switch(move || place.page.get(), |page| *page as u32, view)}
            </div>
        </div>
        <DeleteDialog />
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <main class="lone" id="main">
            <h1>{tr!(app.not_found)}</h1>
            <Link to=Page::Board class="btn primary lg">
                {tr!(app.to_board)}
            </Link>
        </main>
    }
}

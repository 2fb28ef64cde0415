//! Choosing dishes, to change them together.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared_types::{CategoryId, MenuId};
use web_kit::lean::{effect, memo, show};

use super::bulk::BULK;
use super::store::MenuDesk;
use crate::route::Place;
use crate::ui::Press;
use crate::{say, tr, words};

/// Which dishes are chosen. Lives as long as the page.
#[derive(Clone, Copy)]
pub struct Chosen {
    /// Whether dishes are being chosen at all.
    pub on: RwSignal<bool>,
    /// The dishes.
    pub ids: RwSignal<BTreeSet<MenuId>>,
    /// How many.
    pub count: Memo<usize>,
}

impl Chosen {
    /// Makes `expect_context::<Chosen>()` work below.
    pub fn provide() -> Self {
        let ids = RwSignal::new(BTreeSet::new());
        let count = memo(move || ids.with(BTreeSet::len));
        let chosen = Self { on: RwSignal::new(false), ids, count };
        provide_context(chosen);
        chosen
    }

    /// Begins to choose, or forgets what was chosen.
    pub fn turn(self) {
        self.ids.set(BTreeSet::new());
        self.on.update(|on| *on = !*on);
    }

    /// Dishes that another screen has removed are chosen no longer.
    pub fn keep(self, desk: MenuDesk) {
        effect(move || {
            desk.board.value.with(|board| {
                let Some(board) = board else { return };
                let known = |id: &MenuId| board.menus.iter().any(|menu| menu.id == *id);
                if self.ids.with_untracked(|ids| !ids.iter().all(known)) {
                    self.ids.update(|ids| ids.retain(known));
                }
            });
        });
    }

    /// Whether a dish is chosen; follows changes.
    #[must_use]
    pub fn has(self, id: MenuId) -> bool {
        self.ids.with(|ids| ids.contains(&id))
    }

    /// Chooses a dish, or no longer.
    pub fn set(self, id: MenuId, is_in: bool) {
        self.ids.update(|ids| {
            if is_in {
                ids.insert(id)
            } else {
                ids.remove(&id)
            };
        });
    }

    /// Every dish of a category, or if all of them are chosen, none.
    pub fn toggle_all(self, desk: MenuDesk, category: CategoryId) {
        let dishes = untrack(|| desk.dishes(category));
        let all = self.ids.with_untracked(|ids| dishes.iter().all(|dish| ids.contains(&dish.id)));
        dishes.iter().for_each(|dish| self.set(dish.id, !all));
    }
}

/// Below the list while dishes are being chosen: how many, and on with them.
pub fn bar(chosen: Chosen) -> AnyView {
    let place = expect_context::<Place>();
    let count = chosen.count;
    let none = Signal::derive(move || count.get() == 0);
    let bar = move || {
        view! {
            <div class="bulk-bar" role="region" aria-label=tr!(bulk.title) data-testid="bulk-bar">
                <p class="grow" role="status">
                    {words::text(move || match count.get() {
                        0 => say!(bulk.none),
                        count => say!(bulk.chosen, count = count),
                    })}
                </p>
                {Press::new("btn quiet", tr!(app.cancel)).id("bulk-end").act(move || chosen.turn())}
                {Press::new("btn primary", tr!(bulk.open)).busy(none).id("bulk-open").act(move || place.show(BULK))}
            </div>
        }
    };
    show(move || chosen.on.get(), bar).into_any()
}

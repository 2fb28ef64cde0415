//! The menu as the managers' page knows it, the dish in the form, and what can be done. Lives at the root, so that a
//! form outlives the end of a login.

use std::pin::Pin;

use leptos::prelude::*;
use shared_types::errors::FieldErrors;
use shared_types::menu::{Category, Menu, MenuBoard};
use shared_types::menu_edit::MenuUpdate;
use shared_types::{CategoryId, ErrorCode, MenuId};
use web_kit::api::{self, Failure};
use web_kit::lean::{effect, spawn};
use web_kit::session::Session;
use web_kit::ui::Toasts;

use crate::auth::Auth;
use crate::route::Place;
use crate::say;
use crate::state::draft::{Draft, changes};
use crate::ui::{Remote, to_fault, told};

/// The part of the address that opens the form for a new dish.
pub const NEW: &str = "new";

/// The menu.
#[derive(Clone, Copy)]
pub struct MenuDesk {
    /// As the server has it.
    pub board: Remote<MenuBoard>,
    /// The dish in the form.
    pub draft: RwSignal<Option<Draft>>,
    /// The same as it was opened.
    pub opened: RwSignal<Option<Draft>>,
    /// What is wrong with the form's fields.
    pub faults: RwSignal<FieldErrors>,
    /// A change is under way.
    pub busy: RwSignal<bool>,
    toasts: Toasts,
    place: Place,
}

impl MenuDesk {
    /// Makes `expect_context::<MenuDesk>()` work below.
    pub fn provide(auth: Auth, place: Place, toasts: Toasts) {
        let desk = Self {
            board: Remote::new(),
            draft: RwSignal::new(None),
            opened: RwSignal::new(None),
            faults: RwSignal::default(),
            busy: RwSignal::new(false),
            toasts,
            place,
        };
        provide_context(desk);
        // A login that ends by itself keeps the form; whoever logs out leaves nothing behind.
        effect(move || {
            if auth.session.with(|session| matches!(session, Session::SignedOut(None))) {
                desk.draft.set(None);
                desk.board.clear();
            }
        });
    }

    /// Asks for the menu.
    pub fn fetch(self) {
        self.board.load(api::admin::menu::board());
    }

    /// One dish; follows changes.
    #[must_use]
    pub fn dish(self, id: MenuId) -> Option<Menu> {
        self.board.value.with(|board| board.as_ref()?.menus.iter().find(|menu| menu.id == id).cloned())
    }

    /// Every category; follows changes.
    #[must_use]
    pub fn categories(self) -> Vec<Category> {
        self.board
            .value
            .with(|board| board.as_ref().map(|board| board.categories.clone()))
            .unwrap_or_default()
    }

    /// Every dish of a category; follows changes.
    #[must_use]
    pub fn dishes(self, category: CategoryId) -> Vec<Menu> {
        self.board.value.with(|board| {
            let menus = board.iter().flat_map(|board| &board.menus);
            menus.filter(|menu| menu.category_id == category).cloned().collect()
        })
    }

    /// Puts a dish into the form. One that is there already, with what was typed, stays.
    pub fn take_up(self, draft: Draft) {
        if self.draft.with_untracked(|known| known.as_ref().is_none_or(|known| known.id != draft.id)) {
            self.begin(draft);
        }
    }

    /// Begins anew with a dish.
    pub fn begin(self, draft: Draft) {
        self.faults.set(FieldErrors::default());
        self.opened.set(Some(draft.clone()));
        self.draft.set(Some(draft));
    }

    /// Whether something was typed that is not saved.
    #[must_use]
    pub fn is_changed(self) -> bool {
        self.draft.with_untracked(|draft| self.opened.with_untracked(|opened| draft != opened))
    }

    /// Leaves the form without saving.
    pub fn discard(self) {
        self.place.close();
        self.draft.set(None);
    }

    /// Sends the form.
    pub fn save(self) {
        let Some(draft) = self.draft.get_untracked().filter(|_| !self.busy.get_untracked()) else { return };
        let menu = match draft.finish() {
            Ok(menu) => menu,
            Err(faults) => {
                self.faults.set(faults);
                return to_fault();
            }
        };
        let opened = self.opened.get_untracked();
        self.busy.set(true);
        spawn(async move {
            let answer = match draft.id {
                // What was not touched here may have been changed elsewhere.
                Some(id) => api::admin::menu::update(id, &changes(opened.as_ref(), menu)).await,
                None => api::admin::menu::create(&menu).await.map(drop),
            };
            self.busy.set(false);
            match answer {
                Ok(()) => {
                    self.toasts.success(say!(menu.saved, name = draft.name));
                    self.discard();
                }
                Err(failure) => self.refused(&failure),
            }
            self.fetch();
        });
    }

    /// Sold out, or on sale again.
    pub fn set_available(self, id: MenuId, is_available: bool) {
        let update = MenuUpdate { is_available: Some(is_available), ..MenuUpdate::default() };
        spawn(async move {
            if let Err(failure) = api::admin::menu::update(id, &update).await {
                self.toasts.error(told(&failure));
            }
            self.fetch();
        });
    }

    /// Removes a dish.
    pub fn delete(self, id: MenuId, name: String) {
        spawn(async move {
            match api::admin::menu::delete(id).await {
                Ok(()) => {
                    self.toasts.success(say!(menu.deleted, name = name));
                    self.discard();
                }
                Err(failure) => self.toasts.error(told(&failure)),
            }
            self.fetch();
        });
    }

    /// Puts the dishes of a category in another order, on the page at once.
    pub fn reorder(self, category: CategoryId, order: Vec<MenuId>) {
        self.board.value.update(|board| {
            if let Some(board) = board {
                board.menus.sort_by_key(|menu| order.iter().position(|id| *id == menu.id));
            }
        });
        spawn(async move {
            if let Err(failure) = api::admin::menu::reorder(category, order).await {
                self.toasts.error(told(&failure));
                self.fetch();
            }
        });
    }

    /// Runs a change of the categories, and asks for what came of it.
    pub fn change(self, change: impl Future<Output = Result<(), Failure>> + 'static) {
        self.act(change, say!(app.saved), || {});
    }

    /// Runs a change, says so and does what follows, and asks for what came of it.
    pub fn act(
        self,
        change: impl Future<Output = Result<(), Failure>> + 'static,
        done: String,
        then: impl FnOnce() + 'static,
    ) {
        self.run(Box::pin(change), done, Box::new(then));
    }

    fn run(
        self,
        change: Pin<Box<dyn Future<Output = Result<(), Failure>>>>,
        done: String,
        then: Box<dyn FnOnce()>,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn(async move {
            let answer = change.await;
            self.busy.set(false);
            match answer {
                Ok(()) => {
                    self.toasts.success(done);
                    then();
                }
                Err(failure) => self.toasts.error(told(&failure)),
            }
            self.fetch();
        });
    }

    fn refused(self, failure: &Failure) {
        let mut faults = failure.fields();
        if failure.code() == Some(ErrorCode::NameTaken) {
            faults.add("name", ErrorCode::NameTaken);
        }
        let at_fields = !faults.0.is_empty();
        self.faults.set(faults);
        if at_fields { to_fault() } else { self.toasts.error(told(failure)) }
    }
}

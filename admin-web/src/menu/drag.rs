//! Dishes in another order: by dragging their grips, or with the arrow keys on them.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use shared_types::{CategoryId, MenuId};
use wasm_bindgen::JsCast;

use super::store::MenuDesk;
use crate::state::reorder::{moved, shifted};

/// What is being dragged, and over what.
#[derive(Clone, Copy)]
pub struct Drag {
    desk: MenuDesk,
    /// The dish under the finger.
    pub dragging: RwSignal<Option<MenuId>>,
    /// The dish whose place it would take.
    pub over: RwSignal<Option<MenuId>>,
}

impl Drag {
    /// Nothing is dragged yet.
    #[must_use]
    pub fn new(desk: MenuDesk) -> Self {
        Self { desk, dragging: RwSignal::new(None), over: RwSignal::new(None) }
    }

    /// A finger or the mouse takes the grip.
    pub fn start(self, event: &PointerEvent, id: MenuId) {
        if event.button() != 0 {
            return;
        }
        let grip = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some(grip) = grip {
            // Refused when the finger is gone already; then nothing moves.
            let _ = grip.set_pointer_capture(event.pointer_id());
        }
        self.dragging.set(Some(id));
    }

    /// It moves: over which dish of the same category?
    pub fn travel(self, event: &PointerEvent) {
        let Some(dragged) = self.dragging.get_untracked() else { return };
        #[expect(clippy::cast_precision_loss, reason = "pixels of a screen")]
        let (x, y) = (event.client_x() as f32, event.client_y() as f32);
        let row = document().element_from_point(x, y).and_then(|at| at.closest("[data-menu]").ok()?);
        let over = row.and_then(|row| row.get_attribute("data-menu")?.parse::<MenuId>().ok());
        let over = over.filter(|over| *over != dragged && self.category(*over) == self.category(dragged));
        if over != self.over.get_untracked() {
            self.over.set(over);
        }
    }

    /// It is let go.
    pub fn drop(self) {
        if let (Some(dish), Some(onto)) = (self.dragging.get_untracked(), self.over.get_untracked()) {
            self.arrange(dish, |ids| moved(ids, dish, onto));
        }
        self.stop();
    }

    /// The gesture is over.
    pub fn stop(self) {
        self.dragging.set(None);
        self.over.set(None);
    }

    /// Arrow keys move the dish one place.
    pub fn key(self, event: &KeyboardEvent, id: MenuId) {
        let up = match event.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        event.prevent_default();
        self.arrange(id, |ids| shifted(ids, id, up));
        // The list is drawn anew: the focus stays with the dish.
        let grip = format!("[data-menu='{id}'] .grip");
        request_animation_frame(move || {
            let grip = document().query_selector(&grip).ok().flatten();
            if let Some(grip) = grip.and_then(|grip| grip.dyn_into::<web_sys::HtmlElement>().ok()) {
                // It is there, or the list has changed: no reason to stop.
                let _ = grip.focus();
            }
        });
    }

    fn arrange(self, id: MenuId, arrange: impl FnOnce(&[MenuId]) -> Vec<MenuId>) {
        let Some(category) = self.category(id) else { return };
        let before: Vec<_> = untrack(|| self.desk.dishes(category)).iter().map(|dish| dish.id).collect();
        let after = arrange(&before);
        if after != before {
            self.desk.reorder(category, after);
        }
    }

    fn category(self, id: MenuId) -> Option<CategoryId> {
        untrack(|| self.desk.dish(id)).map(|dish| dish.category_id)
    }
}

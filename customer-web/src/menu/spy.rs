//! Which section is on the screen, and the way to another.

use leptos::prelude::*;
use shared_types::CategoryId;
use web_kit::lean::effect;

use super::MenuStore;

/// A section counts as begun when its top is this far below the header.
const SLACK_PX: f64 = 24.0;

/// The id of a category's section.
pub fn anchor(id: CategoryId) -> String {
    format!("c-{id}")
}

/// Brings a category to the top.
pub fn scroll_to(id: CategoryId) {
    if let Some(section) = document().get_element_by_id(&anchor(id)) {
        section.scroll_into_view();
    }
}

/// Keeps [`MenuStore::category`] right while the page is scrolled. Looks once per frame, at ten rectangles or so.
pub fn follow_scrolling(menu: MenuStore) {
    let waiting = StoredValue::new(false);
    let look = move || {
        let found = untrack(|| current(&menu.category_ids()));
        if menu.category.get_untracked() != found {
            menu.category.set(found);
        }
        waiting.try_set_value(false);
    };
    let handle = window_event_listener_untyped("scroll", move |_| {
        if waiting.try_get_value() == Some(false) {
            waiting.set_value(true);
            request_animation_frame(look);
        }
    });
    on_cleanup(move || handle.remove());
    effect(move || {
        menu.with(|_| ());
        request_animation_frame(look);
    });
}

/// The last section that has begun; the last of all at the very bottom.
fn current(ids: &[CategoryId]) -> Option<CategoryId> {
    let document = document();
    let header = document.query_selector(".shop-top").ok()??.get_bounding_client_rect().bottom();
    let root = document.document_element()?;
    let (top, height) = (root.scroll_top(), root.client_height());
    if top > 0 && top + height >= root.scroll_height() - 2 {
        return ids.last().copied();
    }
    let begun = |id: &&CategoryId| {
        let section = document.get_element_by_id(&anchor(**id));
        section.is_some_and(|section| section.get_bounding_client_rect().top() <= header + SLACK_PX)
    };
    ids.iter().take_while(begun).last().or(ids.first()).copied()
}

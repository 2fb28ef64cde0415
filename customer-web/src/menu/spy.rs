//! Which section is on the screen, and the way to another.

use std::time::Duration;

use leptos::prelude::*;
use shared_types::CategoryId;
use web_kit::lean::effect;
use web_sys::DomRect;

use super::MenuStore;
use crate::shell::on_touch;

/// A section counts as begun when its top is this far below the header.
const SLACK_PX: f64 = 24.0;

/// By then a jump has come to rest.
const ARRIVED: Duration = Duration::from_millis(1_500);

/// The id of a category's section.
pub fn anchor(id: CategoryId) -> String {
    format!("c-{id}")
}

/// Brings a category to the header's lower edge, or as near as the page's end allows. Its tab is the current one until
/// somebody scrolls.
pub fn scroll_to(menu: MenuStore, id: CategoryId) {
    let (Some(section), Some(header)) = (document().get_element_by_id(&anchor(id)), header()) else { return };
    menu.jumped.set_value(Some(id));
    menu.category.set(Some(id));
    let Some(main) = section.parent_element() else { return };
    // Sections that were never seen have a size that is guessed; until the page has arrived they have their own.
    let _ = main.toggle_attribute_with_force("data-whole", true);
    let top = section.get_bounding_client_rect().top() - header.height();
    window().scroll_by_with_x_and_y(0.0, top);
    set_timeout(move || drop(main.remove_attribute("data-whole")), ARRIVED);
}

fn header() -> Option<DomRect> {
    let header = document().query_selector(".shop-top").ok()??;
    Some(header.get_bounding_client_rect())
}

/// Keeps [`MenuStore::category`] right while the page is scrolled. Looks once per frame, at ten rectangles or so.
pub fn follow_scrolling(menu: MenuStore) {
    let waiting = StoredValue::new(false);
    on_touch(move || menu.jumped.set_value(None));
    let look = move || {
        let jumped = menu.jumped.try_get_value().flatten();
        let found = jumped.or_else(|| untrack(|| current(&menu.category_ids())));
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
    let header = header()?.bottom();
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

//! The same once more.

use shared_types::orders::Order;
use web_kit::i18n;
use web_kit::ui::Toasts;

use crate::cart::CartStore;
use crate::menu::MenuStore;
use crate::say;
use crate::state::cart::Wanted;

/// Puts an order's dishes into the cart again, at today's prices; says what is not there today.
pub fn order_again(order: &Order, cart: CartStore, menu: MenuStore, toasts: Toasts) {
    let lang = i18n::lang_untracked();
    let wanted: Vec<_> = order
        .items
        .iter()
        .filter_map(|item| Wanted::again(&menu.dish_now(item.menu_id)?, item, lang))
        .collect();
    let missing = order.items.len() - wanted.len();
    if wanted.is_empty() {
        toasts.error(say!(orders.again_none));
        return;
    }
    for dish in wanted {
        if cart.add(dish).is_err() {
            toasts.error(say!(cart.full, count = shared_types::orders::MAX_LINES));
            return;
        }
    }
    if missing == 0 {
        toasts.success(say!(orders.again_done));
    } else {
        toasts.error(say!(orders.again_some, count = missing));
    }
}

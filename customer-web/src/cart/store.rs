//! The cart of this table: in memory, in storage, and checked against the menu.

use leptos::prelude::*;
use shared_types::orders::{CartChangeKind, MAX_LINES};
use shared_types::{MenuId, SessionId, StoreId, TableId};
use web_kit::lean::memo;
use web_kit::storage;
use web_kit::ui::Toasts;

use crate::menu::MenuStore;
use crate::orders::OrdersStore;
use crate::root::Root;
use crate::say;
use crate::state::cart::{Cart, Full, Line, Wanted};
use crate::state::check::{Checked, CheckedLine, check};
use crate::state::intent::Intent;

/// The cart. Every change is kept at once, under the store's and table's own name.
#[derive(Clone, Copy)]
pub struct CartStore {
    cart: RwSignal<Cart>,
    pub(super) intent: RwSignal<Option<Intent>>,
    pub(super) told: RwSignal<Vec<(u32, CartChangeKind)>>,
    pub(super) menu: MenuStore,
    orders: OrdersStore,
    key: StoredValue<Option<String>>,
    checked: Memo<Checked>,
    frozen: Memo<bool>,
}

impl CartStore {
    /// An empty cart, checked against this menu.
    pub fn new(menu: MenuStore, orders: OrdersStore) -> Self {
        let (cart, intent) = (RwSignal::new(Cart::default()), RwSignal::new(None::<Intent>));
        let told = RwSignal::new(Vec::new());
        let checked = memo(move || {
            menu.with(|shelf| {
                cart.with(|cart| told.with(|told| check(cart, shelf.map(|shelf| &shelf.board), told)))
            })
        });
        let frozen = memo(move || intent.with(|intent| intent.as_ref().is_some_and(Intent::is_frozen)));
        let key = StoredValue::new(None);
        Self { cart, intent, told, menu, orders, key, checked, frozen }
    }

    /// The cart of this page.
    pub fn expect() -> Self {
        Root::expect().cart
    }

    /// Takes up what was kept for this table.
    pub fn open(self, store: StoreId, table: TableId) {
        self.key.set_value(Some(format!("{store}.{table}")));
        self.take_up();
    }

    /// Another tab of this browser has changed the same cart, or ordered it: there is one cart, and it is ordered once.
    pub fn follow_other_tabs(self) {
        let handle = window_event_listener_untyped("storage", move |_| self.take_up());
        on_cleanup(move || handle.remove());
    }

    fn take_up(self) {
        let Some(key) = self.key.get_value() else { return };
        let cart: Cart = storage::load(&cart_key(&key)).unwrap_or_default();
        if self.cart.with_untracked(|known| *known != cart) {
            self.cart.set(cart);
        }
        let intent = storage::load::<Intent>(&intent_key(&key)).map(Intent::restored);
        if self.intent.with_untracked(|known| known.is_some() != intent.is_some()) {
            self.intent.set(intent);
        }
    }

    /// The cart against today's menu.
    pub fn checked(self) -> Memo<Checked> {
        self.checked
    }

    /// Reads a line; `None` when it is no longer there. Follows the cart and the menu.
    pub fn read<T>(self, id: u32, read: impl FnOnce(&CheckedLine) -> T) -> Option<T> {
        self.checked.with(|checked| checked.lines.iter().find(|line| line.line.id == id).map(read))
    }

    /// Whether it must stay as it is, because it may be ordered already.
    pub fn frozen(self) -> Signal<bool> {
        self.frozen.into()
    }

    /// How many of a dish are in it.
    pub fn count_of(self, id: MenuId) -> u32 {
        self.cart.with(|cart| cart.count_of(id))
    }

    /// Whether a dish is in it; asked outside of any view.
    pub fn has(self, id: MenuId) -> bool {
        self.cart.with_untracked(|cart| cart.count_of(id) > 0)
    }

    /// A line, once.
    pub fn line_now(self, id: u32) -> Option<Line> {
        self.cart.with_untracked(|cart| cart.lines.iter().find(|line| line.id == id).cloned())
    }

    /// Whether it belongs to a party that has left.
    pub fn is_left_behind(self, open: Option<SessionId>, now_ms: i64) -> bool {
        self.cart.with_untracked(|cart| cart.is_left_behind(open, now_ms))
    }

    /// Adds a dish.
    pub fn add(self, wanted: Wanted) -> Result<(), Full> {
        self.put(None, wanted)
    }

    /// Adds a dish, or changes the line that it `replaces`, or says why that cannot be. True when it is in.
    pub fn put_or_tell(self, replaces: Option<u32>, wanted: Wanted, toasts: Toasts) -> bool {
        if self.frozen.get_untracked() {
            toasts.error(say!(cart.unsent_title));
            return false;
        }
        let put = self.put(replaces, wanted);
        if put.is_err() {
            toasts.error(say!(cart.full, count = MAX_LINES));
        }
        put.is_ok()
    }

    fn put(self, replaces: Option<u32>, wanted: Wanted) -> Result<(), Full> {
        let put = |cart: &mut Cart| match replaces {
            Some(line) => cart.replace(line, wanted),
            None => cart.add(wanted),
        };
        self.edit(|cart| put(cart).map(drop)).unwrap_or(Ok(()))
    }

    /// Sets how many of a line; 0 takes it out. Answers with what was taken out, and its place.
    pub fn set_quantity(self, id: u32, quantity: u32) -> Option<(usize, Line)> {
        self.edit(|cart| cart.set_quantity(id, quantity)).flatten()
    }

    /// Takes a line out.
    pub fn remove(self, id: u32) -> Option<(usize, Line)> {
        self.edit(|cart| cart.remove(id)).flatten()
    }

    /// Puts a line back.
    pub fn put_back(self, place: usize, line: Line) {
        self.edit(|cart| cart.put_back(place, line));
    }

    /// Empties it, as the guest asked.
    pub fn clear(self) {
        self.edit(Cart::clear);
    }

    /// The party has left, or its order has arrived: nothing stays, in memory or storage.
    pub fn forget(self) {
        self.cart.update(Cart::clear);
        self.intent.set(None);
        self.told.set(Vec::new());
        self.key.with_value(|key| {
            if let Some(key) = key {
                storage::remove(&cart_key(key));
                storage::remove(&intent_key(key));
            }
        });
    }

    /// Changes the cart and keeps it, unless it is frozen.
    fn edit<T>(self, change: impl FnOnce(&mut Cart) -> T) -> Option<T> {
        if self.frozen.get_untracked() {
            return None;
        }
        let session = self.orders.session();
        let result = self.cart.try_update(|cart| {
            let result = change(cart);
            cart.session_id = session;
            cart.touched_ms = web_kit::clock::now_ms();
            result
        });
        self.key.with_value(|key| {
            if let Some(key) = key {
                self.cart.with_untracked(|cart| storage::save(&cart_key(key), cart));
            }
        });
        result
    }

    /// Keeps what became of the wish to order. In storage first: a page that ends must not forget the key.
    pub(super) fn keep_intent(self, intent: Option<Intent>) {
        self.key.with_value(|key| match (key, &intent) {
            (Some(key), Some(intent)) => {
                storage::save(&intent_key(key), intent);
            }
            (Some(key), None) => storage::remove(&intent_key(key)),
            (None, _) => {}
        });
        self.intent.set(intent);
    }
}

fn cart_key(key: &str) -> String {
    format!("tableorder.cart.{key}")
}

fn intent_key(key: &str) -> String {
    format!("tableorder.intent.{key}")
}

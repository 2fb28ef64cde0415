//! What the server says by itself: the event stream, and what it changes.

use std::time::Duration;

use leptos::prelude::*;
use shared_types::events::StoreEvent;
use web_kit::lean::{effect, memo, spawn};
use web_kit::stream::{Connection, EventStream, Incoming, Options};
use web_kit::ui::{Toasts, use_toasts};
use web_kit::{api, clock, i18n};

use crate::root::Root;
use crate::route::Route;
use crate::{say, words};

/// How current the page is.
pub fn connection() -> Signal<Connection> {
    Root::expect().connection.into()
}

/// Whether the page is cut off: it was connected, or should be, and is not.
pub fn is_cut_off() -> Signal<bool> {
    let connection = connection();
    memo(move || matches!(connection.get(), Connection::Reconnecting { .. })).into()
}

/// How long the orders wait for the stream.
const FIRST_WORD: Duration = Duration::from_secs(2);

/// Follows the stream while a table is signed in. Shows nothing.
#[component]
pub fn Live() -> impl IntoView {
    let stores = Stores { root: Root::expect(), toasts: use_toasts() };
    let account = stores.root.account;
    let table = memo(move || account.table().with(|me| me.as_ref().map(|me| (me.store.id, me.table.id))));
    Effect::new(move |before: Option<bool>| {
        let Some((store, table)) = table.get() else {
            if before == Some(true) {
                stores.empty();
            }
            return false;
        };
        stores.root.cart.open(store, table);
        stores.root.menu.open(store);
        stores.follow();
        true
    });
}

/// What events change.
#[derive(Clone, Copy)]
struct Stores {
    root: Root,
    toasts: Toasts,
}

impl Stores {
    fn follow(self) {
        let current = self.root.connection;
        let options = Options { path: "/api/events", after: None, refused: ask_who_is_signed_in };
        spawn(async move { self.refetch_menu().await });
        // The orders come with the stream's first word. If it does not come soon, they come without.
        set_timeout(move || self.refresh_if_unknown(), FIRST_WORD);
        let stream = EventStream::follow(options, move |incoming| match incoming {
            Incoming::Snapshot => self.refresh(),
            Incoming::Event(event) => self.apply(event),
        });
        let connection = stream.connection();
        effect(move || {
            current.set(connection.get());
        });
    }

    fn refresh_if_unknown(self) {
        if self.root.orders.is_unknown() {
            spawn(async move { self.refetch_orders().await });
        }
    }

    /// Fetches everything that events keep current from there on.
    fn refresh(self) {
        spawn(async move { self.refetch_menu().await });
        spawn(async move { self.refetch_orders().await });
    }

    /// Fetches the orders, and empties a cart that the party before has left.
    async fn refetch_orders(self) {
        if self.root.orders.refetch().await.is_ok()
            && self.root.cart.is_left_behind(self.root.orders.session(), clock::now_ms())
        {
            self.end_visit();
            self.toasts.success(say!(app.visit_reset));
        }
    }

    /// A party may have moved here, or away: then nothing of theirs stays.
    async fn look_who_sits_here(self) {
        let before = self.root.orders.session();
        let answered = self.root.orders.refetch().await.is_ok();
        if answered && before.is_some() && self.root.orders.session() != before {
            self.end_visit();
        }
    }

    fn apply(self, event: StoreEvent) {
        match event {
            StoreEvent::OrderCreated(order) | StoreEvent::OrderUpdated(order) => {
                let number = order.short_number().to_owned();
                if let Some(status) = self.root.orders.put(order) {
                    let status = words::status(status);
                    self.toasts.success(say!(orders.changed, number = number, status = status));
                }
            }
            StoreEvent::OrderDeleted(deleted) => {
                if !self.root.orders.remove(deleted.order_id) {
                    spawn(async move { drop(self.root.orders.refetch().await) });
                }
            }
            StoreEvent::SessionClosed(_) => {
                self.end_visit();
                self.toasts.success(say!(app.goodbye));
            }
            StoreEvent::MenuChanged(changed) => {
                if self.root.menu.is_older_than(changed.version) {
                    spawn(async move { self.refetch_menu().await });
                }
            }
            StoreEvent::CallAcknowledged(call) => {
                if self.root.calls.answered(call.kind) {
                    self.toasts.success(say!(calls.coming));
                }
            }
            StoreEvent::CallCreated(call) => self.root.calls.opened(call.kind),
            StoreEvent::TableChanged(_) => {
                ask_who_is_signed_in();
                spawn(async move { self.look_who_sits_here().await });
            }
            StoreEvent::Reset => {}
        }
    }

    /// Fetches the menu, and says so when a dish in the cart has just sold out; on the menu its card says it.
    async fn refetch_menu(self) {
        for id in self.root.menu.refetch().await {
            if let Some(menu) = self.root.menu.dish_now(id).filter(|_| self.root.cart.has(id)) {
                let name = menu.name_in(i18n::lang_untracked()).to_owned();
                self.toasts.error(say!(menu.sold_out_now, name = name));
            }
        }
    }

    /// The party has left: nothing of theirs stays, in memory or storage.
    fn end_visit(self) {
        self.empty();
        self.root.place.go(Route::Menu);
    }

    fn empty(self) {
        self.root.cart.forget();
        self.root.orders.forget();
        self.root.calls.forget();
        self.root.forget_choices();
        self.toasts.clear();
    }
}

/// An ordinary call: it renews the login, or finds out that it has ended.
fn ask_who_is_signed_in() {
    spawn(async {
        // Whatever comes of it has been handled by the client.
        let _ = api::auth::me().await;
    });
}

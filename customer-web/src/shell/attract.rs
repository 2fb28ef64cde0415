//! What a tablet shows that nobody touches: dishes, and nothing of the party. A touch leads back to where they were.

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use shared_types::MenuId;
use web_kit::i18n;
use web_kit::lean::{memo, on};
use web_kit::ui::{Dialog, DialogShape};

use super::{Price, Quick, on_touch, wide};
use crate::login::Account;
use crate::menu::{MenuStore, Picture};
use crate::root::Root;
use crate::{tr, txt};

/// So long nobody touches the screen.
const IDLE_MS: f64 = 120_000.0;
/// How often that is looked at.
const LOOK_MS: u32 = 5_000;
/// How long each dish is shown.
const DISH_MS: u32 = 7_000;

/// The screen of dishes.
#[component]
pub fn Attract() -> impl IntoView {
    let root = Root::expect();
    let open = RwSignal::new(false);
    let touched = StoredValue::new(uptime_ms());
    let touch = move || {
        touched.try_set_value(uptime_ms());
    };
    on_touch(touch);
    let wide = wide::is_wide();
    let look = move || {
        let idle = touched.try_get_value().is_some_and(|at| uptime_ms() - at >= IDLE_MS);
        if idle && wide.get_untracked() && !open.get_untracked() && root.may_be_covered() {
            root.sheets.sign_out.set(false);
            root.forget_whoever_left();
            open.set(true);
        }
    };
    // Stopped with this view.
    StoredValue::new_local(Interval::new(LOOK_MS, look));
    let wake = Callback::new(move |()| {
        touch();
        open.set(false);
    });
    view! {
        <Dialog open on_close=wake labelled_by="attract-h" shape=DialogShape::Full testid="attract">
            <Scene wake />
        </Dialog>
    }
}

/// Since the page was opened. No clock: those are set now and then.
fn uptime_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

#[component]
fn Scene(wake: Callback<()>) -> impl IntoView {
    let account = Account::expect();
    view! {
        <div class="attract" on:click=on(move |_| wake.run(()))>
            <Dishes />
            <div class="attract-words">
                <p class="attract-where">
                    <b>{move || txt!(app.table, number = account.table_number())}</b>
                    <span>{move || account.store_name()}</span>
                </p>
                <h1 id="attract-h">{tr!(login.promise_title)}</h1>
                <p class="dim">{tr!(login.promise_body)}</p>
                <button type="button" class="btn primary lg wide" autofocus=true data-testid="attract-start">
                    {tr!(attract.start)}
                </button>
                <Quick long=true />
            </div>
        </div>
    }
    .into_any()
}

/// One dish after another; only the first where motion is not wanted.
#[component]
fn Dishes() -> impl IntoView {
    let menu = MenuStore::expect();
    let at = RwSignal::new(0_u32);
    if !wide::holds("(prefers-reduced-motion: reduce)") {
        StoredValue::new_local(Interval::new(DISH_MS, move || {
            at.try_update(|at| *at = at.wrapping_add(1));
        }));
    }
    move || menu.showpiece(at.get()).map(view_dish)
}

fn view_dish(id: MenuId) -> AnyView {
    let menu = MenuStore::expect();
    let url = memo(move || menu.read(id, |dish| dish.image_url.clone()).flatten());
    let name = move || menu.read(id, |dish| dish.name_in(i18n::lang()).to_owned());
    let price = memo(move || menu.read(id, |dish| dish.price).unwrap_or_default());
    view! {
        <figure class="attract-dish">
            <Picture url class="attract-pic" sizes="(orientation: portrait) 100vw, 60vw" eager=true />
            <figcaption>
                <b>{move || name()}</b>
                <Price amount=price />
            </figcaption>
        </figure>
    }
    .into_any()
}

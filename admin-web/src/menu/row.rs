//! One dish of the list: its grip, its switch, and the way into its form.

use leptos::prelude::*;
use shared_types::menu::{Menu, MenuBadge};
use shared_types::{MenuId, media};
use web_kit::lean::{attr, choose, on};
use web_kit::ui::{Icon, Svg, Won};

use super::chosen::Chosen;
use super::drag::Drag;
use super::store::MenuDesk;
use crate::auth::Auth;
use crate::route::Place;
use crate::ui::toggle;
use crate::{say, tr, words};

/// The dish.
pub fn row(desk: MenuDesk, drag: Drag, dish: Menu) -> AnyView {
    let (auth, place) = (expect_context::<Auth>(), expect_context::<Place>());
    let (id, is_on) = (dish.id, dish.is_available);
    let class = move || match (drag.dragging.get() == Some(id), drag.over.get() == Some(id)) {
        (true, _) => "mrow drag",
        (_, true) => "mrow drop",
        _ if !is_on => "mrow off",
        _ => "mrow",
    };
    let picture = match &dish.image_url {
        Some(url) => {
            let small = media::at_width(url, 320);
            view! { <img src=small alt="" width="56" height="56" loading="lazy" /> }.into_any()
        }
        None => view! { <span class="nopic"><Svg icon=Icon::Bowl /></span> }.into_any(),
    };
    let (is_popular, is_new) = (has(&dish, MenuBadge::Popular), has(&dish, MenuBadge::New));
    let spicy = dish.spicy_level;
    let about = words::text(move || {
        let mut about = vec![if is_on { say!(menu.on_sale) } else { say!(menu.sold_out_told) }];
        if is_popular {
            about.push(say!(menu.popular));
        }
        if is_new {
            about.push(say!(menu.new));
        }
        if spicy > 0 {
            about.push(say!(menu.spicy, level = spicy));
        }
        about.join(" · ")
    });
    let name = dish.name.clone();
    let switch_name = words::text(move || say!(menu.switch, name = name.clone()));
    let chosen = expect_context::<Chosen>();
    let tick = move || {
        view! {
            <input
                type="checkbox"
                class="tick"
                id=format!("pick-{id}")
                data-testid="dish-pick"
                prop:checked=move || chosen.has(id)
                on:change=on(move |event| chosen.set(id, event_target_checked(&event)))
            />
        }
    };
    let grip_name = dish.name.clone();
    let handle = move || grip(drag, id, grip_name.clone());
    let pick_name = dish.name.clone();
    let pick =
        move || view! { <label class="mrow-open" for=format!("pick-{id}")>{pick_name.clone()}</label> };
    let open_name = dish.name.clone();
    let way_in = move || {
        view! {
            <button
                type="button"
                class="mrow-open"
                data-testid="dish-open"
                on:click=on(move |_| place.open(id.to_string()))
            >
                {open_name.clone()}
            </button>
        }
    };
    view! {
        <li class=attr(class) data-testid="dish-row" data-menu=id.to_string() data-dish=dish.name.clone()>
            {choose(move || chosen.on.get(), tick, handle)}
            {picture}
            <div class="mrow-text">
                {choose(move || chosen.on.get(), pick, way_in)}
                <small>{about}</small>
            </div>
            <Won amount=Signal::stored(dish.price) currency=auth.currency />
            {toggle("availability", switch_name, move || is_on, move |is_on| desk.set_available(id, is_on))}
        </li>
    }
    .into_any()
}

fn grip(drag: Drag, id: MenuId, name: String) -> AnyView {
    view! {
        <button
            type="button"
            class="grip"
            aria-label=tr!(menu.grip, name = name.clone())
            data-testid="grip"
            on:pointerdown=on(move |event| drag.start(&event, id))
            on:pointermove=on(move |event| drag.travel(&event))
            on:pointerup=on(move |_| drag.drop())
            on:pointercancel=on(move |_| drag.stop())
            on:keydown=on(move |event| drag.key(&event, id))
        >
            <Svg icon=Icon::Grip />
        </button>
    }
    .into_any()
}

fn has(dish: &Menu, badge: MenuBadge) -> bool {
    dish.badges.contains(&badge)
}

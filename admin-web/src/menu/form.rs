//! A dish's form, with the card that guests see.

use std::sync::Arc;

use leptos::prelude::*;
use shared_types::MenuId;
use web_kit::lean::{effect, memo, on, part};
use web_kit::ui::{DialogShape, Dismiss, Icon};

use super::fields::{Look, field};
use super::options::groups;
use super::picture::picture;
use super::remarks::{remarks, translations};
use super::store::{MenuDesk, NEW};
use crate::route::{Page, Place};
use crate::state::draft::Draft;
use crate::ui::{Ask, Press, Sheet, ask};
use crate::{say, tr};

/// The form of the dish that the address names.
#[component]
pub fn DishDrawer() -> impl IntoView {
    let (desk, place) = (expect_context::<MenuDesk>(), expect_context::<Place>());
    let key = memo(move || place.opened().filter(|_| place.page.get() == Page::Menu));
    effect(move || {
        let Some(key) = key.get() else { return };
        if key == NEW {
            desk.take_up(Draft::new(desk.categories().first().map(|category| category.id)));
        } else if let Some(dish) = key.parse::<MenuId>().ok().and_then(|id| desk.dish(id)) {
            desk.take_up(Draft::of(&dish));
        }
    });
    // Built anew for another dish, not for every letter.
    let shown = memo(move || key.get().and_then(|_| desk.opened.get()));
    let open = Signal::derive(move || shown.with(Option::is_some) && desk.draft.with(Option::is_some));
    let question = RwSignal::new(None);
    let leave = Callback::new(move |()| {
        if !desk.is_changed() {
            return desk.discard();
        }
        question.set(Some(Ask {
            title: say!(menu.leave_title),
            body: say!(menu.leave_text),
            yes: say!(menu.leave),
            danger: true,
            act: Arc::new(move || desk.discard()),
        }));
    });
    let dismiss = Signal::derive(move || if desk.busy.get() { Dismiss::Never } else { Dismiss::Escape });
    let content = move || shown.get().map(|opened| form(desk, place, &opened, leave, question));
    view! {
        <Sheet open on_close=leave id="dish-title" shape=DialogShape::Drawer dismiss testid="dish-drawer">
            {content()}
        </Sheet>
        {ask(question, tr!(menu.stay))}
    }
}

fn form(
    desk: MenuDesk,
    place: Place,
    opened: &Draft,
    leave: Callback<()>,
    question: RwSignal<Option<Ask>>,
) -> AnyView {
    let (id, name) = (opened.id, opened.name.clone());
    let title = if id.is_some() { say!(menu.edit_title, name = name.clone()) } else { say!(menu.new_title) };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.save();
    };
    let cross = Press::icon_only("btn quiet icon", Icon::Close, tr!(app.close)).id("drawer-close");
    let more = id.map(|id| more(desk, place, id, name, question));
    view! {
        <form class="dish-form" novalidate on:submit=on(send)>
            <header class="dr-head">
                <h2 id="dish-title" tabindex="-1" autofocus=true>
                    {title}
                </h2>
                {cross.act(move || leave.run(()))}
            </header>
            <div class="dr-body" tabindex="0" aria-labelledby="dish-title">
                {picture(desk)}
                {basics(desk)}
                {remarks(desk)}
                {translations(desk)}
                {groups(desk)}
                {more}
            </div>
            <footer class="dialog-foot">
                {Press::new("btn lg", tr!(app.cancel)).id("cancel-dish").act(move || leave.run(()))}
                {Press::new("btn primary lg", tr!(app.save)).busy(desk.busy).id("save-dish").submit()}
            </footer>
        </form>
    }
    .into_any()
}

fn basics(desk: MenuDesk) -> AnyView {
    let choose = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event).parse().ok();
        desk.draft.update(|draft| {
            if let Some(draft) = draft {
                draft.category = chosen;
            }
        });
    };
    let options = move || {
        let chosen = desk.draft.with_untracked(|draft| draft.as_ref().and_then(|draft| draft.category));
        let option = |category: shared_types::menu::Category| {
            view! {
                <option value=category.id.to_string() selected=chosen == Some(category.id)>
                    {category.name}
                </option>
            }
            .into_any()
        };
        desk.categories().into_iter().map(option).collect::<Vec<_>>()
    };
    view! {
        {field(desk, "name".into(), tr!(menu.name), Look::Line, Box::new(|d| Some(&mut d.name)))}
        <div class="two">
            {field(desk, "price".into(), tr!(menu.price), Look::Digits, Box::new(|d| Some(&mut d.price)))}
            <div class="field">
                <label for="category">{tr!(menu.category)}</label>
                <select class="input" id="category" on:change=on(choose)>
                    {part(options)}
                </select>
            </div>
        </div>
        {field(desk, "description".into(), tr!(menu.description), Look::Area, Box::new(|d| Some(&mut d.description)))}
    }
    .into_any()
}

/// What is rarely needed, at the end.
fn more(desk: MenuDesk, place: Place, id: MenuId, name: String, question: RwSignal<Option<Ask>>) -> AnyView {
    let doomed = name.clone();
    let delete = move || {
        let doomed = doomed.clone();
        question.set(Some(Ask {
            title: say!(menu.delete_title, name = doomed.clone()),
            body: say!(menu.delete_text),
            yes: say!(menu.delete),
            danger: true,
            act: Arc::new(move || desk.delete(id, doomed.clone())),
        }));
    };
    let copy = move || {
        if let Some(draft) = desk.draft.get_untracked() {
            desk.begin(draft.copy(say!(menu.copy_name, name = name.clone())));
            place.open_instead(NEW);
        }
    };
    view! {
        <div class="row">
            {Press::new("btn quiet", tr!(menu.copy)).icon(Icon::Plus).id("copy-dish").act(copy)}
            {Press::new("btn danger", tr!(menu.delete)).icon(Icon::Trash).id("delete-dish").act(delete)}
        </div>
    }
    .into_any()
}

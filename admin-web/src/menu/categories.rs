//! Categories: their names, their order.

use std::sync::Arc;

use leptos::prelude::*;
use shared_types::CategoryId;
use shared_types::errors::FieldErrors;
use shared_types::menu::Category;
use shared_types::menu_edit::{CategoryUpdate, NewCategory};
use web_kit::api::admin::menu as api;
use web_kit::lean::{on, part};
use web_kit::ui::{FieldKind, Icon};

use super::store::MenuDesk;
use crate::route::Place;
use crate::state::draft::{OTHERS, translations, typed};
use crate::state::reorder::shifted;
use crate::ui::{Ask, Press, Sheet, ask, field};
use crate::{say, tr};

/// The part of the address that shows them.
pub const CATEGORIES: &str = "categories";

/// What is edited: a category, or a new one.
type Edited = Option<Option<CategoryId>>;

/// The list, while the address says so.
#[component]
pub fn CategoriesDialog() -> impl IntoView {
    let (desk, place) = (expect_context::<MenuDesk>(), expect_context::<Place>());
    let open = Signal::derive(move || place.shown().as_deref() == Some(CATEGORIES));
    let close = Callback::new(move |()| place.close());
    let edited = RwSignal::new(Edited::None);
    let question = RwSignal::new(None);
    let content = move || list(desk, edited, question);
    view! {
        <Sheet open on_close=close id="categories-title" title=|| say!(menu.categories) testid="categories-dialog">
            {content()}
        </Sheet>
        {ask(question, tr!(order.keep))}
    }
}

fn list(desk: MenuDesk, edited: RwSignal<Edited>, question: RwSignal<Option<Ask>>) -> AnyView {
    edited.set(None);
    let rows = move || {
        let row = |category: Category| {
            if edited.get() == Some(Some(category.id)) {
                return form(desk, edited, Some(category));
            }
            row(desk, edited, question, category)
        };
        desk.categories().into_iter().map(row).collect::<Vec<_>>()
    };
    let add = move || match edited.get() {
        Some(None) => form(desk, edited, None),
        _ => Press::new("btn wide", tr!(menu.add_category))
            .icon(Icon::Plus)
            .id("add-category")
            .act(move || edited.set(Some(None))),
    };
    view! {
        <div class="dialog-body stack">
            <ul class="devices">{part(rows)}</ul>
            {part(add)}
        </div>
    }
    .into_any()
}

fn row(
    desk: MenuDesk,
    edited: RwSignal<Edited>,
    question: RwSignal<Option<Ask>>,
    category: Category,
) -> AnyView {
    let (id, name) = (category.id, category.name.clone());
    let shift = move |up: bool| {
        let ids: Vec<_> = untrack(|| desk.categories()).iter().map(|category| category.id).collect();
        let order = shifted(&ids, id, up);
        if order != ids {
            desk.change(api::reorder_categories(order));
        }
    };
    let delete = move || {
        question.set(Some(Ask {
            title: say!(menu.delete_category_title, name = name.clone()),
            body: say!(menu.delete_category_text),
            yes: say!(app.delete),
            danger: true,
            act: Arc::new(move || desk.change(api::delete_category(id))),
        }));
    };
    let icon = |icon, name| Press::icon_only("btn quiet icon", icon, name).busy(desk.busy);
    view! {
        <li data-testid="category" data-category=category.name.clone()>
            <b class="grow">{category.name.clone()}</b>
            {icon(Icon::Up, tr!(menu.up)).id("category-up").act(move || shift(true))}
            {icon(Icon::Down, tr!(menu.down)).id("category-down").act(move || shift(false))}
            {Press::new("btn sm", tr!(menu.edit)).id("category-edit").act(move || edited.set(Some(Some(id))))}
            {icon(Icon::Trash, tr!(app.delete)).id("category-delete").act(delete)}
        </li>
    }
    .into_any()
}

fn form(desk: MenuDesk, edited: RwSignal<Edited>, category: Option<Category>) -> AnyView {
    let id = category.as_ref().map(|category| category.id);
    let words = category.as_ref().map(|category| typed(&category.translations)).unwrap_or_default();
    let name = RwSignal::new(category.map(|category| category.name).unwrap_or_default());
    let words = words.map(|(name, _)| RwSignal::new(name));
    let faults = RwSignal::new(FieldErrors::default());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked().trim().to_owned();
        let words = words.map(|name| (name.get_untracked(), String::new()));
        let category = NewCategory { name, translations: translations(&words, false) };
        let wrong = category.check();
        if !wrong.is_empty() {
            return faults.set(wrong);
        }
        edited.set(None);
        match id {
            None => desk.change(async move { api::create_category(&category).await.map(drop) }),
            Some(id) => {
                let NewCategory { name, translations } = category;
                let update = CategoryUpdate { name: Some(name), translations: Some(translations) };
                desk.change(async move { api::update_category(id, &update).await });
            }
        }
    };
    let [en, ja, zh] = words;
    view! {
        <li>
            <form class="card form-card grow" novalidate on:submit=on(send)>
                {field("name", tr!(menu.category_name), name, faults, FieldKind::Text)}
                <div class="two">
                    {field(OTHERS[0], tr!(menu.in_en), en, faults, FieldKind::Text)}
                    {field(OTHERS[1], tr!(menu.in_ja), ja, faults, FieldKind::Text)}
                    {field(OTHERS[2], tr!(menu.in_zh), zh, faults, FieldKind::Text)}
                </div>
                <div class="row">
                    {Press::new("btn quiet", tr!(app.cancel)).act(move || edited.set(None))}
                    {Press::new("btn", tr!(app.save)).busy(desk.busy).id("save-category").submit()}
                </div>
            </form>
        </li>
    }
    .into_any()
}

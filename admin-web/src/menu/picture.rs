//! The guest's card as it will be, and the picture on it.

use leptos::prelude::*;
use shared_types::media;
use wasm_bindgen::JsCast;
use web_kit::lean::{on, part, spawn};
use web_kit::ui::{Icon, Svg, use_toasts};
use web_kit::{api, format, i18n};

use super::store::MenuDesk;
use crate::auth::Auth;
use crate::state::draft::Draft;
use crate::ui::{Press, told};
use crate::{say, tr};

/// The card, and below it the way to another picture.
pub fn picture(desk: MenuDesk) -> AnyView {
    let progress = RwSignal::new(None::<u32>);
    let toasts = use_toasts();
    let chosen = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()?.get(0)) else { return };
        let before = desk.draft.with_untracked(|draft| draft.as_ref().and_then(|draft| draft.id));
        progress.set(Some(0));
        spawn(async move {
            let answer = api::admin::images::upload(&file, move |share| {
                progress.try_set(Some(share));
            });
            let answer = answer.await;
            progress.try_set(None);
            match answer {
                // The form may show another dish by now.
                Ok(image) => set_picture(desk, before, Some(image.url)),
                Err(failure) => toasts.error(told(&failure)),
            }
        });
    };
    let bar = move || {
        progress.get().map(|share| {
            view! {
                <progress max="100" value=share.to_string() aria-label=tr!(menu.uploading) data-testid="upload"></progress>
            }
            .into_any()
        })
    };
    let remove = move || {
        let draft = desk.draft.with(|draft| draft.as_ref().map(|d| (d.id, d.image_url.is_some())));
        draft.filter(|(_, has)| *has).map(|(id, _)| {
            Press::new("btn quiet", tr!(menu.remove_picture))
                .id("remove-picture")
                .act(move || set_picture(desk, id, None))
        })
    };
    view! {
        <div class="edit-view">
            <p class="small dim">{tr!(menu.preview)}</p>
            {part(move || desk.draft.with(|draft| draft.as_ref().map(card)))}
            <div class="row">
                <label class="btn">
                    <Svg icon=Icon::Picture />
                    {tr!(menu.choose_picture)}
                    <input
                        type="file"
                        class="sr"
                        accept="image/jpeg,image/png,image/webp"
                        data-testid="picture"
                        on:change=on(chosen)
                    />
                </label>
                {part(remove)}
            </div>
            {part(bar)}
        </div>
    }
    .into_any()
}

fn set_picture(desk: MenuDesk, of: Option<shared_types::MenuId>, url: Option<String>) {
    desk.draft.update(|draft| {
        if let Some(draft) = draft.as_mut().filter(|draft| draft.id == of) {
            draft.image_url = url;
        }
    });
}

fn card(draft: &Draft) -> AnyView {
    let auth = expect_context::<Auth>();
    let picture = match &draft.image_url {
        Some(url) => {
            let src = media::at_width(url, 640);
            view! { <div class="dish-pic"><img src=src alt="" width="640" height="480" /></div> }.into_any()
        }
        None => view! { <div class="dish-pic none"><Svg icon=Icon::Bowl /></div> }.into_any(),
    };
    let tags = [
        (draft.badges.contains(&shared_types::menu::MenuBadge::Popular), say!(menu.popular)),
        (draft.badges.contains(&shared_types::menu::MenuBadge::New), say!(menu.new)),
        (draft.spicy_level > 0, say!(menu.spicy, level = draft.spicy_level)),
    ];
    let tags = tags.into_iter().filter(|(is, _)| *is);
    let tags = tags.map(|(_, text)| view! { <span class="tag">{text}</span> }.into_any()).collect::<Vec<_>>();
    let sold = (!draft.is_available)
        .then(|| view! { <div class="dish-sold"><span>{tr!(menu.sold_out)}</span></div> }.into_any());
    let price = draft
        .shown_price()
        .map(|price| auth.currency.with_untracked(|currency| format::money(price, currency, i18n::lang())));
    let name = if draft.name.trim().is_empty() { say!(menu.name) } else { draft.name.clone() };
    view! {
        <div class=if draft.is_available { "dish" } else { "dish sold" } data-testid="preview">
            <div>
                {picture}
                <div class="dish-tags">{tags}</div>
                {sold}
            </div>
            <div class="dish-body">
                <b class="dish-name">{name}</b>
                <p class="dish-desc">{draft.description.clone()}</p>
                <p class="dish-price won">{price}</p>
            </div>
        </div>
    }
    .into_any()
}

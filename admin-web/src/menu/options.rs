//! Questions to the guest, with their answers.

use leptos::prelude::*;
use web_kit::lean::{memo, part};
use web_kit::ui::Icon;

use super::fields::{Look, chip, field};
use super::store::MenuDesk;
use crate::state::draft::{Draft, OTHERS, OptionDraft};
use crate::tr;
use crate::ui::Press;

/// All questions, and a way to add one.
pub fn groups(desk: MenuDesk) -> AnyView {
    let shape = memo(move || desk.draft.with(|draft| draft.as_ref().map(Draft::shape).unwrap_or_default()));
    let groups = move || {
        let shape = shape.get();
        shape.into_iter().enumerate().map(|(at, count)| group(desk, at, count)).collect::<Vec<_>>()
    };
    let add = Press::new("btn", tr!(menu.add_group)).icon(Icon::Plus).id("add-group");
    view! {
        <h3 class="split-line">{tr!(menu.groups)}</h3>
        {part(groups)}
        {add.act(move || change(desk, Draft::add_group))}
    }
    .into_any()
}

fn change(desk: MenuDesk, change: impl FnOnce(&mut Draft)) {
    desk.draft.update(|draft| {
        if let Some(draft) = draft {
            change(draft);
        }
    });
}

fn group(desk: MenuDesk, at: usize, count: usize) -> AnyView {
    let path = format!("option_groups[{at}]");
    let name = field(
        desk,
        format!("{path}.name"),
        tr!(menu.group_name),
        Look::Line,
        Box::new(move |draft| Some(&mut draft.groups.get_mut(at)?.name)),
    );
    let min = field(
        desk,
        format!("{path}.min_choices"),
        tr!(menu.min),
        Look::Digits,
        Box::new(move |draft| Some(&mut draft.groups.get_mut(at)?.min)),
    );
    let max = field(
        desk,
        format!("{path}.max_choices"),
        tr!(menu.max),
        Look::Digits,
        Box::new(move |draft| Some(&mut draft.groups.get_mut(at)?.max)),
    );
    let in_others = (0..OTHERS.len()).map(|place| {
        field(
            desk,
            format!("{path}.translations.{}.name", OTHERS[place]),
            language(place),
            Look::Line,
            Box::new(move |draft| Some(&mut draft.groups.get_mut(at)?.words[place].0)),
        )
    });
    let add = move || {
        change(desk, |draft| {
            if let Some(group) = draft.groups.get_mut(at) {
                group.options.push(OptionDraft::default());
            }
        });
    };
    let remove = move || {
        change(desk, |draft| {
            if at < draft.groups.len() {
                draft.groups.remove(at);
            }
        });
    };
    view! {
        <fieldset class="card form-card" data-testid="group">
            {name}
            <div class="two">{min} {max}</div>
            <details>
                <summary>{tr!(menu.translations)}</summary>
                <div class="two">{in_others.collect::<Vec<_>>()}</div>
            </details>
            {(0..count).map(|answer| option(desk, at, answer)).collect::<Vec<_>>()}
            <div class="row">
                {Press::new("btn sm", tr!(menu.add_option)).icon(Icon::Plus).id("add-option").act(add)}
                {Press::new("btn sm danger", tr!(menu.remove_group)).id("remove-group").act(remove)}
            </div>
        </fieldset>
    }
    .into_any()
}

fn option(desk: MenuDesk, at: usize, answer: usize) -> AnyView {
    let path = format!("option_groups[{at}].options[{answer}]");
    let name = field(
        desk,
        format!("{path}.name"),
        tr!(menu.option_name),
        Look::Line,
        Box::new(move |draft| Some(&mut draft.groups.get_mut(at)?.options.get_mut(answer)?.name)),
    );
    let price = field(
        desk,
        format!("{path}.price"),
        tr!(menu.extra),
        Look::Digits,
        Box::new(move |draft| Some(&mut draft.groups.get_mut(at)?.options.get_mut(answer)?.price)),
    );
    let in_others = (0..OTHERS.len()).map(|place| {
        field(
            desk,
            format!("{path}.translations.{}.name", OTHERS[place]),
            language(place),
            Look::Line,
            Box::new(move |draft| {
                Some(&mut draft.groups.get_mut(at)?.options.get_mut(answer)?.words[place].0)
            }),
        )
    });
    let is_on = move |draft: &Draft| {
        draft
            .groups
            .get(at)
            .and_then(|group| group.options.get(answer))
            .is_some_and(|option| option.is_available)
    };
    let turn = move |draft: &mut Draft| {
        let option = draft.groups.get_mut(at).and_then(|group| group.options.get_mut(answer));
        if let Some(option) = option {
            option.is_available = !option.is_available;
        }
    };
    let remove = move || {
        change(desk, |draft| {
            let group = draft.groups.get_mut(at).filter(|group| answer < group.options.len());
            if let Some(group) = group {
                group.options.remove(answer);
            }
        });
    };
    view! {
        <div class="answer" data-testid="option">
            <div class="two">{name} {price}</div>
            <div class="row">
                {chip(desk, tr!(menu.on_sale), is_on, turn)}
                <span class="grow"></span>
                {Press::icon_only("btn quiet icon", Icon::Trash, tr!(menu.remove_option)).id("remove-option").act(remove)}
            </div>
            <details>
                <summary>{tr!(menu.translations)}</summary>
                <div class="two">{in_others.collect::<Vec<_>>()}</div>
            </details>
        </div>
    }
    .into_any()
}

fn language(place: usize) -> crate::words::Text {
    match place {
        0 => tr!(menu.in_en),
        1 => tr!(menu.in_ja),
        _ => tr!(menu.in_zh),
    }
}

//! The devices that are signed in at a table.

use std::sync::Arc;

use leptos::prelude::*;
use shared_types::tables::{AdminTable, Device, DeviceList};
use web_kit::lean::{part, spawn};
use web_kit::ui::use_toasts;
use web_kit::{api, format};

use super::rooms::Rooms;
use crate::auth::Auth;
use crate::ui::{Ask, Press, Remote, remote_view, told};
use crate::{say, tr, words};

/// The list, with a way to sign each out.
pub fn devices(rooms: Rooms, table: &AdminTable, question: RwSignal<Option<Ask>>) -> AnyView {
    let id = table.id;
    let list = Remote::<DeviceList>::new();
    let fetch = move || list.load(api::admin::tables::devices(id));
    fetch();
    let toasts = use_toasts();
    let revoke = move |device: Device| {
        spawn(async move {
            match api::admin::tables::revoke(device.id).await {
                Ok(()) => toasts.success(say!(tables.revoked)),
                Err(failure) => toasts.error(told(&failure)),
            }
            fetch();
            rooms.fetch();
        });
    };
    let asked = move |device: Device| {
        question.set(Some(Ask {
            title: say!(tables.revoke_title),
            body: say!(tables.revoke_text),
            yes: say!(tables.revoke),
            danger: true,
            act: Arc::new(move || revoke(device.clone())),
        }));
    };
    let rows = move || {
        let devices = list.value.with(|list| list.as_ref().map(|list| list.devices.clone()));
        let devices = devices.unwrap_or_default();
        if devices.is_empty() {
            return view! { <p class="dim" data-testid="no-devices">{tr!(tables.no_devices)}</p> }.into_any();
        }
        let rows = devices.into_iter().map(|device| row(device, asked)).collect::<Vec<_>>();
        view! { <ul class="devices">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card form-card">
            <h3>{tr!(tables.devices)}</h3>
            {remote_view(list, "skel skel-line", fetch, move || part(rows).into_any())}
        </section>
    }
    .into_any()
}

fn row(device: Device, asked: impl Fn(Device) + 'static) -> AnyView {
    let auth = expect_context::<Auth>();
    let (seen, version) = (device.last_seen_at, device.app_version.clone().unwrap_or_default());
    let name = device.label.clone();
    let since = device.created_at;
    let seen = words::text(move || {
        let minutes = format::minutes_since(seen, auth.now_ms.get());
        let age = words::minutes(minutes);
        let age = if minutes < 1 { age } else { say!(call.ago, age = age) };
        format!("{} · {version}", say!(tables.seen, age = age))
    });
    let name = words::text(move || match &name {
        Some(name) => name.clone(),
        None => say!(tables.since, date = auth.timezone.with(|zone| format::date(since, zone))),
    });
    view! {
        <li data-testid="device">
            <p class="grow">
                <b>{name}</b>
                <small class="dim">{seen}</small>
            </p>
            {Press::new("btn sm", tr!(tables.revoke)).id("revoke").act(move || asked(device.clone()))}
        </li>
    }
    .into_any()
}

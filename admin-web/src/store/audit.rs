//! Who changed what, newest first.

use leptos::prelude::*;
use shared_types::stores::{AuditEntry, AuditPage};
use web_kit::api::admin::stores as api;
use web_kit::format;
use web_kit::lean::{effect, part, spawn};
use web_kit::ui::use_toasts;

use crate::auth::Auth;
use crate::state::audit::{Changed, changes, subject};
use crate::ui::{Choice, Press, Remote, choice, date, remote_view, told};
use crate::{say, tr};

/// Kinds of things, as the API names them.
const ENTITIES: [&str; 8] = ["order", "table", "menu", "category", "device", "user", "store", "image"];

/// What is looked for, and what came of it.
#[derive(Clone, Copy)]
struct Search {
    entity: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    found: Remote<AuditPage>,
    busy: RwSignal<bool>,
}

impl Search {
    fn filters(self, cursor: Option<String>) -> [(&'static str, String); 4] {
        [
            ("entity", self.entity.get_untracked()),
            ("from", self.from.get_untracked()),
            ("to", self.to.get_untracked()),
            ("cursor", cursor.unwrap_or_default()),
        ]
    }

    fn fetch(self) {
        let filters = self.filters(None);
        self.found.load(async move { api::audit(&filters).await });
    }

    fn fetch_more(self) {
        let cursor = self.found.value.with_untracked(|page| page.as_ref()?.next_cursor.clone());
        if cursor.is_none() || self.busy.get_untracked() {
            return;
        }
        let (filters, toasts) = (self.filters(cursor), use_toasts());
        self.busy.set(true);
        spawn(async move {
            let answer = api::audit(&filters).await;
            self.busy.try_set(false);
            match answer {
                Ok(page) => {
                    self.found.value.try_update(|found| {
                        if let Some(found) = found {
                            found.entries.extend(page.entries);
                            found.next_cursor = page.next_cursor;
                        }
                    });
                }
                Err(failure) => toasts.error(told(&failure)),
            }
        });
    }
}

/// The part.
pub fn audit() -> AnyView {
    let search = Search {
        entity: RwSignal::default(),
        from: RwSignal::default(),
        to: RwSignal::default(),
        found: Remote::new(),
        busy: RwSignal::new(false),
    };
    effect(move || {
        search.entity.track();
        search.from.track();
        search.to.track();
        search.found.clear();
        search.fetch();
    });
    let entities = move || {
        let all: Choice = (String::new(), say!(board.all));
        let named = ENTITIES.iter().map(|name| ((*name).to_owned(), entity(name)));
        std::iter::once(all).chain(named).collect()
    };
    view! {
        <div class="card form-card two">
            {choice("audit-entity", tr!(store.what), search.entity, entities)}
            {date("audit-from", tr!(past.from), search.from)}
            {date("audit-to", tr!(past.to), search.to)}
        </div>
        {remote_view(search.found, "skel skel-row", move || search.fetch(), move || found(search))}
    }
    .into_any()
}

fn found(search: Search) -> AnyView {
    let entries = move || {
        let page = search.found.value.get().unwrap_or_default();
        if page.entries.is_empty() {
            return view! { <p class="queue-empty" data-testid="audit-empty">{tr!(store.audit_empty)}</p> }
                .into_any();
        }
        let rows = page.entries.iter().map(row).collect::<Vec<_>>();
        let more = page.next_cursor.map(|_| {
            Press::new("btn wide", tr!(past.more))
                .busy(search.busy)
                .id("audit-more")
                .act(move || search.fetch_more())
        });
        view! {
            <ol class="card audit" data-testid="audit">{rows}</ol>
            {more}
        }
        .into_any()
    };
    part(entries).into_any()
}

fn row(entry: &AuditEntry) -> AnyView {
    let auth = expect_context::<Auth>();
    let at = auth.timezone.with_untracked(|zone| format::date_time(entry.created_at, zone));
    let who = entry.username.clone().unwrap_or_else(|| say!(store.system));
    let what = format!("{} {}", entity(&entry.entity), action(&entry.action));
    let line = |(name, was, is): Changed| view! { <li>{name} ": " {was} " → " <b>{is}</b></li> }.into_any();
    let changes: Vec<_> = changes(entry).into_iter().map(line).collect();
    let changes = (!changes.is_empty()).then(|| view! { <ul class="small">{changes}</ul> }.into_any());
    let reason = entry.reason.clone().map(|reason| view! { <p class="small note">{reason}</p> }.into_any());
    view! {
        <li data-testid="audit-entry">
            <p class="small dim">{at} " · " {who}</p>
            <p>
                <b>{what}</b>
                " "
                {subject(entry)}
            </p>
            {reason}
            {changes}
        </li>
    }
    .into_any()
}

/// A kind of thing in words; one that this app does not know is told as it is.
fn entity(name: &str) -> String {
    match name {
        "order" => say!(app.board),
        "table" => say!(tables.title),
        "menu" => say!(menu.title),
        "category" => say!(menu.category),
        "device" => say!(store.device),
        "user" => say!(store.user),
        "store" => say!(store.title),
        "image" => say!(store.image),
        other => other.to_owned(),
    }
}

fn action(name: &str) -> String {
    match name {
        "create" => say!(store.created),
        "update" => say!(store.updated),
        "delete" => say!(store.removed),
        "reorder" => say!(store.reordered),
        "complete" => say!(table.finish),
        "move" => say!(table.move_visit),
        "revoke" => say!(tables.revoke),
        "recall" => say!(order.recall),
        "change_own_password" => say!(store.own_password),
        "logout_everywhere" => say!(store.everywhere),
        other => other.to_owned(),
    }
}

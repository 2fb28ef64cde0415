//! New tables: one, or a range.

use leptos::prelude::*;
use shared_types::ErrorCode;
use shared_types::errors::FieldErrors;
use shared_types::tables::NewTable;
use web_kit::lean::on;
use web_kit::ui::{Dismiss, FieldKind};

use super::page::ADD;
use super::rooms::Rooms;
use crate::route::Place;
use crate::state::numbers::{self, MOST};
use crate::ui::{Press, Sheet, field};
use crate::{say, tr};

/// The form, while the address says so.
#[component]
pub fn AddDialog() -> impl IntoView {
    let (place, rooms) = (expect_context::<Place>(), expect_context::<Rooms>());
    let open = Signal::derive(move || place.shown().as_deref() == Some(ADD));
    let close = Callback::new(move |()| place.close());
    let dismiss = Signal::derive(move || if rooms.busy.get() { Dismiss::Never } else { Dismiss::Escape });
    view! {
        <Sheet open on_close=close id="add-title" title=|| say!(tables.add_title) dismiss testid="add-dialog">
            {form(rooms)}
        </Sheet>
    }
}

fn form(rooms: Rooms) -> AnyView {
    let [first, last, password] = [(); 3].map(|()| RwSignal::new(String::new()));
    rooms.faults.set(FieldErrors::default());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if rooms.busy.get_untracked() {
            return;
        }
        match check(&first.get_untracked(), &last.get_untracked(), &password.get_untracked()) {
            Ok(numbers) => {
                rooms.faults.set(FieldErrors::default());
                rooms.create(numbers, password.get_untracked());
            }
            Err(faults) => rooms.faults.set(faults),
        }
    };
    view! {
        <form class="dialog-form" novalidate on:submit=on(send)>
            <div class="dialog-body stack">
                <div class="two">
                    {field("table_number", tr!(tables.first), first, rooms.faults, FieldKind::Code)}
                    {field("last_number", tr!(tables.last), last, rooms.faults, FieldKind::Code)}
                </div>
                <p class="hint">{tr!(tables.range_hint, count = MOST)}</p>
                {field("password", tr!(tables.password_optional), password, rooms.faults, FieldKind::Code)}
                <p class="hint">{tr!(tables.password_hint)}</p>
            </div>
            <footer class="dialog-foot">
                {Press::new("btn primary lg", tr!(tables.create)).busy(rooms.busy).id("create-tables").submit()}
            </footer>
        </form>
    }
    .into_any()
}

/// The numbers to create, or what is wrong.
fn check(first: &str, last: &str, password: &str) -> Result<Vec<String>, FieldErrors> {
    let given = if password.is_empty() { "not-yet-made".to_owned() } else { password.to_owned() };
    let mut faults = NewTable { table_number: first.trim().to_owned(), password: given }.check();
    let numbers = numbers::range(first, last);
    if numbers.is_none() {
        faults.add("last_number", ErrorCode::OutOfRange);
    }
    match numbers {
        Some(numbers) if faults.is_empty() => Ok(numbers),
        _ => Err(faults),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_stand_at_their_fields() {
        assert_eq!(check("1", "2", "").unwrap(), ["1", "2"]);
        assert_eq!(check("", "", "").unwrap_err().of("table_number"), Some(ErrorCode::Required));
        assert_eq!(check("1", "x", "").unwrap_err().of("last_number"), Some(ErrorCode::OutOfRange));
        assert_eq!(check("1", "", "short").unwrap_err().of("password"), Some(ErrorCode::TooShort));
    }
}

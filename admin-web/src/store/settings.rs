//! Name, time, limits.

use chrono::NaiveTime;
use leptos::prelude::*;
use shared_types::ErrorCode;
use shared_types::errors::FieldErrors;
use shared_types::stores::{StoreSettings, StoreUpdate};
use web_kit::api::admin::stores as api;
use web_kit::format::clock;
use web_kit::lean::{on, spawn};
use web_kit::ui::{FieldKind, use_toasts};

use crate::auth::Auth;
use crate::ui::{Press, Remote, field, remote_view, told};
use crate::{say, tr};

/// The part.
pub fn settings() -> AnyView {
    let store = Remote::<StoreSettings>::new();
    let fetch = move || store.load(api::settings());
    fetch();
    remote_view(store, "skel skel-row", fetch, move || store.value.get_untracked().map(form).into_any())
}

fn form(store: StoreSettings) -> AnyView {
    let (auth, toasts) = (expect_context::<Auth>(), use_toasts());
    let minutes = [
        store.session_max_minutes,
        store.session_idle_minutes,
        store.warn_after_minutes,
        store.late_after_minutes,
    ];
    let texts = [store.name, store.timezone, clock(store.day_starts_at)];
    let (texts, minutes) = (texts.map(RwSignal::new), minutes.map(|count| RwSignal::new(count.to_string())));
    let (faults, busy) = (RwSignal::new(FieldErrors::default()), RwSignal::new(false));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = read(texts.map(|text| text.get_untracked()), minutes.map(|text| text.get_untracked()));
        let update = match typed {
            Ok(update) => update,
            Err(wrong) => return faults.set(wrong),
        };
        faults.set(FieldErrors::default());
        busy.set(true);
        spawn(async move {
            let answer = api::update(&update).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    auth.look_again();
                    toasts.success(say!(app.saved));
                }
                Err(failure) => {
                    faults.try_set(failure.fields());
                    toasts.error(told(&failure));
                }
            }
        });
    };
    let [name, timezone, day] = texts;
    let [longest, idle, warn, late] = minutes;
    view! {
        <form class="card form-card" novalidate on:submit=on(send)>
            {field("name", tr!(store.name), name, faults, FieldKind::Text)}
            <div class="two">
                {field("timezone", tr!(store.timezone), timezone, faults, FieldKind::Code)}
                {field("day_starts_at", tr!(store.day_starts), day, faults, FieldKind::Code)}
            </div>
            <p class="hint">{tr!(store.day_hint)}</p>
            <div class="two">
                {field("warn_after_minutes", tr!(store.warn), warn, faults, FieldKind::Number)}
                {field("late_after_minutes", tr!(store.late), late, faults, FieldKind::Number)}
            </div>
            <div class="two">
                {field("session_idle_minutes", tr!(store.idle), idle, faults, FieldKind::Number)}
                {field("session_max_minutes", tr!(store.longest), longest, faults, FieldKind::Number)}
            </div>
            <p class="hint">{tr!(store.stay_hint)}</p>
            <div class="row">
                <p class="small dim grow">{tr!(store.code, code = store.code.clone())}</p>
                {Press::new("btn primary", tr!(app.save)).busy(busy).id("save-store").submit()}
            </div>
        </form>
    }
    .into_any()
}

/// What was typed, or what is wrong with it.
fn read(texts: [String; 3], minutes: [String; 4]) -> Result<StoreUpdate, FieldErrors> {
    let [name, timezone, day] = texts;
    let mut faults = FieldErrors::default();
    let day_starts_at = time_of_day(&day).unwrap_or_else(|| {
        faults.add("day_starts_at", ErrorCode::InvalidFormat);
        NaiveTime::MIN
    });
    // What is no number is out of range.
    let [session_max_minutes, session_idle_minutes, warn_after_minutes, late_after_minutes] =
        minutes.map(|text| text.trim().parse().unwrap_or(0));
    let update = StoreUpdate {
        name: name.trim().to_owned(),
        timezone: timezone.trim().to_owned(),
        day_starts_at,
        session_max_minutes,
        session_idle_minutes,
        warn_after_minutes,
        late_after_minutes,
    };
    for (field, codes) in update.check().0 {
        codes.into_iter().for_each(|code| faults.add(field.clone(), code));
    }
    if faults.is_empty() { Ok(update) } else { Err(faults) }
}

/// A time of day as it is typed, `05:30`.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.trim().split_once(':')?;
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(day: &str, late: &str) -> Result<StoreUpdate, FieldErrors> {
        let texts = ["맛집", "Asia/Seoul", day].map(str::to_owned);
        read(texts, ["960", "120", "5", late].map(str::to_owned))
    }

    #[test]
    fn faults_stand_at_their_fields() {
        let update = typed("05:30", " 10 ").unwrap();
        assert_eq!((update.day_starts_at.to_string(), update.late_after_minutes), ("05:30:00".into(), 10));
        assert_eq!(typed("25:00", "10").unwrap_err().of("day_starts_at"), Some(ErrorCode::InvalidFormat));
        assert_eq!(typed("05:00", "4").unwrap_err().of("late_after_minutes"), Some(ErrorCode::OutOfRange));
        assert_eq!(typed("05:00", "x").unwrap_err().of("late_after_minutes"), Some(ErrorCode::OutOfRange));
    }
}

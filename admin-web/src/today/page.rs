//! `/today`: is it a good day?

use leptos::prelude::*;
use shared_types::reports::DayReport;
use web_kit::api::admin::reports as api;
use web_kit::lean::{effect, memo, part};
use web_kit::ui::{Icon, Svg, Won};

use super::charts::{dishes, hours};
use crate::auth::Auth;
use crate::route::Page;
use crate::shell::head;
use crate::state::day::per_party;
use crate::ui::{Press, Remote, date, remote_view};
use crate::{say, tr, words};

/// How often today's figures are asked for, in milliseconds.
const FRESH_MS: i64 = 60_000;

/// The page.
#[component]
pub fn TodayPage() -> impl IntoView {
    let auth = expect_context::<Auth>();
    let report = Remote::<DayReport>::new();
    let day = RwSignal::new(String::new());
    let fetch = move || {
        // Empty, or half typed: today.
        report.load(api::day(day.get_untracked()));
    };
    let minute = memo(move || auth.now_ms.get() / FRESH_MS);
    effect(move || {
        day.track();
        // A day that is over does not change any more.
        if day.with(String::is_empty) {
            let _ = minute.get();
        }
        fetch();
    });
    let csv = move || {
        let date = report.value.with(|report| report.as_ref().map(|report| report.date.to_string()))?;
        let href = format!("/api/admin/reports/day.csv?date={date}");
        let link = view! {
            <a class="btn" href=href download=format!("{date}.csv") data-testid="day-csv">
                <Svg icon=Icon::Receipt />
                {tr!(today.csv)}
            </a>
        };
        Some(link.into_any())
    };
    let today =
        Press::new("chip", tr!(today.title)).id("day-today").pressed(move || day.with(String::is_empty));
    let acts = view! {
        {today.act(move || day.set(String::new()))}
        {date("day", tr!(today.day), day)}
        {part(csv)}
    };
    let content = move || part(move || report.value.get().map(|report| figures(&report))).into_any();
    view! {
        {head(Page::Today, acts.into_any())}
        <main class="page" id="main" tabindex="-1">
            {remote_view(report, "skel skel-row", fetch, content)}
        </main>
    }
}

fn figures(report: &DayReport) -> AnyView {
    if report.total.orders == 0 {
        return view! {
            <div class="queue-empty" data-testid="day-empty">
                <b>{tr!(today.empty)}</b>
                <p>{report.date.to_string()}</p>
            </div>
        }
        .into_any();
    }
    view! {
        {sums(report)}
        <div class="charts">
            {hours(report)}
            {dishes(report)}
        </div>
    }
    .into_any()
}

fn sums(report: &DayReport) -> AnyView {
    let auth = expect_context::<Auth>();
    let won = |amount| view! { <Won amount=Signal::stored(amount) currency=auth.currency /> }.into_any();
    let (total, open, parties) = (report.total, report.open, report.total.sessions);
    let average = per_party(report).map_or_else(|| "–".into_any(), won);
    let preparation = report.preparation;
    let ready = words::text(move || match preparation {
        Some(took) => words::minutes(took.average_seconds / 60),
        None => "–".to_owned(),
    });
    let mostly = words::text(move || match preparation {
        Some(took) => say!(today.p90, time = words::minutes(took.p90_seconds / 60)),
        None => say!(today.no_preparation),
    });
    let date = report.date.to_string();
    let open_sales = won(open.sales);
    view! {
        <dl class="kpis">
            <div class="card kpi">
                <dt>{tr!(today.sales)}</dt>
                <dd data-testid="day-sales">{won(total.sales)}</dd>
                <dd class="small dim">{date}</dd>
            </div>
            <div class="card kpi">
                <dt>{tr!(today.orders)}</dt>
                <dd data-testid="day-orders">{tr!(board.open_orders_value, count = total.orders)}</dd>
                <dd class="small dim">{tr!(today.parties, count = parties)}</dd>
            </div>
            <div class="card kpi">
                <dt>{tr!(today.per_party)}</dt>
                <dd>{average}</dd>
                <dd class="small dim">{tr!(board.open_total)} " " {open_sales}</dd>
            </div>
            <div class="card kpi">
                <dt>{tr!(today.preparation)}</dt>
                <dd data-testid="day-preparation">{ready}</dd>
                <dd class="small dim">{mostly}</dd>
            </div>
        </dl>
    }
    .into_any()
}

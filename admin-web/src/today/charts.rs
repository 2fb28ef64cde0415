//! Sales by hour and the dishes that brought most: drawn, and as tables behind.

use leptos::prelude::*;
use shared_types::reports::{DayReport, HourSum};
use web_kit::format::clock;
use web_kit::ui::{Icon, Svg, Won};

use crate::auth::Auth;
use crate::state::day::{self, busiest, top_dishes};
use crate::{say, tr, words};

/// The height of the highest bar and the width of an hour, in the drawing's own units.
const HEIGHT: i64 = 220;
const HOUR: i64 = 64;

/// What each hour brought.
pub fn hours(report: &DayReport) -> AnyView {
    let auth = expect_context::<Auth>();
    let shown = day::hours(report);
    let most = shown.iter().map(|hour| hour.sales.0).max().unwrap_or(1).max(1);
    let best = busiest(report).map(|hour| hour.starts_at);
    let finding = words::text(move || {
        let hour = best.map(clock).unwrap_or_default();
        say!(today.busiest, hour = hour)
    });
    let bar = |(at, hour): (usize, &HourSum)| {
        let x = i64::try_from(at).unwrap_or(0) * HOUR;
        let height = hour.sales.0.saturating_mul(HEIGHT) / most;
        let class = if Some(hour.starts_at) == best { "bar now" } else { "bar" };
        let middle = x + HOUR / 2;
        let count = (hour.orders > 0).then(|| hour.orders.to_string());
        view! {
            <rect class=class x=x + 8 y=24 + HEIGHT - height width=HOUR - 16 height=height rx="6"></rect>
            <text class="v" x=middle y=16 + HEIGHT - height text-anchor="middle">{count}</text>
            <text x=middle y=HEIGHT + 48 text-anchor="middle">{clock(hour.starts_at)[..2].to_owned()}</text>
        }
        .into_any()
    };
    let width = i64::try_from(shown.len()).unwrap_or(1).max(1) * HOUR;
    let row = |hour: &HourSum| {
        view! {
            <tr>
                <td>{clock(hour.starts_at)}</td>
                <td class="num">{hour.orders}</td>
                <td class="num">
                    <Won amount=Signal::stored(hour.sales) currency=auth.currency />
                </td>
            </tr>
        }
        .into_any()
    };
    view! {
        <section class="card chart">
            <h2 data-testid="busiest">{finding}</h2>
            <p class="small dim">{tr!(today.by_hour)}</p>
            <svg viewBox=format!("0 0 {width} {}", HEIGHT + 56) role="img" aria-label=tr!(today.by_hour)>
                <line class="axis" x1="0" x2=width y1=HEIGHT + 24 y2=HEIGHT + 24></line>
                {shown.iter().enumerate().map(bar).collect::<Vec<_>>()}
            </svg>
            <details>
                <summary data-testid="hours-table">
                    {tr!(today.as_table)}
                    <Svg icon=Icon::Down />
                </summary>
                <table class="tbl">
                    <thead>
                        <tr>
                            <th scope="col">{tr!(past.time)}</th>
                            <th scope="col" class="num">{tr!(today.orders)}</th>
                            <th scope="col" class="num">{tr!(today.sales)}</th>
                        </tr>
                    </thead>
                    <tbody>{shown.iter().map(row).collect::<Vec<_>>()}</tbody>
                </table>
            </details>
        </section>
    }
    .into_any()
}

/// The dishes that brought most.
pub fn dishes(report: &DayReport) -> AnyView {
    let auth = expect_context::<Auth>();
    let line = |(name, count, sales, share): (String, i64, shared_types::Money, i64)| {
        let label = name.clone();
        view! {
            <li>
                <span>
                    <b>{name}</b>
                    " "
                    <span class="dim">"×" {count}</span>
                </span>
                <Won amount=Signal::stored(sales) currency=auth.currency />
                <meter min="0" max="100" value=share aria-label=label></meter>
            </li>
        }
        .into_any()
    };
    view! {
        <section class="card chart">
            <h2>{tr!(today.top)}</h2>
            <ol class="bars" data-testid="top-dishes">{top_dishes(report).into_iter().map(line).collect::<Vec<_>>()}</ol>
        </section>
    }
    .into_any()
}

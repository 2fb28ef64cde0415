//! Figures of a business day: they are what history and open stays add up to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{FixedOffset, NaiveDate, TimeDelta, Timelike as _};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use reqwest::Method;
use serde_json::json;
use shared_types::history::HistoryPage;
use shared_types::orders::OrderStatus;
use shared_types::reports::{DayReport, DaySum};
use shared_types::{ErrorCode, MenuId, Money};
use test_support::client::send;
use test_support::fixture::cart;
use test_support::{AdminClient, TestApp};

const DAY: &str = "/api/admin/reports/day";

/// One step of an evening.
#[derive(Debug, Clone)]
enum Step {
    Order { table: usize, stews: u32, colas: u32 },
    Complete,
    Delete,
    Finish(usize),
    Move { from: usize, to: usize },
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let order = (0..4_usize, 0..4_u32, 1..3_u32);
    prop_oneof![
        6 => order.prop_map(|(table, stews, colas)| Step::Order { table, stews, colas }),
        2 => Just(Step::Complete),
        1 => Just(Step::Delete),
        2 => (0..4_usize).prop_map(Step::Finish),
        1 => (0..4_usize, 0..4_usize).prop_map(|(from, to)| Step::Move { from, to }),
        3 => (1..100_i64).prop_map(Step::Wait),
    ]
}

/// An order as open stays and history tell of it.
struct Known {
    open: bool,
    session: String,
    date: NaiveDate,
    hour: u32,
    total: i64,
    completed: bool,
    lines: Vec<(MenuId, i64, i64)>,
}

async fn take(app: &TestApp, admin: &AdminClient, step: &Step) {
    let table = |place: usize| app.store.tables[place];
    match *step {
        Step::Order { table, stews, colas } => {
            let mut items = vec![app.store.line("cola", colas, &[])];
            if stews > 0 {
                items.push(app.store.line("stew", stews, &[]));
            }
            app.table(table).await.order(&cart(items)).await;
        }
        Step::Complete => {
            if let Some(order) = admin.board().await.orders.iter().find(|o| o.status == OrderStatus::Pending)
            {
                let _ = admin.set_status(order.id, OrderStatus::Preparing).await.expect(200);
                let _ = admin.set_status(order.id, OrderStatus::Completed).await.expect(200);
            }
        }
        Step::Delete => {
            if let Some(order) = admin.board().await.orders.last() {
                let _ = admin.delete(&format!("/api/admin/orders/{}", order.id)).await.expect(204);
            }
        }
        // 409 where nobody sits.
        Step::Finish(place) => {
            let _ = admin.press(&format!("/api/admin/tables/{}/complete", table(place))).await;
        }
        Step::Move { from, to } => {
            let path = format!("/api/admin/tables/{}/move", table(from));
            let _ = admin.post(&path, &json!({"to_table_id": table(to)})).await;
        }
        Step::Wait(minutes) => app.advance(TimeDelta::minutes(minutes)),
    }
}

/// All orders, as the board and the tables' histories tell of them. The fixture's day starts at five in Seoul.
async fn known(app: &TestApp, admin: &AdminClient) -> Vec<Known> {
    let hour = |at: chrono::DateTime<chrono::Utc>| {
        (at.with_timezone(&FixedOffset::east_opt(9 * 3600).unwrap()).hour() + 24 - 5) % 24
    };
    let lines = |items: &[shared_types::orders::OrderItem]| {
        items.iter().map(|i| (i.menu_id, i64::from(i.quantity), i.subtotal.0)).collect()
    };
    let mut known = Vec::new();
    for order in admin.board().await.orders {
        known.push(Known {
            open: true,
            session: order.session_id.to_string(),
            date: NaiveDate::parse_from_str(&order.order_number[4..12], "%Y%m%d").unwrap(),
            hour: hour(order.created_at),
            total: order.total_amount.0,
            completed: order.status == OrderStatus::Completed,
            lines: lines(&order.items),
        });
    }
    for table in &app.store.tables {
        let page: HistoryPage =
            admin.get(&format!("/api/admin/tables/{table}/history?limit=100")).await.json(200);
        for session in page.sessions {
            known.extend(session.orders.into_iter().map(|order| Known {
                open: false,
                session: session.session_id.to_string(),
                date: order.business_date,
                hour: hour(order.ordered_at),
                total: order.total_amount.0,
                completed: order.status == OrderStatus::Completed,
                lines: lines(&order.items),
            }));
        }
    }
    known
}

fn sum<'a>(orders: impl Iterator<Item = &'a Known>) -> DaySum {
    let (mut sessions, mut sum) = (BTreeSet::new(), DaySum::default());
    for order in orders {
        sessions.insert(&order.session);
        sum.orders += 1;
        sum.sales.0 += order.total;
    }
    DaySum { sessions: i64::try_from(sessions.len()).unwrap(), ..sum }
}

fn check(report: &DayReport, orders: &[&Known]) {
    let of = |open: bool| sum(orders.iter().copied().filter(|o| o.open == open));
    assert_eq!((report.open, report.finished), (of(true), of(false)));
    assert_eq!(report.total, sum(orders.iter().copied()));
    assert_eq!(report.hours.len(), 24);
    for (place, hour) in (0..).zip(&report.hours) {
        assert_eq!(hour.starts_at.hour(), (place + 5) % 24);
        let there = sum(orders.iter().copied().filter(|o| o.hour == place));
        assert_eq!((hour.orders, hour.sales), (there.orders, there.sales), "{}", hour.starts_at);
    }
    let mut dishes: BTreeMap<MenuId, (i64, i64)> = BTreeMap::new();
    for (id, quantity, subtotal) in orders.iter().flat_map(|o| &o.lines) {
        let dish = dishes.entry(*id).or_default();
        *dish = (dish.0 + quantity, dish.1 + subtotal);
    }
    let told: BTreeMap<_, _> = report.dishes.iter().map(|d| (d.menu_id, (d.quantity, d.sales.0))).collect();
    assert_eq!(told, dishes);
    assert!(report.dishes.is_sorted_by(|a, b| a.quantity >= b.quantity));
    let completed = i64::try_from(orders.iter().filter(|o| o.completed).count()).unwrap();
    assert_eq!(report.preparation.map_or(0, |p| p.orders), completed);
}

#[test]
fn the_figures_are_what_history_and_open_stays_add_up_to() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(6) });
    let steps = prop::collection::vec(step(), 10..50);
    let run = runner.run(&steps, |steps| {
        runtime.block_on(async {
            let app = TestApp::start().await;
            let other = app.second_store().await;
            app.table_of(&other, 0).await.order(&other.stew()).await;
            let admin = app.admin().await;
            for step in &steps {
                take(&app, &admin, step).await;
            }
            // After so long the first login is over.
            let admin = app.admin().await;
            let known = known(&app, &admin).await;
            for date in known.iter().map(|o| o.date).collect::<BTreeSet<_>>() {
                let report: DayReport = admin.get(&format!("{DAY}?date={date}")).await.json(200);
                check(&report, &known.iter().filter(|o| o.date == date).collect::<Vec<_>>());
            }
        });
        Ok(())
    });
    run.unwrap();
}

#[tokio::test]
async fn today_begins_with_nothing_and_any_day_may_be_asked_for() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let today: DayReport = admin.get(DAY).await.json(200);
    assert_eq!((today.total, today.preparation), (DaySum::default(), None));
    assert!(today.dishes.is_empty() && today.hours.iter().all(|hour| hour.orders == 0));
    let order = app.table(0).await.order(&app.store.stew()).await;
    let report: DayReport = admin.get(DAY).await.json(200);
    assert_eq!(report.date.format("ORD-%Y%m%d-0001").to_string(), order.order_number);
    assert_eq!(report.total, DaySum { sessions: 1, orders: 1, sales: Money(9_000) });
    let yesterday: DayReport =
        admin.get(&format!("{DAY}?date={}", report.date - TimeDelta::days(1))).await.json(200);
    assert_eq!(yesterday.total, DaySum::default());
    assert_eq!(admin.get(&format!("{DAY}?date=tomorrow")).await.code(), ErrorCode::MalformedRequest);
    assert_eq!(admin.get(&format!("{DAY}?date=%2B12026-01-01")).await.field("date"), ErrorCode::OutOfRange);
}

#[tokio::test]
async fn it_says_how_long_orders_took() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    // One after the other, 1 to 10 minutes; one is taken back and takes a minute more.
    for minutes in 1..=10 {
        let order = table.order(&app.store.stew()).await;
        app.advance(TimeDelta::minutes(minutes));
        let _ = admin.set_status(order.id, OrderStatus::Preparing).await.expect(200);
        let _ = admin.set_status(order.id, OrderStatus::Completed).await.expect(200);
        if minutes == 10 {
            let _ =
                admin.post(&format!("/api/admin/orders/{}/recall", order.id), &json!({})).await.expect(200);
            app.advance(TimeDelta::minutes(1));
            let _ = admin.set_status(order.id, OrderStatus::Completed).await.expect(200);
        }
    }
    table.order(&app.store.stew()).await;
    for finished in [false, true] {
        let took = admin.get(DAY).await.json::<DayReport>(200).preparation.unwrap();
        assert_eq!(took.orders, 10);
        assert!((336..342).contains(&took.average_seconds), "{took:?}: 5.6 minutes");
        assert!((540..546).contains(&took.p90_seconds), "{took:?}: nine minutes");
        if !finished {
            let _ = admin.press(&format!("/api/admin/tables/{}/complete", table.table)).await.expect(200);
        }
    }
}

#[tokio::test]
async fn a_spreadsheet_can_read_it_and_takes_nothing_for_a_formula() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    app.change_menu("UPDATE menus SET name = '=HYPERLINK(\"x\"),맵게' WHERE name = 'stew' AND store_id = $1")
        .await;
    table.order(&app.store.stew()).await;
    let answer = admin.get("/api/admin/reports/day.csv").await.expect(200);
    assert_eq!(answer.header("Content-Type"), "text/csv; charset=utf-8");
    let date = admin.get(DAY).await.json::<DayReport>(200).date;
    assert_eq!(answer.header("Content-Disposition"), format!("attachment; filename=\"day-{date}.csv\""));
    let text = answer.text();
    let lines: Vec<_> = text.split("\r\n").collect();
    assert_eq!(lines[0], "\u{feff}구분,항목,방문,주문,수량,매출,평균(초),90%(초)");
    assert_eq!(lines[1], format!("합계,{date},1,1,,9000,,"));
    assert_eq!(lines[lines.len() - 2], "메뉴,\"'=HYPERLINK(\"\"x\"\"),맵게\",,,1,9000,,");
    let english = admin.request(Method::GET, "/api/admin/reports/day.csv").header("Accept-Language", "en");
    assert!(send(english).await.text().starts_with("\u{feff}section,item,"));
}

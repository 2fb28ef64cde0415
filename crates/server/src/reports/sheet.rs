//! A day's figures as a sheet: one row a figure, so that a spreadsheet can filter them.

use shared_types::Lang;
use shared_types::reports::{DayReport, DaySum};

use crate::csv::Sheet;

/// Of the columns, then of the kinds of rows.
struct Words {
    columns: [&'static str; 8],
    total: &'static str,
    finished: &'static str,
    open: &'static str,
    hour: &'static str,
    dish: &'static str,
    preparation: &'static str,
}

const KOREAN: Words = Words {
    columns: ["구분", "항목", "방문", "주문", "수량", "매출", "평균(초)", "90%(초)"],
    total: "합계",
    finished: "이용 완료",
    open: "이용 중",
    hour: "시간대",
    dish: "메뉴",
    preparation: "조리 시간",
};

const ENGLISH: Words = Words {
    columns: ["section", "item", "stays", "orders", "quantity", "sales", "average_seconds", "p90_seconds"],
    total: "total",
    finished: "finished",
    open: "open",
    hour: "hour",
    dish: "dish",
    preparation: "preparation",
};

/// The sheet of a report.
pub(super) fn of(report: &DayReport, language: Lang) -> Sheet {
    let words = if language == Lang::Ko { KOREAN } else { ENGLISH };
    let mut sheet = Sheet::default();
    let (none, date) = (String::new, report.date.to_string());
    sheet.row(words.columns);
    for (word, DaySum { sessions, orders, sales }) in
        [(words.total, report.total), (words.finished, report.finished), (words.open, report.open)]
    {
        let (sessions, orders, sales) = (sessions.to_string(), orders.to_string(), sales.0.to_string());
        sheet.row([word.to_owned(), date.clone(), sessions, orders, none(), sales, none(), none()]);
    }
    if let Some(took) = report.preparation {
        let (average, p90) = (took.average_seconds.to_string(), took.p90_seconds.to_string());
        let orders = took.orders.to_string();
        sheet.row([words.preparation.to_owned(), date, none(), orders, none(), none(), average, p90]);
    }
    for hour in &report.hours {
        let (from, sales) = (hour.starts_at.format("%H:%M").to_string(), hour.sales.0.to_string());
        let orders = hour.orders.to_string();
        sheet.row([words.hour.to_owned(), from, none(), orders, none(), sales, none(), none()]);
    }
    for dish in &report.dishes {
        let (quantity, sales) = (dish.quantity.to_string(), dish.sales.0.to_string());
        let name = dish.menu_name.clone();
        sheet.row([words.dish.to_owned(), name, none(), none(), quantity, sales, none(), none()]);
    }
    sheet
}

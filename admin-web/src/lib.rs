//! The managers' app.
//!
//! | module | what it gives |
//! |---|---|
//! | [`state`] | what the screens show, as plain structs with native tests |
//! | [`auth`] | who is signed in; the login page |
//! | [`board`] | the page of orders: queue, tables, filters, connection |
//! | [`tables`], [`orders`], [`calls`] | a table's card and drawer, an order and its acts, guests' calls |
//! | [`kitchen`], [`menu`] | the kitchen's wall, the menu and its dishes |
//! | [`store`] | settings, accounts, the audit log |
//! | [`today`] | the figures of a business day |
//! | [`sound`] | the bell for new orders |
//! | [`shell`] | the frame around every page: navigation, how current it is, the end of the login |
//! | [`qr`] | QR codes as drawings |
//! | [`route`] | where we are, in the address bar |
//! | [`ui`] | pieces that the screens share |
//! | [`words`] | the texts of `locales/` |

pub mod app;
pub mod auth;
pub mod board;
pub mod calls;
pub mod kitchen;
pub mod menu;
pub mod orders;
pub mod qr;
pub mod route;
pub mod shell;
pub mod sound;
pub mod state;
pub mod store;
pub mod tables;
pub mod today;
pub mod ui;
pub mod words;

use shared_types::Lang;
use web_kit::crash::Words;

/// What the screen says when the program has crashed.
#[must_use]
pub fn crash_words(lang: Lang) -> Words {
    match lang {
        Lang::Ko => Words {
            title: "화면에 문제가 생겼어요",
            body: "주문은 서버에 그대로 있어요. 화면을 다시 열어 주세요.",
            reload: "다시 열기",
        },
        Lang::En | Lang::Ja | Lang::Zh => Words {
            title: "This screen has a problem",
            body: "The orders are safe on the server. Please open the screen again.",
            reload: "Open again",
        },
    }
}

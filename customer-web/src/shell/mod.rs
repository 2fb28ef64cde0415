//! What surrounds the features: the shop page, its header, the sheets above it.

mod attract;
mod banner;
mod bar;
mod bits;
mod look;
mod quick;
mod shop;
mod touch;
mod wide;

pub use banner::OfflineBanner;
pub use bar::{CallButton, ShopBar};
pub use bits::{Empty, Overlays, Price, Sheets};
pub use look::Look;
pub use quick::{Languages, Quick};
pub use shop::ShopPage;
pub use touch::on_touch;
pub use wide::is_wide;

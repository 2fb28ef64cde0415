//! What surrounds the features: the shop page, its header, the sheets above it.

mod banner;
mod bar;
mod bits;
mod language;
mod shop;

pub use banner::OfflineBanner;
pub use bar::{CallButton, ShopBar};
pub use bits::{Empty, Overlays, Price, Sheets};
pub use shop::ShopPage;

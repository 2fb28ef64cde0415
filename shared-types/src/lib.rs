//! The contract between the back end and the two front ends.
//!
//! Every request and response body, every id, every error code and every rule that both sides must obey
//! (cart totals, option rules, the status machine) is defined here once. One module per feature; the same
//! word names the module in `db`, `server`, `web-kit` and both apps. No server dependency may enter.
#![warn(missing_docs)]

pub mod allergens;
pub mod auth;
pub mod calls;
pub mod client_errors;
pub mod errors;
pub mod events;
#[cfg(feature = "openapi")]
pub mod examples;
pub mod health;
pub mod history;
pub mod ids;
pub mod instant;
pub mod media;
pub mod menu;
pub mod menu_bulk;
pub mod menu_edit;
pub mod menu_sheet;
pub mod money;
pub mod order_detail;
pub mod orders;
pub mod reports;
pub mod stores;
pub mod tables;
pub mod text;

pub use allergens::Allergen;
pub use errors::{ApiError, ErrorBody, ErrorCode, Lang};
pub use ids::*;
pub use money::Money;

/// Reads a field that may be absent but not `null`.
pub(crate) fn present<'de, T, D>(value: D) -> Result<Option<T>, D::Error>
where
    T: serde::Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    T::deserialize(value).map(Some)
}

/// Reads a column whose TEXT values are the wire names of an enum.
#[macro_export]
macro_rules! text_enum {
    ($name:ident { $($variant:ident => $text:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as it stands on the wire and in the database.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::errors::UnknownValue;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::errors::UnknownValue(stringify!($name))),
                }
            }
        }
    };
}

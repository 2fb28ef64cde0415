//! Icons: a 24 × 24 grid, strokes of 2, no fills.

use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)+) => {
        /// An icon.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon { $($(#[$doc])* $name,)+ }

        impl Icon {
            fn path(self) -> &'static str {
                match self { $(Self::$name => $path),+ }
            }
        }
    };
}

icons! {
    /// One more.
    Plus = "M12 5v14M5 12h14";
    /// One less.
    Minus = "M5 12h14";
    /// Remove.
    Trash = "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14";
    /// Close.
    Close = "M6 6l12 12M18 6 6 18";
    /// Search.
    Search = "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16.5 16.5 21 21";
    /// Orders, a bill.
    Receipt = "M6 3h12v18l-3-2-3 2-3-2-3 2ZM9.5 8h5M9.5 12h5";
    /// Call staff.
    Bell = "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7ZM10 20.5h4";
    /// Language.
    Globe = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9S9 6 12 3Z";
    /// Larger text.
    Text = "M2 19 8 5l6 14M4 14.5h8M19 8v8M15 12h8";
    /// More contrast.
    Contrast = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 3v18M12 8h7.5M12 12h9M12 16h7.5";
    /// A dish without a picture.
    Bowl = "M3 11h18c0 5-3 8-6 9H9c-3-1-6-4-6-9ZM8 7c0-2 2-2 2-4M13 7c0-2 2-2 2-4";
    /// Back.
    Back = "m14 5-7 7 7 7";
    /// Onward.
    Forward = "m10 5 7 7-7 7";
    /// Open downwards.
    Down = "m6 9 6 6 6-6";
    /// Upwards.
    Up = "m6 15 6-6 6 6";
    /// Done.
    Check = "M4 12.5 9.5 18 20 6.5";
    /// Look here.
    Warning = "M12 4 2.5 20h19ZM12 10v4.5M12 17.2h.01";
    /// No network.
    Offline = "M4 4l16 16M8.5 15.5a5 5 0 0 1 6-.8M5 12a10 10 0 0 1 4-2.5M15 9.5a10 10 0 0 1 4 2.5M12 19.5h.01";
    /// A glass of water.
    Water = "M6 4h12l-1.5 16h-9ZM6.7 11h10.6";
    /// Cutlery.
    Cutlery = "M7 3v7a2 2 0 0 0 4 0V3M9 12v9M17 21v-8M17 13c-2-1-2-8 0-10Z";
    /// A hand: help.
    Hand = "M8 12V6a1.5 1.5 0 0 1 3 0v5V4.5a1.5 1.5 0 0 1 3 0V11V6a1.5 1.5 0 0 1 3 0v8a7 7 0 0 1-7 7c-3 0-4.5-2-6-5l-1.5-3a1.5 1.5 0 0 1 2.5-1.5L8 13";
    /// The board of tables.
    Grid = "M4 4h7v7H4ZM13 4h7v7h-7ZM4 13h7v7H4ZM13 13h7v7h-7Z";
    /// The kitchen.
    Pan = "M3 10a7 6 0 1 0 14 0 7 6 0 0 0-14 0ZM17 10l5-2M7 20h6";
    /// The menu card.
    Book = "M5 3h11a3 3 0 0 1 3 3v15H8a3 3 0 0 1-3-3ZM9 8h6M9 12h4";
    /// History, a clock.
    Clock = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v5l3.5 2";
    /// Figures.
    Chart = "M4 20V10M10 20V4M16 20v-7M21 20H3";
    /// The product's sign.
    Burger = "M4 9c0-3 4-4 8-4s8 1 8 4v1H4ZM4 14c4 2 12 2 16 0M5 15c0 3 3 5 7 5s7-2 7-5";
    /// Sound.
    Sound = "M4 9v6h4l5 4V5L8 9ZM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11";
    /// Sound off.
    Mute = "M4 9v6h4l5 4V5L8 9ZM17 9.5l5 5M22 9.5l-5 5";
    /// Sign out.
    Exit = "M14 4h5v16h-5M4 12h10M10.5 8.5 14 12l-3.5 3.5";
    /// Undo.
    Undo = "M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3";
    /// A picture.
    Picture = "M4 5h16v14H4ZM4 16l5-5 4 4 2-2 5 4M15.5 9.5h.01";
    /// Locked.
    Lock = "M6 11h12v10H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3";
    /// Move to another table.
    Move = "M4 12h16M16 8l4 4-4 4";
    /// Drag by this.
    Grip = "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01";
    /// More.
    More = "M5 12h.01M12 12h.01M19 12h.01";
    /// Again.
    Repeat = "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6";
    /// The whole screen.
    Full = "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5";
    /// Settings, people.
    Person = "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4 21c0-5 4-7 8-7s8 2 8 7";
}

/// Draws an icon. It says nothing to a screen reader: the text or label beside it does.
#[component]
pub fn Svg(
    /// Which one.
    icon: Icon,
) -> impl IntoView {
    // Icons made of dots need a fat pen.
    let class = if matches!(icon, Icon::Grip | Icon::More) { "i fat" } else { "i" };
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
    .into_any()
}

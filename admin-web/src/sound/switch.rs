//! The switch of the bell, whose words are what the browser says.

use leptos::prelude::*;
use web_kit::lean::{attr, memo, on, part, show};
use web_kit::ui::{Icon, Svg};

use super::{Loudness, Speaker};
use crate::ui::Press;
use crate::{say, tr, words};

/// On, off, and a test.
#[component]
pub fn SoundSwitch() -> impl IntoView {
    let speaker = expect_context::<Speaker>();
    let loudness = memo(move || speaker.loudness());
    let class = move || match loudness.get() {
        Loudness::On => "live",
        Loudness::Blocked => "live wait",
        Loudness::Off => "live off",
    };
    let text = words::text(move || match loudness.get() {
        Loudness::On => say!(sound.on),
        Loudness::Blocked => say!(sound.blocked),
        Loudness::Off => say!(sound.off),
    });
    let name = move || match loudness.get() {
        Loudness::On => "on",
        Loudness::Blocked => "blocked",
        Loudness::Off => "off",
    };
    let hint = words::text(move || match loudness.get() {
        Loudness::On => say!(sound.switch_off),
        _ => say!(sound.switch_on),
    });
    let icon = move || {
        let icon = if loudness.get() == Loudness::On { Icon::Sound } else { Icon::Mute };
        view! { <Svg icon /> }
    };
    view! {
        <div class="sound">
            <button
                type="button"
                class=attr(class)
                title=hint
                data-testid="sound"
                data-state=attr(name)
                on:click=on(move |_| speaker.toggle())
            >
                {part(icon)}
                {text}
            </button>
            {show(move || loudness.get() == Loudness::On, move || {
                Press::new("btn quiet sm", tr!(sound.test)).id("sound-test").act(move || speaker.test())
            })}
        </div>
    }
}

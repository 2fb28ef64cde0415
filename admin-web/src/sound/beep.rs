//! Two tones, made in the browser: nothing to download.

use wasm_bindgen::JsValue;
use web_sys::{AudioContext, OscillatorType};

/// Frequency in hertz and start in seconds of each tone.
const TONES: [(f32, f64); 2] = [(880.0, 0.0), (1_174.7, 0.18)];
/// How long each sounds, in seconds.
const LENGTH: f64 = 0.32;

/// Plays the bell.
///
/// # Errors
/// When the browser refuses; there is nothing to do about it.
pub(super) fn beep(context: &AudioContext) -> Result<(), JsValue> {
    for (frequency, start) in TONES {
        let begin = context.current_time() + start;
        let tone = context.create_oscillator()?;
        tone.set_type(OscillatorType::Triangle);
        tone.frequency().set_value(frequency);
        let volume = context.create_gain()?;
        // Up quickly and down slowly, like a bell; a sudden end would click.
        volume.gain().set_value_at_time(0.001, begin)?;
        volume.gain().exponential_ramp_to_value_at_time(0.5, begin + 0.02)?;
        volume.gain().exponential_ramp_to_value_at_time(0.001, begin + LENGTH)?;
        tone.connect_with_audio_node(&volume)?;
        volume.connect_with_audio_node(&context.destination())?;
        tone.start_with_when(begin)?;
        tone.stop_with_when(begin + LENGTH)?;
    }
    Ok(())
}

//! Components: one file each, classes from `styles/`, no words of their own.
//!
//! Native elements do the work (`<dialog>`, `<button>`, `<output>`). Variants are enums. Extra attributes go through
//! with Leptos's `attr:` syntax: `<Button attr:data-testid="call-staff">`.

mod badge;
mod button;
mod confirm;
mod connection;
mod dialog;
mod field;
mod icon;
mod money;
mod skeleton;
mod stepper;
mod toast;

pub use badge::{StatusBadge, status_class};
pub use button::{Button, ButtonSize, ButtonVariant};
pub use confirm::{ConfirmDialog, ConfirmWords};
pub use connection::{Cadence, ConnectionBadge, cadence};
pub use dialog::{Dialog, DialogHead, DialogShape, Dismiss};
pub use field::{Field, FieldKind};
pub use icon::{Icon, Svg};
pub use money::Won;
pub use skeleton::Skeleton;
pub use stepper::{Stepper, StepperWords};
pub use toast::{ToastHost, Toasts, provide_toasts, use_toasts};

//! Which calls are open.

use leptos::prelude::*;
use shared_types::calls::CallKind;
use web_kit::api::{self, Failure};

use crate::root::Root;

/// Which calls are open, as far as this device knows.
#[derive(Clone, Copy)]
pub struct CallStore {
    open: RwSignal<Vec<CallKind>>,
}

impl CallStore {
    /// No open calls.
    pub fn new() -> Self {
        Self { open: RwSignal::new(Vec::new()) }
    }

    /// The calls of this page.
    pub fn expect() -> Self {
        Root::expect().calls
    }

    /// Calls staff.
    pub async fn call(self, kind: CallKind) -> Result<(), Failure> {
        api::calls::call(kind).await?;
        self.opened(kind);
        Ok(())
    }

    /// A call is open.
    pub fn opened(self, kind: CallKind) {
        self.open.try_update(|open| {
            if !open.contains(&kind) {
                open.push(kind);
            }
        });
    }

    /// Staff took a call. False when this device did not know of it.
    pub fn answered(self, kind: CallKind) -> bool {
        let known = self.open.with_untracked(|open| open.contains(&kind));
        self.open.update(|open| open.retain(|other| *other != kind));
        known
    }

    /// Whether a call of this kind is open.
    pub fn is_open(self, kind: CallKind) -> bool {
        self.open.with(|open| open.contains(&kind))
    }

    /// Whether any call is open.
    pub fn any_open(self) -> bool {
        self.open.with(|open| !open.is_empty())
    }

    /// The party has left.
    pub fn forget(self) {
        self.open.set(Vec::new());
    }
}

//! Sending the order.

use leptos::prelude::*;
use shared_types::orders::Order;
use shared_types::{ErrorCode, IdempotencyKey};
use uuid::Uuid;
use web_kit::api::{self, Failure};

use super::CartStore;
use crate::state::intent::{Fate, Intent};

impl CartStore {
    /// Whether the order is on its way.
    pub fn is_sending(self) -> bool {
        self.intent.with(|intent| intent.as_ref().is_some_and(|intent| intent.fate == Fate::Sending))
    }

    /// Whether it is unclear what became of the order.
    pub fn is_unclear(self) -> bool {
        self.intent.with(|intent| intent.as_ref().is_some_and(|intent| intent.fate == Fate::Unclear))
    }

    /// Sends the cart, or once more what was sent before. The cart is emptied when the server has it.
    ///
    /// # Errors
    /// Why there is no order (yet). What the guest may do next is in the cart's state.
    pub async fn place(self) -> Result<Order, Failure> {
        let body = self.checked().with_untracked(|checked| serde_json::to_string(&checked.order()));
        let last = self.intent.get_untracked();
        let intent = Intent::begin(last, body.unwrap_or_default(), || IdempotencyKey(Uuid::now_v7()));
        self.told.set(Vec::new());
        self.keep_intent(Some(intent.clone()));
        let answer = api::orders::place(intent.key, intent.body.clone()).await;
        // The visit may have ended meanwhile: then its wish is gone, and must not come back.
        let current = self.intent.try_get_untracked().flatten().is_some_and(|now| now.key == intent.key);
        match &answer {
            Ok(_) if current => self.forget(),
            Err(failure) if current => self.refused(intent.after(failure), failure).await,
            _ => {}
        }
        answer
    }

    async fn refused(self, intent: Intent, failure: &Failure) {
        self.keep_intent(Some(intent));
        if failure.code() == Some(ErrorCode::CartChanged) {
            let changes = failure.details().changes;
            self.told.set(self.checked().with_untracked(|checked| checked.named_by(&changes)));
            self.menu.refetch().await;
        }
    }
}

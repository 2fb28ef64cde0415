//! Getting the menu: from the server, or else what was kept of it.

use leptos::prelude::*;
use shared_types::menu::MenuBoard;
use shared_types::{MenuId, StoreId};
use web_kit::api::{self, Failure};
use web_kit::{json, storage};

use super::MenuStore;
use crate::state::shelf::Shelf;

impl MenuStore {
    /// Fetches the menu. Answers with the dishes that have just sold out.
    pub async fn refetch(self) -> Vec<MenuId> {
        let answer = api::menu::board().await;
        let read = answer.and_then(|text| match json::from_str(&text) {
            Ok(board) => Ok((text, board)),
            Err(_) => Err(Failure::Malformed),
        });
        match read {
            Ok((text, board)) => self.take(&text, board),
            Err(failure) => {
                self.fall_back(failure);
                Vec::new()
            }
        }
    }

    fn take(self, text: &str, board: MenuBoard) -> Vec<MenuId> {
        self.failure.try_set(None);
        if let Some(store) = self.store.try_get_value().flatten() {
            storage::save_text(&key(store), text);
        }
        let same = |shelf: &Option<Shelf>| shelf.as_ref().is_some_and(|shelf| shelf.board == board);
        if self.shelf.try_with_untracked(same) == Some(true) {
            return Vec::new();
        }
        let sold_out = self.shelf.try_update(|shelf| match shelf {
            Some(shelf) => shelf.update(board),
            None => {
                *shelf = Some(Shelf::new(board));
                Vec::new()
            }
        });
        sold_out.unwrap_or_default()
    }

    fn fall_back(self, failure: Failure) {
        let missing = self.shelf.try_with_untracked(Option::is_none) == Some(true);
        let kept =
            self.store.try_get_value().flatten().and_then(|store| storage::load::<MenuBoard>(&key(store)));
        match kept {
            Some(board) if missing => {
                self.shelf.try_set(Some(Shelf::new(board)));
            }
            None if missing => {
                self.failure.try_set(Some(failure));
            }
            // An older menu is on the screen; the banner says that we are cut off.
            _ => {}
        }
    }
}

fn key(store: StoreId) -> String {
    format!("tableorder.menu.{store}")
}

//! Who is signed in. Lives at the root.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared_types::auth::{AdminLogin, AdminMe, AdminToken, StoreInfo};
use shared_types::{ErrorCode, UserId};
use web_kit::api::{self, Failure};
use web_kit::clock;
use web_kit::lean::{effect, memo};
use web_kit::session::Session;
use web_kit::storage;

use super::problem::is_worth_telling;
use crate::state::age::Patience;

/// How often an unreachable server is asked again at the start.
const RETRY_MS: u32 = 3_000;
/// How often ages, the clock and the end of the login are looked at.
const TICK_MS: u32 = 5_000;

/// Changes when somebody logs out, so that the other tabs hear of it.
const LEFT_KEY: &str = "tableorder.admin.left";

/// Who is signed in, and at which store.
#[derive(Clone, Copy)]
pub struct Auth {
    /// Who is signed in.
    pub session: RwSignal<Session<AdminMe>>,
    /// The store and the manager that this page was last for.
    whose: StoredValue<Option<(String, UserId)>>,
    /// The server could not be asked yet.
    pub unreachable: RwSignal<bool>,
    /// The server's time in milliseconds, moving every few seconds.
    pub now_ms: ReadSignal<i64>,
    /// The store's thresholds.
    pub patience: Memo<Patience>,
    /// The store's currency, ISO 4217.
    pub currency: Memo<String>,
    /// The store's time zone, IANA.
    pub timezone: Memo<String>,
    /// The store's name.
    pub store_name: Memo<String>,
}

impl Auth {
    /// Makes `expect_context::<Auth>()` work below and finds out who is signed in. Call it at the root.
    #[must_use]
    pub fn provide() -> Self {
        let session = RwSignal::new(Session::Restoring);
        let now_ms = clock::ticking(TICK_MS);
        let text = move |pick: fn(&StoreInfo) -> &str| {
            memo(move || {
                session.with(|s: &Session<AdminMe>| {
                    s.user().map(|me| pick(&me.store).to_owned()).unwrap_or_default()
                })
            })
        };
        let auth = Self {
            session,
            whose: StoredValue::new(None),
            unreachable: RwSignal::new(false),
            now_ms,
            patience: memo(move || {
                session.with(|s| s.user().map_or(Patience { warn: 5, late: 10 }, |me| (&me.store).into()))
            }),
            currency: text(|store| &store.currency),
            timezone: text(|store| &store.timezone),
            store_name: text(|store| &store.name),
        };
        provide_context(auth);
        api::on_signed_out(move |reason| auth.end(reason));
        // The login ends by itself, even if nothing asks the server.
        effect(move || {
            let now = now_ms.get();
            let over = session.with(|s| s.user().is_some_and(|me| me.expires_at.timestamp_millis() <= now));
            if over {
                auth.end(ErrorCode::TokenExpired);
            }
        });
        // Another tab has logged out, or somebody else has logged in there: the cookie is shared.
        let storage = window_event_listener_untyped("storage", move |_| auth.look_again());
        on_cleanup(move || storage.remove());
        spawn_local(auth.restore());
        auth
    }

    /// Asks the server until it says who is signed in.
    async fn restore(self) {
        loop {
            match api::admin::auth::me().await {
                Ok(me) => {
                    self.unreachable.set(false);
                    self.enter(me);
                    return;
                }
                // `on_signed_out` has heard of it.
                Err(Failure::Api(_, 401)) => return self.unreachable.set(false),
                Err(_) => self.unreachable.set(true),
            }
            TimeoutFuture::new(RETRY_MS).await;
        }
    }

    /// A login worked.
    pub fn begin(self, token: AdminToken) {
        self.enter(AdminMe { user: token.user, store: token.store, expires_at: token.expires_at });
    }

    /// This is who is signed in. Where it was somebody else before, the page begins anew: nothing of one store or
    /// manager may be there for another.
    fn enter(self, me: AdminMe) {
        let now = (me.store.code.clone(), me.user.id);
        let before = self.whose.try_update_value(|whose| whose.replace(now.clone())).flatten();
        if before.is_some_and(|before| before != now) && window().location().reload().is_ok() {
            return;
        }
        self.session.set(Session::SignedIn(me));
    }

    /// The server no longer knows this login.
    fn end(self, reason: ErrorCode) {
        let (was_in, was_out) = self
            .session
            .with_untracked(|session| (session.user().is_some(), matches!(session, Session::SignedOut(_))));
        if !was_out {
            self.session.set(Session::SignedOut(is_worth_telling(was_in, reason).then_some(reason)));
        }
    }

    /// Asks whether this is still the same login; a 401 ends it.
    pub fn look_again(self) {
        if self.session.with_untracked(|session| session.user().is_none()) {
            return;
        }
        spawn_local(async move {
            if let Ok(me) = api::admin::auth::me().await {
                self.enter(me);
            }
        });
    }

    /// The manager leaves. The screen is left even if the server does not answer; then the cookie ends later.
    pub fn log_out(self) {
        spawn_local(async move {
            // The answer changes nothing for the person who has pressed.
            let _ = api::admin::auth::logout().await;
            storage::save(LEFT_KEY, &clock::now_ms());
            self.session.set(Session::SignedOut(None));
        });
    }

    /// Whether it is known who is signed in.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self.session.with(Session::is_settled)
    }

    /// When the login ends, in milliseconds of the server's time.
    #[must_use]
    pub fn ends_at(self) -> Option<i64> {
        self.session.with(|session| session.user().map(|me| me.expires_at.timestamp_millis()))
    }

    /// The login of the manager who is signed in, with the password typed once more.
    #[must_use]
    pub fn login_again(self, password: String) -> Option<AdminLogin> {
        self.session.with_untracked(|session| {
            let me = session.user()?;
            Some(AdminLogin { store: me.store.code.clone(), username: me.user.username.clone(), password })
        })
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn is_signed_in(self) -> bool {
        self.session.with(|session| session.user().is_some())
    }
}

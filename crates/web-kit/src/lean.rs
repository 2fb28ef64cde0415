//! Closures behind one pointer. The framework's generic machinery is compiled once per closure type, which is most of
//! what a diner downloads; through these it is compiled once per value type.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

/// A memo.
pub fn memo<T>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    fn make<T: PartialEq + Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
        Memo::new(move |_| compute())
    }
    make(Box::new(compute))
}

/// An effect.
pub fn effect(run: impl FnMut() + 'static) {
    fn make(mut run: Box<dyn FnMut()>) {
        Effect::new(move |_: Option<()>| run());
    }
    make(Box::new(run));
}

/// An event handler: `on:click=on(move |_| …)`.
pub fn on<E: 'static>(handle: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(handle)
}

/// Runs a future on the page.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    let future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    spawn_local(future);
}

/// A view that follows what it reads.
pub type Dynamic = Arc<Mutex<dyn FnMut() -> AnyView + Send>>;

/// A view that follows what it reads: `{part(move || …)}`.
pub fn part<V: IntoView + 'static>(mut view: impl FnMut() -> V + Send + 'static) -> Dynamic {
    Arc::new(Mutex::new(move || view().into_any()))
}

/// An attribute that follows what it reads; absent while there is none: `class=attr(move || …)`.
pub fn attr<T: Into<Option<&'static str>>>(value: impl Fn() -> T + Send + Sync + 'static) -> Attribute {
    Box::new(move || value().into())
}

/// An attribute that follows what it reads.
pub type Attribute = Box<dyn Fn() -> Option<&'static str> + Send + Sync>;

/// A view that is there while something holds. It is built anew only when that changes.
pub fn show<V: IntoView + 'static>(
    when: impl Fn() -> bool + Send + Sync + 'static,
    view: impl Fn() -> V + Send + 'static,
) -> Dynamic {
    choose(when, view, || ())
}

/// One of two views.
pub fn choose<V: IntoView + 'static, W: IntoView + 'static>(
    when: impl Fn() -> bool + Send + Sync + 'static,
    view: impl Fn() -> V + Send + 'static,
    otherwise: impl Fn() -> W + Send + 'static,
) -> Dynamic {
    let when = memo(when);
    Arc::new(Mutex::new(move || if when.get() { view().into_any() } else { otherwise().into_any() }))
}

/// One of several views, by a state. It is built anew only when `key` of the state changes.
pub fn switch<S: 'static, V: IntoView + 'static>(
    state: impl Fn() -> S + Send + Sync + 'static,
    key: impl Fn(&S) -> u32 + Send + Sync + 'static,
    view: impl Fn(S) -> V + Send + 'static,
) -> Dynamic {
    let state = Arc::new(state);
    let now = memo({
        let state = Arc::clone(&state);
        move || key(&state())
    });
    Arc::new(Mutex::new(move || {
        // Read, not only tracked: a memo that was never asked does not know what it depends on.
        let _ = now.get();
        view(untrack(|| state())).into_any()
    }))
}

/// A view that is made anew when `key` changes, and by nothing else that it reads.
pub fn anew<K, V>(
    key: impl Fn() -> K + Send + Sync + 'static,
    view: impl Fn() -> V + Send + 'static,
) -> Dynamic
where
    K: PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let key = memo(key);
    Arc::new(Mutex::new(move || {
        // Read, not only tracked: a memo that was never asked does not know what it depends on.
        key.with(|_| ());
        untrack(&view).into_any()
    }))
}

/// What a [`list`] goes by.
pub trait Key: Copy + 'static {
    /// As a number.
    fn number(self) -> u128;
    /// And back.
    fn of(number: u128) -> Self;
}

macro_rules! key {
    ($($id:ty),+) => {$(
        impl Key for $id {
            fn number(self) -> u128 {
                self.0.as_u128()
            }

            fn of(number: u128) -> Self {
                Self(uuid::Uuid::from_u128(number))
            }
        }
    )+};
}

key!(
    shared_types::CategoryId,
    shared_types::MenuId,
    shared_types::OrderId,
    shared_types::TableId,
    shared_types::CallId
);

impl Key for u32 {
    fn number(self) -> u128 {
        self.into()
    }

    #[expect(clippy::cast_possible_truncation, reason = "made from one")]
    fn of(number: u128) -> Self {
        number as Self
    }
}

/// Keys that come a few per frame: what is on the screen first is painted before the rest is made.
pub fn gradually<K: Key>(
    keys: impl Fn() -> Vec<K> + Clone + 'static,
    first: usize,
) -> impl Fn() -> Vec<K> + Clone + 'static {
    let shown = RwSignal::new(first);
    let all = keys.clone();
    effect(move || {
        if shown.get() < all().len() {
            request_animation_frame(move || {
                shown.try_update(|shown| *shown += first);
            });
        }
    });
    move || {
        let mut keys = keys();
        keys.truncate(shown.get());
        keys
    }
}

/// Does something once the frame that is being made has been painted: the tap is answered first.
pub fn after_paint(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    request_animation_frame(move || set_timeout(act, Duration::ZERO));
}

/// A view that follows in the next frame.
pub fn later<V: IntoView + 'static>(view: impl Fn() -> V + Send + 'static) -> Dynamic {
    let ready = RwSignal::new(false);
    after_paint(move || {
        ready.try_set(true);
    });
    show(move || ready.get(), view)
}

/// A view per key, in order. What stays keeps its elements, and with them focus and scroll.
pub fn list<K: Key, V: IntoView + 'static>(
    keys: impl Fn() -> Vec<K> + Send + Sync + 'static,
    view: impl Fn(K) -> V + Send + Sync + 'static,
) -> AnyView {
    type Keys = Box<dyn Fn() -> Vec<u128> + Send + Sync>;
    type View = Arc<dyn Fn(u128) -> AnyView + Send + Sync>;
    fn keyed(keys: Keys, view: View) -> AnyView {
        let keys = memo(keys);
        view! { <For each=move || keys.get() key=|key| *key children=move |key| view(key) /> }.into_any()
    }
    keyed(
        Box::new(move || keys().into_iter().map(K::number).collect()),
        Arc::new(move |key| view(K::of(key)).into_any()),
    )
}

//! Closures behind one pointer. The framework's generic machinery is compiled once per closure type, which is most of
//! what a diner downloads; through these it is compiled once per value type.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

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

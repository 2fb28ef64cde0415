//! Numbers for Prometheus: every name, what it means, and the address that tells them. `docs/observability.md`
//! lists them for whoever watches.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer};
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::app::AppState;

/// Seconds from a request's first byte to its answer, by method, route and status.
pub const REQUEST_SECONDS: &str = "tableorder_http_request_duration_seconds";
/// Orders that were new; one that is sent again does not count.
pub const ORDERS_PLACED: &str = "tableorder_orders_placed_total";
/// Transactions of this instance that wrote events.
pub const EVENTS_WRITTEN: &str = "tableorder_event_transactions_total";
/// Events handed to streams: one event on three screens counts three times.
pub const EVENTS_DELIVERED: &str = "tableorder_events_delivered_total";
/// Seconds from the change to its being ready for this instance's streams.
pub const EVENT_DELAY_SECONDS: &str = "tableorder_event_delay_seconds";
/// Event streams that are open.
pub const EVENT_STREAMS: &str = "tableorder_event_streams";
/// Tables of all stores at which somebody sits, looked up each minute; the same at every instance.
pub const TABLES_OPEN: &str = "tableorder_tables_open";
/// Wrong passwords and unknown names, by kind of account.
pub const LOGIN_FAILURES: &str = "tableorder_login_failures_total";
/// Accounts locked after too many wrong passwords.
pub const LOGIN_LOCKOUTS: &str = "tableorder_login_lockouts_total";
/// Crashes that the apps reported.
pub const CLIENT_ERRORS: &str = "tableorder_client_errors_total";
/// Stores whose menu is in memory.
pub const MENU_SNAPSHOTS: &str = "tableorder_menu_snapshots";
/// Seconds since what is in memory was last compared with the database; about 1 is normal.
pub const SNAPSHOT_AGE_SECONDS: &str = "tableorder_snapshot_age_seconds";
/// Database connections, by state: `used` or `idle`.
pub const DATABASE_CONNECTIONS: &str = "tableorder_database_connections";
/// Database connections that this instance may open.
pub const DATABASE_CONNECTIONS_MAX: &str = "tableorder_database_connections_max";
/// Always 1; the label says which version runs.
pub const BUILD: &str = "tableorder_build_info";

/// Bounds of the buckets, in seconds.
const BUCKETS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Collects from now on; the handle writes everything in Prometheus' text format.
///
/// # Errors
/// Collecting was started before.
pub fn start() -> io::Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
        .map_err(io::Error::other)?
        .install_recorder()
        .map_err(io::Error::other)?;
    describe();
    Ok(handle)
}

fn describe() {
    describe_histogram!(REQUEST_SECONDS, "Time from a request to its answer");
    describe_counter!(ORDERS_PLACED, "New orders");
    describe_counter!(EVENTS_WRITTEN, "Transactions that wrote events");
    describe_counter!(EVENTS_DELIVERED, "Events handed to streams");
    describe_histogram!(EVENT_DELAY_SECONDS, "Time from a change to its event being ready for streams");
    describe_gauge!(EVENT_STREAMS, "Open event streams");
    describe_gauge!(TABLES_OPEN, "Tables at which somebody sits");
    describe_counter!(LOGIN_FAILURES, "Failed logins");
    describe_counter!(LOGIN_LOCKOUTS, "Accounts locked");
    describe_counter!(CLIENT_ERRORS, "Crashes of the apps");
    describe_gauge!(MENU_SNAPSHOTS, "Stores whose menu is in memory");
    describe_gauge!(SNAPSHOT_AGE_SECONDS, "Time since memory was compared with the database");
    describe_gauge!(DATABASE_CONNECTIONS, "Database connections");
    describe_gauge!(DATABASE_CONNECTIONS_MAX, "Database connections at most");
    describe_gauge!(BUILD, "The version that runs");
    // There from the first minute, so that a rate has something to start from.
    for name in [ORDERS_PLACED, EVENTS_WRITTEN, EVENTS_DELIVERED, LOGIN_LOCKOUTS] {
        counter!(name).absolute(0);
    }
    for kind in ["user", "table"] {
        counter!(LOGIN_FAILURES, "kind" => kind).absolute(0);
    }
    for app in ["customer", "admin"] {
        counter!(CLIENT_ERRORS, "app" => app).absolute(0);
    }
    gauge!(EVENT_STREAMS).set(0);
    gauge!(TABLES_OPEN).set(0);
    gauge!(BUILD, "version" => crate::VERSION).set(1);
}

/// Serves `GET /metrics` on its own address.
///
/// # Errors
/// The address is taken.
pub fn serve(
    address: SocketAddr,
    handle: PrometheusHandle,
    state: Arc<AppState>,
) -> io::Result<actix_web::dev::Server> {
    let data = Data::new((handle, state));
    let server =
        HttpServer::new(move || App::new().app_data(data.clone()).route("/metrics", web::get().to(tell)));
    Ok(server.workers(1).disable_signals().bind(address)?.run())
}

async fn tell(data: Data<(PrometheusHandle, Arc<AppState>)>) -> HttpResponse {
    let (handle, state) = data.get_ref();
    sample(state);
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(handle.render())
}

/// What is looked up only when somebody asks.
fn sample(state: &AppState) {
    let (open, idle) = (state.pool.size(), u32::try_from(state.pool.num_idle()).unwrap_or(u32::MAX));
    gauge!(DATABASE_CONNECTIONS, "state" => "idle").set(idle);
    gauge!(DATABASE_CONNECTIONS, "state" => "used").set(open.saturating_sub(idle));
    gauge!(DATABASE_CONNECTIONS_MAX).set(state.pool.options().get_max_connections());
    gauge!(MENU_SNAPSHOTS).set(u32::try_from(state.menus.stores().len()).unwrap_or(u32::MAX));
    gauge!(SNAPSHOT_AGE_SECONDS).set(state.compared.elapsed());
}

//! Crashes of the apps, as they report them themselves: into the log and the metrics, nowhere else.

use actix_web::dev::Payload;
use actix_web::web::{Data, Json};
use actix_web::{FromRequest as _, HttpMessage as _, HttpRequest, HttpResponse};
use shared_types::client_errors::{ClientApp, ClientError, DETAIL_MAX, MESSAGE_MAX};
use shared_types::text;

use crate::app::AppState;
use crate::auth::{AdminCaller, TableCaller};
use crate::error::Result;
use crate::http::edge::Caller;
use crate::metrics::CLIENT_ERRORS;

/// Report a crash of an app
///
/// With or without a login; who is signed in is named in the log. Few a minute from each caller.
#[utoipa::path(post, path = "/api/client-errors", tag = "health", request_body = ClientError, responses(
    (status = 204)))]
pub async fn report(
    state: Data<AppState>,
    request: HttpRequest,
    body: Json<ClientError>,
) -> Result<HttpResponse> {
    let (caller, table) = caller(&request, body.app);
    let address = state.limits.client_address(request.head());
    state.limits.check_report(caller.as_ref().map(|caller| caller.subject), address)?;
    let (store, subject) = caller.map(|c| (c.store.to_string(), c.subject.to_string())).unwrap_or_default();
    // Of a path only what stands before the query: that may hold what is nobody's business.
    let path = body.path.as_deref().and_then(|path| path.split(['?', '#']).next());
    tracing::warn!(
        target: "client",
        {
            client.app = body.app.as_str(),
            client.version = one_line(&body.version, DETAIL_MAX),
            client.message = one_line(&body.message, MESSAGE_MAX),
            client.location = one_line(body.location.as_deref().unwrap_or_default(), DETAIL_MAX),
            client.path = one_line(path.unwrap_or_default(), DETAIL_MAX),
            store,
            table,
            subject,
        },
        "an app has crashed"
    );
    metrics::counter!(CLIENT_ERRORS, "app" => body.app.as_str()).increment(1);
    Ok(HttpResponse::NoContent().finish())
}

/// Whose browser it is, and at which table, as far as a good login came along.
fn caller(request: &HttpRequest, app: ClientApp) -> (Option<Caller>, String) {
    let table = match app {
        ClientApp::Customer => {
            let table = TableCaller::from_request(request, &mut Payload::None).into_inner();
            table.map(|caller| caller.table.to_string()).unwrap_or_default()
        }
        ClientApp::Admin => {
            // Looked at for what it notes with the request.
            drop(AdminCaller::from_request(request, &mut Payload::None).into_inner());
            String::new()
        }
    };
    (request.extensions().get::<Caller>().cloned(), table)
}

/// A beginning of a text that cannot pass for another line of the log, nor hide in this one.
fn one_line(text: &str, max: usize) -> String {
    let shown = |c: char| if text::is_hidden(c) { c.escape_unicode().to_string() } else { c.to_string() };
    text.trim().chars().take(max).map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn a_text_stays_on_its_line() {
        assert_eq!(one_line(" 주문\n{\u{202e}\u{7} ", 9), "주문\\u{a}{\\u{202e}\\u{7}");
        assert_eq!(one_line("abcdef", 3), "abc");
    }
}

//! A browser: it keeps cookies as RFC 6265 says and names its origin on every request.

use actix_web::cookie::Cookie;
use reqwest::{Method, RequestBuilder};
use serde::Serialize;

use crate::client::send;
use crate::{Answer, Client};

/// See the module. One tab's worth: whoever drives it holds it mutably.
#[derive(Debug, Clone)]
pub struct BrowserClient {
    client: Client,
    /// `Origin` of the page; `None` sends none.
    pub origin: Option<String>,
    cookies: Vec<Cookie<'static>>,
}

impl BrowserClient {
    /// A fresh browser on the server's own page.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self { client: Client::new(url), origin: Some(url.to_owned()), cookies: Vec::new() }
    }

    /// The same browser, its page served from somewhere else.
    #[must_use]
    pub fn from_origin(&self, origin: Option<&str>) -> Self {
        Self { origin: origin.map(str::to_owned), ..self.clone() }
    }

    /// The names of the cookies that would go to a path, in order.
    #[must_use]
    pub fn sent_to<'a>(&'a self, path: &'a str) -> Vec<&'a str> {
        let mut names: Vec<_> = self.matching(path).map(Cookie::name).collect();
        names.sort_unstable();
        names
    }

    /// A cookie as it was set.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&Cookie<'static>> {
        self.cookies.iter().find(|cookie| cookie.name() == name)
    }

    /// Puts a cookie back to what it was.
    pub fn restore(&mut self, cookie: Cookie<'static>) {
        self.cookies.retain(|known| known.name() != cookie.name());
        self.cookies.push(cookie);
    }

    /// Reads.
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path);
        self.send(request).await
    }

    /// Posts JSON.
    pub async fn post(&mut self, path: &str, body: &impl Serialize) -> Answer {
        let request = self.request(Method::POST, path).json(body);
        self.send(request).await
    }

    /// A request with this browser's cookies and origin.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.client.request(method, path);
        let cookies: Vec<_> = self.matching(path).map(|c| format!("{}={}", c.name(), c.value())).collect();
        if !cookies.is_empty() {
            request = request.header("Cookie", cookies.join("; "));
        }
        match &self.origin {
            Some(origin) => request.header("Origin", origin),
            None => request,
        }
    }

    /// Sends a request and keeps the cookies that come back.
    pub async fn send(&mut self, request: RequestBuilder) -> Answer {
        let answer = send(request).await;
        for value in answer.headers.get_all("set-cookie") {
            let cookie = Cookie::parse(value.to_str().unwrap().to_owned()).unwrap();
            if cookie.max_age().is_some_and(|age| age.is_zero()) {
                self.cookies.retain(|known| known.name() != cookie.name());
            } else {
                self.restore(cookie);
            }
        }
        answer
    }

    fn matching<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Cookie<'static>> {
        let below = |scope: &str| {
            path.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        };
        self.cookies.iter().filter(move |cookie| below(cookie.path().unwrap_or("/")))
    }
}

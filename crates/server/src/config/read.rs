//! Reads the values of the environment, one kind after the other.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

use super::{AuthConfig, Environment, LimitConfig, LogConfig, LogFormat, MediaLocation};
use crate::http::bounds::Times;

/// Takes one value after the other and notes what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) values: &'a HashMap<String, String>,
    pub(super) faults: Vec<String>,
}

impl Reader<'_> {
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    pub(super) fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    pub(super) fn parsed<T: FromStr>(&mut self, name: &str, expected: &str) -> Option<T> {
        let text = self.text(name)?.to_owned();
        let value = text.parse().ok();
        if value.is_none() {
            self.fault(format!("{name} is \"{text}\", expected {expected}"));
        }
        value
    }

    pub(super) fn bounded(&mut self, name: &str, bounds: std::ops::RangeInclusive<u32>, default: u32) -> u32 {
        let value = self.parsed(name, "a whole number").unwrap_or(default);
        if !bounds.contains(&value) {
            self.fault(format!("{name} is {value}, expected {} to {}", bounds.start(), bounds.end()));
        }
        value
    }

    pub(super) fn environment(&mut self) -> Environment {
        match self.text("TABLEORDER_ENV") {
            None | Some("production") => Environment::Production,
            Some("local") => Environment::Local,
            Some(other) => {
                let fault = format!("TABLEORDER_ENV is \"{other}\", expected local or production");
                self.fault(fault);
                Environment::Production
            }
        }
    }

    pub(super) fn database(&mut self) -> Option<PgConnectOptions> {
        let Some(url) = self.text("DATABASE_URL") else {
            self.fault(
                "DATABASE_URL is missing, e.g. postgres://tableorder:password@localhost:5432/tableorder",
            );
            return None;
        };
        // The parser would take any scheme for PostgreSQL's.
        let ours = ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        let options = url.parse().ok().filter(|_| ours);
        if options.is_none() {
            // Not repeated: it may hold a password.
            self.fault("DATABASE_URL is not a postgres:// URL");
        }
        options
    }

    pub(super) fn auth(&mut self, environment: Environment) -> AuthConfig {
        let secret = match self.text("JWT_SECRET") {
            Some(secret) if secret.len() >= 32 => secret.to_owned(),
            Some(_) => {
                self.fault("JWT_SECRET is shorter than 32 bytes; make one with: openssl rand -hex 32");
                String::new()
            }
            None if environment == Environment::Local => hex::encode(rand::random::<[u8; 32]>()),
            None => {
                self.fault("JWT_SECRET is missing; make one with: openssl rand -hex 32");
                String::new()
            }
        };
        let previous = self.text("JWT_SECRET_PREVIOUS").map(str::to_owned);
        if previous.as_ref().is_some_and(|previous| previous.len() < 32) {
            self.fault("JWT_SECRET_PREVIOUS is shorter than 32 bytes");
        }
        let least = if environment == Environment::Production { 10 } else { 4 };
        AuthConfig {
            secret: secret.into(),
            previous_secret: previous.map(Into::into),
            bcrypt_cost: self.bounded("BCRYPT_COST", least..=15, 12),
        }
    }

    pub(super) fn media(&mut self, environment: Environment) -> MediaLocation {
        let Some(text) = self.text("MEDIA_URL") else {
            return MediaLocation::Directory(PathBuf::from("media"));
        };
        MediaLocation::parse(text, environment, self.values).unwrap_or_else(|faults| {
            self.faults.extend(faults);
            MediaLocation::Directory(PathBuf::new())
        })
    }

    pub(super) fn origins(&mut self) -> Vec<String> {
        let list = self.text("PUBLIC_ORIGINS").unwrap_or_default().to_owned();
        let mut origins = Vec::new();
        for text in
            list.split(',').map(|text| text.trim().trim_end_matches('/')).filter(|text| !text.is_empty())
        {
            // What a browser sends as `Origin`: scheme, host and port, in lower case, and nothing else.
            let origin = url::Url::parse(text).ok().map(|url| url.origin().ascii_serialization());
            if origin.as_deref() == Some(text) {
                origins.push(text.to_owned());
            } else {
                self.fault(format!(
                    "PUBLIC_ORIGINS has \"{text}\", expected origins like https://order.example.com"
                ));
            }
        }
        origins
    }

    pub(super) fn limits(&mut self) -> LimitConfig {
        let rate = |n: u32| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        let list = self.text("TRUSTED_PROXIES").unwrap_or_default().to_owned();
        let mut trusted_proxies = Vec::new();
        for text in list.split(',').map(str::trim).filter(|text| !text.is_empty()) {
            match text.parse() {
                Ok(address) => trusted_proxies.push(address),
                Err(_) => {
                    self.fault(format!("TRUSTED_PROXIES has \"{text}\", expected addresses like 10.0.0.5"))
                }
            }
        }
        LimitConfig {
            caller_per_second: rate(self.bounded("RATE_LIMIT_CALLER", 1..=1_000_000, 20)),
            address_per_second: rate(self.bounded("RATE_LIMIT_ADDRESS", 1..=1_000_000, 1000)),
            reports_per_minute: rate(self.bounded("RATE_LIMIT_REPORTS", 1..=1_000_000, 6)),
            trusted_proxies,
            connections: self.bounded("MAX_CONNECTIONS", 16..=100_000, 4096),
            streams_of_device: 4,
            streams_of_user: 32,
            times: Times::default(),
        }
    }

    pub(super) fn log(&mut self, environment: Environment) -> LogConfig {
        let format = match (self.text("LOG_FORMAT"), environment) {
            (Some("json"), _) | (None, Environment::Production) => LogFormat::Json,
            (Some("text"), _) | (None, Environment::Local) => LogFormat::Text,
            (Some(other), _) => {
                let fault = format!("LOG_FORMAT is \"{other}\", expected json or text");
                self.fault(fault);
                LogFormat::Text
            }
        };
        let level = self.text("LOG_LEVEL").unwrap_or("info").to_owned();
        if level.parse::<tracing_subscriber::EnvFilter>().is_err() {
            self.fault(format!(
                "LOG_LEVEL is \"{level}\", expected error, warn, info, debug or a tracing filter"
            ));
        }
        LogConfig { format, file: self.text("LOG_FILE").map(PathBuf::from), level }
    }
}

//! The configuration: environment only, every value checked at start, all faults shown at once.

mod read;

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;

use secrecy::SecretString;
use sqlx::postgres::PgConnectOptions;

use crate::http::bounds::Times;
use read::Reader;

pub use crate::media::location::MediaLocation;

/// Where the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// A developer's or first-time user's machine: plain HTTP, a throw-away secret is allowed.
    Local,
    /// Guests are served: cookies are `Secure`, a secret is required, the demo seed is refused.
    Production,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For eyes.
    Text,
}

/// Everything that `serve` reads from the environment. `tableorder --help` lists the names.
#[derive(Debug, Clone)]
pub struct Config {
    /// `DATABASE_URL`
    pub database: PgConnectOptions,
    /// `DATABASE_POOL_SIZE`
    pub pool_size: u32,
    /// `LISTEN_ADDR`
    pub listen: SocketAddr,
    /// `METRICS_ADDR`
    pub metrics: Option<SocketAddr>,
    /// `WEB_DIR`
    pub web_dir: Option<PathBuf>,
    /// `MEDIA_URL`
    pub media: MediaLocation,
    /// `TABLEORDER_ENV`
    pub environment: Environment,
    /// Signing keys and password cost.
    pub auth: AuthConfig,
    /// `PUBLIC_ORIGINS`
    pub public_origins: Vec<String>,
    /// Rate limits.
    pub limits: LimitConfig,
    /// Log format and file.
    pub log: LogConfig,
}

/// Signing in.
#[derive(Debug, Clone)]
pub struct AuthConfig {
    /// `JWT_SECRET`: signs and checks tokens; at least 32 bytes.
    pub secret: SecretString,
    /// `JWT_SECRET_PREVIOUS`: still checks tokens, while a secret is being replaced.
    pub previous_secret: Option<SecretString>,
    /// `BCRYPT_COST`: 4 to 15, 12 unless given.
    pub bcrypt_cost: u32,
}

/// Rate limits. Five seconds' worth may come at once.
#[derive(Debug, Clone)]
pub struct LimitConfig {
    /// `RATE_LIMIT_CALLER`: requests a second of one device or user.
    pub caller_per_second: NonZeroU32,
    /// `RATE_LIMIT_ADDRESS`: requests a second of one address, a whole dining room.
    pub address_per_second: NonZeroU32,
    /// `RATE_LIMIT_REPORTS`: reports of crashes a minute of one device, user or, without a login, address.
    pub reports_per_minute: NonZeroU32,
    /// `TRUSTED_PROXIES`: their `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// `MAX_CONNECTIONS`: open at once; more wait to be accepted.
    pub connections: u32,
    /// Event streams that one device may have open.
    pub streams_of_device: usize,
    /// Event streams that one user may have open, on all screens together.
    pub streams_of_user: usize,
    /// How long parts of a request may take.
    pub times: Times,
}

/// Logging.
#[derive(Debug, Clone)]
pub struct LogConfig {
    /// `LOG_FORMAT`
    pub format: LogFormat,
    /// `LOG_FILE`
    pub file: Option<PathBuf>,
    /// `LOG_LEVEL`, in the syntax of `tracing`'s filters.
    pub level: String,
}

/// Every fault of the configuration, one a line.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is not usable:\n{}", .0.iter().map(|f| format!("  - {f}")).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError(pub Vec<String>);

/// The names and meanings, for `--help`.
pub const REFERENCE: &str = "\
Configuration (environment variables):
  DATABASE_URL         postgres://user:password@host:5432/database  (required)
  DATABASE_POOL_SIZE   connections of this instance, 2 to 200 [default: 15]
  JWT_SECRET           signs tokens, at least 32 bytes (required in production; local mode makes one up)
  JWT_SECRET_PREVIOUS  accepted too, while JWT_SECRET is being replaced
  BCRYPT_COST          4 to 15 [default: 12; production: at least 10]
  LISTEN_ADDR          [default: 127.0.0.1:8080]
  METRICS_ADDR         Prometheus metrics on GET /metrics [default: off]
  WEB_DIR              directory with customer/ and admin/ bundles to serve [default: API only]
  MEDIA_URL            where pictures are kept [default: file://<current directory>/media]: file:///path, or
                       s3://bucket/prefix?region=…, with &endpoint=https://… for a server other than S3
  AWS_REGION           the bucket's, unless MEDIA_URL says it
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
                       who asks the bucket; without them the role of the machine, container or web identity does
  PUBLIC_ORIGINS       origins that the apps are opened under, comma-separated, when a proxy changes Host or the
                       API has a host of its own; their pages may call it (CORS)
  RATE_LIMIT_CALLER    requests a second of one device or user [default: 20]
  RATE_LIMIT_ADDRESS   requests a second of one address, a whole dining room [default: 1000]
  RATE_LIMIT_REPORTS   reports of crashed apps a minute of one device, user or address [default: 6]
  MAX_CONNECTIONS      open at once, 16 to 100000; more wait to be accepted [default: 4096]
  TRUSTED_PROXIES      addresses whose X-Forwarded-For is believed, comma-separated
  TABLEORDER_ENV       local or production [default: production]
  LOG_FORMAT           json or text [default: json in production, text in local]
  LOG_FILE             also log to this file, rotated at 10 MB, 5 kept
  LOG_LEVEL            error, warn, info, debug or a tracing filter [default: info]";

impl Config {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// Every fault, at once.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_values(&std::env::vars().collect())
    }

    /// Reads a set of names and values.
    ///
    /// # Errors
    /// Every fault, at once.
    pub fn from_values(values: &HashMap<String, String>) -> Result<Self, ConfigError> {
        let mut read = Reader { values, faults: Vec::new() };
        let environment = read.environment();
        let database = read.database();
        let web_dir: Option<PathBuf> = read.text("WEB_DIR").map(PathBuf::from);
        if let Some(missing) = web_dir
            .iter()
            .flat_map(|d| ["customer", "admin"].map(|app| d.join(app).join("index.html")))
            .find(|p| !p.is_file())
        {
            read.fault(format!("WEB_DIR has no {}", missing.display()));
        }
        let config = Self {
            pool_size: read.bounded("DATABASE_POOL_SIZE", 2..=200, 15),
            listen: read
                .parsed("LISTEN_ADDR", "an address and port like 127.0.0.1:8080")
                .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080))),
            metrics: read.parsed("METRICS_ADDR", "an address and port like 127.0.0.1:9090"),
            web_dir,
            media: read.media(environment),
            environment,
            auth: read.auth(environment),
            public_origins: read.origins(),
            limits: read.limits(),
            log: read.log(environment),
            database: database.clone().unwrap_or_default(),
        };
        if read.faults.is_empty() { Ok(config) } else { Err(ConfigError(read.faults)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::from_values(&pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn shows_every_fault_at_once() {
        let ConfigError(faults) =
            read(&[("TABLEORDER_ENV", "test"), ("LISTEN_ADDR", "nowhere"), ("JWT_SECRET", "short")])
                .unwrap_err();
        for name in ["TABLEORDER_ENV", "LISTEN_ADDR", "JWT_SECRET", "DATABASE_URL"] {
            assert!(faults.iter().any(|fault| fault.contains(name)), "{name} in {faults:?}");
        }
    }

    #[test]
    fn production_needs_a_secret_and_local_does_not() {
        let url = ("DATABASE_URL", "postgres://a:b@localhost/c");
        assert!(read(&[url]).is_err());
        let local = read(&[url, ("TABLEORDER_ENV", "local")]).unwrap();
        assert_eq!((local.environment, local.log.format), (Environment::Local, LogFormat::Text));
    }

    #[test]
    fn origins_are_origins() {
        let given = |list| {
            read(&[
                ("DATABASE_URL", "postgres://a:b@localhost/c"),
                ("TABLEORDER_ENV", "local"),
                ("PUBLIC_ORIGINS", list),
            ])
        };
        let origins = given(" https://a.example/, http://b.example:8080 ,").unwrap().public_origins;
        assert_eq!(origins, ["https://a.example", "http://b.example:8080"]);
        for wrong in
            ["*", "a.example", "https://a.example/app", "null", "HTTPS://A.example", "https://a.example:443"]
        {
            assert!(given(wrong).unwrap_err().to_string().contains("PUBLIC_ORIGINS"), "{wrong}");
        }
    }

    #[test]
    fn never_repeats_the_database_password() {
        let error = read(&[("DATABASE_URL", "mysql://user:hunter22@localhost/x")]).unwrap_err().to_string();
        assert!(error.contains("DATABASE_URL") && !error.contains("hunter22"), "{error}");
    }
}

//! Rate limits. Keyed on who is asking (device or user), never on the address of a dining room: sixty tablets
//! behind one address do not slow each other down. A coarse limit by address stands behind it, for floods.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;

use actix_web::HttpMessage;
use actix_web::dev::{RequestHead, ServiceRequest};
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use shared_types::ErrorCode;
use uuid::Uuid;

use crate::config::LimitConfig;
use crate::error::{AppError, Result};

type Keyed<K> = RateLimiter<K, DefaultKeyedStateStore<K>, DefaultClock, StateInformationMiddleware>;

/// Seconds' worth of requests that may come at once.
const BURST_SECONDS: u32 = 5;

/// Requests that are left to a caller; the edge writes them into `RateLimit-*`.
#[derive(Debug, Clone, Copy)]
pub struct Left {
    /// At once, at most.
    pub limit: u32,
    /// Now.
    pub remaining: u32,
}

/// The limits of this instance.
pub struct Limits {
    callers: Keyed<Uuid>,
    caller_burst: u32,
    reports: Keyed<Uuid>,
    addresses: Keyed<IpAddr>,
    address_burst: u32,
    trusted_proxies: Vec<IpAddr>,
}

impl Limits {
    /// Nobody has asked yet.
    #[must_use]
    pub fn new(config: &LimitConfig) -> Self {
        Self {
            callers: RateLimiter::keyed(quota(config.caller_per_second)).with_middleware(),
            caller_burst: quota(config.caller_per_second).burst_size().get(),
            reports: RateLimiter::keyed(Quota::per_minute(config.reports_per_minute)).with_middleware(),
            addresses: RateLimiter::keyed(quota(config.address_per_second)).with_middleware(),
            address_burst: quota(config.address_per_second).burst_size().get(),
            trusted_proxies: config.trusted_proxies.clone(),
        }
    }

    /// Counts a request of a device or user.
    ///
    /// # Errors
    /// `too_many_requests` with the seconds to wait.
    pub fn check_caller(&self, caller: Uuid) -> Result<Left> {
        match self.callers.check_key(&caller) {
            Ok(state) => Ok(Left {
                limit: state.quota().burst_size().get(),
                remaining: state.remaining_burst_capacity(),
            }),
            Err(wait) => Err(too_many(wait.wait_time_from(DefaultClock::default().now()))),
        }
    }

    /// Counts a report of a crash: by who is signed in, else by the address.
    ///
    /// # Errors
    /// `too_many_requests` with the seconds to wait.
    pub fn check_report(&self, caller: Option<Uuid>, address: Option<IpAddr>) -> Result<()> {
        let of_address = || match address.map(counted) {
            Some(IpAddr::V4(v4)) => v4.to_ipv6_mapped().to_bits(),
            Some(IpAddr::V6(v6)) => v6.to_bits(),
            None => 0,
        };
        self.reports
            .check_key(&caller.unwrap_or_else(|| Uuid::from_u128(of_address())))
            .map(drop)
            .map_err(|wait| too_many(wait.wait_time_from(DefaultClock::default().now())))
    }

    /// What a caller has left who is refused.
    #[must_use]
    pub fn nothing_left(&self) -> Left {
        Left { limit: self.caller_burst, remaining: 0 }
    }

    /// Counts a request of an address.
    ///
    /// # Errors
    /// `too_many_requests` with the seconds to wait.
    pub fn check_address(&self, address: IpAddr) -> Result<()> {
        self.addresses
            .check_key(&counted(address))
            .map(drop)
            .map_err(|wait| too_many(wait.wait_time_from(DefaultClock::default().now())))
    }

    /// The client's address. `X-Forwarded-For` counts only as far as trusted proxies wrote it.
    #[must_use]
    pub fn client_address(&self, head: &RequestHead) -> Option<IpAddr> {
        let peer = head.peer_addr?.ip();
        if !self.trusted_proxies.contains(&peer) {
            return Some(peer);
        }
        let forwarded = head
            .headers()
            .get_all("X-Forwarded-For")
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.split(','));
        let hops: Vec<Option<IpAddr>> = forwarded.map(|hop| address_of(hop.trim())).collect();
        // Read from the end that the trusted proxies wrote. What cannot be read ends the trust: whatever stands
        // before it may be the client's own invention.
        let hop = hops.into_iter().rev().find(|hop| hop.is_none_or(|ip| !self.trusted_proxies.contains(&ip)));
        Some(hop.flatten().unwrap_or(peer))
    }

    /// Forgets callers that have been quiet long enough to have their whole burst again.
    pub fn tidy(&self) {
        self.callers.retain_recent();
        self.reports.retain_recent();
        self.addresses.retain_recent();
    }
}

/// Counts a request by its address, before anything else is done for it.
///
/// # Errors
/// `too_many_requests`
pub fn check(limits: &Limits, request: &ServiceRequest) -> Result<()> {
    let Some(address) = limits.client_address(request.head()) else { return Ok(()) };
    limits.check_address(address).inspect_err(|_| {
        note(request.request(), Left { limit: limits.address_burst, remaining: 0 });
    })
}

/// Notes what is left for the answer's headers.
pub fn note(request: &actix_web::HttpRequest, left: Left) {
    request.extensions_mut().insert(left);
}

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`
fn address_of(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// What a limit by address counts: of IPv6 the network, because each client has a whole one to choose from.
fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
        v4 => v4,
    }
}

fn quota(per_second: NonZeroU32) -> Quota {
    Quota::per_second(per_second)
        .allow_burst(per_second.saturating_mul(NonZeroU32::MIN.saturating_add(BURST_SECONDS - 1)))
}

fn too_many(wait: std::time::Duration) -> AppError {
    let seconds = i64::try_from(wait.as_secs()).unwrap_or(i64::MAX).saturating_add(1);
    AppError::new(ErrorCode::TooManyRequests).with(|d| d.retry_after_seconds = Some(seconds))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn limits(per_second: u32) -> Limits {
        let rate = NonZeroU32::new(per_second).unwrap();
        Limits::new(&LimitConfig {
            caller_per_second: rate,
            address_per_second: rate,
            reports_per_minute: rate,
            trusted_proxies: vec!["10.0.0.1".parse().unwrap()],
            connections: 16,
            streams_of_device: 1,
            streams_of_user: 1,
            times: crate::http::bounds::Times::default(),
        })
    }

    #[test]
    fn one_caller_does_not_slow_another() {
        let limits = limits(1);
        let (greedy, calm) = (Uuid::from_u128(1), Uuid::from_u128(2));
        for _ in 0..BURST_SECONDS {
            limits.check_caller(greedy).unwrap();
        }
        let refused = limits.check_caller(greedy).unwrap_err();
        assert_eq!(
            (refused.code, refused.details.retry_after_seconds),
            (ErrorCode::TooManyRequests, Some(1))
        );
        assert_eq!(limits.check_caller(calm).unwrap().remaining, BURST_SECONDS - 1);
    }

    #[test]
    fn believes_only_trusted_proxies() {
        let limits = limits(1);
        let from = |peer: &str, forwarded: &str| {
            let request = TestRequest::default()
                .peer_addr(format!("{peer}:1").parse().unwrap())
                .insert_header(("X-Forwarded-For", forwarded))
                .to_http_request();
            limits.client_address(request.head()).unwrap().to_string()
        };
        assert_eq!(from("203.0.113.9", "198.51.100.7"), "203.0.113.9");
        assert_eq!(from("10.0.0.1", "198.51.100.7"), "198.51.100.7");
        assert_eq!(from("10.0.0.1", "192.0.2.66, 198.51.100.7, 10.0.0.1"), "198.51.100.7");
        assert_eq!(from("10.0.0.1", "192.0.2.66, 198.51.100.7:4711"), "198.51.100.7");
        assert_eq!(from("10.0.0.1", "192.0.2.66, [2001:db8::7]:80"), "2001:db8::7");
        assert_eq!(from("10.0.0.1", "192.0.2.66, unknown"), "10.0.0.1");
    }

    #[test]
    fn counts_an_ipv6_network_as_one() {
        let limits = limits(1);
        for n in 0..BURST_SECONDS {
            limits.check_address(format!("2001:db8::{n:x}").parse().unwrap()).unwrap();
        }
        assert!(limits.check_address("2001:db8::ffff".parse().unwrap()).is_err());
        limits.check_address("2001:db8:0:1::1".parse().unwrap()).unwrap();
        limits.check_address("192.0.2.1".parse().unwrap()).unwrap();
    }
}

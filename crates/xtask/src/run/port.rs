//! Whether the port is free, asked before anything is built.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};

use anyhow::{Result, bail};

/// The address to serve on.
#[must_use]
pub fn address(port: u16, lan: bool) -> SocketAddr {
    let ip = if lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    SocketAddr::from((ip, port))
}

/// Fails when somebody else listens there.
///
/// # Errors
/// What is wrong with the port, and what to do.
pub fn check(port: u16, lan: bool) -> Result<()> {
    // Browsers try the IPv6 loopback first: somebody there would answer in our place.
    let everywhere = [address(port, lan), SocketAddr::from((Ipv6Addr::LOCALHOST, port))];
    for address in everywhere {
        match TcpListener::bind(address).map_err(|error| error.kind()) {
            Err(ErrorKind::AddrInUse) => {
                bail!(
                    "port {port} is in use: stop what runs there, or choose another, for example --port {}",
                    other(port)
                );
            }
            Err(ErrorKind::PermissionDenied) => {
                bail!("port {port} is reserved for root: choose one from 1024 on, for example --port 8080");
            }
            _ => {}
        }
    }
    Ok(())
}

fn other(port: u16) -> u16 {
    port.checked_add(1).unwrap_or(8080)
}

/// This machine's address on the local network. Nothing is sent: the system only says which of its
/// addresses it would send from.
#[must_use]
pub fn lan_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket
        .local_addr()
        .ok()
        .map(|address| address.ip())
        .filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_told_with_the_remedy() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(check(port, false).unwrap_err().to_string().contains("--port"));
        assert!(check(port, true).is_err());
        drop(taken);
        check(port, false).unwrap();
    }
}

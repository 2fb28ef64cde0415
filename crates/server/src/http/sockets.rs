//! What is set on every connection.

use std::any::Any;
use std::time::Duration;

use actix_web::rt::net::TcpStream;
use socket2::SockRef;

/// Ends a connection whose other side takes nothing of what is sent for so long: a tablet that left the network
/// without a good-bye, or a client that never reads. Without it such a connection would stay for a quarter of
/// an hour and more. Linux only; elsewhere the system's own limits hold.
pub fn end_when_stalled(socket: &dyn Any, after: Duration) {
    let Some(stream) = socket.downcast_ref::<TcpStream>() else { return };
    #[cfg(target_os = "linux")]
    if let Err(error) = SockRef::from(stream).set_tcp_user_timeout(Some(after)) {
        tracing::warn!(error.cause = %error, "a connection has no time limit for sending");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (SockRef::from(stream), after);
}

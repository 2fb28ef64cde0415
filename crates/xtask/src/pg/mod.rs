//! PostgreSQL: its programs, a private cluster, and just enough of its protocol to create a database.

pub mod binaries;
pub mod cluster;
mod embedded;
pub mod orphan;
pub mod place;
pub mod scratch;
pub mod wire;

pub use binaries::Binaries;
pub use cluster::Cluster;
pub use place::Owner;

//! The two engines behind one door: reading in snapshots, durable writing in groups, the log of use
//! and change, migrations, jobs.
//!
//! See `README.md` of this room for how it works and why.

mod actors;
pub mod backup;
mod call;
mod config;
pub mod drafts;
mod engine;
mod error;
mod heads;
pub mod jobs;
mod keeper;
mod key;
mod ledger;
mod migrate;
mod opening;
pub mod pulse;
mod queue;
mod reader;
pub mod search;
pub mod settings;
mod snapshot;
mod store;
mod subject_seal;
pub mod trail;
mod tx;
mod value;
pub mod verify;
mod walk;
mod writer;

pub use access::log::{Actor, LogEntry};
pub use actors::{ActorFilter, ActorLog};
pub use config::{Engine, StoreConfig};
pub use engine::Dialect;
pub use error::StoreError;
pub use key::LogKey;
pub use migrate::{MIGRATIONS, Migration, Step};
pub use snapshot::Snapshot;
pub use store::Store;
pub use trail::{Recorded, SubjectFilter};
pub use tx::{Ask, Hand, Log, Logged, Query, ReadTx, Receipt, Show, ShowTx, WriteTx};
pub use value::{FromValue, Row, Value, places};

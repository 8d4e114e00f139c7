//! What tests of several rooms share: stores on both engines with a clock that stands still, and a
//! throwaway PostgreSQL that is started once and shared by all test processes.
//!
//! A test that needs PostgreSQL fails when it is missing, and says which package has it: an engine
//! that was not tested must not look tested.

mod cluster;
mod folder;
pub mod powercut;
pub mod schema;
mod server;
mod stores;
mod tamper;

pub use cluster::{Cluster, cluster};
pub use folder::Folder;
pub use server::{Server, host_of, url_of};
pub use stores::{
    EngineName, TestStore, copy_files, for_each_engine, postgres_store, sqlite_copy, sqlite_store,
    start_of_time, store_on, stores,
};
pub use tamper::run_sqlite;

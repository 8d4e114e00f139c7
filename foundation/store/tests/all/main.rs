//! The store on both engines.

mod groups;
mod jobs;
mod killed;
mod migrations;
mod opening;
mod schema;
mod small;
mod support;
mod tamper;
mod trail;

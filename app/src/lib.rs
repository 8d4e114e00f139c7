//! The only place that knows every feature: configuration, houses, commands.

pub mod accounts;
pub mod age;
pub mod backup;
pub mod cli;
pub mod commands;
pub mod config;
pub mod demo;
pub mod directory;
pub mod error;
pub mod features;
pub mod first_report;
pub mod grown;
pub mod health;
pub mod house;
pub mod import;
pub mod jobs;
pub mod making;
pub mod metrics;
pub mod notify;
pub mod places;
pub mod quiet;
pub mod serve;
pub mod server;
pub mod statistics;
pub mod token;
pub mod verify;

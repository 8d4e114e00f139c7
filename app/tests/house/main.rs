//! The whole house: invariants over random histories, kills, tampering, routes and their rights.

mod actors;
mod attacks;
mod client;
mod commands;
mod county;
mod first_catch;
mod first_pages;
mod furnish;
mod hidden;
mod ids;
mod inside;
mod kill;
mod lists;
mod log_words;
mod matrix;
mod own_logs;
mod papers;
mod program;
mod roles;
mod routes;
mod script;
mod statements;
mod sweep;
mod tamper;
mod town;
mod whole_story;

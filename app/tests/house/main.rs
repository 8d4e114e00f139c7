//! The whole house: invariants over random histories, kills, tampering, routes and their rights.

mod client;
mod commands;
mod first_catch;
mod inside;
mod kill;
mod log_words;
mod program;
mod roles;
mod routes;
mod statements;
mod tamper;
mod town;
mod whole_story;

//! The interface as a program meets it, over a store of each engine.

mod clients;
mod contacts;
mod description;
mod house;
mod matters;
mod tokens;

pub use house::{Answered, TestHouse};

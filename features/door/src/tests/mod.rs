//! The door as a browser and a program meet it, over a store in an SQLite file.

mod api;
mod form;
mod house;
mod nobody;
mod pages;
mod state;

pub use house::{Browser, TestHouse};

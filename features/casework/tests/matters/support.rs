//! Two units with their people, some clients, and a browser that speaks to the house.

pub use sample::*;

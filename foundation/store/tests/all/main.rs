//! The store on both engines.

mod groups;
mod support;

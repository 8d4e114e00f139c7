//! One door, first catch: contacts, who answers for them, hand-over and endings.

pub mod domain;
pub mod store;

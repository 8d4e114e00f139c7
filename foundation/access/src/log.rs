//! The use log.

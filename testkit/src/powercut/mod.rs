//! A disk whose power can be cut: an SQLite file system in memory that keeps apart what was written
//! and what was forced to the disk.
//!
//! A cut gives a second disk with everything that was forced and, of what was only written, an
//! accidental half of the sectors, as a real disk would: late writes may be there while early ones are
//! not. What a program acknowledged before the cut must be on the second disk.
//!
//! The same disk can be full, read-only, stuck, or forget what it could not force.

mod device;
mod disk;
mod vfs;

pub use device::{Moment, PowerDisk};
pub use disk::Left;

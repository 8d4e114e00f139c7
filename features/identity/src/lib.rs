//! Who works in the county: units, staff, duty lists, absences and sessions.

pub mod people;

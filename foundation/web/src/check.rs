//! What a feature knows to check about its own rows: for `noste verify`, and for what a backup leaves out.

use std::collections::HashSet;

use kernel::id::hyphenated;
use store::{Query, Snapshot, Store, StoreError};

use crate::Secrets;

/// One county's data at one moment, as a check sees it.
pub struct Examined<'a> {
    /// The moment.
    pub snapshot: &'a mut Snapshot,
    /// The county's code.
    pub county: &'a str,
    /// The keys of the house; without them seals cannot be looked at, and the check says so in its words.
    pub secrets: Option<&'a Secrets>,
    /// Digests of contents that the log holds.
    pub logged: &'a HashSet<[u8; 32]>,
    /// Whether some content of the log was destroyed at the end of its retention: a digest that is not there proves nothing.
    pub log_has_gaps: bool,
    /// Told how many things were looked at so far.
    pub progress: &'a mut dyn FnMut(u64),
    faults: Vec<String>,
}

impl<'a> Examined<'a> {
    /// Begins with a moment and what the log told.
    pub fn new(
        snapshot: &'a mut Snapshot,
        county: &'a str,
        secrets: Option<&'a Secrets>,
        (logged, log_has_gaps): (&'a HashSet<[u8; 32]>, bool),
        progress: &'a mut dyn FnMut(u64),
    ) -> Self {
        Self {
            snapshot,
            county,
            secrets,
            logged,
            log_has_gaps,
            progress,
            faults: Vec::new(),
        }
    }

    /// Something does not hold. Names rows by their ids, never by what stands in them.
    pub fn fault(&mut self, what: impl Into<String>) {
        self.faults.push(what.into());
    }

    /// One fault for each id that a statement gives; `{}` in the words is the id.
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn fault_each(&mut self, sql: &str, words: &str) -> Result<(), StoreError> {
        for row in self.snapshot.query(sql, &[])? {
            let id = hyphenated(row.get(0)?);
            self.fault(words.replace("{}", &id));
        }
        Ok(())
    }

    /// What did not hold, in the order it was found.
    pub fn into_faults(self) -> Vec<String> {
        self.faults
    }
}

/// Looks at everything of one kind and says in a few words what it looked at.
pub type Examine = fn(&mut Examined<'_>) -> Result<String, StoreError>;
/// Makes anew what is made of other rows, and tells how much is done.
pub type Remake = fn(&Store, &mut dyn FnMut(u64)) -> Result<u64, StoreError>;

/// A check of one feature.
#[derive(Clone, Copy)]
pub struct Check {
    /// What is looked at, for the line that tells of it: `documents`.
    pub name: &'static str,
    pub examine: Examine,
    /// For what a backup leaves out because it is made of other rows.
    pub remake: Option<Remake>,
}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Check({})", self.name)
    }
}

impl Check {
    /// A check of rows that a backup carries.
    pub const fn new(name: &'static str, examine: Examine) -> Self {
        Self {
            name,
            examine,
            remake: None,
        }
    }
}

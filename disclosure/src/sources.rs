//! Few writers behind a number: observations are not people, but their number can tell who wrote them.

use serde::{Deserialize, Serialize};

/// What stands behind one theme in one area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    /// Observations.
    pub observations: u64,
    /// Different people who wrote them.
    pub reporters: u64,
    /// Different units they wrote from.
    pub units: u64,
}

/// How many it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRule {
    /// Reporters at least.
    pub reporters: u64,
    /// Units at least.
    pub units: u64,
}

impl Default for SourceRule {
    /// Three reporters of two units.
    fn default() -> SourceRule {
        SourceRule {
            reporters: 3,
            units: 2,
        }
    }
}

impl SourceRule {
    /// Whether the number of observations may be shown; that there are none may always be.
    pub fn allows(self, sources: Sources) -> bool {
        sources.observations == 0
            || (sources.reporters >= self.reporters && sources.units >= self.units)
    }

    /// The first of the levels, given from the finest area to the county, that may be shown.
    pub fn level(self, levels: &[Sources]) -> Option<usize> {
        levels.iter().position(|sources| self.allows(*sources))
    }
}

//! What was asked of each route, where it opened and where it was refused, and what came otherwise than expected.

use std::collections::{BTreeMap, BTreeSet};

use crate::inside::Got;

#[derive(Default)]
pub struct Tally {
    pub asked: usize,
    /// What opened for somebody, and what was refused to somebody.
    opened: BTreeSet<String>,
    refused: BTreeSet<String>,
    wrong: BTreeMap<String, Vec<String>>,
}

/// How an answer is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    In,
    Back,
    /// Nobody of the role has such a page at all: that is no refusal of the thing.
    NoDoor,
}

/// How many wrong answers of a route are told of.
const TOLD: usize = 40;

impl Tally {
    /// Counts an answer. What breaks is never right.
    pub fn count(&mut self, asked: String, got: &Got, came: Came) {
        assert!(
            got.status.as_u16() < 500,
            "{asked}: {} {}",
            got.status,
            got.body
        );
        self.asked += 1;
        match came {
            Came::In => self.opened.insert(asked),
            Came::Back => self.refused.insert(asked),
            Came::NoDoor => false,
        };
    }

    /// Something of a route is otherwise than expected.
    pub fn amiss(&mut self, route: String, told: String) {
        self.wrong.entry(route).or_default().push(told);
    }

    /// Adds what was seen elsewhere.
    pub fn add(&mut self, other: Self) {
        self.asked += other.asked;
        self.opened.extend(other.opened);
        self.refused.extend(other.refused);
        for (route, told) in other.wrong {
            self.wrong.entry(route).or_default().extend(told);
        }
    }

    /// What is amiss, in words; nothing when all is well.
    pub fn told(&self) -> String {
        let lines: Vec<String> = self
            .wrong
            .iter()
            .map(|(route, all)| {
                let some = all[..all.len().min(TOLD)].join("\n    ");
                format!("{route}: {} such\n    {some}", all.len())
            })
            .collect();
        lines.join("\n")
    }

    /// Those that opened for nobody.
    pub fn never_opened(&self, all: &BTreeSet<String>) -> Vec<String> {
        all.difference(&self.opened).cloned().collect()
    }

    /// Those that were refused to nobody.
    pub fn never_refused(&self, all: &BTreeSet<String>) -> Vec<String> {
        all.difference(&self.refused).cloned().collect()
    }
}

//! Who asks.

use std::collections::BTreeSet;

/// A person (or the public, or a job) as the table sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Work tasks and roles in force, as in column `task_or_role`. Every employee has `staff`.
    pub tasks: BTreeSet<String>,
    /// Qualification codes in force: `sw+office`, `sw`, `sc+office`, `sc`, `hp`, `other`.
    pub qualifications: BTreeSet<String>,
    /// False for the public and for jobs.
    pub employed: bool,
}

impl Subject {
    /// An employee with tasks and qualifications; `staff` is added.
    pub fn employee<'a>(
        tasks: impl IntoIterator<Item = &'a str>,
        qualifications: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut tasks: BTreeSet<String> = tasks.into_iter().map(str::to_owned).collect();
        tasks.insert("staff".to_owned());
        Self {
            tasks,
            qualifications: qualifications.into_iter().map(str::to_owned).collect(),
            employed: true,
        }
    }

    /// Somebody outside the house: the sender of a contact, or a job.
    pub fn outside(role: &str) -> Self {
        Self {
            tasks: BTreeSet::from([role.to_owned()]),
            qualifications: BTreeSet::new(),
            employed: false,
        }
    }

    /// Whether the subject meets one code of column `qualification`.
    ///
    /// A social worker or counsellor in public office is also a social worker or counsellor: `sw`
    /// asks for the licence, `sw+office` for the office besides it.
    pub fn qualifies(&self, code: &str) -> bool {
        let has = |code: &str| self.qualifications.contains(code);
        match code {
            "none" => !self.employed,
            "any" => self.employed,
            "prof" => ["sw+office", "sw", "sc+office", "sc"].into_iter().any(has),
            "office" => self.qualifications.iter().any(|q| q.ends_with("+office")),
            "sw" => has("sw") || has("sw+office"),
            "sc" => has("sc") || has("sc+office"),
            other => has(other),
        }
    }
}

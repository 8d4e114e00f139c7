//! The rights table and its decision.
//!
//! A right follows the work task and the service given, only for necessary data, and only over a
//! relation that can be proved (asiakastietolaki 703/2023 9 §). Denial is the default: a right
//! exists only when a row of `data/rights.csv` in force gives it, and the answer names the row.
//! Rows whose id begins with `N-` are the product's own, under the ceiling of decree 457/2024;
//! the others carry the id they have in the domain's own table.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use kernel::time::Date;

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

    fn qualifies(&self, code: &str) -> bool {
        match code {
            "none" => !self.employed,
            "any" => self.employed,
            "prof" => ["sw+office", "sw", "sc+office", "sc"]
                .iter()
                .any(|q| self.qualifications.contains(*q)),
            "office" => self.qualifications.iter().any(|q| q.ends_with("+office")),
            other => self.qualifications.contains(other),
        }
    }
}

/// What is asked: may `subject` do `action` to an object of `class` over these relations.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub subject: &'a Subject,
    /// Column `object_class`, for example `contact`.
    pub class: &'a str,
    /// Column `action`, for example `read`.
    pub action: &'a str,
    /// Relations that hold now between the subject and the object; `none` always holds.
    pub relations: &'a [&'a str],
    /// The day whose rows are asked.
    pub on: Date,
}

/// A permission row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: String,
    pub tasks: Vec<String>,
    pub qualifications: Vec<String>,
    pub service_task: String,
    pub classes: Vec<String>,
    pub actions: Vec<String>,
    pub relation: String,
    pub scope: String,
    /// Conditions and view filters; the feature that asks applies them.
    pub conditions: Vec<String>,
    pub basis: String,
    /// Purpose of use (käyttötarkoitus) that goes to the use log, 703/2023 10 §.
    pub purpose: String,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

impl Row {
    fn in_force(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|end| on <= end)
    }

    fn answers(&self, question: &Question<'_>) -> bool {
        self.in_force(question.on)
            && self
                .tasks
                .iter()
                .any(|task| question.subject.tasks.contains(task))
            && self
                .qualifications
                .iter()
                .any(|code| question.subject.qualifies(code))
            && self.classes.iter().any(|class| class == question.class)
            && self.actions.iter().any(|action| action == question.action)
            && (self.relation == "none" || question.relations.contains(&self.relation.as_str()))
    }
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision<'t> {
    /// Allowed by this row, the one with the fewest conditions when several allow.
    Allow(&'t Row),
    /// No row gives the right.
    Deny,
}

impl<'t> Decision<'t> {
    /// The row that allowed, `None` when denied.
    pub const fn row(self) -> Option<&'t Row> {
        match self {
            Self::Allow(row) => Some(row),
            Self::Deny => None,
        }
    }

    pub const fn allowed(self) -> bool {
        matches!(self, Self::Allow(_))
    }
}

/// The whole table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightsTable(Vec<Row>);

/// A table that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error("the rights table is not readable: {0}")]
    Csv(#[from] csv::Error),
    #[error("row {row}: {what}")]
    Row { row: String, what: &'static str },
}

impl RightsTable {
    /// The table that comes with the product.
    pub fn built_in() -> &'static Self {
        static TABLE: OnceLock<RightsTable> = OnceLock::new();
        TABLE.get_or_init(|| {
            Self::parse(include_str!("../data/rights.csv"))
                .expect("a test reads the built-in table")
        })
    }

    /// Reads a table in the columns of `data/rights.csv`.
    ///
    /// # Errors
    /// When a row misses a column, names no day, or its id is used twice.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let mut rows: Vec<Row> = Vec::new();
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            let record = record?;
            let field = |index: usize| record.get(index).unwrap_or_default();
            let fail = |what| TableError::Row {
                row: field(0).to_owned(),
                what,
            };
            let row = Row {
                id: field(0).to_owned(),
                tasks: split(field(1), '|'),
                qualifications: split(field(2), '|'),
                service_task: field(3).to_owned(),
                classes: split(field(4), '|'),
                actions: split(field(5), '|'),
                relation: field(6).to_owned(),
                scope: field(7).to_owned(),
                conditions: split(field(8), ';'),
                basis: field(9).to_owned(),
                purpose: field(10).to_owned(),
                valid_from: field(11)
                    .parse()
                    .map_err(|_| fail("valid_from is not a day"))?,
                valid_to: match field(12) {
                    "" => None,
                    day => Some(day.parse().map_err(|_| fail("valid_to is not a day"))?),
                },
            };
            if row.tasks.is_empty()
                || row.actions.is_empty()
                || row.classes.is_empty()
                || row.basis.is_empty()
            {
                return Err(fail("task, class, action or basis is empty"));
            }
            if rows.iter().any(|other| other.id == row.id) {
                return Err(fail("the id is used twice"));
            }
            rows.push(row);
        }
        Ok(Self(rows))
    }

    /// Every row, in the order of the file.
    pub fn rows(&self) -> &[Row] {
        &self.0
    }

    /// True when some row could give the action on the class to the subject over some relation: for
    /// showing a way in the navigation, never for opening an object.
    pub fn may_ever(&self, subject: &Subject, class: &str, action: &str, on: Date) -> bool {
        self.0.iter().any(|row| {
            let relations = [row.relation.as_str()];
            row.answers(&Question {
                subject,
                class,
                action,
                relations: &relations,
                on,
            })
        })
    }

    /// The decision: pure, and denial when no row answers.
    pub fn decide(&self, question: &Question<'_>) -> Decision<'_> {
        self.0
            .iter()
            .filter(|row| row.answers(question))
            .min_by_key(|row| (row.conditions.len(), row.relation == "none"))
            .map_or(Decision::Deny, Decision::Allow)
    }
}

fn split(text: &str, separator: char) -> Vec<String> {
    text.split(separator)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::time::Date;

    const TODAY: Date = Date::constant(2026, 3, 12);

    fn ask(subject: &Subject, class: &str, action: &str, relations: &[&str]) -> Option<String> {
        RightsTable::built_in()
            .decide(&Question {
                subject,
                class,
                action,
                relations,
                on: TODAY,
            })
            .row()
            .map(|row| row.id.clone())
    }

    #[test]
    fn the_built_in_table_reads() {
        assert!(RightsTable::built_in().rows().len() > 40);
    }

    /// Worked cases: who may do what to a contact. Each answer names its row.
    #[test]
    fn worked_cases() {
        let front = Subject::employee(["front_door"], ["sc"]);
        let on_duty = Subject::employee(["front_door", "duty_holder"], ["sc"]);
        let worker = Subject::employee(["broad_responsibility"], ["sw+office"]);
        let centre = Subject::employee(["centre_health"], ["hp"]);
        let lead = Subject::employee(["lead"], ["sw+office"]);
        let expired = Subject::employee(["broad_responsibility"], ["other"]);
        let sender = Subject::outside("sender");
        /// Subject, class, action, relations, and the row that answers.
        type Case<'a> = (
            &'a Subject,
            &'a str,
            &'a str,
            &'a [&'a str],
            Option<&'a str>,
        );
        let cases: [Case<'_>; 23] = [
            (&front, "contact", "list", &[], Some("N-01")),
            (&front, "contact", "read", &[], None),
            (&front, "contact", "read", &["unit_queue"], Some("N-02")),
            (
                &front,
                "contact",
                "read",
                &["contact_holder"],
                Some("FD-09"),
            ),
            (
                &front,
                "contact",
                "hand_over",
                &["contact_holder"],
                Some("FD-10"),
            ),
            (&front, "contact", "take_over", &["unit_lead"], None),
            (&front, "message", "read", &["unit_queue"], Some("N-27")),
            (&worker, "message", "read", &["unit_queue"], Some("N-28")),
            (&centre, "message", "read", &["unit_queue"], None),
            (&on_duty, "contact", "finish", &["unit_duty"], Some("N-03")),
            (&worker, "contact", "take", &["unit_queue"], Some("N-05")),
            (&worker, "contact", "finish", &[], None),
            (
                &worker,
                "offer",
                "approve",
                &["offer_receiver"],
                Some("BR-02"),
            ),
            (&worker, "offer", "approve", &[], None),
            (&centre, "contact", "create", &[], Some("CH-07")),
            (&centre, "contact", "read", &["unit_queue"], None),
            (
                &centre,
                "contact",
                "read",
                &["contact_holder"],
                Some("N-08"),
            ),
            (&centre, "offer", "approve", &["offer_receiver"], None),
            (&lead, "contact", "take_over", &["unit_lead"], Some("N-10")),
            (&lead, "contact", "finish", &["unit_lead"], None),
            (&expired, "contact", "read", &["contact_holder"], None),
            (&sender, "contact", "create", &[], Some("N-13")),
            (&sender, "contact", "read", &["contact_holder"], None),
        ];
        for (subject, class, action, relations, answer) in cases {
            assert_eq!(
                ask(subject, class, action, relations).as_deref(),
                answer,
                "{:?} {class} {action} {relations:?}",
                subject.tasks
            );
        }
    }

    #[test]
    fn nobody_without_a_row() {
        let nobody = Subject::employee([], ["other"]);
        for row in RightsTable::built_in().rows() {
            for class in &row.classes {
                for action in &row.actions {
                    let answer = ask(
                        &nobody,
                        class,
                        action,
                        &["contact_holder", "unit_lead", "unit_duty"],
                    );
                    let by_staff = answer.as_deref().is_none_or(|id| id.starts_with("ST-"));
                    assert!(by_staff, "{class} {action} opened by {answer:?}");
                }
            }
        }
    }

    #[test]
    fn a_row_out_of_force_gives_nothing() {
        let front = Subject::employee(["front_door"], ["sc"]);
        let before = Date::constant(2024, 9, 30);
        let question = Question {
            subject: &front,
            class: "contact",
            action: "create",
            relations: &[],
            on: before,
        };
        assert_eq!(RightsTable::built_in().decide(&question), Decision::Deny);
    }

    #[test]
    fn bad_tables_are_refused() {
        let head = include_str!("../data/rights.csv").lines().next().unwrap();
        for bad in [
            "X-1,staff,any,na,contact,read,none,county,,design,P01,soon,",
            "X-1,staff,any,na,,read,none,county,,design,P01,2024-10-01,",
            "X-1,staff,any,na,contact,read,none,county,,design,P01,2024-10-01,\nX-1,staff,any,na,contact,read,none,county,,design,P01,2024-10-01,",
        ] {
            assert!(
                RightsTable::parse(&format!("{head}\n{bad}\n")).is_err(),
                "{bad}"
            );
        }
    }
}

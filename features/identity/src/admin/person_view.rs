//! One employee's facts in the words of the page.

use kernel::time::{Date, Timestamp, day};
use web::{Choice, Texts, Visit};

use super::staff_list::unit_name;
use crate::facts::approval::{CLIENT_TASKS, OTHER_TASKS};
use crate::facts::{self, RightKind};
use crate::people::{Staff, StaffId, Unit};

/// Service tasks that a work task may be for.
pub const SERVICE_TASKS: [&str; 7] = [
    "working_age",
    "families",
    "older",
    "disability",
    "substance",
    "all",
    "na",
];

/// What the page is made of, read in a fixed number of statements.
pub struct Facts {
    pub person: Staff,
    /// The number at work; empty when there is none.
    pub number: String,
    pub everybody: Vec<Staff>,
    pub units: Vec<Unit>,
    pub employments: Vec<facts::EmploymentLine>,
    pub tasks: Vec<facts::TaskLine>,
    pub rights: Vec<facts::RightLine>,
    pub absences: Vec<facts::Absence>,
    pub substitutions: Vec<facts::SubstitutionLine>,
    pub held: Vec<super::Held>,
    pub posts: Vec<super::Held>,
    pub asked: Vec<crate::facts::requests::Waiting>,
    /// Units that the employee leads or is to lead.
    pub leads: usize,
    /// The employee leads the unit where she works.
    pub leads_own_unit: bool,
    pub has_code: bool,
    pub account: Option<crate::accounts::Overview>,
    pub declared: usize,
    pub subject: Option<access::rights::Subject>,
}

/// A row with a state.
pub struct Line {
    pub what: String,
    pub about: String,
    pub when: String,
    pub state: String,
    pub color: &'static str,
}

/// A task with what can be done about it.
pub struct TaskLine {
    pub id: i64,
    pub line: Line,
    /// It can be ended.
    pub open: bool,
}

/// A request that waits for the second person.
pub struct Request {
    pub id: i64,
    pub what: String,
    pub about: String,
    /// The reader may decide it; otherwise who may is said.
    pub mine: bool,
}

impl Facts {
    /// The name of an employee.
    pub fn name(&self, id: StaffId) -> String {
        self.everybody
            .iter()
            .find(|one| one.id == id)
            .map_or_else(String::new, |one| one.name.clone())
    }

    /// Colleagues in service, this one left out.
    pub fn colleagues(&self, today: Date, t: &Texts) -> Vec<Choice> {
        self.everybody
            .iter()
            .filter(|one| one.id != self.person.id && one.began_on <= today)
            .filter(|one| one.ended_on.is_none_or(|last| last >= today))
            .map(|one| {
                let title = t.get(&format!("title-{}", one.title));
                Choice::new(one.id.to_string(), format!("{}, {title}", one.name))
            })
            .collect()
    }

    pub fn employment_lines(&self, visit: &Visit, t: &Texts, now: Timestamp) -> Vec<Line> {
        self.employments
            .iter()
            .map(|one| {
                let (state, color) = match one.ends_at {
                    Some(end) if end <= now => ("admin-fact-ended", "neutral"),
                    _ if one.begins_on > day(now) => ("admin-fact-coming", "info"),
                    _ => ("admin-fact-in-force", "success"),
                };
                let until = one.ends_at.map_or_else(String::new, |end| ending(t, end));
                Line {
                    what: t.get(&format!("employment-kind-{}", one.kind.code())),
                    about: unit_name(&self.units, one.unit, visit),
                    when: format!("{}–{until}", t.full_day(one.begins_on)),
                    state: t.get(state),
                    color,
                }
            })
            .collect()
    }

    pub fn task_lines(&self, visit: &Visit, t: &Texts, today: Date) -> Vec<TaskLine> {
        self.tasks
            .iter()
            .filter(|one| one.approved)
            .map(|one| {
                let over = one.ends_on.is_some_and(|last| last < today);
                let (state, color) = match (over, one.begins_on > today) {
                    (true, _) => ("admin-fact-ended", "neutral"),
                    (_, true) => ("admin-fact-coming", "info"),
                    _ => ("admin-fact-in-force", "success"),
                };
                TaskLine {
                    id: one.id,
                    open: !over,
                    line: Line {
                        what: t.get(&format!("task-name-{}", one.task)),
                        about: self.approved_words(one, visit, t),
                        when: span(t, one.begins_on, one.ends_on),
                        state: t.get(state),
                        color,
                    },
                }
            })
            .collect()
    }

    fn approved_words(&self, one: &facts::TaskLine, visit: &Visit, t: &Texts) -> String {
        let mut words = vec![t.get(&format!("admin-service-{}", one.service_task))];
        if let Some(unit) = one.unit {
            words.push(unit_name(&self.units, unit, visit));
        }
        if let (Some(asked), Some(approved)) = (one.requested_by, one.approved_by) {
            let (asked, approved) = (self.name(asked), self.name(approved));
            words.push(t.with(
                "admin-task-by",
                &[("asked", asked.into()), ("approved", approved.into())],
            ));
        }
        words.retain(|word| !word.is_empty());
        words.join(", ")
    }

    /// Requests, with whether the reader may decide each.
    pub fn requests(
        &self,
        t: &Texts,
        may: impl Fn(&facts::TaskLine, StaffId) -> bool,
    ) -> Vec<Request> {
        self.tasks
            .iter()
            .filter(|one| !one.approved && !one.refused)
            .filter_map(|one| {
                let by = one.requested_by?;
                Some(Request {
                    id: one.id,
                    what: t.get(&format!("task-name-{}", one.task)),
                    about: t.with(
                        "admin-request-about",
                        &[
                            ("who", self.name(by).into()),
                            ("when", span(t, one.begins_on, one.ends_on).into()),
                        ],
                    ),
                    mine: may(one, by),
                })
            })
            .collect()
    }

    pub fn right_lines(&self, t: &Texts, now: Timestamp) -> Vec<Line> {
        let today = day(now);
        self.rights
            .iter()
            .map(|one| {
                let over = one.valid_until.is_some_and(|last| last < today);
                let (state, color) = match (over, one.drops_code, one.restriction.is_empty()) {
                    (true, ..) => ("right-expired", "danger"),
                    (_, true, _) => ("right-dropped", "danger"),
                    (_, _, false) => ("right-restricted", "warning"),
                    _ if one.temporary => ("right-temporary", "warning"),
                    _ => ("admin-fact-in-force", "success"),
                };
                Line {
                    what: t.get(&format!("right-kind-{}", one.kind.code())),
                    about: self.right_words(one, t, now),
                    when: span(t, one.valid_from, one.valid_until),
                    state: t.get(state),
                    color,
                }
            })
            .collect()
    }

    fn right_words(&self, one: &facts::RightLine, t: &Texts, now: Timestamp) -> String {
        let checked = match (one.from_register, one.checked_at) {
            (true, Some(at)) => t.with("right-checked", &[("when", t.when(at, now).into())]),
            _ => t.get("right-entered"),
        };
        [
            one.register_number.clone().unwrap_or_default(),
            one.restriction.clone(),
            checked,
        ]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
    }

    pub fn absence_lines(&self, t: &Texts) -> Vec<String> {
        let away = self.absences.iter().map(|one| {
            t.with(
                "admin-away",
                &[("when", span(t, one.begins_on, Some(one.ends_on)).into())],
            )
        });
        let stands = self.substitutions.iter().map(|one| {
            let when = span(t, one.begins_on, Some(one.ends_on));
            let (key, who) = if one.absent == self.person.id {
                ("admin-substitute-is", one.substitute)
            } else {
                ("admin-substitute-for", one.absent)
            };
            t.with(
                key,
                &[("who", self.name(who).into()), ("when", when.into())],
            )
        });
        away.chain(stands).collect()
    }

    /// What the facts give today, in a sentence.
    pub fn today(&self, t: &Texts) -> String {
        let Some(subject) = &self.subject else {
            return t.get("admin-today-nothing");
        };
        let codes: Vec<String> = subject
            .qualifications
            .iter()
            .map(|code| t.get(&format!("qualification-{}", code.replace('+', "-"))))
            .collect();
        t.with("admin-today", &[("codes", codes.join(", ").into())])
    }
}

/// Tasks as options, those with clients first.
pub fn task_choices(t: &Texts) -> Vec<Choice> {
    CLIENT_TASKS
        .iter()
        .chain(&OTHER_TASKS)
        .map(|code| Choice::new(*code, t.get(&format!("task-name-{code}"))))
        .collect()
}

/// Service tasks as options.
pub fn service_choices(t: &Texts) -> Vec<Choice> {
    SERVICE_TASKS
        .iter()
        .map(|code| Choice::new(*code, t.get(&format!("admin-service-{code}"))))
        .collect()
}

/// Professions as options.
pub fn right_choices(t: &Texts) -> Vec<Choice> {
    RightKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), t.get(&format!("right-kind-{}", kind.code()))))
        .collect()
}

/// Days from and until, with an open end.
pub fn span(t: &Texts, from: Date, until: Option<Date>) -> String {
    let until = until.map_or_else(String::new, |last| t.full_day(last));
    format!("{}–{until}", t.full_day(from))
}

/// The end of an employment: the day, and the minute when it is not the day's last.
fn ending(t: &Texts, end: Timestamp) -> String {
    let last = day(end - kernel::time::SignedDuration::from_millis(1));
    if last == day(end) {
        format!("{} {}", t.full_day(last), t.clock(end))
    } else {
        t.full_day(last)
    }
}

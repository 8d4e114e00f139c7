//! Facts with periods that rights rest on, and the subject that they make on a day.
//!
//! A right follows the work task and the service given (asiakastietolaki 703/2023 9 §); a qualification
//! follows a professional right in force (ammattihenkilölaki 817/2015), and public power an employment in
//! public office. None of them is a setting: each began on a day, and ends.

pub mod approval;
pub mod declare;
mod list;
pub mod record;
pub mod register;
pub mod requests;

pub use list::{
    Absence, DeputyLine, EmploymentLine, Posts, RightLine, SubstitutionLine, TaskLine, absences,
    deputies, employments, posts, rights, substitutions, tasks,
};

use std::collections::BTreeSet;

use access::rights::Subject;
use kernel::time::{Date, Timestamp, day, from_millis};
use store::{Query, Row, StoreError, WriteTx, params};

use crate::notices::{self, Kind};
use crate::people::{StaffId, unreadable};

kernel::coded! {
    /// On what ground somebody works for the county.
    EmploymentKind {
        /// Virkasuhde: may use public power (hyvinvointialuelaki 611/2021 92 §).
        PublicOffice = "public_office",
        /// Työsuhde.
        Contract = "contract",
        /// Hired from a company (vuokratyö).
        Hired = "hired",
        /// A student's placement (harjoittelu).
        Placement = "placement",
    }
}

kernel::coded! {
    /// A right to practise a profession, or to use its protected title.
    RightKind {
        SocialWorker = "social_worker",
        SocialCounsellor = "social_counsellor",
        Geronomi = "geronomi",
        RehabilitationInstructor = "rehabilitation_instructor",
        ProtectedTitle = "protected_title",
        HealthProfessional = "health_professional",
    }
}

impl RightKind {
    /// The qualification code that the right gives, before the employment is asked (rights of the domain,
    /// section 1). A protected title alone gives none.
    pub const fn qualification(self) -> Option<&'static str> {
        match self {
            Self::SocialWorker => Some("sw"),
            Self::SocialCounsellor | Self::Geronomi | Self::RehabilitationInstructor => Some("sc"),
            Self::HealthProfessional => Some("hp"),
            Self::ProtectedTitle => None,
        }
    }
}

/// One fact about an employee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// `ends_at` is the first moment that is no longer worked.
    Employment {
        kind: EmploymentKind,
        begins_on: Date,
        ends_at: Option<Timestamp>,
    },
    /// An approved work task, or a deputy's task as a lead.
    Task {
        task: String,
        begins_on: Date,
        ends_on: Option<Date>,
    },
    /// `drops`: a restriction takes the qualification away. `temporary`: act 817/2015 12 §.
    Right {
        kind: RightKind,
        valid_from: Date,
        valid_until: Option<Date>,
        drops: bool,
        temporary: bool,
    },
}

/// All facts of an employee.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing(pub Vec<Fact>);

fn holds(from: Date, until: Option<Date>, on: Date) -> bool {
    from <= on && until.is_none_or(|last| on <= last)
}

impl Standing {
    /// The subject that the facts make at a moment; `None` when no employment is in force (bar B05).
    pub fn subject(&self, at: Timestamp) -> Option<Subject> {
        let on = day(at);
        let kinds = self.employments(at);
        if kinds.is_empty() {
            return None;
        }
        let tasks = self.0.iter().filter_map(|fact| match fact {
            Fact::Task {
                task,
                begins_on,
                ends_on,
            } if holds(*begins_on, *ends_on, on) => Some(task.as_str()),
            _ => None,
        });
        let qualifications = self.qualifications(on, kinds.contains(&EmploymentKind::PublicOffice));
        Some(Subject::employee(
            tasks,
            qualifications.iter().map(String::as_str),
        ))
    }

    /// Kinds of employment in force at a moment.
    pub fn employments(&self, at: Timestamp) -> BTreeSet<EmploymentKind> {
        let on = day(at);
        self.0
            .iter()
            .filter_map(|fact| match fact {
                Fact::Employment {
                    kind,
                    begins_on,
                    ends_at,
                } if *begins_on <= on && ends_at.is_none_or(|end| at < end) => Some(*kind),
                _ => None,
            })
            .collect()
    }

    /// Qualification codes in force. An expired right, or one whose restriction says so, gives nothing:
    /// what is left is `other` (bar B04).
    fn qualifications(&self, on: Date, office: bool) -> BTreeSet<String> {
        let mut codes: BTreeSet<String> = BTreeSet::new();
        for (kind, _) in self.rights(on) {
            let Some(code) = kind.qualification() else {
                continue;
            };
            codes.insert(code.to_owned());
            if office && kind != RightKind::HealthProfessional {
                codes.insert(format!("{code}+office"));
            }
        }
        if codes.is_empty() {
            codes.insert("other".to_owned());
        }
        codes
    }

    /// Professional rights that count on a day, and whether each is temporary.
    fn rights(&self, on: Date) -> impl Iterator<Item = (RightKind, bool)> {
        self.0.iter().filter_map(move |fact| match fact {
            Fact::Right {
                kind,
                valid_from,
                valid_until,
                drops: false,
                temporary,
            } if holds(*valid_from, *valid_until, on) => Some((*kind, *temporary)),
            _ => None,
        })
    }

    /// Works as a social worker only by a temporary right (817/2015 12 §): under a licensed social worker's
    /// lead, whose approval assessments and notes need.
    pub fn is_temporary(&self, on: Date) -> bool {
        let mut social: Vec<bool> = Vec::new();
        social.extend(
            self.rights(on)
                .filter(|(kind, _)| *kind == RightKind::SocialWorker)
                .map(|(_, temporary)| temporary),
        );
        !social.is_empty() && social.iter().all(|temporary| *temporary)
    }
}

/// All facts of an employee that may count: refused and unapproved ones are left out.
///
/// # Errors
/// When the engine fails.
pub fn standing(query: &mut impl Query, staff: StaffId) -> Result<Standing, StoreError> {
    query
        .query(
            "select 'employment', kind, begins_on, cast(null as text), ends_at, 0, 0 from employment where staff_id = $1 union all select 'task', task, begins_on, ends_on, cast(null as bigint), 0, 0 from work_task where staff_id = $1 and approved_at is not null union all select 'task', 'lead', begins_on, ends_on, cast(null as bigint), 0, 0 from deputy_lead where staff_id = $1 and approved_at is not null union all select 'right', kind, valid_from, valid_until, cast(null as bigint), drops_code, temporary from professional_right where staff_id = $1 and replaced_at is null",
            &params![staff.bytes()],
        )?
        .iter()
        .map(fact)
        .collect::<Result<Vec<_>, _>>()
        .map(Standing)
}

fn fact(row: &Row) -> Result<Fact, StoreError> {
    let code: String = row.get(1)?;
    let (from, until): (Date, Option<Date>) = (row.get(2)?, row.get(3)?);
    match row.get::<String>(0)?.as_str() {
        "employment" => Ok(Fact::Employment {
            kind: EmploymentKind::from_code(&code).ok_or_else(unreadable)?,
            begins_on: from,
            ends_at: row.get::<Option<i64>>(4)?.map(from_millis),
        }),
        "task" => Ok(Fact::Task {
            task: code,
            begins_on: from,
            ends_on: until,
        }),
        _ => Ok(Fact::Right {
            kind: RightKind::from_code(&code).ok_or_else(unreadable)?,
            valid_from: from,
            valid_until: until,
            drops: row.get(5)?,
            temporary: row.get(6)?,
        }),
    }
}

/// The subject of an employee at a moment; `None` when no employment is in force.
///
/// # Errors
/// When the engine fails.
pub fn subject(
    query: &mut impl Query,
    staff: StaffId,
    at: Timestamp,
) -> Result<Option<Subject>, StoreError> {
    Ok(standing(query, staff)?.subject(at))
}

/// Writes what the facts give at a moment to the columns that lists read.
///
/// # Errors
/// When the engine fails.
pub fn project(tx: &mut WriteTx<'_>, staff: StaffId, at: Timestamp) -> Result<(), StoreError> {
    let Some(subject) = subject(tx, staff, at)? else {
        return Ok(());
    };
    let tasks: Vec<&str> = subject
        .tasks
        .iter()
        .map(String::as_str)
        .filter(|task| *task != "staff")
        .collect();
    let qualifications: Vec<&str> = subject.qualifications.iter().map(String::as_str).collect();
    tx.execute(
        "update staff set tasks = $2, qualifications = $3 where id = $1 and (tasks <> $2 or qualifications <> $3)",
        &params![staff.bytes(), tasks.join(" "), qualifications.join(" ")],
    )?;
    Ok(())
}

/// Brings the columns of everybody in service up to date: facts begin and end by the calendar alone. Who has lost a
/// qualification by it is told, and so is her lead.
///
/// # Errors
/// When the engine fails.
pub fn project_all(tx: &mut WriteTx<'_>, at: Timestamp) -> Result<(), StoreError> {
    for staff in crate::people::list_staff(tx, day(at))? {
        project(tx, staff.id, at)?;
        let before = Subject::employee([], staff.qualifications.iter().map(String::as_str));
        let after = subject(tx, staff.id, at)?;
        if after.is_some_and(|after| register::has_lost(&before, &after)) {
            notices::tell_all(tx, Kind::RightLost, staff.id, None, at)?;
        }
    }
    Ok(())
}

/// Whose work the employee does on a day as a named substitute.
///
/// # Errors
/// When the engine fails.
pub fn substitutes_for(
    query: &mut impl Query,
    staff: StaffId,
    on: Date,
) -> Result<Vec<StaffId>, StoreError> {
    query
        .query(
            "select absent_id from substitution where substitute_id = $1 and begins_on <= $2 and ends_on >= $2 order by absent_id",
            &params![staff.bytes(), on.to_string()],
        )?
        .iter()
        .map(|row| Ok(StaffId::from_bytes(row.get(0)?)))
        .collect()
}

/// Units that the employee leads on a day, as their lead or as a deputy.
///
/// # Errors
/// When the engine fails.
pub fn units_led(
    query: &mut impl Query,
    staff: StaffId,
    on: Date,
) -> Result<Vec<crate::people::UnitId>, StoreError> {
    query
        .query(
            "select distinct unit_id from unit_leader where staff_id = $1 and begins_on <= $2 and ends_on >= $2 order by unit_id",
            &params![staff.bytes(), on.to_string()],
        )?
        .iter()
        .map(|row| Ok(crate::people::UnitId::from_bytes(row.get(0)?)))
        .collect()
}

#[cfg(test)]
mod tests;

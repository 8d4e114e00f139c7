//! Facts of one employee for the pages of administration, newest first.

use kernel::time::{Date, Timestamp, from_millis};
use store::{Query, StoreError, params};

use super::{EmploymentKind, RightKind};
use crate::people::{StaffId, UnitId, unreadable};

/// An employment with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmploymentLine {
    pub kind: EmploymentKind,
    pub unit: UnitId,
    pub begins_on: Date,
    pub ends_at: Option<Timestamp>,
}

/// A work task: asked for, in force, refused or ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLine {
    pub id: i64,
    pub task: String,
    pub service_task: String,
    pub unit: Option<UnitId>,
    pub begins_on: Date,
    pub ends_on: Option<Date>,
    pub requested_by: Option<StaffId>,
    pub by_admin: bool,
    pub approved: bool,
    pub approved_by: Option<StaffId>,
    pub refused: bool,
}

/// A professional right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightLine {
    pub kind: RightKind,
    pub register_number: Option<String>,
    pub valid_from: Date,
    pub valid_until: Option<Date>,
    pub restriction: String,
    pub drops_code: bool,
    pub temporary: bool,
    pub from_register: bool,
    pub checked_at: Option<Timestamp>,
}

/// An absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    pub begins_on: Date,
    pub ends_on: Date,
}

/// Somebody who does the work of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubstitutionLine {
    pub absent: StaffId,
    pub substitute: StaffId,
    pub begins_on: Date,
    pub ends_on: Date,
}

/// A deputy of a unit's lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeputyLine {
    pub id: i64,
    pub unit: UnitId,
    pub staff: StaffId,
    pub begins_on: Date,
    pub ends_on: Date,
    pub requested_by: StaffId,
    pub approved: bool,
    pub refused: bool,
}

/// Employments.
///
/// # Errors
/// When the engine fails.
pub fn employments(
    query: &mut impl Query,
    staff: StaffId,
) -> Result<Vec<EmploymentLine>, StoreError> {
    query
        .query(
            "select kind, unit_id, begins_on, ends_at from employment where staff_id = $1 order by begins_on desc, id desc",
            &params![staff.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(EmploymentLine {
                kind: EmploymentKind::from_code(&row.get::<String>(0)?).ok_or_else(unreadable)?,
                unit: UnitId::from_bytes(row.get(1)?),
                begins_on: row.get(2)?,
                ends_at: row.get::<Option<i64>>(3)?.map(from_millis),
            })
        })
        .collect()
}

/// Work tasks of one employee, or with `None` the requests of everybody that wait for a decision.
///
/// # Errors
/// When the engine fails.
pub fn tasks(
    query: &mut impl Query,
    staff: Option<StaffId>,
) -> Result<Vec<(StaffId, TaskLine)>, StoreError> {
    let columns = "select id, task, service_task, unit_id, begins_on, ends_on, requested_by, by_admin, case when approved_at is null then 0 else 1 end, approved_by, case when refused_at is null then 0 else 1 end, staff_id from work_task";
    let rows = match staff {
        Some(staff) => query.query(
            &format!("{columns} where staff_id = $1 order by begins_on desc, task, id desc"),
            &params![staff.bytes()],
        )?,
        None => query.query(
            &format!("{columns} where approved_at is null and refused_at is null order by requested_at, id"),
            &[],
        )?,
    };
    rows.iter()
        .map(|row| {
            let line = TaskLine {
                id: row.get(0)?,
                task: row.get(1)?,
                service_task: row.get(2)?,
                unit: row.get::<Option<[u8; 16]>>(3)?.map(UnitId::from_bytes),
                begins_on: row.get(4)?,
                ends_on: row.get(5)?,
                requested_by: row.get::<Option<[u8; 16]>>(6)?.map(StaffId::from_bytes),
                by_admin: row.get(7)?,
                approved: row.get(8)?,
                approved_by: row.get::<Option<[u8; 16]>>(9)?.map(StaffId::from_bytes),
                refused: row.get(10)?,
            };
            Ok((StaffId::from_bytes(row.get(11)?), line))
        })
        .collect()
}

/// Professional rights.
///
/// # Errors
/// When the engine fails.
pub fn rights(query: &mut impl Query, staff: StaffId) -> Result<Vec<RightLine>, StoreError> {
    query
        .query(
            "select kind, register_number, valid_from, valid_until, restriction, drops_code, temporary, case when source = 'register' then 1 else 0 end, checked_at from professional_right where staff_id = $1 and replaced_at is null order by valid_from desc, id desc",
            &params![staff.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(RightLine {
                kind: RightKind::from_code(&row.get::<String>(0)?).ok_or_else(unreadable)?,
                register_number: row.get(1)?,
                valid_from: row.get(2)?,
                valid_until: row.get(3)?,
                restriction: row.get(4)?,
                drops_code: row.get(5)?,
                temporary: row.get(6)?,
                from_register: row.get(7)?,
                checked_at: row.get::<Option<i64>>(8)?.map(from_millis),
            })
        })
        .collect()
}

/// Absences.
///
/// # Errors
/// When the engine fails.
pub fn absences(query: &mut impl Query, staff: StaffId) -> Result<Vec<Absence>, StoreError> {
    query
        .query(
            "select begins_on, ends_on from absence where staff_id = $1 order by begins_on desc",
            &params![staff.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(Absence {
                begins_on: row.get(0)?,
                ends_on: row.get(1)?,
            })
        })
        .collect()
}

/// Substitutions in which the employee is either.
///
/// # Errors
/// When the engine fails.
pub fn substitutions(
    query: &mut impl Query,
    staff: StaffId,
) -> Result<Vec<SubstitutionLine>, StoreError> {
    query
        .query(
            "select absent_id, substitute_id, begins_on, ends_on from substitution where absent_id = $1 or substitute_id = $1 order by begins_on desc, id desc",
            &params![staff.bytes()],
        )?
        .iter()
        .map(|row| {
            Ok(SubstitutionLine {
                absent: StaffId::from_bytes(row.get(0)?),
                substitute: StaffId::from_bytes(row.get(1)?),
                begins_on: row.get(2)?,
                ends_on: row.get(3)?,
            })
        })
        .collect()
}

/// Posts of an employee that somebody else must fill when the employee leaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Posts {
    /// Units of which the employee is the lead.
    pub units: i64,
    /// Units that the employee leads as a deputy, now or later.
    pub deputies: i64,
    /// Absent colleagues whose work the employee does, now or later.
    pub substitutions: i64,
}

/// The posts of an employee, on a day.
///
/// # Errors
/// When the engine fails.
pub fn posts(query: &mut impl Query, staff: StaffId, on: Date) -> Result<Posts, StoreError> {
    let row = query.query_one(
        "select (select count(*) from unit where lead_id = $1), (select count(*) from deputy_lead where staff_id = $1 and approved_at is not null and ends_on >= $2), (select count(*) from substitution where substitute_id = $1 and ends_on >= $2)",
        &params![staff.bytes(), on.to_string()],
    )?;
    Ok(Posts {
        units: row.get(0)?,
        deputies: row.get(1)?,
        substitutions: row.get(2)?,
    })
}

/// Deputies of leads that have not ended before a day.
///
/// # Errors
/// When the engine fails.
pub fn deputies(query: &mut impl Query, since: Date) -> Result<Vec<DeputyLine>, StoreError> {
    query
        .query(
            "select id, unit_id, staff_id, begins_on, ends_on, requested_by, case when approved_at is null then 0 else 1 end, case when refused_at is null then 0 else 1 end from deputy_lead where ends_on >= $1 order by begins_on, id",
            &params![since.to_string()],
        )?
        .iter()
        .map(|row| {
            Ok(DeputyLine {
                id: row.get(0)?,
                unit: UnitId::from_bytes(row.get(1)?),
                staff: StaffId::from_bytes(row.get(2)?),
                begins_on: row.get(3)?,
                ends_on: row.get(4)?,
                requested_by: StaffId::from_bytes(row.get(5)?),
                approved: row.get(6)?,
                refused: row.get(7)?,
            })
        })
        .collect()
}

//! Recording facts. Each change is an act of somebody and leaves its log entry in the same transaction.

use std::borrow::Cow;

use access::log::{Actor, LogEntry};
use kernel::time::{Date, Time, Timestamp, day, millis, moment};
use store::{Log, Query, StoreError, WriteTx, params};

use super::{EmploymentKind, RightKind, project, register, subject};
use crate::people::{Staff, StaffId, UnitId};

/// Codes of the log entries of administration.
pub const EVENTS: &[&str] = &[
    "admin.read",
    "admin.person_add",
    "admin.person_change",
    "admin.person_number",
    "admin.employment_begin",
    "admin.employment_end",
    "admin.task_request",
    "admin.task_approve",
    "admin.task_refuse",
    "admin.task_end",
    "admin.invite_request",
    "admin.invite",
    "admin.identity_request",
    "admin.request_refuse",
    "admin.account_close",
    "admin.right_record",
    "admin.right_refresh",
    "admin.absence",
    "admin.substitution",
    "admin.deputy_request",
    "admin.deputy_approve",
    "admin.deputy_refuse",
    "admin.unit_found",
    "admin.unit_change",
    "admin.unit_close",
    "admin.duty_add",
    "admin.duty_remove",
    "admin.delegation_request",
    "admin.delegation_approve",
    "admin.delegation_refuse",
    "admin.delegation_end",
    "admin.token_create",
    "admin.token_approve",
    "admin.token_revoke",
    "admin.holdings_transfer",
    "bars.declare",
    "bars.confirm",
    "bars.withdraw_request",
    "bars.withdraw",
];

/// Purpose of use of administration (rights of the domain, section 8).
pub const PURPOSE: &str = "P12";

/// Somebody whose right to an act of administration has been decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    pub staff: StaffId,
    pub at: Timestamp,
    /// The row that allowed.
    pub right: Cow<'static, str>,
    pub purpose: &'static str,
}

impl Acting {
    /// Writes the log entry of an act. `detail` names ids and codes, never anybody's data.
    ///
    /// # Errors
    /// When an earlier statement failed.
    pub fn log(
        &self,
        tx: &mut impl Log,
        event: &'static str,
        detail: String,
    ) -> Result<(), StoreError> {
        tx.log(LogEntry {
            at: self.at,
            actor: Actor::Staff(self.staff.bytes()),
            event,
            right: self.right.clone(),
            purpose: self.purpose,
            subjects: Vec::new(),
            detail,
            digest: None,
        })
    }
}

/// The next number of a table of facts. There is one writer, and facts are never deleted.
pub(crate) fn next(tx: &mut WriteTx<'_>, table: &'static str) -> Result<i64, StoreError> {
    tx.query_one(
        &format!("select coalesce(max(id), 0) + 1 from {table}"),
        &[],
    )?
    .get(0)
}

/// A new employment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEmployment {
    pub kind: EmploymentKind,
    pub unit: UnitId,
    pub begins_on: Date,
    /// The last day, when it is known.
    pub last_day: Option<Date>,
}

/// A professional right as the register or an administrator tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRight {
    pub kind: RightKind,
    pub register_number: Option<String>,
    pub valid_from: Date,
    pub valid_until: Option<Date>,
    /// In words; empty for none.
    pub restriction: String,
    /// The restriction takes the qualification away.
    pub drops_code: bool,
    pub temporary: bool,
}

/// The first moment after a day.
pub(crate) fn after(last: Date) -> Timestamp {
    moment(last.tomorrow().unwrap_or(last), Time::constant(0, 0, 0, 0))
}

fn insert_employment(
    tx: &mut WriteTx<'_>,
    by: Option<&Acting>,
    staff: StaffId,
    new: &NewEmployment,
) -> Result<(), StoreError> {
    let id = next(tx, "employment")?;
    tx.execute(
        "insert into employment (id, staff_id, kind, unit_id, begins_on, ends_at, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &params![
            id,
            staff.bytes(),
            new.kind.code(),
            new.unit.bytes(),
            new.begins_on.to_string(),
            new.last_day.map(|last| millis(after(last))),
            by.map(|by| millis(by.at)),
            by.map(|by| by.staff.bytes())
        ],
    )?;
    Ok(())
}

/// Records an employment. The unit becomes the one where the employee works; somebody who had left is back.
///
/// # Errors
/// When the engine fails.
pub fn begin_employment(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    staff: StaffId,
    new: &NewEmployment,
) -> Result<(), StoreError> {
    insert_employment(tx, Some(by), staff, new)?;
    tx.execute(
        "update staff set unit_id = $2, ended_on = $3, left_at = $4 where id = $1",
        &params![
            staff.bytes(),
            new.unit.bytes(),
            new.last_day.map(|last| last.to_string()),
            new.last_day.map(|last| millis(after(last)))
        ],
    )?;
    project(tx, staff, by.at)?;
    by.log(
        tx,
        "admin.employment_begin",
        format!(
            "staff={staff} kind={} from={}",
            new.kind.code(),
            new.begins_on
        ),
    )
}

/// Ends every employment at a minute and, when the minute has come, the sessions (bar B05). Shifts that
/// would begin later are taken off the duty list, so that the lead answers for them.
///
/// # Errors
/// When the engine fails.
pub fn end_employment(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    staff: StaffId,
    at: Timestamp,
) -> Result<(), StoreError> {
    close_employment(tx, staff, at)?;
    if at <= by.at {
        tx.execute(
            "update session set ended_at = $2 where staff_id = $1 and ended_at is null",
            &params![staff.bytes(), millis(by.at)],
        )?;
    }
    tx.execute(
        "delete from duty where staff_id = $1 and begins_at >= $2",
        &params![staff.bytes(), millis(at)],
    )?;
    tx.execute(
        "update duty set ends_at = $2 where staff_id = $1 and begins_at < $2 and ends_at > $2",
        &params![staff.bytes(), millis(at)],
    )?;
    by.log(
        tx,
        "admin.employment_end",
        format!("staff={staff} at={}", millis(at)),
    )
}

/// The rows of an ending, without its consequences.
pub(crate) fn close_employment(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update employment set ends_at = $2 where staff_id = $1 and (ends_at is null or ends_at > $2)",
        &params![staff.bytes(), millis(at)],
    )?;
    // Whoever leaves at midnight has worked the day before.
    let last = day(at - kernel::time::SignedDuration::from_millis(1));
    tx.execute(
        "update staff set ended_on = $2, left_at = $3 where id = $1",
        &params![staff.bytes(), last.to_string(), millis(at)],
    )?;
    Ok(())
}

/// Records a professional right that an administrator has seen a proof of, until the register tells of it.
///
/// # Errors
/// When the engine fails.
pub fn record_right(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    staff: StaffId,
    new: &NewRight,
) -> Result<(), StoreError> {
    let before = subject(tx, staff, by.at)?;
    insert_right(tx, Some(by), staff, new, "entered", Some(by.at))?;
    project(tx, staff, by.at)?;
    let after = subject(tx, staff, by.at)?;
    let told = (before.as_ref(), after.as_ref());
    let restricted = !new.restriction.is_empty();
    register::tell(tx, staff, told, restricted, (Some(by.staff), by.at))?;
    by.log(
        tx,
        "admin.right_record",
        format!(
            "staff={staff} kind={} from={}",
            new.kind.code(),
            new.valid_from
        ),
    )
}

pub(crate) fn insert_right(
    tx: &mut WriteTx<'_>,
    by: Option<&Acting>,
    staff: StaffId,
    new: &NewRight,
    source: &'static str,
    checked_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let id = next(tx, "professional_right")?;
    tx.execute(
        "insert into professional_right (id, staff_id, kind, register_number, valid_from, valid_until, restriction, drops_code, temporary, source, checked_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &params![
            id,
            staff.bytes(),
            new.kind.code(),
            new.register_number.clone(),
            new.valid_from.to_string(),
            new.valid_until.map(|last| last.to_string()),
            new.restriction.as_str(),
            new.drops_code,
            new.temporary,
            source,
            checked_at.map(millis),
            by.map(|by| by.staff.bytes())
        ],
    )?;
    Ok(())
}

/// The facts of an employee who comes with tasks and qualifications at once: first set-up, synthetic data,
/// tests. Nobody requested them, so nobody need approve them.
pub(crate) fn first_facts(tx: &mut WriteTx<'_>, staff: &Staff) -> Result<(), StoreError> {
    let office = staff
        .qualifications
        .iter()
        .any(|code| code.ends_with("+office"));
    let employment = NewEmployment {
        kind: if office {
            EmploymentKind::PublicOffice
        } else {
            EmploymentKind::Contract
        },
        unit: staff.unit,
        begins_on: staff.began_on,
        last_day: staff.ended_on,
    };
    insert_employment(tx, None, staff.id, &employment)?;
    for task in &staff.tasks {
        let id = next(tx, "work_task")?;
        tx.execute(
            "insert into work_task (id, staff_id, task, service_task, unit_id, begins_on, by_admin, approved_at) values ($1, $2, $3, 'own_task', $4, $5, 0, 0)",
            &params![id, staff.id.bytes(), task.as_str(), staff.unit.bytes(), staff.began_on.to_string()],
        )?;
    }
    let mut kinds: Vec<RightKind> = Vec::new();
    for code in &staff.qualifications {
        let kind = match code.split('+').next() {
            Some("sw") => RightKind::SocialWorker,
            Some("sc") => RightKind::SocialCounsellor,
            Some("hp") => RightKind::HealthProfessional,
            _ => continue,
        };
        if kinds.contains(&kind) {
            continue;
        }
        kinds.push(kind);
        let right = NewRight {
            kind,
            register_number: None,
            valid_from: staff.began_on,
            valid_until: None,
            restriction: String::new(),
            drops_code: false,
            temporary: false,
        };
        insert_right(tx, None, staff.id, &right, "entered", None)?;
    }
    Ok(())
}

/// Keeps the digest of an employee's personal identity code.
///
/// # Errors
/// [`StoreError::Unique`] when another employee has the same code, or the engine fails.
pub fn set_identity_hash(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    hash: [u8; 32],
) -> Result<(), StoreError> {
    tx.execute(
        "update staff set identity_hash = $2 where id = $1",
        &params![staff.bytes(), hash],
    )?;
    Ok(())
}

/// Whether another employee has the identity code of this digest.
///
/// # Errors
/// When the engine fails.
pub fn has_identity(
    query: &mut impl Query,
    but: StaffId,
    hash: [u8; 32],
) -> Result<bool, StoreError> {
    Ok(query
        .query_optional(
            "select id from staff where identity_hash = $1 and id <> $2",
            &params![hash, but.bytes()],
        )?
        .is_some())
}

/// The digest of an employee's personal identity code, when it is known.
///
/// # Errors
/// When the engine fails.
pub fn identity_hash(
    query: &mut impl Query,
    staff: StaffId,
) -> Result<Option<[u8; 32]>, StoreError> {
    query
        .query_one(
            "select identity_hash from staff where id = $1",
            &params![staff.bytes()],
        )?
        .get(0)
}

/// Records that an employee is away on these days, both included. The same first day again changes the last.
///
/// # Errors
/// When the engine fails.
pub fn add_absence(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    staff: StaffId,
    first: Date,
    last: Date,
) -> Result<(), StoreError> {
    let changed = tx.execute(
        "update absence set ends_on = $3 where staff_id = $1 and begins_on = $2",
        &params![staff.bytes(), first.to_string(), last.to_string()],
    )?;
    if changed == 0 {
        crate::people::add_absence(tx, staff, first, last)?;
    }
    by.log(tx, "admin.absence", format!("staff={staff} {first}/{last}"))
}

/// Names who does the work of an employee on these days, both included.
///
/// # Errors
/// When the substitute is the employee, or the engine fails.
pub fn add_substitution(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    absent: StaffId,
    substitute: StaffId,
    first: Date,
    last: Date,
) -> Result<(), StoreError> {
    let id = next(tx, "substitution")?;
    tx.execute(
        "insert into substitution (id, absent_id, substitute_id, begins_on, ends_on, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            id,
            absent.bytes(),
            substitute.bytes(),
            first.to_string(),
            last.to_string(),
            millis(by.at),
            by.staff.bytes()
        ],
    )?;
    by.log(
        tx,
        "admin.substitution",
        format!("absent={absent} substitute={substitute} {first}/{last}"),
    )
}

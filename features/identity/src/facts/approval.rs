//! Work tasks and deputies need two people: one who asks and another who approves, and nobody asks or
//! approves for oneself (rights of the domain, section 1; asiakastietolaki 703/2023 9 § 3).

use kernel::time::{Date, Timestamp, day, millis};
use store::{Query, StoreError, WriteTx, params};

use super::record::{Acting, next};
use super::{Fact, project, standing};
use crate::people::{StaffId, UnitId, unreadable};

/// Work tasks with clients, by the codes of the rights table.
pub const CLIENT_TASKS: [&str; 21] = [
    "front_door",
    "duty_holder",
    "emergency_duty",
    "broad_responsibility",
    "arranging",
    "carrying_out",
    "centre_social",
    "centre_health",
    "health_limited",
    "leading_sw",
    "lead",
    "management",
    "administration",
    "service_manager",
    "data_steward",
    "rectification_body",
    "tutor",
    "student",
    "co_leader",
    "experience_guide",
    "archive",
];
/// Tasks that open no client's record.
pub const OTHER_TASKS: [&str; 7] = [
    "user_admin",
    "config_admin",
    "dpo",
    "ict_support",
    "structural_editor",
    "structural_publisher",
    "manager_reports",
];
/// Tasks that reach over the whole county: two administrators (UA-02).
pub const COUNTY_TASKS: [&str; 9] = [
    "user_admin",
    "config_admin",
    "dpo",
    "management",
    "data_steward",
    "archive",
    "ict_support",
    "emergency_duty",
    "rectification_body",
];

/// Whether a code is a task that can be given.
pub fn is_task(code: &str) -> bool {
    CLIENT_TASKS.contains(&code) || OTHER_TASKS.contains(&code)
}

/// Tasks that one person may not hold at the same time (design): administration of users beside any work
/// with clients, and beside the data protection officer who watches it.
pub fn clash(one: &str, other: &str) -> bool {
    let admin = |code: &str| code == "user_admin";
    let barred = |code: &str| CLIENT_TASKS.contains(&code) || code == "dpo";
    (admin(one) && barred(other)) || (admin(other) && barred(one))
}

/// Why an act of administration is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no such thing, or the actor has no right to it.
    #[error("not found")]
    Unknown,
    /// Nobody gives rights to oneself.
    #[error("one's own rights")]
    Own,
    /// The same person asked and would approve (bar B14).
    #[error("the same person twice")]
    SameTwice,
    /// A task over the county needs two administrators.
    #[error("two administrators")]
    TwoAdministrators,
    /// The two sides of a request are the lead and an administrator.
    #[error("the other side approves")]
    OtherSide,
    /// Somebody has already decided.
    #[error("already decided")]
    Decided,
    /// The task cannot be held beside another one.
    #[error("clashes with {0}")]
    Clash(String),
    /// The period ends before it begins, or the employee has left.
    #[error("the period")]
    Period,
    /// Whoever is to lead has no task of a lead, or is not at work that day.
    #[error("not a lead")]
    NoLead,
    /// Somebody else signs in by that name.
    #[error("the login name is another's")]
    NameTaken,
    /// Somebody else has that identity code.
    #[error("the identity code is another's")]
    CodeTaken,
    /// The second person typed another identity code than the first.
    #[error("the identity codes differ")]
    Differs,
    /// Only the lead approves this.
    #[error("the lead approves")]
    LeadApproves,
    /// The owner of a token neither makes nor approves it.
    #[error("the owner of the token")]
    Owner,
    /// Nothing of what somebody holds could be given to the named person.
    #[error("nothing could be given")]
    NothingMoved,
}

/// Who takes part in a decision: as the lead of the employee's unit, or as an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Lead,
    Administrator,
}

/// A request as the rule of two sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request<'a> {
    pub task: &'a str,
    pub person: StaffId,
    pub by: StaffId,
    pub side: Side,
}

/// The rule of two, pure: who may ask.
///
/// # Errors
/// [`Refusal::Own`], [`Refusal::TwoAdministrators`] when a lead asks for a task over the county.
pub fn may_ask(request: &Request<'_>) -> Result<(), Refusal> {
    if request.person == request.by {
        return Err(Refusal::Own);
    }
    if request.side == Side::Lead && COUNTY_TASKS.contains(&request.task) {
        return Err(Refusal::TwoAdministrators);
    }
    Ok(())
}

/// The rule of two, pure: who may approve. What a lead asked an administrator approves; what an
/// administrator asked the lead approves, or another administrator.
///
/// # Errors
/// [`Refusal::Own`], [`Refusal::SameTwice`], [`Refusal::TwoAdministrators`], [`Refusal::OtherSide`].
pub fn may_approve(request: &Request<'_>, by: StaffId, side: Side) -> Result<(), Refusal> {
    if request.person == by {
        return Err(Refusal::Own);
    }
    if request.by == by {
        return Err(Refusal::SameTwice);
    }
    match (request.side, side) {
        (Side::Lead, Side::Lead) => Err(Refusal::OtherSide),
        (Side::Administrator, Side::Lead) if COUNTY_TASKS.contains(&request.task) => {
            Err(Refusal::TwoAdministrators)
        }
        _ => Ok(()),
    }
}

/// A task that is asked for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    pub task: String,
    /// Service task code of the rights table.
    pub service_task: String,
    pub unit: Option<UnitId>,
    pub begins_on: Date,
    pub ends_on: Option<Date>,
}

/// Asks for a task; it gives nothing before somebody else approves it.
///
/// # Errors
/// [`Refusal`].
pub fn request_task(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    side: Side,
    person: StaffId,
    new: &NewTask,
) -> Result<i64, Refusal> {
    if !is_task(&new.task) {
        return Err(Refusal::Unknown);
    }
    may_ask(&Request {
        task: &new.task,
        person,
        by: by.staff,
        side,
    })?;
    if new.ends_on.is_some_and(|last| last < new.begins_on) {
        return Err(Refusal::Period);
    }
    refuse_clash(tx, person, &new.task, new.begins_on, new.ends_on)?;
    let id = next(tx, "work_task")?;
    tx.execute(
        "insert into work_task (id, staff_id, task, service_task, unit_id, begins_on, ends_on, requested_at, requested_by, by_admin) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![
            id,
            person.bytes(),
            new.task.as_str(),
            new.service_task.as_str(),
            new.unit.map(|unit| unit.bytes()),
            new.begins_on.to_string(),
            new.ends_on.map(|last| last.to_string()),
            millis(by.at),
            by.staff.bytes(),
            side == Side::Administrator
        ],
    )?;
    by.log(
        tx,
        "admin.task_request",
        format!("staff={person} task={}", new.task),
    )?;
    Ok(id)
}

fn refuse_clash(
    tx: &mut WriteTx<'_>,
    person: StaffId,
    task: &str,
    from: Date,
    until: Option<Date>,
) -> Result<(), Refusal> {
    let held = standing(tx, person)?;
    let clashing = held.0.iter().find_map(|fact| match fact {
        Fact::Task {
            task: other,
            begins_on,
            ends_on,
        } if clash(task, other)
            && ends_on.is_none_or(|last| last >= from)
            && until.is_none_or(|last| last >= *begins_on) =>
        {
            Some(other.clone())
        }
        _ => None,
    });
    clashing.map_or(Ok(()), |other| Err(Refusal::Clash(other)))
}

struct Waiting {
    person: StaffId,
    task: String,
    by: StaffId,
    side: Side,
    begins_on: Date,
    ends_on: Option<Date>,
}

fn waiting_task(tx: &mut WriteTx<'_>, id: i64) -> Result<Waiting, Refusal> {
    let row = tx
        .query_optional(
            "select staff_id, task, requested_by, by_admin, begins_on, ends_on, approved_at, refused_at from work_task where id = $1",
            &params![id],
        )?
        .ok_or(Refusal::Unknown)?;
    let (approved, refused): (Option<i64>, Option<i64>) = (row.get(6)?, row.get(7)?);
    let by: Option<[u8; 16]> = row.get(2)?;
    let by = by.filter(|_| approved.is_none() && refused.is_none());
    Ok(Waiting {
        person: StaffId::from_bytes(row.get(0)?),
        task: row.get(1)?,
        by: by.map(StaffId::from_bytes).ok_or(Refusal::Decided)?,
        side: if row.get(3)? {
            Side::Administrator
        } else {
            Side::Lead
        },
        begins_on: row.get(4)?,
        ends_on: row.get(5)?,
    })
}

/// Whose task a request or a task is.
///
/// # Errors
/// When the engine fails.
pub fn person_of_task(query: &mut impl Query, id: i64) -> Result<Option<StaffId>, StoreError> {
    query
        .query_optional("select staff_id from work_task where id = $1", &params![id])?
        .map(|row| Ok(StaffId::from_bytes(row.get(0)?)))
        .transpose()
}

/// Approves a task that somebody else asked for.
///
/// # Errors
/// [`Refusal`].
pub fn approve_task(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    side: Side,
    id: i64,
) -> Result<StaffId, Refusal> {
    let waiting = waiting_task(tx, id)?;
    let request = Request {
        task: &waiting.task,
        person: waiting.person,
        by: waiting.by,
        side: waiting.side,
    };
    may_approve(&request, by.staff, side)?;
    refuse_clash(
        tx,
        waiting.person,
        &waiting.task,
        waiting.begins_on,
        waiting.ends_on,
    )?;
    tx.execute(
        "update work_task set approved_at = $2, approved_by = $3 where id = $1",
        &params![id, millis(by.at), by.staff.bytes()],
    )?;
    project(tx, waiting.person, by.at)?;
    by.log(
        tx,
        "admin.task_approve",
        format!("staff={} task={}", waiting.person, waiting.task),
    )?;
    Ok(waiting.person)
}

/// Refuses a request. Whoever asked may take it back so.
///
/// # Errors
/// [`Refusal`].
pub fn refuse_task(tx: &mut WriteTx<'_>, by: &Acting, id: i64) -> Result<StaffId, Refusal> {
    let waiting = waiting_task(tx, id)?;
    if waiting.person == by.staff {
        return Err(Refusal::Own);
    }
    tx.execute(
        "update work_task set refused_at = $2, refused_by = $3 where id = $1",
        &params![id, millis(by.at), by.staff.bytes()],
    )?;
    by.log(
        tx,
        "admin.task_refuse",
        format!("staff={} task={}", waiting.person, waiting.task),
    )?;
    Ok(waiting.person)
}

/// Ends a task after today. Taking a right away needs one person only, so that it can be done at once; one
/// that is to stop today already is ended with yesterday.
///
/// # Errors
/// [`Refusal`].
pub fn end_task(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    id: i64,
    last_day: Date,
) -> Result<StaffId, Refusal> {
    let row = tx
        .query_optional(
            "select staff_id, task, begins_on, ends_on from work_task where id = $1 and approved_at is not null",
            &params![id],
        )?
        .ok_or(Refusal::Unknown)?;
    let person = StaffId::from_bytes(row.get(0)?);
    if person == by.staff {
        return Err(Refusal::Own);
    }
    let (begins_on, ends_on): (Date, Option<Date>) = (row.get(2)?, row.get(3)?);
    if ends_on.is_some_and(|last| last < last_day) {
        return Err(Refusal::Period);
    }
    // One that never came into force ends the day it would have begun, refused.
    let never = last_day < begins_on;
    tx.execute(
        "update work_task set ends_on = $2, approved_at = case when $3 = 1 then null else approved_at end, approved_by = case when $3 = 1 then null else approved_by end, refused_at = case when $3 = 1 then $4 else refused_at end where id = $1",
        &params![id, last_day.max(begins_on).to_string(), i64::from(never), millis(by.at)],
    )?;
    project(tx, person, by.at)?;
    by.log(
        tx,
        "admin.task_end",
        format!(
            "staff={person} task={} last={last_day}",
            row.get::<String>(1)?
        ),
    )?;
    Ok(person)
}

/// A deputy of a unit's lead for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeputy {
    pub unit: UnitId,
    pub staff: StaffId,
    pub begins_on: Date,
    pub ends_on: Date,
}

/// Asks for a deputy of a lead. An administrator approves.
///
/// # Errors
/// [`Refusal`].
pub fn request_deputy(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    side: Side,
    new: &NewDeputy,
) -> Result<i64, Refusal> {
    may_ask(&Request {
        task: "lead",
        person: new.staff,
        by: by.staff,
        side,
    })?;
    if new.ends_on < new.begins_on {
        return Err(Refusal::Period);
    }
    refuse_clash(tx, new.staff, "lead", new.begins_on, Some(new.ends_on))?;
    let id = next(tx, "deputy_lead")?;
    tx.execute(
        "insert into deputy_lead (id, unit_id, staff_id, begins_on, ends_on, requested_at, requested_by) values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            id,
            new.unit.bytes(),
            new.staff.bytes(),
            new.begins_on.to_string(),
            new.ends_on.to_string(),
            millis(by.at),
            by.staff.bytes()
        ],
    )?;
    by.log(
        tx,
        "admin.deputy_request",
        format!("staff={} unit={}", new.staff, new.unit),
    )?;
    Ok(id)
}

/// Approves or refuses a deputy that somebody else asked for.
///
/// # Errors
/// [`Refusal`].
pub fn decide_deputy(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    id: i64,
    approve: bool,
) -> Result<StaffId, Refusal> {
    let row = tx
        .query_optional(
            "select staff_id, requested_by from deputy_lead where id = $1 and approved_at is null and refused_at is null",
            &params![id],
        )?
        .ok_or(Refusal::Decided)?;
    let person = StaffId::from_bytes(row.get(0)?);
    let asked_by = StaffId::from_bytes(row.get(1)?);
    if person == by.staff {
        return Err(Refusal::Own);
    }
    if !approve {
        tx.execute(
            "update deputy_lead set refused_at = $2 where id = $1",
            &params![id, millis(by.at)],
        )?;
        by.log(tx, "admin.deputy_refuse", format!("staff={person}"))?;
        return Ok(person);
    }
    if asked_by == by.staff {
        return Err(Refusal::SameTwice);
    }
    tx.execute(
        "update deputy_lead set approved_at = $2, approved_by = $3 where id = $1",
        &params![id, millis(by.at), by.staff.bytes()],
    )?;
    project(tx, person, by.at)?;
    by.log(tx, "admin.deputy_approve", format!("staff={person}"))?;
    Ok(person)
}

/// The day before a moment's day: the last day of what is to stop at once.
///
/// # Errors
/// Before the first day of the calendar.
pub fn yesterday(at: Timestamp) -> Result<Date, StoreError> {
    day(at).yesterday().map_err(|_| unreadable())
}

//! Plans that others keep for the client, and the one who brings many services together.

use casework::store::Casework;
use casework::store::workers::may_be_own_worker;
use clients::{ClientId, Reader};
use documents::DocumentId;
use identity::people::StaffId;
use kernel::time::Date;
use store::{Query, StoreError, WriteTx, params, places};

use crate::domain::{PlanError, RowId};
use crate::store::actions::in_service;
use crate::store::{Opened, day_of, free, log, row_id};

/// A plan elsewhere, known as a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    pub id: RowId,
    pub client: ClientId,
    pub whose: String,
    pub what: String,
    pub told_by: String,
    pub known_on: Date,
}

/// The plans elsewhere of these clients.
///
/// # Errors
/// When the engine fails.
pub fn elsewhere(
    query: &mut impl Query,
    clients: &[ClientId],
) -> Result<Vec<Elsewhere>, StoreError> {
    let list = places(clients.len(), 0);
    let values: Vec<_> = clients.iter().map(|one| one.bytes().into()).collect();
    query
        .query(
            &format!("select e.id, e.client_id, e.whose, e.what, e.told_by, e.known_on from plan_elsewhere e where e.ended_at is null and e.client_id in ({list}) order by e.known_on, e.id"),
            &values,
        )?
        .iter()
        .map(|row| {
            Ok(Elsewhere {
                id: RowId::from_bytes(row.get(0)?),
                client: ClientId::from_bytes(row.get(1)?),
                whose: row.get(2)?,
                what: row.get(3)?,
                told_by: row.get(4)?,
                known_on: day_of(row, 5)?,
            })
        })
        .collect()
}

/// What is written down of a plan elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewElsewhere {
    pub client: ClientId,
    pub whose: String,
    pub what: String,
    pub told_by: String,
    pub known_on: Date,
}

/// Writes down that somebody else keeps a plan for the client.
///
/// # Errors
/// [`PlanError::NotFound`] without the right to write for the client; [`PlanError::Whose`] for a client who is not in the plan;
/// [`PlanError::Ended`] when the plan or its matter has.
pub fn add(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    new: &NewElsewhere,
) -> Result<(), PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, plan, now)?;
    let seen = opened.seen(reader)?;
    if !seen.clients().contains(&new.client) {
        return Err(PlanError::Whose);
    }
    let by = opened.writing_at_once(reader, Some(new.client))?;
    tx.execute(
        "insert into plan_elsewhere (id, client_id, matter_id, whose, what, told_by, known_on, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![
            row_id(casework),
            new.client.bytes(),
            opened.facts.id.bytes(),
            new.whose.as_str(),
            new.what.as_str(),
            new.told_by.as_str(),
            new.known_on,
            now,
            reader.staff.bytes()
        ],
    )?;
    log(
        tx,
        &by,
        now,
        "plan.elsewhere",
        &[new.client],
        "",
        Some(&new.what),
    )?;
    Ok(())
}

/// The plan elsewhere is over or was merged into this one.
///
/// # Errors
/// [`PlanError::NotFound`] without the right, or when the client of the plan has no such row.
pub fn end_elsewhere(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    id: RowId,
) -> Result<(), PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, plan, now)?;
    let seen = opened.seen(reader)?;
    let there = elsewhere(tx, &seen.clients())?
        .into_iter()
        .find(|one| one.id == id)
        .ok_or(PlanError::NotFound)?;
    let by = opened.writing_at_once(reader, Some(there.client))?;
    tx.execute(
        "update plan_elsewhere set ended_at = $2 where id = $1",
        &params![id.bytes(), now],
    )?;
    log(tx, &by, now, "plan.elsewhere", &[there.client], "end", None)?;
    Ok(())
}

/// The one who brings the services together: a worker of the county, or somebody else by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coordinator {
    Nobody,
    Worker(StaffId),
    Other(String),
}

/// Names the coordinator (koordinoija) of a plan.
///
/// # Errors
/// [`PlanError::NotFound`] without the right; [`PlanError::Coordinator`] for somebody who is not in service or does
/// no client work; [`PlanError::Barred`].
pub fn coordinate(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    who: &Coordinator,
) -> Result<(), PlanError> {
    let now = casework.now();
    let opened = Opened::load(tx, reader, plan, now)?;
    let by = opened.writing_at_once(reader, None)?;
    let (staff, name) = match who {
        Coordinator::Nobody => (None, None),
        Coordinator::Worker(staff) => {
            let kept = opened.plan.coordinator_staff == Some(*staff);
            let person = in_service(tx, *staff, now)?.filter(may_be_own_worker);
            if !kept && person.is_none() {
                return Err(PlanError::Coordinator);
            }
            if !kept {
                free::check(tx, opened.subjects(None), *staff, now)?;
            }
            (Some(staff.bytes()), None)
        }
        Coordinator::Other(name) => (None, Some(name.as_str())),
    };
    tx.execute(
        "update plan set coordinator_staff = $2, coordinator_name = $3 where document_id = $1",
        &params![plan.bytes(), staff, name],
    )?;
    let subjects = opened.subjects(None);
    log(
        tx,
        &by,
        now,
        "plan.coordinator",
        &subjects,
        &plan.to_string(),
        None,
    )?;
    Ok(())
}

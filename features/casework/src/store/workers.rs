//! Who works on a matter beside its holder, and substitutes. The own worker is named in `own_worker`.

use clients::{ClientId, Reader, holdings};
use identity::people::{self, Staff, StaffId};
use kernel::time::{Date, SignedDuration, Timestamp, millis};
use store::{Query, StoreError, WriteTx};

use crate::domain::{MatterError, MatterId};
use crate::store::facts::Facts;
pub use crate::store::own_worker::{
    OwnWorker, may_be_own_worker, name_own_worker, waive_own_worker,
};
use crate::store::{By, Casework, add_event, log, relation};

/// The holder, or a lead, changes who works on the matter: whoever joins it joins the matter of every client.
fn naming(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
) -> Result<(Facts, By), MatterError> {
    let facts = Facts::load(tx, reader, matter, casework.now())?;
    let acting = facts.authorise_all(reader, "matter", "hand_over")?;
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended);
    }
    if !facts.disposes(reader) {
        return Err(MatterError::NotFound);
    }
    Ok((facts, By::Worker(acting)))
}

/// Who works with a client is said by somebody with a right over that client; `None` asks for one over all.
pub(crate) fn naming_of(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    client: Option<ClientId>,
) -> Result<(Facts, By), MatterError> {
    let facts = Facts::load(tx, reader, matter, casework.now())?;
    let acting = match client {
        Some(client) => facts.authorise_over(reader, "client_relation", "edit_draft", client)?,
        None => facts.authorise_all(reader, "client_relation", "edit_draft")?,
    };
    if facts.life.holder().is_none() {
        return Err(MatterError::Ended);
    }
    Ok((facts, By::Worker(acting)))
}

pub(crate) fn at_work(
    tx: &mut WriteTx<'_>,
    staff: StaffId,
    now: Timestamp,
) -> Result<Staff, MatterError> {
    let person = people::lookup_staff(tx, staff)?.ok_or(MatterError::NotFound)?;
    if people::is_away(tx, staff, now)? {
        return Err(MatterError::ReceiverAway);
    }
    Ok(person)
}

/// Whoever is named could open the clients in the relation that the naming makes. A bar and a missing right are told in
/// the same words: nobody learns of a bar by naming people.
///
/// # Errors
/// [`MatterError::ReceiverAway`] for whoever could not.
pub(crate) fn could_open(
    tx: &mut WriteTx<'_>,
    facts: &Facts,
    staff: StaffId,
    relation: &'static str,
    clients: &[ClientId],
    now: Timestamp,
) -> Result<(), MatterError> {
    let could = match holdings::reader_of(tx, staff, now)? {
        Some(other) => facts.could_for(tx, &other, relation, ("matter", "read"), clients, now)?,
        None => false,
    };
    could.then_some(()).ok_or(MatterError::ReceiverAway)
}

/// A worker joins the matter.
///
/// # Errors
/// [`MatterError::WorkerAlready`], [`MatterError::ReceiverAway`], [`MatterError::Ended`], and [`MatterError::NotFound`]
/// without a right.
pub fn join(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    staff: StaffId,
    task: &str,
) -> Result<(), MatterError> {
    let now = casework.now();
    let (facts, by) = naming(tx, casework, reader, matter)?;
    let person = at_work(tx, staff, now)?;
    if relation::works_on(tx, staff, matter, now)? {
        return Err(MatterError::WorkerAlready);
    }
    let clients = facts.clients();
    could_open(tx, &facts, staff, "matter_participant", &clients, now)?;
    for client in clients {
        relation::work_on(tx, casework, client, staff, matter, "named")?;
    }
    let said = joined(&person.name, task);
    add_event(tx, casework, &by, matter, None, "worker_joined", &said)?;
    log(
        tx,
        &by,
        now,
        "matter.worker_join",
        &facts.clients(),
        &staff.to_string(),
        Some(&said),
    )?;
    Ok(())
}

/// A worker leaves the matter. The holder does not leave: the holder hands the matter over.
///
/// # Errors
/// [`MatterError::NotFound`] without a right, or when the person does not work on it beside the holder.
pub fn leave(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    staff: StaffId,
) -> Result<(), MatterError> {
    let now = casework.now();
    let (facts, by) = naming(tx, casework, reader, matter)?;
    if facts.holder().staff() == Some(staff) || !relation::works_on(tx, staff, matter, now)? {
        return Err(MatterError::NotFound);
    }
    for client in facts.clients() {
        relation::leave_matter(tx, casework, client, staff, matter)?;
    }
    let name = people::lookup_staff(tx, staff)?.map_or_else(String::new, |person| person.name);
    add_event(tx, casework, &by, matter, None, "worker_left", &name)?;
    log(
        tx,
        &by,
        now,
        "matter.worker_leave",
        &facts.clients(),
        &staff.to_string(),
        None,
    )?;
    Ok(())
}

/// A worker beside the holder is known to leave: somebody else joins now, and the leaver works on until the moment.
///
/// # Errors
/// As [`join`].
pub fn follow(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    (from, to): (StaffId, StaffId),
    at: Timestamp,
) -> Result<(), MatterError> {
    let now = casework.now();
    match join(tx, casework, reader, matter, to, "") {
        // Whoever works on it already goes on.
        Ok(()) | Err(MatterError::WorkerAlready) => {}
        Err(error) => return Err(error),
    }
    if at <= now {
        return leave(tx, casework, reader, matter, from);
    }
    let (facts, by) = naming(tx, casework, reader, matter)?;
    for client in facts.clients() {
        relation::work_until(tx, casework, client, from, matter, at)?;
    }
    let detail = format!("{from} at={}", millis(at));
    log(
        tx,
        &by,
        now,
        "matter.worker_leave",
        &facts.clients(),
        &detail,
        None,
    )?;
    Ok(())
}

/// A substitute for the own worker or the holder while that person is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substitute {
    pub staff: StaffId,
    pub from: Date,
    pub to: Date,
}

/// The last day that a substitute may have: whoever is away longer is followed by another own worker.
pub fn longest_substitute(from: Date) -> Date {
    from.saturating_add(SignedDuration::from_hours(24 * 366))
}

/// Names a substitute for every client of the matter, between two days.
///
/// # Errors
/// As [`name_own_worker`].
pub fn name_substitute(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    matter: MatterId,
    substitute: &Substitute,
) -> Result<(), MatterError> {
    let now = casework.now();
    let (facts, by) = naming_of(tx, casework, reader, matter, None)?;
    if substitute.to > longest_substitute(substitute.from) {
        return Err(MatterError::NotFound);
    }
    let person = people::lookup_staff(tx, substitute.staff)?.ok_or(MatterError::NotFound)?;
    if facts.holder().staff() == Some(substitute.staff) {
        return Err(MatterError::WorkerAlready);
    }
    let clients = facts.clients();
    could_open(tx, &facts, person.id, "substitute", &clients, now)?;
    for client in clients {
        relation::substitute(tx, casework, client, substitute)?;
    }
    let said = format!("{} {} {}", person.name, substitute.from, substitute.to);
    add_event(tx, casework, &by, matter, None, "substitute", &said)?;
    let staff = substitute.staff.to_string();
    log(
        tx,
        &by,
        now,
        "client.substitute",
        &facts.clients(),
        &staff,
        None,
    )?;
    Ok(())
}

fn joined(name: &str, task: &str) -> String {
    if task.is_empty() {
        name.to_owned()
    } else {
        format!("{name}: {task}")
    }
}

/// A person who works on a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerRow {
    pub staff: StaffId,
    pub name: String,
    pub title: String,
    pub since: Timestamp,
}

/// Everybody named in the matter now, its holder among them, by name.
///
/// # Errors
/// When the engine fails.
pub fn of_matter(
    query: &mut impl Query,
    matter: MatterId,
    now: Timestamp,
) -> Result<Vec<WorkerRow>, StoreError> {
    relation::workers_of(query, matter, now)
}

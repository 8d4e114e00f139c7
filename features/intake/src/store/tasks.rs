//! Promises with a clock: call-back requests and next steps.

use identity::people::{StaffId, UnitId};
use kernel::time::{Timestamp, day, from_millis, millis};
use store::{Query, Row, Show, StoreError, WriteTx, params};

use crate::domain::{AttemptChannel, ContactId, IntakeError, TaskId, working_time};
use crate::store::facts::Facts;
use crate::store::record::insert_attempt;
use crate::store::{By, Desk, Worker, add_event, log, state_title, touch};

/// A promise as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub id: TaskId,
    pub contact: ContactId,
    pub call_back: bool,
    pub what: String,
    pub title: String,
    pub person: Option<String>,
    pub phone: Option<String>,
    pub due_at: Timestamp,
    pub owner: Option<StaffId>,
    pub owner_name: Option<String>,
    pub raised: bool,
    /// False in the list of a lead for a promise whose contact has gone on to a unit of somebody else's.
    pub opens: bool,
}

/// Promises a call. The one who answers for the contact makes it; an untaken contact's call waits
/// for the duty holder.
pub(crate) fn add_call_back(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    contact: ContactId,
    owner: Option<StaffId>,
    unit: UnitId,
    what: &str,
) -> Result<TaskId, StoreError> {
    let now = desk.now();
    let id = TaskId::new(&*desk.clock, &*desk.chance);
    let due = working_time::due_after(&desk.calendar, now, desk.settings.call_back_hours);
    tx.execute(
        "insert into task (id, contact_id, kind, what, owner, unit_id, due_at, made_at, touched_at) values ($1, $2, 'call_back', $3, $4, $5, $6, $7, $7)",
        &params![
            id.bytes(),
            contact.bytes(),
            what,
            owner.map(|staff| staff.bytes()),
            unit.bytes(),
            millis(due),
            millis(now)
        ],
    )?;
    Ok(id)
}

/// The holder promises a call.
///
/// # Errors
/// [`IntakeError::Ended`], and [`IntakeError::NotFound`] without a right.
pub fn promise_call(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    contact: ContactId,
    what: &str,
) -> Result<TaskId, IntakeError> {
    let now = desk.now();
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let acting = facts.authorise(worker, "contact", "edit_draft", now)?;
    if !facts.open {
        return Err(IntakeError::Ended);
    }
    let by = By::Worker(acting);
    // No owner of its own: the promise goes with the contact to whoever answers for it next.
    let id = add_call_back(tx, desk, contact, None, facts.holder.unit(), what)?;
    touch(tx, contact, now)?;
    add_event(tx, desk, &by, contact, "call_promised", what)?;
    log(
        tx,
        &by,
        now,
        "task.create",
        contact,
        "call_back",
        Some(what),
    )?;
    Ok(id)
}

/// Marks a promise kept.
///
/// # Errors
/// [`IntakeError::NotFound`] when it is not this worker's or is already done.
pub fn finish(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    task: TaskId,
    outcome: &str,
) -> Result<ContactId, IntakeError> {
    let (facts, by) = own(tx, desk, worker, task, "finish")?;
    mark_done(tx, desk, worker, task, &facts, &by, outcome)?;
    Ok(facts.id)
}

/// A promised call was tried. Reaching the person keeps the promise; otherwise it stays open. Either
/// way the attempt counts for the county's not-reached rule.
///
/// # Errors
/// As [`finish`].
pub fn called(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    task: TaskId,
    reached: bool,
    outcome: &str,
) -> Result<ContactId, IntakeError> {
    let (facts, by) = own(tx, desk, worker, task, "finish")?;
    if facts.open {
        insert_attempt(
            tx,
            desk,
            &by,
            worker,
            facts.id,
            AttemptChannel::Call,
            reached,
            outcome,
        )?;
        touch(tx, facts.id, desk.now())?;
    }
    if reached {
        mark_done(tx, desk, worker, task, &facts, &by, outcome)?;
    }
    Ok(facts.id)
}

/// Opens one of the worker's own promises, and tells whether its contact's page opens too; the reading is logged.
///
/// # Errors
/// [`IntakeError::NotFound`] when it is not this worker's or is already done.
pub fn open(
    tx: &mut impl Show,
    desk: &Desk,
    worker: &Worker,
    task: TaskId,
) -> Result<(Task, bool), IntakeError> {
    let (facts, by) = own(tx, desk, worker, task, "read")?;
    let row = tx.query_one(
        &format!("{COLUMNS} {FROM} where t.id = $1"),
        &params![task.bytes()],
    )?;
    let now = desk.now();
    log(tx, &by, now, "task.read", facts.id, "", None)?;
    // A promise is kept by whoever gave it, also when the contact has gone on to somebody else.
    let opens = ["contact", "offer"]
        .iter()
        .any(|class| facts.authorise(worker, class, "read", now).is_ok());
    Ok((from_row(&row)?, opens))
}

/// The right to an open promise, and the contact it belongs to.
fn own(
    tx: &mut impl Query,
    desk: &Desk,
    worker: &Worker,
    task: TaskId,
    action: &str,
) -> Result<(Facts, By), IntakeError> {
    let now = desk.now();
    let row = tx
        .query_optional(
            "select contact_id, owner from task where id = $1 and done_at is null",
            &params![task.bytes()],
        )?
        .ok_or(IntakeError::NotFound)?;
    let contact = ContactId::from_bytes(row.get(0)?);
    let owner = row.get::<Option<[u8; 16]>>(1)?.map(StaffId::from_bytes);
    let facts = Facts::load_for(tx, worker, contact, now)?;
    let relations = facts.relations(worker, now);
    // A call promised for an untaken contact belongs to whoever answers for the contact.
    let holds = relations.contains(&"contact_holder") || relations.contains(&"unit_duty");
    // No other relation counts: a lead may list promises, but not open one with its person and phone.
    // Somebody's own promise is nobody else's to keep, whoever answers for the contact.
    let own: &[&str] = if owner.map_or(holds, |owner| owner == worker.staff) {
        &["own_task"]
    } else {
        &[]
    };
    let by = By::Worker(facts.authorise_over(worker, "task", action, own, now)?);
    Ok((facts, by))
}

fn mark_done(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    worker: &Worker,
    task: TaskId,
    facts: &Facts,
    by: &By,
    outcome: &str,
) -> Result<(), StoreError> {
    let (now, contact) = (desk.now(), facts.id);
    tx.execute(
        "update task set done_at = $2, done_by = $3, outcome = $4, touched_at = $2, raised_at = null where id = $1",
        &params![task.bytes(), millis(now), worker.staff.bytes(), outcome],
    )?;
    if facts.open {
        touch(tx, contact, now)?;
    }
    add_event(tx, desk, by, contact, "task_done", outcome)?;
    log(tx, by, now, "task.finish", contact, "", Some(outcome))
}

const COLUMNS: &str = "select t.id, t.contact_id, t.kind, t.what, c.title, c.person_name, case when exists (select 1 from contact_link l join hidden_client h on h.client_id = l.client_id where l.contact_id = c.id and l.ended_at is null) then null else c.phone end, t.due_at, coalesce(t.owner, c.holder_staff), s.name, t.raised_at, c.number";
const FROM: &str = "from task t join contact c on c.id = t.contact_id left join staff s on s.id = coalesce(t.owner, c.holder_staff)";

fn from_row(row: &Row) -> Result<Task, StoreError> {
    Ok(Task {
        id: TaskId::from_bytes(row.get(0)?),
        contact: ContactId::from_bytes(row.get(1)?),
        call_back: row.get::<String>(2)? == "call_back",
        what: row.get(3)?,
        title: row.get(4)?,
        person: row.get(5)?,
        phone: row.get(6)?,
        due_at: from_millis(row.get(7)?),
        owner: row.get::<Option<[u8; 16]>>(8)?.map(StaffId::from_bytes),
        owner_name: row.get(9)?,
        raised: row.get::<Option<i64>>(10)?.is_some(),
        opens: true,
    })
}

/// The worker's own promises that are not kept yet, soonest first. A call of an untaken contact is
/// everybody's in the unit that may take it, so it is listed for the duty holder.
///
/// # Errors
/// When the engine fails.
pub fn list_own(
    query: &mut impl Query,
    worker: StaffId,
    now: Timestamp,
) -> Result<Vec<Task>, StoreError> {
    query
        .query(
            &format!(
                "{COLUMNS} {FROM} join unit u on u.id = c.holder_unit where t.done_at is null and (coalesce(t.owner, c.holder_staff) = $1 or (t.owner is null and c.holder_staff is null and coalesce((select d.staff_id from duty d where d.unit_id = u.id and d.begins_at <= $2 and d.ends_at > $2 order by d.begins_at desc, d.id limit 1), u.lead_id) = $1)) order by t.due_at, t.id limit 100"
            ),
            &params![worker.bytes(), millis(now)],
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// A promise that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub contact: ContactId,
    pub at: Timestamp,
    pub call_back: bool,
    pub what: String,
    pub title: String,
    pub person: Option<String>,
}

/// What the worker has done of the worker's own promises since a moment, newest first.
///
/// # Errors
/// When the engine fails.
pub fn list_kept(
    query: &mut impl Query,
    worker: StaffId,
    since: Timestamp,
) -> Result<Vec<Kept>, StoreError> {
    query
        .query(
            "select t.contact_id, t.done_at, t.kind, t.what, c.title, c.person_name from task t join contact c on c.id = t.contact_id where t.done_by = $1 and t.done_at >= $2 and coalesce(t.owner, c.holder_staff) = $1 order by t.done_at desc, t.id limit 100",
            &params![worker.bytes(), millis(since)],
        )?
        .iter()
        .map(|row| {
            Ok(Kept {
                contact: ContactId::from_bytes(row.get(0)?),
                at: from_millis(row.get(1)?),
                call_back: row.get::<String>(2)? == "call_back",
                what: row.get(3)?,
                title: row.get(4)?,
                person: row.get(5)?,
            })
        })
        .collect()
}

/// The open promises of one contact, soonest first.
///
/// # Errors
/// When the engine fails.
pub fn list_of_contact(
    query: &mut impl Query,
    contact: ContactId,
) -> Result<Vec<Task>, StoreError> {
    query
        .query(
            &format!(
                "{COLUMNS} {FROM} where t.contact_id = $1 and t.done_at is null order by t.due_at, t.id"
            ),
            &params![contact.bytes()],
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// Promises that rose to the lead of the units that `lead` leads because nobody touched them. One that goes with its
/// contact is the lead's whose unit answers for the contact now, somebody's own that of the unit where it was made.
///
/// # Errors
/// When the engine fails.
pub fn list_raised(
    query: &mut impl Query,
    lead: StaffId,
    now: Timestamp,
) -> Result<Vec<Task>, StoreError> {
    query
        .query(
            &format!(
                "{COLUMNS}, case when {} then 1 else 0 end {FROM} where t.done_at is null and t.raised_at is not null and {} order by t.due_at, t.id limit 100",
                led!("c.holder_unit", "$2"),
                led!(
                    "case when t.owner is null then c.holder_unit else t.unit_id end",
                    "$2"
                )
            ),
            &params![lead.bytes(), day(now).to_string()],
        )?
        .iter()
        .map(|row| {
            let task = from_row(row)?;
            Ok(Task {
                title: state_title(task.title, row.get(11)?),
                opens: row.get(12)?,
                ..task
            })
        })
        .collect()
}

//! What matters tell the room of clients: who works for whom over a matter, who the own worker is, and the client relation
//! (asiakkuus). Rights run over these facts; nobody makes one by wishing to read.

use clients::relations::{self, NewRelation, Which};
use clients::store::search::{self, Answer, Terms};
use clients::{ClientId, Gate, Reader};
use identity::people::{StaffId, UnitId};
use kernel::identity_code::IdentityCode;
use kernel::time::{Date, SignedDuration, Time, Timestamp, day, from_millis, millis, moment};
use store::{Query, StoreError, WriteTx, params};

use crate::domain::{MatterError, MatterId, RowId, ServiceTask};
use crate::store::facts::members;
use crate::store::workers::{OwnWorker, Substitute, WorkerRow};
use crate::store::{Acting, By, Casework, log, unreadable};

pub use super::cards::{ClientCard, NewFor};
pub(crate) use super::cards::{cards, client_part, new_for};

/// Relation of everybody who works on a matter.
const PARTICIPANT: &str = "matter_participant";
/// Relation of the one who answers for it.
const HOLDER: &str = "matter_holder";

const fn object(matter: MatterId) -> relations::Object {
    ("matter", matter.bytes())
}

fn begin(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    staff: StaffId,
    kind: &'static str,
    matter: MatterId,
    made_by: &str,
) -> Result<(), StoreError> {
    let now = casework.now();
    let new = NewRelation {
        client,
        staff,
        kind,
        object: Some(object(matter)),
        from: now,
        to: None,
        made_by,
    };
    relations::begin(tx, &new, casework.tails(), now)
}

fn end(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    staff: StaffId,
    kind: &'static str,
    matter: MatterId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let which = Which {
        client,
        staff: Some(staff),
        kind,
        object: Some(object(matter)),
    };
    relations::end(tx, &which, at, casework.tails(), "matter")?;
    Ok(())
}

/// A person begins to work for a client over a matter.
pub(crate) fn work_on(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    staff: StaffId,
    matter: MatterId,
    made_by: &str,
) -> Result<(), StoreError> {
    // Whoever works on it already goes on by the same fact.
    let works = tx.query_optional(
        "select 1 from relation where client_id = $1 and staff_id = $2 and kind = $3 and object_id = $4 and ends_at is null",
        &params![client.bytes(), staff.bytes(), PARTICIPANT, matter.bytes()],
    )?;
    if works.is_some() {
        return Ok(());
    }
    begin(tx, casework, client, staff, PARTICIPANT, matter, made_by)
}

/// The person answers for the matter.
pub(crate) fn hold(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    staff: StaffId,
    matter: MatterId,
    made_by: &str,
) -> Result<(), StoreError> {
    begin(tx, casework, client, staff, HOLDER, matter, made_by)?;
    work_on(tx, casework, client, staff, matter, made_by)
}

/// The person no longer works for the client over this matter, neither as holder nor beside.
pub(crate) fn leave_matter(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    staff: StaffId,
    matter: MatterId,
) -> Result<(), StoreError> {
    let now = casework.now();
    end(tx, casework, client, staff, HOLDER, matter, now)?;
    end(tx, casework, client, staff, PARTICIPANT, matter, now)
}

/// The person works beside the holder until a moment, as when the end of an employment is known.
pub(crate) fn work_until(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    staff: StaffId,
    matter: MatterId,
    at: Timestamp,
) -> Result<(), StoreError> {
    end(tx, casework, client, staff, PARTICIPANT, matter, at)
}

/// Whether the person is named in the matter now.
pub(crate) fn works_on(
    query: &mut impl Query,
    staff: StaffId,
    matter: MatterId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(workers_of(query, matter, now)?
        .iter()
        .any(|worker| worker.staff == staff))
}

/// Everybody named in the matter now, by name.
pub(crate) fn workers_of(
    query: &mut impl Query,
    matter: MatterId,
    now: Timestamp,
) -> Result<Vec<WorkerRow>, StoreError> {
    query
        .query(
            "select s.id, s.name, s.title, min(r.began_at) from relation r join staff s on s.id = r.staff_id where r.kind = $1 and r.object_id = $2 and r.began_at <= $3 and (r.ends_at is null or r.ends_at > $3) group by s.id, s.name, s.title, s.sort_key order by s.sort_key, s.id",
            &params![PARTICIPANT, matter.bytes(), millis(now)],
        )?
        .iter()
        .map(|row| {
            Ok(WorkerRow {
                staff: StaffId::from_bytes(row.get(0)?),
                name: row.get(1)?,
                title: row.get(2)?,
                since: from_millis(row.get(3)?),
            })
        })
        .collect()
}

/// The clients of a matter now.
pub(crate) fn clients_of(
    query: &mut impl Query,
    matter: MatterId,
) -> Result<Vec<ClientId>, StoreError> {
    Ok(members(query, &[matter])?
        .remove(&matter)
        .unwrap_or_default())
}

/// The beginning of a day in Finland.
fn dawn(on: Date) -> Timestamp {
    moment(on, Time::midnight())
}

/// The moment after the last minute of a day.
fn night(on: Date) -> Timestamp {
    on.tomorrow().map_or(Timestamp::MAX, dawn)
}

/// Names the own worker from a day on; whoever was it before is so until then.
pub(crate) fn replace_own_worker(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    naming: &OwnWorker,
) -> Result<(), StoreError> {
    let now = casework.now();
    // Today begins now: the past is not opened to anybody.
    let from = dawn(naming.from).max(now);
    let which = Which {
        client,
        staff: None,
        kind: "own_worker",
        object: None,
    };
    relations::end(tx, &which, from, casework.tails(), "own_worker")?;
    let new = NewRelation {
        client,
        staff: naming.staff,
        kind: "own_worker",
        object: None,
        from,
        to: naming.to.map(night),
        made_by: "own_worker",
    };
    relations::begin(tx, &new, casework.tails(), now)
}

/// A social worker who answers for the client's support beside the own worker (SHL 42 § 3), as long as the own worker.
pub(crate) fn pair_with(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    pair: StaffId,
    naming: &OwnWorker,
) -> Result<(), StoreError> {
    let now = casework.now();
    let new = NewRelation {
        client,
        staff: pair,
        kind: "own_team",
        object: None,
        from: dawn(naming.from).max(now),
        to: naming.to.map(night),
        made_by: "own_worker",
    };
    relations::begin(tx, &new, casework.tails(), now)
}

/// The pair of an earlier naming is no longer one, from a day on.
pub(crate) fn end_pair(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    pair: StaffId,
    from: Date,
) -> Result<(), StoreError> {
    let which = Which {
        client,
        staff: Some(pair),
        kind: "own_team",
        object: None,
    };
    let at = dawn(from).max(casework.now());
    relations::end(tx, &which, at, casework.tails(), "own_worker")?;
    Ok(())
}

/// Whoever follows up after the end works on the matter until some days after the day agreed.
pub(crate) fn follow_up_on(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    staff: StaffId,
    matter: MatterId,
    until: Date,
) -> Result<(), StoreError> {
    let now = casework.now();
    let new = NewRelation {
        client,
        staff,
        kind: PARTICIPANT,
        object: Some(object(matter)),
        from: now,
        to: Some(night(until)),
        made_by: "follow_up",
    };
    relations::begin(tx, &new, casework.tails(), now)
}

/// A substitute between two days.
pub(crate) fn substitute(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    client: ClientId,
    substitute: &Substitute,
) -> Result<(), StoreError> {
    let now = casework.now();
    let new = NewRelation {
        client,
        staff: substitute.staff,
        kind: "substitute",
        object: None,
        from: dawn(substitute.from).max(now),
        to: Some(night(substitute.to)),
        made_by: "substitute",
    };
    relations::begin(tx, &new, casework.tails(), now)
}

/// The right to open a matter for a client: over a contact or a matter that the reader holds, or as the own worker.
pub(crate) fn may_open(
    query: &mut impl Query,
    casework: &Casework,
    reader: &Reader,
    client: ClientId,
    task: ServiceTask,
) -> Result<Acting, MatterError> {
    let gate = Gate::open(query, reader, client, casework.now())?;
    // What somebody opens is that person's own entry.
    let granted = gate
        .acting("matter", "create", task.code(), None, &["own_entry"])
        .map_err(|_| MatterError::NotFound)?;
    Ok(Acting {
        staff: reader.staff,
        right: granted.right,
        purpose: granted.purpose,
    })
}

/// The client of an identity code, for whom the reader could open a matter. It is a search, and is logged and limited as
/// one.
pub(crate) fn find_to_join(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    code: IdentityCode,
) -> Result<Option<ClientId>, MatterError> {
    let answer = search::search(tx, &casework.clients, reader, &Terms::Code(code), "")?;
    let Answer::Opened(client) = answer else {
        return Ok(None);
    };
    match may_open(tx, casework, reader, client, ServiceTask::WorkingAge) {
        Ok(_) => Ok(Some(client)),
        Err(MatterError::NotFound | MatterError::Client(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The client's day of birth, when known.
pub(crate) fn born(query: &mut impl Query, client: ClientId) -> Result<Option<Date>, MatterError> {
    let row = query
        .query_optional(
            "select birth_date from client where id = $1",
            &params![client.bytes()],
        )?
        .ok_or(MatterError::NotFound)?;
    row.get::<Option<String>>(0)?
        .map(|text| text.parse().map_err(|_| unreadable().into()))
        .transpose()
}

/// A client for whom no unit answers yet is the unit's that got the matter.
pub(crate) fn answered_by(
    tx: &mut WriteTx<'_>,
    client: ClientId,
    unit: UnitId,
) -> Result<(), StoreError> {
    tx.execute(
        "update client set responsible_unit = $2, version = version + 1 where id = $1 and responsible_unit is null",
        &params![client.bytes(), unit.bytes()],
    )?;
    Ok(())
}

/// The client relation begins, when it is not open already (SHL 34 § 2).
pub(crate) fn begin_client_relation(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    by: &By,
    client: ClientId,
    unit: UnitId,
) -> Result<(), StoreError> {
    let now = casework.now();
    answered_by(tx, client, unit)?;
    let open = tx.query_optional(
        "select 1 from client_relation where client_id = $1 and ended_on is null",
        &params![client.bytes()],
    )?;
    if open.is_some() {
        return Ok(());
    }
    tx.execute(
        "insert into client_relation (id, client_id, began_on, ground, began_by, began_at) values ($1, $2, $3, 'matter', $4, $5)",
        &params![
            RowId::new(&*casework.clock, &*casework.chance).bytes(),
            client.bytes(),
            day(now).to_string(),
            by.staff().map(|staff| staff.bytes()),
            millis(now)
        ],
    )?;
    log(tx, by, now, "client.relation_begin", &[client], "", None)
}

/// The client relation ends by the entry that there is no ground for social care; the own worker's task ends with it.
pub(crate) fn end_client_relation(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    staff: StaffId,
    client: ClientId,
    ground: &str,
) -> Result<(), StoreError> {
    let now = casework.now();
    tx.execute(
        "update client_relation set ended_on = $2, end_reason = $3, ended_by = $4, ended_at = $5 where client_id = $1 and ended_on is null",
        &params![
            client.bytes(),
            day(now).to_string(),
            ground,
            staff.bytes(),
            millis(now)
        ],
    )?;
    for kind in ["own_worker", "own_team", "substitute"] {
        let which = Which {
            client,
            staff: None,
            kind,
            object: None,
        };
        relations::end(tx, &which, now, casework.tails(), "client_relation")?;
    }
    Ok(())
}

/// Whether less than this has passed: for a form that was sent twice.
pub const TWICE: SignedDuration = SignedDuration::from_secs(15);

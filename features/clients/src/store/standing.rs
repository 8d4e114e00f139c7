//! The client relation (asiakkuus), the unit that answers, and death.
//!
//! The relation begins by an application, when handling of another pending matter begins, or when a service
//! is given; it ends only by an entry that there is no ground for social care (SHL 34 § 2), and its beginning,
//! end and ground are kept (703/2023 38 § 2).

use identity::people::UnitId;
use kernel::time::{Date, Timestamp, day, millis};
use store::{Query, WriteTx, params};

use super::{By, Desk, add_event, touch};
use crate::domain::{ClientError, ClientId, RowId};
use crate::gate::Gate;
use crate::relations;

/// A client relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientRelation {
    pub id: RowId,
    pub began_on: Date,
    /// What it began by, as a code.
    pub ground: String,
    pub ended_on: Option<Date>,
    pub end_reason: Option<String>,
}

/// Begins the client relation when none is open; `by` holds the right of the act that begins it: an
/// application, handling of a matter, a service. `true` when it began now.
///
/// # Errors
/// When the engine fails.
pub fn begin(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    by: &By<'_>,
    client: ClientId,
    ground: &str,
) -> Result<bool, ClientError> {
    let began = tx.execute(
        "insert into client_relation (id, client_id, began_on, ground, began_by, began_at) select $1, $2, $3, $4, $5, $6 where not exists (select 1 from client_relation where client_id = $2 and ended_on is null)",
        &params![
            desk.row_id(),
            client.bytes(),
            day(by.now).to_string(),
            ground,
            by.staff().bytes(),
            millis(by.now)
        ],
    )?;
    if began > 0 {
        touch(tx, client)?;
        add_event(tx, desk, client, Some(by.staff()), "relation_open", ground)?;
        by.log(tx, "client.relation_open", client, ground, None)?;
    }
    Ok(began > 0)
}

/// Opens the client relation by an entry of its own.
///
/// # Errors
/// [`ClientError::NotFound`] without the right; [`ClientError::Already`] when one is open.
pub fn open(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    ground: &str,
) -> Result<(), ClientError> {
    let by = gate.by("client_relation", "create", desk.now())?;
    if begin(tx, desk, &by, gate.client(), ground)? {
        Ok(())
    } else {
        Err(ClientError::Already)
    }
}

/// Ends the client relation with its ground. Relations of own worker and team end with it; their tails run.
/// Matters of the client must have ended: each is an open relation to its workers.
///
/// # Errors
/// [`ClientError::NotFound`] without the right; [`ClientError::Missing`] without a ground;
/// [`ClientError::OpenMatters`]; [`ClientError::Ended`] when none is open.
pub fn close(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    ground: &str,
    words: &str,
) -> Result<(), ClientError> {
    let by = gate.by("client_relation", "finish", desk.now())?;
    if ground.trim().is_empty() {
        return Err(ClientError::Missing("ground"));
    }
    let client = gate.client();
    let open = tx.query(
        "select 1 from relation where client_id = $1 and kind in ('matter_holder', 'matter_participant', 'assessor', 'decision_maker', 'preparer', 'service_worker') and (ends_at is null or ends_at > $2) limit 1",
        &params![client.bytes(), by.now],
    )?;
    if !open.is_empty() {
        return Err(ClientError::OpenMatters);
    }
    let ended = tx.execute(
        "update client_relation set ended_on = $2, end_reason = $3, ended_by = $4, ended_at = $5 where client_id = $1 and ended_on is null",
        &params![
            client.bytes(),
            day(by.now).to_string(),
            ground,
            by.staff().bytes(),
            by.now
        ],
    )?;
    if ended == 0 {
        return Err(ClientError::Ended);
    }
    for kind in ["own_worker", "own_team"] {
        let which = relations::Which {
            client,
            staff: None,
            kind,
            object: None,
        };
        relations::end(tx, &which, by.now, desk.tails(), "client_relation")?;
    }
    touch(tx, client)?;
    add_event(tx, desk, client, Some(by.staff()), "relation_close", words)?;
    by.log(tx, "client.relation_close", client, ground, Some(words))?;
    Ok(())
}

/// The client relations, newest first.
pub(crate) fn client_relations(
    tx: &mut impl Query,
    client: ClientId,
) -> Result<Vec<ClientRelation>, ClientError> {
    tx.query(
        "select id, began_on, ground, ended_on, end_reason from client_relation where client_id = $1 order by began_at desc, id desc",
        &params![client.bytes()],
    )?
    .iter()
    .map(|row| {
        Ok(ClientRelation {
            id: RowId::from_bytes(row.get(0)?),
            began_on: row.get(1)?,
            ground: row.get(2)?,
            ended_on: row.get(3)?,
            end_reason: row.get(4)?,
        })
    })
    .collect()
}

/// Records the day of death. Staff's rights stop 30 days after it, or after it was recorded (bar B12). Another day corrects it, `None`
/// takes a mistake back.
///
/// # Errors
/// [`ClientError::NotFound`] without a right to correct the basics; [`ClientError::Day`] for a day to come or
/// before the birth.
pub fn set_death(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    gate: &Gate,
    died_on: Option<Date>,
    source: &str,
) -> Result<(), ClientError> {
    let by = gate.by("client_basics", "correct", desk.now())?;
    let birth: Option<Date> = tx
        .query_one(
            "select birth_date from client where id = $1",
            &params![gate.client().bytes()],
        )?
        .get(0)?;
    if died_on.is_some_and(|died| died > day(by.now) || birth.is_some_and(|birth| died < birth)) {
        return Err(ClientError::Day("died_on"));
    }
    tx.execute(
        "update client set died_on = $2, death_known_on = $3 where id = $1",
        &params![
            gate.client().bytes(),
            died_on.map(|day| day.to_string()),
            died_on.map(|_| day(by.now).to_string())
        ],
    )?;
    touch(tx, gate.client())?;
    let event = if died_on.is_some() {
        "death"
    } else {
        "death_undone"
    };
    add_event(tx, desk, gate.client(), Some(by.staff()), event, source)?;
    by.log(tx, "client.death", gate.client(), event, None)?;
    Ok(())
}

/// Lets a unit answer for the client: its lead and its duty holder then stand in relation to her.
///
/// # Errors
/// When the unit is unknown or the engine fails.
pub fn set_unit(tx: &mut WriteTx<'_>, client: ClientId, unit: UnitId) -> Result<(), ClientError> {
    tx.execute(
        "update client set responsible_unit = $2, version = version + 1 where id = $1",
        &params![client.bytes(), unit.bytes()],
    )?;
    Ok(())
}

/// One line of what happened to the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub at: Timestamp,
    pub by: Option<String>,
    pub event: String,
    pub body: String,
}

pub(crate) fn events(tx: &mut impl Query, client: ClientId) -> Result<Vec<Event>, ClientError> {
    tx.query(
        "select e.at, s.name, e.event, e.body from client_event e left join staff s on s.id = e.staff_id where e.client_id = $1 order by e.at desc, e.id desc",
        &params![client.bytes()],
    )?
    .iter()
    .map(|row| {
        Ok(Event {
            at: row.get(0)?,
            by: row.get(1)?,
            event: row.get(2)?,
            body: row.get(3)?,
        })
    })
    .collect()
}

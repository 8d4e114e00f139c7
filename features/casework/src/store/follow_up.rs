//! After-follow-up (jälkiseuranta): when a matter is closed, somebody by name may be agreed to ask how it is going, by a
//! day. It is a piece of work until it is done; the follower works on the ended matter until two weeks after the day.

use clients::{ClientId, Gate, Reader, holdings};
use identity::people::{self, StaffId};
use kernel::time::{Date, SignedDuration, Timestamp, from_millis, millis};
use store::{Query, Row, Show, StoreError, WriteTx, params, places};

use crate::domain::{MatterError, MatterId, NameCode};
use crate::store::facts::Facts;
use crate::store::{Acting, By, Casework, log, relation, unreadable};

kernel::id_type!(/** An after-follow-up. */ FollowUpId);

/// Days after the agreed day that the follower still works on the ended matter.
const DAYS_OVER: i64 = 14;

/// An after-follow-up as it is agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFollowUp {
    pub staff: StaffId,
    pub on: Date,
    pub what: String,
}

/// The last day that may be agreed: a year and a month ahead.
pub fn latest(today: Date) -> Date {
    today.saturating_add(SignedDuration::from_hours(24 * 396))
}

/// Keeps what was agreed, for each client of the matter that ends.
pub(crate) fn agree(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    acting: Acting,
    facts: &Facts,
    new: &NewFollowUp,
) -> Result<(), MatterError> {
    let (now, matter, clients) = (casework.now(), facts.id, &facts.clients());
    people::lookup_staff(tx, new.staff)?.ok_or(MatterError::NotFound)?;
    if people::is_away(tx, new.staff, now)? {
        return Err(MatterError::FollowerUnfit);
    }
    // Whoever could not open the client would have a piece of work that opens to nobody.
    let follower = holdings::reader_of(tx, new.staff, now)?.ok_or(MatterError::FollowerUnfit)?;
    let works = ("matter", "read");
    let could = facts.could(tx, &follower, "matter_participant", works, now)?;
    let gates = Gate::open_many(tx, &follower, clients, now)?;
    let finishes = |gate: &Gate| {
        gate.standing_as("own_task", None)
            .acting("task", "finish", "na", None, &[])
            .is_ok()
    };
    if !could || !gates.iter().all(finishes) {
        return Err(MatterError::FollowerUnfit);
    }
    let until = new
        .on
        .saturating_add(SignedDuration::from_hours(24 * DAYS_OVER));
    for client in clients {
        tx.execute(
            "insert into follow_up (id, client_id, matter_id, staff_id, due_on, what, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            &params![
                FollowUpId::new(&*casework.clock, &*casework.chance).bytes(),
                client.bytes(),
                matter.bytes(),
                new.staff.bytes(),
                new.on.to_string(),
                new.what.as_str(),
                millis(now),
                acting.staff.bytes()
            ],
        )?;
        relation::follow_up_on(tx, casework, *client, new.staff, matter, until)?;
    }
    log(
        tx,
        &By::Worker(acting),
        now,
        "matter.follow_up",
        clients,
        &new.staff.to_string(),
        Some(&new.what),
    )?;
    Ok(())
}

/// An after-follow-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    pub id: FollowUpId,
    pub client: ClientId,
    pub matter: MatterId,
    pub number: String,
    pub name_code: NameCode,
    pub name_text: Option<String>,
    pub staff: StaffId,
    pub worker: String,
    pub on: Date,
    pub what: String,
    pub done: Option<(Timestamp, String)>,
}

const COLUMNS: &str = "select f.id, f.client_id, f.matter_id, m.number, m.name_code, m.name_text, f.staff_id, s.name, f.due_on, f.what, f.done_at, f.outcome from follow_up f join matter m on m.id = f.matter_id join staff s on s.id = f.staff_id";

fn from_row(row: &Row) -> Result<FollowUp, StoreError> {
    let done = row
        .get::<Option<i64>>(10)?
        .map(from_millis)
        .zip(row.get::<Option<String>>(11)?);
    Ok(FollowUp {
        id: FollowUpId::from_bytes(row.get(0)?),
        client: ClientId::from_bytes(row.get(1)?),
        matter: MatterId::from_bytes(row.get(2)?),
        number: row.get(3)?,
        name_code: NameCode::from_code(&row.get::<String>(4)?).ok_or_else(unreadable)?,
        name_text: row.get(5)?,
        staff: StaffId::from_bytes(row.get(6)?),
        worker: row.get(7)?,
        on: row.get::<String>(8)?.parse().map_err(|_| unreadable())?,
        what: row.get(9)?,
        done,
    })
}

/// Those of a client, open ones first.
///
/// # Errors
/// When the engine fails.
pub fn of_client(query: &mut impl Query, client: ClientId) -> Result<Vec<FollowUp>, StoreError> {
    query
        .query(
            &format!("{COLUMNS} where f.client_id = $1 order by case when f.done_at is null then 0 else 1 end, f.due_on desc, f.id limit 20"),
            &params![client.bytes()],
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// The open ones of somebody, next first.
///
/// # Errors
/// When the engine fails.
pub fn of_staff(query: &mut impl Query, staff: StaffId) -> Result<Vec<FollowUp>, StoreError> {
    query
        .query(
            &format!("{COLUMNS} where f.staff_id = $1 and f.done_at is null order by f.due_on, f.id limit 50"),
            &params![staff.bytes()],
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// Those of a unit's clients and ended matters whose day has passed, or whose follower has left.
///
/// # Errors
/// When the engine fails.
pub fn fallen(
    query: &mut impl Query,
    unit: identity::people::UnitId,
    today: Date,
    now: Timestamp,
) -> Result<Vec<FollowUp>, StoreError> {
    query
        .query(
            &format!("{COLUMNS} where f.done_at is null and m.holder_unit = $1 and (f.due_on < $2 or s.ended_on < $2 or s.left_at <= $3) order by f.due_on, f.id limit 50"),
            &params![unit.bytes(), today.to_string(), millis(now)],
        )?
        .iter()
        .map(from_row)
        .collect()
}

/// The right to one's own work about a client, past every bar. A follow-up is its follower's own.
fn own(
    query: &mut impl Query,
    casework: &Casework,
    reader: &Reader,
    id: FollowUpId,
    action: &str,
) -> Result<(FollowUp, Acting), MatterError> {
    let one = query
        .query_optional(&format!("{COLUMNS} where f.id = $1"), &params![id.bytes()])?
        .as_ref()
        .map(from_row)
        .transpose()?
        .filter(|one| one.staff == reader.staff)
        .ok_or(MatterError::NotFound)?;
    let gate = Gate::open(query, reader, one.client, casework.now())?;
    let granted = gate
        .standing_as("own_task", None)
        .acting("task", action, "na", None, &[])
        .map_err(|_| MatterError::NotFound)?;
    let acting = Acting {
        staff: reader.staff,
        right: granted.right,
        purpose: granted.purpose,
    };
    Ok((one, acting))
}

/// Opens one's own follow-up with the client's name; the reading is logged.
///
/// # Errors
/// [`MatterError::NotFound`] for anybody else.
pub fn open(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    id: FollowUpId,
) -> Result<(FollowUp, String), MatterError> {
    let (one, acting) = own(tx, casework, reader, id, "read")?;
    let name = crate::store::own_worker::names_of(tx, &[one.client])?
        .remove(&one.client)
        .unwrap_or_default();
    log(
        tx,
        &By::Worker(acting),
        casework.now(),
        "matter.follow_up_read",
        &[one.client],
        "",
        None,
    )?;
    Ok((one, name))
}

/// Says how it went.
///
/// # Errors
/// [`MatterError::NotFound`] for anybody else, [`MatterError::ClockEnded`] when it was done already.
pub fn finish(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    reader: &Reader,
    id: FollowUpId,
    outcome: &str,
) -> Result<(), MatterError> {
    let now = casework.now();
    let (one, acting) = own(tx, casework, reader, id, "finish")?;
    let changed = tx.execute(
        "update follow_up set done_at = $2, done_by = $3, outcome = $4 where id = $1 and done_at is null",
        &params![id.bytes(), millis(now), reader.staff.bytes(), outcome],
    )?;
    if changed != 1 {
        return Err(MatterError::ClockEnded);
    }
    log(
        tx,
        &By::Worker(acting),
        now,
        "matter.follow_up_done",
        &[one.client],
        "",
        Some(outcome),
    )?;
    Ok(())
}

/// The days of open follow-ups of clients, for lists.
///
/// # Errors
/// When the engine fails.
pub fn next_days(
    query: &mut impl Query,
    clients: &[ClientId],
) -> Result<std::collections::HashMap<ClientId, Date>, StoreError> {
    let list = places(clients.len(), 0);
    let values: Vec<_> = clients.iter().map(|client| client.bytes().into()).collect();
    query
        .query(
            &format!("select client_id, min(due_on) from follow_up where done_at is null and client_id in ({list}) group by client_id"),
            &values,
        )?
        .iter()
        .map(|row| {
            let on = row.get::<String>(1)?.parse().map_err(|_| unreadable())?;
            Ok((ClientId::from_bytes(row.get(0)?), on))
        })
        .collect()
}

//! A worker who is disqualified from a client (bar B19) no longer answers for the client's matters: each goes to the
//! duty of the unit that has it, and somebody else answers from the same moment (invariant I1).

use std::sync::Arc;

use clients::ClientError;
use clients::store::disqualified::{self, Release, Released};
use identity::people;
use kernel::time::millis;
use store::{Query, StoreError, WriteTx, params};

use crate::domain::{Holder, MatterError, MatterId, Step};
use crate::store::facts::Facts;
use crate::store::{Acting, By, Casework, add_event, holding, log, offers, relation};

/// Matters of a worker who stands down from a client.
pub struct Matters(pub Arc<Casework>);

/// Matters that go on, of the client `$1`.
const OF_CLIENT: &str = "from matter m join matter_client c on c.matter_id = m.id where c.client_id = $1 and c.left_at is null and m.ended_at is null";

impl Release for Matters {
    fn release(&self, tx: &mut WriteTx<'_>, from: &Released<'_>) -> Result<usize, StoreError> {
        let client = from.client.bytes();
        let who = from.staff().bytes();
        let held = format!("select m.id {OF_CLIENT} and m.holder_staff = $2 order by m.id");
        let held = found(tx, &held, &params![client, who])?;
        for matter in &held {
            engine(hand_back(tx, &self.0, from, *matter))?;
        }
        let beside = format!(
            "select m.id {OF_CLIENT} and exists (select 1 from relation r where r.object_id = m.id and r.staff_id = $2 and r.kind = 'matter_participant' and (r.ends_at is null or r.ends_at > $3)) order by m.id"
        );
        let values = params![client, who, millis(from.by.now)];
        for matter in found(tx, &beside, &values)? {
            leave(tx, &self.0, from, matter)?;
        }
        let offered = format!(
            "select m.id {OF_CLIENT} and exists (select 1 from matter_offer o where o.matter_id = m.id and o.state = 'open' and o.to_staff = $2) order by m.id"
        );
        for matter in found(tx, &offered, &params![client, who])? {
            offers::withdraw_open(tx, &self.0, matter)?;
            add_event(tx, &self.0, &by(from), matter, None, "unanswered", "")?;
        }
        Ok(held.len())
    }
}

fn found(
    query: &mut impl Query,
    sql: &str,
    values: &[store::Value],
) -> Result<Vec<MatterId>, StoreError> {
    query
        .query(sql, values)?
        .iter()
        .map(|row| row.get(0).map(MatterId::from_bytes))
        .collect()
}

/// Nothing but the engine can refuse: the right was decided where the worker declared it.
fn engine(done: Result<(), MatterError>) -> Result<(), StoreError> {
    match done {
        Ok(()) => Ok(()),
        Err(MatterError::Store(error) | MatterError::Client(ClientError::Store(error))) => {
            Err(error)
        }
        Err(other) => Err(StoreError::Decode(other.to_string())),
    }
}

fn by(from: &Released<'_>) -> By {
    By::Worker(Acting {
        staff: from.staff(),
        right: from.by.granted.right,
        purpose: from.by.granted.purpose,
    })
}

/// To the duty of the unit; when that is the very worker, to whoever leads the unit.
fn hand_back(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    from: &Released<'_>,
    matter: MatterId,
) -> Result<(), MatterError> {
    let (now, by) = (from.by.now, by(from));
    let facts = Facts::load(tx, from.by.reader, matter, now)?;
    let unit = facts.unit();
    let mut to = Holder::Duty(unit);
    if people::duty_holder(tx, unit, now)? == from.staff()
        && let Some(staff) = disqualified::leader(tx, unit, from.client, now)?
    {
        to = Holder::Person { staff, unit };
    }
    let life = facts.life.after(Step::Release { to })?;
    holding::pass(tx, casework, &facts, life, "released")?;
    add_event(tx, casework, &by, matter, None, "released", "")?;
    let clients = facts.clients();
    Ok(log(tx, &by, now, "matter.release", &clients, "", None)?)
}

fn leave(
    tx: &mut WriteTx<'_>,
    casework: &Casework,
    from: &Released<'_>,
    matter: MatterId,
) -> Result<(), StoreError> {
    for client in relation::clients_of(tx, matter)? {
        relation::leave_matter(tx, casework, client, from.staff(), matter)?;
    }
    let name = people::lookup_staff(tx, from.staff())?.map_or_else(String::new, |one| one.name);
    add_event(tx, casework, &by(from), matter, None, "worker_left", &name)
}

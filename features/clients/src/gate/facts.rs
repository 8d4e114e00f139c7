//! What the store knows between a reader and clients.

use std::collections::HashMap;

use access::rights::Bar;
use identity::people::UnitId;
use kernel::time::{Date, Timestamp, day, from_millis, millis};
use store::{Query, Row, StoreError, params};

use super::{COLLEAGUE_PASSES, Gate, Held, HeldObject, is_long_dead};
use crate::domain::{ClientError, ClientId, Reader};
use crate::relations;

/// Absence longer than this suspends relations (bar B06).
const LONG_ABSENCE_DAYS: i32 = 30;
/// Beyond every moment of the store.
const NEVER: i64 = 9_007_199_254_740_991;
/// Steps from a merged client to the one kept, when that one was merged in its turn.
const MOST_STEPS: usize = 8;

pub(super) fn open(
    tx: &mut impl Query,
    reader: &Reader,
    client: ClientId,
    now: Timestamp,
) -> Result<Gate, ClientError> {
    open_many(tx, reader, &[client], now)?
        .pop()
        .ok_or(ClientError::NotFound)
}

struct Person {
    id: ClientId,
    responsible: Option<UnitId>,
    died_on: Option<Date>,
}

pub(super) fn open_many(
    tx: &mut impl Query,
    reader: &Reader,
    clients: &[ClientId],
    now: Timestamp,
) -> Result<Vec<Gate>, StoreError> {
    let mut asked = clients.to_vec();
    let mut persons = HashMap::new();
    for _ in 0..MOST_STEPS {
        let merged = load_persons(tx, &asked, &mut persons)?;
        if merged.is_empty() {
            break;
        }
        for id in &mut asked {
            if let Some(kept) = merged.get(id) {
                *id = *kept;
            }
        }
    }
    let facts = load_facts(tx, reader, &asked, now)?;
    Ok(asked
        .iter()
        .filter_map(|id| persons.get(id))
        .map(|person| gate(reader, person, &facts, now))
        .collect())
}

/// Reads clients; gives those that lead to another.
fn load_persons(
    tx: &mut impl Query,
    ids: &[ClientId],
    persons: &mut HashMap<ClientId, Person>,
) -> Result<HashMap<ClientId, ClientId>, StoreError> {
    let places = places(ids.len(), 0);
    let values: Vec<_> = ids.iter().map(|id| id.bytes().into()).collect();
    let rows = tx.query(
        &format!("select id, state, merged_into, responsible_unit, died_on from client where id in ({places})"),
        &values,
    )?;
    let mut merged = HashMap::new();
    for row in rows {
        let id = ClientId::from_bytes(row.get(0)?);
        match row.get::<String>(1)?.as_str() {
            "merged" => {
                merged.insert(id, ClientId::from_bytes(row.get(2)?));
            }
            "active" => {
                let person = Person {
                    id,
                    responsible: row.get::<Option<[u8; 16]>>(3)?.map(UnitId::from_bytes),
                    died_on: row.get(4)?,
                };
                persons.insert(id, person);
            }
            _ => {}
        }
    }
    Ok(merged)
}

/// `$1, $2, ...` for a list; `null` for an empty one, which nothing equals.
pub(crate) fn places(count: usize, before: usize) -> String {
    if count == 0 {
        return "null".to_owned();
    }
    let places: Vec<String> = (1..=count)
        .map(|place| format!("${}", place + before))
        .collect();
    places.join(", ")
}

#[derive(Default)]
struct Facts {
    held: Vec<(ClientId, Held)>,
    bars: Vec<(ClientId, Bar)>,
    hidden: Vec<ClientId>,
    secret: Vec<ClientId>,
    long_away: bool,
}

/// One statement for everything, whatever there is: an answer takes the same work for a client that is
/// hidden and for one that is not there.
fn load_facts(
    tx: &mut impl Query,
    reader: &Reader,
    ids: &[ClientId],
    now: Timestamp,
) -> Result<Facts, StoreError> {
    let list = places(ids.len(), 3);
    let sql = format!(
        "select 'held', h.client_id, h.kind, h.object_kind, h.object_id, h.ends from held_relation h
            where h.client_id in ({list}) and h.staff_id = $1 and h.began_at <= $2 and h.until_at > $2 and h.begins_on <= $3 and h.ends_on >= $3
        union all select 'bar', k.client_id, k.bar, null, null, 0 from kin_bar k where k.client_id in ({list}) and k.staff_id = $1 and k.begins_on <= $3 and k.ends_on >= $3
        union all select 'bar', b.client_id, b.kind, null, null, 0 from bar b
            where b.client_id in ({list}) and (b.staff_id is null or b.staff_id = $1) and b.began_at <= $2 and coalesce(b.ends_at, {NEVER}) > $2
            and not exists (select 1 from bar_exempt x where x.bar_id = b.id and x.staff_id = $1)
        union all select 'bar', c.id, b.kind, null, null, 0 from client c join bar b on b.unit_id = c.responsible_unit and b.client_id is null
            where c.id in ({list}) and b.began_at <= $2 and coalesce(b.ends_at, {NEVER}) > $2
            and not exists (select 1 from staff s where s.id = $1 and s.unit_id = b.unit_id)
            and not exists (select 1 from bar_exempt x where x.bar_id = b.id and x.staff_id = $1)
        union all select 'hidden', h.client_id, '', null, null, 0 from hidden_client h where h.client_id in ({list}) and h.begins_on <= $3 and h.ends_on >= $3
        union all select 'secret', r.client_id, '', null, null, 0 from secret_right r
            where r.client_id in ({list}) and r.staff_id = $1 and r.begins_on <= $3 and r.ends_on >= $3 and r.ended_at is null
        union all select 'away', a.staff_id, a.begins_on, a.ends_on, null, 0 from absence a where a.staff_id = $1 and a.begins_on <= $3 and a.ends_on >= $3"
    );
    let mut values = params![reader.staff.bytes(), millis(now), day(now).to_string()];
    values.extend(ids.iter().map(|id| id.bytes().into()));
    let mut facts = Facts::default();
    for row in tx.query(&sql, &values)? {
        facts.read(&row, now)?;
    }
    Ok(facts)
}

impl Facts {
    fn read(&mut self, row: &Row, now: Timestamp) -> Result<(), StoreError> {
        let client = ClientId::from_bytes(row.get(1)?);
        let code: String = row.get(2)?;
        match row.get::<String>(0)?.as_str() {
            "held" => {
                // A kind of a newer version gives no right in this one.
                if let Some(kind) = relations::kind(&code) {
                    self.held.push((client, held(kind, row, now)?));
                }
            }
            "bar" => {
                let bar = Bar::parse(&code)
                    .ok_or_else(|| StoreError::Decode("a bar of another version".to_owned()))?;
                self.bars.push((client, bar));
            }
            "hidden" => self.hidden.push(client),
            "secret" => self.secret.push(client),
            _ => {
                let from: Date = row.get(2)?;
                let until: Date = row.get(3)?;
                self.long_away |= is_long(from, until);
            }
        }
        Ok(())
    }
}

/// Whether an absence with these days, both included, suspends relations.
pub(crate) fn is_long(from: Date, until: Date) -> bool {
    until
        .since(from)
        .is_ok_and(|span| span.get_days() >= LONG_ABSENCE_DAYS)
}

fn held(kind: &'static str, row: &Row, now: Timestamp) -> Result<Held, StoreError> {
    let ends: i64 = row.get(5)?;
    let object = match (
        row.get::<Option<String>>(3)?,
        row.get::<Option<[u8; 16]>>(4)?,
    ) {
        (Some(kind), Some(id)) => Some((id, HeldObject::of(&kind))),
        _ => None,
    };
    Ok(Held {
        kind,
        object,
        tail: ends <= millis(now),
        ends: (ends < NEVER).then(|| from_millis(ends)),
    })
}

fn gate(reader: &Reader, person: &Person, facts: &Facts, now: Timestamp) -> Gate {
    let of = |client: &ClientId| *client == person.id;
    let held: Vec<Held> = facts
        .held
        .iter()
        .filter(|(client, _)| of(client))
        .map(|(_, held)| *held)
        .collect();
    let passes = held
        .iter()
        .any(|held| !held.tail && COLLEAGUE_PASSES.contains(&held.kind));
    let mut bars: Vec<Bar> = facts
        .bars
        .iter()
        .filter(|(client, bar)| of(client) && !(*bar == Bar::B03 && passes))
        .map(|(_, bar)| *bar)
        .collect();
    if facts.long_away {
        bars.push(Bar::B06);
    }
    if is_long_dead(person.died_on, now) {
        bars.push(Bar::B12);
    }
    // Protected details are closed to everybody without a right of their own.
    bars.push(Bar::B07);
    bars.sort_unstable();
    bars.dedup();
    Gate {
        client: person.id,
        reader: reader.clone(),
        on: day(now),
        held,
        bars,
        responsible: person.responsible,
        hidden: facts.hidden.iter().any(of),
        secret_right: facts.secret.iter().any(of),
    }
}

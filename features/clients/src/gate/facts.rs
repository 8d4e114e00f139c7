//! What the store knows between a reader and clients.

use std::collections::HashMap;
use std::sync::LazyLock;

use access::rights::Bar;
use identity::people::UnitId;
use kernel::time::{Date, Timestamp, day, from_millis, millis};
use store::{Ask, Query, Row, StoreError, params, places};

use super::{COLLEAGUE_PASSES, DEAD_SINCE, Gate, Held, HeldObject, is_long_dead};
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
    responsible: Option<UnitId>,
    dead_since: Option<Date>,
}

pub(super) fn open_many(
    tx: &mut impl Query,
    reader: &Reader,
    clients: &[ClientId],
    now: Timestamp,
) -> Result<Vec<Gate>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    let ask = ask(reader, clients, now);
    let rows = tx.query(&ask.sql, &ask.params)?;
    open_of(tx, reader, clients, rows, now)
}

/// As [`open_many`], with the rows of [`ask`] for these clients. Asks again only for clients that were merged.
pub(super) fn open_of(
    tx: &mut impl Query,
    reader: &Reader,
    clients: &[ClientId],
    mut rows: Vec<Row>,
    now: Timestamp,
) -> Result<Vec<Gate>, StoreError> {
    let mut asked = clients.to_vec();
    for _ in 0..MOST_STEPS {
        let facts = Facts::read(&rows, now)?;
        let merged = asked.iter().any(|id| facts.merged.contains_key(id));
        if !merged {
            return Ok(asked
                .iter()
                .filter_map(|id| facts.persons.get(id).map(|person| (id, person)))
                .map(|(id, person)| gate(reader, *id, person, &facts, now))
                .collect());
        }
        for id in &mut asked {
            *id = *facts.merged.get(id).unwrap_or(id);
        }
        let ask = ask(reader, &asked, now);
        rows = tx.query(&ask.sql, &ask.params)?;
    }
    Ok(Vec::new())
}

/// One statement for everything, whatever there is: an answer takes the same work for a client that is
/// hidden and for one that is not there.
pub(super) fn ask(reader: &Reader, ids: &[ClientId], now: Timestamp) -> Ask {
    let mut values = params![reader.staff.bytes(), millis(now), day(now).to_string()];
    values.extend(ids.iter().map(|id| id.bytes().into()));
    // Most gates are opened one at a time.
    if ids.len() == 1 {
        static ONE: LazyLock<String> = LazyLock::new(|| statement(1));
        return Ask::new(ONE.as_str(), values);
    }
    Ask::new(statement(ids.len()), values)
}

fn statement(clients: usize) -> String {
    let list = places(clients, 3);
    format!(
        "select 'person', c.id, c.state, {DEAD_SINCE}, case c.state when 'merged' then c.merged_into else c.responsible_unit end, cast(0 as bigint)
            from client c where c.id in ({list})
        union all select 'held', h.client_id, h.kind, h.object_kind, h.object_id, h.ends from held_relation h
            where h.client_id in ({list}) and h.staff_id = $1 and h.began_at <= $2 and h.until_at > $2 and h.begins_on <= $3 and h.ends_on >= $3
        union all {}
        union all select 'hidden', h.client_id, '', null, null, 0 from hidden_client h where h.client_id in ({list}) and h.begins_on <= $3 and h.ends_on >= $3
        union all select 'secret', r.client_id, '', null, null, 0 from secret_right r
            where r.client_id in ({list}) and r.staff_id = $1 and r.begins_on <= $3 and r.ends_on >= $3 and r.ended_at is null
        union all select 'away', a.staff_id, a.begins_on, a.ends_on, null, 0 from absence a where a.staff_id = $1 and a.begins_on <= $3 and a.ends_on >= $3",
        bars(&list, "$1", "", ["$2", "$3"])
    )
}

/// SQL of the bars that stand between clients and somebody: `staff` tells who, from what is `joined`; at a moment and on a
/// day. Its fifth column is empty for a parameter and else who it is.
pub(super) fn bars(list: &str, staff: &str, joined: &str, at: [&str; 2]) -> String {
    let [now, today] = at;
    let who = if joined.is_empty() { "null" } else { staff };
    format!(
        "select 'bar', k.client_id, k.bar, null, {who}, 0 from kin_bar k{joined} where k.client_id in ({list}) and k.staff_id = {staff} and k.begins_on <= {today} and k.ends_on >= {today}
        union all select 'bar', b.client_id, b.kind, null, {who}, 0 from bar b{joined}
            where b.client_id in ({list}) and (b.staff_id is null or b.staff_id = {staff}) and b.began_at <= {now} and coalesce(b.ends_at, {NEVER}) > {now}
            and not exists (select 1 from bar_exempt x where x.bar_id = b.id and x.staff_id = {staff})
        union all select 'bar', c.id, b.kind, null, {who}, 0 from client c join bar b on b.unit_id = c.responsible_unit and b.client_id is null{joined}
            where c.id in ({list}) and b.began_at <= {now} and coalesce(b.ends_at, {NEVER}) > {now}
            and not exists (select 1 from staff own where own.id = {staff} and own.unit_id = b.unit_id)
            and not exists (select 1 from bar_exempt x where x.bar_id = b.id and x.staff_id = {staff})"
    )
}

#[derive(Default)]
struct Facts {
    persons: HashMap<ClientId, Person>,
    /// Those who lead to another.
    merged: HashMap<ClientId, ClientId>,
    held: Vec<(ClientId, Held)>,
    bars: Vec<(ClientId, Bar)>,
    hidden: Vec<ClientId>,
    secret: Vec<ClientId>,
    long_away: bool,
}

impl Facts {
    fn read(rows: &[Row], now: Timestamp) -> Result<Self, StoreError> {
        let mut facts = Self::default();
        for row in rows {
            facts.add(row, now)?;
        }
        Ok(facts)
    }

    fn add(&mut self, row: &Row, now: Timestamp) -> Result<(), StoreError> {
        let client = ClientId::from_bytes(row.get(1)?);
        let code = row.text(2)?;
        match row.text(0)? {
            "person" => self.add_person(client, code, row)?,
            "held" => {
                // A kind of a newer version gives no right in this one.
                if let Some(kind) = relations::kind(code) {
                    self.held.push((client, held(kind, row, now)?));
                }
            }
            "bar" => {
                let bar = Bar::parse(code)
                    .ok_or_else(|| StoreError::Decode("a bar of another version".to_owned()))?;
                self.bars.push((client, bar));
            }
            "hidden" => self.hidden.push(client),
            "secret" => self.secret.push(client),
            _ => self.long_away |= is_long(row.get(2)?, row.get(3)?),
        }
        Ok(())
    }

    fn add_person(&mut self, id: ClientId, state: &str, row: &Row) -> Result<(), StoreError> {
        match state {
            "merged" => {
                self.merged.insert(id, ClientId::from_bytes(row.get(4)?));
            }
            "active" => {
                let person = Person {
                    responsible: row.get::<Option<[u8; 16]>>(4)?.map(UnitId::from_bytes),
                    dead_since: row.get(3)?,
                };
                self.persons.insert(id, person);
            }
            _ => {}
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

fn gate(reader: &Reader, id: ClientId, person: &Person, facts: &Facts, now: Timestamp) -> Gate {
    let of = |client: &ClientId| *client == id;
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
    if is_long_dead(person.dead_since, now) {
        bars.push(Bar::B12);
    }
    // Protected details are closed to everybody without a right of their own.
    bars.push(Bar::B07);
    bars.sort_unstable();
    bars.dedup();
    Gate {
        client: id,
        reader: reader.clone(),
        on: day(now),
        held,
        bars,
        responsible: person.responsible,
        hidden: facts.hidden.iter().any(of),
        secret_right: facts.secret.iter().any(of),
    }
}

//! What this room tells the safety net of a unit: clients without an own worker at work, matters that have fallen asleep,
//! client relations that nobody carries on, after-follow-ups whose day has passed.

use std::collections::HashMap;

use clients::{ClientId, Gate, Reader};
use identity::people::UnitId;
use kernel::time::{Date, SignedDuration, Timestamp, day, from_millis, millis};
use store::{Query, Row, ShowTx, StoreError, Value, params};
use web::Texts;

use crate::alerts::Alert;
use crate::domain::{MatterId, NameCode};
use crate::pages::matter_name;
use crate::store::facts::Facts;
use crate::store::own_worker::names_of;
use crate::store::{follow_up, unreadable};

/// Days after the end of the last matter that a client relation may stand without one.
const DAYS_WITHOUT: i64 = 14;

/// The open matter of a client `c` that began first.
const FIRST_MATTER: &str = "(select m.id from matter_client mc join matter m on m.id = mc.matter_id where mc.client_id = c.id and mc.left_at is null and m.ended_at is null order by m.pending_at, m.id limit 1)";
/// Clients `c` of the unit `$1` with an open client relation `cr`. It begins with the index of the unit and that of open
/// relations: most clients of a unit are of other years, and their rows are not read.
const CLIENTS: &str = "client u cross join client_relation cr cross join client c";
const OF_UNIT: &str = "u.responsible_unit = $1 and cr.client_id = u.id and cr.ended_on is null and c.id = u.id and c.state = 'active'";
/// A relation `r` in force; `$2` is now.
const IN_FORCE: &str = "r.began_at <= $2 and (r.ends_at is null or r.ends_at > $2)";

/// The rows for a unit's lead. Nine statements, whatever the number of rows.
///
/// # Errors
/// When the engine fails.
pub fn alerts(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    unit: UnitId,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Alert>, StoreError> {
    let mut found = own_worker_gone(tx, unit, t, now)?;
    found.extend(unnamed(tx, unit, t, now)?);
    found.extend(carried_by_nobody(tx, unit, t, now)?);
    found.extend(fallen(tx, unit, t, now)?);
    named_by_right(tx, reader, found, t, now)
}

/// An alert before the lead's right to the name has been asked.
struct Found {
    kind: &'static str,
    client: ClientId,
    since: Option<Date>,
    what: String,
    href: String,
}

impl From<Found> for Alert {
    fn from(one: Found) -> Self {
        Self {
            kind: one.kind,
            clients: vec![one.client],
            who: String::new(),
            since: one.since,
            what: one.what,
            href: one.href,
        }
    }
}

/// Tells the names of those whose name and birth date the lead may see (rows LE-02, N-171); of others the row stands
/// without one. A client closed to the lead is not told at all.
fn named_by_right(
    query: &mut impl Query,
    reader: &Reader,
    found: Vec<Found>,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Alert>, StoreError> {
    let mut clients: Vec<ClientId> = found.iter().map(|one| one.client).collect();
    clients.sort_unstable();
    clients.dedup();
    let gates = Gate::open_many(query, reader, &clients, now)?;
    let may = |gate: &Gate, class, action| {
        gate.decide(class, action, "working_age", None, &[])
            .allowed()
    };
    let open: HashMap<ClientId, bool> = gates
        .iter()
        .filter(|gate| {
            may(gate, "client_relation", "read") || may(gate, "client_basics", "see_basics")
        })
        .map(|gate| (gate.client(), may(gate, "client_basics", "see_basics")))
        .collect();
    let named: Vec<ClientId> = open
        .iter()
        .filter(|(_, named)| **named)
        .map(|(client, _)| *client)
        .collect();
    let names = names_of(query, &named)?;
    Ok(found
        .into_iter()
        .filter(|one| open.contains_key(&one.client))
        .map(|one| {
            let who = names.get(&one.client).cloned();
            Alert {
                who: who.unwrap_or_else(|| t.get("alert-nameless")),
                ..one.into()
            }
        })
        .collect())
}

/// Where an own worker is named: the client's first open matter, or the client's page.
fn naming_at(client: ClientId, matter: Option<[u8; 16]>) -> String {
    matter.map_or_else(
        || format!("/clients/{client}"),
        |matter| format!("/matters/{}/own-worker", MatterId::from_bytes(matter)),
    )
}

fn date(row: &Row, index: usize) -> Result<Option<Date>, StoreError> {
    row.get::<Option<String>>(index)?
        .map(|text| text.parse().map_err(|_| unreadable()))
        .transpose()
}

/// Clients whose own worker has left, or is away with no substitute.
fn own_worker_gone(
    query: &mut impl Query,
    unit: UnitId,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Found>, StoreError> {
    let left = "(s.ended_on < $3 or s.left_at <= $2)";
    let away = "exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $3 and a.ends_on >= $3)";
    let rows = query.query(
        &format!("select c.id, s.name, s.ended_on, case when {left} then 1 else 0 end, {FIRST_MATTER}, (select min(a.begins_on) from absence a where a.staff_id = s.id and a.begins_on <= $3 and a.ends_on >= $3) from {CLIENTS} join relation r on r.client_id = c.id and r.kind = 'own_worker' and {IN_FORCE} join staff s on s.id = r.staff_id where {OF_UNIT} and ({left} or {away}) and not exists (select 1 from relation r join staff x on x.id = r.staff_id where r.client_id = c.id and r.kind in ('own_worker', 'substitute') and {IN_FORCE} and r.staff_id <> s.id and (x.ended_on is null or x.ended_on >= $3) and (x.left_at is null or x.left_at > $2) and not exists (select 1 from absence a where a.staff_id = x.id and a.begins_on <= $3 and a.ends_on >= $3)) order by 4 desc, s.ended_on, c.sort_key, c.id limit 50"),
        &params![unit.bytes(), millis(now), day(now).to_string()],
    )?;
    rows.iter()
        .map(|row| {
            let client = ClientId::from_bytes(row.get(0)?);
            let (worker, left): (String, bool) = (row.get(1)?, row.get(3)?);
            let (kind, key, since) = if left {
                ("own_worker_left", "alert-own-worker-left", date(row, 2)?)
            } else {
                ("own_worker_away", "alert-own-worker-away", date(row, 5)?)
            };
            Ok(Found {
                kind,
                client,
                since,
                what: t.with(key, &[("name", worker.into())]),
                href: naming_at(client, row.get(4)?),
            })
        })
        .collect()
}

/// Client relations with neither an own worker nor the reason for naming none (SHL 42 § 1).
fn unnamed(
    query: &mut impl Query,
    unit: UnitId,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Found>, StoreError> {
    let rows = query.query(
        &format!("select c.id, cr.began_on, {FIRST_MATTER} from {CLIENTS} where {OF_UNIT} and exists (select 1 from matter_client mc join matter m on m.id = mc.matter_id where mc.client_id = c.id and mc.left_at is null and m.ended_at is null) and not exists (select 1 from relation r where r.client_id = c.id and r.kind = 'own_worker' and (r.ends_at is null or r.ends_at > $2)) and not exists (select 1 from own_worker_waiver w where w.client_id = c.id and w.ended_at is null) order by cr.began_on, c.sort_key, c.id limit 50"),
        &params![unit.bytes(), millis(now)],
    )?;
    rows.iter()
        .map(|row| {
            let client = ClientId::from_bytes(row.get(0)?);
            Ok(Found {
                kind: "own_worker_unnamed",
                client,
                since: date(row, 1)?,
                what: t.get("alert-own-worker-unnamed"),
                href: naming_at(client, row.get(2)?),
            })
        })
        .collect()
}

/// Client relations that stand without an open matter after a service ended, and without an agreed follow-up.
fn carried_by_nobody(
    query: &mut impl Query,
    unit: UnitId,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Found>, StoreError> {
    let before = now - SignedDuration::from_hours(24 * DAYS_WITHOUT);
    let last = "(select max(m.ended_at) from matter_client mc join matter m on m.id = mc.matter_id where mc.client_id = c.id and mc.left_at is null)";
    let rows = query.query(
        &format!("select c.id, {last} from {CLIENTS} where {OF_UNIT} and c.died_on is null and not exists (select 1 from matter_client mc join matter m on m.id = mc.matter_id where mc.client_id = c.id and mc.left_at is null and m.ended_at is null) and not exists (select 1 from follow_up f where f.client_id = c.id and f.done_at is null) and {last} < $2 order by 2, c.id limit 50"),
        &params![unit.bytes(), millis(before)],
    )?;
    rows.iter()
        .map(|row| {
            let client = ClientId::from_bytes(row.get(0)?);
            Ok(Found {
                kind: "ended",
                client,
                since: Some(day(from_millis(row.get(1)?))),
                what: t.get("alert-ended"),
                href: format!("/clients/{client}"),
            })
        })
        .collect()
}

/// After-follow-ups whose day has passed, or whose follower has left.
fn fallen(
    query: &mut impl Query,
    unit: UnitId,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Found>, StoreError> {
    Ok(follow_up::fallen(query, unit, day(now), now)?
        .into_iter()
        .map(|one| Found {
            kind: "follow_up",
            client: one.client,
            since: Some(one.on),
            what: t.with("alert-follow-up", &[("name", one.worker.into())]),
            href: format!("/clients/{}", one.client),
        })
        .collect())
}

/// Open matters of a unit of which nothing has been heard for so many days: no contact, no entry in the client's
/// history, no act. Four statements.
///
/// # Errors
/// When the engine fails.
pub fn dormant(
    query: &mut impl Query,
    reader: &Reader,
    unit: UnitId,
    days: i64,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Alert>, StoreError> {
    let before = now - SignedDuration::from_hours(24 * days);
    let values: Vec<Value> = params![unit.bytes(), millis(before)];
    let rows = query.query(
        "select m.id, m.number, m.name_code, m.name_text, coalesce((select max(e.at) from matter_event e where e.matter_id = m.id), m.pending_at), (select max(i.at) from matter_client mc join timeline_item i on i.client_id = mc.client_id where mc.matter_id = m.id and mc.left_at is null) from matter m where m.holder_unit = $1 and m.state = 'open' and m.pending_at < $2 and not exists (select 1 from matter_event e where e.matter_id = m.id and e.at >= $2) and not exists (select 1 from matter_client mc join timeline_item i on i.client_id = mc.client_id where mc.matter_id = m.id and mc.left_at is null and i.at >= $2) order by m.pending_at, m.id limit 50",
        &values,
    )?;
    let ids = rows
        .iter()
        .map(|row| row.get(0).map(MatterId::from_bytes))
        .collect::<Result<Vec<_>, _>>()?;
    let mut seen = Vec::new();
    for facts in Facts::load_many(query, reader, &ids, now)? {
        let Ok((_, sides)) = facts.right(reader, "matter", "list") else {
            continue;
        };
        let named: Vec<ClientId> = facts
            .sides
            .iter()
            .filter(|side| {
                side.decide("client_basics", "see_basics", "working_age", None, &[])
                    .allowed()
            })
            .map(Gate::client)
            .collect();
        seen.push((facts.id, sides.titles, named));
    }
    let all: Vec<ClientId> = seen.iter().flat_map(|(.., named)| named.clone()).collect();
    let names = names_of(query, &all)?;
    let mut alerts = Vec::new();
    for (matter, clients, named) in seen {
        let Some(row) = rows
            .iter()
            .zip(&ids)
            .find(|(_, id)| **id == matter)
            .map(|(row, _)| row)
        else {
            continue;
        };
        let code = NameCode::from_code(&row.get::<String>(2)?).ok_or_else(unreadable)?;
        let title = matter_name(t, code, row.get::<Option<String>>(3)?.as_deref());
        let heard = row
            .get::<i64>(4)?
            .max(row.get::<Option<i64>>(5)?.unwrap_or_default());
        let who: Vec<&str> = named
            .iter()
            .filter_map(|client| names.get(client).map(String::as_str))
            .collect();
        alerts.push(Alert {
            kind: "dormant",
            clients,
            who: if who.is_empty() {
                row.get(1)?
            } else {
                who.join(", ")
            },
            since: Some(day(from_millis(heard))),
            what: title,
            href: format!("/matters/{matter}"),
        });
    }
    Ok(alerts)
}

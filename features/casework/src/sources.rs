//! What this room tells the desk: time limits of matters that the reader answers for, offers, after-follow-ups, clients
//! newly given. Each asks the right to every row it tells.

mod done;
mod readable;
mod share;

use std::collections::HashMap;

use clients::{ClientId, Gate, Reader};
use kernel::time::{Date, SignedDuration, Timestamp, from_millis, millis};
use law::DeadlineTable;
use store::{Query, ShowTx, StoreError, params};
use web::Texts;

use crate::domain::MatterId;
use crate::pages::capital;
use crate::store::own_worker::{given_since, names_of};
use crate::store::{follow_up, unreadable};
use crate::work::Work;
use readable::{Readable, name};

pub use done::done;
pub use share::{Share, WaitingOffer, days_ahead, led, offers_waiting, own_share, shares};

/// So many days a client newly given stands on the desk of her own worker.
const DAYS_NEW: i64 = 7;
/// Most rows of one kind.
const MOST: i64 = 100;

/// The desk's rows of this room. Eleven statements at most, whatever the number of rows.
///
/// # Errors
/// When the engine fails.
pub fn works(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let mut works = clocks(tx, reader, t, now)?;
    works.extend(came_back(tx, reader, t, now)?);
    works.extend(follow_ups(tx, reader, t, now)?);
    works.extend(given(tx, reader, t, now)?);
    works.extend(untaken(tx, reader, t, now)?);
    Ok(works)
}

/// Time limits in law of the matters that the reader answers for.
fn clocks(
    query: &mut impl Query,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let rows = query.query(
        "select m.id, k.code, k.version, k.due_on from matter m cross join matter_clock k where k.matter_id = m.id and m.holder_staff = $1 and m.state in ('initiated', 'open') and k.ended_at is null and k.due_on is not null order by k.due_on, m.id, k.code limit $2",
        &params![reader.staff.bytes(), MOST],
    )?;
    let ids = rows
        .iter()
        .map(|row| row.get(0).map(MatterId::from_bytes))
        .collect::<Result<Vec<_>, _>>()?;
    let seen = Readable::load(query, reader, ids.clone(), now)?;
    let mut works = Vec::new();
    for (row, matter) in rows.iter().zip(ids) {
        let Some(clients) = seen.clients(matter) else {
            continue;
        };
        let (code, version): (String, String) = (row.get(1)?, row.get(2)?);
        let on: Date = row.get::<String>(3)?.parse().map_err(|_| unreadable())?;
        let law = version
            .parse()
            .ok()
            .and_then(|version| DeadlineTable::of_law().lookup(&code, version).ok());
        works.push(Work {
            due: Some(on),
            who: seen.who(&clients),
            clients,
            what: law.map_or_else(|| code.clone(), |law| capital(law.name(t.language()))),
            law: law.map_or_else(String::new, |law| law.source.clone()),
            href: format!("/matters/{matter}"),
            button: t.get("work-open"),
            waiting: false,
        });
    }
    Ok(works)
}

/// Offers of the reader's that nobody accepted: the matter is still the reader's.
fn came_back(
    query: &mut impl Query,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let rows = query.query(
        "select m.id, o.state, o.alternative from matter_offer o join matter m on m.id = o.matter_id where o.from_staff = $1 and m.holder_staff = $1 and m.ended_at is null and o.state in ('refused', 'unanswered') and o.answered_at >= m.holder_since and not exists (select 1 from matter_offer later where later.matter_id = o.matter_id and later.made_at > o.made_at) order by o.answered_at, o.id limit $2",
        &params![reader.staff.bytes(), MOST],
    )?;
    let ids = rows
        .iter()
        .map(|row| row.get(0).map(MatterId::from_bytes))
        .collect::<Result<Vec<_>, _>>()?;
    let seen = Readable::load(query, reader, ids.clone(), now)?;
    let mut works = Vec::new();
    for (row, matter) in rows.iter().zip(ids) {
        let Some(clients) = seen.clients(matter) else {
            continue;
        };
        let state: String = row.get(1)?;
        let alternative: Option<String> = row.get(2)?;
        works.push(Work {
            due: None,
            who: seen.who(&clients),
            clients,
            what: alternative.map_or_else(
                || t.get("work-came-back"),
                |text| t.with("work-alternative", &[("text", text.into())]),
            ),
            law: t.get(&format!("work-offer-{state}")),
            href: format!("/matters/{matter}"),
            button: t.get("work-open"),
            waiting: true,
        });
    }
    Ok(works)
}

/// After-follow-ups of the reader's.
fn follow_ups(
    query: &mut impl Query,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let found = follow_up::of_staff(query, reader.staff)?;
    let clients: Vec<ClientId> = found.iter().map(|one| one.client).collect();
    let mut open = Vec::new();
    for gate in Gate::open_many(query, reader, &clients, now)? {
        let own = gate.standing_as("own_task", None);
        if own.decide("task", "read", "na", None, &[]).allowed() {
            open.push(gate.client());
        }
    }
    let names = names_of(query, &open)?;
    Ok(found
        .into_iter()
        .filter(|one| open.contains(&one.client))
        .map(|one| Work {
            due: Some(one.on),
            who: names.get(&one.client).cloned().unwrap_or_default(),
            clients: vec![one.client],
            what: one.what,
            law: t.get("work-follow-up"),
            href: format!("/follow-ups/{}", one.id),
            button: t.get("work-follow-up-do"),
            waiting: false,
        })
        .collect())
}

/// Clients whose own worker the reader was lately named by another, with the message that came along.
fn given(
    query: &mut impl Query,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let since = now - SignedDuration::from_hours(24 * DAYS_NEW);
    let found = given_since(query, reader.staff, since, now)?;
    let names = seen_names(
        query,
        reader,
        found.iter().map(|one| one.client).collect(),
        now,
    )?;
    Ok(found
        .into_iter()
        .filter_map(|one| {
            let who = names.get(&one.client)?.clone();
            let what = if one.message.is_empty() {
                t.get("work-own-worker")
            } else {
                one.message
            };
            Some(Work {
                due: None,
                who,
                clients: vec![one.client],
                what,
                law: t.with("work-own-worker-by", &[("name", one.by.into())]),
                href: format!("/clients/{}", one.client),
                button: t.get("work-own-worker-open"),
                waiting: true,
            })
        })
        .collect())
}

/// The names of those clients whose basics the reader may see.
fn seen_names(
    query: &mut impl Query,
    reader: &Reader,
    mut clients: Vec<ClientId>,
    now: Timestamp,
) -> Result<HashMap<ClientId, String>, StoreError> {
    clients.sort_unstable();
    clients.dedup();
    let open: Vec<ClientId> = Gate::open_many(query, reader, &clients, now)?
        .iter()
        .filter(|gate| {
            gate.decide("client_basics", "see_basics", "working_age", None, &[])
                .allowed()
        })
        .map(Gate::client)
        .collect();
    names_of(query, &open)
}

/// Matters that nobody has taken in the units where the reader is on duty now: their number, not whose they are.
fn untaken(
    query: &mut impl Query,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let row = query.query_one(
        "select count(*) from matter m join unit u on u.id = m.holder_unit where m.state = 'initiated' and u.id = $3 and coalesce((select d.staff_id from duty d where d.unit_id = u.id and d.begins_at <= $2 and d.ends_at > $2 order by d.begins_at desc, d.id limit 1), u.lead_id) = $1",
        &params![reader.staff.bytes(), millis(now), reader.unit.bytes()],
    )?;
    let count: i64 = row.get(0)?;
    if count == 0 {
        return Ok(Vec::new());
    }
    Ok(vec![Work {
        who: t.with("work-untaken", &[("count", count.into())]),
        what: t.get("work-untaken-what"),
        law: t.get("work-on-duty"),
        href: "/matters?tab=untaken".to_owned(),
        button: t.get("work-untaken-open"),
        waiting: true,
        ..Work::default()
    }])
}

/// An offer of a matter that waits for the reader's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedMatter {
    pub accept: String,
    pub refuse: String,
    pub id: String,
    pub who: String,
    pub title: String,
    pub clients: Vec<ClientId>,
    pub reason: String,
    pub from: String,
    /// To the reader by name; otherwise to the whole unit.
    pub to_me: bool,
    pub answer_by: Timestamp,
}

/// Offers of matters to the reader, first those to be answered first.
///
/// # Errors
/// When the engine fails.
pub fn offered(
    query: &mut impl Query,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<OfferedMatter>, StoreError> {
    let rows = query.query(
        "select o.id, o.matter_id, m.name_code, m.name_text, o.reason, f.name, case when o.to_staff is null then 0 else 1 end, o.answer_by from matter_offer o join matter m on m.id = o.matter_id join staff f on f.id = o.from_staff where o.state = 'open' and o.from_staff <> $1 and (o.to_staff = $1 or (o.to_staff is null and o.to_unit = $2)) order by o.answer_by, o.id limit $3",
        &params![reader.staff.bytes(), reader.unit.bytes(), MOST],
    )?;
    let ids = rows
        .iter()
        .map(|row| row.get(1).map(MatterId::from_bytes))
        .collect::<Result<Vec<_>, _>>()?;
    let seen = Readable::load(query, reader, ids.clone(), now)?;
    let mut offers = Vec::new();
    for (row, matter) in rows.iter().zip(ids) {
        let Some((facts, sides)) = seen.facts.get(&matter) else {
            continue;
        };
        if facts.authorise(reader, "offer", "approve").is_err() {
            continue;
        }
        let id = crate::domain::MatterOfferId::from_bytes(row.get(0)?);
        offers.push(OfferedMatter {
            accept: format!("/matter-offers/{id}/accept"),
            refuse: format!("/matter-offers/{id}/refuse"),
            id: id.to_string(),
            who: seen.who(&sides.titles),
            title: name(
                t,
                &row.get::<String>(2)?,
                row.get::<Option<String>>(3)?.as_deref(),
            )?,
            clients: sides.titles.clone(),
            reason: row.get(4)?,
            from: row.get(5)?,
            to_me: row.get(6)?,
            answer_by: from_millis(row.get(7)?),
        });
    }
    Ok(offers)
}

/// A client whom the reader works for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyClient {
    pub client: ClientId,
    pub name: String,
    /// Kinds of relation: `own_worker`, `substitute`, `own_team`, `matter_holder`, `tutor_link`.
    pub kinds: Vec<String>,
}

/// The clients whose own worker, substitute or pair the reader is, or whose matter the reader answers for, by name.
///
/// # Errors
/// When the engine fails.
pub fn my_clients(
    query: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<MyClient>, StoreError> {
    let rows = query.query(
        "select distinct r.client_id, r.kind, c.sort_key from relation r join client c on c.id = r.client_id where r.staff_id = $1 and r.kind in ('own_worker', 'substitute', 'own_team', 'matter_holder', 'tutor_link') and r.began_at <= $2 and (r.ends_at is null or r.ends_at > $2) and c.state = 'active' order by c.sort_key, r.client_id, r.kind limit 400",
        &params![reader.staff.bytes(), millis(now)],
    )?;
    let mut kinds: Vec<(ClientId, Vec<String>)> = Vec::new();
    for row in rows {
        let client = ClientId::from_bytes(row.get(0)?);
        match kinds.last_mut() {
            Some((last, kinds)) if *last == client => kinds.push(row.get(1)?),
            _ => kinds.push((client, vec![row.get(1)?])),
        }
    }
    let clients = kinds.iter().map(|(client, _)| *client).collect();
    let names = seen_names(query, reader, clients, now)?;
    Ok(kinds
        .into_iter()
        .filter_map(|(client, kinds)| {
            Some(MyClient {
                client,
                name: names.get(&client)?.clone(),
                kinds,
            })
        })
        .collect())
}

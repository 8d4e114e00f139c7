//! What this room tells the desk: time limits of matters that the reader answers for, offers, after-follow-ups, clients
//! newly given. Each asks the right to every row it tells.

use std::collections::HashMap;

use clients::{ClientId, Gate, Reader};
use identity::people::UnitId;
use kernel::time::{Date, SignedDuration, Timestamp, day, from_millis, millis};
use law::DeadlineTable;
use store::{Query, ShowTx, StoreError, params};
use web::Texts;

use crate::domain::{MatterId, NameCode};
use crate::pages::{capital, matter_name};
use crate::store::facts::{Facts, Seen};
use crate::store::own_worker::{given_since, names_of};
use crate::store::{follow_up, unreadable};
use crate::work::Work;

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

/// Facts of matters that the reader may read, with the names of the clients whom the reader sees.
struct Readable {
    facts: HashMap<MatterId, (Facts, Seen)>,
    names: HashMap<ClientId, String>,
}

impl Readable {
    fn load(
        query: &mut impl Query,
        reader: &Reader,
        mut matters: Vec<MatterId>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        matters.sort_unstable();
        matters.dedup();
        let mut facts = HashMap::new();
        for one in Facts::load_many(query, reader, &matters, now)? {
            if let Ok((_, seen)) = one.reading(reader) {
                facts.insert(one.id, (one, seen));
            }
        }
        let mut clients: Vec<ClientId> = facts
            .values()
            .flat_map(|(_, seen)| seen.titles.clone())
            .collect();
        clients.sort_unstable();
        clients.dedup();
        let names = names_of(query, &clients)?;
        Ok(Self { facts, names })
    }

    fn clients(&self, matter: MatterId) -> Option<Vec<ClientId>> {
        Some(self.facts.get(&matter)?.1.titles.clone())
    }

    fn who(&self, clients: &[ClientId]) -> String {
        let names: Vec<&str> = clients
            .iter()
            .filter_map(|client| self.names.get(client).map(String::as_str))
            .collect();
        names.join(", ")
    }
}

fn name(t: &Texts, code: &str, text: Option<&str>) -> Result<String, StoreError> {
    let code = NameCode::from_code(code).ok_or_else(unreadable)?;
    Ok(matter_name(t, code, text))
}

/// Time limits in law of the matters that the reader answers for.
fn clocks(
    query: &mut impl Query,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let rows = query.query(
        "select m.id, k.code, k.version, k.due_on from matter m join matter_clock k on k.matter_id = m.id where m.holder_staff = $1 and m.ended_at is null and k.ended_at is null and k.due_on is not null order by k.due_on, m.id, k.code limit $2",
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

/// What somebody of a unit answers for, in counts, for sharing out work: never a figure put together of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub staff: identity::people::StaffId,
    pub name: String,
    pub title: String,
    /// Clients whose own worker the person is.
    pub own: i64,
    /// Clients whom the person substitutes for today.
    pub substitutes: i64,
    /// Matters that the person answers for.
    pub matters: i64,
    /// Of these, time limits in law within a week or passed.
    pub clocks: i64,
    pub away: bool,
    pub left: bool,
}

const SHARE: &str = "select s.id, s.name, s.title, (select count(distinct r.client_id) from relation r where r.staff_id = s.id and r.kind = 'own_worker' and r.began_at <= $1 and (r.ends_at is null or r.ends_at > $1)), (select count(distinct r.client_id) from relation r where r.staff_id = s.id and r.kind = 'substitute' and r.began_at <= $1 and (r.ends_at is null or r.ends_at > $1)), (select count(*) from matter m where m.holder_staff = s.id and m.ended_at is null), (select count(*) from matter m join matter_clock k on k.matter_id = m.id where m.holder_staff = s.id and m.ended_at is null and k.ended_at is null and k.due_on <= $3), case when exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $2 and a.ends_on >= $2) then 1 else 0 end, case when s.ended_on < $2 or s.left_at <= $1 then 1 else 0 end from staff s";

fn share(row: &store::Row) -> Result<Share, StoreError> {
    Ok(Share {
        staff: identity::people::StaffId::from_bytes(row.get(0)?),
        name: row.get(1)?,
        title: row.get(2)?,
        own: row.get(3)?,
        substitutes: row.get(4)?,
        matters: row.get(5)?,
        clocks: row.get(6)?,
        away: row.get(7)?,
        left: row.get(8)?,
    })
}

fn in_a_week(now: Timestamp) -> String {
    day(now + SignedDuration::from_hours(24 * 7)).to_string()
}

/// The people of the units that the reader leads who work with clients, by name, and those who have left something.
///
/// # Errors
/// When the engine fails.
pub fn shares(
    query: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<Share>, StoreError> {
    let rows = query.query(
        &format!("{SHARE} where exists (select 1 from unit_leader l where l.unit_id = s.unit_id and l.staff_id = $4 and l.begins_on <= $2 and l.ends_on >= $2) order by s.sort_key, s.id"),
        &params![millis(now), day(now).to_string(), in_a_week(now), reader.staff.bytes()],
    )?;
    let all = rows.iter().map(share).collect::<Result<Vec<_>, _>>()?;
    Ok(all
        .into_iter()
        .filter(|one| !one.left || one.own + one.matters > 0)
        .collect())
}

/// The reader's own counts, as the lead sees them.
///
/// # Errors
/// When the engine fails.
pub fn own_share(
    query: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Share, StoreError> {
    let row = query.query_one(
        &format!("{SHARE} where s.id = $4"),
        &params![
            millis(now),
            day(now).to_string(),
            in_a_week(now),
            reader.staff.bytes()
        ],
    )?;
    share(&row)
}

/// Days in law ahead in the units that the reader leads: how many limits end on each, those that have passed on the
/// first.
///
/// # Errors
/// When the engine fails.
pub fn days_ahead(
    query: &mut impl Query,
    reader: &Reader,
    days: i64,
    now: Timestamp,
) -> Result<Vec<(Date, i64)>, StoreError> {
    let last = day(now + SignedDuration::from_hours(24 * days));
    query
        .query(
            "select k.due_on, count(*) from matter_clock k join matter m on m.id = k.matter_id where m.ended_at is null and k.ended_at is null and k.due_on <= $3 and exists (select 1 from unit_leader l where l.unit_id = m.holder_unit and l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2) group by k.due_on order by k.due_on",
            &params![reader.staff.bytes(), day(now).to_string(), last.to_string()],
        )?
        .iter()
        .map(|row| {
            let on = row.get::<String>(0)?.parse().map_err(|_| unreadable())?;
            Ok((on, row.get(1)?))
        })
        .collect()
}

/// The units that the reader leads.
///
/// # Errors
/// When the engine fails.
pub fn led(
    query: &mut impl Query,
    reader: &Reader,
    now: Timestamp,
) -> Result<Vec<UnitId>, StoreError> {
    identity::facts::units_led(query, reader.staff, day(now))
}

/// An offer of a matter in a unit led, that waits for its answer or got none: title and state, not whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingOffer {
    pub matter: MatterId,
    pub clients: Vec<ClientId>,
    pub title: String,
    pub number: String,
    pub from: String,
    /// To whom by name; `None` for a whole unit.
    pub to: Option<String>,
    pub answer_by: Timestamp,
    /// It came back unanswered; the sender still answers.
    pub unanswered: bool,
}

/// Offers of matters from or to units that the reader leads which wait, and those that came back unanswered.
///
/// # Errors
/// When the engine fails.
pub fn offers_waiting(
    query: &mut impl Query,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<WaitingOffer>, StoreError> {
    let led = |unit: &str| {
        format!(
            "exists (select 1 from unit_leader l where l.unit_id = {unit} and l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2)"
        )
    };
    let rows = query.query(
        &format!(
            "select o.matter_id, m.name_code, m.name_text, m.number, f.name, s.name, o.answer_by, case when o.state = 'open' then 0 else 1 end from matter_offer o join matter m on m.id = o.matter_id join staff f on f.id = o.from_staff left join staff s on s.id = o.to_staff where m.ended_at is null and (o.state = 'open' or (o.state = 'unanswered' and not exists (select 1 from matter_offer later where later.matter_id = o.matter_id and later.made_at > o.made_at))) and ({} or {}) order by o.answer_by, o.id limit 50",
            led("o.from_unit"),
            led("o.to_unit")
        ),
        &params![reader.staff.bytes(), day(now).to_string()],
    )?;
    let ids = rows
        .iter()
        .map(|row| row.get(0).map(MatterId::from_bytes))
        .collect::<Result<Vec<_>, _>>()?;
    let mut seen: HashMap<MatterId, Vec<ClientId>> = HashMap::new();
    for facts in Facts::load_many(query, reader, &ids, now)? {
        if let Ok((_, sides)) = facts.right(reader, "matter", "list") {
            seen.insert(facts.id, sides.titles);
        }
    }
    let mut offers = Vec::new();
    for (row, matter) in rows.iter().zip(ids) {
        let Some(clients) = seen.get(&matter) else {
            continue;
        };
        offers.push(WaitingOffer {
            matter,
            clients: clients.clone(),
            title: name(
                t,
                &row.get::<String>(1)?,
                row.get::<Option<String>>(2)?.as_deref(),
            )?,
            number: row.get(3)?,
            from: row.get(4)?,
            to: row.get(5)?,
            answer_by: from_millis(row.get(6)?),
            unanswered: row.get(7)?,
        });
    }
    Ok(offers)
}

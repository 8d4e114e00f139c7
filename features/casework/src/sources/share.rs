//! What a lead sees of matters: what each of the unit's people answers for, days in law ahead, offers that wait.

use std::collections::HashMap;

use clients::{ClientId, Reader};
use identity::people::UnitId;
use kernel::time::{Date, SignedDuration, Timestamp, day, from_millis, millis};
use store::{Query, StoreError, params};
use web::Texts;

use super::readable::name;
use crate::domain::MatterId;
use crate::store::facts::Facts;
use crate::store::unreadable;

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

/// `coalesce` around the client: counted by the index of running relations, and not along the list of all there ever were.
const SHARE: &str = "select s.id, s.name, s.title, (select count(distinct coalesce(r.client_id, r.staff_id)) from relation r where r.staff_id = s.id and r.kind = 'own_worker' and r.began_at <= $1 and coalesce(r.ends_at, 9007199254740991) > $1), (select count(distinct coalesce(r.client_id, r.staff_id)) from relation r where r.staff_id = s.id and r.kind = 'substitute' and r.began_at <= $1 and coalesce(r.ends_at, 9007199254740991) > $1), (select count(*) from matter m where m.holder_staff = s.id and m.state in ('initiated', 'open')), (select count(*) from matter m cross join matter_clock k where k.matter_id = m.id and m.holder_staff = s.id and m.state in ('initiated', 'open') and k.ended_at is null and k.due_on <= $3), case when exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $2 and a.ends_on >= $2) then 1 else 0 end, case when s.ended_on < $2 or s.left_at <= $1 then 1 else 0 end from staff s";

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
        &format!("{SHARE} where s.unit_id in (select l.unit_id from unit_leader l where l.staff_id = $4 and l.begins_on <= $2 and l.ends_on >= $2) order by s.sort_key, s.id"),
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
            "select k.due_on, count(*) from matter m cross join matter_clock k where k.matter_id = m.id and m.state in ('initiated', 'open') and k.ended_at is null and k.due_on <= $3 and m.holder_unit in (select l.unit_id from unit_leader l where l.staff_id = $1 and l.begins_on <= $2 and l.ends_on >= $2) group by k.due_on order by k.due_on",
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

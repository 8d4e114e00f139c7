//! One name and one number for a client, always (SHL 42 §; HL 8 §): who answers now, whoever is on leave or has left.
//!
//! The order: the own worker at work, a substitute, whoever holds an open matter, the duty holder of the responsible
//! unit, its leads, then the same of the advice unit. Nobody who has left is ever told, and somebody absent only when no
//! one else is left.

use std::collections::HashMap;

use clients::ClientId;
use identity::people::{StaffId, UnitId};
use kernel::coded;
use kernel::time::{Timestamp, day, millis};
use store::{Query, Row, StoreError, params, places};

coded! {
    /// Why it is this person.
    Way {
        OwnWorker = "own_worker",
        Substitute = "substitute",
        Holder = "holder",
        Duty = "duty",
    }
}

/// Whom the client calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneNumber {
    pub staff: StaffId,
    pub name: String,
    /// Code of the title.
    pub title: String,
    /// Names of the person's unit in Finnish, Swedish and English.
    pub unit_names: [String; 3],
    /// The person's own number, or that of the unit; `None` when the county has entered none.
    pub phone: Option<String>,
    pub way: Way,
}

/// Somebody in service.
struct Person {
    name: String,
    title: String,
    phone: Option<String>,
    unit: UnitId,
    at_work: bool,
}

/// A unit that may answer.
struct Unit {
    names: [String; 3],
    phone: Option<String>,
    /// Who is on duty, then the lead and deputies.
    answers: Vec<StaffId>,
}

/// Everything that the choice is made from.
#[derive(Default)]
struct Facts {
    named: HashMap<ClientId, Vec<(Way, StaffId)>>,
    /// Responsible unit first, then units of open matters, then of ended ones.
    units_of: HashMap<ClientId, Vec<UnitId>>,
    units: HashMap<UnitId, Unit>,
    advice: Vec<UnitId>,
    people: HashMap<StaffId, Person>,
    /// Anybody at work who takes duty: the last resort.
    last: Option<StaffId>,
}

/// The one name and number of each client. Five statements, whatever the number of clients; those of whom nobody at all
/// could be told, as in a county without staff, are not in the answer.
///
/// # Errors
/// When the engine fails.
pub fn of(
    query: &mut impl Query,
    clients: &[ClientId],
    now: Timestamp,
) -> Result<HashMap<ClientId, OneNumber>, StoreError> {
    let mut facts = Facts::default();
    named(query, clients, now, &mut facts)?;
    holders(query, clients, &mut facts)?;
    responsible(query, clients, &mut facts)?;
    units(query, now, &mut facts)?;
    people(query, now, &mut facts)?;
    Ok(clients
        .iter()
        .filter_map(|client| Some((*client, facts.choose(*client)?)))
        .collect())
}

impl Facts {
    fn choose(&self, client: ClientId) -> Option<OneNumber> {
        let named = self.named.get(&client).map_or(&[][..], Vec::as_slice);
        let own: Vec<UnitId> = self.units_of.get(&client).cloned().unwrap_or_default();
        let duty = own
            .iter()
            .chain(&self.advice)
            .filter_map(|unit| self.units.get(unit))
            .flat_map(|unit| &unit.answers)
            .map(|staff| (Way::Duty, *staff));
        let mut all: Vec<(Way, StaffId)> = named.to_vec();
        all.extend(duty);
        all.extend(self.last.map(|staff| (Way::Duty, staff)));
        let at_work = |(_, staff): &&(Way, StaffId)| {
            self.people.get(staff).is_some_and(|person| person.at_work)
        };
        let in_service = |(_, staff): &&(Way, StaffId)| self.people.contains_key(staff);
        let (way, staff) = all
            .iter()
            .find(at_work)
            .or_else(|| all.iter().find(in_service))?;
        self.number(*way, *staff, &own)
    }

    fn number(&self, way: Way, staff: StaffId, own: &[UnitId]) -> Option<OneNumber> {
        let person = self.people.get(&staff)?;
        let unit = self.units.get(&person.unit)?;
        let of_units = |units: &[UnitId]| {
            units
                .iter()
                .filter_map(|unit| self.units.get(unit))
                .find_map(|unit| unit.phone.clone())
        };
        // The duty holder answers at the number of the unit for which the duty is.
        let unit_phone = || match way {
            Way::Duty => of_units(own).or_else(|| unit.phone.clone()),
            _ => unit.phone.clone().or_else(|| of_units(own)),
        };
        let own_phone = person.phone.clone().filter(|_| way != Way::Duty);
        Some(OneNumber {
            staff,
            name: person.name.clone(),
            title: person.title.clone(),
            unit_names: unit.names.clone(),
            phone: own_phone
                .or_else(unit_phone)
                .or_else(|| of_units(&self.advice)),
            way,
        })
    }
}

fn values(clients: &[ClientId]) -> Vec<store::Value> {
    clients.iter().map(|client| client.bytes().into()).collect()
}

fn named(
    query: &mut impl Query,
    clients: &[ClientId],
    now: Timestamp,
    facts: &mut Facts,
) -> Result<(), StoreError> {
    let list = places(clients.len(), 1);
    let mut params = params![millis(now)];
    params.extend(values(clients));
    let rows = query.query(
        &format!("select r.client_id, r.kind, r.staff_id from relation r where r.client_id in ({list}) and r.kind in ('own_worker', 'substitute') and r.began_at <= $1 and (r.ends_at is null or r.ends_at > $1) order by r.kind, r.began_at desc, r.id"),
        &params,
    )?;
    for row in rows {
        let way = Way::from_code(&row.get::<String>(1)?).unwrap_or(Way::Duty);
        let person = (way, StaffId::from_bytes(row.get(2)?));
        let client = ClientId::from_bytes(row.get(0)?);
        facts.named.entry(client).or_default().push(person);
    }
    Ok(())
}

fn holders(
    query: &mut impl Query,
    clients: &[ClientId],
    facts: &mut Facts,
) -> Result<(), StoreError> {
    let list = places(clients.len(), 0);
    let rows = query.query(
        &format!("select mc.client_id, m.holder_unit, m.holder_staff, case when m.ended_at is null then 1 else 0 end from matter_client mc join matter m on m.id = mc.matter_id where mc.client_id in ({list}) and mc.left_at is null order by case when m.ended_at is null then 0 else 1 end, m.pending_at, m.id"),
        &values(clients),
    )?;
    for row in rows {
        let client = ClientId::from_bytes(row.get(0)?);
        let unit = UnitId::from_bytes(row.get(1)?);
        facts.units_of.entry(client).or_default().push(unit);
        let holder = row.get::<Option<[u8; 16]>>(2)?.map(StaffId::from_bytes);
        if let Some(staff) = holder.filter(|_| row.get(3).unwrap_or(false)) {
            let person = (Way::Holder, staff);
            facts.named.entry(client).or_default().push(person);
        }
    }
    Ok(())
}

fn responsible(
    query: &mut impl Query,
    clients: &[ClientId],
    facts: &mut Facts,
) -> Result<(), StoreError> {
    let list = places(clients.len(), 0);
    let rows = query.query(
        &format!("select id, responsible_unit from client where id in ({list})"),
        &values(clients),
    )?;
    for row in rows {
        if let Some(unit) = row.get::<Option<[u8; 16]>>(1)? {
            let client = ClientId::from_bytes(row.get(0)?);
            let units = facts.units_of.entry(client).or_default();
            units.insert(0, UnitId::from_bytes(unit));
        }
    }
    Ok(())
}

fn units(query: &mut impl Query, now: Timestamp, facts: &mut Facts) -> Result<(), StoreError> {
    let rows = query.query(
        "select u.id, u.name_fi, u.name_sv, u.name_en, u.phone, u.kind, u.lead_id, (select d.staff_id from duty d where d.unit_id = u.id and d.begins_at <= $1 and d.ends_at > $1 order by d.begins_at desc, d.id limit 1), l.staff_id, case when u.closed_on is null then 0 else 1 end from unit u left join deputy_lead l on l.unit_id = u.id and l.approved_at is not null and l.begins_on <= $2 and l.ends_on >= $2 order by u.code, l.begins_on, l.id",
        &params![millis(now), day(now).to_string()],
    )?;
    for row in rows {
        let id = UnitId::from_bytes(row.get(0)?);
        let staff = |index: usize| -> Result<Option<StaffId>, StoreError> {
            Ok(row.get::<Option<[u8; 16]>>(index)?.map(StaffId::from_bytes))
        };
        let closed: bool = row.get(9)?;
        if row.get::<String>(5)? == "advice" && !closed && !facts.advice.contains(&id) {
            facts.advice.push(id);
        }
        let deputy = staff(8)?;
        if let Some(known) = facts.units.get_mut(&id) {
            known.answers.extend(deputy);
            continue;
        }
        let answers = [staff(7)?, staff(6)?, deputy].into_iter().flatten();
        let unit = Unit {
            names: [row.get(1)?, row.get(2)?, row.get(3)?],
            phone: row.get(4)?,
            answers: answers.collect(),
        };
        facts.units.insert(id, unit);
    }
    Ok(())
}

/// Those of the candidates who are in service, and somebody at work who takes duty.
fn people(query: &mut impl Query, now: Timestamp, facts: &mut Facts) -> Result<(), StoreError> {
    let mut ids: Vec<StaffId> = facts
        .named
        .values()
        .flatten()
        .map(|(_, staff)| *staff)
        .chain(facts.units.values().flat_map(|unit| unit.answers.clone()))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let away = "exists (select 1 from absence a where a.staff_id = s.id and a.begins_on <= $2 and a.ends_on >= $2)";
    let serves = "(s.ended_on is null or s.ended_on >= $2) and (s.left_at is null or s.left_at > $1) and s.began_on <= $2";
    let list = places(ids.len(), 2);
    let mut params = params![millis(now), day(now).to_string()];
    params.extend(ids.iter().map(|staff| staff.bytes().into()));
    let last = format!(
        "(select s.id from staff s where s.tasks like '%duty_holder%' and {serves} and not {away} order by s.sort_key, s.id limit 1)"
    );
    let rows = query.query(
        &format!("select s.id, s.name, s.title, s.phone, s.unit_id, case when {away} then 0 else 1 end, case when s.id = {last} then 1 else 0 end from staff s where {serves} and (s.id in ({list}) or s.id = {last})"),
        &params,
    )?;
    for row in rows {
        let id = StaffId::from_bytes(row.get(0)?);
        let person = person(&row)?;
        if row.get(6)? {
            facts.last = Some(id);
        }
        facts.people.insert(id, person);
    }
    Ok(())
}

fn person(row: &Row) -> Result<Person, StoreError> {
    Ok(Person {
        name: row.get(1)?,
        title: row.get(2)?,
        phone: row.get(3)?,
        unit: UnitId::from_bytes(row.get(4)?),
        at_work: row.get(5)?,
    })
}

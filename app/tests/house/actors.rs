//! People of every kind of work, each with one client for every relation that there can be.

use access::rights::Subject;
use clients::ClientId;
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use kernel::time::{Date, SignedDuration, Timestamp};
use store::{StoreError, params};

use crate::county::{County, Reader};

/// Work tasks and qualifications, as people of the house and of its edges have them.
pub const ROLES: [(&str, &[&str], &[&str]); 13] = [
    ("front door", &["front_door", "duty_holder"], &["sc"]),
    ("health centre", &["centre_health"], &["hp"]),
    ("social centre", &["centre_social"], &["sc"]),
    (
        "counsellor",
        &[
            "broad_responsibility",
            "arranging",
            "carrying_out",
            "duty_holder",
        ],
        &["sc+office", "sc"],
    ),
    (
        "social worker",
        &["broad_responsibility", "arranging", "duty_holder"],
        &["sw+office", "sw"],
    ),
    ("carries out", &["carrying_out"], &["sc"]),
    ("emergency", &["emergency_duty"], &["sw"]),
    ("lead", &["lead", "duty_holder"], &["sw+office", "sw"]),
    (
        "leading social worker",
        &["leading_sw"],
        &["sw+office", "sw"],
    ),
    ("administrator", &["user_admin"], &["other"]),
    ("data protection officer", &["dpo"], &["other"]),
    ("data steward", &["data_steward"], &["other"]),
    ("administration", &["administration"], &["other"]),
];

/// What holds between the worker and the client. `Tail` and `Expired` are of an own worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    Nothing,
    Kind(&'static str),
    Matter,
    UnitLead,
    Tail,
    Expired,
    Exceptional,
}

const BETWEEN: [Between; 9] = [
    Between::Nothing,
    Between::Kind("contact_holder"),
    Between::Kind("own_worker"),
    Between::Kind("substitute"),
    Between::Matter,
    Between::UnitLead,
    Between::Tail,
    Between::Expired,
    Between::Exceptional,
];

impl Between {
    pub const fn relation(self) -> Option<&'static str> {
        match self {
            Self::Nothing | Self::Expired => None,
            Self::Kind(kind) => Some(kind),
            Self::Matter => Some("matter_participant"),
            Self::UnitLead => Some("unit_lead"),
            Self::Tail => Some("own_worker"),
            Self::Exceptional => Some("exceptional"),
        }
    }
}

/// A role's person with the unit that the person leads, and a client for each relation.
pub struct Actor {
    pub role: &'static str,
    pub subject: Subject,
    pub reader: Reader,
    pub clients: Vec<(Between, ClientId, [u8; 16])>,
}

/// Clients of the county whom nobody else's facts touch, with a matter each.
pub fn spare(county: &County) -> Vec<(ClientId, [u8; 16])> {
    county.rows(
        "select c.id, m.id from client c join matter_client mc on mc.client_id = c.id join matter m on m.id = mc.matter_id where c.state = 'active' and c.died_on is null and mc.left_at is null and m.state = 'open' and not exists (select 1 from hidden_client h where h.client_id = c.id) order by c.id",
        &[],
        |row| Ok((ClientId::from_bytes(row.get(0)?), row.get(1)?)),
    )
}

pub fn actor(county: &County, number: usize, model: (ClientId, [u8; 16])) -> Actor {
    let (role, tasks, qualifications) = ROLES[number];
    let house = county.built.house.clone();
    let (unit, staff) = (
        UnitId::new(&*house.clock, &*house.chance),
        StaffId::new(&*house.clock, &*house.chance),
    );
    let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    let person = Staff {
        id: staff,
        name: format!("Kokeilija {number}"),
        sort_key: format!("kokeilija {number}"),
        title: "counsellor".to_owned(),
        tasks: owned(tasks),
        qualifications: owned(qualifications),
        unit,
        began_on: Date::constant(2020, 1, 1),
        ended_on: None,
        demo_role: None,
    };
    let lead = Unit {
        id: unit,
        code: format!("k{number}"),
        kind: UnitKind::SocialWork,
        name_fi: format!("Koe {number}"),
        name_sv: format!("Prov {number}"),
        name_en: format!("Trial {number}"),
        phone: None,
        lead: staff,
    };
    let now = house.now();
    let there = person.clone();
    let clients = house
        .store
        .write_blocking(move |tx| {
            people::add_unit(tx, &lead)?;
            people::add_staff(tx, &there)?;
            BETWEEN
                .into_iter()
                .map(|between| {
                    let (client, matter) = copy(tx, model, now)?;
                    relate(tx, (client, matter), staff, unit, between, now)?;
                    Ok((between, client, matter))
                })
                .collect::<Result<Vec<_>, StoreError>>()
        })
        .expect("an actor")
        .value;
    Actor {
        role,
        subject: Subject::employee(tasks.iter().copied(), qualifications.iter().copied()),
        reader: county.person(&person),
        clients,
    }
}

/// The same client and matter under new ids, without anybody's relations.
pub fn copy(
    tx: &mut store::WriteTx<'_>,
    (client, matter): (ClientId, [u8; 16]),
    now: Timestamp,
) -> Result<(ClientId, [u8; 16]), StoreError> {
    let fresh = || {
        let mut id = [0; 16];
        kernel::chance::Chance::fill(&kernel::chance::SystemChance, &mut id);
        id
    };
    let (own, its, member) = (fresh(), fresh(), fresh());
    tx.execute(
        "insert into client (id, created_at, created_by, source, state, birth_date, display_name, sort_key, responsible_unit, version) select $2, created_at, created_by, source, state, birth_date, display_name, sort_key, null, version from client where id = $1",
        &params![client.bytes(), own],
    )?;
    let columns = columns(tx, "matter")?;
    let kept: Vec<&str> = columns
        .iter()
        .map(String::as_str)
        .filter(|column| !["id", "number"].contains(column))
        .collect();
    let list = kept.join(", ");
    tx.execute(
        &format!("insert into matter (id, number, {list}) select $2, number || '-' || hex($2), {list} from matter where id = $1"),
        &params![matter, its],
    )?;
    tx.execute(
        "insert into matter_client (id, matter_id, client_id, joined_at, joined_by) select $3, $4, $2, $5, joined_by from matter_client where matter_id = $1 limit 1",
        &params![matter, own, member, its, now],
    )?;
    Ok((ClientId::from_bytes(own), its))
}

fn columns(tx: &mut store::WriteTx<'_>, table: &str) -> Result<Vec<String>, StoreError> {
    store::Query::query(
        tx,
        &format!("select name from pragma_table_info('{table}')"),
        &[],
    )?
    .iter()
    .map(|row| row.get(0))
    .collect()
}

/// Makes the facts of what holds between a worker and a client.
pub fn relate(
    tx: &mut store::WriteTx<'_>,
    (client, matter): (ClientId, [u8; 16]),
    staff: StaffId,
    unit: UnitId,
    between: Between,
    now: Timestamp,
) -> Result<(), StoreError> {
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    let (kind, object, ends, tail) = match between {
        Between::Nothing => return Ok(()),
        Between::UnitLead => {
            tx.execute(
                "update client set responsible_unit = $2 where id = $1",
                &params![client.bytes(), unit.bytes()],
            )?;
            return Ok(());
        }
        Between::Exceptional => {
            tx.execute(
                "insert into exceptional_access (id, client_id, staff_id, unit_id, reason_code, reason, right_row, opened_at, ends_at, due_on, escalates_at) values ($1, $2, $3, $4, 'other', 'Syy', 'x', $5, $6, '2026-03-20', $6)",
                &params![matter, client.bytes(), staff.bytes(), unit.bytes(), now - days(1), now + days(1)],
            )?;
            return Ok(());
        }
        Between::Kind("substitute") => (
            "substitute",
            false,
            Some(now + days(3)),
            Some(now + days(10)),
        ),
        Between::Kind(kind) => (kind, false, None, None),
        Between::Matter => ("matter_participant", true, None, None),
        Between::Tail => (
            "own_worker",
            false,
            Some(now - days(1)),
            Some(now + days(29)),
        ),
        Between::Expired => (
            "own_worker",
            false,
            Some(now - days(31)),
            Some(now - days(1)),
        ),
    };
    let mut id = [0; 16];
    kernel::chance::Chance::fill(&kernel::chance::SystemChance, &mut id);
    tx.execute(
        "insert into relation (id, client_id, staff_id, kind, object_kind, object_id, began_at, ends_at, tail_until, made_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'test', $7)",
        &params![
            id,
            client.bytes(),
            staff.bytes(),
            kind,
            object.then_some("matter"),
            object.then_some(matter),
            now - days(60),
            ends,
            tail
        ],
    )?;
    Ok(())
}

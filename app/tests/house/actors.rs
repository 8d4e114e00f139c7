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

/// Those who learn, who guide them, and who never meet a client.
const MORE_ROLES: [(&str, &[&str], &[&str]); 3] = [
    ("student", &["student"], &["other"]),
    (
        "tutor",
        &["broad_responsibility", "arranging", "tutor"],
        &["sw+office", "sw"],
    ),
    ("structural coordinator", &["structural_editor"], &["other"]),
];

/// A role by its number: those of [`ROLES`], and then those of casework alone.
pub fn role(
    number: usize,
) -> (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
) {
    let mut all = ROLES.into_iter().chain(MORE_ROLES);
    all.nth(number).expect("a role")
}

/// How many of them there are.
pub const fn roles() -> usize {
    ROLES.len() + MORE_ROLES.len()
}

/// What holds between the worker and the client, or the worker and the client's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    Nothing,
    /// A relation to the client as a whole.
    Kind(&'static str),
    /// Named in the matter.
    Matter,
    /// Answers for the matter by name.
    Holder,
    /// The matter is offered to the worker.
    Offered,
    /// Leads the unit of the client and of the matter, whose holder is at work.
    UnitLead,
    /// As before, and the holder is away.
    LeadAway,
    /// On duty in the unit of the client, where the matter waits for somebody to take it.
    OnDuty,
    /// The matter waits in the worker's own unit.
    Queue,
    /// Was the own worker until yesterday.
    Tail,
    /// Was the own worker; the tail has ended too.
    Expired,
    Exceptional,
}

/// Everything that can stand between: the relations for which the table has rows about clients and matters.
pub const BETWEEN: [Between; 23] = [
    Between::Nothing,
    Between::Kind("contact_holder"),
    Between::Kind("recorder"),
    Between::Kind("own_worker"),
    Between::Kind("own_team"),
    Between::Kind("substitute"),
    Between::Kind("assessor"),
    Between::Kind("decision_maker"),
    Between::Kind("consulted"),
    Between::Kind("invited_expert"),
    Between::Kind("emergency_event"),
    Between::Kind("admin_task"),
    Between::Kind("log_request"),
    Between::Matter,
    Between::Holder,
    Between::Offered,
    Between::UnitLead,
    Between::LeadAway,
    Between::OnDuty,
    Between::Queue,
    Between::Tail,
    Between::Expired,
    Between::Exceptional,
];

/// Relations of guiding a student.
pub const MORE_BETWEEN: [Between; 2] = [Between::Kind("tutor_link"), Between::Kind("tutor_of")];

impl Between {
    /// The relation by the name that the table has for it. What stands over the matter alone is none to the client.
    pub const fn relation(self, over_matter: bool) -> Option<&'static str> {
        match self {
            Self::Nothing | Self::Expired => None,
            Self::Kind(kind) => Some(kind),
            Self::Matter => Some("matter_participant"),
            Self::Holder => Some("matter_holder"),
            Self::Offered if over_matter => Some("offer_receiver"),
            Self::Queue if over_matter => Some("unit_queue"),
            Self::Offered | Self::Queue => None,
            Self::UnitLead | Self::LeadAway => Some("unit_lead"),
            Self::OnDuty => Some("unit_duty"),
            Self::Tail => Some("own_worker"),
            Self::Exceptional => Some("exceptional"),
        }
    }

    /// Conditions that the matter meets.
    pub fn of_matter(self) -> &'static [&'static str] {
        match self {
            Self::Holder => &["open_only", "taken_over_in_own_name"],
            Self::LeadAway => &[
                "open_only",
                "unassigned_or_absent",
                "holder_absent_or_departed",
            ],
            Self::OnDuty | Self::Queue => &[
                "open_only",
                "untaken_only",
                "unassigned_or_absent",
                "holder_absent_or_departed",
            ],
            _ => &["open_only"],
        }
    }
}

/// Those whom all workers have around them.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    /// Leads every unit that nobody else leads.
    pub other: StaffId,
    pub third: StaffId,
    pub absent: StaffId,
    /// A leading social worker, to be asked.
    pub leading: StaffId,
    pub foreign: UnitId,
}

impl Cast {
    pub fn of(county: &County) -> Self {
        let id = || StaffId::from_bytes(fresh());
        let cast = Self {
            other: id(),
            third: id(),
            absent: id(),
            leading: id(),
            foreign: UnitId::from_bytes(fresh()),
        };
        let today = county.built.house.today();
        county
            .built
            .house
            .store
            .write_blocking(move |tx| {
                people::add_unit(tx, &unit(cast.foreign, "muu", cast.other))?;
                let (work, leads): (&[&str], &[&str]) =
                    (&["broad_responsibility", "arranging"], &["leading_sw"]);
                for (name, staff, tasks) in [
                    ("Muu 1", cast.other, work),
                    ("Muu 2", cast.third, work),
                    ("Muu 3", cast.absent, work),
                    ("Muu 4", cast.leading, leads),
                ] {
                    let one = staff_of(staff, name, tasks, &["sw+office", "sw"], cast.foreign);
                    people::add_staff(tx, &one)?;
                }
                people::add_absence(tx, cast.absent, today, today)
            })
            .expect("a cast");
        cast
    }
}

/// The units of a worker.
#[derive(Debug, Clone, Copy)]
pub struct Units {
    pub own: UnitId,
    pub led: UnitId,
    pub on_duty: UnitId,
}

/// A role's person with units around.
pub struct Actor {
    pub role: &'static str,
    pub subject: Subject,
    pub reader: Reader,
    pub staff: StaffId,
    pub units: Units,
}

/// Clients of the county whom nobody else's facts touch, with a matter each.
pub fn spare(county: &County) -> Vec<(ClientId, [u8; 16])> {
    county.rows(
        "select c.id, m.id from client c join matter_client mc on mc.client_id = c.id join matter m on m.id = mc.matter_id where c.state = 'active' and c.died_on is null and mc.left_at is null and m.state = 'open' and m.service_task = 'working_age' and m.joint = 0 and not exists (select 1 from hidden_client h where h.client_id = c.id) order by c.id",
        &[],
        |row| Ok((ClientId::from_bytes(row.get(0)?), row.get(1)?)),
    )
}

pub fn actor(county: &County, number: usize, cast: &Cast) -> Actor {
    let (role, tasks, qualifications) = role(number);
    let house = county.built.house.clone();
    let id = || UnitId::from_bytes(fresh());
    let units = Units {
        own: id(),
        led: id(),
        on_duty: id(),
    };
    let staff = StaffId::from_bytes(fresh());
    let name = format!("Kokeilija {number}");
    let person = staff_of(staff, &name, tasks, qualifications, units.own);
    let (there, other, now) = (person.clone(), cast.other, house.now());
    house
        .store
        .write_blocking(move |tx| {
            for (id, code, lead) in [
                (units.own, "o", other),
                (units.led, "l", staff),
                (units.on_duty, "d", other),
            ] {
                people::add_unit(tx, &unit(id, &format!("{code}{number}"), lead))?;
            }
            people::add_staff(tx, &there)?;
            let shift = identity::people::DutyId::from_bytes(fresh());
            let hour = SignedDuration::from_hours(1);
            people::add_duty(tx, shift, units.on_duty, staff, now - hour, now + hour)
        })
        .expect("an actor");
    Actor {
        role,
        subject: Subject::employee(tasks.iter().copied(), qualifications.iter().copied()),
        reader: county.person(&person),
        staff,
        units,
    }
}

/// A client with a matter in a relation to a worker: copies of a model, without anybody else's relations.
pub fn pair(
    tx: &mut store::WriteTx<'_>,
    model: (ClientId, [u8; 16]),
    (actor, units): (StaffId, Units),
    cast: &Cast,
    between: Between,
    now: Timestamp,
) -> Result<(ClientId, [u8; 16]), StoreError> {
    let both = copy(tx, model, now)?;
    let (client, matter) = both;
    let (unit, holder) = match between {
        Between::Holder => (units.own, Some(actor)),
        Between::UnitLead => (units.led, Some(cast.other)),
        Between::LeadAway => (units.led, Some(cast.absent)),
        Between::OnDuty => (units.on_duty, None),
        Between::Queue => (units.own, None),
        _ => (cast.foreign, Some(cast.other)),
    };
    let (state, kind) = if holder.is_some() {
        ("open", "person")
    } else {
        ("initiated", "duty")
    };
    tx.execute(
        "update matter set state = $2, holder_kind = $3, holder_unit = $4, holder_staff = $5, made_by = $6 where id = $1",
        &params![
            matter,
            state,
            kind,
            unit.bytes(),
            holder.map(|staff| staff.bytes()),
            cast.other.bytes()
        ],
    )?;
    match between {
        Between::Offered => {
            let to = (actor, units.own);
            offer(tx, matter, (cast.third, cast.foreign), to, now)?;
        }
        Between::OnDuty => answers(tx, client, units.on_duty)?,
        Between::LeadAway => answers(tx, client, units.led)?,
        _ => relate(tx, both, actor, units.led, between, now)?,
    }
    Ok(both)
}

/// An open offer of a matter.
pub fn offer(
    tx: &mut store::WriteTx<'_>,
    matter: [u8; 16],
    (from, sender): (StaffId, UnitId),
    (to, receiver): (StaffId, UnitId),
    now: Timestamp,
) -> Result<[u8; 16], StoreError> {
    let id = fresh();
    let hour = SignedDuration::from_hours(1);
    tx.execute(
        "insert into matter_offer (id, matter_id, from_staff, from_unit, to_staff, to_unit, reason, warm, made_at, answer_by, state) values ($1, $2, $3, $4, $5, $6, 'Syy', 0, $7, $8, 'open')",
        &params![
            id,
            matter,
            from.bytes(),
            sender.bytes(),
            to.bytes(),
            receiver.bytes(),
            now - hour,
            now + hour
        ],
    )?;
    Ok(id)
}

fn answers(tx: &mut store::WriteTx<'_>, client: ClientId, unit: UnitId) -> Result<(), StoreError> {
    tx.execute(
        "update client set responsible_unit = $2 where id = $1",
        &params![client.bytes(), unit.bytes()],
    )?;
    Ok(())
}

pub fn fresh() -> [u8; 16] {
    let mut id = [0; 16];
    kernel::chance::Chance::fill(&kernel::chance::SystemChance, &mut id);
    id
}

/// A unit whose name is its code.
pub fn unit(id: UnitId, code: &str, lead: StaffId) -> Unit {
    Unit {
        id,
        code: format!("k{code}"),
        kind: UnitKind::SocialWork,
        name_fi: format!("Koe {code}"),
        name_sv: format!("Prov {code}"),
        name_en: format!("Trial {code}"),
        phone: None,
        lead,
    }
}

/// Somebody at work.
pub fn staff_of(
    id: StaffId,
    name: &str,
    tasks: &[&str],
    qualifications: &[&str],
    unit: UnitId,
) -> Staff {
    let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    Staff {
        id,
        name: name.to_owned(),
        sort_key: name.to_lowercase(),
        title: "counsellor".to_owned(),
        tasks: owned(tasks),
        qualifications: owned(qualifications),
        unit,
        began_on: Date::constant(2020, 1, 1),
        ended_on: None,
        demo_role: None,
    }
}

/// The same client and matter under new ids, without anybody's relations.
pub fn copy(
    tx: &mut store::WriteTx<'_>,
    (client, matter): (ClientId, [u8; 16]),
    now: Timestamp,
) -> Result<(ClientId, [u8; 16]), StoreError> {
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
        Between::Nothing | Between::Offered | Between::Queue | Between::OnDuty => return Ok(()),
        Between::UnitLead | Between::LeadAway => return answers(tx, client, unit),
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
        Between::Kind("tutor_of") => {
            // Whoever guides a student with a client works with the client herself.
            let own = Between::Kind("own_team");
            relate(tx, (client, matter), staff, unit, own, now)?;
            ("tutor_of", false, None, None)
        }
        Between::Kind(kind) => (kind, false, None, None),
        Between::Matter => ("matter_participant", true, None, None),
        Between::Holder => ("matter_holder", true, None, None),
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
    let id = fresh();
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

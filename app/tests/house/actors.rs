//! People of every kind of work, with units around them and others beside them.

use access::rights::Subject;
use clients::ClientId;
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use kernel::time::{Date, SignedDuration};

use crate::county::{County, Reader};

/// What somebody does: a name, work tasks, qualifications.
pub type Role = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// People of the house and of its edges.
pub const ROLES: [Role; 13] = [
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
const MORE_ROLES: [Role; 3] = [
    ("student", &["student"], &["other"]),
    (
        "tutor",
        &["broad_responsibility", "arranging", "tutor"],
        &["sw+office", "sw"],
    ),
    ("structural coordinator", &["structural_editor"], &["other"]),
];

/// A role by its number: those of [`ROLES`], and then those of casework alone.
pub fn role(number: usize) -> Role {
    let mut all = ROLES.into_iter().chain(MORE_ROLES);
    all.nth(number).expect("a role")
}

/// The number of a role.
pub fn numbered(name: &str) -> usize {
    let mut all = ROLES.into_iter().chain(MORE_ROLES);
    all.position(|(own, _, _)| own == name).expect("a role")
}

/// How many of them there are.
pub const fn roles() -> usize {
    ROLES.len() + MORE_ROLES.len()
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
    pub person: Staff,
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
        person,
        units,
    }
}

/// An id that nobody has.
pub fn fresh() -> [u8; 16] {
    let mut id = [0; 16];
    kernel::chance::Chance::fill(&kernel::chance::SystemChance, &mut id);
    id
}

/// An id as addresses have it.
pub fn text(id: [u8; 16]) -> String {
    StaffId::from_bytes(id).to_string()
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

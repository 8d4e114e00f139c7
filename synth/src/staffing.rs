//! Units, workers, duty lists and absences of a synthetic county.

mod duty;

use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use intake::store::Desk;
use kernel::chance::Chance;
use kernel::time::{Date, Timestamp, day};
use store::{StoreError, WriteTx, params};

use crate::people::name;
use crate::places;

/// The county's workers, as the history needs them.
#[derive(Debug, Clone, Default)]
pub struct Staffing {
    pub advice: Vec<StaffId>,
    /// Workers of each social work unit, its lead excluded.
    pub social: Vec<(UnitId, Vec<StaffId>)>,
    pub centre: Vec<(UnitId, StaffId)>,
    pub all: Vec<(StaffId, UnitId, Role)>,
    pub advice_unit: Option<UnitId>,
    /// A worker who has left, with contacts still in the worker's name.
    pub departed: Option<StaffId>,
    /// A worker on leave now.
    pub absent: Option<StaffId>,
    /// A student on placement in the demo's own unit.
    pub student: Option<StaffId>,
    /// Two administrators of users: what one asks the other approves.
    pub administrators: Vec<StaffId>,
}

/// Kind of worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    FrontDoor,
    Centre,
    Counsellor,
    SocialWorker,
    Lead,
    Administrator,
    DataProtectionOfficer,
    DataSteward,
    Student,
    /// Coordinator of structural social work (rakenteellinen sosiaalityö): edits what was reported.
    Structural,
    /// Releases what another has edited (SE-04: never her own).
    Publisher,
}

impl Role {
    pub const fn title(self) -> &'static str {
        match self {
            Self::FrontDoor => "front_door",
            Self::Centre => "centre",
            Self::Counsellor => "counsellor",
            Self::SocialWorker => "social_worker",
            Self::Lead => "lead",
            Self::Administrator => "user_admin",
            Self::DataProtectionOfficer => "dpo",
            Self::DataSteward => "data_steward",
            Self::Student => "student",
            Self::Structural => "structural",
            Self::Publisher => "publisher",
        }
    }

    /// Work tasks and qualifications by the codes of the rights table.
    pub fn rights(self) -> (Vec<&'static str>, Vec<&'static str>) {
        match self {
            Self::FrontDoor => (vec!["front_door", "duty_holder"], vec!["sc"]),
            Self::Centre => (vec!["centre_health"], vec!["hp"]),
            Self::Counsellor => (
                vec![
                    "broad_responsibility",
                    "arranging",
                    "carrying_out",
                    "duty_holder",
                ],
                vec!["sc+office", "sc"],
            ),
            Self::SocialWorker => (
                vec!["broad_responsibility", "arranging", "duty_holder", "tutor"],
                vec!["sw+office", "sw"],
            ),
            // In adult social work the leads are leading social workers too.
            Self::Lead => (
                vec!["lead", "leading_sw", "duty_holder"],
                vec!["sw+office", "sw"],
            ),
            Self::Administrator => (vec!["user_admin"], vec!["other"]),
            Self::DataProtectionOfficer => (vec!["dpo"], vec!["other"]),
            Self::DataSteward => (vec!["data_steward"], vec!["other"]),
            Self::Student => (vec!["student"], vec!["other"]),
            Self::Structural => (vec!["structural_editor"], vec!["sw+office", "sw"]),
            Self::Publisher => (vec!["structural_publisher"], vec!["other"]),
        }
    }
}

/// Social work units of Keski-Suomi and their municipalities.
const AREAS: [(&str, &str, &str, &[&str]); 4] = [
    ("Jyväskylä", "Jyväskylä", "Jyväskylä", &["179"]),
    (
        "pohjoinen",
        "norr",
        "north",
        &[
            "992", "729", "931", "216", "226", "256", "265", "312", "601", "275", "892",
        ],
    ),
    (
        "etelä",
        "söder",
        "south",
        &["182", "249", "495", "592", "172", "435", "291"],
    ),
    ("itä", "öster", "east", &["410", "077", "500", "850"]),
];

/// Units of the municipalities beside the largest, in another county.
const OTHER_AREAS: usize = 3;

/// An area's names in the three languages, and the codes of its municipalities.
type Area = ([&'static str; 3], Vec<&'static str>);

/// Areas of the county's units of social work: that of its largest municipality, and some of the others.
fn areas(county: &str) -> Vec<Area> {
    let by_size = places::by_size(county);
    if county == places::WRITTEN_OF {
        let own = |codes: &[&'static str]| {
            let own = codes.iter().filter(|code| by_size.contains(code));
            own.copied().collect()
        };
        return AREAS
            .iter()
            .map(|(fi, sv, en, codes)| ([*fi, *sv, *en], own(codes)))
            .collect();
    }
    let (home, others) = by_size.split_at(by_size.len().min(1));
    let mut areas: Vec<Area> = home
        .iter()
        .chain(others.iter().take(OTHER_AREAS))
        .filter_map(|code| kernel::place::municipality(code))
        .map(|one| ([one.name_fi, one.name_sv, one.name_fi], vec![one.code]))
        .collect();
    let units = areas.len().saturating_sub(1).max(1);
    for (index, code) in others.iter().enumerate().skip(OTHER_AREAS) {
        areas[1 + index % units].1.push(code);
    }
    areas
}

/// Health and social centres of Keski-Suomi.
const CENTRES: [&str; 4] = ["Jyväskylä, keskusta", "Äänekoski", "Jämsä", "Laukaa"];

/// Numbers of units after those of the history.
const MORE_FROM: u32 = 30;

struct Builder<'t, 'w, 'd> {
    tx: &'t mut WriteTx<'w>,
    desk: &'d Desk,
    staffing: Staffing,
    began_on: Date,
    number: u32,
}

/// Makes the whole staff. Demo identities are the first of their kind.
///
/// # Errors
/// When the county already has units, or the engine fails.
pub fn make(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    county: &str,
    began: Timestamp,
    now: Timestamp,
) -> Result<Staffing, StoreError> {
    let mut builder = Builder {
        tx,
        desk,
        staffing: Staffing::default(),
        began_on: day(began),
        number: 0,
    };
    builder.areas(county)?;
    builder.centres(county)?;
    builder.keepers()?;
    let mut staffing = builder.staffing;
    duty::duty_lists(tx, desk, &staffing, began, now)?;
    duty::absences(tx, &mut staffing, now)?;
    Ok(staffing)
}

/// So many more units of social work, each with a lead and so many workers: for a county grown beyond its history.
///
/// # Errors
/// When the engine fails.
pub fn more(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    (units, workers): (u32, u32),
    began: Timestamp,
) -> Result<(), StoreError> {
    let mut builder = Builder {
        tx,
        desk,
        staffing: Staffing::default(),
        began_on: day(began),
        number: MORE_FROM,
    };
    for unit in 1..=units {
        let names = [
            format!("Aikuissosiaalityö, tiimi {unit}"),
            format!("Vuxensocialarbete, team {unit}"),
            format!("Adult social work, team {unit}"),
        ];
        let lead = builder.new_staff();
        let id = builder.unit(UnitKind::SocialWork, names, lead)?;
        builder.staff(lead, id, Role::Lead, None)?;
        for worker in 0..workers {
            let role = if worker % 2 == 0 {
                Role::SocialWorker
            } else {
                Role::Counsellor
            };
            let id_of_worker = builder.new_staff();
            builder.staff(id_of_worker, id, role, None)?;
        }
    }
    Ok(())
}

impl Builder<'_, '_, '_> {
    fn chance(&self) -> &dyn Chance {
        &*self.desk.chance
    }

    fn unit(
        &mut self,
        kind: UnitKind,
        names: [String; 3],
        lead: StaffId,
    ) -> Result<UnitId, StoreError> {
        self.number += 1;
        let id = UnitId::new(&*self.desk.clock, self.chance());
        let [name_fi, name_sv, name_en] = names;
        let phone = Some(format!("014 000 02{:02}", self.number));
        let code = format!("{:02}", self.number);
        people::add_unit(
            self.tx,
            &Unit {
                id,
                code,
                kind,
                name_fi,
                name_sv,
                name_en,
                phone,
                lead,
            },
        )?;
        Ok(id)
    }

    fn staff(
        &mut self,
        id: StaffId,
        unit: UnitId,
        role: Role,
        demo: Option<(&str, &str)>,
    ) -> Result<(), StoreError> {
        let (tasks, qualifications) = role.rights();
        let name = demo.map_or_else(|| name(self.chance()), |(_, name)| name.to_owned());
        let owned = |codes: Vec<&str>| codes.into_iter().map(str::to_owned).collect();
        people::add_staff(
            self.tx,
            &Staff {
                id,
                sort_key: text::sort::sort_key(&name),
                name,
                title: role.title().to_owned(),
                tasks: owned(tasks),
                qualifications: owned(qualifications),
                unit,
                began_on: self.began_on,
                ended_on: None,
                demo_role: demo.map(|(role, _)| role.to_owned()),
            },
        )?;
        if matches!(role, Role::SocialWorker | Role::Counsellor) {
            let number = self.staffing.all.len();
            self.tx.execute(
                "update staff set phone = $2 where id = $1",
                &params![id.bytes(), format!("040 000 {number:04}")],
            )?;
        }
        self.staffing.all.push((id, unit, role));
        Ok(())
    }

    fn new_staff(&self) -> StaffId {
        StaffId::new(&*self.desk.clock, self.chance())
    }

    fn areas(&mut self, county: &str) -> Result<(), StoreError> {
        let lead = self.new_staff();
        let advice = self.unit(
            UnitKind::Advice,
            ["Neuvonta".into(), "Rådgivningen".into(), "Advice".into()],
            lead,
        )?;
        self.staff(lead, advice, Role::Lead, Some(("5-lead", "Hanna Rantanen")))?;
        self.staffing.advice_unit = Some(advice);
        for index in 0..5 {
            let id = self.new_staff();
            let demo = (index == 0).then_some(("1-front-door", "Jaana Peltola"));
            self.staff(id, advice, Role::FrontDoor, demo)?;
            self.staffing.advice.push(id);
        }
        for (index, (place, codes)) in areas(county).iter().enumerate() {
            let [fi, sv, en] = place;
            let names = [
                format!("Aikuissosiaalityö, {fi}"),
                format!("Vuxensocialarbete, {sv}"),
                format!("Adult social work, {en}"),
            ];
            // The demo's lead answers for the advice unit and for the county's largest municipality.
            self.social_unit(names, codes, if index == 0 { Some(lead) } else { None })?;
        }
        Ok(())
    }

    /// Who keep the house: administrators, data protection officer and data steward. They open no client.
    fn keepers(&mut self) -> Result<(), StoreError> {
        let Some(unit) = self.staffing.advice_unit else {
            return Ok(());
        };
        for (role, demo) in [
            (Role::Administrator, ("6-user-admin", "Tuula Niemelä")),
            (Role::Administrator, ("7-user-admin", "Pekka Lund")),
            (Role::DataProtectionOfficer, ("8-dpo", "Sirpa Kivelä")),
            (Role::DataSteward, ("9-data-steward", "Olli Ranta")),
            (Role::Structural, ("b-structural", "Kirsi Aaltonen")),
        ] {
            let id = self.new_staff();
            self.staff(id, unit, role, Some(demo))?;
            if role == Role::Administrator {
                self.staffing.administrators.push(id);
            }
        }
        Ok(())
    }

    fn social_unit(
        &mut self,
        names: [String; 3],
        municipalities: &[&str],
        lead: Option<StaffId>,
    ) -> Result<(), StoreError> {
        let own = lead.is_none().then(|| self.new_staff());
        let first = lead.is_some();
        let Some(lead) = lead.or(own) else {
            return Ok(());
        };
        let unit = self.unit(UnitKind::SocialWork, names, lead)?;
        for code in municipalities {
            people::assign_municipality(self.tx, code, unit)?;
        }
        if let Some(lead) = own {
            self.staff(lead, unit, Role::Lead, None)?;
        }
        let mut workers = Vec::new();
        for index in 0..7 {
            let id = self.new_staff();
            let (role, demo) = match index {
                0 => (
                    Role::SocialWorker,
                    first.then_some(("4-social-worker", "Aino Salmela")),
                ),
                1 => (
                    Role::Counsellor,
                    first.then_some(("3-counsellor", "Ville Aho")),
                ),
                2 | 3 => (Role::SocialWorker, None),
                _ => (Role::Counsellor, None),
            };
            self.staff(id, unit, role, demo)?;
            workers.push(id);
        }
        if first {
            let id = self.new_staff();
            let demo = Some(("a-student", "Sofia Lind"));
            self.staff(id, unit, Role::Student, demo)?;
            self.staffing.student = Some(id);
        }
        self.staffing.social.push((unit, workers));
        Ok(())
    }

    fn centres(&mut self, county: &str) -> Result<(), StoreError> {
        let Some(lead) = self
            .staffing
            .all
            .iter()
            .find(|(_, _, role)| *role == Role::Lead)
            .map(|(id, _, _)| *id)
        else {
            return Ok(());
        };
        let centres = match county == places::WRITTEN_OF {
            true => CENTRES.to_vec(),
            false => places::by_size(county)
                .iter()
                .take(CENTRES.len())
                .map(|code| places::name(code))
                .collect(),
        };
        for (index, place) in centres.iter().enumerate() {
            let names = [
                format!("Sote-keskus, {place}"),
                format!("Social- och hälsocentralen, {place}"),
                format!("Health and social centre, {place}"),
            ];
            let unit = self.unit(UnitKind::Centre, names, lead)?;
            for other in 0..2 {
                let id = self.new_staff();
                let demo = (index == 0 && other == 0).then_some(("2-centre", "Milla Heino"));
                self.staff(id, unit, Role::Centre, demo)?;
                self.staffing.centre.push((unit, id));
            }
        }
        Ok(())
    }
}

/// Whoever releases what the editor has made. Made after the history, so that nothing of it depends on him.
///
/// # Errors
/// When the engine fails.
pub fn publisher(
    tx: &mut WriteTx<'_>,
    (clock, chance): (&dyn kernel::clock::Clock, &dyn Chance),
    unit: UnitId,
    began_on: Date,
) -> Result<StaffId, StoreError> {
    let id = StaffId::new(clock, chance);
    let name = "Markku Vainio".to_owned();
    let (tasks, qualifications) = Role::Publisher.rights();
    let owned = |codes: Vec<&str>| codes.into_iter().map(str::to_owned).collect();
    people::add_staff(
        tx,
        &Staff {
            id,
            sort_key: text::sort::sort_key(&name),
            name,
            title: Role::Publisher.title().to_owned(),
            tasks: owned(tasks),
            qualifications: owned(qualifications),
            unit,
            began_on,
            ended_on: None,
            demo_role: Some("c-publisher".to_owned()),
        },
    )?;
    Ok(id)
}

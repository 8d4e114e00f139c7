//! A county with an editor, a worker, another worker and somebody who keeps the settings; and a phenomenon.

use std::sync::Arc;

use access::rights::Subject;
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use kernel::clock::Clock as _;
use kernel::language::Language;
use kernel::time::{Date, SignedDuration, day};
use participation::domain::{Kind, Outcome, PartError, Plan, Planned, Reward, Wrong};
use participation::store::{GatheringId, gatherings};
use reporting::domain::Theme;
use reporting::store::phenomena::{self, Described};
use reporting::store::{Editor, PhenomenonId};
use store::{Query, ReadTx, StoreError, WriteTx};
use testkit::TestStore;

pub const EEVA: [u8; 16] = [1; 16];
pub const VILLE: [u8; 16] = [3; 16];
pub const ANNA: [u8; 16] = [4; 16];
pub const PEKKA: [u8; 16] = [5; 16];
const UNIT: [u8; 16] = [9; 16];

const PEOPLE: [([u8; 16], &str, &str); 4] = [
    (EEVA, "Eeva Editori", "structural_editor"),
    (VILLE, "Ville Virtanen", "broad_responsibility"),
    (ANNA, "Anna Aho", "arranging"),
    (PEKKA, "Pekka Pääkäyttäjä", "config_admin"),
];

pub fn rooms() -> Vec<store::Migration> {
    [
        identity::MIGRATIONS,
        reporting::MIGRATIONS,
        participation::MIGRATIONS,
    ]
    .concat()
}

/// Runs a test on both engines over the county.
pub fn each(test: impl Fn(&County<'_>)) {
    testkit::for_each_engine(&rooms(), |store| {
        store.write_blocking(people_of_the_county).unwrap();
        test(&County { store });
    });
}

pub fn people_of_the_county(tx: &mut WriteTx<'_>) -> Result<(), StoreError> {
    people::add_unit(
        tx,
        &Unit {
            id: UnitId::from_bytes(UNIT),
            code: "kehittaminen".to_owned(),
            kind: UnitKind::SocialWork,
            name_fi: "Kehittäminen".to_owned(),
            name_sv: "Utveckling".to_owned(),
            name_en: "Development".to_owned(),
            phone: None,
            lead: StaffId::from_bytes(EEVA),
        },
    )?;
    for (id, name, task) in PEOPLE {
        people::add_staff(
            tx,
            &Staff {
                id: StaffId::from_bytes(id),
                name: name.to_owned(),
                sort_key: name.to_lowercase(),
                title: "social_worker".to_owned(),
                tasks: vec![task.to_owned()],
                qualifications: vec!["other".to_owned()],
                unit: UnitId::from_bytes(UNIT),
                began_on: Date::constant(2020, 1, 1),
                ended_on: None,
                demo_role: None,
            },
        )?;
    }
    Ok(())
}

pub struct County<'a> {
    pub store: &'a TestStore,
}

impl County<'_> {
    pub fn today(&self) -> Date {
        day(self.store.clock.now())
    }

    pub fn pass(&self, days: i64) {
        self.store
            .clock
            .advance(SignedDuration::from_hours(24 * days));
    }

    pub fn in_days(&self, days: i64) -> Date {
        self.today()
            .saturating_add(SignedDuration::from_hours(24 * days))
    }

    fn editor(&self, staff: [u8; 16]) -> Editor {
        let (_, _, task) = PEOPLE.iter().find(|one| one.0 == staff).unwrap();
        Editor {
            staff: StaffId::from_bytes(staff),
            subject: Subject::employee([*task], ["other"]),
            now: self.store.clock.now(),
        }
    }

    /// An act of somebody.
    pub fn act<T: Send + 'static>(
        &self,
        staff: [u8; 16],
        act: impl FnOnce(&mut WriteTx<'_>, &Editor, &Made) -> Result<T, PartError> + Send + 'static,
    ) -> Result<T, PartError> {
        let editor = self.editor(staff);
        let made = Made {
            clock: self.store.clock.clone(),
            chance: self.store.chance.clone(),
        };
        self.store
            .write_blocking(move |tx| act(tx, &editor, &made))
            .map(|receipt| receipt.value)
    }

    /// What somebody reads.
    pub fn see<T: Send + 'static>(
        &self,
        staff: [u8; 16],
        read: impl FnOnce(&mut ReadTx<'_>, &Editor) -> Result<T, PartError> + Send + 'static,
    ) -> Result<T, PartError> {
        let editor = self.editor(staff);
        self.store.read_blocking(move |tx| read(tx, &editor))
    }

    pub fn count(&self, sql: &'static str) -> i64 {
        self.store
            .read_blocking(move |tx| tx.query_one(sql, &[])?.get::<i64>(0))
            .unwrap()
    }

    pub fn phenomenon(&self, title: &str) -> PhenomenonId {
        let described = Described {
            title: title.to_owned(),
            description: String::new(),
            themes: vec![housing()],
            owner: StaffId::from_bytes(EEVA),
            review_on: self.in_days(60),
        };
        self.act(EEVA, move |tx, editor, made| {
            Ok(phenomena::open(tx, editor, made.by(), described)?)
        })
        .unwrap()
    }

    /// A gathering of Ville's on a day.
    pub fn planned(&self, in_days: i64) -> Planned {
        Planned {
            kind: Kind::Cafe,
            title: "Keskustelukahvila".to_owned(),
            language: Language::Fi,
            place: "Pääkirjasto, Kirjastokatu 1".to_owned(),
            municipality: Some("179".to_owned()),
            held_on: self.in_days(in_days),
            hours: "13-15".to_owned(),
            is_open: true,
            held_by: "sosiaaliohjaaja".to_owned(),
            themes: vec![housing()],
            plan: Plan::default(),
        }
    }

    pub fn write(&self, planned: Planned) -> GatheringId {
        self.act(VILLE, move |tx, editor, made| {
            gatherings::write(tx, editor, made.by(), planned)
        })
        .unwrap()
    }

    /// A gathering that was held today.
    pub fn held(&self, people: u32, experts: u32, developers: u32) -> GatheringId {
        let id = self.write(self.planned(0));
        self.act(VILLE, move |tx, editor, _| {
            gatherings::hold(tx, editor, (id, 1), outcome(people, experts, developers))
        })
        .unwrap();
        id
    }
}

/// Where ids come from.
pub struct Made {
    clock: Arc<kernel::clock::ManualClock>,
    chance: Arc<kernel::chance::SeededChance>,
}

impl Made {
    pub fn by(&self) -> (&dyn kernel::clock::Clock, &dyn kernel::chance::Chance) {
        (&*self.clock, &*self.chance)
    }
}

pub fn housing() -> Theme {
    Theme::from_code("asuminen").unwrap()
}

pub fn outcome(people: u32, experts: u32, developers: u32) -> Outcome {
    Outcome {
        people,
        experts,
        developers,
        reward: Some(Reward::Paid),
        notes: String::new(),
        outcome: "Vuokravelasta kerrotaan liian myöhään.".to_owned(),
    }
}

pub fn wrong<T: std::fmt::Debug>(result: Result<T, PartError>) -> (&'static str, Wrong) {
    match result {
        Err(PartError::Field(field, wrong)) => (field, wrong),
        other => panic!("{other:?}"),
    }
}

//! A county with an editor, a publisher and a worker, and observations of its own.

use std::sync::Arc;

use access::rights::Subject;
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use kernel::chance::Chance as _;
use kernel::clock::Clock as _;
use kernel::language::Language;
use kernel::time::{Date, SignedDuration, day};
use reporting::domain::{ReportError, ReporterKind, Theme, Valence, Written};
use reporting::store::observe::{self, Source};
use reporting::store::phenomena::Described;
use reporting::store::{Editor, ObservationId};
use store::{Query, StoreError, WriteTx};
use testkit::TestStore;

pub const EEVA: [u8; 16] = [1; 16];
pub const PENTTI: [u8; 16] = [2; 16];
pub const VILLE: [u8; 16] = [3; 16];
const UNIT: [u8; 16] = [9; 16];

const PEOPLE: [([u8; 16], &str, &[&str]); 3] = [
    (EEVA, "Eeva Editori", &["structural_editor"]),
    (PENTTI, "Pentti Julkaisija", &["structural_publisher"]),
    (VILLE, "Ville Virtanen", &["broad_responsibility"]),
];

/// Runs a test on both engines over the county.
pub fn each(test: impl Fn(&County<'_>)) {
    let rooms = [identity::MIGRATIONS, reporting::MIGRATIONS].concat();
    testkit::for_each_engine(&rooms, |store| {
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
    for (id, name, tasks) in PEOPLE {
        people::add_staff(
            tx,
            &Staff {
                id: StaffId::from_bytes(id),
                name: name.to_owned(),
                sort_key: name.to_lowercase(),
                title: "social_worker".to_owned(),
                tasks: tasks.iter().map(|task| (*task).to_owned()).collect(),
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

    pub fn editor(&self, staff: [u8; 16]) -> Editor {
        let (_, _, tasks) = PEOPLE.iter().find(|one| one.0 == staff).unwrap();
        Editor {
            staff: StaffId::from_bytes(staff),
            subject: Subject::employee(tasks.iter().copied(), ["other"]),
            now: self.store.clock.now(),
        }
    }

    /// An act of somebody.
    pub fn act<T: Send + 'static>(
        &self,
        staff: [u8; 16],
        act: impl FnOnce(&mut WriteTx<'_>, &Editor, &Made) -> Result<T, ReportError> + Send + 'static,
    ) -> Result<T, ReportError> {
        let (editor, made) = (self.editor(staff), self.made());
        self.store
            .write_blocking(move |tx| act(tx, &editor, &made))
            .map(|receipt| receipt.value)
    }

    pub fn made(&self) -> Made {
        Made {
            clock: self.store.clock.clone(),
            chance: self.store.chance.clone(),
        }
    }

    /// Writes an observation; gives the digest of its receipt.
    pub fn observe(&self, body: &str, source: Source) -> [u8; 32] {
        let mut receipt = [0; 32];
        self.store.chance.fill(&mut receipt);
        let (written, chance, today) = (written(body), self.store.chance.clone(), self.today());
        self.store
            .write_blocking(move |tx| observe::put(tx, &*chance, &written, receipt, source, today))
            .unwrap();
        receipt
    }

    /// The box is emptied on the next day.
    pub fn next_day(&self) -> usize {
        self.pass(1);
        let (chance, today) = (self.store.chance.clone(), self.today());
        self.store
            .write_blocking(move |tx| observe::empty_box(tx, &*chance, today))
            .unwrap()
            .value
    }

    /// What stands in a state: id, text, revision.
    pub fn standing(&self, state: &'static str) -> Vec<(ObservationId, String, i64)> {
        self.store
            .read_blocking(move |tx| {
                tx.query(
                    "select id, body, revision from observation where state = $1 order by body",
                    &store::params![state],
                )?
                .iter()
                .map(|row| {
                    Ok((
                        ObservationId::from_bytes(row.get(0)?),
                        row.get(1)?,
                        row.get(2)?,
                    ))
                })
                .collect::<Result<Vec<_>, StoreError>>()
            })
            .unwrap()
    }

    pub fn described(&self, title: &str) -> Described {
        Described {
            title: title.to_owned(),
            description: "Vuokravelka kasvaa, kun yhteydenotto viipyy.".to_owned(),
            themes: vec![Theme::from_code("asuminen").unwrap()],
            owner: StaffId::from_bytes(EEVA),
            review_on: self.in_days(60),
        }
    }
}

/// Where ids come from.
pub struct Made {
    pub clock: Arc<kernel::clock::ManualClock>,
    pub chance: Arc<kernel::chance::SeededChance>,
}

impl Made {
    pub fn by(&self) -> (&dyn kernel::clock::Clock, &dyn kernel::chance::Chance) {
        (&*self.clock, &*self.chance)
    }
}

pub fn written(body: &str) -> Written {
    Written {
        kind: ReporterKind::Professional,
        language: Language::Fi,
        valence: Valence::Problem,
        body: body.to_owned(),
        municipality: Some("179".to_owned()),
        themes: vec![Theme::from_code("asuminen").unwrap()],
        needs: vec!["2".to_owned()],
        frequency: None,
        people: None,
        cause: None,
        proposal: String::new(),
        wished: String::new(),
    }
}

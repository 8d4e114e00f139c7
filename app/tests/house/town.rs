//! A small town for tests: one advice unit, one social work unit, five kinds of workers.

use std::sync::Arc;

use access::rights::Subject;
use identity::people::{self, Staff, StaffId, Unit, UnitId, UnitKind};
use intake::domain::urgency::{Signs, judge_by_rule};
use intake::domain::{AnswerWay, Door, IntakeSettings, Kind, NewContact, Parties, TalkLanguage};
use intake::store::{Desk, Worker};
use kernel::time::{Date, day};
use store::{Migration, StoreError};
use testkit::TestStore;

/// Migrations of all features.
pub fn migrations() -> Vec<Migration> {
    app::features::migrations()
}

/// The town's workers.
#[derive(Clone)]
pub struct Town {
    pub desk: Desk,
    pub workers: Vec<Worker>,
    /// Index of the lead of both units.
    pub lead: usize,
    /// Index of a worker who is away today.
    pub away: usize,
    pub advice: UnitId,
    pub social: UnitId,
}

const ROLES: [(&str, bool, &[&str], &[&str]); 8] = [
    ("lead", true, &["lead", "duty_holder"], &["sw+office"]),
    ("front_door", true, &["front_door", "duty_holder"], &["sc"]),
    ("front_door", true, &["front_door", "duty_holder"], &["sc"]),
    ("centre", true, &["centre_health"], &["hp"]),
    (
        "social_worker",
        false,
        &["broad_responsibility", "arranging", "duty_holder"],
        &["sw+office"],
    ),
    (
        "counsellor",
        false,
        &["broad_responsibility", "carrying_out"],
        &["sc"],
    ),
    (
        "counsellor",
        false,
        &["broad_responsibility", "carrying_out"],
        &["sc"],
    ),
    (
        "counsellor",
        false,
        &["broad_responsibility", "carrying_out"],
        &["sc"],
    ),
];

/// Builds the town in an empty store.
pub fn build(test: &TestStore) -> Town {
    let desk = Desk {
        clock: test.clock.clone(),
        chance: test.chance.clone(),
        settings: Arc::new(IntakeSettings::default()),
        calendar: Arc::new(law::Calendar::finland()),
    };
    let new_unit = || UnitId::new(&*test.clock, &*test.chance);
    let (advice, social) = (new_unit(), new_unit());
    let workers: Vec<Worker> = ROLES
        .iter()
        .map(|(_, in_advice, tasks, qualifications)| Worker {
            staff: StaffId::new(&*test.clock, &*test.chance),
            unit: if *in_advice { advice } else { social },
            subject: Subject::employee(tasks.iter().copied(), qualifications.iter().copied()),
        })
        .collect();
    let (lead, away) = (0, workers.len() - 1);
    let town = Town {
        desk,
        workers,
        lead,
        away,
        advice,
        social,
    };
    let (there, today) = (town.clone(), day(town.desk.now()));
    test.store()
        .write_blocking(move |tx| there.insert(tx, today))
        .expect("the town is built");
    town
}

impl Town {
    fn insert(&self, tx: &mut store::WriteTx<'_>, today: Date) -> Result<(), StoreError> {
        let kinds = [
            (self.advice, UnitKind::Advice, "01"),
            (self.social, UnitKind::SocialWork, "02"),
        ];
        for (id, kind, code) in kinds {
            people::add_unit(
                tx,
                &Unit {
                    id,
                    kind,
                    code: code.to_owned(),
                    name_fi: format!("Yksikkö {code}"),
                    name_sv: format!("Enhet {code}"),
                    name_en: format!("Unit {code}"),
                    phone: None,
                    lead: self.workers[self.lead].staff,
                },
            )?;
        }
        people::assign_municipality(tx, "179", self.social)?;
        for (index, worker) in self.workers.iter().enumerate() {
            let (title, _, tasks, qualifications) = ROLES[index];
            let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
            people::add_staff(
                tx,
                &Staff {
                    id: worker.staff,
                    name: format!("Työntekijä {index}"),
                    sort_key: format!("{index}"),
                    title: title.to_owned(),
                    tasks: owned(tasks),
                    qualifications: owned(qualifications),
                    unit: worker.unit,
                    began_on: Date::constant(2020, 1, 1),
                    ended_on: None,
                    demo_role: None,
                },
            )?;
        }
        people::add_absence(tx, self.workers[self.away].staff, today, today)
    }
}

/// A contact as somebody sends it.
pub fn sent(words: &str) -> NewContact {
    NewContact {
        kind: Kind::Contact,
        door: Door::Web,
        municipality: Some("179".to_owned()),
        language: TalkLanguage::Fi,
        other_language: None,
        interpreter: false,
        parties: Parties::One,
        own_words: words.to_owned(),
        title: words.to_owned(),
        theme: None,
        person_name: None,
        phone: None,
        answer_way: AnswerWay::Code,
        wish: None,
        authority: None,
        authority_contact: None,
        authority_ground: None,
        assisted: false,
        urgency: judge_by_rule(Signs::default()),
    }
}
